//! Which units of one text are which of another: equal ones first, the rest by the cheapest way
//! through 1–1, 1–2, 2–1, 0–1 and 1–0.

use std::collections::HashMap;
use std::ops::Range;

use crate::merge::dice::Pairs;
use crate::merge::unit::{Kind, Unit};

/// A pair may be two wordings of one paragraph from here on.
const LEAST_LIKENESS: f64 = 0.25;
/// What is split off must come from the other side to this share.
const LEAST_SHARE: f64 = 0.5;
/// Larger grids are cut at what is nearest the diagonal.
const MOST_CELLS: usize = 250_000;
/// So far from the diagonal two units of a large grid may still be.
const BAND: usize = 40;

/// Some units of one side and those of the other that they became; one of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Aligns the units of a segment; the groups cover both sides in order. `hint` says that both bear the
/// same name.
pub(super) fn align(old: &[Unit], new: &[Unit], hint: &dyn Fn(usize, usize) -> bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (i, j) in anchors(old, new).into_iter().chain([(old.len(), new.len())]) {
        between(old, new, a..i, b..j, hint, &mut groups);
        if i < old.len() {
            groups.push(Group { old: i..i + 1, new: j..j + 1 });
        }
        (a, b) = (i + 1, j + 1);
    }
    groups
}

/// Units that are equal and stand once on both sides, as many as keep their order; and what is equal
/// around them.
fn anchors(old: &[Unit], new: &[Unit]) -> Vec<(usize, usize)> {
    let count = |units: &[Unit]| {
        let mut seen: HashMap<Vec<char>, (usize, usize)> = HashMap::new();
        for (k, unit) in units.iter().enumerate() {
            seen.entry(unit.chars.clone()).and_modify(|s| s.0 += 1).or_insert((1, k));
        }
        seen
    };
    let there = count(new);
    let here = count(old);
    let single = |i: usize, unit: &Unit| {
        here.get(&unit.chars).filter(|s| s.0 == 1)?;
        there.get(&unit.chars).filter(|s| s.0 == 1).map(|(_, j)| (i, *j))
    };
    let unique: Vec<(usize, usize)> = old.iter().enumerate().filter_map(|(i, u)| single(i, u)).collect();
    let kept = longest_rising(&unique);
    let equal = |i: usize, j: usize| {
        old.get(i).zip(new.get(j)).is_some_and(|(a, b)| a.kind == b.kind && a.chars == b.chars)
    };
    let mut out: Vec<(usize, usize)> = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (i, j) in kept.into_iter().chain([(old.len(), new.len())]) {
        while a < i && b < j && equal(a, b) {
            out.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
        let mut tail = Vec::new();
        let (mut x, mut y) = (i, j);
        while x > a && y > b && equal(x - 1, y - 1) {
            (x, y) = (x - 1, y - 1);
            tail.push((x, y));
        }
        out.extend(tail.into_iter().rev());
        if i < old.len() {
            out.push((i, j));
        }
        (a, b) = (i + 1, j + 1);
    }
    out
}

/// The longest run of pairs that rises on both sides.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let place = |k: usize| pairs.get(k).map_or(usize::MAX, |p| p.1);
    for k in 0..pairs.len() {
        let at = tails.partition_point(|t| place(*t) < place(k));
        if let Some(slot) = before.get_mut(k) {
            *slot = at.checked_sub(1).and_then(|at| tails.get(at).copied());
        }
        match tails.get_mut(at) {
            Some(tail) => *tail = k,
            None => tails.push(k),
        }
    }
    let mut out = Vec::new();
    let mut next = tails.last().copied();
    while let Some(k) = next {
        out.extend(pairs.get(k).copied());
        next = before.get(k).copied().flatten();
    }
    out.reverse();
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    None,
    Drop,
    Add,
    One,
    Split,
    Join,
}

fn between(
    old: &[Unit],
    new: &[Unit],
    a: Range<usize>,
    b: Range<usize>,
    hint: &dyn Fn(usize, usize) -> bool,
    groups: &mut Vec<Group>,
) {
    let one_sided = |groups: &mut Vec<Group>| {
        groups.extend(a.clone().map(|i| Group { old: i..i + 1, new: b.start..b.start }));
        groups.extend(b.clone().map(|j| Group { old: a.end..a.end, new: j..j + 1 }));
    };
    let (Some(left), Some(right)) = (old.get(a.clone()), new.get(b.clone())) else { return };
    if left.is_empty() || right.is_empty() {
        return one_sided(groups);
    }
    let score = Score {
        old: left,
        new: right,
        old_pairs: left.iter().map(|u| Pairs::of(u.chars.iter().copied())).collect(),
        new_pairs: right.iter().map(|u| Pairs::of(u.chars.iter().copied())).collect(),
        hint: &|i, j| hint(a.start + i, b.start + j),
    };
    let (n, m) = (left.len(), right.len());
    let is_large = n.saturating_mul(m) > MOST_CELLS;
    let near = |i: usize, j: usize| !is_large || (i * m / n.max(1)).abs_diff(j) <= BAND;
    let width = m + 1;
    let mut best = vec![0.0_f64; (n + 1) * width];
    let mut steps = vec![Step::None; (n + 1) * width];
    for i in 0..=n {
        for j in 0..=m {
            let mut top = (f64::NEG_INFINITY, Step::None);
            let mut offer = |di: usize, dj: usize, gain: Option<f64>, step: Step| {
                let (Some(gain), Some(x), Some(y)) = (gain, i.checked_sub(di), j.checked_sub(dj)) else {
                    return;
                };
                let sum = best.get(x * width + y).copied().unwrap_or(f64::NEG_INFINITY) + gain;
                if sum > top.0 {
                    top = (sum, step);
                }
            };
            if i == 0 && j == 0 {
                continue;
            }
            if near(i, j) {
                if i > 0 && j > 0 {
                    offer(1, 1, score.one(i - 1, j - 1), Step::One);
                }
                if i > 0 && j > 1 {
                    offer(1, 2, score.split(i - 1, j - 2), Step::Split);
                }
                if i > 1 && j > 0 {
                    offer(2, 1, score.join(i - 2, j - 1), Step::Join);
                }
            }
            offer(1, 0, Some(0.0), Step::Drop);
            offer(0, 1, Some(0.0), Step::Add);
            if let (Some(b), Some(s)) = (best.get_mut(i * width + j), steps.get_mut(i * width + j)) {
                (*b, *s) = top;
            }
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (n, m);
    while i > 0 || j > 0 {
        let step = steps.get(i * width + j).copied().unwrap_or(Step::None);
        let (di, dj) = match step {
            Step::One => (1, 1),
            Step::Split => (1, 2),
            Step::Join => (2, 1),
            Step::Drop => (1, 0),
            Step::Add => (0, 1),
            Step::None => (i.min(1), j.min(1)),
        };
        (i, j) = (i.saturating_sub(di), j.saturating_sub(dj));
        let (x, y) = (a.start + i, b.start + j);
        found.push(Group { old: x..x + di, new: y..y + dj });
    }
    found.reverse();
    groups.append(&mut found);
}

struct Score<'a> {
    old: &'a [Unit],
    new: &'a [Unit],
    old_pairs: Vec<Pairs>,
    new_pairs: Vec<Pairs>,
    hint: &'a dyn Fn(usize, usize) -> bool,
}

impl Score<'_> {
    /// What it is worth to take one for the other, in characters they share.
    fn one(&self, i: usize, j: usize) -> Option<f64> {
        let (a, b) = (self.old.get(i)?, self.new.get(j)?);
        let (p, q) = (self.old_pairs.get(i)?, self.new_pairs.get(j)?);
        let shared = p.shared(q) as f64;
        let likeness = p.likeness(q);
        if !may_be(a.kind, b.kind) {
            return None;
        }
        // A heading or a speaker's line is what it is by its place, however it is worded.
        let is_fixed = a.kind == b.kind && a.kind.is_fixed();
        let is_hinted = (self.hint)(i, j) && likeness > LEAST_LIKENESS / 2.0;
        let same_kind = if a.kind == b.kind { 0.25 } else { 0.0 };
        (is_fixed || is_hinted || likeness >= LEAST_LIKENESS).then(|| {
            2.0 * shared + same_kind + f64::from(u8::from(is_fixed)) + f64::from(u8::from(is_hinted))
        })
    }

    fn split(&self, i: usize, j: usize) -> Option<f64> {
        let (whole, one, two) = (self.old.get(i)?, self.new.get(j)?, self.new.get(j + 1)?);
        let parts = [self.new_pairs.get(j)?, self.new_pairs.get(j + 1)?];
        parted(whole.kind, [one.kind, two.kind], self.old_pairs.get(i)?, parts)
    }

    fn join(&self, i: usize, j: usize) -> Option<f64> {
        let (one, two, whole) = (self.old.get(i)?, self.old.get(i + 1)?, self.new.get(j)?);
        let parts = [self.old_pairs.get(i)?, self.old_pairs.get(i + 1)?];
        parted(whole.kind, [one.kind, two.kind], self.new_pairs.get(j)?, parts)
    }
}

fn parted(kind: Kind, kinds: [Kind; 2], whole: &Pairs, parts: [&Pairs; 2]) -> Option<f64> {
    if matches!(kind, Kind::Row) || kinds.iter().any(|k| !may_be(kind, *k)) {
        return None;
    }
    let comes_from =
        |part: &Pairs| part.len() > 0 && part.shared(whole) as f64 >= LEAST_SHARE * part.len() as f64;
    let both = parts[0].joined(parts[1]);
    parts.iter().all(|p| comes_from(p)).then(|| 2.0 * both.shared(whole) as f64 - 1.0)
}

/// Whether a unit of one kind may have become one of another: a style that was lost, a list dissolved.
fn may_be(a: Kind, b: Kind) -> bool {
    a == b || !matches!(a, Kind::Row) && !matches!(b, Kind::Row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::testing::unit;

    fn groups(old: &[&str], new: &[&str]) -> Vec<String> {
        let of = |texts: &[&str]| texts.iter().map(|t| unit(t)).collect::<Vec<_>>();
        let found = align(&of(old), &of(new), &|_, _| false);
        found.iter().map(|g| format!("{}-{}", g.old.len(), g.new.len())).collect()
    }

    #[test]
    fn every_way_a_paragraph_may_go() {
        let (a, b, c) = ("先把河边空地登记清楚。", "再请街坊一起动手种树。", "最后由社区每月看护一次。");
        assert_eq!(groups(&[a, b, c], &[a, b, c]), ["1-1", "1-1", "1-1"]);
        assert_eq!(groups(&[a, b, c], &[a, c]), ["1-1", "1-0", "1-1"]);
        assert_eq!(groups(&[a, c], &[a, b, c]), ["1-1", "0-1", "1-1"]);
        let joined = format!("{a}{b}");
        assert_eq!(groups(&[a, b, c], &[&joined, c]), ["2-1", "1-1"]);
        assert_eq!(groups(&[&joined, c], &[a, b, c]), ["1-2", "1-1"]);
        assert_eq!(groups(&[a, b], &["先把河边的荒地登记清楚。", b]), ["1-1", "1-1"]);
        assert_eq!(groups(&[a, a, b], &[a, b]).concat().matches("1-1").count(), 2);
    }

    #[test]
    fn a_new_paragraph_is_no_half_of_its_neighbour() {
        let (a, b) = ("建议分片改造老街的电线。", "资金由市里与区里分担。");
        assert_eq!(groups(&[a], &[a, b]), ["1-1", "0-1"]);
        assert_eq!(groups(&[a], &["建议分片改造老街的旧电线。", b]), ["1-1", "0-1"]);
    }
}

//! Pictures put in, taken out, exchanged or moved: told, since a source only names its pictures, and what came
//! back in a Word file is no file beside it.

use std::collections::BTreeMap;

use crate::merge::Pictures;
use crate::merge::change::{Change, Part, Reading, What};
use crate::merge::looks::Told;
use crate::merge::matching::Matching;
use crate::merge::places::bytes_of;
use crate::merge::report::Why;
use crate::merge::unit::{Segment, Shown};

/// Larger grids are compared from the front only: nobody's speech has a thousand pictures.
const MOST_CELLS: usize = 1_000_000;

/// A picture of one side: its segment, its place, what it is.
#[derive(Clone, Copy)]
struct One<'a> {
    segment: usize,
    shown: &'a Shown,
    hash: &'a str,
}

/// What became of the pictures of `base` in `edited`.
pub(super) fn changes(
    who: usize,
    [base, edited]: [&[Segment]; 2],
    sent: &Matching,
    pictures: &Pictures,
    reading: Reading,
) -> Vec<Change> {
    let (mut old, mut new) = (all(base, &pictures.sent), all(edited, &pictures.came));
    let of = |segment: usize| sent.segments.get(segment).copied().flatten();
    // What was never sent is not missing.
    old.retain(|one| !reading.is_fallback || of(one.segment).is_some());
    let mut pairs: Vec<(Option<One<'_>>, Option<One<'_>>)> = Vec::new();
    for segment in 0..base.len() {
        let Some(other) = of(segment) else { continue };
        take_in_order(&mut old, &mut new, segment, other);
    }
    // The same picture elsewhere, then another one in a place that lost one.
    let mut pair = |is_it: &dyn Fn(&One<'_>, &One<'_>) -> bool, old: &mut Vec<_>, new: &mut Vec<_>| {
        let mut k = 0;
        while let Some(one) = old.get(k).copied() {
            match new.iter().position(|other| is_it(&one, other)) {
                Some(at) => {
                    pairs.push((Some(one), Some(new.remove(at))));
                    old.remove(k);
                }
                None => k += 1,
            }
        }
    };
    pair(&|a, b| a.hash == b.hash, &mut old, &mut new);
    pair(&|a, b| of(a.segment) == Some(b.segment), &mut old, &mut new);
    pairs.extend(old.into_iter().map(|one| (Some(one), None)));
    pairs.extend(new.into_iter().map(|one| (None, Some(one))));
    pairs.into_iter().map(|(gone, come)| change(who, base, edited, sent, gone, come)).collect()
}

fn all<'a>(side: &'a [Segment], hashes: &'a BTreeMap<String, String>) -> Vec<One<'a>> {
    let of = |(segment, shown): (usize, &'a Shown)| {
        Some(One { segment, shown, hash: hashes.get(&shown.src)?.as_str() })
    };
    let each = side.iter().enumerate().flat_map(|(k, s)| s.pictures.iter().map(move |p| (k, p)));
    each.filter_map(of).collect()
}

/// Takes away what both sides have in the same order: the longest row of pictures of two segments that are one.
fn take_in_order(old: &mut Vec<One<'_>>, new: &mut Vec<One<'_>>, segment: usize, other: usize) {
    let places = |side: &[One<'_>], wanted: usize| -> Vec<usize> {
        (0..side.len()).filter(|k| side.get(*k).is_some_and(|one| one.segment == wanted)).collect()
    };
    let (a, b) = (places(old, segment), places(new, other));
    let hash =
        |side: &[One<'_>], k: Option<&usize>| k.and_then(|k| side.get(*k)).map(|one| one.hash.to_owned());
    let same = |i: usize, j: usize| hash(old, a.get(i)) == hash(new, b.get(j));
    if a.len().saturating_mul(b.len()) > MOST_CELLS {
        let count = (0..a.len().min(b.len())).take_while(|k| same(*k, *k)).count();
        take(old, a.get(..count).unwrap_or_default());
        take(new, b.get(..count).unwrap_or_default());
        return;
    }
    let width = b.len() + 1;
    let mut best = vec![0_usize; (a.len() + 1) * width];
    let at = |best: &[usize], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let found = match same(i, j) {
                true => 1 + at(&best, i + 1, j + 1),
                false => at(&best, i + 1, j).max(at(&best, i, j + 1)),
            };
            if let Some(slot) = best.get_mut(i * width + j) {
                *slot = found;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    while i < a.len() && j < b.len() {
        if same(i, j) {
            gone.extend(a.get(i));
            come.extend(b.get(j));
            (i, j) = (i + 1, j + 1);
        } else if at(&best, i + 1, j) >= at(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    take(old, &gone);
    take(new, &come);
}

/// Takes some places, which rise, out of a row.
fn take(row: &mut Vec<One<'_>>, places: &[usize]) {
    for k in places.iter().rev() {
        row.remove(*k);
    }
}

fn change(
    who: usize,
    base: &[Segment],
    edited: &[Segment],
    sent: &Matching,
    gone: Option<One<'_>>,
    come: Option<One<'_>>,
) -> Change {
    let home = gone.map(|one| (one.segment, one.shown.before)).or_else(|| {
        let one = come?;
        let segment = sent.segments.iter().position(|s| *s == Some(one.segment))?;
        let groups = sent.groups.get(segment)?;
        let before = groups.iter().filter(|g| g.new.end <= one.shown.before).map(|g| g.old.end).max();
        Some((segment, before.unwrap_or(0)))
    });
    let (segment, unit) = home.unwrap_or_default();
    let own = base.get(segment);
    // The paragraph before it is the place a person looks for.
    let at = own.and_then(|s| s.starts.get(unit.saturating_sub(1)).copied()).unwrap_or(0);
    let seen = come.and_then(|one| {
        let unit = edited.get(one.segment)?.units.get(one.shown.before.saturating_sub(1))?;
        bytes_of(&unit.places).map(|r| r.end..r.end)
    });
    let name = |one: Option<One<'_>>| one.map(|o| o.shown.src.clone()).unwrap_or_default();
    let told = Told { before: name(gone), after: name(come), formats: Vec::new() };
    let part = Part { segment, range: at..at, is_whole: true, after: Vec::new(), seen, order: 0 };
    Change { who, what: What::Picture, parts: vec![part], cannot: Some(Why::Picture), told: Some(told) }
}

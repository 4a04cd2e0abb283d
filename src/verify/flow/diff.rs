//! What differs between two long texts, in time that does not explode when everything does.
//!
//! Pieces between marks that occur once in either text and in the same order are anchors; what lies between
//! two anchors is compared character by character where it is short enough, and else told as a whole. Without
//! a clock: the same files give the same differences on every machine.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp};

/// Characters of an anchor at least.
const ANCHOR: usize = 5;
/// Pairs that are compared in one gap, and in all.
const MOST_PAIRS: (usize, usize) = (4_000_000, 200_000_000);

/// A place where the texts differ: what stands in the first, what in the second. One of them may be empty.
pub(super) type Change = (Range<usize>, Range<usize>);

/// The differences in order.
pub(super) fn changes(a: &[char], b: &[char]) -> Vec<Change> {
    let mut out = Vec::new();
    let mut pairs = MOST_PAIRS.1;
    let (mut from_a, mut from_b) = (0, 0);
    let ends = [(a.len(), b.len(), 0)];
    let found = if a == b { vec![(0, 0, a.len())] } else { anchors(a, b) };
    for (at_a, at_b, length) in found.into_iter().chain(ends) {
        if at_a < from_a || at_b < from_b {
            continue;
        }
        gap(a, b, from_a..at_a, from_b..at_b, &mut pairs, &mut out);
        (from_a, from_b) = (at_a + length, at_b + length);
    }
    out
}

/// Compares what lies between two anchors.
fn gap(
    a: &[char],
    b: &[char],
    mut at_a: Range<usize>,
    mut at_b: Range<usize>,
    pairs: &mut usize,
    out: &mut Vec<Change>,
) {
    while !at_a.is_empty() && !at_b.is_empty() && a[at_a.start] == b[at_b.start] {
        (at_a.start, at_b.start) = (at_a.start + 1, at_b.start + 1);
    }
    while !at_a.is_empty() && !at_b.is_empty() && a[at_a.end - 1] == b[at_b.end - 1] {
        (at_a.end, at_b.end) = (at_a.end - 1, at_b.end - 1);
    }
    if at_a.is_empty() && at_b.is_empty() {
        return;
    }
    let cost = at_a.len().saturating_mul(at_b.len());
    if at_a.is_empty() || at_b.is_empty() || cost > MOST_PAIRS.0 || cost > *pairs {
        out.push((at_a, at_b));
        return;
    }
    *pairs -= cost;
    let ops = similar::capture_diff_slices(Algorithm::Myers, &a[at_a.clone()], &b[at_b.clone()]);
    // What is equal is told exactly; what lies between is what differs.
    let equal = ops.into_iter().filter(|op| matches!(op, DiffOp::Equal { .. }));
    let equal = equal.map(|op| (op.old_range(), op.new_range()));
    let (of_a, of_b) = (at_a.len(), at_b.len());
    let (mut from_a, mut from_b) = (0, 0);
    for (old, new) in equal.chain([(of_a..of_a, of_b..of_b)]) {
        if from_a < old.start || from_b < new.start {
            out.push((
                at_a.start + from_a..at_a.start + old.start,
                at_b.start + from_b..at_b.start + new.start,
            ));
        }
        (from_a, from_b) = (old.end, new.end);
    }
}

/// Pieces that both texts hold once, the longest row of them that both have in one order: start in either,
/// and length.
fn anchors(a: &[char], b: &[char]) -> Vec<(usize, usize, usize)> {
    /// Where a piece stands: nowhere yet, once, or more than once.
    type Seen = (Option<usize>, Option<usize>, bool);
    let mut seen: BTreeMap<&[char], Seen> = BTreeMap::new();
    for piece in pieces(a) {
        let entry = seen.entry(&a[piece.clone()]).or_default();
        entry.2 |= entry.0.replace(piece.start).is_some();
    }
    for piece in pieces(b) {
        let entry = seen.entry(&b[piece.clone()]).or_default();
        entry.2 |= entry.1.replace(piece.start).is_some();
    }
    let mut once: Vec<(usize, usize, usize)> = seen
        .into_iter()
        .filter_map(|(text, (x, y, twice))| Some((x?, y?, text.len())).filter(|_| !twice))
        .collect();
    once.sort_unstable();
    longest_row(&once)
}

/// The pieces between marks that are long enough.
fn pieces(text: &[char]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            at += 1;
            let ends = at == text.len() || "，。；：！？、".contains(text[at - 1]);
            if ends {
                let piece = std::mem::replace(&mut from, at)..at;
                if piece.len() >= ANCHOR {
                    return Some(piece);
                }
            }
        }
        None
    })
}

/// Of pairs sorted by their first number the longest row whose second numbers rise too.
fn longest_row(pairs: &[(usize, usize, usize)]) -> Vec<(usize, usize, usize)> {
    // The last of the best row of each length, and what stands before each pair in its row.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (k, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|e| pairs[*e].1 < pair.1);
        before[k] = length.checked_sub(1).map(|l| ends[l]);
        match ends.get_mut(length) {
            Some(end) => *end = k,
            None => ends.push(k),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(k) = at {
        row.push(pairs[k]);
        at = before[k];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(a: &str, b: &str) -> Vec<(String, String)> {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let text = |t: &[char], r: Range<usize>| t[r].iter().collect::<String>();
        changes(&a, &b).into_iter().map(|(x, y)| (text(&a, x), text(&b, y))).collect()
    }

    #[test]
    fn what_is_changed_lost_or_added() {
        let text = "先把电线理顺，再谈灯光。居民一起商量，年底以前见效。";
        assert_eq!(told(text, text), []);
        assert_eq!(told(text, &text.replace("电线", "电钱")), [("线".into(), "钱".into())]);
        assert_eq!(told(text, &text.replace("一起", "")), [("一起".into(), String::new())]);
        assert_eq!(told(text, &text.replace("灯光", "灯光了")), [(String::new(), "了".into())]);
        assert_eq!(told(text, ""), [(text.to_owned(), String::new())]);
        assert_eq!(told("", text), [(String::new(), text.to_owned())]);
        let two = text.replace("线", "钱").replace("底", "初");
        assert_eq!(told(text, &two), [("线".into(), "钱".into()), ("底".into(), "初".into())]);
    }

    #[test]
    fn the_longest_row_is_kept() {
        let row = longest_row(&[(0, 50, 1), (1, 10, 1), (2, 20, 1), (3, 5, 1), (4, 30, 1)]);
        assert_eq!(row.iter().map(|p| p.1).collect::<Vec<_>>(), [10, 20, 30]);
    }

    #[test]
    fn texts_that_share_nothing_end_soon() {
        let char = |k: u32, from: u32| char::from_u32(from + k * 7 % 900).unwrap();
        let a: Vec<char> = (0..60_000).map(|k| char(k, 0x4e00)).collect();
        let b: Vec<char> = (0..60_000).map(|k| char(k, 0x5e00)).collect();
        assert_eq!(changes(&a, &b), [(0..60_000, 0..60_000)]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        /// What is not told as different is the same on both sides.
        #[test]
        fn differences_lead_from_one_text_to_the_other(a in "[甲乙丙，。]{0,60}", b in "[甲乙丙，。]{0,60}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let (mut from, mut made) = (0, Vec::new());
            for (x, y) in changes(&a, &b) {
                made.extend_from_slice(&a[from..x.start]);
                made.extend_from_slice(&b[y]);
                from = x.end;
            }
            made.extend_from_slice(&a[from..]);
            proptest::prop_assert_eq!(made, b);
        }
    }
}

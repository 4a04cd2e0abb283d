//! Where two rows of characters differ.
//!
//! `dissimilar` joins what lies between two changes to them when it is shorter than they are: in Chinese any
//! two sentences share a 的 or a comma, and a diff that keeps those cuts one new wording into many edits,
//! none of which means anything to the person who decides.

use std::ops::Range;

use dissimilar::Chunk;

use crate::merge::unit::CELL;

/// A stretch of one side and what stands there on the other; one of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The stretches that differ, in order, never side by side. In rows of as many cells a cell is held against its
/// own only: what was changed on both sides of a border is two edits.
pub(super) fn hunks(old: &[char], new: &[char]) -> Vec<Hunk> {
    if old == new {
        return Vec::new();
    }
    let borders = |row: &[char]| row.iter().filter(|c| **c == CELL).count();
    if borders(old) == 0 || borders(old) != borders(new) {
        return whole(old, new);
    }
    let (mut a, mut b) = (0, 0);
    let mut out = Vec::new();
    for (one, two) in old.split(|c| *c == CELL).zip(new.split(|c| *c == CELL)) {
        let moved =
            |h: Hunk| Hunk { old: h.old.start + a..h.old.end + a, new: h.new.start + b..h.new.end + b };
        out.extend(whole(one, two).into_iter().map(moved));
        (a, b) = (a + one.len() + 1, b + two.len() + 1);
    }
    out
}

fn whole(old: &[char], new: &[char]) -> Vec<Hunk> {
    if old == new {
        return Vec::new();
    }
    let (before, after): (String, String) = (old.iter().collect(), new.iter().collect());
    let mut out: Vec<Hunk> = Vec::new();
    let (mut a, mut b) = (0, 0);
    let mut goes_on = false;
    for chunk in dissimilar::diff(&before, &after) {
        let (old, new) = match chunk {
            Chunk::Equal(text) => {
                let count = text.chars().count();
                (a, b) = (a + count, b + count);
                goes_on = false;
                continue;
            }
            Chunk::Delete(text) => (text.chars().count(), 0),
            Chunk::Insert(text) => (0, text.chars().count()),
        };
        match out.last_mut().filter(|_| goes_on) {
            Some(hunk) => (hunk.old.end, hunk.new.end) = (a + old, b + new),
            None => out.push(Hunk { old: a..a + old, new: b..b + new }),
        }
        (a, b) = (a + old, b + new);
        goes_on = true;
    }
    out.into_iter()
        .map(|hunk| trimmed(hunk, old, new))
        .filter(|h| !h.old.is_empty() || !h.new.is_empty())
        .collect()
}

/// Without the characters that both sides begin or end with.
fn trimmed(mut hunk: Hunk, old: &[char], new: &[char]) -> Hunk {
    let at = |row: &[char], k: usize| row.get(k).copied();
    while !hunk.old.is_empty() && !hunk.new.is_empty() && at(old, hunk.old.start) == at(new, hunk.new.start) {
        hunk.old.start += 1;
        hunk.new.start += 1;
    }
    while !hunk.old.is_empty()
        && !hunk.new.is_empty()
        && at(old, hunk.old.end - 1) == at(new, hunk.new.end - 1)
    {
        hunk.old.end -= 1;
        hunk.new.end -= 1;
    }
    hunk
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let text = |row: &[char], range: Range<usize>| row[range].iter().collect::<String>();
        hunks(&a, &b).into_iter().map(|h| format!("{}→{}", text(&a, h.old), text(&b, h.new))).collect()
    }

    #[test]
    fn changes_are_whole_words() {
        assert_eq!(shown("先登记空地，再种树。", "先登记荒地，再动手种树。"), ["空→荒", "→动手"]);
        assert_eq!(shown("甲乙", "甲乙"), [""; 0]);
        assert_eq!(shown("", "甲"), ["→甲"]);
        assert_eq!(shown("甲", ""), ["甲→"]);
    }

    #[test]
    fn cells_are_held_against_their_own() {
        assert_eq!(shown("甲项\u{1f}三处", "甲项（新）\u{1f}约三处"), ["→（新）", "→约"]);
        assert_eq!(shown("甲\u{1f}乙", "甲\u{1f}乙\u{1f}丙"), ["→\u{1f}丙"]);
    }

    #[test]
    fn hunks_rebuild_the_other_side() {
        for (old, new) in [("甲乙丙丁戊己", "乙丙甲丁己"), ("的的的", "的"), ("一二\n三", "一\n二三四")]
        {
            let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let mut out = String::new();
            let mut at = 0;
            for hunk in hunks(&a, &b) {
                out.extend(&a[at..hunk.old.start]);
                out.extend(&b[hunk.new.clone()]);
                at = hunk.old.end;
            }
            out.extend(&a[at..]);
            assert_eq!(out, new);
        }
    }
}

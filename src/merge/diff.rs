//! Where two rows of characters differ.
//!
//! `dissimilar` joins what lies between two changes to them when it is shorter than they are: in Chinese any
//! two sentences share a 的 or a comma, and a diff that keeps those cuts one new wording into many edits,
//! none of which means anything to the person who decides.

use std::ops::Range;

use dissimilar::Chunk;

/// A stretch of one side and what stands there on the other; one of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The stretches that differ, in order, never side by side.
pub(super) fn hunks(old: &[char], new: &[char]) -> Vec<Hunk> {
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

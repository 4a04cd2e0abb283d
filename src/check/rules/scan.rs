//! What rules of words and marks share: a quick walk over a text's marks, and looks to both sides.

use std::ops::Range;

use crate::check::{Passage, PassageKind, Subject};

pub(super) use crate::normalize::{is_chinese, is_han};

/// Everything in a text that is no common hanzi, with its place. Most of a Chinese text is skipped
/// without being decoded.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // Lead bytes E4 to E9 are U+4000 to U+9FFF: three bytes each.
        while matches!(bytes.get(at), Some(0xe4..=0xe9)) {
            at += 3;
        }
        let c = text.get(at..)?.chars().next()?;
        let here = at;
        at += c.len_utf8();
        Some((here, c))
    })
}

/// Runs of neighbouring hanzi.
pub(super) fn han_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.char_indices().find(|(_, c)| is_han(*c))?.0;
        let rest = text.get(start..)?;
        let end = rest.char_indices().find(|(_, c)| !is_han(*c)).map_or(text.len(), |(k, _)| start + k);
        at = end;
        Some(start..end)
    })
}

/// The character that ends at `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a text is more Chinese than Latin.
pub(super) fn is_mostly_chinese(text: &str) -> bool {
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    han > 0 && han >= latin
}

/// Passages of running text: all but speakers' lines.
pub(super) fn running<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = &'a Passage> + 'a {
    subject.passages.iter().filter(|p| p.kind != PassageKind::Speaker)
}

/// A hanzi numeral.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_between_hanzi_of_every_plane() {
        let found: String = marks("甲，㐂乙𠀀a“丙").map(|(_, c)| c).collect();
        assert_eq!(found, "，㐂𠀀a“");
        let text = "甲乙，丙\u{20000}a丁";
        assert_eq!(han_runs(text).map(|r| &text[r]).collect::<Vec<_>>(), ["甲乙", "丙𠀀", "丁"]);
    }
}

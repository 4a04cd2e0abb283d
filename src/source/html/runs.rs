//! A text of a page as runs of characters with exact places: a character reference is a run of its
//! own, a blank or line end between words is told apart.

use std::collections::HashMap;
use std::ops::Range;

use html5gum::{Token, Tokenizer};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Characters as they stand: their bytes are the range.
    Plain(Range<usize>),
    /// A character reference and what it means.
    Reference(Range<usize>, String),
    /// Blanks, which a page shows as one; whether a line ends among them.
    Blank(Range<usize>, bool),
}

/// The meaning of references met before.
#[derive(Default)]
pub(super) struct References(HashMap<String, (String, usize)>);

/// Blanks that a page shows as one; others (U+3000, U+00A0) are characters.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl References {
    /// The runs of the bytes `range` of `text`.
    pub(super) fn runs(&mut self, text: &str, range: Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let slice = text.get(range.clone()).unwrap_or("");
        let mut at = 0;
        let mut plain = 0;
        while let Some(c) = slice.get(at..).and_then(|s| s.chars().next()) {
            let (run, length) = if is_blank(c) {
                let rest = &slice[at..];
                let length = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
                let ends_line = rest[..length].contains(['\n', '\r']);
                (Run::Blank(range.start + at..range.start + at + length, ends_line), length)
            } else if c == '&'
                && let Some((meaning, length)) = self.reference(&slice[at..])
            {
                (Run::Reference(range.start + at..range.start + at + length, meaning), length)
            } else {
                at += c.len_utf8();
                continue;
            };
            if plain < at {
                runs.push(Run::Plain(range.start + plain..range.start + at));
            }
            runs.push(run);
            at += length;
            plain = at;
        }
        if plain < at {
            runs.push(Run::Plain(range.start + plain..range.start + at));
        }
        runs
    }

    /// What the reference that opens `text` means, and its length; none when it is no reference.
    fn reference(&mut self, text: &str) -> Option<(String, usize)> {
        let body = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let length = 1 + text.get(1..)?.chars().take(40).take_while(|c| body(*c)).count();
        let length = length + usize::from(text[length..].starts_with(';'));
        let candidate = &text[..length];
        if length == 1 {
            return None;
        }
        if let Some((meaning, length)) = self.0.get(candidate) {
            return (*length > 0).then(|| (meaning.clone(), *length));
        }
        let (meaning, length) = decode(candidate).unwrap_or_default();
        self.0.insert(candidate.to_owned(), (meaning.clone(), length));
        (length > 0).then_some((meaning, length))
    }
}

/// The meaning of a reference and its length; the letters behind a short one (`&ltab`) are text.
fn decode(candidate: &str) -> Option<(String, usize)> {
    let mut meaning = String::new();
    for token in Tokenizer::new(candidate).flatten() {
        if let Token::String(string) = token {
            meaning.push_str(&String::from_utf8_lossy(&string.value));
        }
    }
    let first = meaning.chars().next()?;
    if meaning == candidate {
        return None;
    }
    let tail = meaning.get(first.len_utf8()..)?;
    let same = tail.bytes().rev().zip(candidate.bytes().rev()).take_while(|(a, b)| a == b).count();
    // A reference to a digit (`&#49;`) must not be taken for the text behind it.
    let numeric = candidate.starts_with("&#");
    let behind = match candidate.find(';') {
        Some(_) if numeric => 0,
        _ => same,
    };
    meaning.truncate(meaning.len() - behind);
    Some((meaning, candidate.len() - behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let runs = References::default().runs(text, 0..text.len());
        let show = |run: Run| match run {
            Run::Plain(range) => text[range].to_owned(),
            Run::Reference(range, meaning) => format!("{}={meaning}", &text[range]),
            Run::Blank(range, ends_line) => format!("{}{}", range.len(), if ends_line { "\\" } else { "_" }),
        };
        runs.into_iter().map(show).collect()
    }

    #[test]
    fn references_are_runs_of_their_own() {
        assert_eq!(
            shown("甲&nbsp;乙&ldquo;丙&#12288;丁&#x4e2d;"),
            ["甲", "&nbsp;=\u{a0}", "乙", "&ldquo;=“", "丙", "&#12288;=\u{3000}", "丁", "&#x4e2d;=中"]
        );
        assert_eq!(shown("R&D与AT&T，a&b;c& &;"), ["R&D与AT&T，a&b;c&", "1_", "&;"]);
        assert_eq!(shown("&ltab;&notit;&ampx"), ["&lt=<", "ab;", "&not=¬", "it;", "&amp=&", "x"]);
        assert_eq!(shown("&#49;1&fjlig;"), ["&#49;=1", "1", "&fjlig;=fj"]);
    }

    #[test]
    fn blanks_are_told_apart() {
        assert_eq!(shown("甲  乙\r\n  丙\u{3000}丁"), ["甲", "2_", "乙", "4\\", "丙\u{3000}丁"]);
    }
}

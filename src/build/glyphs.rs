//! Characters that cannot be printed.

use std::collections::BTreeSet;

use crate::build::{Book, Problem, SourcePlace};
use crate::fonts::{Coverage, FontSet, is_mark};
use crate::messages::Say;

/// So many characters are shown at their places; what is beyond is listed in one sentence.
const SHOWN: usize = 5;

/// The characters of the book that cannot be printed.
pub(super) fn missing(book: &Book, fonts: &FontSet) -> BTreeSet<char> {
    let mut coverage = Coverage::of(fonts);
    let mut lost = BTreeSet::new();
    for piece in book.tree.pieces() {
        coverage.printed(&piece.text, |c| {
            lost.insert(c);
        });
    }
    lost
}

/// Warnings about them, each at the first place it stands.
pub(super) fn warnings(book: &Book, missing: &BTreeSet<char>) -> Vec<Problem> {
    let missing: Vec<char> = missing.iter().copied().collect();
    let (shown, more) = missing.split_at(missing.len().min(SHOWN));
    let mut problems: Vec<Problem> = shown.iter().map(|c| missing_glyph(*c).at(place_of(book, *c))).collect();
    if !more.is_empty() {
        let chars: Vec<String> =
            more.iter().map(|c| format!("{} U+{:04X}", shown_as(*c), u32::from(*c))).collect();
        let say = Say::new("glyphs-more").count("count", more.len()).with("chars", chars.join(", "));
        problems.push(Problem::warning(say).help(Say::new("glyph-missing-help")));
    }
    problems
}

/// A mark is shown on the circle that stands for any letter.
fn shown_as(c: char) -> String {
    if is_mark(c) { format!("\u{25CC}{c}") } else { c.to_string() }
}

/// The warning about one character.
pub(super) fn missing_glyph(c: char) -> Problem {
    let key = if is_mark(c) { "mark-missing" } else { "glyph-missing" };
    let say = Say::new(key).with("char", shown_as(c)).with("code", format!("U+{:04X}", u32::from(c)));
    Problem::warning(say).help(Say::new("glyph-missing-help"))
}

/// The first place of a character in the sources.
fn place_of(book: &Book, c: char) -> Option<SourcePlace> {
    let piece = book.tree.pieces().into_iter().find(|p| p.text.contains(c))?;
    let mut place = book.place(piece.span?)?;
    let at = place.text.get(place.range.clone()).and_then(|slice| slice.find(c));
    if let Some(at) = at {
        let start = place.range.start + at;
        place.range = start..start + c.len_utf8();
    }
    Some(place)
}

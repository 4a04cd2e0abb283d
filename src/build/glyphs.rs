//! Characters that cannot be printed.

use std::collections::BTreeSet;

use crate::build::{Book, Problem, SourcePlace};
use crate::fonts::{Coverage, FontSet, is_mark};
use crate::messages::Say;

/// A warning for each character of the book that cannot be printed, at the first place it stands.
pub(super) fn missing(book: &Book, fonts: &FontSet) -> Vec<Problem> {
    let mut coverage = Coverage::of(fonts);
    let mut lost = BTreeSet::new();
    for piece in book.tree.pieces() {
        coverage.printed(&piece.text, |c| {
            lost.insert(c);
        });
    }
    lost.into_iter().map(|c| missing_glyph(c).at(place_of(book, c))).collect()
}

/// The warning about one character.
pub(super) fn missing_glyph(c: char) -> Problem {
    // A mark is shown on the circle that stands for any letter.
    let (key, shown) =
        if is_mark(c) { ("mark-missing", format!("\u{25CC}{c}")) } else { ("glyph-missing", c.to_string()) };
    let say = Say::new(key).with("char", shown).with("code", format!("U+{:04X}", u32::from(c)));
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

//! Characters that no font can show.

use crate::build::{Book, Problem, SourcePlace};
use crate::fonts::{FontRole, FontSet};
use crate::messages::Say;

/// A warning for each character of the book that no font has, at the first place it stands.
pub(super) fn missing(book: &Book, fonts: &FontSet) -> Vec<Problem> {
    let mut problems = Vec::new();
    for c in book.tree.characters() {
        if c.is_whitespace() || fonts.serves(FontRole::Fang, c).is_some() {
            continue;
        }
        problems.push(missing_glyph(c).at(place_of(book, c)));
    }
    problems
}

/// The warning about one character.
pub(super) fn missing_glyph(c: char) -> Problem {
    let say = Say::new("glyph-missing").with("char", c).with("code", format!("U+{:04X}", u32::from(c)));
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

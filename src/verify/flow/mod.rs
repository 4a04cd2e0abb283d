//! Text that flows: what an e-book or a Word file says, in the order it is read, without pages.
//!
//! A reader pushes what it meets into a [`Flow`], leaving out what its own form tells apart (marks of notes,
//! contents, page numbers). [`compare`] then holds the flow against the pieces of the tree, character by
//! character.

mod compare;
mod diff;

pub(super) use compare::{Compared, compare};

use crate::verify::units::is_blank;

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Place {
    /// The file inside the archive.
    pub part: String,
    /// The line of that file, from 1, where lines mean something.
    pub line: Option<usize>,
    /// The paragraph of that file, from 1, where lines mean nothing.
    pub paragraph: Option<usize>,
}

impl Place {
    pub(super) fn line(part: &str, line: usize) -> Self {
        Self { part: part.to_owned(), line: Some(line), paragraph: None }
    }

    pub(super) fn paragraph(part: &str, paragraph: usize) -> Self {
        Self { part: part.to_owned(), line: None, paragraph: Some(paragraph) }
    }

    pub(super) fn part(part: &str) -> Self {
        Self { part: part.to_owned(), line: None, paragraph: None }
    }
}

/// A character that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    /// Whether a blank or the edge of its block stands before it.
    pub(super) behind_blank: bool,
    /// Whether a line end inside the block does.
    pub(super) behind_line_end: bool,
    /// Whether its block begins with it.
    pub(super) is_first: bool,
    /// Its block's place, an index into [`Flow::places`].
    pub(super) place: u32,
}

/// The characters of a file in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub(super) places: Vec<Place>,
    pub(super) letters: Vec<Letter>,
    begins: bool,
    blank: bool,
    line_end: bool,
}

impl Flow {
    /// A paragraph, a cell, a heading begins, or what stands behind one.
    pub(super) fn begin(&mut self, place: Place) {
        if self.places.last() != Some(&place) {
            self.places.push(place);
        }
        (self.begins, self.blank) = (true, true);
    }

    /// A line ends inside a block.
    pub(super) fn line_end(&mut self) {
        self.line_end = true;
    }

    /// Characters of the block.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if is_blank(c) {
                self.blank = true;
                continue;
            }
            if self.places.is_empty() {
                self.places.push(Place::default());
            }
            self.letters.push(Letter {
                c,
                behind_blank: std::mem::take(&mut self.blank),
                behind_line_end: std::mem::take(&mut self.line_end),
                is_first: std::mem::take(&mut self.begins),
                place: u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX),
            });
        }
    }
}

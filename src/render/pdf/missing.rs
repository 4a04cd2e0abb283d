//! Characters that cannot be printed: what no font has, and what PDF/A forbids.
//!
//! PDF/UA and PDF/A refuse a file with an empty box in it, and a reader is not helped by one. As
//! printers do for a sort they lack, the geta mark 〓 is set in its place, and a note names the
//! character and where it stands.

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::Face;

use crate::fonts::FontSet;
use crate::render::Note;
use crate::tree::NodeId;

/// What may stand in for a missing sort, the best first.
const STAND_INS: [char; 3] = ['〓', '□', '?'];

/// The characters that fonts have, and those met that they lack.
pub(super) struct Missing<'a> {
    faces: Vec<Face<'a>>,
    stand_in: char,
    printable: BTreeMap<char, bool>,
    /// Marks that have a glyph, but not in a font together with the character they stand on.
    unshapeable: BTreeSet<char>,
    met: BTreeMap<char, Vec<NodeId>>,
}

impl<'a> Missing<'a> {
    /// Nothing met yet.
    pub(super) fn of(fonts: &'a FontSet) -> Self {
        Self::with_unshapeable(fonts, BTreeSet::new())
    }

    /// Nothing met yet, but some characters known not to come out.
    pub(super) fn with_unshapeable(fonts: &'a FontSet, unshapeable: BTreeSet<char>) -> Self {
        let faces: Vec<_> =
            fonts.files().iter().filter_map(|(f, _)| Face::parse(f.bytes(), f.index).ok()).collect();
        let stand_in = STAND_INS.into_iter().find(|c| has(&faces, *c)).unwrap_or('?');
        Self { faces, stand_in, printable: BTreeMap::new(), unshapeable, met: BTreeMap::new() }
    }

    /// The text as it can be printed. Blanks of every kind but the ideographic stay one blank
    /// each; what stands in for a missing character is one character too.
    pub(super) fn printable(&mut self, node: &NodeId, text: &str) -> String {
        text.chars().filter_map(|c| self.one(node, c)).collect()
    }

    fn one(&mut self, node: &NodeId, c: char) -> Option<char> {
        if matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            return Some(' ');
        }
        if c.is_ascii() && !c.is_control() {
            return Some(c);
        }
        let unshapeable = self.unshapeable.contains(&c);
        let faces = &self.faces;
        if !unshapeable && *self.printable.entry(c).or_insert_with(|| is_printable(faces, c)) {
            return Some(c);
        }
        let nodes = self.met.entry(c).or_default();
        if nodes.last() != Some(node) {
            nodes.push(node.clone());
        }
        // A control character has no picture of its own: nothing is missing where it stood.
        (!is_invisible(c)).then_some(self.stand_in)
    }

    /// One note for every character met that could not be printed.
    pub(super) fn notes(self) -> Vec<Note> {
        self.met.into_iter().map(|(character, nodes)| Note::CharacterMissing { character, nodes }).collect()
    }
}

fn has(faces: &[Face<'_>], c: char) -> bool {
    faces.iter().any(|face| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
}

fn is_printable(faces: &[Face<'_>], c: char) -> bool {
    !is_forbidden(c) && (is_shapeless(c) || has(faces, c))
}

/// Code points PDF/A-2a does not allow as text (ISO 19005-2, 6.2.11.7), and those that are none.
fn is_forbidden(c: char) -> bool {
    let n = u32::from(c);
    c.is_control()
        || c == '\u{FEFF}'
        || n & 0xFFFE == 0xFFFE
        || matches!(n, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF0000..=0x10FFFF)
}

/// Forbidden, and nothing to be seen.
fn is_invisible(c: char) -> bool {
    c.is_control() || c == '\u{FEFF}'
}

/// Characters a shaper leaves out when the font lacks them (Unicode: Default_Ignorable_Code_Point,
/// as far as they occur in running text).
fn is_shapeless(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFE00..=0xFE0F
        | 0xE0100..=0xE01EF)
}

//! Characters that cannot be printed: what no font has, and what PDF/A forbids.
//!
//! PDF/UA and PDF/A refuse a file with an empty box in it, and a reader is not helped by one. What
//! is printed in their place is [`Coverage`]'s to say; here a note is made of each, with the nodes
//! it stands in.

use std::collections::{BTreeMap, BTreeSet};

use crate::fonts::{Coverage, FontSet};
use crate::render::Note;
use crate::tree::NodeId;

/// The characters that fonts have, and those met that they lack.
pub(super) struct Missing<'a> {
    coverage: Coverage<'a>,
    /// Marks that turned out not to come out although there is a glyph for them.
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
        Self { coverage: Coverage::of(fonts), unshapeable, met: BTreeMap::new() }
    }

    /// The text as it can be printed.
    pub(super) fn printable(&mut self, node: &NodeId, text: &str) -> String {
        let met = &mut self.met;
        let mut lost = |c: char| {
            let nodes = met.entry(c).or_default();
            if nodes.last() != Some(node) {
                nodes.push(node.clone());
            }
        };
        let mut printed = self.coverage.printed(text, &mut lost);
        if !self.unshapeable.is_empty() {
            printed.retain(|c| {
                let fails = self.unshapeable.contains(&c);
                if fails {
                    lost(c);
                }
                !fails
            });
        }
        printed
    }

    /// One note for every character met that could not be printed.
    pub(super) fn notes(self) -> Vec<Note> {
        self.met.into_iter().map(|(character, nodes)| Note::CharacterMissing { character, nodes }).collect()
    }
}

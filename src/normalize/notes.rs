//! Notes: moved to the end of the speech that refers to them, and counted there.

use std::collections::{HashMap, HashSet};

use crate::tree::{Block, BlockKind, Inline, NodeId};

/// The notes of all files, taken out of the blocks they were defined among.
#[derive(Default)]
pub(super) struct Notes {
    defined: Vec<Block>,
    /// Where the first definition of each stands.
    places: HashMap<NodeId, usize>,
    used: HashSet<NodeId>,
}

impl Notes {
    /// Takes the notes out of `blocks`.
    pub(super) fn take(&mut self, blocks: &mut Vec<Block>) {
        for block in std::mem::take(blocks) {
            match block.kind {
                BlockKind::Note(_) => {
                    self.places.entry(block.id.clone()).or_insert(self.defined.len());
                    self.defined.push(block);
                }
                _ => blocks.push(block),
            }
        }
    }

    /// Puts the notes that `blocks` (and `head`, a heading before them) refer to behind them, and
    /// numbers references and notes in the order they are met. What a note refers to follows them all.
    pub(super) fn place(&mut self, head: &mut [Inline], blocks: &mut Vec<Block>) {
        let mut order = Order::default();
        number_refs(head, &mut order);
        blocks.iter_mut().for_each(|b| b.inline_lists_mut(&mut |inlines| number_refs(inlines, &mut order)));
        let mut placed = 0;
        while let Some(id) = order.met.get(placed) {
            placed += 1;
            if let Some(block) = self.places.get(id).and_then(|k| self.defined.get(*k)) {
                let mut block = labelled(block.clone(), placed);
                block.inline_lists_mut(&mut |inlines| number_refs(inlines, &mut order));
                blocks.push(block);
            }
        }
        self.used.extend(order.met);
    }

    /// Notes that nothing refers to: they are kept, behind `blocks`.
    pub(super) fn place_rest(self, blocks: &mut Vec<Block>) {
        let count = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Note(_))).count();
        // A second definition of a note is kept too: the first is the one referred to.
        let mut seen = HashSet::new();
        let rest = self.defined.into_iter().filter(|block| {
            let is_second = !seen.insert(block.id.clone());
            is_second || !self.used.contains(&block.id)
        });
        blocks.extend(rest.enumerate().map(|(k, block)| labelled(block, count + k + 1)));
    }
}

fn labelled(mut block: Block, number: usize) -> Block {
    if let BlockKind::Note(note) = &mut block.kind {
        note.label = number.to_string();
    }
    block
}

/// The notes referred to, in the order they are met.
#[derive(Default)]
struct Order {
    met: Vec<NodeId>,
    numbers: HashMap<NodeId, usize>,
}

impl Order {
    fn number(&mut self, id: &NodeId) -> usize {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        self.met.push(id.clone());
        self.numbers.insert(id.clone(), self.met.len());
        self.met.len()
    }
}

fn number_refs(inlines: &mut [Inline], order: &mut Order) {
    for inline in inlines {
        match inline {
            Inline::NoteRef { note, label } => {
                *label = order.number(note).to_string();
            }
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                number_refs(content, order);
            }
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

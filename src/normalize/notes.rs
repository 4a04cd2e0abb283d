//! Notes: moved to the end of the speech that refers to them, and counted there.

use crate::tree::{Block, BlockKind, Inline, NodeId};

/// The notes of all files, taken out of the blocks they were defined among.
#[derive(Default)]
pub(super) struct Notes {
    defined: Vec<Block>,
    used: Vec<NodeId>,
}

impl Notes {
    /// Takes the notes out of `blocks`.
    pub(super) fn take(&mut self, blocks: &mut Vec<Block>) {
        for block in std::mem::take(blocks) {
            match block.kind {
                BlockKind::Note(_) => self.defined.push(block),
                _ => blocks.push(block),
            }
        }
    }

    /// Puts the notes that `blocks` (and `head`, a heading before them) refer to behind them, and
    /// numbers references and notes in the order they are met.
    pub(super) fn place(&mut self, head: &mut [Inline], blocks: &mut Vec<Block>) {
        let mut order = Vec::new();
        number_refs(head, &mut order);
        blocks.iter_mut().for_each(|b| b.inline_lists_mut(&mut |inlines| number_refs(inlines, &mut order)));
        for (k, id) in order.iter().enumerate() {
            if let Some(block) = self.defined.iter().find(|b| b.id == *id) {
                blocks.push(labelled(block.clone(), k + 1));
            }
        }
        self.used.extend(order);
    }

    /// Notes that nothing refers to: they are kept, behind `blocks`.
    pub(super) fn place_rest(self, blocks: &mut Vec<Block>) {
        let count = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Note(_))).count();
        // A second definition of a note is kept too: the first is the one referred to.
        let mut seen = Vec::new();
        let rest = self.defined.into_iter().filter(|block| {
            let is_second = seen.contains(&block.id);
            seen.push(block.id.clone());
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

fn number_refs(inlines: &mut [Inline], order: &mut Vec<NodeId>) {
    for inline in inlines {
        match inline {
            Inline::NoteRef { note, label } => {
                let k = order.iter().position(|id| id == note).unwrap_or_else(|| {
                    order.push(note.clone());
                    order.len() - 1
                });
                *label = (k + 1).to_string();
            }
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                number_refs(content, order);
            }
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

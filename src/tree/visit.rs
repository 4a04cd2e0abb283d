//! Walking the tree: override what you care for, call the `walk_*` function to go deeper.
//!
//! ```
//! use jianbao::tree::{Block, BlockKind, Proceedings, Visit, walk_block};
//!
//! /// Counts tables, those inside quotations and lists included.
//! struct Tables(usize);
//!
//! impl Visit for Tables {
//!     fn block(&mut self, block: &Block) {
//!         if let BlockKind::Table(_) = block.kind {
//!             self.0 += 1;
//!         }
//!         walk_block(self, block);
//!     }
//! }
//!
//! let mut tables = Tables(0);
//! tables.proceedings(&Proceedings::default());
//! assert_eq!(tables.0, 0);
//! ```

use crate::tree::{Block, BlockKind, Inline, Proceedings, Speaker, Speech};

/// A walk over a tree in reading order.
pub trait Visit {
    /// The whole book.
    fn proceedings(&mut self, tree: &Proceedings) {
        walk_proceedings(self, tree);
    }
    /// One speech.
    fn speech(&mut self, speech: &Speech) {
        walk_speech(self, speech);
    }
    /// One speaker; nothing stands inside.
    fn speaker(&mut self, _speaker: &Speaker) {}
    /// One block, at any depth.
    fn block(&mut self, block: &Block) {
        walk_block(self, block);
    }
    /// One inline; call [`walk_inlines`] on its content to go deeper.
    fn inline(&mut self, inline: &Inline) {
        walk_inline(self, inline);
    }
}

/// Visits lede, parts' introductions and speeches.
pub fn walk_proceedings<V: Visit + ?Sized>(v: &mut V, tree: &Proceedings) {
    tree.lede.iter().for_each(|b| v.block(b));
    let mut part = None;
    for speech in &tree.speeches {
        if speech.part.as_ref() != part {
            part = speech.part.as_ref();
            let opened = tree.parts.iter().find(|p| Some(&p.id) == part);
            opened.into_iter().flat_map(|p| &p.intro).for_each(|b| v.block(b));
        }
        v.speech(speech);
    }
}

/// Visits heading, speakers and body.
pub fn walk_speech<V: Visit + ?Sized>(v: &mut V, speech: &Speech) {
    walk_inlines(v, &speech.heading.inlines);
    speech.speakers.iter().for_each(|s| v.speaker(s));
    speech.body.iter().for_each(|b| v.block(b));
}

/// Visits what stands inside a block.
pub fn walk_block<V: Visit + ?Sized>(v: &mut V, block: &Block) {
    match &block.kind {
        BlockKind::Paragraph(p) => walk_inlines(v, &p.inlines),
        BlockKind::Heading(h) => walk_inlines(v, &h.inlines),
        BlockKind::List(list) => list.items.iter().flat_map(|i| &i.blocks).for_each(|b| v.block(b)),
        BlockKind::Table(table) => {
            walk_inlines(v, &table.caption);
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                walk_inlines(v, &cell.inlines);
            }
        }
        BlockKind::Figure(figure) => walk_inlines(v, &figure.caption),
        BlockKind::Quote(quote) => quote.blocks.iter().for_each(|b| v.block(b)),
        BlockKind::Note(note) => note.blocks.iter().for_each(|b| v.block(b)),
    }
}

/// Visits inlines one by one.
pub fn walk_inlines<V: Visit + ?Sized>(v: &mut V, inlines: &[Inline]) {
    inlines.iter().for_each(|i| v.inline(i));
}

fn walk_inline<V: Visit + ?Sized>(v: &mut V, inline: &Inline) {
    match inline {
        Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
            walk_inlines(v, content);
        }
        Inline::Text { .. } | Inline::NoteRef { .. } | Inline::Break => {}
    }
}

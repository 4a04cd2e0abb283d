//! Names of nodes: `s01`, `s01.p02`, `lede.p01`, `p1`.
//!
//! An id counts nodes of its own kind only (`p` paragraphs, `h` headings, `l` lists …), so that
//! a sub-heading or a table put in elsewhere does not rename the paragraphs after it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tree::{Block, BlockKind, Inline, Proceedings};

/// The stable name of a node, unique within its tree.
///
/// It depends on the node's place only, never on its text, and holds ASCII letters, digits and
/// dots, so that it can serve as an anchor in every output format.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Default)]
#[serde(transparent)]
pub struct NodeId(String);

impl NodeId {
    /// Makes an id of its text form.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives every node its id. References to notes are renamed with the notes they mean.
pub(crate) fn assign_ids(tree: &mut Proceedings) {
    tree.front.title.id = NodeId::new("title");
    tree.front.event.id = NodeId::new("event");
    for (k, part) in tree.parts.iter_mut().enumerate() {
        let new = NodeId::new(format!("p{}", k + 1));
        for speech in &mut tree.speeches {
            if speech.part.as_ref() == Some(&part.id) {
                speech.part = Some(new.clone());
            }
        }
        let mut notes = Vec::new();
        name_blocks(&mut part.intro, new.as_str(), &mut Counters::default(), &mut notes);
        rename_refs(&mut part.intro, &notes);
        part.id = new;
    }
    let mut notes = Vec::new();
    name_blocks(&mut tree.lede, "lede", &mut Counters::default(), &mut notes);
    rename_refs(&mut tree.lede, &notes);
    for (k, speech) in tree.speeches.iter_mut().enumerate() {
        let id = format!("s{:02}", k + 1);
        speech.heading.id = NodeId::new(format!("{id}.head"));
        for (n, speaker) in speech.speakers.iter_mut().enumerate() {
            speaker.id = NodeId::new(format!("{id}.who{}", n + 1));
        }
        let mut notes = Vec::new();
        name_blocks(&mut speech.body, &id, &mut Counters::default(), &mut notes);
        rename_refs(&mut speech.body, &notes);
        rename_in(&mut speech.heading.inlines, &notes);
        speech.id = NodeId::new(id);
    }
}

/// How many nodes of each kind a speech has had so far.
#[derive(Default)]
struct Counters([usize; 7]);

impl Counters {
    fn next(&mut self, kind: &BlockKind) -> (char, usize) {
        let (k, letter) = match kind {
            BlockKind::Paragraph(_) => (0, 'p'),
            BlockKind::Heading(_) => (1, 'h'),
            BlockKind::List(_) => (2, 'l'),
            BlockKind::Table(_) => (3, 't'),
            BlockKind::Figure(_) => (4, 'f'),
            BlockKind::Quote(_) => (5, 'q'),
            BlockKind::Note(_) => (6, 'n'),
        };
        self.0[k] += 1;
        (letter, self.0[k])
    }
}

fn name_blocks(
    blocks: &mut [Block],
    owner: &str,
    counters: &mut Counters,
    notes: &mut Vec<(NodeId, NodeId)>,
) {
    for block in blocks {
        let (letter, n) = counters.next(&block.kind);
        let id = NodeId::new(format!("{owner}.{letter}{n:02}"));
        match &mut block.kind {
            BlockKind::List(list) => {
                for (k, item) in list.items.iter_mut().enumerate() {
                    let item_id = format!("{id}.i{:02}", k + 1);
                    name_blocks(&mut item.blocks, &item_id, &mut Counters::default(), notes);
                    item.id = NodeId::new(item_id);
                }
            }
            BlockKind::Quote(quote) => {
                name_blocks(&mut quote.blocks, id.as_str(), &mut Counters::default(), notes);
            }
            BlockKind::Note(note) => {
                name_blocks(&mut note.blocks, id.as_str(), &mut Counters::default(), notes);
                notes.push((std::mem::replace(&mut block.id, id.clone()), id.clone()));
            }
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) | BlockKind::Figure(_) => {}
        }
        block.id = id;
    }
}

fn rename_refs(blocks: &mut [Block], notes: &[(NodeId, NodeId)]) {
    if notes.is_empty() {
        return;
    }
    for block in blocks {
        block.inline_lists_mut(&mut |inlines| rename_in(inlines, notes));
    }
}

fn rename_in(inlines: &mut [Inline], notes: &[(NodeId, NodeId)]) {
    for inline in inlines {
        match inline {
            Inline::NoteRef { note, .. } => {
                if let Some((_, new)) = notes.iter().find(|(old, _)| old == note) {
                    *note = new.clone();
                }
            }
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                rename_in(content, notes);
            }
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

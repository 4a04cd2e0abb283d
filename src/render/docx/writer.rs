//! What is gathered while the tree is walked: blocks written so far, relationships, bookmarks,
//! lists, pictures, notes.

use std::collections::{BTreeMap, BTreeSet};

use docx_rs::{DocumentChild, LineSpacing, Paragraph, Table};

use crate::render::{Job, Note as Notice};
use crate::tree::{Block, BlockKind, NodeId, Note};

use super::page;
use super::styles::{self, Levels};

/// The state of one document being written.
pub(super) struct Writer<'j> {
    pub(super) job: Job<'j>,
    pub(super) levels: Levels,
    /// Blocks in order.
    pub(super) blocks: Vec<DocumentChild>,
    /// What the user should know.
    pub(super) notices: Vec<Notice>,
    /// Links and pictures of the text.
    pub(super) text_rels: Rels,
    /// Those of the footnotes, which are a part of their own.
    pub(super) note_rels: Rels,
    /// Whether a footnote is being written.
    pub(super) in_note: bool,
    /// The notes by id.
    pub(super) notes: BTreeMap<&'j NodeId, &'j Note>,
    /// Notes that became footnotes: their number and the bookmark at their mark.
    pub(super) placed: BTreeMap<NodeId, (usize, String)>,
    /// The first number of each numbered list, with its depth; bulleted ones have none.
    pub(super) lists: Vec<(usize, usize)>,
    /// The pictures by the path that names them, in order of appearance.
    pub(super) pictures: Vec<&'j str>,
    /// The alternative text of each drawing, in the order of the text, then of the notes.
    pub(super) text_alts: Vec<String>,
    pub(super) note_alts: Vec<String>,
    names: BTreeSet<String>,
    bookmarks: usize,
}

/// Relationships of one part.
#[derive(Debug, Default)]
pub(super) struct Rels {
    /// Id and target of each link.
    pub(super) links: Vec<(String, String)>,
    /// Indexes of the pictures shown.
    pub(super) pictures: BTreeSet<usize>,
}

impl<'j> Writer<'j> {
    /// Nothing written yet.
    pub(super) fn new(job: &Job<'j>) -> Self {
        let tree = job.tree;
        let mut notes = BTreeMap::new();
        collect_notes(&tree.lede, &mut notes);
        tree.parts.iter().for_each(|p| collect_notes(&p.intro, &mut notes));
        tree.speeches.iter().for_each(|s| collect_notes(&s.body, &mut notes));
        Self {
            job: *job,
            levels: Levels { parts: tree.speeches.iter().any(|s| super::front::part_of(tree, s).is_some()) },
            blocks: Vec::new(),
            notices: Vec::new(),
            text_rels: Rels::default(),
            note_rels: Rels::default(),
            in_note: false,
            notes,
            placed: BTreeMap::new(),
            lists: Vec::new(),
            pictures: Vec::new(),
            text_alts: Vec::new(),
            note_alts: Vec::new(),
            names: BTreeSet::new(),
            bookmarks: 0,
        }
    }

    /// Adds a paragraph; one that would stick to the table before it stands a third of a row off.
    pub(super) fn push(&mut self, paragraph: Paragraph) {
        let follows = matches!(self.blocks.last(), Some(DocumentChild::Table(_)));
        let paragraph = if follows && paragraph.property.line_spacing.is_none() {
            paragraph.line_spacing(LineSpacing::new().before(page::rows(1) / 3))
        } else {
            paragraph
        };
        self.blocks.push(DocumentChild::Paragraph(Box::new(paragraph)));
    }

    /// Adds a table; one that would touch the table before it is kept apart, or Word makes them one.
    pub(super) fn push_table(&mut self, table: Table) {
        self.part_from_table();
        self.blocks.push(DocumentChild::Table(Box::new(table)));
    }

    /// Adds an empty paragraph when a table stands last: two tables must not touch, and a text ends
    /// in a paragraph.
    pub(super) fn part_from_table(&mut self) {
        if matches!(self.blocks.last(), Some(DocumentChild::Table(_))) {
            let paragraph = Paragraph::new().style(styles::TABLE_TEXT);
            self.blocks.push(DocumentChild::Paragraph(Box::new(paragraph)));
        }
    }

    /// The relationships of the part being written.
    pub(super) fn rels(&mut self) -> &mut Rels {
        if self.in_note { &mut self.note_rels } else { &mut self.text_rels }
    }

    /// The relationship id of a link.
    pub(super) fn link(&mut self, target: &str) -> String {
        let links = &mut self.rels().links;
        if let Some((id, _)) = links.iter().find(|(_, t)| t == target) {
            return id.clone();
        }
        let id = format!("rIdLink{}", links.len() + 1);
        links.push((id.clone(), target.to_owned()));
        id
    }

    /// A bookmark name that no other node has: letters, digits and `_`, at most 40 characters, which
    /// is what survives other programs.
    ///
    /// In a file that must hold nothing hidden it is a number, as in names that Word gives.
    pub(super) fn bookmark_name(&mut self, id: &NodeId) -> String {
        if self.job.excerpt.is_some_and(|e| e.properties.is_empty()) {
            let name = format!("_Ref{:09}", self.names.len() + 1);
            self.names.insert(name.to_ascii_lowercase());
            return name;
        }
        let plain: String = id.as_str().chars().map(|c| if c == '.' { '_' } else { c }).collect();
        let sound = plain.len() <= 30 && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let base = if sound && !plain.is_empty() { format!("jb_{plain}") } else { "jb_node".to_owned() };
        let mut name = base.clone();
        let mut n = 2;
        while !self.names.insert(name.to_ascii_lowercase()) {
            name = format!("{base}_{n}");
            n += 1;
        }
        name
    }

    /// Takes a name for a bookmark, unless another has it.
    pub(super) fn claim(&mut self, name: &str) -> bool {
        self.names.insert(name.to_ascii_lowercase())
    }

    /// The number of the next bookmark.
    pub(super) fn bookmark_id(&mut self) -> usize {
        self.bookmarks += 1;
        self.bookmarks
    }
}

fn collect_notes<'t>(blocks: &'t [Block], notes: &mut BTreeMap<&'t NodeId, &'t Note>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Note(note) => {
                notes.entry(&block.id).or_insert(note);
                collect_notes(&note.blocks, notes);
            }
            BlockKind::List(list) => list.items.iter().for_each(|i| collect_notes(&i.blocks, notes)),
            BlockKind::Quote(quote) => collect_notes(&quote.blocks, notes),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) | BlockKind::Figure(_) => {}
        }
    }
}

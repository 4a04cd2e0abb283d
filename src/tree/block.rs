//! What the body of a speech is made of.

use crate::tree::{Inline, NodeId, Numbering, Span, plain_text};

/// One block with its name and place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// `s01.p01`; the letter tells the kind.
    pub id: NodeId,
    /// Where it stands in the source.
    pub span: Option<Span>,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of blocks. Backends match all of them: a new one is a compile error in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A sub-heading inside a speech.
    Heading(SubHeading),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A picture with its caption.
    Figure(Figure),
    /// A block quotation.
    Quote(Quote),
    /// A note, referred to by [`Inline::NoteRef`].
    Note(Note),
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Paragraph {
    /// The text.
    pub inlines: Vec<Inline>,
    /// Length in bytes of the topic sentence (段首句) that opens the paragraph, a prefix of its
    /// plain text; 0 when there is none.
    pub lead: usize,
}

impl Paragraph {
    /// A paragraph without a topic sentence.
    #[must_use]
    pub fn new(inlines: Vec<Inline>) -> Self {
        Self { inlines, lead: 0 }
    }
}

/// A heading below the speech's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubHeading {
    /// 1 to 4: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3).
    pub level: u8,
    /// The number as written, if any.
    pub number: Option<Numbering>,
    /// The text, number excluded.
    pub inlines: Vec<Inline>,
}

impl SubHeading {
    /// A heading of `level` (1 to 4, kept inside these bounds).
    #[must_use]
    pub fn new(level: u8, number: Option<Numbering>, inlines: Vec<Inline>) -> Self {
        Self { level: level.clamp(1, 4), number, inlines }
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct List {
    /// The number of the first item when the items are numbered.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<ListItem>,
}

impl List {
    /// A list of `items`, numbered from `start` if given.
    #[must_use]
    pub fn new(start: Option<u64>, items: Vec<ListItem>) -> Self {
        Self { start, items }
    }
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ListItem {
    /// `s01.l01.i02`
    pub id: NodeId,
    /// Its paragraphs and lists.
    pub blocks: Vec<Block>,
}

impl ListItem {
    /// An item of `blocks`.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { id: NodeId::default(), blocks }
    }
}

/// A table with one head row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Table {
    /// One entry a column.
    pub alignments: Vec<Alignment>,
    /// The head row, repeated on every page the table runs over.
    pub head: Vec<Cell>,
    /// The other rows, each as long as `head`.
    pub rows: Vec<Vec<Cell>>,
    /// What the table shows; may be empty.
    pub caption: Vec<Inline>,
}

impl Table {
    /// A table; short rows are filled with empty cells and long ones widen the table, so that
    /// every row has the same number of cells and none is lost.
    #[must_use]
    pub fn new(mut alignments: Vec<Alignment>, mut head: Vec<Cell>, mut rows: Vec<Vec<Cell>>) -> Self {
        let width = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        alignments.resize(width, Alignment::Start);
        head.resize_with(width, Cell::default);
        for row in &mut rows {
            row.resize_with(width, Cell::default);
        }
        Self { alignments, head, rows, caption: Vec::new() }
    }
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Cell {
    /// Its text.
    pub inlines: Vec<Inline>,
}

impl Cell {
    /// A cell of `inlines`.
    #[must_use]
    pub fn new(inlines: Vec<Inline>) -> Self {
        Self { inlines }
    }
}

/// How a column's text is set.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// At the line's start.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the line's end.
    End,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Figure {
    /// Path of the picture as written, relative to the source file's folder.
    pub src: String,
    /// What the picture shows, for those who cannot see it.
    pub alt: String,
    /// The caption printed under it; may be empty.
    pub caption: Vec<Inline>,
}

impl Figure {
    /// A figure from the file `src`.
    #[must_use]
    pub fn new(src: impl Into<String>, alt: impl Into<String>, caption: Vec<Inline>) -> Self {
        Self { src: src.into(), alt: alt.into(), caption }
    }
}

/// A block quotation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Quote {
    /// What is quoted.
    pub blocks: Vec<Block>,
}

impl Quote {
    /// A quotation of `blocks`.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks }
    }
}

/// A note. Notes stand at the end of the speech that refers to them, in the order of reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Note {
    /// The printed mark, counted within the speech.
    pub label: String,
    /// The note's text.
    pub blocks: Vec<Block>,
}

impl Note {
    /// A note with its mark.
    #[must_use]
    pub fn new(label: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { label: label.into(), blocks }
    }
}

impl Block {
    /// A block that has no id yet; ids are given when the tree is complete.
    #[must_use]
    pub fn new(kind: BlockKind, span: Option<Span>) -> Self {
        Self { id: NodeId::default(), span, kind }
    }

    /// A paragraph of `inlines`.
    #[must_use]
    pub fn paragraph(inlines: Vec<Inline>, span: Option<Span>) -> Self {
        Self::new(BlockKind::Paragraph(Paragraph::new(inlines)), span)
    }

    /// The running text in reading order; parts of a compound block (items, cells, paragraphs of a
    /// quotation) are parted by line ends. A heading's number comes first.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.kind {
            BlockKind::Paragraph(p) => plain_text(&p.inlines),
            BlockKind::Heading(h) => {
                let label = h.number.as_ref().map_or("", |n| n.label.as_str());
                format!("{label}{}", plain_text(&h.inlines))
            }
            BlockKind::List(list) => joined(list.items.iter().flat_map(|i| &i.blocks)),
            BlockKind::Table(table) => table.texts().join("\n"),
            BlockKind::Figure(figure) => plain_text(&figure.caption),
            BlockKind::Quote(quote) => joined(&quote.blocks),
            BlockKind::Note(note) => joined(&note.blocks),
        }
    }

    /// Calls `f` with every list of inlines in this block and the blocks inside it.
    pub(crate) fn inline_lists<'a>(&'a self, f: &mut impl FnMut(&'a [Inline])) {
        match &self.kind {
            BlockKind::Paragraph(p) => f(&p.inlines),
            BlockKind::Heading(h) => f(&h.inlines),
            BlockKind::List(list) => {
                list.items.iter().flat_map(|i| &i.blocks).for_each(|b| b.inline_lists(f));
            }
            BlockKind::Table(table) => {
                f(&table.caption);
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|c| f(&c.inlines));
            }
            BlockKind::Figure(figure) => f(&figure.caption),
            BlockKind::Quote(quote) => quote.blocks.iter().for_each(|b| b.inline_lists(f)),
            BlockKind::Note(note) => note.blocks.iter().for_each(|b| b.inline_lists(f)),
        }
    }

    /// The same, to change them.
    pub(crate) fn inline_lists_mut(&mut self, f: &mut impl FnMut(&mut Vec<Inline>)) {
        match &mut self.kind {
            BlockKind::Paragraph(p) => f(&mut p.inlines),
            BlockKind::Heading(h) => f(&mut h.inlines),
            BlockKind::List(list) => {
                list.items.iter_mut().flat_map(|i| &mut i.blocks).for_each(|b| b.inline_lists_mut(f));
            }
            BlockKind::Table(table) => {
                f(&mut table.caption);
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|c| f(&mut c.inlines));
            }
            BlockKind::Figure(figure) => f(&mut figure.caption),
            BlockKind::Quote(quote) => quote.blocks.iter_mut().for_each(|b| b.inline_lists_mut(f)),
            BlockKind::Note(note) => note.blocks.iter_mut().for_each(|b| b.inline_lists_mut(f)),
        }
    }
}

impl Table {
    /// Caption, then the cells row by row.
    fn texts(&self) -> Vec<String> {
        let caption = (!self.caption.is_empty()).then(|| plain_text(&self.caption));
        let cells = self.head.iter().chain(self.rows.iter().flatten()).map(|c| plain_text(&c.inlines));
        caption.into_iter().chain(cells).collect()
    }
}

fn joined<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> String {
    blocks.into_iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

//! What a part holds, in order, before it is made text: paragraphs and tables with all that hangs on
//! them.

use std::rc::Rc;

use super::props::ParaProps;
use super::record::Marks;
use super::styles::RunLook;

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(Box<Paragraph>),
    Table(Table),
}

#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) props: ParaProps,
    pub(super) pieces: Vec<Piece>,
    /// Text boxes that hang on it.
    pub(super) boxes: Vec<Item>,
    pub(super) pictures: Vec<Picture>,
    /// An empty paragraph stands before it.
    pub(super) has_gap: bool,
    /// It holds a table of contents, or a piece of one.
    pub(super) is_contents: bool,
}

/// A piece of a paragraph's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) look: RunLook,
    /// Where a click leads.
    pub(super) link: Option<Rc<str>>,
    /// Tracked changes, comments and bookmarks around it.
    pub(super) marks: Marks,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Text(String),
    Break,
    Note(NoteKey),
    /// The mark of the note at a bookmark, as it is shown.
    NoteAt {
        bookmark: String,
        shown: String,
    },
}

/// Which note: a footnote or an endnote, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NoteKey {
    pub(super) is_end: bool,
    pub(super) id: String,
}

/// A picture in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    /// The part that holds it.
    pub(super) part: String,
    pub(super) alt: String,
}

#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Columns left empty at its start.
    pub(super) before: usize,
    pub(super) is_deleted: bool,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) items: Vec<Item>,
    /// Columns it takes.
    pub(super) span: usize,
    /// It goes on from the cell above.
    pub(super) is_continued: bool,
    pub(super) is_deleted: bool,
}

impl Paragraph {
    /// Whether it holds nothing that shows.
    pub(super) fn is_empty(&self) -> bool {
        self.boxes.is_empty() && self.pictures.is_empty() && self.pieces.iter().all(Piece::is_blank)
    }

    /// `目录`, `目　录`
    pub(super) fn is_contents_heading(&self) -> bool {
        let texts = self.pieces.iter().map(|p| match &p.what {
            What::Text(text) => text.as_str(),
            _ => "",
        });
        let text: String = texts.flat_map(str::chars).filter(|c| !is_blank(*c)).take(9).collect();
        matches!(text.as_str(), "目录" | "目次" | "Contents")
    }

    /// Adds text; neighbours of one look are one piece.
    pub(super) fn push(&mut self, what: What, look: RunLook, link: Option<Rc<str>>, marks: Marks) {
        if let (What::Text(new), Some(Piece { what: What::Text(text), look: last, link: other, marks: own })) =
            (&what, self.pieces.last_mut())
            && *last == look
            && *other == link
            && *own == marks
        {
            text.push_str(new);
            return;
        }
        self.pieces.push(Piece { what, look, link, marks });
    }
}

impl Piece {
    pub(super) fn is_blank(&self) -> bool {
        match &self.what {
            What::Text(text) => text.chars().all(is_blank),
            What::Break => true,
            What::Note(_) | What::NoteAt { .. } => false,
        }
    }
}

/// A blank, a full-width one or one of no width among them.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

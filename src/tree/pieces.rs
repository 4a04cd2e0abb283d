//! The tree's text as a flat sequence in reading order.

use crate::tree::{Block, BlockKind, Inline, NodeId, Proceedings, Span, plain_text};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// The book's title.
    Title,
    /// The meeting.
    Event,
    /// A paragraph before the first speech.
    Lede,
    /// The title of a part.
    Part,
    /// A speech's heading, with its number.
    Heading,
    /// A speaker's printed name.
    Speaker,
    /// A speaker's printed roles.
    Roles,
    /// A paragraph, sub-heading, cell or caption of a speech.
    Body,
    /// A paragraph of a note.
    Note,
}

/// One piece of text that every output must hold, unbroken and in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// The node it belongs to.
    pub id: NodeId,
    /// What it is.
    pub kind: PieceKind,
    /// Its text; a forced line break is `\n`.
    pub text: String,
    /// Where the node stands in the source.
    pub span: Option<Span>,
}

impl Proceedings {
    /// Every non-empty piece of text in reading order: title, event, lede, then part titles and
    /// speeches (heading, speakers, body, notes).
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let mut out = Pieces::default();
        out.push(&self.front.title.id, PieceKind::Title, self.title.clone(), self.front.title.span);
        if let Some(event) = &self.event {
            out.push(&self.front.event.id, PieceKind::Event, event.clone(), self.front.event.span);
        }
        out.blocks(&self.lede, PieceKind::Lede);
        let mut part = None;
        for speech in &self.speeches {
            if speech.part != part {
                part.clone_from(&speech.part);
                if let Some(p) = self.parts.iter().find(|p| Some(&p.id) == part.as_ref()) {
                    out.push(&p.id, PieceKind::Part, p.title.clone(), p.span);
                    out.blocks(&p.intro, PieceKind::Body);
                }
            }
            let heading = &speech.heading;
            out.push(&heading.id, PieceKind::Heading, heading.display(), heading.span);
            for s in &speech.speakers {
                out.push(&s.id, PieceKind::Speaker, s.display_name(), s.span);
                out.push(&s.id, PieceKind::Roles, s.title.clone(), s.span);
            }
            out.blocks(&speech.body, PieceKind::Body);
        }
        out.0
    }

    /// Every character that is to be printed, each once, in order: what fonts must hold.
    #[must_use]
    pub fn characters(&self) -> Vec<char> {
        let mut chars: Vec<char> =
            self.pieces().iter().flat_map(|p| p.text.chars()).filter(|c| !c.is_control()).collect();
        chars.sort_unstable();
        chars.dedup();
        chars
    }
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, id: &NodeId, kind: PieceKind, text: String, span: Option<Span>) {
        if !text.is_empty() {
            self.0.push(Piece { id: id.clone(), kind, text, span });
        }
    }

    fn inlines(&mut self, block: &Block, kind: PieceKind, inlines: &[Inline]) {
        self.push(&block.id, kind, plain_text(inlines), block.span);
    }

    fn blocks(&mut self, blocks: &[Block], kind: PieceKind) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(p) => self.inlines(block, kind, &p.inlines),
                BlockKind::Heading(_) => self.push(&block.id, kind, block.text(), block.span),
                BlockKind::List(list) => list.items.iter().for_each(|i| self.blocks(&i.blocks, kind)),
                BlockKind::Table(table) => {
                    self.inlines(block, kind, &table.caption);
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.inlines(block, kind, &cell.inlines);
                    }
                }
                BlockKind::Figure(figure) => self.inlines(block, kind, &figure.caption),
                BlockKind::Quote(quote) => self.blocks(&quote.blocks, kind),
                BlockKind::Note(note) => self.blocks(&note.blocks, PieceKind::Note),
            }
        }
    }
}

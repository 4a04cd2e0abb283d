//! The tree's text as the pieces that are looked for on the pages, each with what it is in print.

use std::collections::BTreeMap;

use crate::fonts::is_invisible;
use crate::tree::{Block, BlockKind, NodeId, PieceKind, Proceedings, Span};

/// What a piece of text is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitKind {
    /// The book's title, or the meeting: cover.
    Front,
    /// The title of a part.
    Part,
    /// The heading of a speech.
    Heading,
    /// A speaker's name.
    Speaker,
    /// A speaker's roles.
    Roles,
    /// A heading inside a speech, level 1 to 4.
    SubHeading(u8),
    /// A paragraph over the whole measure.
    Paragraph,
    /// A paragraph inside a list or a quotation: a narrower measure.
    Inset,
    /// A cell of a table.
    Cell,
    /// A caption.
    Caption,
    /// A paragraph of a note.
    Note,
}

impl UnitKind {
    /// Whether it stands on the rows of the grid.
    #[must_use]
    pub fn is_on_grid(self) -> bool {
        matches!(self, Self::Paragraph | Self::Inset | Self::SubHeading(_))
    }

    /// Whether it leads to what follows and must not stand last on a page.
    #[must_use]
    pub fn leads(self) -> bool {
        matches!(self, Self::Part | Self::Heading | Self::Speaker | Self::Roles | Self::SubHeading(_))
    }

    /// Whether it is the words of the book.
    #[must_use]
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Front)
    }
}

/// One piece of the tree's text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its characters without blanks.
    pub text: Vec<char>,
    /// Which of them stand behind a blank: a line may end before them, whatever they are.
    pub behind_blank: Vec<usize>,
    /// Which of them stand behind a line end of the author's own.
    pub behind_break: Vec<usize>,
    /// Its node.
    pub id: NodeId,
    /// Where it stands in the source.
    pub span: Option<Span>,
    /// How many of its characters are set in letters of their own: a topic sentence, all of what an editor says.
    pub lead: usize,
    /// Counts parts of the book: a new part may begin a page.
    pub section: usize,
}

impl Unit {
    /// The characters of a text that are seen.
    pub(super) fn new(kind: UnitKind, text: &str) -> Self {
        let mut unit = Self {
            kind,
            text: Vec::new(),
            behind_blank: Vec::new(),
            behind_break: Vec::new(),
            id: NodeId::default(),
            span: None,
            lead: 0,
            section: 0,
        };
        let (mut blank, mut end) = (false, false);
        for c in text.chars() {
            if is_blank(c) || is_invisible(c) {
                blank |= is_blank(c);
                end |= c == '\n';
                continue;
            }
            let at = unit.text.len();
            unit.behind_blank.extend((std::mem::take(&mut blank) && at > 0).then_some(at));
            unit.behind_break.extend((std::mem::take(&mut end) && at > 0).then_some(at));
            unit.text.push(c);
        }
        unit
    }
}

/// The pieces in reading order.
pub(super) fn of(tree: &Proceedings) -> Vec<Unit> {
    let mut kinds = BTreeMap::new();
    let intros = tree.parts.iter().flat_map(|p| &p.intro);
    let bodies = tree.speeches.iter().flat_map(|s| &s.body);
    for block in tree.lede.iter().chain(intros) {
        kinds_in(block, false, usize::MAX, &mut kinds);
    }
    for block in bodies {
        kinds_in(block, false, 0, &mut kinds);
    }
    let parts: BTreeMap<&str, Option<&NodeId>> =
        tree.speeches.iter().map(|s| (s.id.as_str(), s.part.as_ref())).collect();
    let mut section = 0;
    let mut part = None;
    let mut units = Vec::new();
    for piece in tree.pieces() {
        let speech = piece.id.as_str().split('.').next().unwrap_or_default();
        if let Some(now) = parts.get(speech)
            && *now != part
        {
            part = *now;
            section += 1;
        }
        if piece.kind == PieceKind::Part && part != Some(&piece.id) {
            part = tree.parts.iter().map(|p| &p.id).find(|id| **id == piece.id);
            section += 1;
        }
        let kind = match piece.kind {
            PieceKind::Title | PieceKind::Event => UnitKind::Front,
            PieceKind::Part => UnitKind::Part,
            PieceKind::Heading => UnitKind::Heading,
            PieceKind::Speaker => UnitKind::Speaker,
            PieceKind::Roles => UnitKind::Roles,
            PieceKind::Note => UnitKind::Note,
            PieceKind::Lede | PieceKind::Body => kinds.get(&piece.id).map_or(UnitKind::Paragraph, |k| k.0),
        };
        let unit = Unit::new(kind, &piece.text);
        if !unit.text.is_empty() {
            let lead = kinds.get(&piece.id).map_or(0, |k| k.1);
            let lead =
                piece.text.get(..lead).map_or(unit.text.len(), |lead| Unit::new(kind, lead).text.len());
            units.push(Unit { id: piece.id, span: piece.span, lead, section, ..unit });
        }
    }
    units
}

/// What is layout on a page and no character of the text.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// What blocks are, and how many bytes of them stand in letters of their own; `own` of those that are not told.
fn kinds_in(block: &Block, inset: bool, own: usize, kinds: &mut BTreeMap<NodeId, (UnitKind, usize)>) {
    let lead = match &block.kind {
        BlockKind::Paragraph(p) => p.lead.max(own),
        _ => own,
    };
    let kind = match &block.kind {
        BlockKind::Paragraph(_) if inset => UnitKind::Inset,
        BlockKind::Paragraph(_) => UnitKind::Paragraph,
        BlockKind::Heading(h) => UnitKind::SubHeading(h.level),
        BlockKind::Table(_) => UnitKind::Cell,
        BlockKind::Figure(_) => UnitKind::Caption,
        BlockKind::List(list) => {
            list.items.iter().flat_map(|i| &i.blocks).for_each(|b| kinds_in(b, true, own, kinds));
            return;
        }
        BlockKind::Quote(quote) => {
            quote.blocks.iter().for_each(|b| kinds_in(b, true, own, kinds));
            return;
        }
        BlockKind::Note(note) => {
            note.blocks.iter().for_each(|b| kinds_in(b, true, own, kinds));
            return;
        }
    };
    kinds.insert(block.id.clone(), (kind, lead));
}

//! Blocks to paragraphs and tables.

use docx_rs::{IndentLevel, NumberingId, Paragraph};

use crate::tree::{self, Block, BlockKind, Figure, Inline, List, ListItem, NodeId, SubHeading, plain_text};

use super::inline::PLAIN;
use super::lists;
use super::page::COLUMNS;
use super::styles;
use super::width::half_ems;
use super::writer::Writer;

/// Where a block stands: the style of its paragraphs and how far in they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The style of plain paragraphs.
    pub(super) style: &'static str,
    /// How many lists are around it.
    pub(super) depth: usize,
}

impl Place {
    /// Before the first speech.
    pub(super) const LEDE: Place = Place { style: styles::LEDE, depth: 0 };
    /// In a speech.
    pub(super) const BODY: Place = Place { style: styles::BODY, depth: 0 };
    /// In a note.
    pub(super) const NOTE: Place = Place { style: styles::FOOTNOTE, depth: 0 };

    /// A paragraph of this place.
    fn paragraph(&self) -> Paragraph {
        let paragraph = Paragraph::new().style(self.style);
        if self.depth == 0 {
            paragraph
        } else {
            paragraph.indent(Some(lists::indent(self.depth)), None, None, None)
        }
    }
}

impl Writer<'_> {
    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block], place: &Place) {
        for (k, block) in blocks.iter().enumerate() {
            match &block.kind {
                // A single line before a table names it or leads to it.
                BlockKind::Paragraph(p) if leads_to_table(p, blocks.get(k + 1)) => {
                    let paragraph =
                        self.inlines_with_lead(place.paragraph().keep_next(true), &p.inlines, p.lead);
                    let paragraph = self.anchored(paragraph, &block.id);
                    self.push(paragraph);
                }
                _ => self.block(block, place),
            }
        }
    }

    fn block(&mut self, block: &Block, place: &Place) {
        match &block.kind {
            BlockKind::Paragraph(p) => {
                let paragraph = self.inlines_with_lead(place.paragraph(), &p.inlines, p.lead);
                let paragraph = self.anchored(paragraph, &block.id);
                self.push(paragraph);
            }
            BlockKind::Heading(heading) => self.sub_heading(heading, &block.id),
            BlockKind::List(list) => self.list(list, place),
            BlockKind::Table(table) => self.table(table, &block.id),
            BlockKind::Figure(figure) => self.figure(figure, &block.id),
            BlockKind::Quote(quote) => {
                let style = if self.in_note { styles::FOOTNOTE } else { styles::QUOTE };
                self.blocks(&quote.blocks, &Place { style, ..*place });
            }
            BlockKind::Note(note) => {
                if !self.placed.contains_key(&block.id) {
                    self.unreferenced_note(&block.id, note);
                }
            }
        }
    }

    fn sub_heading(&mut self, heading: &SubHeading, id: &NodeId) {
        let paragraph = if self.in_note {
            Paragraph::new().style(styles::FOOTNOTE)
        } else {
            Paragraph::new().style(&styles::heading(self.levels.sub(heading.level)))
        };
        let inlines = numbered(heading.number.as_ref().map(|n| n.label.as_str()), &heading.inlines);
        let paragraph = self.inlines(paragraph, &inlines, PLAIN);
        let paragraph = self.anchored(paragraph, id);
        self.push(paragraph);
    }

    fn list(&mut self, list: &List, place: &Place) {
        let depth = place.depth.min(lists::DEPTH - 1);
        let number = match list.start {
            Some(start) => {
                self.lists.push((depth, usize::try_from(start).map_or(lists::MAX, |s| s.min(lists::MAX))));
                lists::numbered(self.lists.len())
            }
            None => lists::BULLETS,
        };
        for item in &list.items {
            self.item(item, number, depth, place);
        }
    }

    /// The number stands before the item's first paragraph; when something else comes first, alone.
    fn item(&mut self, item: &ListItem, number: usize, depth: usize, place: &Place) {
        let style = if self.in_note { styles::FOOTNOTE } else { styles::LIST };
        let marked =
            Paragraph::new().style(style).numbering(NumberingId::new(number), IndentLevel::new(depth));
        let (first, rest) = match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(p), id, .. }, rest)) => {
                let paragraph = self.inlines_with_lead(marked, &p.inlines, p.lead);
                (self.anchored(paragraph, id), rest)
            }
            _ => (marked, item.blocks.as_slice()),
        };
        self.push(first);
        let quoted = place.style == styles::QUOTE;
        let style = if quoted { styles::QUOTE } else { style };
        self.blocks(rest, &Place { style, depth: depth + 1 });
    }

    fn figure(&mut self, figure: &Figure, id: &NodeId) {
        if let Some(run) = self.picture(figure) {
            let mut paragraph = Paragraph::new().style(styles::FIGURE).add_run(run);
            if figure.caption.is_empty() {
                paragraph = self.anchored(paragraph, id);
            }
            self.push(paragraph);
        }
        if !figure.caption.is_empty() {
            self.caption(&figure.caption, id, false);
        }
    }

    /// A caption; one above what it names stays with it.
    pub(super) fn caption(&mut self, inlines: &[Inline], id: &NodeId, above: bool) {
        let paragraph = Paragraph::new().style(if self.in_note { styles::FOOTNOTE } else { styles::CAPTION });
        let paragraph = self.inlines(paragraph, inlines, PLAIN);
        let mut paragraph = self.anchored(paragraph, id);
        if above {
            paragraph = paragraph.keep_next(true);
        }
        self.push(paragraph);
    }
}

fn leads_to_table(paragraph: &tree::Paragraph, next: Option<&Block>) -> bool {
    next.is_some_and(|b| matches!(b.kind, BlockKind::Table(_)))
        && half_ems(&plain_text(&paragraph.inlines)) <= (COLUMNS - 2) * 2
}

/// The inlines with a heading's number before them.
pub(super) fn numbered(label: Option<&str>, inlines: &[Inline]) -> Vec<Inline> {
    label.map(Inline::text).into_iter().chain(inlines.iter().cloned()).collect()
}

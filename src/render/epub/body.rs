//! The blocks of a speech or of the lede for the templates.

use crate::render::epub::inline::{Inlines, anchor};
use crate::render::epub::model::{Body, Cell, Footnote, Item, Part, WORDS};
use crate::render::epub::pictures::Pictures;
use crate::render::epub::turns::Turns;
use crate::render::epub::xml::one_line;
use crate::tree::{self, Alignment, Block, BlockKind, Visit, plain_text, split_inlines, walk_block};

/// Turns the blocks of one document into what its template is given.
pub(super) struct Converter<'a> {
    pub(super) inlines: Inlines,
    pictures: &'a Pictures<'a>,
    turns: &'a Turns<'a>,
    ranks: Ranks,
    tables: usize,
    pending: Vec<&'a Block>,
}

impl<'a> Converter<'a> {
    /// A converter for the document that holds `blocks`.
    pub(super) fn new(blocks: &'a [Block], pictures: &'a Pictures<'a>, turns: &'a Turns<'a>) -> Self {
        let mut found = NoteIds(Inlines::default());
        blocks.iter().for_each(|b| found.block(b));
        Self { inlines: found.0, pictures, turns, ranks: Ranks::default(), tables: 0, pending: Vec::new() }
    }

    /// The document's text, notes gathered at its end.
    pub(super) fn body(&mut self, blocks: &'a [Block]) -> Body {
        let blocks = self.blocks(blocks);
        let mut notes = Vec::new();
        while !self.pending.is_empty() {
            for block in std::mem::take(&mut self.pending) {
                if let BlockKind::Note(note) = &block.kind {
                    notes.push((block, note.label.clone(), self.blocks(&note.blocks)));
                }
            }
        }
        // Only now is it known who refers to a note: another note may.
        let notes = notes.into_iter().map(|(block, label, blocks)| {
            let id = anchor(&block.id);
            let back = id.as_ref().and_then(|_| self.inlines.first_reference(&block.id));
            Footnote { id, label, back, blocks }
        });
        Body { notes: notes.collect(), blocks }
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Part> {
        blocks.iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &'a Block) -> Option<Part> {
        let id = anchor(&block.id);
        self.inlines.cursor.open(self.turns.in_node(&block.id));
        Some(match &block.kind {
            BlockKind::Paragraph(p) => {
                let (lead, rest) = split_inlines(&p.inlines, p.lead);
                // Without a lead a reference at the very beginning still belongs to the rest.
                let (lead, rest) =
                    if p.lead == 0 { (&[][..], &p.inlines[..]) } else { (&lead[..], &rest[..]) };
                Part::Paragraph { id, lead: self.inlines.runs(lead), rest: self.inlines.runs(rest) }
            }
            // A heading that says nothing would be a trap for those who jump from heading to heading.
            BlockKind::Heading(_) if block.text().trim().is_empty() => return None,
            BlockKind::Heading(h) => {
                let pages = self.inlines.cursor.before();
                let number = h.number.as_ref().map(|n| n.label.clone());
                self.inlines.cursor.pass(number.as_deref().unwrap_or_default());
                let (rank, level) = (self.ranks.of(h.level), h.level);
                Part::Heading { pages, id, rank, level, number, content: self.inlines.runs(&h.inlines) }
            }
            BlockKind::List(list) => {
                let items = list
                    .items
                    .iter()
                    .map(|item| Item { id: anchor(&item.id), blocks: self.blocks(&item.blocks) });
                Part::List { id, start: list.start, items: items.collect() }
            }
            BlockKind::Table(table) => self.table(id, table),
            BlockKind::Figure(figure) => {
                let picture = self.pictures.named(&figure.src).cloned();
                let alt = Pictures::alternative(figure);
                Part::Figure { id, picture, alt, caption: self.inlines.runs(&figure.caption) }
            }
            BlockKind::Quote(quote) => Part::Quote { id, blocks: self.blocks(&quote.blocks) },
            BlockKind::Note(_) => {
                self.pending.push(block);
                return None;
            }
        })
    }

    fn table(&mut self, id: Option<String>, table: &tree::Table) -> Part {
        let caption = self.inlines.runs(&table.caption);
        let mut row = |cells: &[tree::Cell]| -> Vec<Cell> {
            let cells = cells.iter().enumerate().map(|(k, cell)| Cell {
                align: match table.alignments.get(k).copied().unwrap_or_default() {
                    Alignment::Start => "start",
                    Alignment::Center => "center",
                    Alignment::End => "end",
                },
                content: self.inlines.runs(&cell.inlines),
            });
            cells.collect()
        };
        let headed = table.head.iter().any(|cell| !plain_text(&cell.inlines).is_empty());
        let head = if headed { row(&table.head) } else { Vec::new() };
        let rows = table.rows.iter().map(|cells| row(cells)).collect();
        self.tables += 1;
        let name = one_line(&plain_text(&table.caption));
        // The number keeps the names of the boxes apart, as ARIA wants of regions.
        let label = format!("{}{}　{name}", WORDS.table, self.tables).trim_end().to_owned();
        Part::Table { id, label, head, rows, caption }
    }
}

/// Finds the notes of a document before anything refers to them.
struct NoteIds(Inlines);

impl Visit for NoteIds {
    fn block(&mut self, block: &Block) {
        if matches!(block.kind, BlockKind::Note(_)) {
            self.0.notes.insert(block.id.clone());
        }
        walk_block(self, block);
    }
}

/// The ranks of headings below a document's `h1`: a level the source skips is not skipped here, as
/// WCAG 2.1 (1.3.1) and PDF/UA want it.
#[derive(Debug, Default)]
struct Ranks(Vec<u8>);

impl Ranks {
    fn of(&mut self, level: u8) -> usize {
        while self.0.last().is_some_and(|open| *open >= level) {
            self.0.pop();
        }
        self.0.push(level);
        (1 + self.0.len()).min(6)
    }
}

#[cfg(test)]
mod tests {
    use super::Ranks;

    #[test]
    fn ranks_have_no_gaps() {
        let mut ranks = Ranks::default();
        let got: Vec<usize> = [1, 2, 4, 3, 1, 3, 3, 2].into_iter().map(|level| ranks.of(level)).collect();
        assert_eq!(got, [2, 3, 4, 4, 2, 3, 3, 3]);
    }
}

//! On which page a heading will stand, reckoned from the grid of 22 rows of 28 characters.
//!
//! Word sets the true numbers when the contents are brought up to date; until then the reckoned
//! ones stand there. They are right but for squeezed punctuation and pictures.

use crate::tree::{Block, BlockKind, Proceedings, Speaker, Speech, plain_text};

use super::contents::Entry;
use super::page::{COLUMNS, ROWS};
use super::width::half_ems;

/// Fills in the page of every entry; the text begins behind the contents. `before` is how many rows stand
/// over the title.
pub(super) fn pages(tree: &Proceedings, before: usize, entries: &mut [Entry]) {
    // The contents are set a fifth closer than the text.
    let contents_rows = before + 6 + entries.len().saturating_mul(480).div_ceil(579);
    let mut cursor = Cursor { page: 1 + contents_rows.div_ceil(ROWS as usize), row: 0 };
    cursor.blocks(&tree.lede);
    let mut speeches = tree.speeches.iter();
    for entry in entries {
        let width = half_ems(&entry.text);
        let rows = if entry.text.contains(' ') && width > 48 { 2 } else { width.div_ceil(48).max(1) };
        let is_speech = |s: &&Speech| s.heading.id == entry.node;
        let speech = speeches.as_slice().first().filter(is_speech);
        let speaker_rows = speech.map_or(0, |s| s.speakers.iter().map(speaker_rows).sum());
        // A heading stays with its speakers and two lines of text, and takes the row above it with it.
        let part = tree.parts.iter().find(|p| p.id == entry.node).filter(|_| speech.is_none());
        match part {
            // Without opening words a part's title stays with the heading of its first speech.
            Some(part) => cursor.block(2 + rows, if part.intro.is_empty() { 5 } else { 2 }),
            None => cursor.block(1 + rows + speaker_rows, 2),
        }
        entry.page = cursor.page;
        part.iter().for_each(|p| cursor.blocks(&p.intro));
        if let Some(speech) = speech {
            cursor.blocks(&speech.body);
            speeches.next();
        }
    }
}

/// The last row written.
struct Cursor {
    page: usize,
    row: usize,
}

impl Cursor {
    /// Rows that stay together, with room for `after` more.
    fn block(&mut self, rows: usize, after: usize) {
        if self.row + rows + after > ROWS as usize {
            self.page += 1;
            self.row = 0;
        }
        self.row += rows;
    }

    /// Rows that run on.
    fn flow(&mut self, rows: usize) {
        let total = self.row + rows;
        let full = total.saturating_sub(1) / ROWS as usize;
        self.page += full;
        self.row = total - full * ROWS as usize;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(p) => self.flow(lines(half_ems(&plain_text(&p.inlines)) + 4)),
                BlockKind::Heading(_) => self.block(lines(half_ems(&block.text()) + 4), 2),
                BlockKind::List(list) => list.items.iter().for_each(|i| self.blocks(&i.blocks)),
                BlockKind::Quote(quote) => self.blocks(&quote.blocks),
                BlockKind::Table(table) => self.flow(table.rows.len() + 1),
                BlockKind::Figure(_) => self.block(8, 0),
                BlockKind::Note(_) => self.flow(1),
            }
        }
    }
}

/// The name has a line of its own where name and roles don't fit on one.
fn speaker_rows(speaker: &Speaker) -> usize {
    let (name, roles) = (half_ems(&speaker.display_name()), half_ems(&speaker.title));
    if name + 2 + roles <= COLUMNS * 2 { 1 } else { lines(name) + lines(roles) }
}

fn lines(half_ems: usize) -> usize {
    half_ems.div_ceil(COLUMNS * 2).max(1)
}

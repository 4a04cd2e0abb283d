//! What the rules look at: one output, measured once.

use crate::fonts::is_invisible;
use crate::tree::Proceedings;
use crate::verify::align::{Aligned, align};
use crate::verify::rows::rows;
use crate::verify::units;
use crate::verify::{Char, Expected, Glyph, Grid, Printed, Row, Unit, UnitKind};

/// One finished PDF beside the tree it was made of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Subject<'a> {
    /// The pages.
    pub printed: &'a Printed,
    /// The tree.
    pub tree: &'a Proceedings,
    /// What is expected.
    pub expected: &'a Expected,
    /// The pieces of the tree's text.
    pub units: Vec<Unit>,
    /// The characters of the pages in the order they were drawn.
    pub chars: Vec<Char>,
    /// For each piece the characters that are its own.
    pub found: Vec<Vec<usize>>,
    /// The rows, page by page, from above to below.
    pub rows: Vec<Row>,
    /// The row of each character.
    pub row_of: Vec<usize>,
    /// The grid the rows of the text stand on.
    pub grid: Grid,
}

/// A piece's characters in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Line<'s> {
    /// The row.
    pub row: &'s Row,
    /// The characters, in the piece's order.
    pub chars: &'s [usize],
}

impl<'a> Subject<'a> {
    /// Finds the tree's text on the pages and measures them.
    #[must_use]
    pub fn new(printed: &'a Printed, tree: &'a Proceedings, expected: &'a Expected) -> Self {
        let units = units::of(tree).into_iter().filter(|u| expected.front || u.kind.is_text());
        Self::of_units(printed, tree, expected, units.collect())
    }

    pub(super) fn of_units(
        printed: &'a Printed,
        tree: &'a Proceedings,
        expected: &'a Expected,
        units: Vec<Unit>,
    ) -> Self {
        let unseen: Vec<char> = tree.characters().into_iter().filter(|c| is_invisible(*c)).collect();
        let Aligned { chars, found } = align(printed, &units, &unseen);
        let (rows, row_of) = rows(printed, &chars, &units);
        let on_grid = rows.iter().filter(|r| r.kind.is_some_and(UnitKind::is_on_grid));
        let grid = Grid::of(on_grid, expected);
        Self { printed, tree, expected, units, chars, found, rows, row_of, grid }
    }

    /// The glyph a character is of.
    #[must_use]
    pub fn glyph(&self, char: usize) -> &Glyph {
        let c = &self.chars[char];
        &self.printed.pages[c.page].glyphs[c.glyph]
    }

    /// The name of a character's font.
    #[must_use]
    pub fn font(&self, char: usize) -> &str {
        self.printed.fonts.get(self.glyph(char).font as usize).map_or("", |f| f.name.as_str())
    }

    /// The lines a piece is broken into.
    #[must_use]
    pub fn lines(&self, unit: usize) -> Vec<Line<'_>> {
        let found = self.found.get(unit).map_or(&[][..], Vec::as_slice);
        let lines = found.chunk_by(|a, b| self.row_of[*a] == self.row_of[*b]);
        lines.filter_map(|l| Some(Line { row: &self.rows[self.row_of[*l.first()?]], chars: l })).collect()
    }

    /// Whether a piece was found whole.
    #[must_use]
    pub fn is_whole(&self, unit: usize) -> bool {
        self.found.get(unit).zip(self.units.get(unit)).is_some_and(|(f, u)| f.len() == u.text.len())
    }

    /// The rows of a page.
    #[must_use]
    pub fn page_rows(&self, page: usize) -> &[Row] {
        let start = self.rows.partition_point(|r| r.page < page);
        let end = self.rows.partition_point(|r| r.page <= page);
        self.rows.get(start..end).unwrap_or_default()
    }

    /// The rows of a page that hold words of the book.
    pub fn text_rows(&self, page: usize) -> impl DoubleEndedIterator<Item = &Row> {
        self.page_rows(page).iter().filter(|r| r.kind.is_some_and(UnitKind::is_text))
    }

    /// The rows that stand on the grid.
    pub fn grid_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|r| r.kind.is_some_and(UnitKind::is_on_grid))
    }

    /// The text of some characters.
    #[must_use]
    pub fn text(&self, chars: &[usize]) -> String {
        chars.iter().map(|k| self.chars[*k].c).collect()
    }

    /// The printed page number in a row outside the type area, when it is one.
    #[must_use]
    pub fn page_number(&self, row: &Row) -> Option<u32> {
        let (top, foot) = (self.expected.top_pt(), self.expected.foot_pt());
        let is_outside = row.baseline - 0.88 * row.size > foot - 1.0 || row.baseline < top;
        if row.unit.is_some() || !is_outside {
            return None;
        }
        let text = self.text(&row.chars);
        let bare = text.trim_matches(['—', '–', '-', '－', '·', '―', '第', '页']);
        bare.parse().ok()
    }
}

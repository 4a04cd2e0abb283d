//! Tables: a grid of cells, each one line of text or several.

use crate::tree::{Alignment, Cell, Inline, Table};

use super::layout::Layout;
use super::lines::{self, Whole};
use super::model::{self, Item, Paragraph};
use super::props::Justify;

/// Cells of one table, filled up; a larger grid is no table to read.
const MOST_CELLS: usize = 100_000;

/// The paragraphs of items in reading order, tables and text boxes inside them flattened.
pub(super) fn flattened(items: Vec<Item>) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut rest = vec![items.into_iter()];
    while let Some(top) = rest.last_mut() {
        match top.next() {
            Some(Item::Paragraph(mut paragraph)) => {
                let boxes = std::mem::take(&mut paragraph.boxes);
                found.push(*paragraph);
                rest.push(boxes.into_iter());
            }
            Some(Item::Table(table)) => {
                let rows = table.rows.into_iter().filter(|r| !r.is_deleted);
                let cells = rows.flat_map(|r| r.cells).filter(|c| !c.is_deleted);
                let items: Vec<Item> = cells.flat_map(|c| c.items).collect();
                rest.push(items.into_iter());
            }
            None => {
                rest.pop();
            }
        }
    }
    found
}

/// Whether it is a frame around text, or too large to be a table.
pub(super) fn is_frame(table: &model::Table) -> bool {
    let rows = || table.rows.iter().filter(|r| !r.is_deleted);
    let width = rows().map(width).max().unwrap_or(0);
    let count = rows().count();
    width.saturating_mul(count) > MOST_CELLS || count == 1 && width <= 1
}

fn width(row: &model::Row) -> usize {
    row.before + row.cells.iter().map(|c| c.span).sum::<usize>()
}

/// Writes the cells and gives the table, with the pictures that stand in it.
pub(super) fn table(layout: &mut Layout<'_, '_>, table: model::Table) -> (Table, Vec<model::Picture>) {
    let mut pictures = Vec::new();
    let mut rows: Vec<Vec<(Cell, Option<Justify>)>> = Vec::new();
    for row in table.rows.into_iter().filter(|r| !r.is_deleted) {
        let mut cells: Vec<(Cell, Option<Justify>)> = Vec::new();
        cells.resize_with(row.before, Default::default);
        for cell in row.cells.into_iter().filter(|c| !c.is_deleted) {
            let is_head = rows.is_empty();
            let content = if cell.is_continued { Vec::new() } else { flattened(cell.items) };
            cells.push(one(layout, content, is_head, &mut pictures));
            let filled = cells.len() + cell.span.saturating_sub(1);
            cells.resize_with(filled, Default::default);
        }
        rows.push(cells);
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let alignments = (0..columns).map(|k| alignment(&rows, k)).collect();
    let mut rows = rows.into_iter().map(|row| row.into_iter().map(|(cell, _)| cell).collect::<Vec<_>>());
    let head = rows.next().unwrap_or_default();
    (Table::new(alignments, head, rows.collect()), pictures)
}

/// One cell; its paragraphs are lines of it.
fn one(
    layout: &mut Layout<'_, '_>,
    paragraphs: Vec<Paragraph>,
    is_head: bool,
    pictures: &mut Vec<model::Picture>,
) -> (Cell, Option<Justify>) {
    let mut inlines: Vec<Inline> = Vec::new();
    let mut justify = None;
    for mut paragraph in paragraphs {
        pictures.append(&mut paragraph.pictures);
        let look = layout.look(&paragraph);
        let label = layout.label(&paragraph, &look);
        if paragraph.is_empty() {
            continue;
        }
        justify = justify.or(look.justify.or(Some(Justify::Start)));
        let whole = Whole::of(&paragraph.pieces);
        let pieces = layout.resolved(paragraph.pieces);
        // A head row is set strong by whoever prints it.
        let drops_bold = is_head && whole.is_bold;
        let strong = |l: &super::styles::RunLook| {
            !drops_bold && (l.is_bold || l.is_heading_face && !whole.is_heading_face)
        };
        let (lines, met) = layout.writing();
        let (line, _) = lines::set(lines, met, &pieces, label.as_deref(), strong);
        if !line.is_empty() {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            inlines.extend(line);
        }
    }
    (Cell::new(inlines), justify)
}

/// How most cells of a column below the head are set.
fn alignment(rows: &[Vec<(Cell, Option<Justify>)>], column: usize) -> Alignment {
    let told = |rows: &[Vec<(Cell, Option<Justify>)>]| -> Vec<Justify> {
        rows.iter().filter_map(|row| row.get(column).and_then(|(_, j)| *j)).collect()
    };
    let below = told(rows.get(1..).unwrap_or_default());
    let found = if below.is_empty() { told(rows) } else { below };
    let most = |wanted: Justify| found.iter().filter(|j| **j == wanted).count() * 2 > found.len();
    match () {
        () if most(Justify::Centre) => Alignment::Center,
        () if most(Justify::End) => Alignment::End,
        () => Alignment::Start,
    }
}

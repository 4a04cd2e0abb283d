//! Tables: fixed column widths from the content, a head row that repeats, rows that do not split.

use docx_rs::{
    AlignmentType, BorderType, Paragraph, TableBorder, TableBorderPosition, TableBorders, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::tree::{Alignment, Cell, NodeId, Table, plain_text};

use super::inline::{PLAIN, text_run};
use super::page::TEXT_WIDTH;
use super::styles;
use super::width::half_ems;
use super::writer::Writer;

/// Word calls a file with a wider table damaged.
const MAX_COLUMNS: usize = 63;

impl Writer<'_> {
    /// A table with its caption above. In a note, which holds no table here, and where Word's columns
    /// do not suffice, a line a row.
    pub(super) fn table(&mut self, table: &Table, id: &NodeId) {
        if !table.caption.is_empty() {
            self.caption(&table.caption, id, true);
        }
        let has_head = table.head.iter().any(|cell| !cell.inlines.is_empty());
        let rows: Vec<(&[Cell], bool)> = has_head
            .then_some((table.head.as_slice(), true))
            .into_iter()
            .chain(table.rows.iter().map(|row| (row.as_slice(), false)))
            .filter(|(cells, _)| !cells.is_empty())
            .collect();
        let columns = rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
        if self.in_note || columns > MAX_COLUMNS {
            return rows.iter().for_each(|(cells, _)| self.row_as_line(cells, id));
        }
        if rows.is_empty() {
            return;
        }
        let widths = widths(&rows);
        let rows =
            rows.iter().map(|(cells, head)| self.row(cells, *head, &widths, &table.alignments, id)).collect();
        let total = widths.iter().sum();
        let made = docx_rs::Table::new(rows)
            .set_grid(widths)
            .width(total, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(0, 80, 0, 80))
            .set_borders(borders());
        self.push_table(made);
    }

    /// A table without a caption has its bookmark in the first cell.
    fn row(
        &mut self,
        cells: &[Cell],
        head: bool,
        widths: &[usize],
        alignments: &[Alignment],
        id: &NodeId,
    ) -> TableRow {
        let style = if head { styles::TABLE_HEAD } else { styles::TABLE_TEXT };
        let mut made = Vec::with_capacity(cells.len());
        for (k, cell) in cells.iter().enumerate() {
            let alignment = match alignments.get(k).copied().unwrap_or_default() {
                Alignment::Start if head => AlignmentType::Center,
                Alignment::Start => AlignmentType::Left,
                Alignment::Center => AlignmentType::Center,
                Alignment::End => AlignmentType::Right,
            };
            let paragraph =
                self.inlines(Paragraph::new().style(style).align(alignment), &cell.inlines, PLAIN);
            let paragraph = self.anchored(paragraph, id);
            let width = widths.get(k).copied().unwrap_or_default();
            made.push(
                TableCell::new()
                    .add_paragraph(paragraph)
                    .width(width, WidthType::Dxa)
                    .vertical_align(VAlignType::Center),
            );
        }
        TableRow::new(made).cant_split()
    }

    fn row_as_line(&mut self, cells: &[Cell], id: &NodeId) {
        let style = if self.in_note { styles::FOOTNOTE } else { styles::TABLE_TEXT };
        let mut line = Paragraph::new().style(style);
        for (k, cell) in cells.iter().enumerate() {
            if k > 0 {
                line = line.add_run(text_run("\t", PLAIN));
            }
            line = self.inlines(line, &cell.inlines, PLAIN);
        }
        let line = self.anchored(line, id);
        self.push(line);
    }
}

/// Shares the page's width by the widest cell of each column, short columns kept readable and long
/// ones from taking all.
fn widths(rows: &[(&[Cell], bool)]) -> Vec<usize> {
    let columns = rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
    let mut weights = vec![4; columns];
    for (cells, _) in rows {
        for (weight, cell) in weights.iter_mut().zip(*cells) {
            *weight = half_ems(&plain_text(&cell.inlines)).clamp(*weight, 48.max(*weight));
        }
    }
    let total: usize = weights.iter().map(|w| w + 2).sum::<usize>().max(1);
    let mut widths: Vec<usize> = weights.iter().map(|w| ((w + 2) * TEXT_WIDTH / total).max(1)).collect();
    let rest = TEXT_WIDTH.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    [Top, Left, Bottom, Right, InsideH, InsideV].into_iter().fold(TableBorders::new(), |all, position| {
        all.set(TableBorder::new(position).border_type(BorderType::Single).size(4).color("000000"))
    })
}

//! CSV with a header line that names the columns.

use std::ops::Range;

use crate::check::tables::{ListError, ListFault};

/// A row: what stands in the wanted columns, and the row's bytes.
pub(super) struct Row<const N: usize> {
    pub(super) cells: [String; N],
    pub(super) range: Range<usize>,
}

/// Reads rows. Each column is wanted by any of its names; the first column must be there. A column
/// is parted by tabs where the first line has tabs and no commas, as when pasted out of a spreadsheet.
pub(super) fn rows<const N: usize>(
    text: &str,
    columns: [&'static [&'static str]; N],
) -> Result<Vec<Row<N>>, ListError> {
    let fail = |fault, range| ListError { fault, text: text.to_owned(), range };
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') && !header.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut places: Option<[Option<usize>; N]> = None;
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let start = byte(text, reader.position());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(fail(ListFault::Syntax(error.to_string()), line(text, start))),
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        // Blank lines before a record belong to nothing.
        let from = record.position().map_or(start, |p| byte(text, p));
        let end = byte(text, reader.position());
        let from =
            from + text.get(from..end).map_or(0, |t| t.len() - t.trim_start_matches(['\r', '\n']).len());
        let row = from..from + text.get(from..end).unwrap_or_default().trim_end().len();
        match &places {
            None => {
                let at = columns.map(|names| record.iter().position(|cell| names.contains(&cell.trim())));
                if let (Some(None), Some(name)) =
                    (at.first(), columns.first().and_then(|names| names.first()))
                {
                    return Err(fail(ListFault::NoColumn(name), row));
                }
                places = Some(at);
            }
            Some(places) => {
                let cells =
                    places.map(|k| k.and_then(|k| record.get(k)).unwrap_or_default().trim().to_owned());
                if let (Some(""), Some(name)) =
                    (cells.first().map(String::as_str), columns.first().and_then(|names| names.first()))
                {
                    return Err(fail(ListFault::NoValue(name), row));
                }
                found.push(Row { cells, range: row });
            }
        }
    }
    if found.is_empty() {
        return Err(fail(ListFault::Empty, line(text, 0)));
    }
    Ok(found)
}

fn byte(text: &str, position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX).min(text.len())
}

fn line(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    start..start + rest.lines().next().map_or(0, str::len)
}

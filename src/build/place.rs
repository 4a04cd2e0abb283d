//! Places in source texts.

use crate::build::SourcePlace;
use crate::source::LineIndex;

/// The first line that is not blank.
pub(super) fn first_line(file: &str, text: &str) -> Option<SourcePlace> {
    let start = text.len() - text.trim_start().len();
    let length = text[start..].lines().next().map_or(0, str::len);
    Some(SourcePlace { file: file.to_owned(), text: text.to_owned(), range: start..start + length })
}

/// Bytes that are no text, shown as replacement characters.
pub(super) fn of_wrong_bytes(file: &str, bytes: &[u8], line: usize, column: usize) -> Option<SourcePlace> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lines = LineIndex::new(&text);
    let range = lines.range(&text, line);
    let at = text.get(range.clone())?.char_indices().nth(column - 1).map_or(0, |(at, _)| at);
    let start = range.start + at;
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    Some(SourcePlace { file: file.to_owned(), text, range: start..start + length })
}

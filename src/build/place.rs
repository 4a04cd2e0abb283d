//! Places in source texts.

use std::ops::Range;

use crate::build::SourcePlace;
use crate::source::LineIndex;

impl SourcePlace {
    /// A place in the text of a file.
    pub(crate) fn of(file: &str, text: &str, range: Range<usize>) -> Self {
        let line = text.get(..range.start).unwrap_or(text).matches('\n').count() + 1;
        Self::at_line(file, text, range, line)
    }

    /// The same where the number of the line is known.
    pub(super) fn at_line(file: &str, text: &str, range: Range<usize>, line: usize) -> Self {
        let seen = visible(text, &range);
        let passed = text.get(seen.start..range.start).unwrap_or_default().matches('\n').count();
        let is_end = ['\n', '\r'];
        let start = text.get(..seen.start).and_then(|head| head.rfind(is_end)).map_or(0, |k| k + 1);
        let tail = text.get(seen.end..).unwrap_or_default();
        let end = seen.end + tail.find(is_end).unwrap_or(tail.len());
        Self {
            file: file.to_owned(),
            text: text.get(start..end).unwrap_or_default().to_owned(),
            range: seen.start - start..seen.end - start,
            line: line.saturating_sub(passed).max(1),
        }
    }
}

/// The range to underline: never empty, never a line end alone.
pub(crate) fn visible(text: &str, range: &Range<usize>) -> Range<usize> {
    if !range.is_empty() && text.get(range.clone()).is_some_and(|s| !s.trim().is_empty()) {
        return range.clone();
    }
    let before = text.get(..range.start).unwrap_or(text).trim_end();
    match before.char_indices().next_back() {
        Some((at, c)) => at..at + c.len_utf8(),
        None => 0..text.chars().next().map_or(0, char::len_utf8),
    }
}

/// The first line that is not blank.
pub(super) fn first_line(file: &str, text: &str) -> Option<SourcePlace> {
    let start = text.len() - text.trim_start().len();
    let length = text[start..].lines().next().map_or(0, str::len);
    Some(SourcePlace::of(file, text, start..start + length))
}

/// Bytes that are no text, shown as replacement characters.
pub(super) fn of_wrong_bytes(file: &str, bytes: &[u8], line: usize, column: usize) -> Option<SourcePlace> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lines = LineIndex::new(&text);
    let range = lines.range(&text, line);
    let at = text.get(range.clone())?.char_indices().nth(column - 1).map_or(0, |(at, _)| at);
    let start = range.start + at;
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    Some(SourcePlace::of(file, &text, start..start + length))
}

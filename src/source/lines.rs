//! Lines and columns of byte offsets.

use crate::tree::{FileId, Span};

/// Where the lines of a text begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Finds the line starts of `text`; `\n`, `\r\n` and a lone `\r` end lines.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(k, b)| match b {
            b'\n' => true,
            b'\r' => bytes.get(k + 1) != Some(&b'\n'),
            _ => false,
        });
        Self(std::iter::once(0).chain(ends.map(|(k, _)| k + 1)).collect())
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The line of a byte offset, counted from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// The byte range of a line (counted from 1) in `text`, without its end.
    #[must_use]
    pub fn range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let start = self.0.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let next = self.0.get(line).copied().unwrap_or(text.len());
        start..start + text.get(start..next).unwrap_or("").trim_end_matches(['\n', '\r']).len()
    }

    /// The column of a byte offset in `text`, counted in characters from 1.
    #[must_use]
    pub fn column(&self, text: &str, offset: usize) -> usize {
        let start = self.0.get(self.line(offset).saturating_sub(1)).copied().unwrap_or(0);
        text.get(start..offset).map_or(1, |before| before.chars().count() + 1)
    }

    /// A span of `range` in `file`.
    #[must_use]
    pub fn span(&self, file: FileId, range: std::ops::Range<usize>) -> Span {
        Span::new(file, range.start, range.end, self.line(range.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "甲\r\n乙\r丙\n丁";
        let lines = LineIndex::new(text);
        let found: Vec<_> = (1..=4).map(|n| &text[lines.range(text, n)]).collect();
        assert_eq!(found, ["甲", "乙", "丙", "丁"]);
        assert_eq!(lines.line(text.find('丙').unwrap()), 3);
        assert_eq!(lines.column(text, text.len()), 2);
    }
}

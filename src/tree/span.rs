//! Where a node stands in its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The place of a file in [`crate::tree::Proceedings::files`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Default,
)]
#[serde(transparent)]
pub struct FileId(pub u32);

/// A half-open range of bytes in a source file decoded to UTF-8.
///
/// Both ends stand on character borders. For a node without markup the slice with the recorded
/// [`crate::tree::Edit`]s applied is the node's text; where markup (`**`, a link) stands inside,
/// the same holds for the spans of its [`crate::tree::Inline::Text`] pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// The file the bytes are in.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Line of the first byte, counted from 1.
    pub line: usize,
}

impl Span {
    /// A span in `file` from byte `start` up to, not including, `end`; `line` counts from 1.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize, line: usize) -> Self {
        Self { file, start, end, line }
    }

    /// The smallest span that covers both; they must be of the same file, else `self` is returned.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        let (first, last) = if self.start <= other.start { (self, other) } else { (other, self) };
        Span { end: first.end.max(last.end), ..first }
    }
}

/// One input file of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct SourceFile {
    /// What spans call it.
    pub id: FileId,
    /// The file's name as the user gave it, relative to the manifest's or the source's folder.
    pub name: String,
    /// SHA-256 of the file's bytes as they were on disk, in lower-case hexadecimal.
    pub sha256: String,
}

impl SourceFile {
    /// Describes a file by its place in the book, its name and the hash of its raw bytes.
    #[must_use]
    pub fn new(id: FileId, name: impl Into<String>, sha256: impl Into<String>) -> Self {
        Self { id, name: name.into(), sha256: sha256.into() }
    }
}

//! From bytes to raw blocks: one file per input form, one row each in [`READERS`].
//!
//! A reader knows the form, not the meaning: it gives the blocks as they stand, with spans, headings
//! at the level they are written at, and soft line ends as runs of `\n`. What is a title, a speech
//! or a speaker is for `normalize` to say.

mod encoding;
mod lines;
mod markdown;

pub use encoding::SourceError;
pub use lines::LineIndex;

use std::ops::Range;

use crate::tree::{Block, FileId, SourceFile};

/// One source file, read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// Name, id and hash.
    pub file: SourceFile,
    /// The text decoded to UTF-8, without a byte order mark: what spans count.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// Settings at its head.
    pub front_matter: Option<FrontMatter>,
    /// The blocks in order; ids are empty, heading levels are the source's own.
    pub blocks: Vec<Block>,
}

/// Settings at the head of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontMatter {
    /// How they are written.
    pub syntax: FrontSyntax,
    /// The bytes between the two marks.
    pub range: Range<usize>,
}

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrontSyntax {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// A form of input.
#[non_exhaustive]
pub struct Reader {
    /// Its name.
    pub name: &'static str,
    /// File endings, lower case, without the dot.
    pub endings: &'static [&'static str],
    read: fn(&Raw<'_>) -> Parsed,
}

/// The registry of readers.
pub static READERS: &[Reader] = &[markdown::READER];

/// What a reader is given: decoded text.
struct Raw<'a> {
    id: FileId,
    text: &'a str,
    lines: &'a LineIndex,
}

/// What a reader gives back.
struct Parsed {
    front_matter: Option<FrontMatter>,
    blocks: Vec<Block>,
}

/// Reads one file; its ending chooses the reader.
///
/// # Errors
/// No reader for the ending, bytes that are not text, an empty file.
pub fn read(id: FileId, name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase();
    let reader = READERS
        .iter()
        .find(|r| r.endings.contains(&ending.as_str()))
        .ok_or_else(|| SourceError::UnknownForm { ending: ending.clone() })?;
    let text = encoding::decode(bytes)?;
    let lines = LineIndex::new(&text);
    let parsed = (reader.read)(&Raw { id, text: &text, lines: &lines });
    let file = SourceFile::new(id, name, crate::hash::sha256_hex(bytes));
    Ok(Document { file, text, lines, front_matter: parsed.front_matter, blocks: parsed.blocks })
}

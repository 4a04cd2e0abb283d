//! From bytes to raw blocks: one file or folder per input form, one row each in [`READERS`].
//!
//! A reader knows the form, not the meaning: it gives the blocks as they stand, with spans, headings
//! at the level they are written at, soft line ends as runs of `\n`, and how a block looks. What is a
//! title, a speech or a speaker is for `normalize` to say.

mod encoding;
mod html;
mod lines;
mod markdown;
mod notice;
mod raw;
mod text;

pub use encoding::{SourceError, encode_like};
pub use lines::LineIndex;
pub use notice::{LeftOut, Notice};
pub use raw::{Look, RawBlock};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::tree::{FileId, SourceFile};

/// One source file, read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Document {
    /// Name, id and hash.
    pub file: SourceFile,
    /// The form it was read as: the name of its [`Reader`].
    pub form: &'static str,
    /// What spans count: the file decoded to UTF-8, without a byte order mark. A Word file has no
    /// such text; its own is what was taken out of it, a line a paragraph or cell.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// Settings at its head.
    pub front_matter: Option<FrontMatter>,
    /// The blocks in order; ids are empty, heading levels are the source's own.
    pub blocks: Vec<RawBlock>,
    /// What a person should know of the reading.
    pub notices: Vec<Notice>,
    /// Pictures the file itself holds, by the path its figures call them.
    pub pictures: BTreeMap<String, Vec<u8>>,
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
    /// Whether the file is text that spans point into, so that it can be written back changed.
    pub is_text: bool,
    read: fn(&Input<'_>) -> Result<Parsed, SourceError>,
}

/// The registry of readers.
pub static READERS: &[Reader] = &[markdown::READER, text::READER, html::READER];

/// What a reader is given.
struct Input<'a> {
    id: FileId,
    bytes: &'a [u8],
}

/// What a reader gives back.
#[derive(Default)]
struct Parsed {
    /// See [`Document::text`].
    text: String,
    front_matter: Option<FrontMatter>,
    blocks: Vec<RawBlock>,
    notices: Vec<Notice>,
    pictures: BTreeMap<String, Vec<u8>>,
}

/// Decoded text with its line index: what readers of text work on.
struct Raw<'a> {
    id: FileId,
    text: &'a str,
    lines: &'a LineIndex,
}

/// Reads one file; its ending chooses the reader.
///
/// # Errors
/// No reader for the ending, bytes that cannot be read as that form, an empty file.
pub fn read(id: FileId, name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
    let reader = choose(name)?;
    let parsed = (reader.read)(&Input { id, bytes })?;
    Ok(Document {
        file: SourceFile::new(id, name, crate::hash::sha256_hex(bytes)),
        form: reader.name,
        lines: LineIndex::new(&parsed.text),
        text: parsed.text,
        front_matter: parsed.front_matter,
        blocks: parsed.blocks,
        notices: parsed.notices,
        pictures: parsed.pictures,
    })
}

fn choose(name: &str) -> Result<&'static Reader, SourceError> {
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase();
    let by_ending = READERS.iter().find(|r| r.endings.contains(&ending.as_str()));
    by_ending.ok_or(SourceError::UnknownForm { ending })
}

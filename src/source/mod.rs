//! From bytes to raw blocks: one file or folder per input form, one row each in [`READERS`].
//!
//! A reader knows the form, not the meaning: it gives the blocks as they stand, with spans, headings
//! at the level they are written at, soft line ends as runs of `\n`, and how a block looks. What is a
//! title, a speech or a speaker is for `normalize` to say.

mod docx;
mod encoding;
mod html;
mod lines;
mod margin;
mod markdown;
mod notice;
mod raw;
mod sniff;
mod text;

pub use encoding::{SourceError, encode_like};
pub use lines::LineIndex;
pub use margin::{CharFormat, Formatted, Margin, Remark, Revision};
pub use notice::{LeftOut, Notice};
pub use raw::{Look, RawBlock};
pub use sniff::Foreign;

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
pub static READERS: &[Reader] = &[markdown::READER, text::READER, html::READER, docx::READER];

/// What a reader is given.
struct Input<'a> {
    id: FileId,
    bytes: &'a [u8],
    /// Whether what stands beside the text is wanted.
    with_margin: bool,
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
    margin: Margin,
}

/// Decoded text with its line index: what readers of text work on.
struct Raw<'a> {
    id: FileId,
    text: &'a str,
    lines: &'a LineIndex,
}

/// Reads one file; its content chooses the reader, and its ending where content does not tell.
///
/// # Errors
/// No reader for what it is, bytes that cannot be read as that form, an empty file.
pub fn read(id: FileId, name: &str, bytes: &[u8]) -> Result<Document, SourceError> {
    let reader = choose(name, bytes)?;
    Ok(read_as(reader, id, name, bytes, false)?.0)
}

/// Reads a Word file that came back, with what stands beside its text: tracked changes, comments,
/// bookmarks, properties.
///
/// # Errors
/// As [`read`]; and [`SourceError::NotReturned`] when it is no Word file, whatever it is called.
pub fn read_returned(id: FileId, name: &str, bytes: &[u8]) -> Result<(Document, Margin), SourceError> {
    let reader = choose(name, bytes)?;
    if reader.name == docx::READER.name {
        return read_as(reader, id, name, bytes, true);
    }
    // A text is named as what it is; bytes of no form under a Word ending are a damaged Word file.
    read_as(reader, id, name, bytes, false)?;
    Err(SourceError::NotReturned { form: reader.name })
}

fn read_as(
    reader: &Reader,
    id: FileId,
    name: &str,
    bytes: &[u8],
    with_margin: bool,
) -> Result<(Document, Margin), SourceError> {
    if reader.name != docx::READER.name {
        measure(bytes)?;
    }
    let ending = ending(name);
    let is_word = docx::READER.endings.contains(&ending.as_str()) || WORD_LIKE.contains(&ending.as_str());
    let parsed = (reader.read)(&Input { id, bytes, with_margin }).map_err(|error| match error {
        // Bytes of no form under a Word ending: a file damaged on its way.
        SourceError::Binary { .. } | SourceError::NotUtf8 { .. } if is_word => SourceError::NotWord,
        error => error,
    })?;
    let document = Document {
        file: SourceFile::new(id, name, crate::hash::sha256_hex(bytes)),
        form: reader.name,
        lines: LineIndex::new(&parsed.text),
        text: parsed.text,
        front_matter: parsed.front_matter,
        blocks: parsed.blocks,
        notices: parsed.notices,
        pictures: parsed.pictures,
    };
    Ok((document, parsed.margin))
}

/// The longest text that is read, in megabytes. A thousand speeches take two; Word files have limits of their own.
const MOST_MEGABYTES: usize = 32;
/// Most lines, tags and references: each becomes a piece of the tree, of about a kilobyte.
/// A thousand speeches have some ten thousand.
const MOST_PIECES: usize = 400_000;

/// Refuses a text that would take more memory than a book of speeches may.
fn measure(bytes: &[u8]) -> Result<(), SourceError> {
    if bytes.len() > MOST_MEGABYTES << 20 {
        return Err(SourceError::TooLong { limit: MOST_MEGABYTES });
    }
    let pieces = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r' | b'<' | b'&')).count();
    if pieces > MOST_PIECES {
        return Err(SourceError::TooManyPieces { limit: MOST_PIECES });
    }
    Ok(())
}

/// Endings of word processors' other forms, under which texts and web pages go about too.
const WORD_LIKE: [&str; 4] = ["doc", "dot", "wps", "wpt"];

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase()
}

fn choose(name: &str, bytes: &[u8]) -> Result<&'static Reader, SourceError> {
    let named = |name: &str| READERS.iter().find(|r| r.name == name);
    let ending = ending(name);
    let by_ending = READERS.iter().find(|r| r.endings.contains(&ending.as_str()));
    let reader = match sniff::form(bytes)? {
        sniff::Form::Foreign(form) => return Err(SourceError::Foreign { form }),
        sniff::Form::Word => named("docx"),
        sniff::Form::Html => named("html").or(by_ending.filter(|r| r.is_text)),
        // A text that somebody called a Word file.
        sniff::Form::Unknown if by_ending.is_some_and(|r| r.name == "docx") => named("text"),
        sniff::Form::Unknown if WORD_LIKE.contains(&ending.as_str()) => named("text"),
        sniff::Form::Unknown => by_ending,
    };
    reader.ok_or(SourceError::UnknownForm { ending })
}

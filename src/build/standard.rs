//! One source file with its punctuation made standard, in its own encoding.

use std::path::Path;

use crate::build::{Exit, Problem, shown};
use crate::messages::Say;
use crate::normalize::standard_text;
use crate::source::{READERS, encode_like, read};
use crate::tree::FileId;

/// A source before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standard {
    /// The text as it was.
    pub before: String,
    /// The text with standard punctuation: as many characters.
    pub after: String,
    /// The file that holds it: the same bytes but for the marks.
    pub bytes: Vec<u8>,
    /// How many marks differ.
    pub changes: usize,
}

/// Makes the punctuation of a source file standard. It need not be a book: nothing is asked of
/// titles or speeches.
///
/// # Errors
/// A file that cannot be read; a form that is not text (a Word file); an encoding that lacks a mark,
/// or whose other bytes would not come back as they were.
pub fn standard(path: &Path) -> Result<Standard, Problem> {
    let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
    let name = shown(path);
    let document = read(FileId(0), &name, &bytes).map_err(|e| Problem::of_source(&name, &bytes, &e))?;
    if READERS.iter().any(|r| r.name == document.form && !r.is_text) {
        let say = Say::new("normalize-not-text").with("file", &name);
        return Err(Problem::error(Exit::Refused, say).help(Say::new("normalize-not-text-help")));
    }
    let after = standard_text(&document);
    let before = document.text;
    let changes = before.chars().zip(after.chars()).filter(|(a, b)| a != b).count();
    if changes == 0 {
        return Ok(Standard { before, after, bytes, changes });
    }
    let is_same = encode_like(&before, &bytes).is_some_and(|again| again == bytes);
    let bytes = encode_like(&after, &bytes).filter(|_| is_same).ok_or_else(|| {
        let say = Say::new("normalize-encoding").with("file", &name);
        Problem::error(Exit::Refused, say).help(Say::new("normalize-encoding-help"))
    })?;
    Ok(Standard { before, after, bytes, changes })
}

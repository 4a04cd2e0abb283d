//! A finished Word file, whoever made it: its text, its styles, its page.
//!
//! Read by the standard (ECMA-376) and not by what wrote it, nor by the reader of sources, which makes text of
//! much that stands in no file (numbers, revisions) and forgives what has to be told here. [`Word`] is a Word file
//! beside its tree.

mod model;
mod reading;
mod styles;
mod subject;

pub use model::Docx;
pub use subject::Word;

pub(super) use model::Part;
#[cfg(test)]
pub(super) use model::of_parts;

use crate::verify::PackageError;
use crate::verify::package::Archive;

/// Reads a Word file.
///
/// # Errors
/// When it is none, or cannot be read within the limits.
pub fn read_docx(bytes: &[u8]) -> Result<Docx, PackageError> {
    let archive = Archive::open(bytes)?;
    model::of_parts(&|name: &str| archive.text(name))
}

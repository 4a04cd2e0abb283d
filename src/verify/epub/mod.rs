//! A finished e-book, whoever made it: its package, its documents as nodes, its style sheets.
//!
//! Read by the standards (EPUB 3.3, OCF, OPF, NCX) and not by what wrote it. [`Ebook`] is an e-book beside its
//! tree, measured once for the rules.

mod css;
mod model;
mod package;
mod reading;
mod subject;

pub use model::Epub;
pub use subject::Ebook;

pub(super) use css::{Selector, Style, inline, parts, steps};
pub(super) use model::Document;
pub(super) use package::resolved;
#[cfg(test)]
pub(super) use package::{Files, read};
pub(super) use reading::Role;

use crate::verify::PackageError;
use crate::verify::package::Archive;

/// Reads an e-book.
///
/// # Errors
/// When it is none, or cannot be read within the limits.
pub fn read_epub(bytes: &[u8]) -> Result<Epub, PackageError> {
    package::read(&Archive::open(bytes)?)
}

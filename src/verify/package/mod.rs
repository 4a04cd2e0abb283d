//! What a zip of XML is, for readers that believe nothing: an archive whose bytes are counted while they
//! are unpacked, and XML as a flat list of nodes.
//!
//! Shared by the readers of e-books and of Word files. None of it is used by what writes them.

mod archive;
mod xml;

pub(super) use archive::{Archive, Mimetype};
pub(super) use xml::{Node, Xml};

/// Why an e-book or a Word file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// It is no archive, or holds no such book.
    #[error("not of this form")]
    NotOfForm,
    /// A password is on it.
    #[error("encrypted")]
    Encrypted,
    /// A part is missing, cut off or no XML.
    #[error("damaged: {part}")]
    Damaged {
        /// The part's name in the archive; empty for the archive itself.
        part: String,
    },
    /// A part unpacks to more than is sane, or is nested without end.
    #[error("too large: {part}")]
    TooLarge {
        /// The part's name in the archive; empty for the archive itself.
        part: String,
    },
}

impl PackageError {
    pub(super) fn damaged(part: &str) -> Self {
        Self::Damaged { part: shown(part) }
    }

    pub(super) fn too_large(part: &str) -> Self {
        Self::TooLarge { part: shown(part) }
    }
}

/// A stranger's name of a part, short and on one line.
fn shown(part: &str) -> String {
    part.chars().filter(|c| !c.is_control()).take(80).collect()
}

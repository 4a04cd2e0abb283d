//! What a person should know of the reading of a file.

use crate::tree::Span;

/// Something that was read otherwise than it stands, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The file was not UTF-8; a library told what it is.
    Decoded {
        /// The encoding, by its WHATWG name.
        encoding: &'static str,
    },
    /// Something that is no part of the text was left out.
    LeftOut {
        /// What.
        what: LeftOut,
        /// Where it stands.
        span: Option<Span>,
    },
}

impl Notice {
    /// Where the thing stands, when it has a place.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Notice::LeftOut { span, .. } => *span,
            Notice::Decoded { .. } => None,
        }
    }
}

/// What may be left out of a text without loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeftOut {
    /// A page number between lines of a text copied out of pages.
    PageNumber,
    /// A line that repeats at the head or foot of pages.
    RunningHead,
    /// Text that the file holds and does not show.
    Hidden,
}

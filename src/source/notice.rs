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
    /// Tracked changes were taken as accepted.
    Revisions {
        /// Pieces that were put in.
        inserted: usize,
        /// Pieces that were struck out, and are not text.
        deleted: usize,
    },
    /// Comments are not text.
    Comments {
        /// How many.
        count: usize,
    },
    /// Formulas were read as their characters in a line.
    Formulas {
        /// How many.
        count: usize,
    },
    /// A character of a symbol font that no table knows; `〓` stands for it.
    Symbol {
        /// The font.
        font: String,
        /// Its place in the font, in hexadecimal.
        code: String,
    },
    /// The file holds macros, which were not looked at.
    Macros,
    /// A picture of a form that pages do not show: EMF, WMF, TIFF.
    PictureForm {
        /// The picture's name in the file.
        name: String,
    },
    /// A picture that the file names and does not hold.
    PictureMissing {
        /// The picture's name.
        name: String,
    },
    /// A picture outside the file, which was not fetched.
    PictureOutside {
        /// Its address.
        name: String,
    },
}

impl Notice {
    /// Where the thing stands, when it has a place.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Notice::LeftOut { span, .. } => *span,
            _ => None,
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
    /// A table of contents that a program made.
    Contents,
    /// The note with which an excerpt was sent out.
    EditorNote,
    /// The line that says that a text is not final.
    Status,
    /// Hidden text.
    Hidden,
    /// Reading aids over characters.
    Readings,
    /// A chart, a diagram, a sheet or a drawn formula.
    Object,
    /// Another document put in whole.
    Embedded,
}

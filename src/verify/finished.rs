//! The kinds of finished files, and what the rules see of each.

use crate::tree::Proceedings;
use crate::verify::{Docx, Ebook, Epub, Expected, Measure, Measured, Printed, Rule, Subject, Word};

/// A kind of finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Pages.
    Pdf,
    /// An e-book.
    Epub,
    /// A Word file.
    Docx,
    /// An earlier proof of such files.
    Proof,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Epub, Self::Docx, Self::Proof];

    /// The ending of its files, lower case.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Proof => "json",
        }
    }

    /// The kind of a file by its ending.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.ending().eq_ignore_ascii_case(ending))
    }
}

/// A finished file, read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Finished {
    /// Its pages.
    Pdf(Printed),
    /// Its documents.
    Epub(Epub),
    /// Its parts.
    Docx(Docx),
}

impl Finished {
    /// Its pages, where it has some.
    #[must_use]
    pub fn pages(&self) -> Option<&Printed> {
        match self {
            Self::Pdf(printed) => Some(printed),
            Self::Epub(_) | Self::Docx(_) => None,
        }
    }
}

/// A finished file beside its tree.
pub(super) enum Beside<'a> {
    Pages(Box<Subject<'a>>),
    Ebook(Box<Ebook<'a>>),
    Word(Box<Word<'a>>),
}

impl<'a> Beside<'a> {
    pub(super) fn of(file: &'a Finished, tree: &'a Proceedings, expected: &'a Expected) -> Self {
        match file {
            Finished::Pdf(printed) => Self::Pages(Box::new(Subject::new(printed, tree, expected))),
            Finished::Epub(epub) => Self::Ebook(Box::new(Ebook::new(epub, tree))),
            Finished::Docx(docx) => Self::Word(Box::new(Word::new(docx, tree, expected))),
        }
    }
}

impl Rule {
    /// Measures a file; nothing where the rule is for another kind.
    pub(super) fn of(&self, file: &Beside<'_>) -> Option<Measured> {
        match (self.measure, file) {
            (Measure::Pages(measure), Beside::Pages(subject)) => Some(measure(subject)),
            (Measure::Ebook(measure), Beside::Ebook(subject)) => Some(measure(subject)),
            (Measure::Word(measure), Beside::Word(subject)) => Some(measure(subject)),
            (Measure::Pages(_) | Measure::Ebook(_) | Measure::Word(_) | Measure::Record(_), _) => None,
        }
    }
}

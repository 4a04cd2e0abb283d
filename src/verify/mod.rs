//! Proof that finished files hold exactly the tree's text and keep the rules of their form.
//!
//! A file is read back by a reader of its own, whoever made it: [`read_pdf`] gives pages of glyphs,
//! [`read_epub`] documents and style sheets, [`read_docx`] paragraphs and styles. Beside its tree it is a
//! subject ([`Subject`], [`Ebook`], [`Word`]), in
//! which the tree's text has been found once; each [`Rule`] then measures one thing on subjects of its
//! [`Kind`] and says what it found. What is expected of pages is plain data, [`Expected`]. Nothing is
//! believed that can be measured: on a page roles of text are known by the tree, and in an e-book what is
//! called furniture is compared by a rule of its own.

mod align;
mod choice;
mod docx;
mod drawn;
mod epub;
mod evidence;
mod expected;
mod finished;
mod flow;
mod grams;
mod order;
mod package;
mod page;
mod pdf;
mod proof;
mod record;
mod rows;
mod rules;
mod shape;
mod subject;
mod units;

pub use align::Char;
pub use choice::{Choice, UnknownRule, rule_named};
pub use docx::{Docx, Word, read_docx};
pub use epub::{Ebook, Epub, read_epub};
pub use evidence::{Evidence, RuleEvidence};
pub use expected::{Expected, Letters, PageNumbers, RoleFont};
pub use finished::{Finished, Kind};
pub use flow::Place;
pub use package::PackageError;
pub use page::{Area, Claims, Font, Glyph, Goal, Link, Page, Printed, Text};
pub use pdf::{PdfError, read_pdf};
pub use proof::{Check, FontHash, Input, Proof, Remark, proof_schema};
pub use record::Record;
pub use rows::{Grid, Row};
pub use rules::RULES;
pub use shape::Shape;
pub use subject::{Line, Subject};
pub use units::{Unit, UnitKind};

use crate::messages::Say;
use crate::tree::Span;

/// One thing that is measured.
#[non_exhaustive]
pub struct Rule {
    /// `group/name`.
    pub name: &'static str,
    /// The standard and clause it comes from.
    pub source: &'static str,
    /// Measures it.
    pub measure: Measure,
}

/// How a rule measures, and by that what kind of file it is for.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Measure {
    /// The pages of a PDF.
    Pages(fn(&Subject<'_>) -> Measured),
    /// An e-book.
    Ebook(fn(&Ebook<'_>) -> Measured),
    /// A Word file.
    Word(fn(&Word<'_>) -> Measured),
    /// An earlier proof.
    Record(fn(&Record<'_>) -> Measured),
}

impl Rule {
    /// The kind of file it is for.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.measure {
            Measure::Pages(_) => Kind::Pdf,
            Measure::Ebook(_) => Kind::Epub,
            Measure::Word(_) => Kind::Docx,
            Measure::Record(_) => Kind::Proof,
        }
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a rule measured.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Measured {
    /// Whether it is as expected.
    pub ok: bool,
    /// The number, in a sentence.
    pub figure: Say,
    /// What is not as expected.
    pub findings: Vec<Finding>,
}

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// What.
    pub say: Say,
    /// The page of the file, counted from 1.
    pub page: Option<usize>,
    /// Where in a file without pages.
    pub place: Option<Place>,
    /// Where the text stands in the source.
    pub span: Option<Span>,
}

impl Measured {
    /// As expected when nothing was found to complain of.
    pub(crate) fn of(figure: Say, findings: Vec<Finding>) -> Self {
        Self { ok: findings.is_empty(), figure, findings }
    }
}

impl Finding {
    /// Something on a page, counted from 0.
    pub(crate) fn on(page: usize, say: Say) -> Self {
        Self { page: Some(page + 1), ..Self::of(say) }
    }

    /// Something of the whole file.
    pub(crate) fn of(say: Say) -> Self {
        Self { say, page: None, place: None, span: None }
    }

    /// Something at a place of a file without pages.
    pub(crate) fn in_file(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    pub(crate) fn at(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }
}

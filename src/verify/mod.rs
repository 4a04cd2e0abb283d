//! Proof that finished files hold exactly the tree's text and keep the rules of print.
//!
//! [`read_pdf`] gives the pages of a PDF as glyphs, whoever made it. [`Subject`] finds the tree's text
//! among them, groups them into rows and measures the grid; each [`Rule`] then measures one thing and
//! says what it found. What is expected is plain data, [`Expected`]. Nothing is believed that can be
//! measured: roles of text are known by the tree, never by what the file says of itself.

mod align;
mod expected;
mod page;
mod pdf;
mod proof;
mod rows;
mod rules;
mod subject;
mod units;

pub use align::Char;
pub use expected::{Expected, PageNumbers, RoleFont};
pub use page::{Area, Claims, Font, Glyph, Page, Printed, Text};
pub use pdf::{PdfError, read_pdf};
pub use proof::{Check, FontHash, Input, Proof, Remark, proof_schema};
pub use rows::{Grid, Row};
pub use rules::RULES;
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
    pub measure: fn(&Subject<'_>) -> Measured,
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
        Self { say, page: Some(page + 1), span: None }
    }

    /// Something of the whole file.
    pub(crate) fn of(say: Say) -> Self {
        Self { say, page: None, span: None }
    }

    pub(crate) fn at(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }
}

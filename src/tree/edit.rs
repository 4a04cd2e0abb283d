//! What was changed on the way from the source to the tree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tree::Span;

/// One recorded change of the source text. Undoing it gives the source back byte for byte.
///
/// No edit ever touches a letter, a digit or a hanzi, or the order of any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Edit {
    /// The bytes that were replaced.
    pub span: Span,
    /// What stood there: the slice of the source at [`Edit::span`].
    pub before: String,
    /// What stands in the tree instead.
    pub after: String,
    /// Why.
    pub reason: Reason,
}

impl Edit {
    /// Records that `before` at `span` became `after`.
    #[must_use]
    pub fn new(span: Span, before: impl Into<String>, after: impl Into<String>, reason: Reason) -> Self {
        Self { span, before: before.into(), after: after.into(), reason }
    }
}

/// Why a piece of source text was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// A half-width mark in Chinese text (GB/T 15834-2011: full-width ，。；：？！（）).
    HalfWidth,
    /// A straight quotation mark in Chinese text (GB/T 15834-2011, 4.8: “ ” and ‘ ’).
    StraightQuote,
    /// A line end inside a paragraph: nothing between hanzi, a blank between Latin words.
    SoftWrap,
    /// Blanks that part the clauses of a heading, or a speaker's name from the roles.
    Spacing,
}

impl Reason {
    /// Whether `normalize` writes this change into a source file too. Line ends and
    /// blanks belong to the file's own layout and stay there.
    #[must_use]
    pub fn is_punctuation(self) -> bool {
        matches!(self, Reason::HalfWidth | Reason::StraightQuote)
    }
}

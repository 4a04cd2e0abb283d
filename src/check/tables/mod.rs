//! The user's lists: fixed wordings and members. Files are read by others; here is what they hold.

mod columns;
mod glossary;
mod roster;

pub use glossary::Glossary;
pub use roster::Roster;

pub(super) use roster::Member;

use std::ops::Range;

/// What is wrong with a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault:?} at {range:?}")]
#[non_exhaustive]
pub struct ListError {
    /// What.
    pub fault: ListFault,
    /// The list's text.
    pub text: String,
    /// Where.
    pub range: Range<usize>,
}

/// A fault of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListFault {
    /// Not well-formed TOML or CSV, in the parser's words.
    Syntax(String),
    /// The first line does not name a column that is needed.
    NoColumn(&'static str),
    /// A row without the one thing that it is about.
    NoValue(&'static str),
    /// A place in an order that is no number.
    NotANumber(String),
    /// Nothing in it.
    Empty,
    /// Neither UTF-8 nor GB18030.
    NotText,
}

/// A list is UTF-8 with or without mark, or GBK when a spreadsheet saved it.
fn text_of(bytes: &[u8]) -> Result<String, ListError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let fault = || ListError { fault: ListFault::NotText, text: String::new(), range: 0..0 };
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|t| t.into_owned()).ok_or_else(fault)
}

/// The parts of a cell that holds several.
fn parts(cell: &str) -> impl Iterator<Item = String> {
    let is_mark = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '|' | '\n');
    cell.split(is_mark).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty())
}

//! From raw blocks to [`Proceedings`]: what is the title, what a speech, who speaks; and standard
//! punctuation.
//!
//! Two laws hold for every input. Letters, digits and hanzi and their order never change; and every
//! change of anything else is an [`Edit`] that can be undone.

mod caption;
mod chars;
mod fence;
mod flat;
mod fold;
mod heading;
mod lead;
mod levels;
mod marked;
mod notes;
mod outline;
mod prose;
mod punctuation;
mod quotes;
mod role;
mod speaker;
mod standard;
mod structure;
mod subtitle;
mod wrapping;

pub use crate::tree::{Edit, Reason};
pub(crate) use chars::{is_chinese, is_han};
pub(crate) use heading::number;
pub(crate) use levels::names_speaker;
pub(crate) use role::{is_role, party};
pub use standard::{standard_text, standardise};
pub use structure::StructureError;

use crate::source::Document;
use crate::tree::{FileId, Meta, Proceedings, Span};
use wrapping::Wrapping;

/// What the caller knows of the book beside its files.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Known {
    /// Title to use when no file has one.
    pub title: Option<String>,
    /// Event to use when no file has one.
    pub event: Option<String>,
    /// Number, issuer and so on.
    pub meta: Meta,
}

/// A book and what was noticed on the way.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Normalized {
    /// The book.
    pub tree: Proceedings,
    /// What a person should look at.
    pub observations: Vec<Observation>,
}

/// Something the text did not say clearly.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Observation {
    /// The text tells about speeches (`某某委员代表某会发言说`) and holds none.
    Report {
        /// The first sentence that does.
        span: Option<Span>,
    },
    /// What looked like a speech, a heading or a speaker and could not be placed.
    Unreadable {
        /// The line.
        span: Option<Span>,
    },
}

/// Makes one book of documents, in their order.
///
/// # Errors
/// When no title or no speech can be found.
pub fn normalize(documents: &mut [Document], known: Known) -> Result<Normalized, StructureError> {
    let mut edits = Vec::new();
    let mut raw = Vec::with_capacity(documents.len());
    let mut wrappings = Vec::with_capacity(documents.len());
    for document in documents.iter_mut() {
        let mut blocks = std::mem::take(&mut document.blocks);
        wrappings.push((document.file.id, Wrapping::of(document, &blocks)));
        let found = standard::of_blocks(document, &mut blocks);
        edits.reserve_exact(found.len());
        edits.extend(found);
        let is_markdown = document.form == "markdown";
        raw.push(structure::RawFile { id: document.file.id, is_markdown, blocks });
    }
    let mut context = Context { documents, wrappings, edits, ..Context::default() };
    let mut tree = structure::build(raw, known, &mut context)?;
    let observations = context.observations;
    tree.edits = context.edits;
    tree.edits.shrink_to_fit();
    tree.edits.sort_by_key(|e| (e.span.file, e.span.start, e.span.end));
    tree.files = documents.iter().map(|d| d.file.clone()).collect();
    crate::tree::assign_ids(&mut tree);
    Ok(Normalized { tree, observations })
}

/// The sources, for the sake of slices and lines, and the changes made so far.
#[derive(Default)]
struct Context<'a> {
    documents: &'a [Document],
    wrappings: Vec<(FileId, Wrapping)>,
    edits: Vec<Edit>,
    observations: Vec<Observation>,
}

impl Context<'_> {
    fn document(&self, file: FileId) -> Option<&Document> {
        self.documents.iter().find(|d| d.file.id == file)
    }

    /// What a line end in the file meant; in text of no file, nothing.
    fn wrapping(&self, file: Option<FileId>) -> Wrapping {
        let found = self.wrappings.iter().find(|(id, _)| Some(*id) == file);
        found.map_or_else(Wrapping::default, |(_, wrapping)| *wrapping)
    }

    /// Records that the bytes `range` of `file` became `after`; nothing when they are that already.
    fn edit(&mut self, file: FileId, range: std::ops::Range<usize>, after: &str, reason: Reason) {
        let Some(document) = self.document(file) else { return };
        let Some(before) = document.text.get(range.clone()) else { return };
        // Between two runs markup may stand (`甲 **乙**`, a picture): that is no edit of the text.
        let is_layout = |c: char| c.is_whitespace() || c == '>';
        let shown = chars::without_blank_references(before);
        if !reason.is_punctuation() && !shown.chars().all(is_layout) {
            return;
        }
        if before != after {
            let edit = Edit::new(document.lines.span(file, range), before, after, reason);
            self.edits.push(edit);
        }
    }
}

#[cfg(test)]
mod tests;

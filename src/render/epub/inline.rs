//! Runs of text for the templates, and titles cut into clauses.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::epub::link;
use crate::render::epub::model::{Clauses, Run};
use crate::render::epub::turns::Cursor;
use crate::tree::{Heading, Inline, NodeId, plain_text, split_inlines};

/// The id a node has in its document, if it can serve as one.
pub(super) fn anchor(id: &NodeId) -> Option<String> {
    let id = id.as_str();
    let fits = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    fits.then(|| id.to_owned())
}

/// Turns the inlines of one document into runs, and counts who refers to which note.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    /// The notes of the document.
    pub(super) notes: BTreeSet<NodeId>,
    references: BTreeMap<NodeId, usize>,
    /// Where the printed pages turn in the node that is being written.
    pub(super) cursor: Cursor,
}

impl Inlines {
    /// The inlines as runs.
    pub(super) fn runs(&mut self, inlines: &[Inline]) -> Vec<Run> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => self.cursor.text(text, &mut out),
                Inline::Strong { content } => out.push(Run::Strong { content: self.runs(content) }),
                Inline::Emphasis { content } => out.push(Run::Emphasis { content: self.runs(content) }),
                Inline::Link { href, content } => match link::destination(href) {
                    // A link must not stand in a link, and one without text cannot be followed.
                    Some(href) if !plain_text(content).trim().is_empty() => {
                        let mut references = Vec::new();
                        let content = self.runs(&without_links(content, &mut references));
                        out.push(Run::Link { href, content });
                        out.extend(self.runs(&references));
                    }
                    _ => out.extend(self.runs(content)),
                },
                Inline::NoteRef { note, label } => out.push(self.reference(note, label)),
                Inline::Break => out.push(Run::Break),
            }
        }
        out
    }

    /// A title as runs, one list a clause. Where the inlines do not say the clauses' text, the clauses
    /// count.
    pub(super) fn heading(&mut self, heading: &Heading) -> Clauses {
        if plain_text(&heading.inlines) != heading.text || heading.clauses.join(" ") != heading.text {
            return heading.clauses.iter().map(|c| vec![Run::Text { text: c.clone() }]).collect();
        }
        let mut rest = heading.inlines.clone();
        let mut out = Vec::new();
        for clause in &heading.clauses {
            let (own, after) = split_inlines(&rest, clause.len());
            out.push(self.runs(&own));
            let (_space, after) = split_inlines(&after, 1);
            rest = after;
        }
        out
    }

    /// The id of the first reference to a note.
    pub(super) fn first_reference(&self, note: &NodeId) -> Option<String> {
        self.references.contains_key(note).then(|| format!("{note}.ref1"))
    }

    fn reference(&mut self, note: &NodeId, label: &str) -> Run {
        let target = anchor(note).filter(|_| self.notes.contains(note));
        let id = target.as_ref().map(|target| {
            let count = self.references.entry(note.clone()).or_default();
            *count += 1;
            format!("{target}.ref{count}")
        });
        Run::NoteRef { id, target, label: label.to_owned() }
    }
}

/// A line of plain text cut at its spaces, when each is a single one.
pub(super) fn clauses_of(text: &str) -> Clauses {
    let whole = || vec![vec![Run::Text { text: text.to_owned() }]];
    if text.split(' ').any(str::is_empty) || !text.contains(' ') {
        return whole();
    }
    // Words of a Latin title are no clauses.
    if text.chars().any(|c| c.is_ascii_alphabetic()) {
        return whole();
    }
    text.split(' ').map(|clause| vec![Run::Text { text: clause.to_owned() }]).collect()
}

/// The plain clauses of a heading, for lists of headings.
pub(super) fn plain_clauses(heading: &Heading) -> Clauses {
    heading.clauses.iter().map(|c| vec![Run::Text { text: c.clone() }]).collect()
}

/// What may stand inside a link: HTML knows no link in a link. Links give way to their text, note
/// references are put aside to follow the link.
fn without_links(inlines: &[Inline], references: &mut Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Link { content, .. } => out.extend(without_links(content, references)),
            Inline::Strong { content } => {
                out.push(Inline::Strong { content: without_links(content, references) });
            }
            Inline::Emphasis { content } => {
                out.push(Inline::Emphasis { content: without_links(content, references) });
            }
            Inline::NoteRef { .. } => references.push(inline.clone()),
            Inline::Text { .. } | Inline::Break => out.push(inline.clone()),
        }
    }
    out
}

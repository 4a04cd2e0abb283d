//! A speech: heading, who speaks, the words.

use crate::tree::{Block, Inline, NodeId, Span, Speaker};

/// One speech.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Speech {
    /// `s01`
    pub id: NodeId,
    /// The part the speech belongs to.
    pub part: Option<NodeId>,
    /// From the heading to the last word.
    pub span: Option<Span>,
    /// Its title.
    pub heading: Heading,
    /// Who speaks: usually one, sometimes several together, none when the source names nobody.
    pub speakers: Vec<Speaker>,
    /// The words.
    pub body: Vec<Block>,
}

impl Speech {
    /// A speech with its heading, and nobody and nothing in it yet.
    #[must_use]
    pub fn new(heading: Heading) -> Self {
        Self {
            id: NodeId::default(),
            part: None,
            span: heading.span,
            heading,
            speakers: Vec::new(),
            body: Vec::new(),
        }
    }
}

/// The title of a speech.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Heading {
    /// `s01.head`
    pub id: NodeId,
    /// The clauses joined by one space, without the number.
    pub text: String,
    /// `上句`, `下句`: what may stand on a line of its own. One clause where nothing parts them.
    pub clauses: Vec<String>,
    /// The number before it, if it has one.
    pub number: Option<Numbering>,
    /// The text with its emphasis, links and note references, number excluded.
    pub inlines: Vec<Inline>,
    /// Where it stands.
    pub span: Option<Span>,
}

impl Heading {
    /// A heading of plain clauses.
    #[must_use]
    pub fn of_clauses(clauses: Vec<String>) -> Self {
        let text = clauses.join(" ");
        Self {
            id: NodeId::default(),
            inlines: vec![Inline::text(text.clone())],
            text,
            clauses,
            number: None,
            span: None,
        }
    }

    /// The heading as printed on one line: number and text.
    #[must_use]
    pub fn display(&self) -> String {
        match &self.number {
            Some(n) => format!("{}{}", n.label, self.text),
            None => self.text.clone(),
        }
    }
}

/// The number of a heading, as written: label `一、`, value `一`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Numbering {
    /// With its marks, as printed: `一、` `（一）` `1.`
    pub label: String,
    /// Without: `一` `1`
    pub value: String,
}

impl Numbering {
    /// A number by its printed label and its bare value.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

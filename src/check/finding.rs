//! What a rule found, and what would mend it.

use crate::check::Rule;
use crate::messages::Say;
use crate::tree::Span;

/// How bad it is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Severity {
    /// Good to know.
    Info,
    /// The outputs are made; look at them.
    Warning,
    /// A person is needed.
    Error,
}

/// Something a rule noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub say: Say,
    /// What to do about it, where the sentence does not say.
    pub help: Option<Say>,
    /// The source bytes; none when it is about the whole book.
    pub span: Option<Span>,
    /// What would mend it.
    pub fix: Option<Fix>,
}

/// A change of the source that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// Whether it can be made without a person looking.
    pub safe: bool,
    /// Its parts, in order and apart.
    pub replacements: Vec<Replacement>,
}

/// Bytes of a source and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The bytes.
    pub span: Span,
    /// What comes there.
    pub after: String,
}

impl Fix {
    /// A fix of one place.
    #[must_use]
    pub fn one(safe: bool, span: Span, after: impl Into<String>) -> Self {
        Self { safe, replacements: vec![Replacement { span, after: after.into() }] }
    }

    /// A fix of several places, which must be in order and apart.
    #[must_use]
    pub fn many(safe: bool, places: impl IntoIterator<Item = (Span, String)>) -> Self {
        let replacements = places.into_iter().map(|(span, after)| Replacement { span, after }).collect();
        Self { safe, replacements }
    }
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(super) struct Findings {
    rule: &'static str,
    severity: Severity,
    found: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(rule: &Rule) -> Self {
        Self { rule: rule.name, severity: rule.severity, found: Vec::new() }
    }

    /// Adds a finding at `span`; give it help and a fix through what is returned.
    pub(super) fn push(&mut self, span: Option<Span>, say: Say) -> &mut Finding {
        let (rule, severity) = (self.rule, self.severity);
        self.found.push(Finding { rule, severity, say, help: None, span, fix: None });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        self.found
    }
}

impl Finding {
    /// Says what to do.
    pub(super) fn help(&mut self, say: Say) -> &mut Self {
        self.help = Some(say);
        self
    }

    /// Offers a fix.
    pub(super) fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}

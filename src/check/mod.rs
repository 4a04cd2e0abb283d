//! What a sharp-eyed proof-reader would notice: one file a rule, one line each in `rules/mod.rs`.
//!
//! A rule looks at a [`Subject`] (the tree, the sources, what settings say) and pushes findings. It
//! changes nothing; a finding may carry a fix, which [`Fix`] says how far to trust.

mod counts;
mod dates;
mod finding;
mod sequence;
mod numeral;
mod passage;
mod rules;
mod subject;

pub use finding::{Finding, Fix, Replacement, Severity};
pub use passage::{Passage, PassageKind};
pub use rules::RULES;
pub use subject::{SourceText, Subject};

use finding::Findings;

/// One thing to look for.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// `group/name`.
    pub name: &'static str,
    /// How bad a finding is, unless the settings say otherwise.
    pub severity: Severity,
    /// Whether it runs without being selected.
    pub on: bool,
    /// The file it stands in, whose opening comment is the page that `explain` prints.
    file: &'static str,
    check: fn(&Subject<'_>, &mut Findings),
}

/// What `rules` find in a subject, in the order of the sources.
#[must_use]
pub fn run<'r>(subject: &Subject<'_>, rules: impl IntoIterator<Item = &'r Rule>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in rules {
        let mut findings = Findings::new(rule);
        (rule.check)(subject, &mut findings);
        found.extend(findings.finish());
    }
    found.sort_by_key(|f| (f.span.map(|s| (s.file, s.start, s.end)), f.rule));
    found
}

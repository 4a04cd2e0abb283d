//! What a sharp-eyed proof-reader would notice: one file a rule, one line each in `rules/mod.rs`.
//!
//! A rule looks at a [`Subject`] (the tree, the sources, what settings say) and pushes findings. It
//! changes nothing; a finding may carry a fix, which [`Fix`] says how far to trust. [`Choice::run`]
//! runs the rules that the settings choose; [`Report`] places what they found and writes it for programs; [`mend`]
//! applies fixes to a text.

mod choice;
mod counts;
mod dates;
mod finding;
mod fix;
mod numeral;
mod page;
mod passage;
mod report;
mod rules;
mod sequence;
mod subject;
mod suppress;
mod tables;

pub use choice::{Choice, Chosen, UnknownRule, name_known, rule_named};
pub use finding::{Finding, Fix, Replacement, Severity};
pub use fix::{Mended, mend};
pub use passage::{Passage, PassageKind};
pub use report::{Diagnostic, Report};
pub use rules::RULES;
pub use subject::{SourceText, Subject};
pub use tables::{Glossary, ListError, ListFault, Roster};

use rayon::prelude::*;

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

impl Choice {
    /// What the chosen rules find in a subject, in the order of the sources: as bad as the settings
    /// say, and without what comments in the sources say is meant.
    #[must_use]
    pub fn run(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let find = |chosen: &Chosen| {
            let mut found = found_by(chosen.rule, subject);
            if let Some(severity) = chosen.severity {
                found.iter_mut().for_each(|f| f.severity = severity);
            }
            found
        };
        let lists: Vec<Vec<Finding>> = self.rules().par_iter().map(find).collect();
        let mut found: Vec<Finding> = lists.into_iter().flatten().collect();
        // What is no file's own text cannot be written back.
        let is_own = |fix: &Fix| {
            let file = |r: &Replacement| subject.texts.iter().any(|t| t.file == r.span.file && t.is_own);
            fix.replacements.iter().all(file)
        };
        for finding in &mut found {
            finding.fix = finding.fix.take().filter(is_own);
        }
        let suppressions = suppress::find(subject);
        let used = suppress::apply(&suppressions, &mut found);
        found.extend(rules::unused(subject, self, &suppressions, &used));
        sort(&mut found);
        found
    }
}

fn found_by(rule: &Rule, subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Findings::new(rule);
    (rule.check)(subject, &mut findings);
    findings.finish()
}

fn sort(found: &mut [Finding]) {
    found.sort_by_key(|f| (f.span.map(|s| (s.file, s.start, s.end)), f.rule));
}

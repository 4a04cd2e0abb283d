//! TODO(page)

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/doubled-word",
    severity: Severity::Warning,
    on: true,
    file: include_str!("doubled_word.rs"),
    check,
};

fn check(_subject: &Subject<'_>, _findings: &mut Findings) {}

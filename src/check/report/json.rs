//! The report as JSON: `{"diagnostics": […]}`.

use serde_json::{Value, json};

use crate::check::{Diagnostic, Report};
use crate::messages::Catalog;

impl Report {
    /// The report as JSON, a line end behind it.
    #[must_use]
    pub fn json(&self, catalog: &Catalog) -> String {
        let diagnostics: Vec<Value> = self.diagnostics.iter().map(|d| diagnostic(d, catalog)).collect();
        let mut text =
            serde_json::to_string_pretty(&json!({ "diagnostics": diagnostics })).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn diagnostic(diagnostic: &Diagnostic, catalog: &Catalog) -> Value {
    let finding = &diagnostic.finding;
    let place = diagnostic.place;
    let fix = finding.fix.as_ref().map(|fix| {
        let edits = fix.replacements.iter().zip(&diagnostic.edits).map(|(replacement, edit)| {
            json!({
                "file": edit.file,
                "span": replacement.span,
                "before": edit.before,
                "after": replacement.after,
            })
        });
        json!({ "safe": fix.safe, "edits": edits.collect::<Vec<_>>() })
    });
    json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "message": catalog.say(&finding.say),
        "help": finding.help.as_ref().map(|h| catalog.say(h)),
        "file": diagnostic.file,
        "line": place.map(|p| p.line),
        "column": place.map(|p| p.column),
        "end_line": place.map(|p| p.end_line),
        "end_column": place.map(|p| p.end_column),
        "span": finding.span,
        "fix": fix,
    })
}

//! The report as SARIF 2.1.0 (OASIS), which code hosts and editors read.

use serde_json::{Value, json};

use crate::check::report::Region;
use crate::check::{Diagnostic, RULES, Report, Rule, Severity};
use crate::messages::Catalog;

impl Report {
    /// The report as a SARIF log of one run, a line end behind it.
    #[must_use]
    pub fn sarif(&self, catalog: &Catalog) -> String {
        let rules: Vec<Value> = RULES.iter().map(|r| rule(r, catalog)).collect();
        let results: Vec<Value> = self.diagnostics.iter().map(|d| result(d, catalog)).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "jianbao",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "language": catalog.lang().tag(),
                    "rules": rules,
                } },
                "language": catalog.lang().tag(),
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn rule(rule: &Rule, catalog: &Catalog) -> Value {
    let page = rule.page(catalog.lang());
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary(catalog.lang()) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "enabled": rule.on, "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(diagnostic: &Diagnostic, catalog: &Catalog) -> Value {
    let finding = &diagnostic.finding;
    let mut message = catalog.say(&finding.say);
    if let Some(help) = &finding.help {
        message = format!("{message}\n{}", catalog.say(help));
    }
    let mut place = json!({ "artifactLocation": artifact(&diagnostic.file) });
    if let Some(found) = diagnostic.place {
        place["region"] = region(found);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [{ "physicalLocation": place }],
    });
    if let Some(index) = RULES.iter().position(|r| r.name == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(fix) = finding.fix.as_ref().filter(|_| !diagnostic.edits.is_empty()) {
        let id = if fix.safe { "fix-safe" } else { "fix-unsafe" };
        result["fixes"] = json!([{
            "description": { "text": catalog.say(&crate::messages::Say { id, args: Vec::new() }) },
            "artifactChanges": changes(diagnostic),
        }]);
    }
    result
}

/// The replacements of a fix, file by file.
fn changes(diagnostic: &Diagnostic) -> Vec<Value> {
    let mut files: Vec<(&str, Vec<Value>)> = Vec::new();
    let replacements = diagnostic.finding.fix.iter().flat_map(|f| &f.replacements);
    for (replacement, edit) in replacements.zip(&diagnostic.edits) {
        let change = json!({
            "deletedRegion": region(edit.region),
            "insertedContent": { "text": replacement.after },
        });
        match files.iter_mut().find(|(file, _)| *file == edit.file) {
            Some((_, changes)) => changes.push(change),
            None => files.push((&edit.file, vec![change])),
        }
    }
    let change = |(file, changes): (&str, Vec<Value>)| json!({ "artifactLocation": artifact(file), "replacements": changes });
    files.into_iter().map(change).collect()
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

/// A file as a URI reference: relative to where the program runs, or `file:` when it is absolute.
fn artifact(file: &str) -> Value {
    // RFC 3986: what a path segment may hold stands for itself.
    const PATH: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    let path = file.replace('\\', "/");
    let encoded = percent_encoding::utf8_percent_encode(&path, PATH).to_string();
    let uri = if path.starts_with('/') { format!("file://{encoded}") } else { encoded };
    json!({ "uri": uri })
}

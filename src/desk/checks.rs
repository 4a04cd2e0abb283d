//! What a proof-reader would notice in the text in the editor, the pages that explain it, and the marks that
//! would be made standard.

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::Checks;
use crate::check::{RULES, Report};
use crate::desk::reply::{Answer, Refusal, Reply, problems};
use crate::desk::server::Inner;
use crate::desk::units::Units;
use crate::messages::{Catalog, Say};
use crate::normalize::standardise;
use crate::source::read;

#[derive(Deserialize)]
pub(super) struct Text {
    file: String,
    text: String,
}

/// The findings of the whole book; those of other files are told without a place in the editor.
pub(super) fn check(desk: &Inner, asked: Text, catalog: &Catalog) -> Answer {
    let opened = desk.books.shelf(&asked.file).open(&desk.folder, &asked.file, &asked.text)?;
    let book = &opened.book;
    let findings = Checks::of(book)?.run(book, Some(&opened.fonts));
    let texts = book.texts();
    let mut report = Report::default();
    report.add(findings, &texts);
    let units = Units::of(&opened.text);
    let unit = |byte: usize| units.unit(&opened.text, byte);
    let rows: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let finding = &diagnostic.finding;
            let own = finding.span.filter(|s| s.file == opened.file);
            let fix =
                finding.fix.as_ref().filter(|f| f.replacements.iter().all(|r| r.span.file == opened.file));
            let edits = fix.map(|fix| {
                let edit = |r: &crate::check::Replacement| {
                    json!({ "from": unit(r.span.start), "to": unit(r.span.end), "insert": r.after })
                };
                json!({ "safe": fix.safe, "edits": fix.replacements.iter().map(edit).collect::<Vec<_>>() })
            });
            json!({
                "rule": finding.rule,
                "severity": finding.severity,
                "message": catalog.say(&finding.say),
                "help": finding.help.as_ref().map(|h| catalog.say(h)),
                "file": diagnostic.file,
                "line": diagnostic.place.map(|p| p.line),
                "from": own.map(|s| unit(s.start)),
                "to": own.map(|s| unit(s.end)),
                "fix": edits,
            })
        })
        .collect();
    Ok(Reply::Json(json!({ "findings": rows, "problems": problems(&book.problems, catalog) })))
}

#[derive(Deserialize)]
pub(super) struct OneRule {
    name: String,
}

/// The page of a rule.
pub(super) fn rule(_: &Inner, asked: OneRule, catalog: &Catalog) -> Answer {
    let rule = RULES.iter().find(|r| r.name == asked.name);
    let missing = || {
        let say = Say::new("rule-unknown").with("rule", &asked.name);
        Refusal::new(StatusCode::NOT_FOUND, say)
    };
    Ok(Reply::Json(json!({ "page": rule.ok_or_else(missing)?.page(catalog.lang()) })))
}

/// The marks that would be made standard, each with its place.
pub(super) fn standard(_: &Inner, asked: Text, _: &Catalog) -> Answer {
    let document = read(crate::tree::FileId(0), &asked.file, asked.text.as_bytes())
        .map_err(|e| crate::build::Problem::of_source(&asked.file, asked.text.as_bytes(), &e))?;
    let units = Units::of(&document.text);
    let edits: Vec<Value> = standardise(&document)
        .iter()
        .map(|edit| {
            json!({
                "from": units.unit(&document.text, edit.span.start),
                "to": units.unit(&document.text, edit.span.end),
                "before": edit.before,
                "insert": edit.after,
                "line": edit.span.line,
            })
        })
        .collect();
    Ok(Reply::Json(json!({ "edits": edits })))
}

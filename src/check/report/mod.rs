//! Findings placed in their files, and written for programs: one file a form.

mod github;
mod json;
mod sarif;

use crate::check::{Finding, Severity, SourceText};
use crate::tree::{FileId, Span};

/// The findings of one book or several.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Report {
    /// In the order of the books and their sources.
    pub diagnostics: Vec<Diagnostic>,
}

/// A finding with its place as people count it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The finding.
    pub finding: Finding,
    /// The file's name; that of the book's first source when the finding is about the whole book.
    pub file: String,
    /// Where, when it has a place.
    pub place: Option<Region>,
    /// The places of the fix's replacements, in their order, each with the file's name and its words.
    edits: Vec<Edit>,
}

/// Lines and columns, counted from 1; columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Region {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the last character.
    pub end_line: usize,
    /// Column behind the last character.
    pub end_column: usize,
}

#[derive(Debug, Clone)]
struct Edit {
    file: String,
    region: Region,
    before: String,
}

impl Report {
    /// Adds the findings of a book.
    pub fn add(&mut self, findings: Vec<Finding>, texts: &[SourceText<'_>]) {
        let first = texts.first().map_or("", |t| t.name);
        self.diagnostics.extend(findings.into_iter().map(|finding| {
            let placed = finding.span.and_then(|span| Some((name(texts, span.file)?, region(texts, span)?)));
            let replacements = finding.fix.iter().flat_map(|f| &f.replacements);
            let edits = replacements.filter_map(|r| {
                let text = text(texts, r.span.file)?;
                Some(Edit {
                    file: name(texts, r.span.file)?.to_owned(),
                    region: region(texts, r.span)?,
                    before: text.get(r.span.start..r.span.end)?.to_owned(),
                })
            });
            Diagnostic {
                edits: edits.collect(),
                file: placed.map_or(first, |(name, _)| name).to_owned(),
                place: placed.map(|(_, region)| region),
                finding,
            }
        }));
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.finding.severity == severity).count()
    }
}

fn text<'a>(texts: &[SourceText<'a>], file: FileId) -> Option<&'a str> {
    texts.iter().find(|t| t.file == file).map(|t| t.text)
}

fn name<'a>(texts: &[SourceText<'a>], file: FileId) -> Option<&'a str> {
    texts.iter().find(|t| t.file == file).map(|t| t.name)
}

fn region(texts: &[SourceText<'_>], span: Span) -> Option<Region> {
    let text = text(texts, span.file)?;
    let within = text.get(span.start..span.end)?;
    let end_line = span.line + line_ends(within);
    Some(Region {
        line: span.line,
        column: column(text, span.start),
        end_line,
        end_column: column(text, span.end),
    })
}

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |k| k + 1);
    before[start..].chars().count() + 1
}

/// `\n`, `\r\n` and a lone `\r` end lines.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let lone = |k: usize| bytes[k] == b'\r' && bytes.get(k + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|k| bytes[*k] == b'\n' || lone(*k)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Fix;
    use crate::messages::{Catalog, Lang, Say};

    /// A report of two findings in a file whose name needs care.
    pub(super) fn sample() -> Report {
        let text = "# 题\r\n\r\n第一行，有50%\r\n第二行";
        let texts = [SourceText::new(FileId(0), "发言/一 稿,1:2.md", text, true)];
        let span = |from: &str, to: &str, line| {
            let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap() + to.len());
            Span::new(FileId(0), start, end, line)
        };
        let finding = |span, severity, fix| Finding {
            rule: "font/missing-glyph",
            severity,
            say: Say::new("glyph-missing").with("char", "50%\n").with("code", "U+0001"),
            help: Some(Say::new("glyph-missing-help")),
            span,
            fix,
        };
        let fix = Fix::one(true, span("，", "，", 3), "；");
        let mut report = Report::default();
        report.add(
            vec![
                finding(None, Severity::Error, None),
                finding(Some(span("有50", "第二", 3)), Severity::Warning, Some(fix)),
            ],
            &texts,
        );
        report
    }

    #[test]
    fn columns_are_characters_from_one() {
        let place = sample().diagnostics[1].place.unwrap();
        let region = Region { line: 3, column: 5, end_line: 4, end_column: 3 };
        assert_eq!(place, region);
    }

    #[test]
    fn json() {
        insta::assert_snapshot!(sample().json(&Catalog::new(Lang::En)));
    }

    #[test]
    fn github() {
        insta::assert_snapshot!(sample().github(&Catalog::new(Lang::En)));
    }

    #[test]
    fn sarif_places_count_characters() {
        let log: serde_json::Value = serde_json::from_str(&sample().sarif(&Catalog::new(Lang::Zh))).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        let mut second = results[1].clone();
        second.as_object_mut().unwrap().remove("ruleIndex");
        insta::assert_snapshot!(serde_json::to_string_pretty(&second).unwrap());
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
    }
}

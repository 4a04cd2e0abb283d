//! The contents are filled in: every part and speech in order, as the text calls it, each line leading to the
//! bookmark at its heading.
//!
//! WPS and the viewers of telephones show the field as it stands in the file, and Word asks before it fills one in:
//! contents that are only a field are an empty page.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp};

use crate::messages::Say;
use crate::tree::Span;
use crate::verify::flow::Place;
use crate::verify::rules::{grouped, short};
use crate::verify::units::is_blank;
use crate::verify::{Finding, Measure, Measured, Rule, Word};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "word/contents",
    source: "ECMA-376-1, 17.16.5.68 (TOC); GB/T 9704-2012 has no contents: the meeting's custom",
    measure: Measure::Word(measure),
};

/// Lines that are compared: more than any book has.
const MOST_LINES: usize = 20_000;

fn measure(subject: &Word<'_>) -> Measured {
    let path = &subject.docx.document.path;
    let wanted = wanted(subject);
    if !subject.expected.contents && !subject.said.has_contents {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    }
    let paragraphs = &subject.said.paragraphs;
    let lines = paragraphs.iter().enumerate().filter(|(_, p)| p.is_contents && !bare(&p.text).is_empty());
    let lines: Vec<usize> = lines.map(|(k, _)| k).take(MOST_LINES).collect();
    let of_wanted: Vec<&str> = wanted.iter().take(MOST_LINES).map(|w| w.label.as_str()).collect();
    let said: Vec<String> = lines.iter().map(|k| bare(&paragraphs[*k].text)).collect();
    let of_lines: Vec<&str> = said.iter().map(String::as_str).collect();
    let mut findings = Vec::new();
    let mut right = 0;
    if lines.is_empty() && !wanted.is_empty() {
        findings.push(Finding::of(Say::new("verify-contents-empty")).in_file(Some(Place::part(path))));
    } else {
        for op in similar::capture_diff_slices(Algorithm::Patience, &of_wanted, &of_lines) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                for k in 0..len {
                    let line = lines[new_index + k];
                    let wanted = &wanted[old_index + k];
                    if leads(subject, line, wanted) {
                        right += 1;
                    } else {
                        let say =
                            Say::new("verify-line-astray").with("label", short(of_lines[new_index + k]));
                        let place = Some(Place::paragraph(path, line + 1));
                        findings.push(Finding::of(say).at(wanted.span).in_file(place));
                    }
                }
                continue;
            }
            for k in op.old_range() {
                let say = Say::new("verify-entry-missing").with("label", short(of_wanted[k]));
                let span = wanted[k].span;
                findings.push(Finding::of(say).at(span).in_file(Some(Place::part(path))));
            }
            for k in op.new_range() {
                let say = Say::new("verify-entry-foreign").with("label", short(of_lines[k]));
                findings.push(Finding::of(say).in_file(Some(Place::paragraph(path, lines[k] + 1))));
            }
        }
    }
    let figure = Say::new("verify-contents-figure").with("right", grouped(right));
    Measured::of(figure.with("total", grouped(wanted.len())), findings)
}

/// A line that the contents have to have.
struct Wanted {
    /// Without blanks.
    label: String,
    span: Option<Span>,
    /// The paragraph it leads to, from 1.
    paragraph: Option<usize>,
}

/// Parts and speeches; a speech without a heading is listed by who speaks.
fn wanted(subject: &Word<'_>) -> Vec<Wanted> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (unit, place) in subject.units.iter().zip(&subject.compared.places) {
        if let Some(paragraph) = place.as_ref().and_then(|p| p.paragraph) {
            places.entry(unit.id.as_str()).or_insert(paragraph);
        }
    }
    let mut out: Vec<Wanted> = Vec::new();
    let mut part = None;
    for speech in &subject.tree.speeches {
        if speech.part != part {
            part.clone_from(&speech.part);
            if let Some(part) = subject.tree.parts.iter().find(|p| Some(&p.id) == part.as_ref()) {
                let paragraph = places.get(part.id.as_str()).copied();
                out.push(Wanted { label: bare(&part.title), span: part.span, paragraph });
            }
        }
        let heading = bare(&speech.heading.display());
        let names = speech.speakers.iter().map(|s| bare(&s.display_name())).filter(|n| !n.is_empty());
        let (label, id) = match heading.is_empty() {
            true => (names.collect::<Vec<_>>().join("、"), speech.speakers.first().map(|s| &s.id)),
            false => (heading, Some(&speech.heading.id)),
        };
        let paragraph = id.and_then(|id| places.get(id.as_str()).copied());
        out.push(Wanted { label, span: speech.span, paragraph });
    }
    out.retain(|w| !w.label.is_empty());
    out
}

/// Whether a line leads to the paragraph of a heading; one without a link leads nowhere and is read only.
fn leads(subject: &Word<'_>, line: usize, wanted: &Wanted) -> bool {
    let paragraphs = &subject.said.paragraphs;
    let heading = wanted.paragraph.and_then(|n| paragraphs.get(n.checked_sub(1)?));
    let Some(heading) = heading else { return true };
    paragraphs[line].leads.iter().all(|name| heading.bookmarks.contains(name))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c) && !crate::fonts::is_invisible(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    #[test]
    fn contents_empty_changed_or_astray() {
        let finds = |from: &str, to: &str| -> Vec<&str> {
            File::new().with("document", from, to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(
            finds("<w:t>修好 老街</w:t></w:r><w:r><w:tab/>", "</w:r><w:r><w:tab/>"),
            ["verify-contents-empty"]
        );
        assert_eq!(finds("修好 老街", "修好 老巷"), ["verify-entry-missing", "verify-entry-foreign"]);
        assert_eq!(finds("w:anchor=\"b1\"", "w:anchor=\"b2\""), ["verify-line-astray"]);
        let mut none = File::new().with("document", " TOC ", " X ");
        assert_eq!(none.finds(&RULE)[0].0, "verify-contents-empty");
        none.expected.contents = false;
        assert_eq!(none.finds(&RULE), []);
    }
}

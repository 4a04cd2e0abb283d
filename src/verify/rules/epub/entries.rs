//! Lists that lead to the speeches: what they have to say and where each line has to lead.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp};

use crate::fonts::is_invisible;
use crate::messages::Say;
use crate::tree::Span;
use crate::verify::epub::{Document, resolved};
use crate::verify::flow::Place;
use crate::verify::rules::short;
use crate::verify::units::is_blank;
use crate::verify::{Ebook, Finding, UnitKind};

/// Lines that are compared: more than any book has.
const MOST_LINES: usize = 20_000;
/// What a book puts into its contents beside speeches and parts.
const OWN: &[&str] = &["导语", "目录", "发言人索引", "书名页", "封面", "版权页", "前言"];

/// A line of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Without blanks.
    pub(super) label: String,
    pub(super) href: String,
    pub(super) line: usize,
    /// Counted from 1.
    pub(super) depth: usize,
}

/// A line that a list has to have.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Without blanks, and with the speakers behind it.
    pub(super) label: String,
    pub(super) with_names: String,
    span: Option<Span>,
    /// The document it stands in.
    pub(super) document: Option<String>,
}

/// A text without what nobody sees.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c) && !is_invisible(*c)).collect()
}

/// The lines of a `nav`.
pub(super) fn of_nav(document: &Document, nav: usize) -> Vec<Entry> {
    let xml = &document.xml;
    let depth =
        |k: usize| xml.around(k).take_while(|n| n.name() != "nav").filter(|n| n.name() == "ol").count();
    let entry = |k: usize| Entry {
        label: bare(&xml.text(k)),
        href: xml.nodes[k].attribute("href").unwrap_or_default().to_owned(),
        line: xml.nodes[k].line,
        depth: depth(k),
    };
    xml.named(nav, "a").map(entry).collect()
}

/// The points of an NCX, or its pages.
pub(super) fn of_ncx(document: &Document, kind: &str) -> Vec<Entry> {
    let xml = &document.xml;
    let points = (0..xml.nodes.len()).filter(|k| xml.nodes[*k].name() == kind);
    points
        .map(|k| {
            let own = |name: &'static str| {
                xml.named(k, name).find(|n| {
                    let mut around = xml.around(*n);
                    // A point's own, not that of a point inside it.
                    around.find(|a| a.name() == kind).is_some_and(|a| std::ptr::eq(a, &xml.nodes[k]))
                })
            };
            let href = own("content").and_then(|c| xml.nodes[c].attribute("src"));
            Entry {
                label: own("text").map(|t| bare(&xml.text(t))).unwrap_or_default(),
                href: href.unwrap_or_default().to_owned(),
                line: xml.nodes[k].line,
                depth: 1 + xml.around(k).filter(|n| n.name() == kind).count(),
            }
        })
        .collect()
}

/// The parts and speeches of the tree.
pub(super) fn wanted(subject: &Ebook<'_>) -> Vec<Wanted> {
    let place = |kind: UnitKind, id: &str| {
        let found = subject.units.iter().position(|u| u.kind == kind && u.id.as_str() == id);
        found.and_then(|k| subject.document_of(k)).map(str::to_owned)
    };
    let mut out = Vec::new();
    let mut part = None;
    for speech in &subject.tree.speeches {
        if speech.part != part {
            part.clone_from(&speech.part);
            let found = subject.tree.parts.iter().find(|p| Some(&p.id) == part.as_ref());
            if let Some(part) = found.filter(|p| !bare(&p.title).is_empty()) {
                let label = bare(&part.title);
                let document = place(UnitKind::Part, part.id.as_str());
                out.push(Wanted { with_names: label.clone(), label, span: part.span, document });
            }
        }
        let names = names(speech);
        let heading = bare(&speech.heading.display());
        let document = match heading.is_empty() {
            true => subject.document_of_speech(speech.id.as_str()).map(str::to_owned),
            false => place(UnitKind::Heading, speech.heading.id.as_str()),
        };
        let label = if heading.is_empty() { names.clone() } else { heading };
        if !label.is_empty() {
            let with_names = format!("{label}{names}");
            out.push(Wanted { with_names, label, span: speech.span, document });
        }
    }
    out
}

/// Who speaks, as lists have it.
fn names(speech: &crate::tree::Speech) -> String {
    let names = speech.speakers.iter().map(|s| {
        bare(if s.name.is_empty() { s.organisation.as_deref().unwrap_or_default() } else { &s.name })
    });
    names.filter(|n| !n.is_empty()).collect::<Vec<_>>().join("、")
}

/// Holds a list against what it has to be; gives how many lines are right.
pub(super) fn compare(
    subject: &Ebook<'_>,
    wanted: &[Wanted],
    entries: &[Entry],
    path: &str,
    findings: &mut Vec<Finding>,
) -> usize {
    // A line says its heading, with or without who speaks.
    let of_wanted: Vec<&str> = wanted.iter().take(MOST_LINES).map(|w| w.label.as_str()).collect();
    let by_names: BTreeMap<&str, &str> =
        wanted.iter().map(|w| (w.with_names.as_str(), w.label.as_str())).collect();
    let known: BTreeSet<&str> = of_wanted.iter().copied().collect();
    let said = entries.iter().take(MOST_LINES).filter(|e| !is_own(subject, e, path, &known));
    let said: Vec<&Entry> = said.collect();
    let of_entries: Vec<&str> =
        said.iter().map(|e| by_names.get(e.label.as_str()).copied().unwrap_or(e.label.as_str())).collect();
    // The contents of another book: nothing is gained by a line for each.
    let shared = of_entries.iter().filter(|e| known.contains(*e)).count();
    if 2 * shared < of_entries.len() && of_entries.len() > 200 {
        findings.push(Finding::of(Say::new("verify-entries-other")).in_file(Some(Place::part(path))));
        return shared;
    }
    let mut right = 0;
    for op in similar::capture_diff_slices(Algorithm::Patience, &of_wanted, &of_entries) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for k in 0..len {
                let (wanted, entry) = (&wanted[old_index + k], said[new_index + k]);
                let place = Some(Place::line(path, entry.line));
                let leads = resolved(path, &entry.href).map(|(path, _)| path);
                if wanted.document.is_some() && leads != wanted.document {
                    let say = Say::new("verify-entry-leads").with("label", short(&entry.label));
                    let say = say.with("is", leads.unwrap_or_default());
                    let say = say.with("wanted", wanted.document.clone().unwrap_or_default());
                    findings.push(Finding::of(say).at(wanted.span).in_file(place));
                } else {
                    right += 1;
                }
            }
            continue;
        }
        for wanted in op.old_range().map(|k| &wanted[k]) {
            let say = Say::new("verify-entry-missing").with("label", short(&wanted.label));
            findings.push(Finding::of(say).at(wanted.span).in_file(Some(Place::part(path))));
        }
        for entry in op.new_range().map(|k| said[k]) {
            let say = Say::new("verify-entry-foreign").with("label", short(&entry.label));
            findings.push(Finding::of(say).in_file(Some(Place::line(path, entry.line))));
        }
    }
    right
}

/// Whether a line is the book's own: a fixed word, its title, or a file without a heading.
fn is_own(subject: &Ebook<'_>, entry: &Entry, path: &str, wanted: &BTreeSet<&str>) -> bool {
    if wanted.contains(entry.label.as_str()) {
        return false;
    }
    let stem = resolved(path, &entry.href).map(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default().to_owned()
    });
    OWN.contains(&entry.label.as_str())
        || entry.label == bare(&subject.tree.title)
        || (stem.is_some() && stem.as_deref() == Some(entry.label.as_str()))
}

//! A note is referred to by `epub:type="noteref"`, stands in the same document, at the end of its speech, and leads
//! back; it is no `aside` in the flow of the text.
//!
//! Apple Books takes `aside` footnotes out of the page, so that those who do not touch the mark never see them,
//! and Kobo shows them in the middle of the text (kobolabs/epub-spec #59; Apple Books Asset Guide, pop-up
//! footnotes). What carries `noteref` pops up in both, and is a link in all others.

use std::collections::BTreeSet;

use crate::messages::Say;
use crate::verify::epub::Document;
use crate::verify::flow::Place;
use crate::verify::package::Node;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/notes",
    source: "EPUB Structural Semantics Vocabulary, noteref; Apple Books Asset Guide; kobolabs/epub-spec #59",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let (mut notes, mut references, mut findings) = (0, 0, Vec::new());
    for document in &subject.epub.documents {
        let mut tell = |node: &Node, say: Say| {
            findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, node.line))));
        };
        let own: BTreeSet<&str> =
            document.xml.nodes.iter().filter(|n| is_note(n)).filter_map(|n| n.attribute("id")).collect();
        let marks = marks(document);
        let references_of = document.xml.nodes.iter().filter(|n| is_reference(n));
        let targets: BTreeSet<&str> =
            references_of.filter_map(|n| n.attribute("href")?.strip_prefix('#')).collect();
        for (k, node) in document.xml.nodes.iter().enumerate() {
            if is_reference(node) {
                references += 1;
                let target = node.attribute("href").unwrap_or_default();
                if !node.says("epub:type", "noteref") {
                    tell(node, Say::new("verify-note-untyped").with("href", target));
                }
                let is_there = target.strip_prefix('#').is_some_and(|id| own.contains(id));
                if !is_there {
                    tell(node, Say::new("verify-note-dead").with("href", target));
                }
            }
            if is_note(node) {
                notes += 1;
                let id = node.attribute("id").unwrap_or_default();
                if node.name() == "aside" {
                    tell(node, Say::new("verify-note-aside").with("id", id));
                } else if targets.contains(id) && !leads_back(document, k, &marks) {
                    tell(node, Say::new("verify-note-no-way-back").with("id", id));
                }
            }
        }
    }
    let figure = Say::new("verify-notes-figure").count("notes", notes).count("references", references);
    Measured::of(figure, findings)
}

fn is_reference(node: &Node) -> bool {
    node.name() == "a" && (node.says("epub:type", "noteref") || node.says("role", "doc-noteref"))
}

fn is_note(node: &Node) -> bool {
    ["footnote", "endnote", "rearnote"].iter().any(|t| node.says("epub:type", t))
        || ["doc-footnote", "doc-endnote"].iter().any(|r| node.says("role", r))
}

/// Whether a note holds a link to a reference, by the references' ids and those around them.
fn leads_back(document: &Document, note: usize, marks: &BTreeSet<&str>) -> bool {
    let xml = &document.xml;
    let hrefs = xml.named(note, "a").filter_map(|k| xml.nodes[k].attribute("href")?.strip_prefix('#'));
    hrefs.into_iter().any(|id| marks.contains(id))
}

/// The ids of references, and of what stands right around one: `sup`.
fn marks(document: &Document) -> BTreeSet<&str> {
    let nodes = &document.xml.nodes;
    let references = nodes.iter().filter(|n| is_reference(n));
    references
        .flat_map(|n| [Some(n), nodes.get(n.parent)])
        .flatten()
        .filter_map(|n| n.attribute("id"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn notes_that_readers_lose() {
        let finds = |from: &str, to: &str| -> Vec<&str> {
            Book::new().with("s01.xhtml", from, to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(finds("href=\"#n1\"", "href=\"#n9\""), ["verify-note-dead"]);
        assert_eq!(finds("href=\"#r1\"", "href=\"#n1\""), ["verify-note-no-way-back"]);
        assert_eq!(finds("epub:type=\"noteref\"", ""), ["verify-note-untyped"]);
        let aside =
            "<section epub:type=\"endnotes\"><aside id=\"n3\" epub:type=\"footnote\"><p>乙</p></aside>";
        assert_eq!(finds("<section epub:type=\"endnotes\">", aside), ["verify-note-aside"]);
    }
}

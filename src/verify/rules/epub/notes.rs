//! A note is referred to by `epub:type="noteref"`, stands in the same document, at the end of its speech, and leads
//! back; it is no `aside` in the flow of the text.
//!
//! Apple Books takes `aside` footnotes out of the page, so that those who do not touch the mark never see them,
//! and Kobo shows them in the middle of the text (kobolabs/epub-spec #59; Apple Books Asset Guide, pop-up
//! footnotes); calibre, Kindle and 微信读书 show an `aside` as words of the text (yann0917/dedao-gui #45). What carries
//! `noteref` pops up in Apple Books and Kobo, and is a link in all others.
//!
//! 多看 pops up what a link of the class `duokan-footnote` leads to. Notes in a list of the class
//! `duokan-footnote-content` it does not show on the page at all (多看电子书规范扩展开放计划, 富文本脚注), and Readest hides
//! them too; there a mark must be a picture, so that a note whose mark is text could not be reached. A mark that is a
//! picture and nothing else could not be touched in KOReader (koreader/koreader #11451).

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
        let (marks, popping_up) = (marks(document), popping_up(document));
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
                let is_picture = document.xml.named(k, "img").next().is_some();
                if is_picture && document.xml.text(k).trim().is_empty() {
                    tell(node, Say::new("verify-note-picture").with("href", target));
                }
            }
            if is_note(node) {
                notes += 1;
                let id = node.attribute("id").unwrap_or_default();
                if node.name() == "aside" {
                    tell(node, Say::new("verify-note-aside").with("id", id));
                } else if is_taken_out(document, k) && !popping_up.contains(id) {
                    tell(node, Say::new("verify-note-hidden").with("id", id));
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

/// Whether 多看 and its like leave a note out of the page.
fn is_taken_out(document: &Document, note: usize) -> bool {
    let is_class =
        |n: &Node| ["duokan-footnote-content", "duokan-footnote-item"].iter().any(|c| n.says("class", c));
    is_class(&document.xml.nodes[note]) || document.xml.around(note).any(is_class)
}

/// The notes that 多看 shows when their marks are touched, by id.
fn popping_up(document: &Document) -> BTreeSet<&str> {
    let xml = &document.xml;
    let marks = xml.nodes.iter().enumerate().filter(|(_, n)| n.says("class", "duokan-footnote"));
    let with_pictures = marks.filter(|(k, _)| xml.named(*k, "img").next().is_some());
    with_pictures.filter_map(|(_, n)| n.attribute("href")?.strip_prefix('#')).collect()
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
        let picture = "role=\"doc-noteref\"><img src=\"a.png\" alt=\"1\"/></a>。";
        assert_eq!(finds("role=\"doc-noteref\">1</a>。", picture), ["verify-note-picture"]);
    }

    #[test]
    fn notes_that_are_left_out_of_the_page() {
        let list = |class: &str| {
            Book::new().with("s01.xhtml", "<ol><li id", &format!("<ol class=\"{class}\"><li id"))
        };
        let told = [("verify-note-hidden", "s01.xhtml".to_owned())];
        assert_eq!(list("duokan-footnote-content").finds(&RULE), told);
        assert_eq!(list("list").finds(&RULE), []);
        let item =
            Book::new().with("s01.xhtml", "<li id=\"n1\"", "<li id=\"n1\" class=\"duokan-footnote-item\"");
        assert_eq!(item.finds(&RULE), told);
        // As 多看 asks for it: a picture, and a number for others.
        let mark = "class=\"duokan-footnote\" role=\"doc-noteref\">1<img src=\"a.png\" alt=\"\"/></a>。";
        let whole = list("duokan-footnote-content").with("s01.xhtml", "role=\"doc-noteref\">1</a>。", mark);
        assert_eq!(whole.finds(&RULE), []);
    }
}

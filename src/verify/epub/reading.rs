//! What each piece of a document is to its reader: the text of the book, or what is put around it.
//!
//! Told by the words of the standard where it has some (EPUB Structural Semantics, DPUB-ARIA), so that a
//! stranger's book is read by the same rules. What nobody calls furniture is text.

use std::collections::BTreeSet;

use crate::verify::epub::css::{self, Selector, Style};
use crate::verify::epub::model::{Document, Epub};
use crate::verify::flow::{Flow, Place};

/// What a node of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Role {
    /// The words of the book.
    Text,
    /// Title page, contents, index: compared by rules of their own.
    Furniture,
    /// The mark of a note, where it is referred to and where it stands.
    Mark,
    /// Inside the mark of a printed page.
    PageMark,
    /// Seen by nobody.
    Hidden,
    /// No text of the page: scripts and styles.
    Nothing,
}

/// Elements that are a block of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "hgroup",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What hides.
pub(in crate::verify) fn hiding(styles: &[Style]) -> Vec<Selector> {
    styles.iter().filter(|s| is_hiding(s)).map(|s| Selector::of(&s.selector)).collect()
}

/// Whether a declaration hides.
pub(in crate::verify) fn is_hiding(style: &Style) -> bool {
    // What is hidden on paper or for a wide screen only is seen by those who read the book.
    let is_seen = style.around.contains("print") || style.around.contains("@supports not");
    hides(&style.property, &style.value) && !is_seen
}

fn hides(property: &str, value: &str) -> bool {
    let value = value.trim().to_lowercase();
    let is_nothing = || {
        let number = value.trim_end_matches(|c: char| c.is_alphabetic() || c == '%');
        number.parse::<f64>().is_ok_and(|n| n.abs() < 0.01)
    };
    match property {
        "display" => value == "none",
        "visibility" => value == "hidden" || value == "collapse",
        "opacity" | "font-size" => is_nothing(),
        "color" => value == "transparent",
        "content-visibility" => value == "hidden",
        _ => false,
    }
}

/// The role of every node, in the order of the document's nodes.
pub(in crate::verify) fn roles(document: &Document, hiding: &[Selector], is_nav: bool) -> Vec<Role> {
    let nodes = &document.xml.nodes;
    let mut roles: Vec<Role> = Vec::with_capacity(nodes.len());
    for (k, node) in nodes.iter().enumerate() {
        let outer = if node.parent == k { Role::Text } else { roles[node.parent] };
        let own = match node.name() {
            "" => Role::Text,
            "head" | "script" | "style" | "template" => Role::Nothing,
            _ if is_hidden(document, k, hiding) && !(is_nav && outer == Role::Furniture) => Role::Hidden,
            "nav" => Role::Furniture,
            _ if node.says("epub:type", "pagebreak") || node.says("role", "doc-pagebreak") => Role::PageMark,
            _ if ["noteref", "backlink"].iter().any(|t| node.says("epub:type", t)) => Role::Mark,
            _ if ["doc-noteref", "doc-backlink"].iter().any(|r| node.says("role", r)) => Role::Mark,
            _ if node.says("epub:type", "index") || node.says("role", "doc-index") => Role::Furniture,
            "body" if is_nav => Role::Furniture,
            _ => Role::Text,
        };
        // What is inside a thing is that thing, unless nothing of it is seen.
        roles.push(match (outer, own) {
            (Role::Text, own) => own,
            (Role::Nothing | Role::Hidden, _) => outer,
            (_, Role::Hidden | Role::Nothing | Role::PageMark) => own,
            _ => outer,
        });
    }
    roles
}

fn is_hidden(document: &Document, node: usize, hiding: &[Selector]) -> bool {
    let own = &document.xml.nodes[node];
    let by_attribute = own.attribute("hidden").is_some() || own.attribute("aria-hidden") == Some("true");
    // The landmarks and the list of pages are lists for programs (EPUB 3.3, 5.4.2.3).
    if own.name() == "nav" && !own.says("epub:type", "toc") && own.attribute("epub:type").is_some() {
        return false;
    }
    by_attribute
        || own.attribute("style").is_some_and(|s| css::inline(s).iter().any(|(p, v)| hides(p, v)))
        || hiding.iter().any(|s| s.means(&document.xml, node))
}

/// What is read of a book.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Read {
    /// The words, document by document.
    pub(in crate::verify) flow: Flow,
    /// Text nobody sees: where, and what.
    pub(in crate::verify) hidden: Vec<(Place, String)>,
}

/// Goes through the spine.
///
/// `pictures` is what the tree's pictures show in words: it stands in the place of one that is missing.
pub(in crate::verify) fn read(
    epub: &Epub,
    is_front: impl Fn(&Document) -> bool,
    pictures: &BTreeSet<&str>,
) -> Read {
    let hiding = hiding(&epub.styles);
    let mut out = Read::default();
    for (k, document) in epub.read_in_order().iter().enumerate() {
        let roles = roles(document, &hiding, epub.nav == Some(k));
        let is_front = is_front(document);
        let xml = &document.xml;
        // Where the block that was opened last ends.
        let mut ends: Vec<usize> = Vec::new();
        for (at, node) in xml.nodes.iter().enumerate() {
            let place = || Place::line(&document.path, node.line);
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
                out.flow.begin(place());
            }
            if BLOCKS.contains(&node.name()) {
                out.flow.begin(place());
                ends.push(node.end);
            }
            if node.name() == "br" {
                out.flow.line_end();
            }
            let text = node.text();
            match roles[at] {
                Role::Text if text.trim().is_empty() => out.flow.push(text),
                _ if text.trim().is_empty() => {}
                Role::Text if is_front && !is_title(document, at) => {}
                Role::Text if pictures.contains(text.trim()) && is_in_figure(document, at) => {}
                Role::Text if !is_own_heading(document, at) && !is_bare_mark(document, at) => {
                    out.flow.push(text)
                }
                Role::Hidden => out.hidden.push((place(), text.trim().to_owned())),
                _ => {}
            }
        }
    }
    out
}

/// In a figure, and not its caption.
fn is_in_figure(document: &Document, text: usize) -> bool {
    let around = || document.xml.around(text).map(crate::verify::package::Node::name);
    around().any(|n| n == "figure") && !around().any(|n| n == "figcaption")
}

/// On a title page: name and number of the briefing, issuer and date are no words of the tree.
fn is_title(document: &Document, text: usize) -> bool {
    let is_known = |n: &crate::verify::package::Node| {
        matches!(n.name(), "h1" | "h2") || n.says("class", "event") || n.says("epub:type", "subtitle")
    };
    document.xml.around(text).any(is_known)
}

/// A heading that a book puts over its introduction.
fn is_own_heading(document: &Document, text: usize) -> bool {
    const WORDS: &[&str] = &["导语", "前言", "编者按", "注释"];
    let xml = &document.xml;
    let is_heading = || xml.around(text).any(|n| matches!(n.name(), "h1" | "h2"));
    WORDS.contains(&xml.nodes[text].text().trim()) && is_heading()
}

/// The mark of a note nobody refers to, which leads nowhere back.
fn is_bare_mark(document: &Document, text: usize) -> bool {
    let is_mark = |n: &crate::verify::package::Node| n.name() == "span" && n.says("class", "mark");
    let is_note = |n: &crate::verify::package::Node| {
        ["endnote", "footnote", "rearnote"].iter().any(|t| n.says("epub:type", t))
    };
    let is_ref = |n: &crate::verify::package::Node| n.name() == "sup" && n.says("class", "noteref");
    let xml = &document.xml;
    let is_short = xml.nodes[text].text().trim().chars().count() <= 6;
    is_short
        && (xml.around(text).any(is_mark) && xml.around(text).any(is_note) || xml.around(text).any(is_ref))
}

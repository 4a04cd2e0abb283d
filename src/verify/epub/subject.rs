//! An e-book beside the tree it was made of, measured once for the rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Block, BlockKind, Proceedings};
use crate::verify::epub::model::{Document, Epub};
use crate::verify::epub::package::resolved;
use crate::verify::epub::reading::{self, Role, roles};
use crate::verify::flow::{Compared, Place, compare};
use crate::verify::{Unit, UnitKind, units};

/// One finished e-book.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ebook<'a> {
    /// The book.
    pub epub: &'a Epub,
    /// The tree.
    pub tree: &'a Proceedings,
    /// The pieces of the tree's text, notes behind what refers to them.
    pub units: Vec<Unit>,
    pub(in crate::verify) compared: Compared,
    pub(in crate::verify) hidden: Vec<(Place, String)>,
    /// The roles of the nodes of each document.
    pub(in crate::verify) roles: Vec<Vec<Role>>,
    /// The ids of each document, by its name.
    ids: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// All files of the archive.
    names: BTreeSet<&'a str>,
    /// Where the first words of each speech, part or lede stand.
    starts: BTreeMap<String, String>,
}

impl<'a> Ebook<'a> {
    /// Finds the tree's text in the book.
    #[must_use]
    pub fn new(epub: &'a Epub, tree: &'a Proceedings) -> Self {
        let units = with_notes_last(units::of(tree));
        let fronts: Vec<String> = fronts(epub);
        let read = reading::read(epub, |d| fronts.contains(&d.path), &shown(tree));
        let compared = compare(&units, &read.flow, tree);
        let hiding = reading::hiding(&epub.styles);
        let each = epub.documents.iter().enumerate();
        let roles = each.map(|(k, d)| roles(d, &hiding, epub.nav == Some(k))).collect();
        let ids_of = |d: &'a Document| d.xml.nodes.iter().filter_map(|n| n.attribute("id")).collect();
        let ids = epub.documents.iter().map(|d| (d.path.as_str(), ids_of(d))).collect();
        let names = epub.names.iter().map(String::as_str).collect();
        let mut starts = BTreeMap::new();
        for (unit, place) in units.iter().zip(&compared.places) {
            if let Some(place) = place {
                starts.entry(owner(unit).to_owned()).or_insert_with(|| place.part.clone());
            }
        }
        Self { epub, tree, units, compared, hidden: read.hidden, roles, ids, names, starts }
    }

    /// The document where a piece of the tree stands.
    #[must_use]
    pub fn document_of(&self, unit: usize) -> Option<&str> {
        self.compared.places.get(unit)?.as_ref().map(|p| p.part.as_str())
    }

    /// The document where a speech or a part begins.
    pub(in crate::verify) fn document_of_speech(&self, id: &str) -> Option<&str> {
        self.starts.get(id).map(String::as_str)
    }

    /// Whether a link of a document leads to something: the file, and the place in it.
    pub(in crate::verify) fn leads(&self, from: &str, href: &str) -> bool {
        let Some((path, fragment)) = resolved(from, href) else { return true };
        match self.ids.get(path.as_str()) {
            Some(ids) => fragment.is_empty() || ids.contains(fragment.as_str()),
            None => fragment.is_empty() && self.names.contains(path.as_str()),
        }
    }
}

/// The speech, part or lede a piece belongs to.
fn owner(unit: &Unit) -> &str {
    unit.id.as_str().split('.').next().unwrap_or_default()
}

/// What the tree's pictures show, in words.
fn shown(tree: &Proceedings) -> BTreeSet<&str> {
    let mut words = BTreeSet::new();
    let intros = tree.parts.iter().flat_map(|p| &p.intro);
    let mut open: Vec<&Block> = tree.lede.iter().chain(intros).collect();
    open.extend(tree.speeches.iter().flat_map(|s| &s.body));
    while let Some(block) = open.pop() {
        match &block.kind {
            BlockKind::Figure(figure) => drop(words.insert(figure.alt.trim())),
            BlockKind::List(list) => open.extend(list.items.iter().flat_map(|i| &i.blocks)),
            BlockKind::Quote(quote) => open.extend(&quote.blocks),
            BlockKind::Note(note) => open.extend(&note.blocks),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) => {}
        }
    }
    words
}

/// Title pages and covers: what the book calls so.
fn fronts(epub: &Epub) -> Vec<String> {
    let called = |document: &Document, kind: &str| {
        document.xml.nodes.iter().any(|n| matches!(n.name(), "body" | "section") && n.says("epub:type", kind))
    };
    let kinds = ["titlepage", "halftitlepage", "cover", "copyright-page", "colophon"];
    let own =
        epub.read_in_order().iter().filter(|d| kinds.iter().any(|k| called(d, k))).map(|d| d.path.clone());
    let mut fronts: Vec<String> = own.collect();
    if let Some((nav, at)) = epub.nav_of("landmarks") {
        for k in nav.xml.named(at, "a") {
            let link = &nav.xml.nodes[k];
            if kinds.iter().any(|kind| link.says("epub:type", kind)) {
                fronts.extend(
                    link.attribute("href").and_then(|h| resolved(&nav.path, h)).map(|(path, _)| path),
                );
            }
        }
    }
    fronts
}

/// The notes of a speech behind its words, as an e-book has them.
fn with_notes_last(units: Vec<Unit>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for group in units.chunk_by(|a, b| owner(a) == owner(b)) {
        let (notes, words): (Vec<&Unit>, Vec<&Unit>) = group.iter().partition(|u| u.kind == UnitKind::Note);
        out.extend(words.into_iter().chain(notes).cloned());
    }
    out
}

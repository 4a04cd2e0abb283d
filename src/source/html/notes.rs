//! Notes as pandoc writes them: a list at the end, references by `href`; and where links stand.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::html::dom::{Data, Dom, Id};
use crate::tree::{FileId, NodeId};

/// The notes of a page, and the texts that are links.
#[derive(Default)]
pub(super) struct Notes {
    sections: BTreeMap<Id, Vec<(Id, NodeId, String)>>,
    by_anchor: BTreeMap<String, (NodeId, String)>,
    /// Texts inside links, in order.
    linked: Vec<Range<usize>>,
}

impl Notes {
    /// Finds the sections of notes in a page.
    pub(super) fn of(dom: &Dom<'_>, file: FileId, ends: &[Id]) -> Self {
        let mut notes = Notes { linked: linked(dom, ends), ..Notes::default() };
        let mut past = 0;
        for id in 1..dom.nodes.len() {
            let is_section = matches!(dom.name(id), "section" | "div" | "aside")
                && (dom.attribute(id, "role") == Some("doc-endnotes")
                    || dom.words(id).any(|w| w == "footnotes"));
            if !is_section || id <= past {
                continue;
            }
            past = ends.get(id).copied().unwrap_or(id);
            let is_note = |k: &Id| dom.name(*k) == "li" && dom.attribute(*k, "id").is_some();
            for item in (id..=past).filter(is_note) {
                let count = notes.by_anchor.len();
                let note = NodeId::new(format!("note-{}-{count}", file.0));
                let label = (count + 1).to_string();
                let anchor = dom.attribute(item, "id").unwrap_or("").to_owned();
                notes.by_anchor.insert(anchor, (note.clone(), label.clone()));
                notes.sections.entry(id).or_default().push((item, note, label));
            }
        }
        notes
    }

    /// Whether an element is a list of notes.
    pub(super) fn is_section(&self, id: Id) -> bool {
        self.sections.contains_key(&id)
    }

    /// The items of a list of notes, with id and label.
    pub(super) fn of_section(&self, id: Id) -> Vec<(Id, NodeId, String)> {
        self.sections.get(&id).cloned().unwrap_or_default()
    }

    /// The note a link refers to.
    pub(super) fn reference(&self, dom: &Dom<'_>, link: Id) -> Option<(NodeId, String)> {
        let is_mark = dom.attribute(link, "role") == Some("doc-noteref")
            || dom.words(link).any(|w| w == "footnote-ref");
        let anchor = dom.attribute(link, "href")?.strip_prefix('#')?;
        self.by_anchor.get(anchor).filter(|_| is_mark).cloned()
    }

    /// Whether a link leads from a note back to its mark.
    pub(super) fn is_backlink(&self, dom: &Dom<'_>, link: Id) -> bool {
        dom.attribute(link, "role") == Some("doc-backlink") || dom.words(link).any(|w| w == "footnote-back")
    }

    /// Whether the text at a byte stands in a link.
    pub(super) fn is_linked(&self, at: usize) -> bool {
        let k = self.linked.partition_point(|r| r.end <= at);
        self.linked.get(k).is_some_and(|r| r.start <= at)
    }
}

fn linked(dom: &Dom<'_>, ends: &[Id]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut past = 0;
    for (id, node) in dom.nodes.iter().enumerate() {
        if dom.name(id) == "a" && dom.attribute(id, "href").is_some() {
            past = past.max(ends.get(id).copied().unwrap_or(id));
        }
        if let Data::Text(range) = &node.data
            && id <= past
        {
            found.push(range.clone());
        }
    }
    found
}

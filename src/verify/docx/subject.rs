//! A Word file beside the tree it was made of, measured once for the rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Block, Inline, Proceedings};
use crate::verify::docx::model::{Docx, Part};
use crate::verify::docx::reading::{Said, read};
use crate::verify::docx::styles::Styles;
use crate::verify::flow::{Compared, compare};
use crate::verify::{Expected, Unit, UnitKind, units};

/// One finished Word file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Word<'a> {
    /// The file.
    pub docx: &'a Docx,
    /// The tree.
    pub tree: &'a Proceedings,
    /// What is expected.
    pub expected: &'a Expected,
    /// The pieces of the tree's text that stand in the text itself.
    pub units: Vec<Unit>,
    pub(in crate::verify) styles: Styles,
    /// The text, and what came of comparing it.
    pub(in crate::verify) said: Said,
    pub(in crate::verify) compared: Compared,
    /// The same of the notes.
    pub(in crate::verify) notes: Compared,
    pub(in crate::verify) hidden_in_notes: Vec<(crate::verify::Place, String)>,
}

impl<'a> Word<'a> {
    /// Finds the tree's text in the file.
    #[must_use]
    pub fn new(docx: &'a Docx, tree: &'a Proceedings, expected: &'a Expected) -> Self {
        let styles = Styles::of(docx);
        let mut said = Said { status: tree.meta.other.get("status").cloned(), ..Said::default() };
        if !docx.document.xml.nodes.is_empty() {
            read(&docx.document, 0, &styles, &mut said);
        }
        let mut notes = Said::default();
        let mut taken = BTreeSet::new();
        let by_id = [docx.footnotes.as_ref(), docx.endnotes.as_ref()].map(|p| (p, notes_in(p)));
        for (id, is_end) in &said.notes {
            let (part, notes_of) = &by_id[usize::from(*is_end)];
            if let (Some(part), Some(node)) = (part, notes_of.get(id.as_str()).copied())
                && taken.insert((*is_end, node))
            {
                read(part, node, &styles, &mut notes);
            }
        }
        let referred = referred(tree);
        let is_foot = |u: &Unit| {
            let owner = u.id.as_str().rsplit_once('.').map_or("", |(owner, _)| owner);
            let mut around =
                std::iter::successors(Some(owner), |o| o.rsplit_once('.').map(|(outer, _)| outer));
            u.kind == UnitKind::Note && around.any(|id| referred.contains(id))
        };
        let (foot, text): (Vec<Unit>, Vec<Unit>) = units::of(tree).into_iter().partition(is_foot);
        let compared = compare(&text, &said.flow, tree);
        let of_notes = compare(&foot, &notes.flow, tree);
        Self {
            docx,
            tree,
            expected,
            units: text,
            styles,
            said,
            compared,
            notes: of_notes,
            hidden_in_notes: notes.hidden,
        }
    }
}

/// The notes of a part by id.
fn notes_in(part: Option<&Part>) -> BTreeMap<&str, usize> {
    let nodes = part.map_or(&[][..], |p| p.xml.nodes.as_slice());
    let notes = nodes.iter().enumerate().filter(|(_, n)| matches!(n.name(), "w:footnote" | "w:endnote"));
    notes.filter_map(|(k, n)| Some((n.attribute("w:id")?, k))).collect()
}

/// The notes that words of the text refer to. A reference inside a note makes no footnote in Word.
fn referred(tree: &Proceedings) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let intros = tree.parts.iter().flat_map(|p| &p.intro);
    let bodies = tree.speeches.iter().flat_map(|s| &s.body);
    let blocks = tree.lede.iter().chain(intros).chain(bodies);
    for block in blocks.filter(|b| !matches!(b.kind, crate::tree::BlockKind::Note(_))) {
        in_block(block, &mut found);
    }
    for speech in &tree.speeches {
        in_inlines(&speech.heading.inlines, &mut found);
    }
    found
}

fn in_block<'t>(block: &'t Block, found: &mut BTreeSet<&'t str>) {
    block.inline_lists(&mut |inlines| in_inlines(inlines, found));
}

fn in_inlines<'t>(inlines: &'t [Inline], found: &mut BTreeSet<&'t str>) {
    let mut open: Vec<&Inline> = inlines.iter().collect();
    while let Some(inline) = open.pop() {
        match inline {
            Inline::NoteRef { note, .. } => drop(found.insert(note.as_str())),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                open.extend(content);
            }
            Inline::Text { .. } | Inline::Break => {}
        }
    }
}

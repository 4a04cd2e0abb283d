//! Notes to footnotes. Word numbers them itself, so that a note may be moved; marks are furniture.

use docx_rs::{DocumentChild, Footnote, Paragraph, ParagraphChild, Run};

use crate::tree::NodeId;

use super::blocks::Place;
use super::inline::{Look, field, text_run};
use super::styles;
use super::writer::Writer;
use super::xml::{Element, Node};

const MARK: Look = Look(Some(styles::NOTE_MARK));

impl Writer<'_> {
    /// A reference: the footnote where the note is met first, then fields that repeat its number.
    /// Inside a note, where Word allows no footnote, only the mark.
    pub(super) fn note_reference(&mut self, paragraph: Paragraph, id: &NodeId, label: &str) -> Paragraph {
        if let Some((number, bookmark)) = self.placed.get(id).filter(|_| !self.in_note) {
            let runs = field(&format!("NOTEREF {bookmark} \\h"), &number.to_string(), MARK);
            return runs.into_iter().fold(paragraph, Paragraph::add_run);
        }
        let Some(note) = self.notes.get(id).copied().filter(|_| !self.in_note) else {
            return paragraph.add_run(text_run(label, MARK));
        };
        let number = self.placed.len() + 1;
        let name = self.bookmark_name(id);
        let bookmark = self.bookmark_id();
        self.placed.insert(id.clone(), (number, name.clone()));
        let content = self.note_content(note);
        let run = Run::new().add_footnote_reference(Footnote { id: number, content });
        paragraph.add_bookmark_start(bookmark, name).add_run(run).add_bookmark_end(bookmark)
    }

    fn note_content(&mut self, note: &crate::tree::Note) -> Vec<Paragraph> {
        let outer = std::mem::take(&mut self.blocks);
        self.in_note = true;
        self.blocks(&note.blocks, &Place::NOTE);
        self.in_note = false;
        let mut paragraphs: Vec<Paragraph> = std::mem::replace(&mut self.blocks, outer)
            .into_iter()
            .filter_map(|block| match block {
                DocumentChild::Paragraph(p) => Some(*p),
                _ => None,
            })
            .collect();
        if paragraphs.is_empty() {
            paragraphs.push(Paragraph::new().style(styles::FOOTNOTE));
        }
        paragraphs
    }

    /// A note nobody refers to, in its place.
    pub(super) fn unreferenced_note(&mut self, id: &NodeId, note: &crate::tree::Note) {
        // From here on a reference to it is only a mark: the text must not come twice.
        self.notes.remove(id);
        let start = self.blocks.len();
        self.blocks(&note.blocks, &Place::NOTE);
        if let Some(DocumentChild::Paragraph(first)) = self.blocks.get_mut(start) {
            first.children.insert(0, ParagraphChild::Run(Box::new(text_run(&note.label, MARK))));
        }
    }
}

/// `word/footnotes.xml` with the two separators Word wants and the mark that opens each note.
pub(super) fn complete(part: &mut Element) {
    for note in part.elements_mut() {
        if let Some(first) = note.elements_mut().find(|e| e.name == "w:p") {
            let at = usize::from(first.child("w:pPr").is_some());
            first.children.insert(at, Node::Element(mark()));
        }
    }
    let separators =
        [("-1", "separator", "w:separator"), ("0", "continuationSeparator", "w:continuationSeparator")];
    for (at, (id, kind, element)) in separators.into_iter().enumerate() {
        let spacing = Element::new("w:spacing").attr("w:line", "240").attr("w:lineRule", "auto");
        let run = Element::new("w:r").with(Element::new(element));
        let paragraph = Element::new("w:p").with(Element::new("w:pPr").with(spacing)).with(run);
        let note = Element::new("w:footnote").attr("w:type", kind).attr("w:id", id).with(paragraph);
        part.children.insert(at, Node::Element(note));
    }
}

fn mark() -> Element {
    let style = Element::new("w:rPr").with(Element::val("w:rStyle", styles::NOTE_MARK));
    Element::new("w:r").with(style).with(Element::new("w:footnoteRef"))
}

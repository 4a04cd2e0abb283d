//! Blocks and inlines as the templates read them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::render::pdf::missing::Missing;
use crate::render::pdf::pictures::Pictures;
use crate::tree::{
    Block, BlockKind, Cell, Figure, Inline, ListItem, NodeId, Note, Paragraph, SubHeading, plain_text,
    split_inlines,
};

/// Turns blocks into data, speech by speech.
pub(super) struct Blocks<'a> {
    pub(super) missing: Missing<'a>,
    pictures: &'a Pictures<'a>,
    /// Level of the heading everything stands under, and of the last one met.
    base: u8,
    last: u8,
    /// How deep inside quotations, lists and notes.
    depth: usize,
    in_note: bool,
    referred: BTreeSet<NodeId>,
    notes: Map<String, Value>,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(pictures: &'a Pictures<'a>, missing: Missing<'a>) -> Self {
        Self {
            missing,
            pictures,
            base: 0,
            last: 0,
            depth: 0,
            in_note: false,
            referred: BTreeSet::new(),
            notes: Map::new(),
        }
    }

    /// Begins a speech whose own heading has `level`; 0 when nothing stands over the blocks.
    pub(super) fn begin(&mut self, level: u8) {
        (self.base, self.last, self.depth) = (level, level, 0);
        self.referred.clear();
        self.notes.clear();
    }

    /// The notes of the speech that are referred to, by their id.
    pub(super) fn notes(&mut self) -> Value {
        Value::Object(std::mem::take(&mut self.notes))
    }

    /// Text as it can be printed.
    pub(super) fn text(&mut self, node: &NodeId, text: &str) -> String {
        self.missing.printable(node, text)
    }

    /// The blocks of a speech or of the lede. Notes that are referred to leave their place and
    /// wait in [`Blocks::notes`]; one that is not referred to stays a block, so that no text is
    /// lost.
    pub(super) fn list(&mut self, blocks: &[Block]) -> Vec<Value> {
        let mut out = Vec::with_capacity(blocks.len());
        let mut notes = Vec::new();
        for block in blocks {
            match &block.kind {
                BlockKind::Note(note) if self.depth == 0 => notes.push((block, note)),
                _ => out.push(self.block(block)),
            }
        }
        for (block, note) in notes {
            let data = self.note(block, note);
            if self.referred.contains(&block.id) {
                self.notes.insert(block.id.as_str().to_owned(), data);
            } else {
                out.push(data);
            }
        }
        out
    }

    fn block(&mut self, block: &Block) -> Value {
        let id = &block.id;
        match &block.kind {
            BlockKind::Paragraph(p) => self.paragraph(id, p),
            BlockKind::Heading(h) => self.heading(id, h),
            BlockKind::List(list) => {
                let items: Vec<Value> = list.items.iter().map(|i| self.item(i)).collect();
                json!({ "id": id, "type": "list", "start": list.start, "items": items })
            }
            BlockKind::Table(table) => {
                let rows: Vec<Vec<Value>> = table.rows.iter().map(|r| self.cells(id, r)).collect();
                json!({
                    "id": id, "type": "table",
                    "alignments": table.alignments,
                    "caption": self.inlines(id, &table.caption),
                    "head": self.cells(id, &table.head),
                    "rows": rows,
                })
            }
            BlockKind::Figure(figure) => self.figure(id, figure),
            BlockKind::Quote(quote) => {
                json!({ "id": id, "type": "quote", "blocks": self.inside(&quote.blocks) })
            }
            BlockKind::Note(note) => self.note(block, note),
        }
    }

    /// Blocks inside another block.
    fn inside(&mut self, blocks: &[Block]) -> Vec<Value> {
        self.depth += 1;
        let out = self.list(blocks);
        self.depth -= 1;
        out
    }

    fn paragraph(&mut self, id: &NodeId, paragraph: &Paragraph) -> Value {
        // A dash behind the topic sentence stays with it, so that no line begins with it.
        let text = plain_text(&paragraph.inlines);
        let behind = text.get(paragraph.lead..).unwrap_or_default();
        let dash = behind.len() - behind.trim_start_matches(['—', '…', '·']).len();
        let (lead, rest) = split_inlines(&paragraph.inlines, paragraph.lead + dash);
        let (lead, rest) =
            if paragraph.lead == 0 { (Vec::new(), paragraph.inlines.clone()) } else { (lead, rest) };
        json!({
            "id": id, "type": "paragraph",
            "lead": self.inlines(id, &lead),
            "inlines": self.inlines(id, &rest),
        })
    }

    fn heading(&mut self, id: &NodeId, heading: &SubHeading) -> Value {
        // PDF/UA-1 forbids headings that skip a level; a source may well do so.
        let empty = plain_text(&heading.inlines).trim().is_empty() && heading.number.is_none();
        let outline = (self.depth == 0 && !empty).then(|| (self.base + heading.level).min(self.last + 1));
        self.last = outline.unwrap_or(self.last);
        json!({
            "id": id, "type": "heading",
            "level": heading.level,
            "outline": outline,
            "number": heading.number.as_ref().map(|n| self.text(id, &n.label)),
            "inlines": self.inlines(id, &heading.inlines),
        })
    }

    fn item(&mut self, item: &ListItem) -> Value {
        json!({ "id": item.id, "blocks": self.inside(&item.blocks) })
    }

    fn cells(&mut self, id: &NodeId, cells: &[Cell]) -> Vec<Value> {
        cells.iter().map(|c| Value::Array(self.inlines(id, &c.inlines))).collect()
    }

    fn figure(&mut self, id: &NodeId, figure: &Figure) -> Value {
        // PDF/UA-1 wants words for every picture; the caption is the next best to an alternative text.
        let alt = [figure.alt.clone(), plain_text(&figure.caption)]
            .into_iter()
            .map(|t| t.chars().filter(|c| !c.is_control()).collect::<String>())
            .find(|t| !t.trim().is_empty());
        json!({
            "id": id, "type": "figure",
            "file": self.pictures.path(&figure.src),
            "alt": alt.unwrap_or_else(|| "图片".to_owned()),
            "caption": self.inlines(id, &figure.caption),
        })
    }

    fn note(&mut self, block: &Block, note: &Note) -> Value {
        let label = self.text(&block.id, &note.label);
        let outside = std::mem::replace(&mut self.in_note, true);
        let blocks = self.inside(&note.blocks);
        self.in_note = outside;
        json!({ "id": block.id, "type": "note", "label": label, "blocks": blocks })
    }

    /// Inlines; of several references to one note the first is marked.
    pub(super) fn inlines(&mut self, id: &NodeId, inlines: &[Inline]) -> Vec<Value> {
        inlines.iter().map(|i| self.inline(id, i)).collect()
    }

    fn inline(&mut self, id: &NodeId, inline: &Inline) -> Value {
        match inline {
            Inline::Text { text, .. } => json!({ "type": "text", "text": self.text(id, text) }),
            Inline::Strong { content } => json!({ "type": "strong", "content": self.inlines(id, content) }),
            Inline::Emphasis { content } => {
                json!({ "type": "emphasis", "content": self.inlines(id, content) })
            }
            Inline::Link { href, content } => {
                let content = self.inlines(id, content);
                json!({ "type": "link", "href": destination(href), "content": content })
            }
            Inline::NoteRef { note, label } => {
                // A note that refers to notes shows their marks only: notes within notes have no
                // place on the page, and two that refer to each other would never end.
                let note = (!self.in_note).then_some(note);
                let first = note.is_some_and(|n| self.referred.insert(n.clone()));
                json!({ "type": "note_ref", "note": note, "label": self.text(id, label), "first": first })
            }
            Inline::Break => json!({ "type": "break" }),
        }
    }
}

/// The destination of a link where it is one a reader's program may open.
fn destination(href: &str) -> Option<&str> {
    let opens = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| {
        href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && href.len() > scheme.len()
    });
    (opens && href.len() < 2000 && !href.contains(|c: char| c.is_control() || c.is_whitespace()))
        .then_some(href)
}

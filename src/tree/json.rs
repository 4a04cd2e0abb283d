//! The tree as JSON, both ways, and its schema.
//!
//! The JSON form says some things twice for the comfort of scripts (`text` beside `inlines`,
//! `lead` as a string). Reading checks that they agree.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::tree::{
    Alignment, Block, BlockKind, Cell, Edit, Figure, Front, Heading, Inline, List, ListItem, Meta, NodeId,
    Note, Numbering, Paragraph, Part, Proceedings, Quote, SCHEMA, SourceFile, Span, Speaker, Speech,
    SubHeading, Table, plain_text,
};

/// Why a JSON text is not a tree.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// Not JSON, or not of the tree's shape.
    #[error("not a tree: {0}")]
    Shape(#[from] serde_json::Error),
}

/// The JSON Schema of `jianbao tree`.
#[must_use]
pub fn json_schema() -> Schema {
    schemars::schema_for!(ProceedingsJson<'static>)
}

impl Proceedings {
    /// The tree as indented JSON, ending in a line end.
    ///
    /// # Errors
    /// Never for a tree made by this crate; serialising is fallible by its signature.
    pub fn to_json(&self) -> Result<String, TreeError> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }

    /// Reads what [`Proceedings::to_json`] writes.
    ///
    /// # Errors
    /// When the text is not JSON of the tree's shape, or says two different things of one node.
    pub fn from_json(text: &str) -> Result<Self, TreeError> {
        Ok(serde_json::from_str(text)?)
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Proceedings")]
struct ProceedingsJson<'a> {
    schema: u32,
    title: Cow<'a, str>,
    event: Option<Cow<'a, str>>,
    lede: Vec<String>,
    #[serde(default)]
    lede_blocks: Cow<'a, [Block]>,
    #[serde(default)]
    front: Cow<'a, Front>,
    meta: Cow<'a, Meta>,
    files: Cow<'a, [SourceFile]>,
    parts: Cow<'a, [Part]>,
    speeches: Cow<'a, [Speech]>,
    edits: Cow<'a, [Edit]>,
}

impl Serialize for Proceedings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ProceedingsJson {
            schema: SCHEMA,
            title: Cow::Borrowed(&self.title),
            event: self.event.as_deref().map(Cow::Borrowed),
            lede: self.lede.iter().map(Block::text).collect(),
            lede_blocks: Cow::Borrowed(&self.lede),
            front: Cow::Borrowed(&self.front),
            meta: Cow::Borrowed(&self.meta),
            files: Cow::Borrowed(&self.files),
            parts: Cow::Borrowed(&self.parts),
            speeches: Cow::Borrowed(&self.speeches),
            edits: Cow::Borrowed(&self.edits),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Proceedings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = ProceedingsJson::deserialize(deserializer)?;
        if json.schema != SCHEMA {
            return Err(D::Error::custom(format!("schema is {}, this version reads {SCHEMA}", json.schema)));
        }
        let mut lede = json.lede_blocks.into_owned();
        if lede.is_empty() {
            lede = json.lede.into_iter().map(|t| Block::paragraph(vec![Inline::text(t)], None)).collect();
        } else if !lede.iter().map(Block::text).eq(json.lede) {
            return Err(D::Error::custom("`lede` and `lede_blocks` differ"));
        }
        Ok(Proceedings {
            title: json.title.into_owned(),
            event: json.event.map(Cow::into_owned),
            lede,
            front: json.front.into_owned(),
            meta: json.meta.into_owned(),
            files: json.files.into_owned(),
            parts: json.parts.into_owned(),
            speeches: json.speeches.into_owned(),
            edits: json.edits.into_owned(),
        })
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Speech")]
struct SpeechJson<'a> {
    id: Cow<'a, NodeId>,
    part: Option<Cow<'a, NodeId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<Span>,
    heading: Cow<'a, Heading>,
    speakers: Cow<'a, [Speaker]>,
    body: Cow<'a, [Block]>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Heading")]
struct HeadingJson<'a> {
    #[serde(default)]
    id: Cow<'a, NodeId>,
    text: Cow<'a, str>,
    clauses: Cow<'a, [String]>,
    number: Option<Cow<'a, str>>,
    #[serde(default)]
    label: Option<Cow<'a, str>>,
    #[serde(default)]
    inlines: Cow<'a, [Inline]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<Span>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Block")]
struct BlockJson<'a> {
    id: Cow<'a, NodeId>,
    text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<Span>,
    #[serde(flatten)]
    kind: KindJson<'a>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(rename = "BlockKind")]
enum KindJson<'a> {
    Paragraph {
        #[serde(default)]
        lead: Cow<'a, str>,
        #[serde(default)]
        inlines: Cow<'a, [Inline]>,
    },
    Heading {
        level: u8,
        #[serde(default)]
        number: Option<Cow<'a, str>>,
        #[serde(default)]
        label: Option<Cow<'a, str>>,
        #[serde(default)]
        inlines: Cow<'a, [Inline]>,
    },
    List {
        start: Option<u64>,
        items: Cow<'a, [ListItem]>,
    },
    Table {
        alignments: Cow<'a, [Alignment]>,
        caption: Cow<'a, [Inline]>,
        head: Cow<'a, [Cell]>,
        rows: Cow<'a, [Vec<Cell>]>,
    },
    Figure {
        src: Cow<'a, str>,
        alt: Cow<'a, str>,
        caption: Cow<'a, [Inline]>,
    },
    Quote {
        blocks: Cow<'a, [Block]>,
    },
    Note {
        label: Cow<'a, str>,
        blocks: Cow<'a, [Block]>,
    },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Cell")]
struct CellJson<'a> {
    text: Cow<'a, str>,
    #[serde(default)]
    inlines: Cow<'a, [Inline]>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ListItem")]
struct ListItemJson<'a> {
    id: Cow<'a, NodeId>,
    blocks: Cow<'a, [Block]>,
}

/// Implements the serde traits and the schema of a node by way of its JSON form.
macro_rules! by_way_of {
    ($node:ident, $json:ident, $name:literal) => {
        impl Serialize for $node {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $json::from(self).serialize(serializer)
            }
        }
        impl<'de> Deserialize<'de> for $node {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $json::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
            }
        }
        impl JsonSchema for $node {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> Schema {
                $json::<'static>::json_schema(generator)
            }
        }
    };
}
by_way_of!(Speech, SpeechJson, "Speech");
by_way_of!(Heading, HeadingJson, "Heading");
by_way_of!(Block, BlockJson, "Block");
by_way_of!(Cell, CellJson, "Cell");
by_way_of!(ListItem, ListItemJson, "ListItem");

impl<'a> From<&'a Speech> for SpeechJson<'a> {
    fn from(s: &'a Speech) -> Self {
        Self {
            id: Cow::Borrowed(&s.id),
            part: s.part.as_ref().map(Cow::Borrowed),
            span: s.span,
            heading: Cow::Borrowed(&s.heading),
            speakers: Cow::Borrowed(&s.speakers),
            body: Cow::Borrowed(&s.body),
        }
    }
}

impl TryFrom<SpeechJson<'_>> for Speech {
    type Error = String;
    fn try_from(json: SpeechJson<'_>) -> Result<Self, String> {
        Ok(Speech {
            id: json.id.into_owned(),
            part: json.part.map(Cow::into_owned),
            span: json.span,
            heading: json.heading.into_owned(),
            speakers: json.speakers.into_owned(),
            body: json.body.into_owned(),
        })
    }
}

impl<'a> From<&'a Heading> for HeadingJson<'a> {
    fn from(h: &'a Heading) -> Self {
        Self {
            id: Cow::Borrowed(&h.id),
            text: Cow::Borrowed(&h.text),
            clauses: Cow::Borrowed(&h.clauses),
            number: h.number.as_ref().map(|n| Cow::Borrowed(n.value.as_str())),
            label: h.number.as_ref().map(|n| Cow::Borrowed(n.label.as_str())),
            inlines: Cow::Borrowed(&h.inlines),
            span: h.span,
        }
    }
}

impl TryFrom<HeadingJson<'_>> for Heading {
    type Error = String;
    fn try_from(json: HeadingJson<'_>) -> Result<Self, String> {
        let mut heading = Heading::of_clauses(json.clauses.into_owned());
        if heading.text != json.text {
            return Err(format!("heading `{}` is not its clauses joined by spaces", json.text));
        }
        heading.inlines = inlines_or_text(json.inlines, &json.text)?;
        heading.id = json.id.into_owned();
        heading.number = numbering(json.number, json.label);
        heading.span = json.span;
        Ok(heading)
    }
}

impl<'a> From<&'a Block> for BlockJson<'a> {
    fn from(block: &'a Block) -> Self {
        let text = block.text();
        let kind = match &block.kind {
            BlockKind::Paragraph(p) => KindJson::Paragraph {
                lead: Cow::Owned(text.get(..p.lead).unwrap_or_default().to_owned()),
                inlines: Cow::Borrowed(&p.inlines),
            },
            BlockKind::Heading(h) => KindJson::Heading {
                level: h.level,
                number: h.number.as_ref().map(|n| Cow::Borrowed(n.value.as_str())),
                label: h.number.as_ref().map(|n| Cow::Borrowed(n.label.as_str())),
                inlines: Cow::Borrowed(&h.inlines),
            },
            BlockKind::List(l) => KindJson::List { start: l.start, items: Cow::Borrowed(&l.items) },
            BlockKind::Table(t) => KindJson::Table {
                alignments: Cow::Borrowed(&t.alignments),
                caption: Cow::Borrowed(&t.caption),
                head: Cow::Borrowed(&t.head),
                rows: Cow::Borrowed(&t.rows),
            },
            BlockKind::Figure(f) => KindJson::Figure {
                src: Cow::Borrowed(&f.src),
                alt: Cow::Borrowed(&f.alt),
                caption: Cow::Borrowed(&f.caption),
            },
            BlockKind::Quote(q) => KindJson::Quote { blocks: Cow::Borrowed(&q.blocks) },
            BlockKind::Note(n) => {
                KindJson::Note { label: Cow::Borrowed(&n.label), blocks: Cow::Borrowed(&n.blocks) }
            }
        };
        Self { id: Cow::Borrowed(&block.id), text: Cow::Owned(text), span: block.span, kind }
    }
}

impl TryFrom<BlockJson<'_>> for Block {
    type Error = String;
    fn try_from(json: BlockJson<'_>) -> Result<Self, String> {
        let kind = match json.kind {
            KindJson::Paragraph { lead, inlines } => {
                if !json.text.starts_with(lead.as_ref()) {
                    return Err(format!("`lead` of {} does not open its text", json.id));
                }
                let inlines = inlines_or_text(inlines, &json.text)?;
                BlockKind::Paragraph(Paragraph { lead: lead.len(), inlines })
            }
            KindJson::Heading { level, number, label, inlines } => {
                let number = numbering(number, label);
                let label = number.as_ref().map_or("", |n| n.label.as_str());
                let rest = json.text.strip_prefix(label).unwrap_or(&json.text);
                let inlines = inlines_or_text(inlines, rest)?;
                BlockKind::Heading(SubHeading::new(level, number, inlines))
            }
            KindJson::List { start, items } => BlockKind::List(List::new(start, items.into_owned())),
            KindJson::Table { alignments, caption, head, rows } => {
                let mut table = Table::new(alignments.into_owned(), head.into_owned(), rows.into_owned());
                table.caption = caption.into_owned();
                BlockKind::Table(table)
            }
            KindJson::Figure { src, alt, caption } => {
                BlockKind::Figure(Figure::new(src, alt, caption.into_owned()))
            }
            KindJson::Quote { blocks } => BlockKind::Quote(Quote::new(blocks.into_owned())),
            KindJson::Note { label, blocks } => BlockKind::Note(Note::new(label, blocks.into_owned())),
        };
        let mut block = Block::new(kind, json.span);
        block.id = json.id.into_owned();
        if block.text() != json.text {
            return Err(format!("`text` of {} is not the text of its parts", block.id));
        }
        Ok(block)
    }
}

impl<'a> From<&'a Cell> for CellJson<'a> {
    fn from(cell: &'a Cell) -> Self {
        Self { text: Cow::Owned(plain_text(&cell.inlines)), inlines: Cow::Borrowed(&cell.inlines) }
    }
}

impl TryFrom<CellJson<'_>> for Cell {
    type Error = String;
    fn try_from(json: CellJson<'_>) -> Result<Self, String> {
        Ok(Cell::new(inlines_or_text(json.inlines, &json.text)?))
    }
}

impl<'a> From<&'a ListItem> for ListItemJson<'a> {
    fn from(item: &'a ListItem) -> Self {
        Self { id: Cow::Borrowed(&item.id), blocks: Cow::Borrowed(&item.blocks) }
    }
}

impl TryFrom<ListItemJson<'_>> for ListItem {
    type Error = String;
    fn try_from(json: ListItemJson<'_>) -> Result<Self, String> {
        Ok(ListItem { id: json.id.into_owned(), blocks: json.blocks.into_owned() })
    }
}

fn numbering(value: Option<Cow<'_, str>>, label: Option<Cow<'_, str>>) -> Option<Numbering> {
    let value = value?.into_owned();
    let label = label.map_or_else(|| value.clone(), Cow::into_owned);
    Some(Numbering { label, value })
}

/// Inlines as given, or the text as one run; an error when both are given and differ.
fn inlines_or_text(inlines: Cow<'_, [Inline]>, text: &str) -> Result<Vec<Inline>, String> {
    if inlines.is_empty() {
        return Ok(if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] });
    }
    if plain_text(&inlines) == text {
        Ok(inlines.into_owned())
    } else {
        Err(format!("`text` and `inlines` differ at `{text}`"))
    }
}

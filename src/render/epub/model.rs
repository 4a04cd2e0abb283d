//! What the templates are given. The names of the fields are those a template's author uses.

use serde::Serialize;

/// Fixed words of the book that stand outside the tree's text.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    pub(super) contents: &'static str,
    pub(super) lede: &'static str,
    pub(super) index: &'static str,
    pub(super) by_stroke: &'static str,
    pub(super) by_pinyin: &'static str,
    pub(super) titlepage: &'static str,
    pub(super) text: &'static str,
    pub(super) landmarks: &'static str,
    pub(super) notes: &'static str,
    pub(super) back: &'static str,
    pub(super) table: &'static str,
    pub(super) pages: &'static str,
    pub(super) cover: &'static str,
}

/// `words` in every template.
pub(super) const WORDS: Words = Words {
    contents: "目录",
    lede: "导语",
    index: "发言人索引",
    by_stroke: "按姓氏笔画",
    by_pinyin: "按姓名拼音",
    titlepage: "书名页",
    text: "正文",
    landmarks: "导航",
    notes: "注释",
    back: "返回正文",
    table: "表格",
    pages: "印刷页码",
    cover: "封面",
};

/// A title cut where its lines may break.
pub(super) type Clauses = Vec<Vec<Run>>;

/// `book` in every template.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    pub(super) language: &'static str,
    pub(super) title: String,
    pub(super) title_id: Option<String>,
    pub(super) title_clauses: Clauses,
    pub(super) event: Option<String>,
    pub(super) event_id: Option<String>,
    pub(super) event_clauses: Clauses,
    /// Name of the briefing.
    pub(super) series: Option<String>,
    /// Number of the issue, as printed: 第12期.
    pub(super) number: Option<String>,
    pub(super) issuer: Option<String>,
    /// The date as printed.
    pub(super) date: Option<String>,
    /// Which edition it is, as printed; none for the first.
    pub(super) edition: Option<String>,
    /// What a text is that is not final: 清样.
    pub(super) status: Option<String>,
}

/// One run of text; `type` is the variant's name.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Run {
    Text {
        text: String,
    },
    Strong {
        content: Vec<Run>,
    },
    Emphasis {
        content: Vec<Run>,
    },
    Link {
        href: String,
        content: Vec<Run>,
    },
    /// `target` is absent when the speech has no such note.
    NoteRef {
        id: Option<String>,
        target: Option<String>,
        label: String,
    },
    Break,
    /// Here a page of the print edition begins.
    Page {
        id: String,
        label: String,
    },
}

/// One block; `type` is the variant's name.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Part {
    Paragraph {
        id: Option<String>,
        lead: Vec<Run>,
        rest: Vec<Run>,
    },
    /// `rank` is that of the element, without gaps; `level` that of the source.
    ///
    /// `pages` are those that begin with it.
    Heading {
        pages: Vec<Run>,
        id: Option<String>,
        rank: usize,
        level: u8,
        number: Option<String>,
        content: Vec<Run>,
    },
    List {
        id: Option<String>,
        start: Option<u64>,
        items: Vec<Item>,
    },
    /// `label` names the box the table scrolls in; `head` is empty when no cell of it holds text.
    Table {
        id: Option<String>,
        label: String,
        caption: Vec<Run>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    Figure {
        id: Option<String>,
        picture: Option<Picture>,
        alt: String,
        caption: Vec<Run>,
    },
    Quote {
        id: Option<String>,
        blocks: Vec<Part>,
    },
}

/// One item of a list.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    pub(super) id: Option<String>,
    pub(super) blocks: Vec<Part>,
}

/// One cell of a table; `align` is `start`, `center` or `end`.
#[derive(Debug, Serialize)]
pub(super) struct Cell {
    pub(super) align: &'static str,
    pub(super) content: Vec<Run>,
}

/// A picture file of the book; `width` and `height` in pixels, 0 when not known.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Picture {
    pub(super) file: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// A note; `back` is the first place that refers to it.
#[derive(Debug, Serialize)]
pub(super) struct Footnote {
    pub(super) id: Option<String>,
    pub(super) label: String,
    pub(super) back: Option<String>,
    pub(super) blocks: Vec<Part>,
}

/// `lede` in `lede.xhtml`, what stands under the title of a part, and the words of a speech.
#[derive(Debug, Serialize)]
pub(super) struct Body {
    pub(super) blocks: Vec<Part>,
    pub(super) notes: Vec<Footnote>,
}

/// `part` in `part.xhtml`.
#[derive(Debug, Serialize)]
pub(super) struct PartTitle {
    /// The pages of the print edition that begin with it.
    pub(super) pages: Vec<Run>,
    pub(super) id: Option<String>,
    /// Empty when the part has none; the document has no heading then.
    pub(super) title: String,
    pub(super) clauses: Clauses,
    #[serde(flatten)]
    pub(super) body: Body,
}

/// `speech` in `speech.xhtml`.
#[derive(Debug, Serialize)]
pub(super) struct SpeechText {
    /// The pages of the print edition that begin with its heading.
    pub(super) pages: Vec<Run>,
    pub(super) id: Option<String>,
    pub(super) heading_id: Option<String>,
    /// Number and text on one line.
    pub(super) title: String,
    pub(super) number: String,
    pub(super) clauses: Clauses,
    pub(super) speakers: Vec<Who>,
    #[serde(flatten)]
    pub(super) body: Body,
}

/// One speaker; `kind` is `name` or, when no person is named, `organisation`.
#[derive(Debug, Serialize)]
pub(super) struct Who {
    pub(super) id: Option<String>,
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// What stands in brackets behind the name, with the brackets.
    pub(super) notes: String,
    pub(super) roles: String,
}

/// A line of the contents, and of the index under a person's name.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) file: String,
    /// Number and text on one line.
    #[serde(skip)]
    pub(super) label: String,
    pub(super) number: String,
    pub(super) clauses: Clauses,
    pub(super) speakers: String,
    pub(super) children: Vec<Entry>,
}

/// One of `orders` in `index.xhtml`.
#[derive(Debug, Serialize)]
pub(super) struct Order {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) people: Vec<Named>,
}

/// A person of the index.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) speeches: Vec<Entry>,
}

/// One of `landmarks` in `nav.xhtml`; `kind` is a term of the EPUB Structural Semantics Vocabulary.
#[derive(Debug, Serialize)]
pub(super) struct Landmark {
    pub(super) kind: &'static str,
    pub(super) file: String,
    pub(super) label: &'static str,
}

/// One of `pages` in `nav.xhtml`: where a page of the print edition begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PageLink {
    pub(super) file: String,
    pub(super) id: String,
    pub(super) label: String,
}

/// `cover` in `cover.xhtml`.
#[derive(Debug, Serialize)]
pub(super) struct Cover {
    pub(super) file: String,
    pub(super) alt: String,
}

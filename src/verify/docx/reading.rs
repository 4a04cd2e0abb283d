//! The text of a part in the order it is read, paragraph by paragraph.

use crate::verify::docx::model::Part;
use crate::verify::docx::styles::{Styles, is_on};
use crate::verify::flow::{Flow, Place};

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::verify) struct Paragraph {
    pub(in crate::verify) node: usize,
    /// The id of its style.
    pub(in crate::verify) style: Option<String>,
    /// Its characters, contents and marks included.
    pub(in crate::verify) text: String,
    /// Where a line of the contents leads: the names of its bookmarks.
    pub(in crate::verify) leads: Vec<String>,
    pub(in crate::verify) is_contents: bool,
    pub(in crate::verify) bookmarks: Vec<String>,
}

/// What a part says.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Said {
    /// What says below the title that the text is not final: no word of the tree.
    pub(in crate::verify) status: Option<String>,
    pub(in crate::verify) flow: Flow,
    pub(in crate::verify) hidden: Vec<(Place, String)>,
    pub(in crate::verify) paragraphs: Vec<Paragraph>,
    /// The notes referred to, in order: id, and whether an endnote.
    pub(in crate::verify) notes: Vec<(String, bool)>,
    /// Whether there is a field of contents.
    pub(in crate::verify) has_contents: bool,
}

/// A field that is open: its instruction, and whether what follows is its result.
#[derive(Debug, Default)]
struct Field {
    code: String,
    is_result: bool,
}

/// Fields inside each other.
const MOST_FIELDS: usize = 64;

/// Reads what is inside a node of a part.
pub(in crate::verify) fn read(part: &Part, node: usize, styles: &Styles, said: &mut Said) {
    let xml = &part.xml;
    let mut fields: Vec<Field> = Vec::new();
    let mut at = xml.inside(node).start;
    let end = xml.inside(node).end;
    let mut open: Vec<usize> = Vec::new();
    let mut run = Run::default();
    while at < end {
        let node = &xml.nodes[at];
        while open.last().is_some_and(|end| *end <= at) {
            // Behind a text box its paragraph goes on.
            open.pop();
            said.flow.line_end();
        }
        match node.name() {
            // Taken out, or there for programs that know no better.
            "w:del" | "w:moveFrom" | "mc:Fallback" | "w:pPrChange" | "w:rPrChange" | "w:sectPrChange" => {
                at = node.end;
                continue;
            }
            "w:p" => {
                said.paragraphs.push(Paragraph { node: at, ..Paragraph::default() });
                said.flow.begin(Place::paragraph(&part.path, said.paragraphs.len()));
                open.push(node.end);
            }
            "w:pStyle" => {
                let own = xml.around(at).any(|n| n.name() == "w:p");
                if let (Some(p), true) = (said.paragraphs.last_mut(), own) {
                    p.style = node.attribute("w:val").map(str::to_owned);
                }
            }
            "w:hyperlink" => {
                if let (Some(p), Some(to)) = (said.paragraphs.last_mut(), node.attribute("w:anchor")) {
                    p.leads.push(to.to_owned());
                }
            }
            "w:bookmarkStart" => {
                if let (Some(p), Some(name)) = (said.paragraphs.last_mut(), node.attribute("w:name")) {
                    p.bookmarks.push(name.to_owned());
                }
            }
            "w:r" => {
                let paragraph = said.paragraphs.last().and_then(|p| p.style.clone());
                run = Run::of(part, at, paragraph.as_deref(), styles);
            }
            "w:fldChar" => match node.attribute("w:fldCharType") {
                Some("begin") if fields.len() < MOST_FIELDS => fields.push(Field::default()),
                Some("separate") => fields.iter_mut().rev().take(1).for_each(|f| f.is_result = true),
                Some("end") => drop(fields.pop()),
                _ => {}
            },
            "w:instrText" => {
                if let Some(field) = fields.last_mut().filter(|f| !f.is_result) {
                    field.code.push_str(&xml.text(at));
                }
                at = node.end;
                continue;
            }
            "w:footnoteReference" | "w:endnoteReference" => {
                let id = node.attribute("w:id").unwrap_or_default().to_owned();
                said.notes.push((id, node.name() == "w:endnoteReference"));
            }
            "w:br" | "w:cr" | "w:tab" | "w:ptab" => said.flow.line_end(),
            // A character of a font of signs: what it shows nobody can tell.
            "w:sym" => said.push(part, "\u{fffd}", &run, &fields),
            "w:noBreakHyphen" => said.push(part, "\u{2011}", &run, &fields),
            "w:softHyphen" => said.push(part, "\u{ad}", &run, &fields),
            "w:t" | "m:t" | "a:t" => {
                said.push(part, &xml.text(at), &run, &fields);
                at = node.end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

impl Said {
    /// Whether a text is what it is told to be, not only by its style: nothing else may hide behind its name.
    fn is_status(&self, text: &str, run: &Run) -> bool {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        run.is_status && self.status.as_deref().is_some_and(|s| bare(text) == format!("（{}）", bare(s)))
    }

    fn push(&mut self, part: &Part, text: &str, run: &Run, fields: &[Field]) {
        let code = |word: &str| {
            fields
                .iter()
                .any(|f| f.code.split_whitespace().next().is_some_and(|w| w.eq_ignore_ascii_case(word)))
        };
        let number = self.paragraphs.len();
        let is_contents = code("TOC");
        self.has_contents |= is_contents;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.is_contents |= is_contents;
            if !code("PAGEREF") {
                paragraph.text.push_str(text);
            }
        }
        let is_mark = code("NOTEREF") || (run.is_mark && text.chars().count() <= 6);
        if run.is_hidden {
            if !text.trim().is_empty() {
                self.hidden.push((Place::paragraph(&part.path, number), text.trim().to_owned()));
            }
        } else if !is_contents && !is_mark && !run.is_contents_title && !self.is_status(text, run) {
            self.flow.push(text);
        }
    }
}

/// What is to be known of a run.
#[derive(Debug, Clone, Default)]
struct Run {
    is_hidden: bool,
    is_mark: bool,
    /// The heading of the contents.
    is_contents_title: bool,
    /// In the style of the status.
    is_status: bool,
}

impl Run {
    fn of(part: &Part, node: usize, of_paragraph: Option<&str>, styles: &Styles) -> Self {
        let xml = &part.xml;
        let own = xml.named(node, "w:rPr").next();
        let property =
            |name: &'static str| own.and_then(|p| xml.named(p, name).next()).map(|k| &xml.nodes[k]);
        let style = property("w:rStyle").and_then(|n| n.attribute("w:val"));
        let value = |name| property(name).and_then(|n| n.attribute("w:val"));
        // Letters of a point are a way to hide them.
        let is_tiny = value("w:sz").and_then(|v| v.parse::<u32>().ok()).is_some_and(|size| size <= 4);
        let is_white = value("w:color").is_some_and(|v| v.eq_ignore_ascii_case("FFFFFF"));
        let by_style = || [style, of_paragraph].into_iter().flatten().any(|id| styles.hides(id));
        let vanishes = property("w:vanish").map_or_else(by_style, is_on);
        let named = |id: Option<&str>, name: &str| id.and_then(|id| styles.name(id)) == Some(name);
        let is_title = named(of_paragraph, "toc heading") || named(of_paragraph, "contents heading");
        let text = xml.text(node);
        Self {
            is_hidden: vanishes || is_tiny || is_white,
            is_mark: named(style, "footnote reference") || named(style, "endnote reference"),
            is_status: named(of_paragraph, "文稿状态"),
            is_contents_title: is_title && ["目录", "目　录", "目次"].contains(&text.trim()),
        }
    }
}

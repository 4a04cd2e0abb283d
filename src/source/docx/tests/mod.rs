//! Word files built of parts, and what is read of them.

mod looks;
mod mutations;
mod numbers;
mod refusals;
mod text;

use std::io::{Cursor, Write};

use crate::source::{Document, SourceError, read};
use crate::tree::{Block, BlockKind, FileId, Inline};

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office' \
    xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:new='http://example.org/new' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'";

/// A package of these parts.
pub(super) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file in the making.
#[derive(Default, Clone)]
pub(super) struct Made {
    body: String,
    styles: String,
    numbering: String,
    footnotes: String,
    comments: String,
    relations: String,
    others: Vec<(String, Vec<u8>)>,
}

/// A Word file with this inside its `w:body`.
pub(super) fn made(body: &str) -> Made {
    Made { body: body.to_owned(), ..Made::default() }
}

impl Made {
    /// A style: type, id, name, and what stands in it.
    fn style(mut self, kind: &str, id: &str, name: &str, inside: &str) -> Self {
        self.styles +=
            &format!("<w:style w:type='{kind}' w:styleId='{id}'><w:name w:val='{name}'/>{inside}</w:style>");
        self
    }

    fn numbering(mut self, inside: &str) -> Self {
        self.numbering += inside;
        self
    }

    fn note(mut self, id: u32, inside: &str) -> Self {
        self.footnotes += &format!("<w:footnote w:id='{id}'>{inside}</w:footnote>");
        self
    }

    fn comment(mut self, inside: &str) -> Self {
        self.comments += &format!("<w:comment>{inside}</w:comment>");
        self
    }

    fn relation(mut self, id: &str, kind: &str, target: &str, mode: &str) -> Self {
        self.relations += &format!(
            "<Relationship Id='{id}' Type='http://x/{kind}' Target='{target}' TargetMode='{mode}'/>"
        );
        self
    }

    fn part(mut self, name: &str, bytes: &[u8]) -> Self {
        self.others.push((name.to_owned(), bytes.to_vec()));
        self
    }

    /// The XML parts.
    fn parts(&self) -> Vec<(String, String)> {
        let mut relations = self.relations.clone();
        let mut parts = vec![(
            "word/document.xml".to_owned(),
            format!("<w:document {W}><w:body>{}</w:body></w:document>", self.body),
        )];
        let kinds = [
            ("styles", "styles", &self.styles),
            ("numbering", "numbering", &self.numbering),
            ("footnotes", "footnotes", &self.footnotes),
            ("comments", "comments", &self.comments),
        ];
        for (kind, root, inside) in kinds.iter().filter(|(_, _, inside)| !inside.is_empty()) {
            relations += &format!("<Relationship Id='{kind}' Type='http://x/{kind}' Target='{kind}.xml'/>");
            parts.push((format!("word/{kind}.xml"), format!("<w:{root} {W}>{inside}</w:{root}>")));
        }
        parts.push((
            "word/_rels/document.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>"),
        ));
        parts
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let parts = self.parts();
        let mut all: Vec<(&str, &[u8])> = parts.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
        all.extend(self.others.iter().map(|(n, b)| (n.as_str(), b.as_slice())));
        zipped(&all)
    }

    pub(super) fn read(&self) -> Result<Document, SourceError> {
        let document = read(FileId(0), "a.docx", &self.bytes())?;
        spans_hold(&document);
        Ok(document)
    }

    #[track_caller]
    pub(super) fn shown(&self) -> Vec<String> {
        self.read().unwrap().blocks.iter().map(|raw| show(&raw.block)).collect()
    }
}

/// `<w:p>` with one run.
pub(super) fn p(text: &str) -> String {
    styled("", text)
}

/// The same with properties.
pub(super) fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r("", text))
}

/// `<w:r>` with properties.
pub(super) fn r(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

/// A block as one readable line.
pub(super) fn show(block: &Block) -> String {
    let all = |blocks: &[Block]| blocks.iter().map(show).collect::<Vec<_>>().join(" / ");
    match &block.kind {
        BlockKind::Paragraph(p) => line(&p.inlines),
        BlockKind::Heading(h) => format!("{} {}", "#".repeat(h.level.into()), line(&h.inlines)),
        BlockKind::List(list) => {
            let items: Vec<String> = list.items.iter().map(|i| all(&i.blocks)).collect();
            format!("{}[{}]", list.start.map_or("-".into(), |s| s.to_string()), items.join(" | "))
        }
        BlockKind::Table(table) => {
            let row = |cells: &[crate::tree::Cell]| {
                cells.iter().map(|c| line(&c.inlines)).collect::<Vec<_>>().join(",")
            };
            let mut rows = vec![row(&table.head)];
            rows.extend(table.rows.iter().map(|r| row(r)));
            format!("{{{}}}{}", rows.join(";"), line(&table.caption))
        }
        BlockKind::Figure(f) => format!("![{}]({}){}", f.alt, f.src, line(&f.caption)),
        BlockKind::Quote(quote) => format!("> {}", all(&quote.blocks)),
        BlockKind::Note(note) => format!("[{} {}] {}", note.label, block.id.as_str(), all(&note.blocks)),
    }
}

fn line(inlines: &[Inline]) -> String {
    let show = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Strong { content } => format!("**{}**", line(content)),
        Inline::Emphasis { content } => format!("*{}*", line(content)),
        Inline::Link { href, content } => format!("<{}|{href}>", line(content)),
        Inline::NoteRef { note, label } => format!("[^{label} {}]", note.as_str()),
        Inline::Break => "⏎".to_owned(),
    };
    inlines.iter().map(show).collect()
}

/// Every run's span is the run's text.
#[track_caller]
fn spans_hold(document: &Document) {
    for raw in &document.blocks {
        let mut block = raw.block.clone();
        let text = &document.text;
        if let Some(span) = block.span {
            assert!(text.get(span.start..span.end).is_some(), "{span:?}");
            assert_eq!(document.lines.line(span.start), span.line, "{span:?}");
        }
        block.inline_lists_mut(&mut |inlines| runs_hold(inlines, text));
    }
}

#[track_caller]
fn runs_hold(inlines: &[Inline], text: &str) {
    for inline in inlines {
        match inline {
            Inline::Text { text: run, span: Some(span) } => assert_eq!(&text[span.start..span.end], run),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                runs_hold(content, text);
            }
            _ => {}
        }
    }
}

//! A little Word file made by hand for the tests of the rules, right in everything until a test changes it.

use std::collections::BTreeMap;

use crate::tree::{
    Block, BlockKind, Cell, Heading, Inline, NodeId, Note, Proceedings, Speaker, Speech, Table, assign_ids,
};
use crate::verify::docx::of_parts;
use crate::verify::{Expected, Measure, Measured, Rule, Word};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

const DOCUMENT: &str = "<w:p><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:r><w:t>老城</w:t></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"TH\"/></w:pPr><w:r><w:t>目录</w:t></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"T1\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
    <w:r><w:instrText> TOC \\o \"1-1\" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
    <w:hyperlink w:anchor=\"b1\"><w:r><w:t>修好 老街</w:t></w:r><w:r><w:tab/></w:r>\
    <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGEREF b1 \\h </w:instrText></w:r>\
    <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
    </w:hyperlink><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr><w:bookmarkStart w:id=\"1\" w:name=\"b1\"/><w:r><w:t>修好 老街</w:t></w:r>\
    <w:bookmarkEnd w:id=\"1\"/></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr><w:r><w:t>沈怀瑾</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>市政协委员</w:t></w:r></w:p>\
    <w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr><w:r><w:t>先把电线理顺，再谈灯光</w:t></w:r>\
    <w:r><w:rPr><w:rStyle w:val=\"FR\"/></w:rPr><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:t>。</w:t></w:r></w:p>\
    <w:tbl><w:tblPr><w:tblW w:w=\"8000\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
    <w:tblGrid><w:gridCol w:w=\"3000\"/><w:gridCol w:w=\"5000\"/></w:tblGrid>\
    <w:tr><w:tc><w:tcPr><w:tcW w:w=\"3000\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr><w:r><w:t>街巷</w:t></w:r></w:p></w:tc>\
    <w:tc><w:tcPr><w:tcW w:w=\"5000\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr><w:r><w:t>东门</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1304\" w:gutter=\"0\"/></w:sectPr>";

const NOTES: &str = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"1\">\
    <w:p><w:pPr><w:pStyle w:val=\"FT\"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t>见街道规划。</w:t></w:r></w:p></w:footnote>";

/// Parts by name, and the tree they are of.
#[derive(Clone)]
pub(super) struct File {
    parts: BTreeMap<String, String>,
    tree: Proceedings,
    pub(super) expected: Expected,
}

impl File {
    pub(super) fn new() -> Self {
        let relation = |kind: &str, to: &str| {
            format!("<Relationship Id=\"{kind}\" Type=\"{RELS}{kind}\" Target=\"{to}\"/>")
        };
        let relations = |list: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
            )
        };
        let style = |id: &str, name: &str, more: &str| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>"
            )
        };
        let fonts = "<w:rPr><w:rFonts w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\"/></w:rPr>";
        let based = "<w:basedOn w:val=\"B\"/>";
        let styles = [
            style("B", "正文文字", fonts),
            style("T", "总标题", fonts),
            style("TH", "TOC Heading", based),
            style("T1", "toc 1", based),
            style("H", "heading 1", fonts),
            style("FT", "footnote text", based),
            style("FR", "footnote reference", based),
        ];
        let own = [relation("styles", "styles.xml"), relation("footnotes", "footnotes.xml")].concat();
        let parts = [
            ("_rels/.rels", relations(&relation("officeDocument", "word/document.xml"))),
            ("word/_rels/document.xml.rels", relations(&own)),
            ("word/document.xml", format!("<w:document {W}><w:body>{DOCUMENT}</w:body></w:document>")),
            ("word/styles.xml", format!("<w:styles {W}>{}</w:styles>", styles.concat())),
            ("word/footnotes.xml", format!("<w:footnotes {W}>{NOTES}</w:footnotes>")),
        ];
        let parts = parts.map(|(name, text)| (name.to_owned(), text)).into();
        Self { parts, tree: tree(), expected: Expected::briefing() }
    }

    /// The file with another text in one of its parts.
    pub(super) fn with(mut self, part: &str, from: &str, to: &str) -> Self {
        let text = self.parts.get_mut(&format!("word/{part}.xml")).unwrap();
        assert!(text.contains(from), "{part} holds no {from}");
        *text = text.replacen(from, to, 1);
        self
    }

    pub(super) fn measure(&self, rule: &Rule) -> Measured {
        let docx = of_parts(&|name: &str| Ok(self.parts.get(name).cloned())).unwrap();
        let subject = Word::new(&docx, &self.tree, &self.expected);
        match rule.measure {
            Measure::Word(measure) => measure(&subject),
            _ => panic!("{} is not for Word files", rule.name),
        }
    }

    /// The ids of what a rule finds, each with its paragraph.
    pub(super) fn finds(&self, rule: &Rule) -> Vec<(&'static str, Option<usize>)> {
        let place = |f: &crate::verify::Finding| f.place.as_ref().and_then(|p| p.paragraph);
        self.measure(rule).findings.iter().map(|f| (f.say.id, place(f))).collect()
    }
}

fn tree() -> Proceedings {
    let mut speech = Speech::new(Heading::of_clauses(vec!["修好".to_owned(), "老街".to_owned()]));
    let mut speaker = Speaker::named("沈怀瑾");
    "市政协委员".clone_into(&mut speaker.title);
    speech.speakers.push(speaker);
    let id = NodeId::new("n");
    let inlines = vec![
        Inline::text("先把电线理顺，再谈灯光"),
        Inline::NoteRef { note: id.clone(), label: "1".to_owned() },
        Inline::text("。"),
    ];
    let cell = |text: &str| Cell::new(vec![Inline::text(text)]);
    let table = Table::new(Vec::new(), vec![cell("街巷"), cell("东门")], Vec::new());
    let note = Note::new("1", vec![Block::paragraph(vec![Inline::text("见街道规划。")], None)]);
    let note = Block { id, ..Block::new(BlockKind::Note(note), None) };
    speech.body = vec![Block::paragraph(inlines, None), Block::new(BlockKind::Table(table), None), note];
    let mut tree = Proceedings { title: "老城".to_owned(), ..Proceedings::default() };
    tree.speeches.push(speech);
    assign_ids(&mut tree);
    tree
}

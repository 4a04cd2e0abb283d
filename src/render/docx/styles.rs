//! The named styles: one for every role of text, all formatting in one place.
//!
//! Roles that Word works with carry its names (`heading 1`, `toc 1`, `footnote text`), so that
//! navigation, contents and screen readers work. The others have Chinese names, none of them one
//! that Chinese Word gives its own styles. `Title`, `Subtitle` and `caption` are not used: other
//! readers take such paragraphs out of the text. Programs that save the file change style ids but
//! keep names.

use docx_rs::{
    AlignmentType, LineSpacing, LineSpacingType, ParagraphProperty, RunFonts, RunProperty, SpecialIndentType,
    Style, StyleType, Styles, Tab, TabLeaderType, TabValueType, VertAlignType,
};

use crate::fonts::FontRole;

use super::faces::Faces;
use super::order::reorder;
use super::page;
use super::xml::{Element, Node};

pub(super) const EDITOR_NOTE: &str = "JbEditorNote";
pub(super) const TITLE: &str = "JbTitle";
pub(super) const STATUS: &str = "JbStatus";
pub(super) const EVENT: &str = "JbEvent";
pub(super) const CONTENTS_TITLE: &str = "TOCHeading";
pub(super) const LEDE: &str = "JbLede";
pub(super) const SPEAKER: &str = "JbSpeaker";
pub(super) const BODY: &str = "JbBody";
pub(super) const LIST: &str = "ListParagraph";
pub(super) const QUOTE: &str = "Quote";
pub(super) const TABLE_TEXT: &str = "JbTableText";
pub(super) const TABLE_HEAD: &str = "JbTableHead";
pub(super) const CAPTION: &str = "JbCaption";
pub(super) const FIGURE: &str = "JbFigure";
pub(super) const FOOTNOTE: &str = "FootnoteText";
pub(super) const FOOTER: &str = "Footer";

pub(super) const LEAD: &str = "JbLead";
pub(super) const STRONG: &str = "JbStrong";
pub(super) const EMPHASIS: &str = "JbEmphasis";
pub(super) const NAME: &str = "JbName";
pub(super) const ROLES: &str = "JbRoles";
pub(super) const LINK: &str = "Hyperlink";
pub(super) const NOTE_MARK: &str = "FootnoteReference";
pub(super) const PAGE_NUMBER: &str = "PageNumber";

/// 三号, 小二, 二号, 四号, 小四 in half-points.
const SIZE_3: usize = 32;
const SIZE_2_SMALL: usize = 36;
const SIZE_2: usize = 44;
const SIZE_4: usize = 28;
const SIZE_4_SMALL: usize = 24;

/// Which `heading N` each kind of heading is: parts push speeches one level down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Levels {
    /// Whether the book has parts.
    pub(super) parts: bool,
}

impl Levels {
    /// The level of a speech's heading, counted from 1.
    pub(super) fn speech(self) -> usize {
        if self.parts { 2 } else { 1 }
    }

    /// The level of a sub-heading.
    pub(super) fn sub(self, level: u8) -> usize {
        self.speech() + usize::from(level.clamp(1, 4))
    }
}

/// The style of `heading N`.
pub(super) fn heading(level: usize) -> String {
    format!("Heading{level}")
}

/// The style of an entry in the contents.
pub(super) fn contents_entry(level: usize) -> String {
    format!("TOC{level}")
}

/// All styles.
pub(super) fn styles(faces: &Faces, levels: Levels, is_sent_out: bool) -> Styles {
    let maker = Maker { faces };
    let mut all: Vec<Style> = is_sent_out.then(|| maker.editor_note()).into_iter().collect();
    all.extend(maker.front());
    all.extend(maker.headings(levels));
    all.extend(maker.text());
    all.extend(maker.small());
    all.extend(maker.characters());
    all.into_iter().fold(Styles::new(), Styles::add_style)
}

struct Maker<'a> {
    faces: &'a Faces,
}

impl Maker<'_> {
    /// A paragraph style; its look is completed by the caller.
    fn paragraph(&self, id: &str, name: &str, face: FontRole, size: usize, p: ParagraphProperty) -> Style {
        let mut style = Style::new(id, StyleType::Paragraph).name(name).based_on("Normal");
        style.paragraph_property = p;
        style.run_property = RunProperty::new().fonts(self.fonts(face)).size(size);
        // Only 三号 text needs the narrower pitch that makes 28 characters a line.
        style.run_property =
            style.run_property.spacing(if size == SIZE_3 { page::CHARACTER_SPACING } else { 0 });
        style
    }

    fn character(&self, id: &str, name: &str, face: Option<FontRole>) -> Style {
        let mut style = Style::new(id, StyleType::Character).name(name);
        if let Some(face) = face {
            style.run_property = RunProperty::new().fonts(self.fonts(face));
        }
        style
    }

    fn fonts(&self, face: FontRole) -> RunFonts {
        let name = self.faces.name(face);
        RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
    }

    /// The frame in which an excerpt says what it is.
    fn editor_note(&self) -> Style {
        let p = justified().snap_to_grid(false).line_spacing(exactly(400));
        self.paragraph(EDITOR_NOTE, "送改说明", FontRole::Kai, SIZE_4_SMALL, p).next(TITLE)
    }

    /// What stands on the first page.
    fn front(&self) -> Vec<Style> {
        let entry = |level: usize, left: i32, face| {
            let style = format!("toc {level}");
            let tab = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Dot).pos(page::TEXT_WIDTH);
            let p = ParagraphProperty::new()
                .add_tab(tab)
                .snap_to_grid(false)
                .indent(Some(left), None, None, None)
                .line_spacing(exactly(480));
            self.paragraph(&contents_entry(level), &style, face, SIZE_4, p).next("Normal")
        };
        vec![
            self.paragraph(
                TITLE,
                "总标题",
                FontRole::Title,
                SIZE_2,
                centred().keep_next(true).snap_to_grid(false).line_spacing(exactly(640)),
            )
            .next(EVENT),
            self.paragraph(STATUS, "文稿状态", FontRole::Kai, SIZE_3, centred().keep_next(true)).next(EVENT),
            self.paragraph(
                EVENT,
                "会议名称",
                FontRole::Kai,
                SIZE_3,
                centred().line_spacing(LineSpacing::new().before(page::rows(1) / 2)),
            )
            .next(BODY),
            self.paragraph(
                CONTENTS_TITLE,
                "TOC Heading",
                FontRole::Hei,
                SIZE_3,
                centred()
                    .keep_next(true)
                    .line_spacing(LineSpacing::new().before(page::rows(1)).after(page::rows(1) / 4)),
            )
            .next(BODY),
            entry(1, 0, FontRole::Fang),
            entry(2, 280, FontRole::Fang),
        ]
    }

    /// Part, speech and the four levels below (GB/T 9704-2012, 7.3.3: 黑, 楷, 仿宋, 仿宋).
    fn headings(&self, levels: Levels) -> Vec<Style> {
        let mut all = Vec::new();
        if levels.parts {
            let p = centred()
                .keep_next(true)
                .outline_lvl(0)
                .line_spacing(LineSpacing::new().before(page::rows(1)).after(page::rows(1)));
            all.push(self.paragraph(&heading(1), "heading 1", FontRole::Hei, SIZE_2_SMALL, p).next(BODY));
        }
        let level = levels.speech();
        let p = centred()
            .keep_next(true)
            .keep_lines(true)
            .outline_lvl(level - 1)
            .line_spacing(LineSpacing::new().before(page::rows(1)));
        let name = format!("heading {level}");
        all.push(self.paragraph(&heading(level), &name, FontRole::Title, SIZE_2_SMALL, p).next(SPEAKER));
        for (sub, face) in [(1, FontRole::Hei), (2, FontRole::Kai), (3, FontRole::Fang), (4, FontRole::Fang)]
        {
            let level = levels.sub(sub);
            let p = indented().keep_next(true).outline_lvl(level - 1);
            let name = format!("heading {level}");
            all.push(self.paragraph(&heading(level), &name, face, SIZE_3, p).next(BODY));
        }
        all
    }

    /// Text of body size.
    fn text(&self) -> Vec<Style> {
        vec![
            self.paragraph(LEDE, "导语", FontRole::Kai, SIZE_3, indented()),
            self.paragraph(
                SPEAKER,
                "发言人",
                FontRole::Kai,
                SIZE_3,
                centred().keep_next(true).keep_lines(true),
            )
            .next(BODY),
            self.paragraph(BODY, "发言正文", FontRole::Fang, SIZE_3, indented()),
            self.paragraph(LIST, "List Paragraph", FontRole::Fang, SIZE_3, justified()),
            self.paragraph(
                QUOTE,
                "Quote",
                FontRole::Kai,
                SIZE_3,
                justified().indent(Some(640), Some(SpecialIndentType::FirstLine(640)), Some(640), None),
            )
            .next(BODY),
        ]
    }

    /// Smaller text: tables, captions, notes, feet.
    fn small(&self) -> Vec<Style> {
        let loose = || ParagraphProperty::new().snap_to_grid(false);
        let tight = LineSpacing::new().before(40).after(40);
        vec![
            self.paragraph(
                TABLE_TEXT,
                "表格文字",
                FontRole::Fang,
                SIZE_4_SMALL,
                loose().line_spacing(tight.clone()),
            ),
            self.paragraph(
                TABLE_HEAD,
                "表头文字",
                FontRole::Hei,
                SIZE_4_SMALL,
                loose().keep_next(true).line_spacing(tight),
            ),
            self.paragraph(CAPTION, "图表标题", FontRole::Hei, SIZE_4_SMALL, centred()).next(BODY),
            self.paragraph(
                FIGURE,
                "图片",
                FontRole::Fang,
                SIZE_3,
                centred().snap_to_grid(false).keep_next(true),
            )
            .next(CAPTION),
            self.paragraph(
                FOOTNOTE,
                "footnote text",
                FontRole::Fang,
                SIZE_4_SMALL - 3,
                ParagraphProperty::new().snap_to_grid(false).align(AlignmentType::Both),
            ),
            self.paragraph("Header", "header", FontRole::Song, SIZE_4_SMALL - 3, loose()),
            self.paragraph(FOOTER, "footer", FontRole::Song, SIZE_4, loose()),
        ]
    }

    fn characters(&self) -> Vec<Style> {
        let mut link = self.character(LINK, "Hyperlink", None);
        link.run_property = RunProperty::new().color("0563C1").underline("single");
        let mut mark = self.character(NOTE_MARK, "footnote reference", None);
        mark.run_property = RunProperty::new().vert_align(VertAlignType::SuperScript);
        vec![
            self.character(LEAD, "段首句", Some(FontRole::Kai)),
            self.character(STRONG, "着重", Some(FontRole::Hei)),
            self.character(EMPHASIS, "强调语", Some(FontRole::Kai)),
            self.character(NAME, "发言人姓名", Some(FontRole::Hei)),
            self.character(ROLES, "发言人职务", Some(FontRole::Kai)),
            self.character(PAGE_NUMBER, "page number", Some(FontRole::Song)),
            link,
            mark,
        ]
    }
}

/// `word/styles.xml` with what docx-rs has no words for: defaults, indents counted in characters,
/// own styles marked as such.
pub(super) fn complete(part: &mut Element, faces: &Faces) {
    let body = faces.name(FontRole::Fang);
    part.remove("w:docDefaults");
    part.children.insert(0, Node::Element(defaults(body)));
    part.walk(&mut |e| match e.name.as_str() {
        "w:ind" if e.get("w:firstLine").is_some() => e.set("w:firstLineChars", "200"),
        "w:style" => mark(e),
        _ => {}
    });
}

fn mark(style: &mut Element) {
    if style.get("w:styleId") == Some("Normal") {
        style.set("w:default", "1");
    }
    if style.get("w:type") == Some("paragraph") {
        // No mark hangs outside the type area. LibreOffice 7.4 reads this the wrong way round and
        // hangs them; Word's meaning is the standard's.
        if style.child("w:pPr").is_none() {
            style.children.push(Node::Element(Element::new("w:pPr")));
        }
        let is_framed = style.get("w:styleId") == Some(EDITOR_NOTE);
        for properties in style.elements_mut().filter(|e| e.name == "w:pPr") {
            if is_framed {
                properties.children.push(Node::Element(frame()));
            }
            properties.children.push(Node::Element(Element::val("w:overflowPunct", "0")));
            reorder(properties);
        }
        reorder(style);
    }
    if style.child("w:name").and_then(|n| n.get("w:val")).is_some_and(|name| !name.is_ascii()) {
        style.set("w:customStyle", "1");
    }
}

fn frame() -> Element {
    let line = |name: &str| {
        Element::val(name, "single").attr("w:sz", "4").attr("w:space", "6").attr("w:color", "808080")
    };
    Element::new("w:pBdr").with_all(["w:top", "w:left", "w:bottom", "w:right"].map(line))
}

fn defaults(font: &str) -> Element {
    let size = SIZE_3.to_string();
    let fonts = Element::new("w:rFonts")
        .attr("w:ascii", font)
        .attr("w:hAnsi", font)
        .attr("w:eastAsia", font)
        .attr("w:cs", font);
    let run = Element::new("w:rPr")
        .with(fonts)
        .with(Element::val("w:kern", "0"))
        .with(Element::val("w:sz", &size))
        .with(Element::val("w:szCs", &size))
        .with(Element::val("w:lang", "en-US").attr("w:eastAsia", "zh-CN").attr("w:bidi", "ar-SA"));
    let paragraph = Element::new("w:pPr").with(Element::val("w:kinsoku", "1"));
    Element::new("w:docDefaults")
        .with(Element::new("w:rPrDefault").with(run))
        .with(Element::new("w:pPrDefault").with(paragraph))
}

fn centred() -> ParagraphProperty {
    ParagraphProperty::new().align(AlignmentType::Center)
}

fn justified() -> ParagraphProperty {
    ParagraphProperty::new().align(AlignmentType::Both)
}

/// Justified, first line in by two characters.
fn indented() -> ParagraphProperty {
    justified().indent(None, Some(SpecialIndentType::FirstLine(page::TWO_CHARACTERS)), None, None)
}

fn exactly(twips: u32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(i32::try_from(twips).unwrap_or(i32::MAX))
}

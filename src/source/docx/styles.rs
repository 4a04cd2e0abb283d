//! Styles, known by name: programs that save a file again change ids, never names.

use std::collections::BTreeMap;

use crate::source::{CharFormat, SourceError};

use super::formats::{Formats, SWITCHES};
use super::props::{Face, Indent, Justify, NumberRef, ParaProps, RunProps, is_on};
use super::xml::{Event, Ns, Xml};

/// Styles based on one another; a longer chain is a circle.
const LONGEST_CHAIN: usize = 24;
/// Word's own size where nothing says one, in half-points.
const SIZE: u16 = 20;

/// What a paragraph is by the name of its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Heading(u8),
    Title,
    /// A title whose lines jianbao has broken.
    SetTitle,
    Subtitle,
    /// A line of a table of contents.
    Contents,
    /// The heading of one.
    ContentsHeading,
    Caption,
    Quote,
    ListText,
    /// A line that names a speaker; jianbao's own.
    Speaker,
    /// What an excerpt tells its editor; jianbao's own, and no text.
    EditorNote,
    /// What a text is that is not final; jianbao's own, and no text.
    Status,
}

/// One style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    run: RunProps,
    paragraph: ParaProps,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    default_run: RunProps,
    default_paragraph: ParaProps,
    /// The style of paragraphs that name none.
    default_style: Option<String>,
    theme: Theme,
}

/// The faces for hanzi that a theme gives.
#[derive(Debug, Default)]
struct Theme {
    major: Option<String>,
    minor: Option<String>,
}

/// How a run looks, all told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RunLook {
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) is_hidden: bool,
    pub(super) size: u16,
    /// Set in 黑体 or 小标宋.
    pub(super) is_heading_face: bool,
    /// What is otherwise than the styles say, where that was asked for.
    pub(super) formats: Formats,
}

/// How a paragraph is set, all told.
#[derive(Debug, Clone, Default)]
pub(super) struct ParaLook {
    pub(super) justify: Option<Justify>,
    pub(super) indent: Indent,
    pub(super) outline: Option<u8>,
    pub(super) number: Option<NumberRef>,
    pub(super) named: Option<Named>,
}

impl Styles {
    pub(super) fn read(part: &str, text: &str) -> Result<Self, SourceError> {
        let mut styles = Styles::default();
        let mut xml = Xml::new(part, text);
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            match tag.name.as_str() {
                _ if tag.ns != Ns::W => {}
                "rPrDefault" => styles.default_run = default(&mut xml)?.0,
                "pPrDefault" => styles.default_paragraph = default(&mut xml)?.1,
                "style" => {
                    let id = tag.attr(Ns::W, "styleId").unwrap_or_default().to_owned();
                    let is_paragraph = tag.attr(Ns::W, "type").is_none_or(|t| t == "paragraph");
                    let is_default = matches!(tag.attr(Ns::W, "default"), Some("1" | "true" | "on"));
                    let style = style(&mut xml)?;
                    if is_default && is_paragraph {
                        styles.default_style = Some(id.clone());
                    }
                    styles.by_id.insert(id, style);
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    /// Reads the faces of `theme1.xml`.
    pub(super) fn read_theme(&mut self, part: &str, text: &str) -> Result<(), SourceError> {
        let mut xml = Xml::new(part, text);
        let mut is_major = None;
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            if tag.ns != Ns::A {
                continue;
            }
            let face = tag.bare("typeface").filter(|f| !f.is_empty()).map(str::to_owned);
            match (tag.name.as_str(), is_major) {
                ("majorFont", _) => is_major = Some(true),
                ("minorFont", _) => is_major = Some(false),
                // The face for simplified hanzi stands in a list of scripts, unless one is set for all.
                ("ea", Some(major)) => self.theme.set(major, face),
                ("font", Some(major))
                    if tag.bare("script") == Some("Hans") && self.theme.get(major).is_none() =>
                {
                    self.theme.set(major, face);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A style and those it is based on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let named = |id: &'s str| self.by_id.get(id).map(|style| (id, style));
        std::iter::successors(id.and_then(named), move |(_, style)| style.based_on.as_deref().and_then(named))
            .take(LONGEST_CHAIN)
    }

    fn style_of<'s>(&'s self, id: Option<&'s str>) -> Option<&'s str> {
        id.filter(|id| self.by_id.contains_key(*id)).or(self.default_style.as_deref())
    }

    /// The ids of a paragraph's style and those it is based on.
    pub(super) fn ids<'s>(&'s self, id: Option<&'s str>) -> Vec<&'s str> {
        self.chain(self.style_of(id)).map(|(id, _)| id).collect()
    }

    /// The numbering that a style (by id) names.
    pub(super) fn number_of(&self, id: &str) -> Option<u32> {
        self.chain(Some(id)).find_map(|(_, s)| s.paragraph.number.as_ref().and_then(|n| n.id))
    }

    /// How a paragraph with these properties is set.
    pub(super) fn paragraph(&self, own: &ParaProps) -> ParaLook {
        let chain = || self.chain(self.style_of(own.style.as_deref())).map(|(_, style)| style);
        let all =
            || std::iter::once(own).chain(chain().map(|s| &s.paragraph)).chain([&self.default_paragraph]);
        let mut number: Option<NumberRef> = None;
        for found in all().filter_map(|p| p.number.as_ref()) {
            let merged = number.get_or_insert_with(NumberRef::default);
            merged.id = merged.id.or(found.id);
            merged.level = merged.level.or(found.level);
            if merged.id.is_some() {
                break;
            }
        }
        let named = chain().find_map(|s| named(&s.name));
        ParaLook {
            justify: all().find_map(|p| p.justify),
            indent: all().fold(Indent::default(), |near, far| near.over(far.indent)),
            outline: all().find_map(|p| p.outline),
            number,
            named,
        }
    }

    /// How a run with these properties looks in a paragraph of a style.
    pub(super) fn run(&self, own: &RunProps, paragraph: Option<&str>) -> RunLook {
        let of_paragraph = || self.chain(self.style_of(paragraph)).map(|(_, s)| &s.run);
        let of_run = || self.chain(own.style.as_deref()).map(|(_, s)| &s.run);
        // A switch in both styles turns itself off again (ECMA-376, 17.7.3).
        let toggle = |read: fn(&RunProps) -> Option<bool>| {
            read(own).unwrap_or_else(|| {
                let styled = of_run().find_map(read).unwrap_or(false)
                    != of_paragraph().find_map(read).unwrap_or(false);
                styled || read(&self.default_run).unwrap_or(false)
            })
        };
        let all = || std::iter::once(own).chain(of_run()).chain(of_paragraph()).chain([&self.default_run]);
        let names = || self.chain(own.style.as_deref()).map(|(_, s)| s.name.as_str());
        let face = all().find_map(|p| p.face.as_ref()).and_then(|f| self.theme.name(f));
        RunLook {
            // Strong and stress as jianbao's own files name them, set in other faces.
            is_bold: toggle(|p| p.bold) || names().any(|n| n == "着重"),
            is_italic: toggle(|p| p.italic) || names().any(|n| n == "强调语"),
            is_hidden: toggle(|p| p.hidden),
            size: all().find_map(|p| p.size).unwrap_or(SIZE),
            is_heading_face: face.is_some_and(is_heading_face),
            formats: Formats::default(),
        }
    }

    /// What of a run's look is neither its paragraph's style nor one of jianbao's own for characters.
    pub(super) fn formats(&self, own: &RunProps, paragraph: Option<&str>) -> Formats {
        let mut found = Formats::default();
        let is_ours = own.style.as_deref().is_none_or(|id| self.is_ours(id));
        let is_plain = own.switches.is_empty()
            && own.bold.is_none()
            && own.italic.is_none()
            && own.size.is_none()
            && own.face.is_none()
            && own.latin.is_none();
        if is_plain && is_ours {
            return found;
        }
        let of_run = || self.chain(own.style.as_deref()).map(|(_, s)| &s.run);
        let of_paragraph = || self.chain(self.style_of(paragraph)).map(|(_, s)| &s.run);
        let styled = || of_run().filter(|_| is_ours).chain(of_paragraph()).chain([&self.default_run]);
        let all = || std::iter::once(own).chain(of_run()).chain(of_paragraph()).chain([&self.default_run]);
        let differs = |read: &dyn Fn(&RunProps) -> Option<bool>| {
            all().find_map(read).unwrap_or(false) != styled().find_map(read).unwrap_or(false)
        };
        for (k, format) in SWITCHES.into_iter().enumerate() {
            if differs(&|p| p.switches.get(k)) {
                found.put(format);
            }
        }
        if differs(&|p| p.bold) {
            found.put(CharFormat::Bold);
        }
        if differs(&|p| p.italic) {
            found.put(CharFormat::Italic);
        }
        if all().find_map(|p| p.size) != styled().find_map(|p| p.size) {
            found.put(CharFormat::Size);
        }
        let face = |p: &RunProps| p.face.as_ref().and_then(|f| self.theme.name(f)).map(str::to_owned);
        if all().find_map(face) != styled().find_map(face) {
            found.put(CharFormat::Font);
        }
        if all().find_map(|p| p.latin.as_ref()) != styled().find_map(|p| p.latin.as_ref()) {
            found.put_latin();
        }
        found
    }

    /// Whether a style is one that jianbao gives characters.
    fn is_ours(&self, id: &str) -> bool {
        const OURS: [&str; 6] = ["段首句", "着重", "强调语", "发言人姓名", "发言人职务", "page number"];
        self.by_id.get(id).is_none_or(|s| OURS.contains(&s.name.as_str()))
    }
}

impl Theme {
    fn get(&self, is_major: bool) -> Option<&String> {
        if is_major { self.major.as_ref() } else { self.minor.as_ref() }
    }

    fn set(&mut self, is_major: bool, face: Option<String>) {
        let place = if is_major { &mut self.major } else { &mut self.minor };
        *place = face.or(place.take());
    }

    fn name<'s>(&'s self, face: &'s Face) -> Option<&'s str> {
        match face {
            Face::Named(name) => Some(name),
            Face::Theme { is_major } => self.get(*is_major).map(String::as_str),
        }
    }
}

/// 黑体, 小标宋 and their kin, by their Chinese and Latin names.
fn is_heading_face(name: &str) -> bool {
    let name: String = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-')).collect();
    let name = name.to_lowercase();
    const NAMES: [&str; 9] =
        ["黑体", "标宋", "粗宋", "simhei", "stxihei", "heiti", "biaosong", "fandolhei", "sourcehansans"];
    // 微软雅黑 is the face of whole pages, not of headings; 等线 likewise.
    NAMES.iter().any(|n| name.contains(n)) || name.ends_with("xbsgbk") || name.ends_with("xbsk")
}

/// What a style's name says, in English, Chinese or as LibreOffice and pandoc say it.
fn named(name: &str) -> Option<Named> {
    let name = name.trim().to_lowercase();
    let level = |prefix: &str| {
        let rest = name.strip_prefix(prefix)?.trim();
        rest.parse::<u8>().ok().filter(|n| (1..=9).contains(n))
    };
    if let Some(level) = level("heading").or_else(|| level("标题")) {
        return Some(Named::Heading(level));
    }
    if ["toc", "目录", "contents"].iter().any(|p| level(p).is_some()) {
        return Some(Named::Contents);
    }
    Some(match name.as_str() {
        "title" | "标题" => Named::Title,
        "总标题" => Named::SetTitle,
        "subtitle" | "副标题" | "会议名称" => Named::Subtitle,
        "toc heading" | "目录标题" | "contents heading" | "toc 标题" => Named::ContentsHeading,
        "caption" | "题注" | "image caption" | "table caption" | "图表标题" => Named::Caption,
        "quote" | "引用" | "intense quote" | "明显引用" | "block text" | "文本块" | "quotations" => {
            Named::Quote
        }
        "list paragraph" | "列表段落" | "列出段落" | "list continue" | "列表接续" => {
            Named::ListText
        }
        "发言人" => Named::Speaker,
        "送改说明" => Named::EditorNote,
        "文稿状态" => Named::Status,
        _ => return None,
    })
}

fn default(xml: &mut Xml<'_>) -> Result<(RunProps, ParaProps), SourceError> {
    let mut found = (RunProps::default(), ParaProps::default());
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Event::Start(tag)) if tag.is(Ns::W, "rPr") => found.0 = RunProps::read(xml)?,
            Some(Event::Start(tag)) if tag.is(Ns::W, "pPr") => found.1 = ParaProps::read(xml)?,
            Some(_) => {}
            None => break,
        }
    }
    Ok(found)
}

fn style(xml: &mut Xml<'_>) -> Result<Style, SourceError> {
    let mut style = Style::default();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Some(Event::Start(tag)) => tag,
            Some(_) => continue,
            None => break,
        };
        match tag.name.as_str() {
            _ if tag.ns != Ns::W => {}
            "name" => style.name = tag.val().unwrap_or_default().to_owned(),
            "basedOn" => style.based_on = tag.val().map(str::to_owned),
            "rPr" => style.run = RunProps::read(xml)?,
            "pPr" => style.paragraph = ParaProps::read(xml)?,
            // A part of a table's look.
            "tblStylePr" => xml.skip()?,
            "semiHidden" if !is_on(&tag) => {}
            _ => {}
        }
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_styles() {
        for (name, expected) in [
            ("heading 1", Some(Named::Heading(1))),
            ("Heading 6", Some(Named::Heading(6))),
            ("标题 2", Some(Named::Heading(2))),
            ("标题", Some(Named::Title)),
            ("Subtitle", Some(Named::Subtitle)),
            ("toc 3", Some(Named::Contents)),
            ("TOC Heading", Some(Named::ContentsHeading)),
            ("送改说明", Some(Named::EditorNote)),
            ("文稿状态", Some(Named::Status)),
            ("heading", None),
            ("heading 12", None),
            ("Body Text", None),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }

    #[test]
    fn faces_of_headings() {
        for name in ["黑体", "SimHei", "方正小标宋简体", "方正大标宋_GBK", "FZXiaoBiaoSong-B05S", "STHeiti"]
        {
            assert!(is_heading_face(name), "{name}");
        }
        for name in ["仿宋_GB2312", "SimSun", "微软雅黑", "等线", "楷体"] {
            assert!(!is_heading_face(name), "{name}");
        }
    }

    #[test]
    fn looks_are_resolved_through_styles() {
        let text = "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
            <w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/><w:rFonts w:eastAsiaTheme='minorEastAsia'/></w:rPr></w:rPrDefault></w:docDefaults>\
            <w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/><w:pPr><w:jc w:val='both'/></w:pPr></w:style>\
            <w:style w:type='paragraph' w:styleId='b'><w:name w:val='大'/><w:basedOn w:val='a'/><w:pPr><w:jc w:val='center'/><w:ind w:firstLineChars='200'/></w:pPr><w:rPr><w:b/><w:sz w:val='44'/></w:rPr></w:style>\
            <w:style w:type='character' w:styleId='c'><w:name w:val='黑'/><w:rPr><w:b/><w:rFonts w:eastAsia='黑体'/></w:rPr></w:style>\
            <w:style w:type='paragraph' w:styleId='x'><w:name w:val='x'/><w:basedOn w:val='y'/></w:style>\
            <w:style w:type='paragraph' w:styleId='y'><w:name w:val='y'/><w:basedOn w:val='x'/></w:style></w:styles>";
        let mut styles = Styles::read("s", text).unwrap();
        let theme = "<a:t xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:minorFont><a:ea typeface=''/><a:font script='Hans' typeface='黑体'/></a:minorFont></a:t>";
        styles.read_theme("t", theme).unwrap();
        let plain = styles.run(&RunProps::default(), None);
        assert_eq!((plain.size, plain.is_bold, plain.is_heading_face), (21, false, true));
        let big = styles.run(&RunProps::default(), Some("b"));
        assert_eq!((big.size, big.is_bold), (44, true));
        // Bold in both styles is bold turned off.
        let both = RunProps { style: Some("c".into()), ..RunProps::default() };
        assert!(!styles.run(&both, Some("b")).is_bold && styles.run(&both, None).is_bold);
        let set = styles.paragraph(&ParaProps { style: Some("b".into()), ..ParaProps::default() });
        assert_eq!((set.justify, set.indent.chars(44)), (Some(Justify::Centre), 2));
        assert_eq!(styles.ids(Some("x")).len(), LONGEST_CHAIN);
    }
}

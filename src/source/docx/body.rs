//! The events of a part to paragraphs and tables: what shows and is no furniture, revisions taken as
//! accepted.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::source::SourceError;

use super::fields::{self, Field, Kind};
use super::model::{Item, NoteKey, Paragraph, Picture, Row, Table, What};
use super::props::{ParaProps, RunProps, is_on};
use super::record::{self, Record};
use super::relations::{Relations, Target};
use super::story::{Frame, Frames, Story};
use super::styles::Styles;
use super::symbols;
use super::tally::Tally;
use super::xml::{Event, Ns, Tag, Xml};

/// Columns Word allows; a larger span is no span.
const MOST_COLUMNS: usize = 63;
/// Fields inside one another; more are not Word's, and looking through all of them takes its time.
const MOST_FIELDS: usize = 64;
/// Bookmarks that may be open at once and still be followed.
const MOST_BOOKMARKS: usize = 64;

/// What the end of an element does.
enum Close {
    Nothing,
    Frame,
    Run,
    Text,
    Code,
    Link,
    SimpleField,
    Control,
    Alternate,
    Insertion,
}

/// A run that is open.
#[derive(Default)]
struct Run {
    props: RunProps,
    /// Its text is the mark of a note.
    is_mark: bool,
    /// Its properties were changed with tracking on.
    change: Option<usize>,
}

/// What is known beside the part itself.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) styles: &'a Styles,
    pub(super) relations: &'a Relations,
    /// Whether fields are followed; not where one of them has no end.
    pub(super) follows_fields: bool,
    /// Whether it is wanted what of a look is not the styles'.
    pub(super) with_formats: bool,
}

/// What a part holds.
pub(super) struct Contents {
    pub(super) items: Vec<Item>,
    /// Notes by the bookmarks around their marks.
    pub(super) marks: BTreeMap<String, NoteKey>,
    pub(super) tally: Tally,
    /// A field had no end, and text was lost in it.
    pub(super) is_torn: bool,
    /// What stands beside the text.
    pub(super) record: Record,
}

pub(super) struct Body<'a> {
    around: Around<'a>,
    frames: Frames,
    closes: Vec<Close>,
    runs: Vec<Run>,
    text: Option<(String, bool)>,
    links: Vec<Option<Rc<str>>>,
    fields: Vec<Field>,
    /// Content controls; true for one whose content is not text.
    controls: Vec<bool>,
    /// `mc:AlternateContent`; true when a branch was taken.
    alternates: Vec<bool>,
    alt: String,
    bookmarks: BTreeMap<String, String>,
    marks: BTreeMap<String, NoteKey>,
    tally: Tally,
    is_torn: bool,
    record: Record,
}

impl<'a> Body<'a> {
    pub(super) fn new(around: Around<'a>, record: Record) -> Self {
        Self {
            around,
            frames: Frames::new(),
            closes: Vec::new(),
            runs: Vec::new(),
            text: None,
            links: Vec::new(),
            fields: Vec::new(),
            controls: Vec::new(),
            alternates: Vec::new(),
            alt: String::new(),
            bookmarks: BTreeMap::new(),
            marks: BTreeMap::new(),
            tally: Tally::default(),
            is_torn: false,
            record,
        }
    }

    /// Reads to the end of the element whose start was read last, or of the part.
    pub(super) fn read(mut self, xml: &mut Xml<'_>) -> Result<Contents, SourceError> {
        loop {
            match xml.next()? {
                Some(Event::Start(tag)) => {
                    if let Some(close) = self.start(&tag, xml)? {
                        self.closes.push(close);
                    }
                }
                // The end of the element that was open before is the end of what is read.
                Some(Event::End) => {
                    let Some(close) = self.closes.pop() else { break };
                    self.end(close);
                }
                Some(Event::Text(text)) => self.characters(&text),
                None => break,
            }
        }
        let is_torn =
            self.is_torn || self.fields.iter().any(|f| !matches!(f.kind, Some(Kind::Shown | Kind::Link(_))));
        Ok(Contents {
            items: self.frames.finish(),
            marks: self.marks,
            tally: self.tally,
            is_torn,
            record: self.record,
        })
    }

    /// The start of an element: what its end will do, or none when all of it has been read.
    fn start(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<Option<Close>, SourceError> {
        let close = match tag.ns {
            Ns::W => return self.word(tag, xml),
            Ns::M => match tag.name.as_str() {
                "t" => {
                    self.text = Some((String::new(), true));
                    Close::Text
                }
                "oMath" => {
                    self.tally.formulas += 1;
                    Close::Nothing
                }
                _ => Close::Nothing,
            },
            Ns::Wp if tag.name == "docPr" => {
                let told = [tag.bare("descr"), tag.bare("title")];
                self.alt =
                    told.into_iter().flatten().find(|t| !t.trim().is_empty()).unwrap_or_default().into();
                Close::Nothing
            }
            Ns::A if tag.name == "blip" => {
                self.picture(tag.attr(Ns::R, "embed").or_else(|| tag.attr(Ns::R, "link")));
                Close::Nothing
            }
            Ns::V if tag.name == "shape" => {
                self.alt = tag.bare("alt").unwrap_or_default().to_owned();
                Close::Nothing
            }
            Ns::V if tag.name == "imagedata" => {
                self.picture(tag.attr(Ns::R, "id").or_else(|| tag.attr(Ns::R, "pict")));
                Close::Nothing
            }
            Ns::O if tag.name == "OLEObject" => {
                self.tally.objects += 1;
                Close::Nothing
            }
            Ns::Graphic if matches!(tag.name.as_str(), "chart" | "relIds") => {
                self.tally.objects += 1;
                Close::Nothing
            }
            Ns::Mc => match tag.name.as_str() {
                "AlternateContent" => {
                    self.alternates.push(false);
                    Close::Alternate
                }
                "Choice" | "Fallback" => {
                    let required = tag.bare("Requires").unwrap_or_default();
                    let is_understood = required.split_whitespace().all(|p| xml.prefix(p) != Ns::Other);
                    match self.alternates.last_mut() {
                        Some(taken) if !*taken && is_understood => *taken = true,
                        _ => {
                            xml.skip()?;
                            return Ok(None);
                        }
                    }
                    Close::Nothing
                }
                _ => Close::Nothing,
            },
            _ => Close::Nothing,
        };
        Ok(Some(close))
    }

    fn word(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<Option<Close>, SourceError> {
        let frame = |body: &mut Self, frame| {
            body.frames.open(frame);
            Ok(Some(Close::Frame))
        };
        match tag.name.as_str() {
            "p" => {
                let is_contents = self.is_in_contents();
                frame(self, Frame::Paragraph(Box::new(Paragraph { is_contents, ..Paragraph::default() })))
            }
            "tbl" => frame(self, Frame::Table(Table::default())),
            "tr" => frame(self, Frame::Row(Row::default())),
            "tc" => {
                let story = Story::default();
                frame(self, Frame::Cell { story, span: 1, is_continued: false, is_deleted: false })
            }
            "txbxContent" => frame(self, Frame::Box(Story::default())),
            "r" => {
                self.runs.push(Run::default());
                Ok(Some(Close::Run))
            }
            "t" => {
                self.text = Some((String::new(), tag.keeps_blanks()));
                Ok(Some(Close::Text))
            }
            "instrText" => {
                self.text = Some((String::new(), true));
                Ok(Some(Close::Code))
            }
            "hyperlink" => {
                let link = self.hyperlink(tag);
                self.links.push(link);
                Ok(Some(Close::Link))
            }
            "fldSimple" => self.simple_field(tag, xml),
            "sdt" => {
                self.controls.push(false);
                Ok(Some(Close::Control))
            }
            "sdtContent" if self.controls.last() == Some(&true) => {
                xml.skip()?;
                Ok(None)
            }
            "ins" | "moveTo" => {
                self.tally.inserted += 1;
                self.record.insertion(tag);
                Ok(Some(Close::Insertion))
            }
            _ => self.whole(tag, xml),
        }
    }

    /// Elements that are read to their end at once, and those that only hold others.
    fn whole(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<Option<Close>, SourceError> {
        match tag.name.as_str() {
            "pPr" => {
                let props = ParaProps::read(xml)?;
                if let Some(paragraph) = self.frames.paragraph() {
                    paragraph.props = props;
                }
                return Ok(None);
            }
            "rPr" => {
                let props = RunProps::read(xml)?;
                let change = props.changed_by.as_ref().and_then(|by| self.record.format(by));
                if let Some(run) = self.runs.last_mut() {
                    run.props = props;
                    run.change = change;
                }
                return Ok(None);
            }
            "tcPr" | "trPr" => {
                self.cell_props(xml)?;
                return Ok(None);
            }
            "sdtPr" => {
                self.control_props(xml)?;
                return Ok(None);
            }
            "del" | "moveFrom" => {
                self.tally.deleted += 1;
                if self.record.is_on() {
                    let text = record::text_inside(xml)?;
                    self.record.deletion(tag, text);
                    self.hang();
                    return Ok(None);
                }
            }
            "rt" => self.tally.readings += 1,
            "altChunk" | "subDoc" => self.tally.embedded += 1,
            "delText" | "delInstrText" | "sectPr" | "tblPr" | "tblGrid" | "tblPrEx" | "sdtEndPr"
            | "rubyPr" | "smartTagPr" | "customXmlPr" | "ffData" => {}
            _ => {
                self.mark(tag);
                return Ok(Some(Close::Nothing));
            }
        }
        xml.skip()?;
        Ok(None)
    }

    /// Elements that stand for a character, a place or a field's border.
    fn mark(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "tab" | "ptab" => self.put(What::Text(" ".into())),
            "br" if matches!(tag.attr(Ns::W, "type"), Some("page" | "column")) => {}
            "br" | "cr" => self.put(What::Break),
            "noBreakHyphen" => self.put(What::Text("\u{2011}".into())),
            "softHyphen" => self.put(What::Text("\u{ad}".into())),
            "sym" => {
                let font = tag.attr(Ns::W, "font").unwrap_or_default();
                let code = tag.attr(Ns::W, "char").unwrap_or_default();
                let found = symbols::character(font, code);
                if found.is_none() {
                    self.tally.symbol(font, code);
                }
                self.put(What::Text(found.unwrap_or(symbols::MISSING).into()));
            }
            "footnoteReference" | "endnoteReference" => self.note(tag),
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => self.record.comment(tag),
            "bookmarkStart" => {
                self.record.bookmark(tag.attr(Ns::W, "name").unwrap_or_default());
                let (id, name) = (tag.attr(Ns::W, "id"), tag.attr(Ns::W, "name"));
                if let (Some(id), Some(name)) = (id, name)
                    && self.bookmarks.len() < MOST_BOOKMARKS
                {
                    self.bookmarks.insert(id.to_owned(), name.to_owned());
                }
            }
            "bookmarkEnd" => {
                self.bookmarks.remove(tag.attr(Ns::W, "id").unwrap_or_default());
            }
            "fldChar" if self.around.follows_fields => match tag.attr(Ns::W, "fldCharType") {
                Some("begin") if self.fields.len() < MOST_FIELDS => self.fields.push(Field::default()),
                Some("begin") => self.is_torn = true,
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut().filter(|f| f.kind.is_none()) {
                        field.kind = Some(fields::kind(&field.code));
                    }
                }
                Some("end") => self.end_field(),
                _ => {}
            },
            _ => {}
        }
    }

    fn note(&mut self, tag: &Tag) {
        let Some(id) = tag.attr(Ns::W, "id") else { return };
        let key = NoteKey { is_end: tag.name == "endnoteReference", id: id.to_owned() };
        if let Some(run) = self.runs.last_mut() {
            run.is_mark =
                tag.attr(Ns::W, "customMarkFollows").is_some_and(|v| !matches!(v, "0" | "false" | "off"));
        }
        if !self.is_silent() {
            self.marks.extend(self.bookmarks.values().map(|name| (name.clone(), key.clone())));
        }
        self.put(What::Note(key));
    }

    fn end(&mut self, close: Close) {
        match close {
            Close::Nothing => {}
            Close::Frame => {
                self.end_paragraph();
                self.frames.close();
            }
            Close::Insertion => self.record.end_insertion(),
            Close::Run => {
                self.runs.pop();
            }
            Close::Text => {
                let Some((text, keeps_blanks)) = self.text.take() else { return };
                // Word shows a line end inside as a blank.
                let text = text.replace(['\n', '\r', '\t'], " ");
                let text = if keeps_blanks { text.as_str() } else { text.trim_matches(' ') };
                if !text.is_empty() && !self.runs.last().is_some_and(|r| r.is_mark) {
                    self.put(What::Text(text.to_owned()));
                }
            }
            Close::Code => {
                let Some((text, _)) = self.text.take() else { return };
                if let Some(field) = self.fields.last_mut().filter(|f| f.kind.is_none()) {
                    field.code.push_str(&text);
                }
            }
            Close::Link => {
                self.links.pop();
            }
            Close::SimpleField => self.end_field(),
            Close::Control => {
                self.controls.pop();
            }
            Close::Alternate => {
                self.alternates.pop();
            }
        }
    }

    fn characters(&mut self, text: &str) {
        if let Some((collected, _)) = &mut self.text {
            collected.push_str(text);
        }
    }

    /// Puts an empty piece down for marks that stand between characters.
    fn hang(&mut self) {
        if self.record.waits() && !self.is_silent() {
            self.put(What::Text(String::new()));
        }
    }

    /// The marks at a paragraph's end, and its own when it was put in or taken out.
    fn end_paragraph(&mut self) {
        if !self.record.is_on() {
            return;
        }
        let mark = self.frames.paragraph().map(|p| p.props.mark.clone());
        let Some(mark) = mark else { return };
        if let Some((author, time)) = &mark.by {
            self.record.paragraph(author, time.as_deref(), mark.is_deleted);
        }
        self.hang();
    }

    fn is_in_contents(&self) -> bool {
        self.fields.iter().any(|f| f.kind == Some(Kind::Contents))
    }

    /// Whether what comes is no text: a field's code, a table of contents.
    fn is_silent(&self) -> bool {
        self.fields.iter().any(|f| matches!(f.kind, None | Some(Kind::Contents)))
    }

    /// Puts a piece into the paragraph that is open.
    fn put(&mut self, what: What) {
        if self.is_in_contents() {
            self.tally.contents += 1;
            if let Some(paragraph) = self.frames.paragraph() {
                paragraph.is_contents = true;
            }
            return;
        }
        if self.is_silent() {
            return;
        }
        if let Some(field) = self.fields.iter_mut().rev().find(|f| matches!(f.kind, Some(Kind::NoteMark(_))))
        {
            if let What::Text(text) = what {
                field.shown.push_str(&text);
            }
            return;
        }
        let style = self.frames.paragraph().and_then(|p| p.props.style.clone());
        let plain = RunProps::default();
        let props = self.runs.last().map_or(&plain, |r| &r.props);
        let mut look = self.around.styles.run(props, style.as_deref());
        if self.around.with_formats && matches!(what, What::Text(_)) {
            look.formats = self.around.styles.formats(props, style.as_deref());
        }
        let change = self.runs.last().and_then(|r| r.change);
        if look.is_hidden {
            self.tally.hidden += 1;
            return;
        }
        let link = self.links.iter().rev().flatten().next().cloned().or_else(|| {
            self.fields.iter().rev().find_map(|f| match &f.kind {
                Some(Kind::Link(target)) => Some(Rc::clone(target)),
                _ => None,
            })
        });
        if let Some(paragraph) = self.frames.paragraph() {
            let marks = self.record.take(change);
            paragraph.push(what, look, link, marks);
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        match field.kind {
            Some(Kind::NoteMark(bookmark)) => self.put(What::NoteAt { bookmark, shown: field.shown }),
            // Without a result: Word draws some of them itself.
            None => {
                if let Some(text) = fields::circled(&field.code) {
                    self.put(What::Text(text));
                } else if field.code.trim_start().get(..2).is_some_and(|c| c.eq_ignore_ascii_case("eq")) {
                    self.tally.objects += 1;
                }
            }
            Some(Kind::Shown | Kind::Contents | Kind::Link(_)) => {}
        }
    }

    fn simple_field(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<Option<Close>, SourceError> {
        let kind = fields::kind(tag.attr(Ns::W, "instr").unwrap_or_default());
        if kind == Kind::Contents {
            self.tally.contents += 1;
            if let Some(paragraph) = self.frames.paragraph() {
                paragraph.is_contents = true;
            }
            xml.skip()?;
            return Ok(None);
        }
        self.fields.push(Field { kind: Some(kind), ..Field::default() });
        Ok(Some(Close::SimpleField))
    }

    fn hyperlink(&self, tag: &Tag) -> Option<Rc<str>> {
        let Some(Target::Outside(target)) = self.around.relations.target(tag.attr(Ns::R, "id")?) else {
            return None;
        };
        let anchor = tag.attr(Ns::W, "anchor").filter(|a| !a.is_empty() && !target.contains('#'));
        Some(anchor.map_or_else(|| target.clone(), |a| format!("{target}#{a}")).into())
    }

    fn picture(&mut self, id: Option<&str>) {
        if self.is_silent() {
            return;
        }
        let Some(target) = id.and_then(|id| self.around.relations.target(id)) else { return };
        match target {
            Target::Part(part) => {
                let picture = Picture { part: part.clone(), alt: self.alt.trim().to_owned() };
                if let Some(paragraph) = self.frames.paragraph() {
                    paragraph.pictures.push(picture);
                }
            }
            Target::Outside(address) => self.tally.outside_pictures.push(address.clone()),
        }
    }

    /// `w:tcPr` and `w:trPr`, to their end.
    fn cell_props(&mut self, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            let tag = match xml.next()? {
                Some(Event::Start(tag)) => tag,
                Some(_) => continue,
                None => break,
            };
            let number = || tag.val().and_then(|v| v.parse::<usize>().ok()).unwrap_or(1).min(MOST_COLUMNS);
            match (tag.name.as_str(), self.frames.last()) {
                _ if tag.ns != Ns::W => {}
                ("gridSpan", Some(Frame::Cell { span, .. })) => *span = number().max(1),
                ("vMerge", Some(Frame::Cell { is_continued, .. })) => {
                    *is_continued = tag.val() != Some("restart");
                }
                ("cellDel", Some(Frame::Cell { is_deleted, .. })) => {
                    *is_deleted = true;
                    self.tally.deleted += 1;
                }
                ("gridBefore", Some(Frame::Row(row))) => row.before = number(),
                ("del", Some(Frame::Row(row))) => {
                    row.is_deleted = true;
                    self.tally.deleted += 1;
                }
                ("ins", Some(Frame::Row(_))) => self.tally.inserted += 1,
                ("trPrChange" | "tcPrChange" | "tblPrExChange", _) => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// `w:sdtPr`, to its end: a table of contents and a prompt to type here are no text.
    fn control_props(&mut self, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            let tag = match xml.next()? {
                Some(Event::Start(tag)) => tag,
                Some(_) => continue,
                None => break,
            };
            let is_contents = tag.is(Ns::W, "docPartGallery")
                && tag.val().is_some_and(|v| v.eq_ignore_ascii_case("table of contents"));
            self.tally.contents += usize::from(is_contents);
            let is_prompt = tag.is(Ns::W, "showingPlcHdr") && is_on(&tag);
            if let Some(is_left_out) = self.controls.last_mut() {
                *is_left_out |= is_contents || is_prompt;
            }
        }
        Ok(())
    }
}

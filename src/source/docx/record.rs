//! What stands beside the text while it is read: tracked changes, comments, bookmarks. Pieces of text bear
//! the numbers of what is open around them; once the text is laid out, [`Record::margin`] knows the
//! bytes.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::source::{Margin, Remark, Revision, SourceError};

use super::package::Package;
use super::relations::Relations;
use super::xml::{Event, Ns, Tag, Xml};

/// Marks of one file; what is beyond is not followed.
const MOST: usize = 100_000;
/// Marks open at one place.
const MOST_OPEN: usize = 64;
/// Characters of a comment, and of what was taken out in one place.
const LONGEST: usize = 100_000;

/// Numbers of marks around a piece.
pub(super) type Marks = Option<Rc<[usize]>>;

#[derive(Debug)]
enum Mark {
    Revision(Revision),
    Comment(String),
    Bookmark(String),
}

/// What is met, in order.
#[derive(Debug, Default)]
pub(super) struct Record {
    is_on: bool,
    marks: Vec<Mark>,
    open: Vec<usize>,
    /// Marks that hang on the next piece alone.
    next: Vec<usize>,
    around: Marks,
}

impl Record {
    pub(super) fn new(is_on: bool) -> Self {
        Self { is_on, ..Self::default() }
    }

    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    fn add(&mut self, mark: Mark) -> Option<usize> {
        if !self.is_on || self.marks.len() >= MOST {
            return None;
        }
        self.marks.push(mark);
        Some(self.marks.len() - 1)
    }

    fn open(&mut self, mark: Option<usize>) {
        if self.open.len() < MOST_OPEN {
            self.open.extend(mark);
        }
        self.around = None;
    }

    fn close(&mut self, is_it: impl Fn(&Mark) -> bool) {
        let marks = &self.marks;
        if let Some(at) = self.open.iter().rposition(|k| marks.get(*k).is_some_and(&is_it)) {
            self.open.remove(at);
            self.around = None;
        }
    }

    /// Text that was put in begins.
    pub(super) fn insertion(&mut self, tag: &Tag) {
        let mark = revision(tag, false, String::new());
        let mark = self.add(Mark::Revision(mark));
        self.open(mark);
    }

    pub(super) fn end_insertion(&mut self) {
        self.close(|m| matches!(m, Mark::Revision(r) if !r.is_deletion));
    }

    /// Text that was taken out.
    pub(super) fn deletion(&mut self, tag: &Tag, text: String) {
        let mark = self.add(Mark::Revision(revision(tag, true, text)));
        self.next.extend(mark);
    }

    /// The mark of a paragraph that was put in or taken out.
    pub(super) fn paragraph(&mut self, author: &str, time: Option<&str>, is_deletion: bool) {
        let text = if is_deletion { "\n".to_owned() } else { String::new() };
        let time = time.map(str::to_owned);
        let author = author.to_owned();
        let revision = Revision { author, time, is_deletion, is_format: false, text, range: 0..0 };
        let mark = self.add(Mark::Revision(revision));
        self.next.extend(mark);
    }

    /// The look of a run that was changed: its pieces are to bear the mark.
    pub(super) fn format(&mut self, (author, time): &(String, Option<String>)) -> Option<usize> {
        let (author, time) = (author.clone(), time.clone());
        self.add(Mark::Revision(Revision {
            author,
            time,
            is_deletion: false,
            is_format: true,
            text: String::new(),
            range: 0..0,
        }))
    }

    pub(super) fn comment(&mut self, tag: &Tag) {
        let id = tag.attr(Ns::W, "id").unwrap_or_default().to_owned();
        match tag.name.as_str() {
            "commentRangeStart" => {
                let mark = self.add(Mark::Comment(id));
                self.open(mark);
            }
            "commentRangeEnd" => self.close(|m| matches!(m, Mark::Comment(own) if *own == id)),
            // Without a range it hangs on its own place.
            _ if !self.marks.iter().any(|m| matches!(m, Mark::Comment(own) if *own == id)) => {
                let mark = self.add(Mark::Comment(id));
                self.next.extend(mark);
            }
            _ => {}
        }
    }

    pub(super) fn bookmark(&mut self, name: &str) {
        if name.starts_with("jb_") {
            let mark = self.add(Mark::Bookmark(name.to_owned()));
            self.next.extend(mark);
        }
    }

    /// Whether something waits for a piece to hang on.
    pub(super) fn waits(&self) -> bool {
        !self.next.is_empty()
    }

    /// The marks of the next piece, one of its own among them.
    pub(super) fn take(&mut self, own: Option<usize>) -> Marks {
        self.next.extend(own);
        if !self.is_on || self.open.is_empty() && self.next.is_empty() {
            return None;
        }
        if self.next.is_empty() {
            let open = &self.open;
            return Some(Rc::clone(self.around.get_or_insert_with(|| open.as_slice().into())));
        }
        let all: Vec<usize> = self.open.iter().copied().chain(self.next.drain(..)).collect();
        Some(all.into())
    }

    /// The margin, the pieces of `seen` having been laid out.
    pub(super) fn margin(self, seen: &[(Rc<[usize]>, Range<usize>)]) -> Margin {
        let mut ranges: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        for (marks, range) in seen {
            for mark in marks.iter() {
                let own = ranges.entry(*mark).or_insert_with(|| range.clone());
                own.start = own.start.min(range.start);
                own.end = own.end.max(range.end);
            }
        }
        let mut margin = Margin::default();
        for (k, mark) in self.marks.into_iter().enumerate() {
            let range = ranges.remove(&k);
            match (mark, range) {
                (Mark::Revision(revision), Some(range)) => {
                    let range = if revision.is_deletion { range.start..range.start } else { range };
                    margin.revisions.push(Revision { range, ..revision });
                }
                // Inside what was left out: a table of contents.
                (Mark::Revision(_) | Mark::Bookmark(_), None) => {}
                (Mark::Comment(id), range) => {
                    let remark = Remark {
                        id,
                        author: String::new(),
                        time: None,
                        text: String::new(),
                        range,
                        answers: None,
                    };
                    margin.comments.push(remark);
                }
                (Mark::Bookmark(name), Some(range)) => margin.bookmarks.push((name, range.start)),
            }
        }
        margin
    }
}

fn revision(tag: &Tag, is_deletion: bool, text: String) -> Revision {
    let author = tag.attr(Ns::W, "author").unwrap_or_default().to_owned();
    let time = tag.attr(Ns::W, "date").map(str::to_owned);
    Revision { author, time, is_deletion, is_format: false, text, range: 0..0 }
}

/// The text inside the element whose start was read last, to its end.
pub(super) fn text_inside(xml: &mut Xml<'_>) -> Result<String, SourceError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    let mut takes = false;
    while xml.depth() > outside {
        match xml.next()? {
            Some(Event::Start(tag)) => {
                takes = tag.ns == Ns::W && matches!(tag.name.as_str(), "t" | "delText");
                match tag.name.as_str() {
                    "br" | "cr" | "tab" if tag.ns == Ns::W => out.push(' '),
                    // Between the paragraphs of a comment.
                    "p" if tag.ns == Ns::W && !out.is_empty() => out.push('\n'),
                    _ => {}
                }
            }
            Some(Event::Text(text)) if takes && out.len() < LONGEST => out.push_str(&text),
            Some(Event::Text(_)) => {}
            Some(Event::End) => takes = false,
            None => break,
        }
    }
    Ok(out)
}

/// Fills in what the parts beside the text say: comments, properties.
pub(super) fn complete(
    margin: &mut Margin,
    package: &mut Package<'_>,
    relations: &Relations,
) -> Result<(), SourceError> {
    comments(margin, package, relations)?;
    for name in relations.parts("customXml") {
        if let Some(text) = package.text(&name)? {
            margin.copies.extend(named(&name, &text, "value")?);
        }
    }
    let top = Relations::read(package, "")?;
    if let Some(name) = top.part("custom-properties").map(str::to_owned)
        && let Some(text) = package.text(&name)?
    {
        margin.properties = named(&name, &text, "property")?;
    }
    if let Some(name) = top.part("core-properties").map(str::to_owned)
        && let Some(text) = package.text(&name)?
    {
        let mut xml = Xml::new(&name, &text);
        let mut current = String::new();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => current = tag.name,
                Event::Text(text) if current == "lastModifiedBy" => {
                    margin.saved_by.get_or_insert_default().push_str(&text);
                }
                Event::Text(text) if current == "modified" => {
                    margin.saved_at.get_or_insert_default().push_str(&text);
                }
                Event::Text(_) => {}
                Event::End => current.clear(),
            }
        }
    }
    Ok(())
}

/// Elements with a name and a text.
fn named(part: &str, text: &str, element: &str) -> Result<Vec<(String, String)>, SourceError> {
    let mut xml = Xml::new(part, text);
    let mut out: Vec<(String, String)> = Vec::new();
    let mut inside = None;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) if tag.name == element => {
                let name = tag.bare("name").unwrap_or_default().to_owned();
                inside = name.starts_with("jianbao.").then_some(xml.depth());
                if inside.is_some() {
                    out.push((name, String::new()));
                }
            }
            Event::Text(text) if inside.is_some() => {
                if let Some((_, value)) = out.last_mut() {
                    value.push_str(&text);
                }
            }
            Event::End if inside.is_some_and(|d| xml.depth() < d) => inside = None,
            _ => {}
        }
    }
    Ok(out)
}

fn comments(
    margin: &mut Margin,
    package: &mut Package<'_>,
    relations: &Relations,
) -> Result<(), SourceError> {
    let Some(name) = relations.part("comments").map(str::to_owned) else { return Ok(()) };
    let Some(text) = package.text(&name)? else { return Ok(()) };
    let answers = match relations.part("commentsExtended").map(str::to_owned) {
        Some(name) => match package.text(&name)? {
            Some(text) => threads(&name, &text)?,
            None => BTreeMap::new(),
        },
        None => BTreeMap::new(),
    };
    let mut xml = Xml::of_text(&name, &text);
    let mut by_paragraph: BTreeMap<String, String> = BTreeMap::new();
    let mut found: Vec<(Remark, Vec<String>)> = Vec::new();
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        if !tag.is(Ns::W, "comment") {
            continue;
        }
        let id = tag.attr(Ns::W, "id").unwrap_or_default().to_owned();
        let author = tag.attr(Ns::W, "author").unwrap_or_default().to_owned();
        let time = tag.attr(Ns::W, "date").map(str::to_owned);
        let (text, paragraphs) = comment(&mut xml)?;
        paragraphs.iter().for_each(|p| drop(by_paragraph.insert(p.clone(), id.clone())));
        found.push((Remark { id, author, time, text, range: None, answers: None }, paragraphs));
    }
    let mut out = Vec::with_capacity(found.len());
    for (remark, paragraphs) in found {
        let above = paragraphs.iter().find_map(|p| answers.get(p)).and_then(|p| by_paragraph.get(p)).cloned();
        out.push(Remark { answers: above, ..remark });
    }
    margin.comments = out;
    Ok(())
}

/// A comment's text and the names of its paragraphs.
fn comment(xml: &mut Xml<'_>) -> Result<(String, Vec<String>), SourceError> {
    let outside = xml.depth().saturating_sub(1);
    let (mut out, mut paragraphs, mut takes) = (String::new(), Vec::new(), false);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Event::Start(tag)) => {
                takes = tag.is(Ns::W, "t");
                if tag.is(Ns::W, "p") {
                    paragraphs.extend(tag.attr(Ns::Later, "paraId").map(str::to_owned));
                    if !out.is_empty() {
                        out.push('\n');
                    }
                }
            }
            Some(Event::Text(text)) if takes && out.len() < LONGEST => out.push_str(&text),
            Some(Event::Text(_)) => {}
            Some(Event::End) => takes = false,
            None => break,
        }
    }
    Ok((out, paragraphs))
}

/// Which comment's paragraph answers which.
fn threads(part: &str, text: &str) -> Result<BTreeMap<String, String>, SourceError> {
    let mut xml = Xml::new(part, text);
    let mut out = BTreeMap::new();
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        if let (Some(own), Some(above)) = (tag.attr(Ns::Later, "paraId"), tag.attr(Ns::Later, "paraIdParent"))
        {
            out.insert(own.to_owned(), above.to_owned());
        }
    }
    Ok(out)
}

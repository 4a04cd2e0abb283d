//! The documents of the book in reading order, its contents and landmarks.

use std::collections::{BTreeMap, BTreeSet};

use epub_builder::ReferenceType;
use serde::Serialize;

use crate::render::epub::body::Converter;
use crate::render::epub::entry::{entry, fixed, who};
use crate::render::epub::inline::{anchor, clauses_of};
use crate::render::epub::model::{
    Body, Book, Cover, Entry, Landmark, Named, Order, PageLink, PartTitle, Run, SpeechText, WORDS,
};
use crate::render::epub::pages::Pages;
use crate::render::epub::pictures::Pictures;
use crate::render::epub::turns::{Cursor, Turns};
use crate::render::epub::xml::one_line;
use crate::render::{Image, Job, People, Person, RenderError};
use crate::tree::{NodeId, Part, Proceedings, Speech};

/// One finished document.
pub(super) struct Document {
    /// Its name in the book.
    pub(super) file: String,
    /// Its text.
    pub(super) xhtml: String,
    /// Its line in the contents; empty when it has none.
    pub(super) label: String,
    /// 1, or 2 for a speech inside a part.
    pub(super) level: i32,
    /// What it is to readers that jump.
    pub(super) reference: Option<ReferenceType>,
}

/// The book's documents.
pub(super) struct Plan {
    /// In reading order, the contents excepted.
    pub(super) documents: Vec<Document>,
    /// The contents.
    pub(super) nav: String,
    /// Whether there is an index.
    pub(super) has_index: bool,
    /// Where the pages of the print edition begin, in reading order.
    pub(super) pages: Vec<PageLink>,
}

/// Makes every document of the book.
pub(super) fn plan(job: &Job<'_>, book: &Book, pictures: &Pictures<'_>) -> Result<Plan, RenderError> {
    let turns = Turns::of(job.pages);
    let mut maker = Maker {
        turns: &turns,
        turned: Vec::new(),
        pages: Pages::new(job.templates, book),
        documents: Vec::new(),
        files: ["cover.xhtml", "title.xhtml", "nav.xhtml", "lede.xhtml", "index.xhtml"]
            .map(str::to_owned)
            .into(),
        entries: Vec::new(),
        speeches: BTreeMap::new(),
        started: false,
        inside_part: false,
    };
    maker.cover(job, book)?;
    maker.title(job)?;
    maker.lede(job, pictures)?;
    let mut part = None;
    for (k, speech) in job.tree.speeches.iter().enumerate() {
        if speech.part != part {
            part.clone_from(&speech.part);
            let found = job.tree.parts.iter().find(|p| Some(&p.id) == part.as_ref());
            maker.part(found.filter(|p| !p.title.trim().is_empty() || !p.intro.is_empty()), pictures)?;
        }
        maker.speech(k, speech, pictures)?;
    }
    let has_index = maker.index(job.tree)?;
    maker.finish(has_index)
}

struct Maker<'a> {
    turns: &'a Turns<'a>,
    /// Where pages have begun so far.
    turned: Vec<PageLink>,
    pages: Pages,
    documents: Vec<Document>,
    /// Names that are taken.
    files: BTreeSet<String>,
    entries: Vec<(i32, Entry)>,
    speeches: BTreeMap<&'a NodeId, (String, &'a Speech)>,
    started: bool,
    inside_part: bool,
}

impl<'a> Maker<'a> {
    fn document(&mut self, file: &str, template: &str, context: &impl Serialize) -> Result<(), RenderError> {
        let xhtml = self.pages.render(template, context)?;
        let file = file.to_owned();
        self.documents.push(Document { file, xhtml, label: String::new(), level: 1, reference: None });
        Ok(())
    }

    /// Puts the last document into the contents.
    fn list(&mut self, level: i32, entry: Entry) {
        if let Some(document) = self.documents.last_mut() {
            document.label.clone_from(&entry.label);
            document.level = level;
        }
        self.entries.push((level, entry));
    }

    /// Marks the last document as the beginning of the text proper, if it is.
    fn start_text(&mut self) {
        if let Some(document) = self.documents.last_mut().filter(|_| !self.started) {
            document.reference = Some(ReferenceType::Text);
            self.started = true;
        }
    }

    /// Takes down the pages that begin in the last document. A template of the user's may know no such marks.
    fn turn(&mut self, cursor: Cursor) {
        let Some(document) = self.documents.last() else { return };
        for (id, label) in cursor.placed {
            if document.xhtml.contains(&format!("id=\"{id}\"")) {
                self.turned.push(PageLink { file: document.file.clone(), id, label });
            }
        }
    }

    /// A file name made of an id, or of `instead` where the id cannot serve, not yet taken.
    fn file(&mut self, id: &NodeId, instead: &str) -> String {
        let fits = anchor(id)
            .filter(|id| id.len() <= 40 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        let stem = fits.unwrap_or_else(|| instead.to_owned());
        let mut file = format!("{stem}.xhtml");
        let mut n = 1;
        while !self.files.insert(file.clone()) {
            n += 1;
            file = format!("{stem}-{n}.xhtml");
        }
        file
    }

    fn cover(&mut self, job: &Job<'_>, book: &Book) -> Result<(), RenderError> {
        #[derive(Serialize)]
        struct Context {
            cover: Cover,
        }
        let Some(cover) = job.cover else { return Ok(()) };
        let cover = Cover { file: cover_file(cover), alt: cover_words(book) };
        self.document("cover.xhtml", "epub/cover.xhtml", &Context { cover })?;
        if let Some(document) = self.documents.last_mut() {
            document.reference = Some(ReferenceType::Cover);
        }
        Ok(())
    }

    fn title(&mut self, job: &Job<'_>) -> Result<(), RenderError> {
        #[derive(Serialize)]
        struct Context {
            pages: Vec<Run>,
        }
        let mut cursor = Cursor::default();
        cursor.open(self.turns.in_node(&job.tree.front.title.id));
        self.document("title.xhtml", "epub/title.xhtml", &Context { pages: cursor.rest() })?;
        self.turn(cursor);
        Ok(())
    }

    fn lede(&mut self, job: &Job<'_>, pictures: &Pictures<'_>) -> Result<(), RenderError> {
        #[derive(Serialize)]
        struct Context {
            lede: Body,
        }
        if job.tree.lede.is_empty() {
            return Ok(());
        }
        let mut converter = Converter::new(&job.tree.lede, pictures, self.turns);
        let lede = converter.body(&job.tree.lede);
        self.document("lede.xhtml", "epub/lede.xhtml", &Context { lede })?;
        self.turn(converter.inlines.cursor);
        self.list(1, fixed("lede.xhtml", WORDS.lede));
        Ok(())
    }

    fn part(&mut self, part: Option<&'a Part>, pictures: &Pictures<'_>) -> Result<(), RenderError> {
        #[derive(Serialize)]
        struct Context {
            part: PartTitle,
        }
        self.inside_part = part.is_some();
        let Some(part) = part else { return Ok(()) };
        let file = self.file(&part.id, "part");
        let mut converter = Converter::new(&part.intro, pictures, self.turns);
        converter.inlines.cursor.open(self.turns.in_node(&part.id));
        let text = PartTitle {
            pages: converter.inlines.cursor.rest(),
            id: anchor(&part.id),
            title: one_line(&part.title),
            clauses: clauses_of(&part.title),
            body: converter.body(&part.intro),
        };
        let listed = if text.title.is_empty() { WORDS.lede } else { &part.title };
        self.document(&file, "epub/part.xhtml", &Context { part: text })?;
        self.turn(converter.inlines.cursor);
        self.list(1, Entry { clauses: clauses_of(listed), ..fixed(&file, listed) });
        self.start_text();
        Ok(())
    }

    fn speech(&mut self, k: usize, speech: &'a Speech, pictures: &Pictures<'_>) -> Result<(), RenderError> {
        #[derive(Serialize)]
        struct Context {
            speech: SpeechText,
        }
        let file = self.file(&speech.id, &format!("s{:02}", k + 1));
        let entry = entry(&file, speech);
        let mut converter = Converter::new(&speech.body, pictures, self.turns);
        let cursor = &mut converter.inlines.cursor;
        cursor.open(self.turns.in_node(&speech.id));
        let mut pages = cursor.before();
        cursor.pass(&entry.number);
        let mut clauses = converter.inlines.heading(&speech.heading);
        pages.extend(converter.inlines.cursor.rest());
        if speech.heading.display().trim().is_empty() {
            clauses.clear();
        }
        let text = SpeechText {
            pages,
            id: anchor(&speech.id),
            heading_id: anchor(&speech.heading.id),
            title: entry.label.clone(),
            number: entry.number.clone(),
            clauses,
            speakers: speech.speakers.iter().map(who).collect(),
            body: converter.body(&speech.body),
        };
        self.document(&file, "epub/speech.xhtml", &Context { speech: text })?;
        self.turn(converter.inlines.cursor);
        self.list(if self.inside_part { 2 } else { 1 }, entry);
        self.start_text();
        self.speeches.insert(&speech.id, (file, speech));
        Ok(())
    }

    /// The people of the book by stroke and by pinyin.
    fn index(&mut self, tree: &Proceedings) -> Result<bool, RenderError> {
        #[derive(Serialize)]
        struct Context {
            orders: [Order; 2],
        }
        let people = People::of(tree);
        if people.by_stroke.is_empty() {
            return Ok(false);
        }
        let named = |person: &Person| {
            let speeches = person.speeches.iter().filter_map(|id| self.speeches.get(id));
            let speeches = speeches.map(|(file, speech)| entry(file, speech)).collect();
            Named { name: person.name.clone(), speeches }
        };
        let order =
            |id, title, people: &[Person]| Order { id, title, people: people.iter().map(named).collect() };
        let orders = [
            order("stroke", WORDS.by_stroke, &people.by_stroke),
            order("pinyin", WORDS.by_pinyin, &people.by_pinyin),
        ];
        self.document("index.xhtml", "epub/index.xhtml", &Context { orders })?;
        self.list(1, fixed("index.xhtml", WORDS.index));
        if let Some(document) = self.documents.last_mut() {
            document.reference = Some(ReferenceType::Index);
        }
        Ok(true)
    }

    /// The contents, two levels deep, and the landmarks.
    fn finish(mut self, has_index: bool) -> Result<Plan, RenderError> {
        #[derive(Serialize)]
        struct Context<'a> {
            entries: Vec<Entry>,
            landmarks: Vec<Landmark>,
            pages: &'a [PageLink],
        }
        if self.entries.is_empty() {
            self.list(1, fixed("title.xhtml", WORDS.titlepage));
        }
        let mut entries: Vec<Entry> = Vec::new();
        for (level, entry) in self.entries {
            match entries.last_mut() {
                Some(part) if level > 1 => part.children.push(entry),
                _ => entries.push(entry),
            }
        }
        let landmark = |kind, file: &str, label| Landmark { kind, file: file.to_owned(), label };
        let mut landmarks = vec![
            landmark("titlepage", "title.xhtml", WORDS.titlepage),
            landmark("toc", "nav.xhtml", WORDS.contents),
        ];
        for document in &self.documents {
            match document.reference {
                Some(ReferenceType::Cover) => {
                    landmarks.insert(0, landmark("cover", &document.file, WORDS.cover));
                }
                Some(ReferenceType::Text) => {
                    landmarks.push(landmark("bodymatter", &document.file, WORDS.text))
                }
                Some(ReferenceType::Index) => landmarks.push(landmark("index", &document.file, WORDS.index)),
                _ => {}
            }
        }
        let pages = self.turned;
        let nav = self.pages.render("epub/nav.xhtml", &Context { entries, landmarks, pages: &pages })?;
        Ok(Plan { documents: self.documents, nav, has_index, pages })
    }
}

/// The cover's file in the book.
pub(super) fn cover_file(cover: &Image) -> String {
    let ending = cover.media_type.rsplit('/').next().filter(|e| e.bytes().all(|b| b.is_ascii_alphanumeric()));
    format!("images/cover.{}", ending.unwrap_or("img"))
}

/// What the cover says, for those who cannot see it.
fn cover_words(book: &Book) -> String {
    let issue: String = [&book.series, &book.number].into_iter().flatten().map(String::as_str).collect();
    let said = [Some(&issue), Some(&book.title), book.event.as_ref().filter(|e| **e != book.title)];
    let said = said.into_iter().flatten().map(|s| one_line(s)).filter(|s| !s.is_empty());
    format!("{}：{}", WORDS.cover, said.collect::<Vec<_>>().join("，"))
}

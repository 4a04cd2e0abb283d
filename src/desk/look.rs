//! The pages of a book beside its text: which there are, one drawn, and from a place on a page to the text and
//! back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::{self, Problem};
use crate::check::{Passage, Subject};
use crate::desk::book::{Opened, lock};
use crate::desk::reply::{Answer, Refusal, Reply, defect, problems};
use crate::desk::server::Inner;
use crate::desk::units::Units;
use crate::messages::{Catalog, Say};
use crate::render::{Engine, Job, Live, Run, Sheets, Turn, format_named};
use crate::tree::NodeId;

/// Layouts whose pages can still be asked for.
const KEPT: usize = 4;

/// The pages of a file in the editor.
#[derive(Default)]
pub(super) struct Pages {
    live: Live,
    /// One draft at a time, and one that settles.
    drafting: Mutex<()>,
    settling: Mutex<()>,
    sheets: Mutex<Vec<Arc<Laid>>>,
    /// The newest text that was asked for, by the tab's own count.
    newest: Mutex<Vec<(String, u64)>>,
}

/// Pages and the book they are of.
pub(super) struct Laid {
    sheets: Sheets,
    opened: Arc<Opened>,
}

#[derive(Deserialize)]
pub(super) struct Look {
    file: String,
    text: String,
    /// Which tab asks, and its count of questions: what a newer one asked for is not waited for.
    tab: String,
    count: u64,
    /// Whether the pages must be those that will be printed.
    settled: bool,
}

/// The pages of a text. What a newer question has made old is not begun, and not told.
pub(super) fn look(desk: &Inner, look: Look, catalog: &Catalog) -> Answer {
    let shelf = desk.books.shelf(&look.file);
    let pages = &shelf.pages;
    pages.note(&look.tab, look.count);
    let _turn = lock(if look.settled { &pages.settling } else { &pages.drafting });
    let superseded = || Ok(Reply::Json(json!({ "superseded": true })));
    if !pages.is_newest(&look.tab, look.count) {
        return superseded();
    }
    let opened = shelf.open(&desk.folder, &look.file, &look.text)?;
    let job = job(&opened)?;
    let sheets = if look.settled { pages.live.settled(&job) } else { pages.live.draft(&job) };
    let sheets = sheets.map_err(|e| Problem::of_render(&e))?;
    if !pages.is_newest(&look.tab, look.count) && look.settled {
        return superseded();
    }
    let laid = Arc::new(Laid { sheets, opened: opened.clone() });
    pages.keep(laid.clone());
    let of_pages: Vec<Value> = laid
        .sheets
        .pages
        .iter()
        .map(|s| json!({ "hash": s.hash, "number": s.number, "width": s.width, "height": s.height }))
        .collect();
    Ok(Reply::Json(json!({
        "pages": of_pages,
        "outline": outline(&laid),
        "problems": problems(&opened.book.problems, catalog),
    })))
}

fn job(opened: &Opened) -> Result<Job<'_>, Problem> {
    let book = &opened.book;
    let mut job = Job::new(&book.tree, &book.config, &opened.fonts, &book.templates, &book.assets);
    job.date = book.date()?;
    Ok(job)
}

impl Pages {
    fn note(&self, tab: &str, count: u64) {
        let mut newest = lock(&self.newest);
        newest.retain(|(own, _)| own != tab);
        newest.push((tab.to_owned(), count));
        // Tabs that were closed.
        while newest.len() > 32 {
            newest.remove(0);
        }
    }

    fn is_newest(&self, tab: &str, count: u64) -> bool {
        lock(&self.newest).iter().any(|(own, newest)| own == tab && *newest == count)
    }

    fn keep(&self, laid: Arc<Laid>) {
        let mut sheets = lock(&self.sheets);
        sheets.push(laid);
        while sheets.len() > KEPT {
            sheets.remove(0);
        }
    }

    /// The last pages that were laid out.
    fn last(&self) -> Option<Arc<Laid>> {
        lock(&self.sheets).last().cloned()
    }

    fn holding(&self, hash: &str) -> Option<(Arc<Laid>, usize)> {
        let sheets = lock(&self.sheets);
        sheets.iter().rev().find_map(|laid| {
            let k = laid.sheets.pages.iter().position(|page| page.hash == hash)?;
            Some((laid.clone(), k))
        })
    }
}

#[derive(Deserialize)]
pub(super) struct OnePage {
    hash: String,
}

/// A page as a picture.
pub(super) fn page(desk: &Inner, asked: OnePage, _: &Catalog) -> Answer {
    let found = desk.books.all().iter().find_map(|shelf| shelf.pages.holding(&asked.hash));
    let gone = || Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-such-page"));
    let (laid, k) = found.ok_or_else(gone)?;
    let svg = laid.sheets.pages.get(k).map(crate::render::Sheet::svg).ok_or_else(gone)?;
    Ok(Reply::Shown("image/svg+xml", svg.into_bytes()))
}

/// Parts and speeches with their places in the text and their pages.
fn outline(laid: &Laid) -> Vec<Value> {
    let opened = &laid.opened;
    let (tree, text) = (&opened.book.tree, &opened.text);
    let units = Units::of(text);
    let mut pages: HashMap<&NodeId, usize> = HashMap::new();
    for run in laid.sheets.runs().iter().filter(|r| r.is_own) {
        if let Some(node) = &run.node {
            pages.entry(node).or_insert(run.page);
        }
    }
    let first = |node: &NodeId| pages.get(node);
    let at = |span: Option<crate::tree::Span>| {
        span.filter(|s| s.file == opened.file).map(|s| units.unit(text, s.start))
    };
    let mut rows =
        vec![json!({ "kind": "title", "text": tree.title, "at": at(tree.front.title.span), "page": 0 })];
    let mut part = None;
    for speech in &tree.speeches {
        if speech.part.as_ref() != part {
            part = speech.part.as_ref();
            if let Some(opens) = tree.parts.iter().find(|p| Some(&p.id) == part) {
                rows.push(json!({
                    "kind": "part", "text": opens.title, "at": at(opens.span), "page": first(&opens.id),
                }));
            }
        }
        let names: Vec<String> = speech.speakers.iter().map(crate::tree::Speaker::display_name).collect();
        rows.push(json!({
            "kind": "speech",
            "text": speech.heading.display(),
            "names": names.join("、"),
            "at": at(speech.span),
            "page": first(&speech.id),
        }));
    }
    rows
}

#[derive(Deserialize)]
pub(super) struct OnPage {
    file: String,
    page: usize,
    /// In pt.
    x: f64,
    y: f64,
}

/// The place in the text of what stands at a place of a page.
pub(super) fn where_on_page(desk: &Inner, asked: OnPage, _: &Catalog) -> Answer {
    let found = desk.books.shelf(&asked.file).pages.last().and_then(|laid| {
        let run = laid
            .sheets
            .runs()
            .iter()
            .filter(|r| r.page == asked.page && !r.text.trim().is_empty())
            .min_by(|a, b| distance(a, &asked).total_cmp(&distance(b, &asked)))?;
        let chars = run.text.chars().count();
        let share = ((asked.x - run.x) / run.width.max(0.1)).clamp(0.0, 0.999);
        let span = source_of(&laid, run, (share * chars as f64) as usize)?;
        let units = Units::of(&laid.opened.text);
        let text = &laid.opened.text;
        Some(json!({ "from": units.unit(text, span.0), "to": units.unit(text, span.1) }))
    });
    Ok(Reply::Json(found.unwrap_or(Value::Null)))
}

fn distance(run: &Run, to: &OnPage) -> f64 {
    let x = (run.x - to.x).max(to.x - run.x - run.width).max(0.0);
    let y = (run.y - run.size * 0.35 - to.y).abs();
    // A row further away counts more than a letter further along.
    x + 4.0 * y
}

/// The bytes of the text that a letter of a run stands for.
fn source_of(laid: &Laid, run: &Run, letter: usize) -> Option<(usize, usize)> {
    let opened = &laid.opened;
    let texts = opened.book.texts();
    let subject = Subject::new(&opened.book.tree, &texts, &[], &opened.book.config);
    let letters: Vec<char> = run.text.chars().filter(|c| Turn::counts(*c)).collect();
    let skipped = run.text.chars().take(letter).filter(|c| Turn::counts(*c)).count();
    let mut best: Option<(usize, (usize, usize))> = None;
    for passage in &subject.passages {
        let near = match &run.node {
            Some(node) if run.is_own && belongs(passage, node) => 0,
            Some(node) if passage.node.as_str().starts_with(node.as_str()) => 1,
            _ => 2,
        };
        if best.is_some_and(|(other, _)| other <= near) {
            continue;
        }
        let expected = if near == 0 { run.before } else { 0 };
        let Some(at) = find(passage, &letters, expected) else { continue };
        let Some(range) = nth(passage, at + skipped) else { continue };
        let span = passage.span(range).filter(|s| s.file == opened.file);
        if let Some(span) = span {
            best = Some((near, (span.start, span.end)));
        }
    }
    best.map(|(_, range)| range)
}

/// Whether a passage's words are drawn under a node's label.
fn belongs(passage: &Passage, node: &NodeId) -> bool {
    let (own, node) = (passage.node.as_str(), node.as_str());
    own == node || own.strip_prefix(node).is_some_and(|rest| rest == ".head")
}

/// Where letters stand in a passage, as its letters are counted; the nearest place to the one that is expected.
fn find(passage: &Passage, letters: &[char], expected: usize) -> Option<usize> {
    let own: Vec<char> = passage.text.chars().filter(|c| Turn::counts(*c)).collect();
    // A row may begin with a number that stands in no source, or end with a hyphen.
    for from in [0, 1, 2] {
        let wanted = letters.get(from..(from + 12).min(letters.len())).filter(|w| !w.is_empty())?;
        let places = own.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted).map(|(k, _)| k);
        if let Some(at) = places.min_by_key(|k| k.abs_diff(expected)) {
            return Some(at.saturating_sub(from));
        }
    }
    None
}

/// The bytes of the passage's letter of a number.
fn nth(passage: &Passage, number: usize) -> Option<std::ops::Range<usize>> {
    let counted = passage.text.char_indices().filter(|(_, c)| Turn::counts(*c));
    let all: Vec<(usize, char)> = counted.collect();
    let (at, c) = all.get(number.min(all.len().checked_sub(1)?))?;
    Some(*at..at + c.len_utf8())
}

#[derive(Deserialize)]
pub(super) struct InText {
    file: String,
    /// A place in the editor.
    at: usize,
}

/// The place on the pages of what stands at a place of the text.
pub(super) fn place(desk: &Inner, asked: InText, _: &Catalog) -> Answer {
    let found = desk.books.shelf(&asked.file).pages.last().and_then(|laid| on_page(&laid, asked.at));
    Ok(Reply::Json(found.unwrap_or(Value::Null)))
}

fn on_page(laid: &Laid, unit: usize) -> Option<Value> {
    let opened = &laid.opened;
    let byte = Units::of(&opened.text).byte(&opened.text, unit);
    let texts = opened.book.texts();
    let subject = Subject::new(&opened.book.tree, &texts, &[], &opened.book.config);
    // The last passage that begins before the place.
    let begun = subject.passages.iter().filter_map(|p| {
        let extent = p.extent().filter(|s| s.file == opened.file && s.start <= byte)?;
        Some((extent.start, p))
    });
    let (_, passage) = begun.max_by_key(|(start, _)| *start)?;
    let before = passage.text.char_indices().filter(|(k, c)| {
        Turn::counts(*c) && passage.span(*k..k + c.len_utf8()).is_some_and(|s| s.end <= byte)
    });
    let letters = before.count();
    let runs = laid.sheets.runs();
    let mut own = runs.iter().filter(|r| r.is_own && r.node.as_ref().is_some_and(|n| belongs(passage, n)));
    let run = own.rfind(|r| r.before <= letters).or_else(|| {
        // A speaker stands below the heading of the speech.
        let speech = passage.node.as_str().split('.').next()?;
        runs.iter().rev().find(|r| r.is_own && r.node.as_ref().is_some_and(|n| n.as_str() == speech))
    })?;
    Some(json!({ "page": run.page, "x": run.x, "y": run.y, "width": run.width, "size": run.size }))
}

#[derive(Deserialize)]
pub(super) struct OfFile {
    file: String,
}

/// The e-book as it stands on disk, for a view at the width of a phone: its documents one after the other.
pub(super) fn ebook(desk: &Inner, asked: OfFile, _: &Catalog) -> Answer {
    let there = crate::desk::source::on_disk(desk, &asked.file)?;
    let opened = desk.books.shelf(&asked.file).open(&desk.folder, &asked.file, &there.text)?;
    let format = format_named("epub").ok_or_else(|| defect("no epub"))?;
    let rendered = build::render(&opened.book, &opened.fonts, format, &Engine::Embedded)?;
    let bytes = rendered.artifacts.into_iter().next().map(|a| a.bytes).unwrap_or_default();
    Ok(Reply::Json(unpacked(&bytes)?))
}

/// The readable documents of an e-book in their order, with its style.
fn unpacked(bytes: &[u8]) -> Result<Value, Problem> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(defect)?;
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut text = |name: &str| -> Result<String, Problem> {
        let mut out = String::new();
        let mut file = archive.by_name(name).map_err(defect)?;
        std::io::Read::read_to_string(&mut file, &mut out).map_err(defect)?;
        Ok(out)
    };
    let package = names.iter().find(|n| n.ends_with(".opf")).ok_or_else(|| defect("no package"))?;
    let folder = package.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut style = String::new();
    for name in names.iter().filter(|n| n.ends_with(".css")) {
        style.push_str(&text(name)?);
    }
    let mut documents = Vec::new();
    for href in spine(&text(package)?) {
        documents.push(json!({ "name": href, "text": text(&format!("{folder}{href}"))? }));
    }
    Ok(json!({ "style": style, "documents": documents }))
}

/// The files of a package document in the order they are read in. It is our own: what is not there is not
/// looked for.
fn spine(package: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(package);
    let (mut items, mut order) = (HashMap::new(), Vec::new());
    loop {
        use quick_xml::events::Event;
        let tag = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        let value = |name: &str| {
            let attribute = tag.try_get_attribute(name).ok().flatten()?;
            Some(String::from_utf8_lossy(&attribute.value).into_owned())
        };
        match tag.local_name().as_ref() {
            b"item" => items.extend(value("id").zip(value("href"))),
            b"itemref" => order.extend(value("idref")),
            _ => {}
        }
    }
    order.iter().filter_map(|id| items.get(id).cloned()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_package_is_read_in_its_order() {
        let package = "<package><manifest><item id=\"a\" href=\"x.xhtml\"/><item id=\"b\" href=\"y.xhtml\"/></manifest>\
                       <spine><itemref idref=\"b\"/><itemref idref=\"none\"/><itemref idref=\"a\"/></spine></package>";
        assert_eq!(super::spine(package), ["y.xhtml", "x.xhtml"]);
    }
}

//! Copies that came back, put into the sources they were made from: which copy counts, who is missing, what
//! is written.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::build::{Book, Exit, Found, Opening, Problem, Sent, sent, shown};
use crate::merge::{self, Copy, Pictures, Report, Returned, Today, Wishes};
use crate::messages::Say;
use crate::normalize::{Known, StructureError, normalize};
use crate::render::ExcerptInfo;
use crate::source::{Document, Margin, encode_like, read_returned};
use crate::tree::{Base, BaseError, FileId, Proceedings};

/// How copies are merged.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Merging {
    /// Settings over all others.
    pub opening: Opening,
    /// Conflicts are marked in the files; else no file is written when there is one.
    pub marks: bool,
    /// Comments go into the files too.
    pub comments: bool,
}

/// A file's bare name and its bytes.
pub type Named = (String, Vec<u8>);

/// What came of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Every file of the source, by its bare name; none when a conflict keeps them from being written.
    pub files: Vec<Named>,
    /// How many of them differ from what was there.
    pub changed: usize,
    /// The account.
    pub report: Report,
    /// What a person should know.
    pub problems: Vec<Problem>,
}

/// Paragraphs of the frame before the text, and then some.
const MOST_FRAME: usize = 6;

/// A copy as it was read.
struct Opened {
    name: String,
    bytes: Vec<u8>,
    base: Option<Base>,
    lost: Option<BaseError>,
    document: Document,
    margin: Margin,
}

/// Puts the edits of copies into the sources of a book.
///
/// # Errors
/// A source that is no text, sources or copies that cannot be read; all of the latter.
pub fn merge(found: &Found, copies: &[PathBuf], wanted: &Merging) -> Result<Outcome, Vec<Problem>> {
    let book = Book::open(found, &wanted.opening).map_err(|p| vec![p])?;
    let wrong = book.documents().iter().find(|d| !matches!(d.form, "markdown" | "text"));
    if let Some(document) = wrong {
        let say = Say::new("merge-source-form").with("file", &document.file.name);
        let help = Say::new("merge-source-form-help").with("file", &document.file.name);
        return Err(vec![Problem::error(Exit::Refused, say).help(help)]);
    }
    let (opened, failed): (Vec<_>, Vec<_>) =
        copies.par_iter().map(|path| open(path)).partition::<Vec<_>, Vec<_>, _>(Result::is_ok);
    let failed: Vec<Problem> = failed.into_iter().filter_map(Result::err).collect();
    if !failed.is_empty() {
        return Err(failed);
    }
    let opened: Vec<Opened> = opened.into_iter().filter_map(Result::ok).collect();
    let mut problems = Vec::new();
    let (opened, replaced) = counting(opened, &mut problems);
    let mut returns = Vec::new();
    let mut failed = Vec::new();
    for copy in &opened {
        match returned(copy, &book) {
            Ok(copy) => returns.push(copy),
            Err(problem) => failed.push(problem),
        }
        problems.extend(base_problem(copy));
    }
    if !failed.is_empty() {
        return Err(failed);
    }
    // What reads a text alone opens no picture anew that has not changed.
    let reread = |files: &[(FileId, String)]| {
        Book::open_with(found, &wanted.opening, files).ok().map(|book| book.tree)
    };
    let today = Today { tree: &book.tree, documents: book.documents() };
    let name = book.documents().first().map_or("", |d| d.file.name.as_str());
    let wishes = Wishes::new(wanted.marks, wanted.comments, name);
    let merged = merge::merge(today, &returns, wishes, &reread);
    let mut report = merged.report;
    for (own, copy) in report.documents.iter_mut().zip(&opened) {
        own.to = copy.base.as_ref().and_then(|b| b.to.clone());
    }
    report.documents.extend(replaced);
    report.missing = missing(found, &book, copies, &opened, &returns).map_err(|p| vec![p])?;
    let (files, changed) = match report.has_conflicts() && !wanted.marks {
        true => (Vec::new(), 0),
        false => written(&book, &merged.files).map_err(|p| vec![p])?,
    };
    Ok(Outcome { files, changed, report, problems })
}

fn open(path: &Path) -> Result<Opened, Problem> {
    let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
    let name = shown(path);
    let read = read_returned(FileId(0), &name, &bytes);
    let (document, margin) = read.map_err(|e| Problem::of_source(&name, &bytes, &e))?;
    let (base, lost) =
        match Base::decode(&margin.properties).or_else(|e| match Base::decode(&margin.copies) {
            Ok(base) => Ok(base),
            Err(_) => Err(e),
        }) {
            Ok(base) => (Some(base), None),
            Err(error) => (None, Some(error)),
        };
    Ok(Opened { name, bytes, base, lost, document, margin })
}

/// Why a copy is held against today's source.
fn base_problem(copy: &Opened) -> Option<Problem> {
    let id = match copy.lost.as_ref()? {
        BaseError::Missing => "merge-base-missing",
        BaseError::Version(_) => "merge-base-version",
        _ => "merge-base-damaged",
    };
    let say = Say { id, args: Vec::new() }.with("file", &copy.name);
    Some(Problem::warning(say).help(Say::new("merge-base-help")))
}

/// The copies that count: the same file twice counts once, and a department's later copy of the same
/// speeches counts instead of its earlier one. Which is later the file's own time of saving says, else the
/// order they were given in; file names say nothing.
fn counting(opened: Vec<Opened>, problems: &mut Vec<Problem>) -> (Vec<Opened>, Vec<Copy>) {
    let mut by_key: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut later: BTreeMap<usize, usize> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (k, copy) in opened.iter().enumerate() {
        if let Some(first) = seen.insert(crate::hash::sha256_hex(&copy.bytes), k) {
            later.insert(first, k);
        }
        let Some(key) = key(copy) else { continue };
        let Some(other) = by_key.get(&key).copied() else {
            by_key.insert(key, k);
            continue;
        };
        let time = |k: usize| opened.get(k).and_then(|c| c.margin.saved_at.clone());
        let is_later = time(k) >= time(other);
        let (old, new) = if is_later { (other, k) } else { (k, other) };
        later.insert(old, new);
        by_key.insert(key, new);
    }
    let names: Vec<String> = opened.iter().map(|c| c.name.clone()).collect();
    let mut kept = Vec::new();
    let mut replaced = Vec::new();
    for (k, copy) in opened.into_iter().enumerate() {
        let Some(new) = later.get(&k).and_then(|n| names.get(*n)) else {
            kept.push(copy);
            continue;
        };
        let say = Say::new("merge-superseded").with("file", &copy.name).with("later", new);
        problems.push(Problem::info(say));
        let mut told = Copy::default();
        told.file.clone_from(&copy.name);
        told.to = copy.base.as_ref().and_then(|b| b.to.clone());
        told.base = if copy.base.is_some() { "kept" } else { "source" }.to_owned();
        told.superseded_by = Some(new.clone());
        replaced.push(told);
    }
    (kept, replaced)
}

/// What two copies of one sending share: whom it was sent to, and the speeches. Where nobody was named two
/// copies may be two people's, whoever's name is on the program they saved with.
fn key(copy: &Opened) -> Option<Vec<String>> {
    let base = copy.base.as_ref()?;
    let speeches = base.tree.speeches.iter().map(|s| s.id.as_str().to_owned());
    Some(std::iter::once(base.to.clone()?).chain(speeches).collect())
}

fn returned(copy: &Opened, today: &Book) -> Result<Returned, Problem> {
    let title = copy.base.as_ref().map_or(&today.tree.title, |b| &b.tree.title);
    let mut documents = [without_frame(copy.document.clone())];
    let known = Known { title: Some(title.clone()).filter(|t| !t.is_empty()), ..Known::default() };
    let normalized = normalize(&mut documents, known).map_err(|e| match e {
        StructureError::NoSpeech { .. } => no_speech(copy, &today.tree),
        other => Problem::of_structure(&copy.name, &copy.document.text, &other),
    })?;
    let [document] = documents;
    let base = copy.base.as_ref().map(|b| b.tree.clone());
    let hash = |(src, bytes): (&String, &Vec<u8>)| (src.clone(), crate::hash::sha256_hex(bytes));
    // An older file, or one sent plain, knows of no pictures: today's are held against it.
    let sent = copy.base.as_ref().map(|b| b.pictures.clone()).filter(|p| !p.is_empty());
    let pictures = Pictures {
        sent: sent.unwrap_or_else(|| super::excerpt::in_word(&today.assets)),
        came: document.pictures.iter().map(hash).collect(),
    };
    let returned = Returned::new(copy.name.clone(), base, normalized.tree, document);
    Ok(returned.with_margin(copy.margin.clone()).with_pictures(pictures))
}

/// Without the frame in which the file says what it is: the reader knows it by its style, which a program may
/// have dropped. It ends with the same words in every file.
fn without_frame(mut document: Document) -> Document {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let words = bare(ExcerptInfo::HOW_TO_EDIT);
    let end = document.blocks.iter().take(MOST_FRAME).position(|raw| bare(&raw.block.text()) == words);
    document.blocks.drain(..end.map_or(0, |k| k + 1));
    document
}

/// A copy whose headings are gone: where one speech ends and the next begins nobody can prove, so nothing of it
/// is merged. Which lines are missing can be told.
fn no_speech(copy: &Opened, today: &Proceedings) -> Problem {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let text = bare(&copy.document.text);
    let sent = copy.base.as_ref().map_or(today, |b| &b.tree);
    let headings = sent.speeches.iter().map(|s| s.heading.text.as_str());
    // Of a copy that kept nothing it is not known which speeches it had.
    let lost: Vec<String> = headings
        .filter(|h| copy.base.is_some() && !text.contains(&bare(h)))
        .map(|h| format!("《{h}》"))
        .collect();
    let say = match lost.is_empty() {
        true => Say::new("merge-no-speech"),
        false => Say::new("merge-headings-lost").with("lost", lost.join("、")),
    };
    Problem::error(Exit::Refused, say.with("file", &copy.name)).help(Say::new("merge-no-speech-help"))
}

/// To whom a copy was sent that has not come back, by the records in the folders of the sources, the outputs and
/// the copies.
fn missing(
    found: &Found,
    book: &Book,
    copies: &[PathBuf],
    opened: &[Opened],
    returns: &[Returned],
) -> Result<Vec<String>, Problem> {
    let mut folders: BTreeSet<PathBuf> = copies.iter().map(|p| super::sources::folder_of(p)).collect();
    folders.insert(found.base.clone());
    folders.insert(book.output_folder());
    let mut all: Vec<Sent> = Vec::new();
    for folder in folders {
        all.extend(sent::sent(&folder)?);
    }
    let headings = |tree: &Proceedings| -> BTreeSet<String> {
        tree.speeches.iter().map(|s| s.heading.text.clone()).collect()
    };
    // A plain copy is known by the speeches in it.
    let plain: Vec<BTreeSet<String>> =
        returns.iter().filter(|r| r.base.is_none()).map(|r| headings(&r.tree)).collect();
    let is_back = |entry: &Sent| {
        let by_base = opened.iter().filter_map(|c| c.base.as_ref()).any(|b| {
            b.excerpt == entry.excerpt
                || b.to.as_ref() == Some(&entry.to)
                    && b.tree.speeches.iter().map(|s| &s.id).eq(entry.speeches.iter())
        });
        let own = book.tree.speeches.iter().filter(|s| entry.speeches.contains(&s.id));
        let own: BTreeSet<String> = own.map(|s| s.heading.text.clone()).collect();
        by_base || entry.plain && plain.contains(&own)
    };
    let mut out: Vec<String> = Vec::new();
    for entry in all.iter().filter(|e| !is_back(e)) {
        // Sent anew: either will do.
        let again = all.iter().any(|e| e.to == entry.to && e.speeches == entry.speeches && is_back(e));
        if !again && !out.contains(&entry.to) {
            out.push(entry.to.clone());
        }
    }
    Ok(out)
}

/// The files as bytes, in their own encodings; unchanged ones are the very bytes that were there.
fn written(book: &Book, files: &[(FileId, String)]) -> Result<(Vec<Named>, usize), Problem> {
    let changed = RefCell::new(0);
    let one = |(file, text): &(FileId, String)| -> Result<Named, Problem> {
        let path = book.path(*file).unwrap_or(Path::new(""));
        let before = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
        let document = book.documents().iter().find(|d| d.file.id == *file);
        let name = document.map(|d| d.file.name.clone()).unwrap_or_default();
        let old = document.map_or("", |d| d.text.as_str());
        if old == text {
            return Ok((name, before));
        }
        if document.is_some_and(|d| d.file.sha256 != crate::hash::sha256_hex(&before)) {
            return Err(Problem::error(Exit::Refused, Say::new("source-changed").with("file", shown(path))));
        }
        let is_same = encode_like(old, &before).is_some_and(|again| again == before);
        let bytes = encode_like(text, &before).filter(|_| is_same).ok_or_else(|| {
            let say = Say::new("source-encoding-lacks").with("file", shown(path));
            Problem::error(Exit::Refused, say).help(Say::new("source-encoding-lacks-help"))
        })?;
        *changed.borrow_mut() += 1;
        Ok((name, bytes))
    };
    let files = files.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    let changed = changed.into_inner();
    Ok((files, changed))
}

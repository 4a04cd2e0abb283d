//! Books as they stand in the editor: read with the text that is not saved yet, and remembered as long as
//! nothing changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::build::{self, Book, Found, Opening, Problem};
use crate::desk::folder::Folder;
use crate::desk::look::Pages;
use crate::desk::reply::defect;
use crate::fonts::FontSet;
use crate::hash::sha256_hex;
use crate::tree::FileId;

/// Books that are remembered at once.
const MOST: usize = 4;

/// A book that was read.
pub(super) struct Opened {
    pub(super) book: Book,
    /// The file in the editor.
    pub(super) file: FileId,
    /// Its text.
    pub(super) text: String,
    pub(super) fonts: FontSet,
}

/// What everything a book is made of looks like without being read, and the text in the editor.
#[derive(PartialEq, Eq, Clone)]
struct Stamp {
    text: String,
    files: Vec<(PathBuf, Option<(u64, SystemTime)>)>,
}

/// What is remembered of a file in the editor.
#[derive(Default)]
pub(super) struct Shelf {
    last: Mutex<Option<(Stamp, Arc<Opened>)>>,
    /// Its pages.
    pub(super) pages: Pages,
}

/// The books that were opened, the last used last.
#[derive(Default)]
pub(super) struct Books {
    shelves: Mutex<Vec<(String, Arc<Shelf>)>>,
    writing: Mutex<()>,
}

impl Books {
    /// Held while a source is compared with what is on disk and written.
    pub(super) fn writing(&self) -> MutexGuard<'_, ()> {
        lock(&self.writing)
    }

    /// What is remembered of a file.
    pub(super) fn shelf(&self, name: &str) -> Arc<Shelf> {
        let mut shelves = lock(&self.shelves);
        let there = shelves.iter().position(|(own, _)| own == name);
        let shelf = match there {
            Some(k) => shelves.remove(k).1,
            None => Arc::default(),
        };
        shelves.push((name.to_owned(), shelf.clone()));
        while shelves.len() > MOST {
            shelves.remove(0);
        }
        shelf
    }

    /// All that is remembered.
    pub(super) fn all(&self) -> Vec<Arc<Shelf>> {
        lock(&self.shelves).iter().map(|(_, shelf)| shelf.clone()).collect()
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The book that a file belongs to: the manifest's, when that names it, else one of its own.
pub(super) fn found(folder: &Folder, name: &str) -> Result<(Found, FileId), Problem> {
    let path = folder.existing(name)?;
    let whole = build::find(&[], true).ok().and_then(|mut books| books.pop());
    let real = path.canonicalize().ok();
    let place = |found: &Found| found.files.iter().position(|f| f.canonicalize().ok() == real);
    let (found, k) = match whole.and_then(|found| place(&found).map(|k| (found, k))) {
        Some(both) => both,
        None => {
            let own = build::find(&[path], false)?.into_iter().next().ok_or_else(|| defect("no book"))?;
            (own, 0)
        }
    };
    folder.hold_found(&found)?;
    Ok((found, FileId(u32::try_from(k).unwrap_or(u32::MAX))))
}

impl Shelf {
    /// The book with a text in the place of the file's.
    pub(super) fn open(&self, folder: &Folder, name: &str, text: &str) -> Result<Arc<Opened>, Problem> {
        let (found, file) = found(folder, name)?;
        let stamp = Stamp { text: sha256_hex(text.as_bytes()), files: files(&found) };
        let mut last = lock(&self.last);
        if let Some((_, opened)) = last.as_ref().filter(|(own, _)| *own == stamp) {
            return Ok(opened.clone());
        }
        let book = Book::open_with(&found, &Opening::default(), &[(file, text.to_owned())])?;
        folder.hold_lists(&book)?;
        // Fonts are looked for again only where the settings ask for others.
        let before = last.as_ref().map(|(_, opened)| opened);
        let same = before.filter(|b| b.book.config.fonts == book.config.fonts).map(|b| b.fonts.clone());
        let fonts = same.map_or_else(|| build::find_fonts(&book), Ok)?;
        let opened = Arc::new(Opened { book, file, text: text.to_owned(), fonts });
        *last = Some((stamp, opened.clone()));
        Ok(opened)
    }
}

fn files(found: &Found) -> Vec<(PathBuf, Option<(u64, SystemTime)>)> {
    let manifest = found.manifest.iter().map(|m| m.path.clone());
    let templates = walk(&found.base.join("templates"));
    let all = found.files.iter().cloned().chain(manifest).chain(templates);
    let look = |path: &Path| path.metadata().ok().and_then(|m| Some((m.len(), m.modified().ok()?)));
    let by_name: BTreeMap<PathBuf, _> = all.map(|path| (path.clone(), look(&path))).collect();
    by_name.into_iter().collect()
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(walk(&entry.path())),
            Ok(_) => found.push(entry.path()),
            Err(_) => {}
        }
    }
    found
}

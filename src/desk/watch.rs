//! Outputs that follow their sources: whatever a book is made of is looked at several times a second, and the
//! book is made anew when something changed.
//!
//! Looking and not being told: shared folders of offices (SMB, NFS) tell nothing, and a book is a few files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::build::{self, Book, Found, Opening, Problem};
use crate::desk::Stop;

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(100);

/// How many pauses lie between two looks at which files there are.
const LISTED: usize = 10;

/// What is seen of a file without reading it; nothing where there is none.
type Look = Option<(u64, SystemTime)>;

/// What one round is about.
#[derive(Debug)]
#[non_exhaustive]
pub enum Round<'a> {
    /// The books are to be made; the files that changed since the last round, none in the first.
    Make {
        /// The books.
        books: &'a [Found],
        /// What changed.
        changed: Vec<PathBuf>,
    },
    /// The sources cannot be found.
    Lost(Problem),
    /// All is made; so many files are looked at from now on.
    Waiting {
        /// How many.
        files: usize,
    },
}

/// Calls `make` now and whenever a file of the books changed, until it is to stop.
///
/// # Errors
/// Only the first time when the sources cannot be found: later they may come back.
pub fn watch(
    sources: &[PathBuf],
    together: bool,
    opening: &Opening,
    stop: &Stop,
    make: &mut dyn FnMut(Round<'_>),
) -> Result<(), Problem> {
    let mut books = build::find(sources, together)?;
    // A name that is mistyped would be waited for in vain.
    for file in books.iter().flat_map(|b| &b.files) {
        file.metadata().map_err(|e| Problem::unreadable(file, &e))?;
    }
    let mut changed = Vec::new();
    while !stop.is_wanted() {
        // Before the books are read: what changes meanwhile is noticed in the next round.
        let before = looks(&books, opening);
        make(Round::Make { books: &books, changed: std::mem::take(&mut changed) });
        make(Round::Waiting { files: before.len() });
        let is_same = || {
            // A pattern of the manifest may mean other files now.
            let list = |books: &[Found]| books.iter().flat_map(|b| b.files.clone()).collect::<Vec<_>>();
            build::find(sources, together).is_ok_and(|found| list(&found) == list(&books))
        };
        let Some(after) = settled(&before, &is_same, stop) else { break };
        let is_changed = |(path, look): &(&PathBuf, &Look)| after.get(*path) != Some(*look);
        changed = before.iter().filter(is_changed).map(|(path, _)| path.clone()).collect();
        match build::find(sources, together) {
            Ok(found) => books = found,
            Err(problem) => make(Round::Lost(problem)),
        }
    }
    Ok(())
}

/// Waits for a change, and then until nothing changes any more: an editor may write in several steps.
fn settled(
    before: &BTreeMap<PathBuf, Look>,
    is_same: &dyn Fn() -> bool,
    stop: &Stop,
) -> Option<BTreeMap<PathBuf, Look>> {
    let again = || before.keys().map(|path| (path.clone(), look(path))).collect::<BTreeMap<_, _>>();
    let mut last = before.clone();
    for count in 1.. {
        std::thread::sleep(PAUSE);
        if stop.is_wanted() {
            return None;
        }
        let now = again();
        let is_other = now != *before || count % LISTED == 0 && !is_same();
        if is_other && now == last {
            return Some(now);
        }
        last = now;
    }
    None
}

fn look(path: &Path) -> Look {
    let metadata = path.metadata().ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// All that books are made of: sources, the manifest, templates, lists and pictures.
fn looks(books: &[Found], opening: &Opening) -> BTreeMap<PathBuf, Look> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for found in books {
        paths.extend(found.files.iter().cloned());
        if let Some(manifest) = &found.manifest {
            paths.push(manifest.path.clone());
            under(&found.base.join("templates"), &mut paths);
        }
        if let Ok(book) = Book::open(found, opening) {
            let lists = book.config.check.glossary.iter().chain(&book.config.check.roster);
            paths.extend(lists.map(|file| found.base.join(file)));
            paths.extend(book.assets.keys().map(|src| found.base.join(src)));
        }
    }
    paths.into_iter().map(|path| (path.clone(), look(&path))).collect()
}

fn under(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => under(&entry.path(), paths),
            Ok(kind) if kind.is_file() => paths.push(entry.path()),
            _ => {}
        }
    }
}

//! Fonts as Typst holds them, kept from one layout to the next.
//!
//! A font is known to Typst by the hash of its whole file, and five of them are sixty megabytes: hashed anew for
//! every layout they would cost more than a page that changed.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

use crate::fonts::{FontData, FontSet};

/// Fonts with their book.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) fonts: Vec<Font>,
    pub(super) book: LazyHash<FontBook>,
}

/// A mapped font file; Typst reads it where it lies.
struct Mapped(FontData);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

/// The files of a set of fonts.
type Files = Vec<(FontData, u32)>;

/// Sets that were opened last, with the files they are of: as long as a file is held here nothing else can lie in
/// its place. Books that are made side by side may each have mapped their own.
static LAST: Mutex<Vec<(Files, Opened)>> = Mutex::new(Vec::new());

/// Sets that are kept.
const KEPT: usize = 4;

/// The fonts of a set.
pub(super) fn fonts(set: &FontSet) -> Opened {
    let files: Files = set.files().into_iter().map(|(f, _)| (f.data.clone(), f.index)).collect();
    let is_same = |held: &Files| {
        let mut both = held.iter().zip(&files);
        held.len() == files.len() && both.all(|(a, b)| Arc::ptr_eq(&a.0, &b.0) && a.1 == b.1)
    };
    let held = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, opened)) = held().iter().find(|(files, _)| is_same(files)) {
        return opened.clone();
    }
    let opened = once(set);
    let mut last = held();
    if last.len() == KEPT {
        last.remove(0);
    }
    last.push((files, opened.clone()));
    opened
}

/// The fonts of a set that no other book will have.
pub(super) fn once(set: &FontSet) -> Opened {
    let files = set.files().into_iter();
    let opened = files.filter_map(|(f, _)| Font::new(Bytes::new(Mapped(f.data.clone())), f.index));
    let fonts: Vec<Font> = opened.collect();
    Opened { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
}

/// Typst's own functions.
pub(super) fn library() -> LazyHash<Library> {
    static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| LazyHash::new(Library::builder().build())).clone()
}

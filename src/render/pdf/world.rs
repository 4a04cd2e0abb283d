//! What Typst sees: one project in memory, the fonts of the roles, and nothing else.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::{FontData, FontSet};
use crate::render::RenderError;
use crate::render::pdf::project::{DATA, MAIN, Project};

/// What all projects set with the same fonts share: Typst's own library, and the fonts as it knows them.
struct Foundry {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The files, held so that their addresses stay theirs.
    files: Vec<(FontData, u32)>,
}

/// The foundries of this process, the latest last: to read what a font covers takes longer than a page.
static FOUNDRIES: Mutex<Vec<Arc<Foundry>>> = Mutex::new(Vec::new());

/// How many foundries are kept.
const KEPT: usize = 4;

impl Foundry {
    fn of(set: &FontSet) -> Arc<Self> {
        let files: Vec<_> = set.files().into_iter().map(|(font, _)| (font.data.clone(), font.index)).collect();
        let mut known = FOUNDRIES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.iter().find(|foundry| same(&foundry.files, &files)) {
            return Arc::clone(found);
        }
        let font = |(data, index): &(FontData, u32)| Font::new(Bytes::new(Mapped(data.clone())), *index);
        let fonts: Vec<Font> = files.iter().filter_map(font).collect();
        let foundry = Arc::new(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files,
        });
        if known.len() >= KEPT {
            known.remove(0);
        }
        known.push(Arc::clone(&foundry));
        foundry
    }
}

/// Whether two lists are of the very same files in memory.
fn same(one: &[(FontData, u32)], other: &[(FontData, u32)]) -> bool {
    let is_same = |(a, b): (&(FontData, u32), &(FontData, u32))| Arc::ptr_eq(&a.0, &b.0) && a.1 == b.1;
    one.len() == other.len() && one.iter().zip(other).all(is_same)
}

/// A project as Typst asks for it.
pub(super) struct ProjectWorld {
    foundry: Arc<Foundry>,
    main: Source,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

/// A mapped font file; Typst reads it where it lies.
struct Mapped(FontData);

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl ProjectWorld {
    /// A world of the project's files; [`ProjectWorld::main`] is its `main.typ`.
    pub(super) fn new(project: Project, fonts: &FontSet) -> Result<Self, RenderError> {
        let slim = slimmed(&project, fonts);
        let mut sources = HashMap::new();
        let mut files = HashMap::new();
        for (path, bytes) in project.files {
            let id = file_id(&path)?;
            if path.ends_with(".typ") {
                let text = String::from_utf8(bytes).map_err(|e| RenderError::defect("pdf", e))?;
                sources.insert(id, Source::new(id, text));
            } else {
                files.insert(id, Bytes::new(bytes));
            }
        }
        let main = sources.get(&file_id(MAIN)?).cloned();
        let main = main.ok_or_else(|| RenderError::defect("pdf", "a project without its beginning"))?;
        Ok(Self { foundry: Foundry::of(slim.as_ref().unwrap_or(fonts)), main, sources, files })
    }

    /// The file where the project begins.
    pub(super) fn main_source(&self) -> &Source {
        &self.main
    }

    /// Puts a file in the place of another, or beside all.
    ///
    /// # Errors
    /// When the path is none.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), RenderError> {
        self.files.insert(file_id(path)?, Bytes::new(bytes));
        Ok(())
    }
}

/// The fonts with what the project holds, where the templates are ours: others may ask for any letter and any
/// feature of a font.
fn slimmed(project: &Project, fonts: &FontSet) -> Option<FontSet> {
    let texts = project.files.iter().filter(|(path, _)| path.as_str() == DATA || path.ends_with(".typ"));
    let characters: BTreeSet<char> =
        texts.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok()).flat_map(str::chars).collect();
    project.is_ours.then(|| fonts.slimmed(&characters)).flatten()
}

fn file_id(path: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(path).map_err(|e| RenderError::Template {
        name: format!("pdf/{path}"),
        line: None,
        message: format!("{e:?}"),
    })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for ProjectWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.foundry.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.foundry.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(source) = self.sources.get(&id) {
            return Ok(Bytes::from_string(source.text().to_owned()));
        }
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.foundry.fonts.get(index).cloned()
    }

    /// No page depends on the day it was made.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

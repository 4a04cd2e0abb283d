//! What Typst sees: one project in memory, the fonts of the roles, and nothing else.

use std::collections::{BTreeSet, HashMap};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::FontSet;
use crate::render::RenderError;
use crate::render::pdf::opened::{self, Opened};
use crate::render::pdf::project::{DATA, MAIN, Project};

/// A project as Typst asks for it.
pub(super) struct ProjectWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

/// Which fonts Typst is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Fonts of the book's own characters, where no page can tell: for pages that are set once.
    Own,
    /// The files as they are: what Typst remembers holds as long as the fonts are the same.
    All,
}

impl ProjectWorld {
    /// A world of the project's files; [`ProjectWorld::main`] is its `main.typ`.
    pub(super) fn new(project: Project, fonts: &FontSet, letters: Letters) -> Result<Self, RenderError> {
        let slim = if letters == Letters::Own { slimmed(&project, fonts) } else { None };
        let Opened { fonts, book } = match &slim {
            Some(slim) => opened::once(slim),
            None => opened::fonts(fonts),
        };
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
        Ok(Self { library: opened::library(), book, fonts, main, sources, files })
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
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
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
        self.fonts.get(index).cloned()
    }

    /// No page depends on the day it was made.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

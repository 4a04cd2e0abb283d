//! What Typst sees: one project in memory, the fonts of the roles, and nothing else.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::FontSet;
use crate::render::RenderError;
use crate::render::pdf::opened::{self, Opened};
use crate::render::pdf::project::{MAIN, Project};

/// A project as Typst asks for it.
pub(super) struct ProjectWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl ProjectWorld {
    /// A world of the project's files; [`ProjectWorld::main`] is its `main.typ`.
    pub(super) fn new(project: Project, fonts: &FontSet) -> Result<Self, RenderError> {
        let Opened { fonts, book } = opened::fonts(fonts);
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
        Ok(Self { library: opened::library(), book, fonts, main: file_id(MAIN)?, sources, files })
    }
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
        self.main
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

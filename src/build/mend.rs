//! Fixes written into sources: in the file's own encoding, and only where the file is still the one
//! that was read.

use std::path::PathBuf;

use crate::build::write::{sweep, write_whole};
use crate::build::{Book, Checks, Exit, Found, Opening, Problem, shown};
use crate::check::{Finding, mend};
use crate::fonts::FontSet;
use crate::messages::Say;
use crate::source::encode_like;
use crate::tree::FileId;

/// A source with fixes made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revision {
    /// The file.
    pub path: PathBuf,
    /// Its text as it was read.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
    /// How many findings they mend.
    pub count: usize,
    /// The hash of the file's bytes as they were read.
    sha256: String,
}

/// A fix may uncover another, or wait for one that touches it; no text needs more rounds than this.
const ROUNDS: usize = 10;

impl Revision {
    /// The fixes that findings of a book offer, file by file; none for a file that is not text.
    #[must_use]
    pub fn of(book: &Book, findings: &[Finding], all: bool) -> Vec<Self> {
        let texts = book.texts();
        let own = texts.iter().filter(|t| t.is_own);
        let revised = own.filter_map(|text| {
            let mended = mend(text.file, text.text, findings, all)?;
            Some(Self {
                path: book.path(text.file)?.to_owned(),
                before: text.text.to_owned(),
                after: mended.text,
                count: mended.count,
                sha256: book.tree.files.iter().find(|f| f.id == text.file)?.sha256.clone(),
            })
        });
        revised.collect()
    }

    /// Makes fixes until none is offered, each round on the text the last one left, and writes
    /// nothing. Gives the revisions with the book as it reads then, and what is still found.
    ///
    /// # Errors
    /// When the new text cannot be read as a book any more.
    pub fn all_of(
        book: Book,
        found: &Found,
        opening: &Opening,
        checks: &Checks,
        fonts: Option<&FontSet>,
        all: bool,
    ) -> Result<(Vec<Self>, Book, Vec<Finding>), Problem> {
        let mut revisions: Vec<Self> = Vec::new();
        let mut book = book;
        let mut findings = checks.run(&book, fonts);
        for _ in 0..ROUNDS {
            let round = Self::of(&book, &findings, all);
            if round.is_empty() {
                break;
            }
            for revision in round {
                match revisions.iter_mut().find(|r| r.path == revision.path) {
                    Some(earlier) => {
                        earlier.after = revision.after;
                        earlier.count += revision.count;
                    }
                    None => revisions.push(revision),
                }
            }
            let texts: Vec<(FileId, String)> = book
                .texts()
                .iter()
                .filter_map(|t| {
                    let revision = revisions.iter().find(|r| book.path(t.file) == Some(&r.path))?;
                    Some((t.file, revision.after.clone()))
                })
                .collect();
            let settings = book.config.check.clone();
            book = Book::open_with(found, opening, &texts)?;
            book.config.check = settings;
            findings = checks.run(&book, fonts);
        }
        revisions.retain(|r| r.before != r.after);
        Ok((revisions, book, findings))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be read or written, was changed meanwhile, or its encoding lacks a character.
    pub fn write(&self) -> Result<(), Problem> {
        let unreadable = |e: std::io::Error| Problem::unreadable(&self.path, &e);
        // A link stays a link.
        let path = self.path.canonicalize().map_err(unreadable)?;
        let bytes = std::fs::read(&path).map_err(unreadable)?;
        let file = shown(&self.path);
        if crate::hash::sha256_hex(&bytes) != self.sha256 {
            return Err(Problem::error(Exit::Refused, Say::new("source-changed").with("file", file)));
        }
        let Some(new) = encode_like(&self.after, &bytes) else {
            let say = Say::new("source-encoding-lacks").with("file", file);
            return Err(Problem::error(Exit::Refused, say).help(Say::new("source-encoding-lacks-help")));
        };
        sweep(&crate::build::sources::folder_of(&path));
        write_whole(&path, &new)
    }
}

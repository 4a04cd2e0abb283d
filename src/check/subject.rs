//! What rules look at.

use crate::check::passage::{self, Passage};
use crate::check::tables::{Glossary, Roster};
use crate::config::Config;
use crate::fonts::FontSet;
use crate::normalize::Observation;
use crate::tree::{FileId, Proceedings};

/// A book under examination.
#[derive(Debug)]
#[non_exhaustive]
pub struct Subject<'a> {
    /// The tree.
    pub tree: &'a Proceedings,
    /// The texts that spans count bytes of.
    pub texts: &'a [SourceText<'a>],
    /// Every piece of text in reading order, each character with its place.
    pub passages: Vec<Passage>,
    /// What was noticed while the tree was made.
    pub observations: &'a [Observation],
    /// The settings.
    pub config: &'a Config,
    /// The fonts, where they were looked for.
    pub fonts: Option<&'a FontSet>,
    /// The user's fixed wordings.
    pub glossary: Option<&'a Glossary>,
    /// The user's list of members.
    pub roster: Option<&'a Roster>,
}

/// The text of one source file.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SourceText<'a> {
    /// What spans call it.
    pub file: FileId,
    /// Its name.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// Whether it is the file's own, so that a fix can be written back.
    pub is_own: bool,
}

impl<'a> SourceText<'a> {
    /// A text by its parts.
    #[must_use]
    pub fn new(file: FileId, name: &'a str, text: &'a str, is_own: bool) -> Self {
        Self { file, name, text, is_own }
    }
}

impl<'a> Subject<'a> {
    /// A subject without fonts and lists.
    #[must_use]
    pub fn new(
        tree: &'a Proceedings,
        texts: &'a [SourceText<'a>],
        observations: &'a [Observation],
        config: &'a Config,
    ) -> Self {
        let passages = passage::of(tree, texts);
        Self { tree, texts, passages, observations, config, fonts: None, glossary: None, roster: None }
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<&'a str> {
        self.texts.iter().find(|t| t.file == file).map(|t| t.text)
    }
}

//! What a backend is given.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::fonts::FontSet;
use crate::render::Templates;
use crate::tree::{NodeId, Proceedings};

/// Everything a backend may use. All of it is borrowed: jobs of one book run side by side.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Job<'a> {
    /// The book; every node has its id.
    pub tree: &'a Proceedings,
    /// The resolved configuration: flags over front matter over manifest over profile.
    pub config: &'a Config,
    /// The font of every role.
    pub fonts: &'a FontSet,
    /// Embedded templates, with the user's own in their place.
    pub templates: &'a Templates,
    /// The pictures the tree's figures name; one that could not be read is absent.
    pub assets: &'a Assets,
    /// The moment written into files: `SOURCE_DATE_EPOCH`, else the date the briefing was revised or its
    /// date at 00:00 UTC, else nothing. Never the clock's.
    pub date: Option<DateTime<Utc>>,
    /// Which program sets the pages.
    pub engine: &'a Engine,
    /// Where the printed pages turn, when they were laid out before.
    pub pages: Option<&'a PageMap>,
    /// The cover as a picture, when it was made before.
    pub cover: Option<&'a Image>,
    /// What an excerpt that is sent out says and takes along; nothing in an ordinary book.
    pub excerpt: Option<&'a ExcerptInfo>,
    /// The file for a printing house that is wanted, of a backend that makes such; else the whole book.
    pub press: Option<PressPart>,
}

impl<'a> Job<'a> {
    /// A job without pages, cover and date, set by the embedded engine.
    #[must_use]
    pub fn new(
        tree: &'a Proceedings,
        config: &'a Config,
        fonts: &'a FontSet,
        templates: &'a Templates,
        assets: &'a Assets,
    ) -> Self {
        Self {
            tree,
            config,
            fonts,
            templates,
            assets,
            date: None,
            engine: &Engine::Embedded,
            pages: None,
            cover: None,
            excerpt: None,
            press: None,
        }
    }
}

/// What an excerpt that is sent out says of itself, and what it takes along for the way back. Backends whose
/// files do not come back pass it over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExcerptInfo {
    /// Sentences for whoever opens the file: of what it is a part, who wants it back. Not part of the text.
    pub lines: Vec<String>,
    /// Names and values of [`crate::tree::Base::encode`]; none in a file that must hold nothing hidden, which
    /// then has no properties at all.
    pub properties: Vec<(String, String)>,
}

impl ExcerptInfo {
    /// What a Word file asks of its editor, last in the frame before the text.
    pub const HOW_TO_EDIT: &'static str = "请直接在文中改。修订已经打开，每一处改动都会记下，请不要关闭；只改文字，不必管版式；\
        拿不准的请加批注。本框文字不算正文，留着、删掉都可以。";

    /// What is said and what is taken along.
    #[must_use]
    pub fn new(lines: Vec<String>, properties: Vec<(String, String)>) -> Self {
        Self { lines, properties }
    }
}

/// A file for a printing house: in inks, with bleed and its boxes, without tags and links.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum PressPart {
    /// All pages but the cover.
    Body,
    /// The outside of the cover on one page: back, spine and front from left to right.
    Cover {
        /// How wide the spine is, in mm.
        spine: f64,
    },
}

impl PressPart {
    /// The narrowest spine that carries the book's title, in mm.
    pub const TITLE_FROM: f64 = 5.0;
}

/// The program that sets pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Engine {
    /// Typst inside this process (cargo feature `pdf`).
    #[default]
    Embedded,
    /// A `typst` command, 0.15.
    TypstCli {
        /// The program.
        program: std::path::PathBuf,
    },
}

/// Pictures by the path the tree names them with.
pub type Assets = BTreeMap<String, Asset>;

/// One picture file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asset {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// IANA media type: `image/png`, `image/jpeg`, `image/gif`, `image/svg+xml`, `image/webp`.
    pub media_type: &'static str,
    /// The file ending that belongs to the media type, without the dot.
    pub ending: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Asset {
    /// The file ending in a Word file; none for what Word does not show.
    #[must_use]
    pub fn word_ending(&self) -> Option<&'static str> {
        match self.media_type {
            "image/png" => Some("png"),
            "image/jpeg" => Some("jpeg"),
            "image/gif" => Some("gif"),
            _ => None,
        }
    }
}

/// A picture made by us.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Image {
    /// The encoded file.
    pub bytes: Vec<u8>,
    /// IANA media type.
    pub media_type: &'static str,
}

/// The printed pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageMap {
    /// Number of physical pages.
    pub count: usize,
    /// The printed page number on which a node begins.
    pub first_page: BTreeMap<NodeId, usize>,
    /// Where the pages that carry text turn, in their order.
    pub turns: Vec<Turn>,
}

/// The first character of a printed page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// The printed number of the page that begins here.
    pub page: usize,
    /// The innermost node the character belongs to; a heading's is its speech or part.
    pub node: NodeId,
    /// How many characters of the node's running text stand before it, those not counted that
    /// [`Turn::counts`] leaves out. The running text of a table is its caption, head and rows; a heading's
    /// begins with its number.
    pub offset: usize,
}

impl Turn {
    /// The page `page` begins at a character of `node`.
    #[must_use]
    pub fn new(page: usize, node: NodeId, offset: usize) -> Self {
        Self { page, node, offset }
    }

    /// Whether a character is counted: blanks and what has no width may be lost where lines end.
    #[must_use]
    pub fn counts(c: char) -> bool {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    }
}

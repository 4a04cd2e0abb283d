//! What is on the pages of a finished file: glyphs with their places.
//!
//! Lengths are points (1/72 inch), counted from the upper left corner of the trimmed page, x to the
//! right and y down.

use crate::verify::shape::Shape;

/// A finished document.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Printed {
    /// The pages in order; the first is a right-hand one.
    pub pages: Vec<Page>,
    /// The fonts glyphs are set in.
    pub fonts: Vec<Font>,
    /// What glyphs look like.
    pub shapes: Vec<Shape>,
    /// What the file says of itself.
    pub claims: Claims,
}

/// One page.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Page {
    /// The sheet (MediaBox).
    pub media: Area,
    /// What is left when it is trimmed (TrimBox, else CropBox): its corner is 0, 0.
    pub trim: Area,
    /// How far colour runs over the edge (BleedBox), if told.
    pub bleed: Option<Area>,
    /// Turned clockwise for reading: 0, 90, 180 or 270.
    pub rotation: u16,
    /// The glyphs in the order they were drawn.
    pub glyphs: Vec<Glyph>,
    /// Where pictures stand.
    pub images: Vec<Area>,
    /// The links, in the file's order.
    pub links: Vec<Link>,
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Where it is touched.
    pub area: Area,
    /// Where it leads.
    pub goal: Goal,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Goal {
    /// A page of the file, counted from 0.
    Page(usize),
    /// An address outside.
    Address(String),
    /// Nothing that is there.
    Nowhere,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

impl Area {
    /// From left to right.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Whether a point lies inside.
    #[must_use]
    pub fn holds(&self, x: f64, y: f64) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// From top to bottom.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }
}

/// One glyph.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Glyph {
    /// What it stands for.
    pub text: Text,
    /// Its font, an index into [`Printed::fonts`].
    pub font: u32,
    /// The size it is set in.
    pub size: f64,
    /// Where it begins.
    pub x: f64,
    /// Its advance: how far the next one stands by itself.
    pub width: f64,
    /// The line it stands on.
    pub baseline: f64,
    /// What it looks like, an index into [`Printed::shapes`]; unknown where it is a drawing of the file's own.
    pub shape: Option<u32>,
    /// Whether the file says that it is not to be seen: drawn without ink, in white, or beside the sheet.
    pub hidden: bool,
}

/// The characters a glyph stands for: nearly always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    first: char,
    rest: Option<Box<str>>,
}

impl Text {
    /// One character.
    #[must_use]
    pub fn of(first: char) -> Self {
        Self { first, rest: None }
    }

    /// Several; none is as good as unknown.
    #[must_use]
    pub fn of_str(text: &str) -> Self {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return Self::unknown() };
        let rest = chars.as_str();
        Self { first, rest: (!rest.is_empty()).then(|| rest.into()) }
    }

    /// The file does not tell.
    #[must_use]
    pub fn unknown() -> Self {
        Self::of('\u{fffd}')
    }

    /// The characters.
    pub fn chars(&self) -> impl Iterator<Item = char> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().flat_map(|r| r.chars()))
    }

    /// The first character.
    #[must_use]
    pub fn first(&self) -> char {
        self.first
    }

    /// Whether nothing is seen.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.chars().all(|c| c.is_whitespace() || c.is_control())
    }
}

/// A font of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Font {
    /// Its PostScript name without the tag of a subset; empty when the file does not tell.
    pub name: String,
    /// Whether its letters are in the file.
    pub embedded: bool,
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Claims {
    /// `2` of PDF/A-2a.
    pub pdfa_part: Option<u8>,
    /// `A` of PDF/A-2a.
    pub pdfa_level: Option<char>,
    /// `1` of PDF/UA-1.
    pub pdfua_part: Option<u8>,
    /// The language of the text.
    pub lang: Option<String>,
    /// Whether content is said to be tagged.
    pub marked: bool,
    /// Whether there is a tree of tags.
    pub structure: bool,
    /// Whether colours are described for PDF/A.
    pub output_intent: bool,
}

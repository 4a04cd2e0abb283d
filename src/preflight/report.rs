//! The report about the files of a book: `<stem>-preflight.json`.

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::preflight::{BoxRun, Check, FontUse, Grade, InkUse, Picture, Sheets};

/// The form of the report that this version writes.
const SCHEMA: u32 = 1;

/// The files of a book for a printing house, and what was found in them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Report {
    /// The form of this report.
    pub schema: u32,
    /// The jianbao that wrote it.
    pub version: String,
    /// Whether no check of severity error failed.
    pub ok: bool,
    /// What was asked for.
    pub settings: Settings,
    /// The spine, and what it is reckoned from.
    pub spine: Spine,
    /// The files.
    pub files: Vec<FileReport>,
    /// Characters that stand in another font than the one of their role.
    pub fallbacks: Vec<Fallback>,
    /// What was looked at.
    pub checks: Vec<Check>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Settings {
    /// `saddle` or `perfect`.
    pub binding: String,
    /// Pages of a signature.
    pub signature: usize,
    /// Thickness of a leaf, in mm.
    pub paper_mm: f64,
    /// Beyond the trim, in mm.
    pub bleed_mm: f64,
    /// The ink of the red; none where it is printed in process inks.
    pub spot: Option<String>,
    /// Cyan, magenta, yellow and black of the red, in per cent.
    pub cmyk: [f64; 4],
}

/// The spine.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Spine {
    /// Pages of the body.
    pub pages: usize,
    /// Blank pages that the last signature still needs; they are not in the file.
    pub blanks: usize,
    /// Leaves of the body with those.
    pub leaves: usize,
    /// Width in mm, without the cover's own thickness; 0 where sheets are stapled through the fold.
    pub mm: f64,
    /// Whether it carries the title.
    pub has_title: bool,
}

impl Spine {
    /// The spine of a body of so many pages.
    #[must_use]
    pub fn new(pages: usize, signature: usize, paper_mm: f64, is_glued: bool, title_from_mm: f64) -> Self {
        let blanks = pages.next_multiple_of(signature.max(1)) - pages;
        let leaves = (pages + blanks).div_ceil(2);
        let mm = if is_glued { super::rounded(leaves as f64 * paper_mm) } else { 0.0 };
        Self { pages, blanks, leaves, mm, has_title: is_glued && mm >= title_from_mm }
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The version of PDF.
    pub pdf: String,
    /// Pages.
    pub pages: usize,
    /// Output intents; a file with inks of its own has none unless a printing house's profile is put in.
    pub output_intents: usize,
    /// Boxes in points, neighbours with the same together.
    pub boxes: Vec<BoxRun>,
    /// Fonts.
    pub fonts: Vec<FontUse>,
    /// What is painted in which inks.
    pub inks: Vec<InkUse>,
    /// Pictures made of dots.
    pub pictures: Vec<Picture>,
}

impl FileReport {
    /// What was found in a file.
    #[must_use]
    pub fn new(file: &str, bytes: &[u8], sheets: Sheets) -> Self {
        Self {
            file: file.to_owned(),
            sha256: crate::hash::sha256_hex(bytes),
            pdf: sheets.version,
            pages: sheets.pages,
            output_intents: sheets.output_intents,
            boxes: sheets.boxes,
            fonts: sheets.fonts,
            inks: sheets.inks,
            pictures: sheets.pictures,
        }
    }
}

/// A character that stands in another font than the one of its role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Fallback {
    /// The character.
    pub character: String,
    /// Its number, such as U+36C3.
    pub code: String,
    /// The role of the text: hei, kai, title or fang.
    pub role: String,
    /// The font of the role.
    pub wanted: String,
    /// The font it stands in; none where no font has it and a stand-in is printed.
    pub used: Option<String>,
    /// The speakers in whose names it stands.
    pub names: Vec<String>,
}

impl Fallback {
    /// A character of a role's text.
    #[must_use]
    pub fn new(c: char, role: &str, wanted: &str, used: Option<&str>) -> Self {
        Self {
            character: c.to_string(),
            code: format!("U+{:04X}", u32::from(c)),
            role: role.to_owned(),
            wanted: wanted.to_owned(),
            used: used.map(str::to_owned),
            names: Vec::new(),
        }
    }
}

impl Settings {
    /// What was asked for; the ink of the red is told by the book.
    #[must_use]
    pub fn new(
        binding: &str,
        signature: usize,
        paper_mm: f64,
        bleed_mm: f64,
        red: (Option<String>, [f64; 4]),
    ) -> Self {
        let (spot, cmyk) = red;
        Self { binding: binding.to_owned(), signature, paper_mm, bleed_mm, spot, cmyk }
    }
}

impl Report {
    /// The report of what was found.
    #[must_use]
    pub fn new(settings: Settings, spine: Spine) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let (files, fallbacks, checks) = (vec![], vec![], vec![]);
        Self { schema: SCHEMA, version, ok: true, settings, spine, files, fallbacks, checks }
    }

    /// Adds checks.
    pub fn add(&mut self, checks: impl IntoIterator<Item = Check>) {
        self.checks.extend(checks);
        self.ok = !self.checks.iter().any(|check| !check.ok && check.severity == Grade::Error);
    }
}

/// The JSON Schema of the report.
#[must_use]
pub fn json_schema() -> Schema {
    schemars::schema_for!(Report)
}

#[cfg(test)]
mod tests {
    use super::Spine;

    #[test]
    fn a_spine_is_as_wide_as_its_leaves() {
        let glued = |pages| Spine::new(pages, 16, 0.1, true, 5.0);
        assert_eq!((glued(83).blanks, glued(83).leaves, glued(83).mm), (13, 48, 4.8));
        assert_eq!((glued(96).blanks, glued(96).mm, glued(96).has_title), (0, 4.8, false));
        assert_eq!((glued(97).leaves, glued(97).mm, glued(97).has_title), (56, 5.6, true));
        let stapled = Spine::new(22, 4, 0.1, false, 5.0);
        assert_eq!((stapled.blanks, stapled.leaves, stapled.mm, stapled.has_title), (2, 12, 0.0, false));
    }
}

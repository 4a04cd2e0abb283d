//! Printer's spreads: the pages of a finished PDF laid out on sheets that are printed on both sides,
//! folded and bound.
//!
//! First the plan, which knows numbers of pages only ([`Plan`]); then the PDF: every page becomes a form
//! with its own content stream as it is, placed on its half of a sheet. Pure functions of bytes and
//! [`Settings`]; files and sentences are the business of `build`.
//!
//! What sheets cannot have (tags, bookmarks, links and so on) is counted in [`Note::Lost`].

mod claims;
mod copy;
mod geometry;
mod ink;
mod letter;
mod lost;
mod marks;
mod place;
mod plan;
mod source;
mod width;
mod write;

pub use lost::Lost;
pub use place::{Printer, SheetSize};
pub use plan::{Binding, Blanks, Layout, Plan, Sheet, Side};

use place::Format;

/// How a booklet is to be made.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings<'a> {
    /// The paper; by itself the smaller one that two pages fit on.
    pub sheet: Option<SheetSize>,
    /// Stapled or glued.
    pub layout: Layout,
    /// The side it opens from.
    pub binding: Binding,
    /// Where blank pages go.
    pub blanks: Blanks,
    /// Who prints.
    pub printer: Printer,
    /// Thickness of a sheet of paper in mm, by which folded sheets push each other out; by itself 0.1
    /// for a press, and 0 for an office, where nothing is trimmed.
    pub creep: Option<f64>,
    /// Only the first sheet, with a cross and words that tell whether it was turned over rightly.
    pub test: Option<TestSheet<'a>>,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            sheet: None,
            layout: Layout::Saddle,
            binding: Binding::Left,
            blanks: Blanks::BeforeLast,
            printer: Printer::Office,
            creep: None,
            test: None,
        }
    }
}

/// The words of a test sheet, and the font that has their characters.
#[derive(Clone, Copy)]
pub struct TestSheet<'a> {
    /// Lines for the front.
    pub front: &'a str,
    /// Lines for the back.
    pub back: &'a str,
    /// A font file.
    pub font: &'a [u8],
    /// The face inside a collection; 0 for a plain file.
    pub index: u32,
}

impl std::fmt::Debug for TestSheet<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestSheet")
            .field("front", &self.front)
            .field("back", &self.back)
            .finish_non_exhaustive()
    }
}

/// A finished imposition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Imposed {
    /// The PDF: two pages a sheet, front and back.
    pub bytes: Vec<u8>,
    /// Where every page lies.
    pub plan: Plan,
    /// The paper.
    pub sheet: SheetSize,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// Something a person should know of an imposition.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// Blank pages were added.
    Blanks {
        /// How many.
        count: usize,
        /// The source page they follow, from 1.
        after: usize,
    },
    /// All pages are smaller, for the printer's margin.
    Scaled {
        /// Of their size.
        percent: f64,
    },
    /// Wide pages lie on their side.
    Turned {
        /// How many.
        count: usize,
    },
    /// Pages larger than the others were made as small.
    Shrunk {
        /// How many.
        count: usize,
    },
    /// The innermost sheet's pages move this far.
    Creep {
        /// In mm.
        most: f64,
    },
    /// How an office printer has to be set: both sides, turned over the short edge.
    ShortEdge,
    /// The file's own table of objects was wrong and was made anew; pages should be looked at.
    Repaired,
    /// The metadata (XMP) was no XML and was left out.
    Metadata,
    /// What the single pages had and the sheets have not.
    Lost {
        /// What.
        what: Lost,
        /// How many.
        count: usize,
    },
}

/// What keeps a page from being taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageFault {
    /// It has no size, or one that is none.
    Size,
    /// A part of its content is not in the file.
    Missing,
    /// Its content cannot be unpacked to its end.
    Packed,
    /// Its content unpacks to more than any page has.
    TooMuch,
}

/// Why there are no sheets.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ImposeError {
    /// Not a PDF.
    #[error("not a PDF")]
    NotPdf,
    /// The file is under a password, or its owner allows no changes.
    #[error("encrypted")]
    Encrypted,
    /// A PDF that cannot be read.
    #[error("damaged: {why}")]
    Damaged {
        /// What is wrong.
        why: String,
    },
    /// A PDF whose tree of pages is missing, in pieces or without end.
    #[error("the page tree is damaged")]
    PageTree,
    /// A page that cannot be taken over.
    #[error("page {page} is damaged: {fault:?}")]
    Page {
        /// From 1.
        page: usize,
        /// What is wrong with it.
        fault: PageFault,
    },
    /// A PDF without pages.
    #[error("no pages")]
    NoPages,
    /// Two pages do not fit on the sheet.
    #[error("pages of {width} × {height} mm do not fit on {}", sheet.name())]
    TooLarge {
        /// Of a page, in mm.
        width: f64,
        /// Of a page, in mm.
        height: f64,
        /// The sheet.
        sheet: SheetSize,
    },
    /// The font for the words of a test sheet cannot be read.
    #[error("the font for the test sheet cannot be read")]
    Font,
    /// A defect of the writer.
    #[error("cannot be written: {message}")]
    Defect {
        /// What it says.
        message: String,
    },
}

/// Lays the pages of a PDF out on sheets. The same bytes and settings give the same bytes.
///
/// # Errors
/// A file that is no PDF, damaged or encrypted; pages too large for the sheet.
pub fn impose(bytes: &[u8], settings: &Settings<'_>) -> Result<Imposed, ImposeError> {
    let source = source::Source::open(bytes)?;
    let plan = Plan::new(source.pages.len(), settings.layout, settings.binding, settings.blanks);
    let format = place::common(source.pages.iter().map(|page| page.leaf.format()));
    let format = format.ok_or(ImposeError::NoPages)?;
    let sheet = settings.sheet.or_else(|| SheetSize::for_pages(format)).unwrap_or(SheetSize::A3);
    if !sheet.fits(format) {
        return Err(too_large(format, sheet));
    }
    write::Writing { bytes, source: &source, plan: &plan, settings, sheet, format }
        .run()
        .map(|(bytes, notes)| Imposed { bytes, plan: plan.clone(), sheet, notes })
}

fn too_large(format: Format, sheet: SheetSize) -> ImposeError {
    let millimetres = |points: f64| (points / geometry::MM).round();
    ImposeError::TooLarge { width: millimetres(format.width), height: millimetres(format.height), sheet }
}

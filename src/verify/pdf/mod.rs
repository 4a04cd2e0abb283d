//! A finished PDF as pages of glyphs, whoever made it.
//!
//! `hayro-interpret` runs the content streams and hands every glyph over with its place, size and
//! Unicode text; nothing is drawn. Its file format layer, `hayro-syntax`, gives boxes, fonts and
//! the claims of the catalogue. Both come with Typst already.
//!
//! A stranger's file may be damaged or made to harm: the bytes it may unpack to, its pages and the
//! steps of drawing are counted, and what goes wrong inside is [`PdfError::Damaged`], no panic.

mod claims;
mod device;
mod fonts;
mod guard;
mod links;
mod shapes;

use std::sync::Arc;

use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Rotation};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, object::Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, hayro_cmap, interpret_page,
};
use kurbo::Affine;

use crate::verify::page::{Area, Page, Printed};
use device::Recorder;

/// More pages than a book has.
const MOST_PAGES: usize = 20_000;

/// Address space of the reading thread; memory is taken as it is used.
const STACK: usize = 256 * 1024 * 1024;

/// Why a PDF cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// It does not begin as a PDF does.
    #[error("not a PDF")]
    NotPdf,
    /// A password or an unknown cipher is on it.
    #[error("encrypted")]
    Encrypted,
    /// Its structure cannot be followed.
    #[error("damaged")]
    Damaged,
    /// It unpacks to more than is sane, has too many pages or draws without end.
    #[error("too large")]
    TooLarge,
}

/// Reads a PDF.
///
/// # Errors
/// When it is none, or cannot be read within the limits.
pub fn read_pdf(bytes: &[u8]) -> Result<Printed, PdfError> {
    // Readers take a PDF whose head stands somewhere in the first kilobyte.
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|w| w == b"%PDF-") {
        return Err(PdfError::NotPdf);
    }
    guard::check(bytes)?;
    let data = bytes.to_vec();
    // The interpreter is young and the file a stranger's: what is thrown ends with its thread, which
    // has a stack for all the nesting that is let through. It also has no way to be stopped but this
    // one, which `Recorder` takes when its steps are spent.
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || read(data));
    match reader.map(std::thread::JoinHandle::join) {
        Ok(Ok(read)) => read,
        Ok(Err(thrown)) if thrown.is::<device::Spent>() => Err(PdfError::TooLarge),
        Ok(Err(_)) | Err(_) => Err(PdfError::Damaged),
    }
}

fn read(data: Vec<u8>) -> Result<Printed, PdfError> {
    let pdf = Pdf::new(data).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::InvalidEncryption) | LoadPdfError::Invalid => {
            PdfError::Damaged
        }
        LoadPdfError::Decryption(_) => PdfError::Encrypted,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(PdfError::Damaged);
    }
    if pages.len() > MOST_PAGES {
        return Err(PdfError::TooLarge);
    }
    let mut fonts = fonts::Fonts::of(&pdf);
    let mut shapes = shapes::Shapes::default();
    let goals = links::Goals::of(&pdf);
    let cache = InterpreterCache::new();
    let mut steps = device::MOST_STEPS;
    let mut read: Vec<Page> = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        let mut recorder = Recorder::new(&mut fonts, &mut shapes, &mut steps);
        read.push(one(page, &pdf, &cache, &goals, &mut recorder));
    }
    Ok(Printed { pages: read, fonts: fonts.used(), shapes: shapes.met(), claims: claims::of(&pdf) })
}

fn one<'a>(
    page: &PdfPage<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    goals: &links::Goals,
    recorder: &mut Recorder<'_>,
) -> Page {
    let (crop, rotation) = (page.intersected_crop_box(), rotation(page.rotation()));
    let named = |key: &str| page.raw().get::<Rect>(key);
    let trim = named("TrimBox").filter(|r| r.width() > 1.0 && r.height() > 1.0);
    // Everything is measured from the upper left corner of what is left when the sheet is trimmed.
    let upright = page.initial_transform(true).to_kurbo();
    let corner = trim.map_or((0.0, 0.0), |t| {
        let area = area_in(upright, t);
        (area.x0, area.y0)
    });
    let place = Affine::translate((-corner.0, -corner.1)) * upright;
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|_| None),
        cmap_resolver: Arc::new(hayro_cmap::load_embedded),
        warning_sink: Arc::new(|_| {}),
        // What stands in a comment on the page is no part of it.
        render_annotations: false,
    };
    let bounds = kurbo::Rect::new(-1e6, -1e6, 1e6, 1e6);
    let mut context = Context::new(place, bounds, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, recorder);
    let (mut glyphs, images) = recorder.parts();
    let media = area_in(place, page.media_box());
    for glyph in &mut glyphs {
        glyph.hidden |= !media.holds(glyph.x + glyph.width / 2.0, glyph.baseline);
    }
    Page {
        media,
        links: goals.links(page, |r| area_in(place, r)),
        trim: area_in(place, trim.unwrap_or(crop)),
        bleed: named("BleedBox").map(|b| area_in(place, b)),
        rotation,
        glyphs,
        images,
    }
}

fn rotation(rotation: Rotation) -> u16 {
    match rotation {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    }
}

fn area_in(place: Affine, r: Rect) -> Area {
    let b = place.transform_rect_bbox(kurbo::Rect::new(r.x0, r.y0, r.x1, r.y1));
    Area { x0: b.x0, y0: b.y0, x1: b.x1, y1: b.y1 }
}

//! A finished PDF looked over before it goes to a printing house: boxes, fonts, inks, pictures.
//!
//! What is found is data ([`Sheets`], and a [`Report`] of several files); what is wrong with it is decided in
//! `checks`. A pure function of bytes: files and sentences are the business of `build`.

mod boxes;
mod checks;
mod fonts;
mod inks;
mod report;
mod scan;
#[cfg(test)]
mod tests;

pub use boxes::{BoxRun, Quad};
pub use checks::{Check, Finding, Grade, Wanted, check};
pub use fonts::FontUse;
pub use inks::Ink;
pub use report::{Fallback, FileReport, Report, Settings, Spine, json_schema};
pub use scan::{InkUse, Picture};

use lopdf::{Dictionary, Document, Object};

/// What a PDF holds, as far as a printing house asks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sheets {
    /// The version of PDF, such as 1.6.
    pub version: String,
    /// How many pages.
    pub pages: usize,
    /// The boxes, neighbours with the same together.
    pub boxes: Vec<BoxRun>,
    /// The fonts, by name.
    pub fonts: Vec<FontUse>,
    /// What is painted in which inks.
    pub inks: Vec<InkUse>,
    /// Pictures made of dots.
    pub pictures: Vec<Picture>,
    /// How many output intents the file claims.
    pub output_intents: usize,
}

/// Why a PDF could not be looked over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("the PDF cannot be read: {why}")]
pub struct Unreadable {
    /// In the reader's words.
    pub why: String,
}

/// Looks a PDF over.
///
/// # Errors
/// When it is no PDF, or a page's content cannot be read.
pub fn inspect(bytes: &[u8]) -> Result<Sheets, Unreadable> {
    let document = Document::load_mem(bytes).map_err(|error| Unreadable { why: error.to_string() })?;
    let mut scan = scan::Scan::new(&document);
    let mut boxes: Vec<BoxRun> = Vec::new();
    let mut pages = 0;
    for id in document.page_iter() {
        pages += 1;
        let page = document.get_dictionary(id).map_err(|error| Unreadable { why: error.to_string() })?;
        boxes::add(&mut boxes, pages, &document, page);
        scan.page(pages, id)?;
    }
    let intents = document.catalog().ok().and_then(|catalog| catalog.get(b"OutputIntents").ok());
    let intents = intents.and_then(|o| follow(&document, o).as_array().ok()).map_or(0, Vec::len);
    let (fonts, inks, pictures) = scan.finish();
    Ok(Sheets {
        version: document.version.clone(),
        pages,
        boxes,
        fonts,
        inks,
        pictures,
        output_intents: intents,
    })
}

/// What an object leads to, itself if it is no reference or leads nowhere.
fn follow<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// The entry of a dictionary, references followed.
fn entry<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dictionary.get(key).ok().map(|object| follow(document, object))
}

/// The dictionary an object is or, as a stream, has.
fn dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The dictionary under a key.
fn inner<'a>(document: &'a Document, outer: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    entry(document, outer, key).and_then(dictionary)
}

/// A name as text.
fn name_of(object: &Object) -> Option<String> {
    object.as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
}

/// A number.
fn number(document: &Document, object: &Object) -> Option<f64> {
    follow(document, object).as_float().ok().map(f64::from)
}

/// To three decimals: what a report says of lengths.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

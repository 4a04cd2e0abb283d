//! The boxes of pages: the sheet, what is trimmed off, and what is printed beyond the trim.

use lopdf::{Dictionary, Document};
use schemars::JsonSchema;
use serde::Serialize;

use crate::preflight::{entry, inner, number, rounded};

/// Left, bottom, right and top, in points.
pub type Quad = [f64; 4];

/// Pages that follow each other and have the same boxes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BoxRun {
    /// The first page, from 1.
    pub first: usize,
    /// The last page.
    pub last: usize,
    /// The sheet.
    pub media: Option<Quad>,
    /// What a printing house prints, beyond the trim too.
    pub bleed: Option<Quad>,
    /// The page as it is after trimming.
    pub trim: Option<Quad>,
}

/// Adds a page's boxes to those of the pages before.
pub(super) fn add(runs: &mut Vec<BoxRun>, number: usize, document: &Document, page: &Dictionary) {
    let media = quad(document, page, b"MediaBox").or_else(|| {
        // The one box that a page may have from the node above it.
        let parent = inner(document, page, b"Parent")?;
        quad(document, parent, b"MediaBox")
    });
    let (bleed, trim) = (quad(document, page, b"BleedBox"), quad(document, page, b"TrimBox"));
    match runs.last_mut().filter(|run| run.media == media && run.bleed == bleed && run.trim == trim) {
        Some(run) => run.last = number,
        None => runs.push(BoxRun { first: number, last: number, media, bleed, trim }),
    }
}

fn quad(document: &Document, page: &Dictionary, key: &[u8]) -> Option<Quad> {
    let sides = entry(document, page, key)?.as_array().ok()?;
    let sides: Vec<f64> = sides.iter().map(|s| number(document, s).map(rounded)).collect::<Option<_>>()?;
    let [a, b, c, d] = sides[..] else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

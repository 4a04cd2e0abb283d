//! A file for a printing house, finished: its boxes complete, greys in black ink, nothing to click on.

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId, SaveOptions};

use crate::config::PT_PER_MM;
use crate::render::RenderError;

/// The file with TrimBox and BleedBox on every page, `bleed` mm apart, greys in black ink, and no annotations.
///
/// Typst writes the sheet with its bleed (MediaBox) and, with a bleed, the TrimBox. A printing house also asks
/// for the BleedBox, and wants nothing on the page that is not printed: PDF/X allows no links there.
pub(super) fn finished(bytes: &[u8], bleed: f64) -> Result<Vec<u8>, RenderError> {
    let defect = |error: lopdf::Error| RenderError::defect("pdf", error);
    let mut document = Document::load_mem(bytes).map_err(defect)?;
    let pages: Vec<_> = document.page_iter().collect();
    for id in pages {
        let page = document.get_dictionary_mut(id).map_err(defect)?;
        let media = page.get(b"MediaBox").and_then(Object::as_array).map_err(defect)?;
        let sides = media.iter().map(|side| side.as_float().map(f64::from));
        let sides: Vec<f64> = sides.collect::<Result<_, _>>().map_err(defect)?;
        let [left, bottom, right, top] = sides[..] else {
            return Err(RenderError::defect("pdf", "a page without a size"));
        };
        let by = bleed * PT_PER_MM;
        page.set("BleedBox", numbers([left, bottom, right, top]));
        page.set("TrimBox", numbers([left + by, bottom + by, right - by, top - by]));
        page.remove(b"Annots");
    }
    greys_in_black(&mut document);
    document.prune_objects();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    let options = options.max_objects_per_stream(200).compression_level(9).build();
    let mut out = Vec::new();
    document.save_with_options(&mut out, options).map_err(|error| RenderError::defect("pdf", error))?;
    Ok(out)
}

/// Greys become `DeviceGray`, which is black ink: Typst writes them with a profile of the screen's, and a printing
/// house that converts by profiles would make them of four inks.
fn greys_in_black(document: &mut Document) {
    let is_grey = |stream: &Object| {
        let stream = stream.as_stream().ok();
        stream.is_some_and(|s| s.dict.get(b"N").and_then(Object::as_i64).is_ok_and(|count| count == 1))
    };
    let greys: BTreeSet<ObjectId> =
        document.objects.iter().filter(|(_, object)| is_grey(object)).map(|(id, _)| *id).collect();
    document.traverse_objects(|object| {
        let Object::Array(parts) = object else { return };
        let [Object::Name(family), Object::Reference(profile)] = &parts[..] else { return };
        if family == b"ICCBased" && greys.contains(profile) {
            *object = Object::Name(b"DeviceGray".to_vec());
        }
    });
}

fn numbers(sides: [f64; 4]) -> Vec<Object> {
    sides.iter().map(|side| Object::Real(*side as f32)).collect()
}

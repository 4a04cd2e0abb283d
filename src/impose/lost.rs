//! What a booklet cannot keep of the file it is made of, counted.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId};

use crate::impose::source::{Source, as_dictionary};

/// Something a reader of the single pages had and a reader of the sheets has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lost {
    /// The structure that screen readers follow.
    Tags,
    /// Bookmarks, counted.
    Bookmarks,
    /// Links, counted.
    Links,
    /// Names of pages, such as iv.
    PageLabels,
    /// Fields to fill in, counted; what is in them is printed.
    Fields,
    /// Comments and marks that are not printed, counted.
    Comments,
    /// Annotations that should be printed and hold no picture of themselves, counted.
    Undrawn,
    /// Attached files, counted.
    Attachments,
    /// Scripts and actions.
    Actions,
    /// The claim to be PDF/A, PDF/UA or PDF/X.
    Claims,
}

/// Entries of an outline or a name tree that are looked at: more is only counted so far.
const MOST_ENTRIES: usize = 100_000;

/// Counts what goes.
pub(super) fn count(source: &Source) -> Vec<(Lost, usize)> {
    let Some(catalog) = source.catalog() else { return Vec::new() };
    let has = |key: &[u8]| usize::from(source.get(catalog, key).is_some());
    let names = source.dictionary(catalog, b"Names");
    let in_names = |key: &[u8]| names.and_then(|names| source.dictionary(names, key));
    let annotations = || source.pages.iter().flat_map(|p| &p.annotations);
    let of_kind = |kind: &[u8]| annotations().filter(|a| is_kind(source, a, kind)).count();
    let embedded = in_names(b"EmbeddedFiles").map_or(0, |tree| leaves(source, tree));
    let actions = has(b"OpenAction").max(has(b"AA")).max(usize::from(in_names(b"JavaScript").is_some()));
    let comments = annotations().filter(|a| is_comment(source, a) && !is_printed(source, a)).count();
    let undrawn = annotations()
        .filter(|a| !is_kind(source, a, b"Link") && is_printed(source, a) && !is_drawn(source, a))
        .count();
    let all = [
        (Lost::Tags, has(b"StructTreeRoot")),
        (Lost::Bookmarks, bookmarks(source, catalog)),
        (Lost::Links, of_kind(b"Link")),
        (Lost::PageLabels, has(b"PageLabels")),
        (Lost::Fields, of_kind(b"Widget")),
        (Lost::Comments, comments),
        (Lost::Undrawn, undrawn),
        (Lost::Attachments, embedded + of_kind(b"FileAttachment")),
        (Lost::Actions, actions),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn is_kind(source: &Source, annotation: &Dictionary, kind: &[u8]) -> bool {
    source.get(annotation, b"Subtype").and_then(|s| s.as_name().ok()) == Some(kind)
}

fn is_comment(source: &Source, annotation: &Dictionary) -> bool {
    ![b"Link".as_slice(), b"Widget", b"Popup", b"FileAttachment"]
        .iter()
        .any(|kind| is_kind(source, annotation, kind))
}

/// Whether an annotation comes out of a printer: it says so, and is not hidden (ISO 32000-1, 12.5.3).
pub(super) fn is_printed(source: &Source, annotation: &Dictionary) -> bool {
    let flags = source.get(annotation, b"F").and_then(|f| f.as_i64().ok()).unwrap_or(0);
    flags & 0b100 != 0 && flags & 0b10 == 0 && !is_kind(source, annotation, b"Popup")
}

fn is_drawn(source: &Source, annotation: &Dictionary) -> bool {
    appearance(source, annotation).is_some()
}

/// The picture of an annotation as it is printed, in the state it is in.
pub(super) fn appearance(source: &Source, annotation: &Dictionary) -> Option<ObjectId> {
    let appearances = source.dictionary(annotation, b"AP")?;
    let mut normal = appearances.get(b"N").ok()?;
    if let Object::Dictionary(states) = source.follow(normal)? {
        let state = source.get(annotation, b"AS")?.as_name().ok()?;
        normal = states.get(state).ok()?;
    }
    let (id, object) = source.document.dereference(normal).ok()?;
    object.as_stream().ok().and(id)
}

/// Entries of the outline.
fn bookmarks(source: &Source, catalog: &Dictionary) -> usize {
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let mut open: Vec<ObjectId> = Vec::new();
    let next = |node: &Dictionary, key: &[u8]| node.get(key).and_then(Object::as_reference).ok();
    if let Some(outline) = source.dictionary(catalog, b"Outlines") {
        open.extend(next(outline, b"First"));
    }
    while let Some(id) = open.pop() {
        if seen.len() >= MOST_ENTRIES || !seen.insert(id) {
            continue;
        }
        if let Ok(node) = source.document.get_dictionary(id) {
            open.extend([next(node, b"First"), next(node, b"Next")].into_iter().flatten());
        }
    }
    seen.len()
}

/// Entries of a name tree.
fn leaves(source: &Source, tree: &Dictionary) -> usize {
    let (mut count, mut steps) = (0, 0);
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        steps += 1;
        if steps > MOST_ENTRIES {
            break;
        }
        let array = |key: &[u8]| source.get(node, key).and_then(|a| a.as_array().ok());
        count += array(b"Names").map_or(0, |names| names.len() / 2);
        let kids = array(b"Kids").into_iter().flatten();
        open.extend(kids.filter_map(|kid| source.follow(kid).and_then(as_dictionary)));
    }
    count
}

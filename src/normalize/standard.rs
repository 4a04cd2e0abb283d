//! Standard punctuation for a whole document, before anything is made of its blocks.
//!
//! One pass over the blocks as they were read, so that a source without a title is made standard the
//! same way as one that becomes a book, and the edits of both are the same.

use rayon::prelude::*;

use crate::normalize::flat::Flat;
use crate::normalize::punctuation;
use crate::source::{Document, RawBlock, read};
use crate::tree::{BlockKind, Edit, Inline, plain_text};

/// A text that needs more is an attack on the time of the reader.
const MOST_ROUNDS: usize = 100;

/// The changes that make a document's punctuation standard, in the order of their places. Every
/// one is an [`Edit`] whose reason [is punctuation](crate::tree::Reason::is_punctuation).
#[must_use]
pub fn standardise(document: &Document) -> Vec<Edit> {
    of_blocks(document, &mut document.blocks.clone())
}

/// A document's text with its punctuation made standard, all else as it was: as many characters, and
/// of those that differ each is a mark. Once more changes nothing.
#[must_use]
pub fn standard_text(document: &Document) -> String {
    let mut text = applied(&document.text, &standardise(document));
    // A mark that became full-width may be the end of emphasis, which bares what stood behind the
    // asterisks. Each round changes a mark that no round changes back; two are the most that any but a
    // contrived text takes.
    for _ in 0..MOST_ROUNDS {
        let Ok(again) = read(document.file.id, &document.file.name, text.as_bytes()) else { break };
        let edits = standardise(&again);
        if edits.is_empty() {
            break;
        }
        text = applied(&again.text, &edits);
    }
    text
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 2);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.after);
        at = edit.span.end;
    }
    out + text.get(at..).unwrap_or_default()
}

/// Makes the marks of blocks standard in place. Runs are parted at the marks that changed length, so
/// that every character keeps its place.
pub(super) fn of_blocks(document: &Document, blocks: &mut [RawBlock]) -> Vec<Edit> {
    let of_block = |raw: &mut RawBlock| {
        let mut edits = Vec::new();
        raw.block.inline_lists_mut(&mut |inlines| {
            let mut flat = Flat::of(inlines);
            if punctuation::standardise(&mut flat, &document.text) {
                *inlines = flat.rebuild_parted(inlines);
                edits.extend(flat.edits(document));
            }
        });
        edits
    };
    let parts: Vec<Vec<Edit>> = blocks.par_iter_mut().map(of_block).collect();
    let across = across_paragraphs(document, blocks);
    let mut edits = Vec::with_capacity(parts.iter().map(Vec::len).sum::<usize>() + across.len());
    edits.extend(parts.into_iter().flatten());
    edits.extend(across);
    edits.sort_by_key(|e: &Edit| (e.span.start, e.span.end));
    edits
}

/// Quotations of two paragraphs, whose halves each stand alone in theirs.
fn across_paragraphs(document: &Document, blocks: &mut [RawBlock]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for k in 1..blocks.len() {
        let (before, after) = blocks.split_at_mut(k);
        let (Some(RawBlock { block: one, .. }), Some(RawBlock { block: next, .. })) =
            (before.last_mut(), after.first_mut())
        else {
            continue;
        };
        let (BlockKind::Paragraph(one), BlockKind::Paragraph(next)) = (&mut one.kind, &mut next.kind) else {
            continue;
        };
        let has_mark = |inlines: &[Inline]| plain_text(inlines).contains('"');
        if !has_mark(&one.inlines) || !has_mark(&next.inlines) {
            continue;
        }
        let (mut first, mut second) = (Flat::of(&one.inlines), Flat::of(&next.inlines));
        if punctuation::join_quotation(&mut first, &mut second, &document.text) {
            one.inlines = first.rebuild_parted(&one.inlines);
            next.inlines = second.rebuild_parted(&next.inlines);
            edits.extend(first.edits(document).into_iter().chain(second.edits(document)));
        }
    }
    edits
}

//! Which bytes of a source each character of the tree stands for.
//!
//! A run of the tree is a slice of its source with the recorded edits applied. Going through the slice
//! and the edits together gives every character its bytes again, those of a half-width mark that was
//! made full-width too. What cannot be followed so has no place, and nothing is changed there.

use std::ops::Range;

use crate::merge::unit::{BREAK, NOTE, Place};
use crate::source::Document;
use crate::tree::{Edit, FileId, Span};

/// The sources with the edits made to them.
pub(super) struct Places<'a> {
    documents: &'a [Document],
    edits: &'a [Edit],
}

/// A character as it stands after the edits, with its bytes.
#[derive(Clone, Copy)]
struct Virtual {
    c: char,
    start: usize,
    end: usize,
}

impl<'a> Places<'a> {
    /// `edits` are in the order of files and places.
    pub(super) fn new(documents: &'a [Document], edits: &'a [Edit]) -> Self {
        Self { documents, edits }
    }

    fn document(&self, file: FileId) -> Option<&'a Document> {
        self.documents.iter().find(|d| d.file.id == file)
    }

    /// Whether a span is one of a source that is known.
    pub(super) fn knows(&self, span: Option<Span>) -> bool {
        span.is_some_and(|s| self.document(s.file).is_some_and(|d| d.text.get(s.start..s.end).is_some()))
    }

    /// The places of a run's characters.
    pub(super) fn of(&self, text: &str, span: Option<Span>) -> Vec<Place> {
        let mut places = self.matched(text, span, true);
        self.take_backslashes(text, span, &mut places);
        places
    }

    /// The places of a text inside a longer slice: a number, a name, roles.
    pub(super) fn find(&self, text: &str, span: Option<Span>) -> Vec<Place> {
        self.matched(text, span, false)
    }

    fn matched(&self, text: &str, span: Option<Span>, is_whole: bool) -> Vec<Place> {
        let count = text.chars().count();
        let nowhere = || vec![None; count];
        let Some(span) = span else { return nowhere() };
        let Some(document) = self.document(span.file) else { return nowhere() };
        let Some(slice) = document.text.get(span.start..span.end) else { return nowhere() };
        let of = |start: usize, end: usize| u32::try_from(start).ok().zip(u32::try_from(end).ok());
        // The common case: the source's own text.
        if is_whole && slice == text {
            return text
                .char_indices()
                .map(|(at, c)| of(span.start + at, span.start + at + c.len_utf8()))
                .collect();
        }
        if is_whole && count == 1 {
            return vec![of(span.start, span.end)];
        }
        let row = self.row(slice, span);
        let wanted: Vec<char> = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        let starts = if is_whole { 0..1 } else { 0..row.len() };
        for start in starts {
            if !is_whole && row.get(start).is_none_or(|v| Some(&v.c) != wanted.first()) {
                continue;
            }
            if let Some(found) = follow(&wanted, row.get(start..).unwrap_or_default(), is_whole) {
                return found.into_iter().map(|(start, end)| of(start, end)).collect();
            }
        }
        nowhere()
    }

    /// The slice with its edits applied.
    fn row(&self, slice: &str, span: Span) -> Vec<Virtual> {
        let from = self.edits.partition_point(|e| (e.span.file, e.span.start) < (span.file, span.start));
        let mut edits = self.edits.get(from..).unwrap_or_default().iter().peekable();
        let mut row = Vec::with_capacity(slice.len() / 3);
        let mut at = 0;
        while let Some(c) = slice.get(at..).and_then(|rest| rest.chars().next()) {
            let here = span.start + at;
            while edits.peek().is_some_and(|e| e.span.file == span.file && e.span.start < here) {
                edits.next();
            }
            let edit = edits.peek().filter(|e| {
                e.span.file == span.file
                    && e.span.start == here
                    && e.span.end <= span.end
                    && e.span.end > here
            });
            if let Some(edit) = edit {
                let (start, end) = (edit.span.start, edit.span.end);
                row.extend(edit.after.chars().map(|c| Virtual { c, start, end }));
                at = end - span.start;
                continue;
            }
            if let Some((c, length)) = reference(slice.get(at..).unwrap_or_default()) {
                row.push(Virtual { c, start: here, end: here + length });
                at += length;
                continue;
            }
            let c = if c == '\n' { ' ' } else { c };
            row.push(Virtual { c, start: here, end: here + c.len_utf8() });
            at += c.len_utf8();
        }
        row
    }

    /// A backslash that escapes a character goes where the character goes.
    fn take_backslashes(&self, text: &str, span: Option<Span>, places: &mut [Place]) {
        let Some(document) = span.and_then(|s| self.document(s.file)) else { return };
        if document.form != "markdown" {
            return;
        }
        let bytes = document.text.as_bytes();
        let mut last = None;
        for (c, place) in text.chars().zip(places) {
            if let Some((start, end)) = place {
                let before = (*start as usize).checked_sub(1);
                let is_free = before.is_some_and(|b| last.is_none_or(|l| l as usize <= b));
                let is_escaped = c.is_ascii_punctuation() && is_free && {
                    let run = before.map_or(0, |b| {
                        bytes.get(..=b).unwrap_or_default().iter().rev().take_while(|b| **b == b'\\').count()
                    });
                    run % 2 == 1
                };
                *start -= u32::from(is_escaped);
                last = Some(*end);
            }
        }
    }

    /// Gives breaks, marks of notes and borders of names the bytes between their neighbours.
    pub(super) fn fill_gaps(&self, chars: &[char], places: &mut [Place], file: FileId) {
        let Some(document) = self.document(file) else { return };
        for k in 1..chars.len().saturating_sub(1) {
            let is_gap = matches!(chars.get(k), Some(&BREAK | &NOTE | &' '));
            let (Some(Some((_, start))), Some(None), Some(Some((end, _)))) =
                (places.get(k - 1), places.get(k), places.get(k + 1))
            else {
                continue;
            };
            let (start, end) = (*start as usize, *end as usize);
            let Some(gap) = document.text.get(start..end).filter(|_| is_gap) else { continue };
            // Emphasis that ends before it or begins behind it is not part of it.
            let inner = gap.trim_matches('*');
            let from = start + (gap.len() - gap.trim_start_matches('*').len());
            let is_own = match chars.get(k) {
                Some(&NOTE) => {
                    inner.starts_with("[^") && inner.ends_with(']') && inner.matches('[').count() == 1
                }
                Some(&BREAK) => !inner.is_empty(),
                _ => inner.chars().all(char::is_whitespace),
            };
            let place = u32::try_from(from).ok().zip(u32::try_from(from + inner.len()).ok());
            if let Some(own) = places.get_mut(k).filter(|_| is_own) {
                *own = place;
            }
        }
    }

    /// From the first place to the last, as a span inside `whole`; none when nothing is placed.
    pub(super) fn extent(&self, places: &[Place], whole: Option<Span>) -> Option<Span> {
        let start = places.iter().flatten().map(|p| p.0).min()?;
        let end = places.iter().flatten().map(|p| p.1).max()?;
        whole.map(|s| Span { start: start as usize, end: end as usize, ..s })
    }
}

/// Follows `wanted` through a row: character by character when `is_whole`, else passing over blanks and
/// the marks of emphasis.
fn follow(wanted: &[char], row: &[Virtual], is_whole: bool) -> Option<Vec<(usize, usize)>> {
    let mut found = Vec::with_capacity(wanted.len());
    let mut rest = row.iter();
    for c in wanted {
        loop {
            let next = rest.next()?;
            if next.c == *c {
                found.push((next.start, next.end));
                break;
            }
            if is_whole || !(next.c.is_whitespace() || matches!(next.c, '*' | '_' | '\\')) {
                return None;
            }
        }
    }
    (!is_whole || rest.next().is_none()).then_some(found)
}

/// A character reference that opens a text, with its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let length = inner.find(';').filter(|n| *n > 0 && *n < 12)?;
    let name = inner.get(..length)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, length + 2))
}

/// The bytes from the first placed character of a range to the last.
pub(super) fn bytes_of(places: &[Place]) -> Option<Range<usize>> {
    let first = places.iter().flatten().next()?;
    let last = places.iter().flatten().next_back()?;
    Some(first.0 as usize..last.1 as usize)
}

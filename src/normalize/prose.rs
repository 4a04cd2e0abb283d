//! A paragraph's text: lines joined, blanks at its ends dropped.

use crate::normalize::flat::{Collapse, Flat};
use crate::normalize::wrapping::{self, Wrapping};
use crate::normalize::{Context, Reason, chars};
use crate::tree::{FileId, Inline, Span};

/// Normalises inlines in place and returns the span of what is left.
pub(super) fn normalise(
    inlines: &mut Vec<Inline>,
    span: Option<Span>,
    context: &mut Context<'_>,
) -> Option<Span> {
    normalise_in(Place::Prose, inlines, span, context)
}

/// [`normalise`] for a heading.
pub(super) fn normalise_heading(
    inlines: &mut Vec<Inline>,
    span: Option<Span>,
    context: &mut Context<'_>,
) -> Option<Span> {
    normalise_in(Place::Heading, inlines, span, context)
}

fn normalise_in(
    place: Place,
    inlines: &mut Vec<Inline>,
    span: Option<Span>,
    context: &mut Context<'_>,
) -> Option<Span> {
    let mut flat = Flat::of(inlines);
    join_lines(&mut flat, place, context);
    let span = trim(&mut flat, span, context);
    if place == Place::Heading {
        close_up(&mut flat);
    }
    flat.commit(context);
    *inlines = flat.rebuild(inlines);
    span
}

/// Where a line end stands. In a heading blanks between hanzi part clauses, in prose there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Prose,
    Heading,
}

/// Soft line ends: a blank between Latin words; between one and a hanzi, or in a heading, where the
/// file's line ends stand for blanks; else nothing.
pub(super) fn join_lines(flat: &mut Flat, place: Place, context: &Context<'_>) {
    let mut joins = Vec::new();
    let mut k = 0;
    while k < flat.glyphs.len() {
        if !flat.is_soft(k) {
            k += 1;
            continue;
        }
        // Not before the end of the join before: `\n  \n` has blanks on both sides of its middle.
        let start = blanks_before(flat, k).max(joins.last().map_or(0, |(range, _, _): &Collapse| range.end));
        let end = blanks_after(flat, k + 1);
        let left = start.checked_sub(1).map(|k| flat.glyphs[k].c);
        let right = flat.glyphs.get(end).map(|g| g.c);
        let after = match (left, right) {
            (Some(l), Some(r)) => {
                let file = flat.glyphs[k].source().map(|(file, _, _)| file);
                stands_for_blank(l, r, place, context.wrapping(file)).then_some(' ')
            }
            _ => None,
        };
        // Where markup stands in between, only the line end itself goes.
        let (range, bytes) = match gap(flat, start, end, context) {
            Some(bytes) => (start..end, Some(bytes)),
            None => (k..k + 1, flat.glyphs[k].source()),
        };
        // What the join before has taken is taken.
        let taken = joins.last().and_then(|(_, _, bytes)| *bytes);
        let bytes = bytes.map(|(file, from, to)| match taken {
            Some((other, _, end)) if other == file => (file, from.max(end), to.max(end)),
            _ => (file, from, to),
        });
        joins.push((range, after, bytes));
        k = end;
    }
    flat.collapse_all(&joins, Reason::SoftWrap);
}

fn stands_for_blank(left: char, right: char, place: Place, wrapping: Wrapping) -> bool {
    let (han, word) = (chars::is_han, wrapping::is_word);
    if is_western(left) && is_western(right) {
        return true;
    }
    match place {
        _ if han(left) && word(right) || word(left) && han(right) => wrapping.parts_scripts(),
        Place::Heading => han(left) && han(right) && wrapping.at_blanks,
        Place::Prose => false,
    }
}

fn is_western(c: char) -> bool {
    wrapping::is_word(c) || matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')' | '(')
}

fn blanks_before(flat: &Flat, k: usize) -> usize {
    let blank = |k: &usize| is_blank(flat.glyphs[*k].c);
    k - (0..k).rev().take_while(blank).count()
}

fn blanks_after(flat: &Flat, k: usize) -> usize {
    k + (k..flat.glyphs.len()).take_while(|k| is_blank(flat.glyphs[*k].c)).count()
}

fn is_blank(c: char) -> bool {
    c != '\n' && c.is_whitespace()
}

/// The source bytes between the characters around `start..end`, when only blanks and the `>` of
/// quotations stand there.
fn gap(flat: &Flat, start: usize, end: usize, context: &Context<'_>) -> Option<(FileId, usize, usize)> {
    let (file, mut left, mut right) = flat.bytes(start..end)?;
    if let Some((other, _, end_before)) = start.checked_sub(1).and_then(|k| flat.glyphs[k].source()) {
        left = if other == file { end_before.min(left) } else { left };
    }
    if let Some((other, start_after, _)) = flat.glyphs.get(end).and_then(|g| g.source()) {
        right = if other == file { start_after.max(right) } else { right };
    }
    let between = context.document(file)?.text.get(left..right)?;
    between.chars().all(|c| c.is_whitespace() || c == '>').then_some((file, left, right))
}

/// Blanks between clauses, however many and wide, become one.
fn close_up(flat: &mut Flat) {
    let mut k = 0;
    while k < flat.glyphs.len() {
        let length = blanks_after(flat, k) - k;
        if length > 0 && !(length == 1 && flat.glyphs[k].c == ' ') {
            let bytes = flat.bytes(k..k + length);
            flat.collapse(k..k + length, Some(' '), bytes, Reason::Spacing);
        }
        k += 1;
    }
}

/// Drops blanks at both ends and narrows the span to what is left.
pub(super) fn trim(flat: &mut Flat, span: Option<Span>, context: &Context<'_>) -> Option<Span> {
    let is_edge = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut span = span;
    let tail = flat.glyphs.iter().rev().take_while(|g| is_edge(g.c)).count();
    if tail > 0 {
        let from = flat.glyphs.len() - tail;
        if let (Some(s), Some((_, start, end))) = (span.as_mut(), flat.bytes(from..flat.glyphs.len()))
            && end >= s.end
        {
            s.end = start.max(s.start);
        }
        flat.drop(from..flat.glyphs.len());
    }
    let head = flat.glyphs.iter().take_while(|g| is_edge(g.c)).count();
    if head > 0 {
        if let (Some(s), Some((_, start, end))) = (span.as_mut(), flat.bytes(0..head))
            && start <= s.start
        {
            let start = end.min(s.end);
            let line = context.document(s.file).map_or(s.line, |d| d.lines.line(start));
            *s = Span { start, line, ..*s };
        }
        flat.drop(0..head);
    }
    span
}

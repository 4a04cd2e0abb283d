//! Runs of text with emphasis, links and references to notes.
//!
//! Asterisks are emphasis only where letters and marks stand rightly beside them. Where they do not,
//! or where two runs of asterisks would become one, an empty comment parts them: the reader drops it,
//! and its angle brackets are marks.

use std::collections::BTreeMap;

use crate::render::markdown::escape::{self, Place};
use crate::tree::{Inline, NodeId, plain_text};

const COMMENT: &str = "<!-- -->";

/// The numbers notes have in the file.
pub(super) type Notes = BTreeMap<NodeId, usize>;

/// A piece of a paragraph, before it is known what stands beside it.
enum Piece {
    Text(String),
    /// Markup and words that are written as they are.
    Raw(String),
    Open(&'static str),
    Close(&'static str),
    Break,
}

/// Writes inlines; in [`Place::Lines`] a forced line break is a line end, and no line begins a block.
pub(super) fn write(inlines: &[Inline], notes: &Notes, place: Place) -> String {
    let mut pieces = Vec::new();
    let state = State { notes, strong: false, emphasis: false, link: false };
    flatten(inlines, &state, &mut pieces);
    trim(&mut pieces);
    let written = join(&written(&pieces, place), &pieces);
    match place {
        Place::Lines => written.split('\n').map(escape::line_start).collect::<Vec<_>>().join("\n"),
        Place::Line => escape::heading_end(&written),
        Place::Cell => written,
    }
}

#[derive(Clone)]
struct State<'a> {
    notes: &'a Notes,
    strong: bool,
    emphasis: bool,
    link: bool,
}

fn flatten(inlines: &[Inline], state: &State<'_>, pieces: &mut Vec<Piece>) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => match pieces.last_mut() {
                Some(Piece::Text(before)) => before.push_str(text),
                _ => pieces.push(Piece::Text(text.clone())),
            },
            Inline::Break => pieces.push(Piece::Break),
            Inline::NoteRef { note, .. } => {
                pieces.extend(state.notes.get(note).map(|n| Piece::Raw(format!("[^{n}]"))));
            }
            Inline::Strong { content } => {
                // Strong inside strong, or blanks that are strong, say nothing.
                let inner = State { strong: true, ..state.clone() };
                wrap(content, (!state.strong).then_some("**"), &inner, pieces);
            }
            Inline::Emphasis { content } => {
                let inner = State { emphasis: true, ..state.clone() };
                wrap(content, (!state.emphasis).then_some("*"), &inner, pieces);
            }
            Inline::Link { href, content } if !state.link && escape::is_bare(href, content) => {
                pieces.push(Piece::Raw(format!("<{href}>")));
            }
            Inline::Link { content, .. } if state.link => flatten(content, state, pieces),
            Inline::Link { href, content } => {
                // What stands in a link is emphasised apart from what stands around it.
                let inner = State { link: true, ..state.clone() };
                pieces.push(Piece::Raw("[".into()));
                flatten(content, &inner, pieces);
                pieces.push(Piece::Raw(format!("]({})", escape::address(href))));
            }
        }
    }
}

fn wrap(content: &[Inline], mark: Option<&'static str>, state: &State<'_>, pieces: &mut Vec<Piece>) {
    let has_words = !plain_text(content).trim().is_empty();
    let mark = mark.filter(|_| has_words);
    pieces.extend(mark.map(Piece::Open));
    flatten(content, state, pieces);
    pieces.extend(mark.map(Piece::Close));
}

/// Drops blanks and breaks at both ends: the reader does.
fn trim(pieces: &mut Vec<Piece>) {
    while let Some(piece) = pieces.first_mut() {
        match piece {
            Piece::Text(text) => *text = text.trim_start().to_owned(),
            Piece::Break => {}
            _ => break,
        }
        match pieces.first() {
            Some(Piece::Text(text)) if !text.is_empty() => break,
            _ => drop(pieces.remove(0)),
        }
    }
    while let Some(piece) = pieces.last_mut() {
        match piece {
            Piece::Text(text) => *text = text.trim_end().to_owned(),
            Piece::Break => {}
            _ => break,
        }
        match pieces.last() {
            Some(Piece::Text(text)) if !text.is_empty() => break,
            _ => drop(pieces.pop()),
        }
    }
}

/// The pieces as text, each for itself.
fn written(pieces: &[Piece], place: Place) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(pieces.len());
    for (k, piece) in pieces.iter().enumerate() {
        let before = k.checked_sub(1).and_then(|k| pieces.get(k));
        let after = pieces.get(k + 1);
        let at_edge = matches!(before, Some(Piece::Open(_))) || matches!(after, Some(Piece::Close(_)));
        let begins_line = k == 0 || out.last().is_some_and(|o| o.ends_with('\n'));
        let written = match piece {
            Piece::Text(text) => {
                words(text, before, after, place, out.last().is_some_and(|o| o.ends_with('\n')))
            }
            Piece::Raw(raw) => raw.clone(),
            Piece::Open(mark) | Piece::Close(mark) => (*mark).to_owned(),
            Piece::Break if place == Place::Lines && !at_edge && !begins_line => "\\\n".to_owned(),
            Piece::Break => "<br>".to_owned(),
        };
        out.push(written);
    }
    out
}

/// A run of text. Blanks at the edges of emphasis and at the start of a line are references.
fn words(
    text: &str,
    before: Option<&Piece>,
    after: Option<&Piece>,
    place: Place,
    starts_line: bool,
) -> String {
    let blank = |c: &char| c.is_whitespace();
    let head = match before {
        Some(Piece::Open(_)) => text.chars().take_while(blank).count(),
        _ if starts_line => text.chars().take_while(blank).count(),
        _ => 0,
    };
    let count = text.chars().count();
    let tail = match after {
        Some(Piece::Close(_)) => text.chars().rev().take_while(blank).count().min(count - head),
        _ => 0,
    };
    let middle: String = text.chars().skip(head).take(count - head - tail).collect();
    let side = |piece: Option<&Piece>, last: bool| match piece {
        Some(Piece::Raw(raw)) => {
            if last {
                raw.chars().last()
            } else {
                raw.chars().next()
            }
        }
        Some(Piece::Open(_) | Piece::Close(_)) => Some('*'),
        Some(Piece::Break | Piece::Text(_)) | None => None,
    };
    let mut out: String = text.chars().take(head).map(escape::reference).collect();
    out.push_str(&ticked(&middle, side(before, true), side(after, false), place));
    out.extend(text.chars().skip(count - tail).map(escape::reference));
    out
}

/// Escapes text but for back-ticked words, which the reader takes as they stand.
fn ticked(text: &str, before: Option<char>, after: Option<char>, place: Place) -> String {
    let is_sole = |at: usize| !text[..at].ends_with('`') && !text[at + 1..].starts_with('`');
    let mut ticks = text.match_indices('`').map(|(at, _)| at).filter(|at| is_sole(*at));
    // A run of several ticks could be closed by one of ours.
    let has_runs = text.contains("``");
    let mut out = String::new();
    let mut at = 0;
    let mut prev = before;
    while let (Some(open), Some(close), false) =
        (ticks.next(), ticks.next(), has_runs || place == Place::Cell)
    {
        let (plain, code) = (&text[at..open], &text[open..=close]);
        if code.contains(['\n', '\r']) || plain.ends_with('\\') {
            break;
        }
        out.push_str(&escape::text(plain, prev, Some('`'), place));
        out.push_str(code);
        prev = Some('`');
        at = close + 1;
    }
    out + &escape::text(&text[at..], prev, after, place)
}

/// What a character is to the rules of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Letter,
    /// A mark, whatever line it stands in.
    Mark,
    /// A letter or a mark, as the line goes on.
    Either,
}

fn class(c: Option<char>, neighbour: Option<char>) -> Class {
    match c {
        None => Class::Blank,
        Some(c) if c.is_whitespace() => Class::Blank,
        Some(',' | ';' | ':' | '?' | '!' | '(' | ')' | '"' | '\'') => Class::Either,
        Some(c) if c.is_ascii_punctuation() => Class::Mark,
        Some(c) if !c.is_alphanumeric() && neighbour == Some('_') => Class::Either,
        Some(_) => Class::Letter,
    }
}

/// Puts the pieces together, with comments where asterisks need them.
fn join(written: &[String], pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (k, (text, piece)) in written.iter().zip(pieces).enumerate() {
        let before = k.checked_sub(1).and_then(|k| pieces.get(k));
        let next = pieces.get(k + 1);
        let mut following = written.get(k + 1).into_iter().flat_map(|t| t.chars());
        let (first, second) = (following.next(), following.next());
        let is_mark = |p: Option<&Piece>| matches!(p, Some(Piece::Open(_) | Piece::Close(_)));
        match piece {
            Piece::Open(mark) => {
                let inner = if is_mark(next) { Class::Mark } else { class(first, second) };
                let last = out.chars().last();
                let product = *mark == "*" && is_digit(last) && is_digit(first);
                let outer = class(last, None);
                let stands = inner == Class::Letter || matches!(outer, Class::Blank | Class::Mark);
                if (is_mark(before) || product || !stands) && !out.ends_with(COMMENT) {
                    out.push_str(COMMENT);
                }
                out.push_str(mark);
            }
            Piece::Close(mark) => {
                if is_mark(before) && !out.ends_with(COMMENT) {
                    out.push_str(COMMENT);
                }
                let mut back = out.chars().rev();
                let (last, second_last) = (back.next(), back.next());
                let inner = class(last, second_last);
                out.push_str(mark);
                let product = *mark == "*" && is_digit(last) && is_digit(first);
                let outer = class(first, None);
                let stands = inner == Class::Letter || matches!(outer, Class::Blank | Class::Mark);
                if !is_mark(next) && (product || !stands) {
                    out.push_str(COMMENT);
                }
            }
            Piece::Text(_) | Piece::Raw(_) | Piece::Break => out.push_str(text),
        }
    }
    out
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

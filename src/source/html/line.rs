//! A line of a page, from one border of blocks to the next, and the paragraphs in it.

use std::ops::Range;

use crate::source::Raw;
use crate::source::html::style::Style;
use crate::tree::{Inline, NodeId, Span};

/// What stands in a line.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// Characters and their bytes; no range where the file has none.
    Text(String, Option<Range<usize>>),
    /// Blanks shown as one; whether a line of the file ends among them.
    Blank(Range<usize>, bool),
    /// `<br>`, or a line end in `pre`.
    Break,
    /// The mark of a note.
    Note(NodeId, String),
}

/// A piece of a line and its style.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) style: Style,
}

impl Piece {
    /// Blanks of any kind: those a page shows as one, and those that are characters.
    fn is_blank(&self) -> bool {
        match &self.what {
            What::Text(text, _) => text.chars().all(char::is_whitespace),
            What::Blank(..) => true,
            What::Break | What::Note(..) => false,
        }
    }

    fn is_break(&self) -> bool {
        matches!(self.what, What::Break)
    }
}

/// A paragraph found in a line.
pub(super) struct Part {
    pub(super) pieces: Vec<Piece>,
    /// Whether an empty line stands before it.
    pub(super) gap: bool,
    /// How many blanks that are characters open it.
    pub(super) indent: usize,
}

/// Longest line, in characters, that is taken for a heading or a name by standing out alone.
const SHORT: usize = 60;

/// The paragraphs of a line. Old pages set a paragraph off by `<br><br>` or by `<br>` and an
/// indent; a `<br>` inside a sentence is a break and stays one.
pub(super) fn parts(pieces: Vec<Piece>) -> Vec<Part> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if !piece.is_break() => line.push(piece),
            _ => lines.push(Vec::new()),
        }
    }
    let indents: Vec<usize> = lines.iter().map(|line| indent(line)).collect();
    let indented = indents.iter().filter(|n| **n > 0).count();
    let mut parts: Vec<Part> = Vec::new();
    let mut gap = false;
    let mut starts_anew = true;
    for (k, line) in lines.into_iter().enumerate() {
        if line.iter().all(Piece::is_blank) {
            gap |= k > 0;
            starts_anew = true;
            continue;
        }
        let indent = indents.get(k).copied().unwrap_or(0);
        let stands_out = starts_anew_after(&line, indent, indented);
        match parts.last_mut() {
            Some(part) if !starts_anew && indent == 0 => {
                let style = line.first().map_or_else(Style::default, |p| p.style);
                part.pieces.push(Piece { what: What::Break, style });
                part.pieces.extend(trimmed(line));
                starts_anew = ends_sentence(&part.pieces);
                continue;
            }
            _ => parts.push(Part { pieces: trimmed(line), gap, indent }),
        }
        gap = false;
        starts_anew = stands_out || parts.last().is_some_and(|p| ends_sentence(&p.pieces));
    }
    parts
}

/// A line as one paragraph, its breaks kept: a heading, a cell.
pub(super) fn whole(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for line in pieces.split(Piece::is_break) {
        let line = trimmed(line.to_vec());
        let Some(first) = line.first() else { continue };
        if !out.is_empty() {
            out.push(Piece { what: What::Break, style: first.style });
        }
        out.extend(line);
    }
    out
}

/// Whether a paragraph's first line is one by itself: flush among indented ones, or all bold.
fn starts_anew_after(line: &[Piece], indent: usize, indented: usize) -> bool {
    let text = plain(line);
    let is_short = text.chars().count() <= SHORT && !text.contains('。');
    let is_bold = line.iter().filter(|p| !p.is_blank()).all(|p| p.style.strong);
    is_short && (is_bold || indent == 0 && indented >= 2)
}

/// How many blanks that a page shows open a line.
fn indent(line: &[Piece]) -> usize {
    let mut count = 0;
    for piece in line {
        match &piece.what {
            // Four blanks typed behind a `<br>` were meant as an indent, in the file if not on the page.
            What::Blank(range, false) if count == 0 && range.len() >= 4 => count = 2,
            What::Blank(..) => {}
            What::Text(text, _) => {
                let blanks = text.chars().take_while(|c| c.is_whitespace()).count();
                count += blanks;
                if blanks < text.chars().count() {
                    break;
                }
            }
            What::Break | What::Note(..) => break,
        }
    }
    // One no-break blank is none; four are two characters wide, but that is for others to judge.
    count
}

fn ends_sentence(pieces: &[Piece]) -> bool {
    let text = plain(pieces);
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '”' | '’' | '）' | ')' | '」' | '』' | '】')
    });
    text.ends_with(['。', '！', '？', '!', '?', '…', '；', ';', '：'])
}

/// The characters of pieces.
pub(super) fn plain(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match &piece.what {
            What::Text(text, _) => out.push_str(text),
            What::Blank(_, ends_line) => out.push(if *ends_line { '\n' } else { ' ' }),
            What::Break => out.push('\n'),
            What::Note(..) => {}
        }
    }
    out
}

/// Pieces without blanks at either end.
pub(super) fn trimmed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let is_edge = |p: &Piece| p.is_blank() || p.is_break();
    while pieces.last().is_some_and(is_edge) {
        pieces.pop();
    }
    let head = pieces.iter().take_while(|p| is_edge(p)).count();
    pieces.drain(..head);
    if let Some(Piece { what: What::Text(text, range), .. }) = pieces.first_mut() {
        let blanks = text.len() - text.trim_start().len();
        narrow(text, range, blanks, 0);
    }
    if let Some(Piece { what: What::Text(text, range), .. }) = pieces.last_mut() {
        let blanks = text.len() - text.trim_end().len();
        narrow(text, range, 0, blanks);
    }
    pieces
}

fn narrow(text: &mut String, range: &mut Option<Range<usize>>, head: usize, tail: usize) {
    if head + tail == 0 {
        return;
    }
    let is_exact = range.as_ref().is_some_and(|r| r.len() == text.len());
    if let Some(range) = range.as_mut().filter(|_| is_exact) {
        *range = range.start + head..range.end - tail;
    }
    text.truncate(text.len() - tail);
    text.drain(..head);
}

/// The runs of pieces, strong and linked ones in their groups.
pub(super) fn inlines(pieces: &[Piece], links: &[String], raw: &Raw<'_>) -> Vec<Inline> {
    let mut out = Vec::new();
    for group in pieces.chunk_by(|a, b| a.style.link == b.style.link) {
        let content = strong_groups(group, raw);
        match group.first().and_then(|p| p.style.link).and_then(|k| links.get(k)) {
            Some(href) => out.push(Inline::Link { href: href.clone(), content: unplaced(content, href) }),
            None => out.extend(content),
        }
    }
    out
}

/// An address that stands for itself is no prose: its marks are not to be changed.
fn unplaced(mut content: Vec<Inline>, href: &str) -> Vec<Inline> {
    if let [Inline::Text { text, span }] = content.as_mut_slice()
        && text == href
    {
        *span = None;
    }
    content
}

fn strong_groups(pieces: &[Piece], raw: &Raw<'_>) -> Vec<Inline> {
    let mut out = Vec::new();
    for group in
        pieces.chunk_by(|a, b| (a.style.strong, a.style.emphasis) == (b.style.strong, b.style.emphasis))
    {
        let mut content = runs(group, raw);
        if content.is_empty() {
            continue;
        }
        let style = group.first().map_or_else(Style::default, |p| p.style);
        if style.emphasis {
            content = vec![Inline::Emphasis { content }];
        }
        if style.strong {
            content = vec![Inline::Strong { content }];
        }
        out.extend(content);
    }
    out
}

fn runs(pieces: &[Piece], raw: &Raw<'_>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    // The bytes of the last run, when more characters may be put to it.
    let mut open: Option<usize> = None;
    for piece in pieces {
        let (text, range) = match &piece.what {
            What::Break => {
                out.push(Inline::Break);
                open = None;
                continue;
            }
            What::Note(note, label) => {
                out.push(Inline::NoteRef { note: note.clone(), label: label.clone() });
                open = None;
                continue;
            }
            What::Blank(range, true) => {
                out.push(Inline::Text {
                    text: "\n".to_owned(),
                    span: Some(raw.lines.span(raw.id, range.clone())),
                });
                open = None;
                continue;
            }
            What::Blank(range, false) => (" ", Some(range.start..range.start + 1)),
            What::Text(text, range) => (text.as_str(), range.clone()),
        };
        let exact = range.as_ref().filter(|r| r.len() == text.len());
        if let (Some(exact), Some(end), Some(Inline::Text { text: before, span: Some(span) })) =
            (exact, open, out.last_mut())
            && exact.start == end
        {
            before.push_str(text);
            span.end = exact.end;
        } else {
            let span = range.clone().map(|r| raw.lines.span(raw.id, r));
            out.push(Inline::Text { text: text.to_owned(), span });
        }
        open = exact.map(|r| r.end);
    }
    out
}

/// From the first run to the last.
pub(super) fn extent(pieces: &[Piece], raw: &Raw<'_>) -> Option<Span> {
    let range = |piece: &Piece| match &piece.what {
        What::Text(_, range) => range.clone(),
        What::Blank(range, _) => Some(range.clone()),
        What::Break | What::Note(..) => None,
    };
    let start = pieces.iter().find_map(range)?.start;
    let end = pieces.iter().rev().find_map(range)?.end;
    Some(raw.lines.span(raw.id, start..end.max(start)))
}

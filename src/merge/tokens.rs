//! Characters with their looks: what versions of a place are compared by.

use std::ops::Range;

use crate::merge::change::Line;
use crate::merge::unit::{END, Kind, Segment, Style};

/// A character of a version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) c: char,
    pub(super) style: Style,
    pub(super) kind: Kind,
}

pub(super) fn same(a: &[Token], b: &[Token]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.c == b.c && a.style == b.style)
}

pub(super) fn text(tokens: &[Token]) -> String {
    tokens.iter().map(|t| t.c).collect()
}

pub(super) fn tokens(segment: &Segment, range: Range<usize>) -> Vec<Token> {
    range
        .map(|at| {
            let k = segment.unit_at(at);
            let inside = at - segment.starts.get(k).copied().unwrap_or(0);
            let kind = segment.units.get(k).map_or(Kind::Paragraph, |u| u.kind);
            let own =
                segment.units.get(k).and_then(|u| Some((*u.chars.get(inside)?, *u.styles.get(inside)?)));
            let (c, style) = own.unwrap_or((END, Style::default()));
            Token { c, style, kind }
        })
        .collect()
}

pub(super) fn tokens_of(lines: &[Line], is_whole: bool) -> Vec<Token> {
    let mut out = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        if k > 0 && !is_whole {
            out.push(Token { c: END, style: Style::default(), kind: line.kind });
        }
        let own = line.chars.iter().zip(&line.styles);
        out.extend(own.map(|(c, style)| Token { c: *c, style: *style, kind: line.kind }));
        if is_whole {
            out.push(Token { c: END, style: Style::default(), kind: line.kind });
        }
    }
    out
}

/// Characters as lines: units, when whole; else what stands between ends of units.
pub(super) fn lines_of(version: &[Token], is_whole: bool) -> Vec<Line> {
    let mut after: Vec<Line> = Vec::new();
    let mut current = Line::empty(version.first().map_or(Kind::Paragraph, |t| t.kind));
    for (k, token) in version.iter().enumerate() {
        if token.c == END {
            let next = version.get(k + 1).map_or(token.kind, |t| t.kind);
            after.push(std::mem::replace(&mut current, Line::empty(next)));
        } else {
            current.chars.push(token.c);
            current.styles.push(token.style);
        }
    }
    if !is_whole {
        after.push(current);
    }
    after
}

//! The written files read again and held against what they must say. What does not come back as it was
//! meant is not carried out, but told.

use std::collections::BTreeSet;

use crate::merge::unit::{BREAK, CELL, Segment};
use crate::merge::write::Expected;

/// Changes around the first places where a text reads otherwise than meant; none when it reads as meant.
/// An empty set: it reads otherwise where nothing was changed.
pub(super) fn unlike(expected: &[Expected], read: &[Segment]) -> Option<BTreeSet<usize>> {
    let wanted: Vec<(&Expected, String)> =
        expected.iter().map(|e| (e, bare(&e.text, e.is_heading))).filter(|(_, t)| !t.is_empty()).collect();
    let found: Vec<String> = read
        .iter()
        .flat_map(|s| &s.units)
        .map(|u| bare(&u.text(), u.kind.is_heading()))
        .filter(|t| !t.is_empty())
        .collect();
    let same = |a: &(&Expected, String), b: &String| a.1 == *b;
    let head = wanted.iter().zip(&found).take_while(|(a, b)| same(a, b)).count();
    if head == wanted.len() && head == found.len() {
        return None;
    }
    let most = (wanted.len() - head).min(found.len() - head);
    let tail = wanted.iter().rev().zip(found.iter().rev()).take(most).take_while(|(a, b)| same(a, b)).count();
    // The neighbours too: a paragraph that swallowed the next is known by it.
    let from = head.saturating_sub(1);
    let until = (wanted.len() - tail + 1).min(wanted.len());
    let around = |a: usize, b: usize| -> BTreeSet<usize> {
        wanted.get(a..b).unwrap_or_default().iter().flat_map(|w| w.0.changes.iter().copied()).collect()
    };
    // Both ends of what differs are at fault, hardly all between them.
    let near: BTreeSet<usize> = around(from, (head + 2).min(until))
        .union(&around(until.saturating_sub(3).max(from), until))
        .copied()
        .collect();
    Some(if near.is_empty() { around(from, until) } else { near })
}

/// A line for comparing: blanks at its ends do not count, and what is to be a heading must be one.
fn bare(text: &str, is_heading: bool) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, BREAK | CELL));
    match (text.is_empty(), is_heading) {
        (true, _) => String::new(),
        (false, true) => format!("#{text}"),
        (false, false) => format!(" {text}"),
    }
}

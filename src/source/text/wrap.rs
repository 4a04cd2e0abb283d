//! Lines cut at the width of a page, put together again.

use std::ops::Range;

use crate::source::text::Line;
use crate::source::text::debris::ends_sentence;

/// A page's line is not longer, in halves of a hanzi.
const WIDEST_PAGE: usize = 140;

/// Which lines make a paragraph together.
pub(super) fn paragraphs(text: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let widths: Vec<usize> = lines.iter().map(|l| width(l.text(text))).collect();
    let page = page_width(text, lines, &widths);
    let indents = page.is_some() && lines.iter().filter(|l| l.indent >= 2).count() >= 2;
    let mut found: Vec<Range<usize>> = Vec::new();
    for k in 0..lines.len() {
        let goes_on = k > 0 && goes_on(text, lines, &widths, page, indents, k);
        match found.last_mut() {
            Some(last) if goes_on => last.end = k + 1,
            _ => found.push(k..k + 1),
        }
    }
    found
}

/// Whether line `k` goes on with the sentence of the line before.
fn goes_on(
    text: &str,
    lines: &[Line],
    widths: &[usize],
    page: Option<usize>,
    indents: bool,
    k: usize,
) -> bool {
    let (before, line) = (&lines[k - 1], &lines[k]);
    let (left, right) = (before.text(text), line.text(text));
    // A blank line inside a sentence is where a page ended.
    if line.gap && !line.new_page || is_marked(right) || is_marked(left) && page.is_none() {
        return false;
    }
    if left.ends_with(['，', '、', ',', '（', '“', '《'])
        || right.starts_with(['，', '、', '。', '；', '”', '）', '》'])
    {
        return line.indent < 2 || !indents;
    }
    let is_full = page.is_some_and(|page| {
        // Indent and a mark that had no room at the end count for the line.
        widths[k - 1] + before.indent.min(4) * usize::from(before.indent > 0) + 4 >= page
    });
    match page {
        Some(_) if ends_sentence(left) => {
            is_full && indents && line.indent == 0 && before.indent == 0 && !line.new_page
        }
        Some(_) => is_full && !(indents && line.indent >= 2),
        // 我国刚刚加入⏎WTO: no heading is that long, and what follows is a sentence's end.
        None => widths[k - 1] > 100 && !ends_sentence(left) && line.indent < 2 && ends_sentence(right),
    }
}

/// The width of the page that the lines were cut at, if they were: many lines as long as the longest
/// that end nowhere in particular.
fn page_width(text: &str, lines: &[Line], widths: &[usize]) -> Option<usize> {
    let cut: Vec<usize> = (0..lines.len().saturating_sub(1))
        .filter(|k| !ends_sentence(lines[*k].text(text)) && !lines[k + 1].gap)
        .map(|k| widths[k])
        .collect();
    let mut sorted = cut.clone();
    sorted.sort_unstable();
    let widest = *sorted.get(sorted.len().checked_sub(1)? * 9 / 10)?;
    let near = cut.iter().filter(|w| **w + 6 >= widest && **w <= widest + 6).count();
    let full = widths.iter().filter(|w| **w > widest + 8).count();
    let is_page = (24..=WIDEST_PAGE).contains(&widest)
        && near >= 3
        && near * 10 >= cut.len() * 5
        && full * 20 <= lines.len();
    is_page.then_some(widest)
}

/// Width in halves of a hanzi.
fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// `#` and the like: a heading or a mark of its own.
fn is_marked(line: &str) -> bool {
    line.starts_with(['#', '【', '■', '◆', '●', '▲', '□', '◎', '▍', '★', '☆', '◇', '○'])
}

//! What pages leave between the lines of their text: page numbers and running heads.

use std::collections::BTreeMap;

use crate::source::text::Line;
use crate::source::{LeftOut, Notice, Raw};

/// A longer line is text, however often it repeats.
const LONGEST_HEAD: usize = 40;

/// Parts the lines from the debris; of what is left out there is a notice each.
pub(super) fn part(raw: &Raw<'_>, lines: Vec<Line>) -> (Vec<Line>, Vec<Notice>) {
    let mut what: Vec<Option<LeftOut>> = vec![None; lines.len()];
    let numbers = page_numbers(raw.text, &lines);
    numbers.iter().for_each(|k| what[*k] = Some(LeftOut::PageNumber));
    for k in running_heads(raw.text, &lines, &what) {
        what[k] = Some(LeftOut::RunningHead);
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut notices = Vec::new();
    let mut page_ends = false;
    for (mut line, what) in lines.into_iter().zip(what) {
        match what {
            Some(what) => {
                let span = Some(raw.lines.span(raw.id, line.range.clone()));
                notices.push(Notice::LeftOut { what, span });
                page_ends = true;
            }
            None => {
                line.new_page |= std::mem::take(&mut page_ends);
                kept.push(line);
            }
        }
    }
    (kept, notices)
}

/// The lines that are page numbers.
fn page_numbers(text: &str, lines: &[Line]) -> Vec<usize> {
    let dressed: Vec<usize> = (0..lines.len()).filter(|k| is_dressed_number(lines[*k].text(text))).collect();
    if !dressed.is_empty() {
        return dressed;
    }
    // Bare digits may be a section's number: they must count the pages one by one, and most of them
    // must stand where a page ends, in the middle of a sentence or at a form feed.
    let bare: Vec<(usize, u32)> = (0..lines.len())
        .filter_map(|k| {
            let content = lines[k].text(text);
            let is_number = content.len() <= 4 && content.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| content.parse().ok().map(|n| (k, n))).flatten()
        })
        .collect();
    let counts = bare.len() >= 2 && bare.windows(2).all(|w| w[1].1 == w[0].1 + 1);
    let cuts = |k: usize| {
        let before = k.checked_sub(1).map(|k| lines[k].text(text));
        let feed = lines[k].new_page || lines.get(k + 1).is_some_and(|l| l.new_page);
        feed || before.is_some_and(|b| !ends_sentence(b))
    };
    let at_cuts = bare.iter().filter(|(k, _)| *k > 0 && cuts(*k)).count();
    if counts && at_cuts * 2 > bare.len() { bare.into_iter().map(|(k, _)| k).collect() } else { Vec::new() }
}

/// `— 3 —`, `- 3 -`, `第 3 页`, `第3页/共17页`, `3 / 17`, `Page 3 of 17`.
fn is_dressed_number(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '~');
    let inner = compact.trim_matches(is_dash);
    let digits = |s: &str| (1..=4).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if digits(inner) && compact.starts_with(is_dash) && compact.ends_with(is_dash) {
        return true;
    }
    let lower = compact.to_lowercase();
    if let Some(rest) = lower.strip_prefix("page") {
        return rest.split("of").all(digits) && rest.split("of").count() <= 2;
    }
    let parts: Vec<&str> = compact
        .split(['/', '／', '，', ',', '共', '第', '页', '（', '）'])
        .filter(|p| !p.is_empty())
        .collect();
    let names_page = compact.starts_with('第') && compact.contains('页');
    (1..=2).contains(&parts.len()) && parts.iter().all(|p| digits(p)) && names_page
}

/// Lines that repeat where pages end. The first of a kind at the top of the text is its title.
fn running_heads(text: &str, lines: &[Line], what: &[Option<LeftOut>]) -> Vec<usize> {
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (k, line) in lines.iter().enumerate() {
        let content = line.text(text);
        if what[k].is_none() && content.chars().count() <= LONGEST_HEAD && !ends_sentence(content) {
            same.entry(content).or_default().push(k);
        }
    }
    let ends_page = |k: usize| {
        let near = k.saturating_sub(1)..(k + 2).min(lines.len());
        near.into_iter().any(|n| what[n].is_some()) || lines[k].new_page
    };
    let mut heads = Vec::new();
    if let Some(title) = lines.first().map(|l| l.text(text)) {
        let at_number = |k: usize| what[k - 1].is_some() || what.get(k + 1).is_some_and(Option::is_some);
        let again = same.remove(title).unwrap_or_default();
        heads.extend(again.into_iter().filter(|k| *k > 0 && (at_number(*k) || lines[*k].new_page)));
    }
    for places in same.into_values().filter(|p| p.len() >= 2) {
        let rest: Vec<usize> = places.iter().copied().filter(|k| *k > 0).collect();
        let at_ends = rest.iter().filter(|k| ends_page(**k)).count();
        if at_ends == rest.len() && places.len() >= 3 || at_ends >= 2 && at_ends == places.len() {
            heads.extend(rest);
        }
    }
    heads
}

/// Whether a line ends a sentence, closing marks looked through.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '’', '）', ')', '」', '』', '》', '"', '\'']);
    line.ends_with(['。', '！', '？', '!', '?', '；', ';', '…', '：', ':'])
}

//! What is no prose inside a paragraph: back-ticked words, tags, addresses.

use std::ops::Range;

/// The ranges of a row in which every mark stays.
pub(super) fn ranges(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = ticked(chars);
    ranges.extend(tags(chars));
    ranges.extend(addresses(chars));
    ranges
}

fn ticked(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut tick = None;
    for (k, _) in chars.iter().enumerate().filter(|(_, c)| **c == '`') {
        match tick.take() {
            Some(start) => ranges.push(start..k + 1),
            None => tick = Some(k),
        }
    }
    ranges
}

/// `<a title="…">`, `<!-- … -->`: characters to the reader, code to who wrote them.
fn tags(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for (k, c) in chars.iter().enumerate() {
        match c {
            '<' => {
                let begins = chars.get(k + 1).is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(*c));
                open = begins.then_some(k);
            }
            '>' => ranges.extend(open.take().map(|start| start..k + 1)),
            _ => {}
        }
    }
    ranges
}

/// `https://…`, `a@b.cn`
fn addresses(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let in_address = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    let mut k = 0;
    while k < chars.len() {
        let end = k + chars[k..].iter().take_while(|c| in_address(**c)).count();
        if end > k {
            let word = &chars[k..end];
            if word.windows(3).any(|w| w == [':', '/', '/']) || word.contains(&'@') {
                // A mark at the end belongs to the sentence.
                let is_mark = |c: &&char| matches!(c, ',' | ';' | ':' | '?' | '!' | ')' | '\'');
                let tail = word.iter().rev().take_while(is_mark).count();
                ranges.push(k..end - tail);
            }
        }
        k = end.max(k + 1);
    }
    ranges
}

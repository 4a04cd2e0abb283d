//! Half-width marks in Chinese text become full-width (GB/T 15834-2011).
//!
//! A mark is changed only where its neighbours say that the text is Chinese. Marks inside numbers
//! (`1,000`), times (`12:30`), addresses, Latin phrases and back-ticked words stay. Nothing is
//! guessed: a missing or doubled mark stays missing or doubled.

use std::ops::Range;

use crate::normalize::Reason;
use crate::normalize::chars::{is_chinese, is_wrapping};
use crate::normalize::flat::Flat;

/// Half-width marks and what they become.
const MARKS: [(char, char); 5] = [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

/// Replaces marks in one paragraph's row.
pub(super) fn standardise(flat: &mut Flat) {
    let chars: Vec<char> = flat.glyphs.iter().map(|g| g.c).collect();
    if !chars.iter().copied().any(is_chinese) {
        return;
    }
    let fenced = fenced(&chars);
    let is_fenced = |k: usize| fenced.iter().any(|r| r.contains(&k));
    let mostly_chinese = chars.iter().filter(|c| is_chinese(**c)).count()
        >= chars.iter().filter(|c| c.is_ascii_alphabetic()).count();
    for (k, c) in chars.iter().enumerate() {
        let Some((_, full)) = MARKS.iter().find(|(half, _)| half == c) else { continue };
        if !is_fenced(k) && is_chinese_mark(&chars, k, mostly_chinese) {
            flat.replace(k, *full, Reason::HalfWidth);
        }
    }
    let chars: Vec<char> = flat.glyphs.iter().map(|g| g.c).collect();
    for (open, close) in bracket_pairs(&chars) {
        if !is_fenced(open) && !is_fenced(close) && is_chinese_pair(&chars, open, close) {
            flat.replace(open, '（', Reason::HalfWidth);
            flat.replace(close, '）', Reason::HalfWidth);
        }
    }
}

fn is_chinese_mark(chars: &[char], k: usize, mostly_chinese: bool) -> bool {
    let before = k.checked_sub(1).map(|k| chars[k]);
    let after = chars.get(k + 1).copied();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if digit(before) && digit(after) && matches!(chars[k], ',' | ':') {
        return false;
    }
    if chars[k] == ';' && ends_reference(&chars[..k]) {
        return false;
    }
    let is_code = |c: Option<char>| c.is_some_and(is_code_sign);
    if matches!(chars[k], ':' | '!' | '?') && (is_code(before) || is_code(after)) {
        return false;
    }
    // Behind a pause there may be a blank; what touches `!` and `?` alone counts for them.
    let is_pause = matches!(chars[k], ',' | ';' | ':');
    let through = |c: &&char| !(is_wrapping(**c) || is_pause && c.is_whitespace());
    let left = chars[..k].iter().rev().find(through);
    let right = chars[k + 1..].iter().find(through);
    if left.is_some_and(|c| is_chinese(*c)) || right.is_some_and(|c| is_chinese(*c)) {
        return true;
    }
    // “5G”,“AI”: the words are Latin, the sentence is not.
    let quoted = |c: Option<char>| c.is_some_and(is_wrapping);
    mostly_chinese && (quoted(before) || quoted(after) || chars[k] == ',' && lists_latin_words(chars, k))
}

/// 采用5G,AI,大数据: Latin words listed without blanks, hard against hanzi on one side.
fn lists_latin_words(chars: &[char], k: usize) -> bool {
    let in_list = |c: &&char| c.is_ascii_alphanumeric() || matches!(**c, '+' | '-' | '.' | '/' | ',');
    let left = k - chars[..k].iter().rev().take_while(in_list).count();
    let right = k + 1 + chars[k + 1..].iter().take_while(in_list).count();
    let touches = left.checked_sub(1).is_some_and(|k| is_chinese(chars[k]))
        || chars.get(right).is_some_and(|c| is_chinese(*c));
    touches && left < k && right > k + 1
}

/// Signs that stand beside `:`, `!` and `?` in code, paths and markup, never in a sentence.
fn is_code_sign(c: char) -> bool {
    matches!(
        c,
        '\\' | '/'
            | ':'
            | '='
            | '<'
            | '>'
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '|'
            | '~'
            | '^'
            | '@'
            | '$'
            | '*'
            | '_'
    )
}

/// Whether `chars` end in `&name`, so that a `;` would close a character reference.
fn ends_reference(chars: &[char]) -> bool {
    let name = chars.iter().rev().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && chars.len() > name && chars[chars.len() - name - 1] == '&'
}

/// Pairs of half-width brackets, innermost first; unpaired ones are left alone.
fn bracket_pairs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (k, c) in chars.iter().enumerate() {
        match c {
            '(' => open.push(k),
            ')' => pairs.extend(open.pop().map(|o| (o, k))),
            _ => {}
        }
    }
    pairs
}

fn is_chinese_pair(chars: &[char], open: usize, close: usize) -> bool {
    if chars[open + 1..close].iter().copied().any(is_chinese) {
        return true;
    }
    let quote = |c: &&char| matches!(**c, '“' | '”' | '‘' | '’' | '"');
    let before = chars[..open].iter().rev().find(|c| !quote(c));
    match before {
        Some(before) => is_chinese(*before),
        None => chars[close + 1..].iter().find(|c| !quote(c)).is_some_and(|c| is_chinese(*c)),
    }
}

/// Back-ticked words and addresses (`https://…`, `a@b.cn`).
fn fenced(chars: &[char]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut tick = None;
    for (k, c) in chars.iter().enumerate() {
        if *c == '`' {
            match tick.take() {
                Some(start) => ranges.push(start..k + 1),
                None => tick = Some(k),
            }
        }
    }
    let in_address = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    let mut k = 0;
    while k < chars.len() {
        let end = k + chars[k..].iter().take_while(|c| in_address(**c)).count();
        if end > k {
            let word = &chars[k..end];
            if word.windows(3).any(|w| w == [':', '/', '/']) || word.contains(&'@') {
                // A mark at the end belongs to the sentence.
                let tail =
                    word.iter().rev().take_while(|c| matches!(c, ',' | ';' | ':' | '?' | '!' | ')')).count();
                ranges.push(k..end - tail);
            }
        }
        k = end.max(k + 1);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read;
    use crate::tree::{FileId, Inline};

    /// (before, after, why)
    const PAIRS: &[(&str, &str, &str)] = &[
        ("甲乙,丙丁", "甲乙，丙丁", "between hanzi"),
        ("达到1,000人,增长", "达到1,000人，增长", "a number's comma stays"),
        ("12:30开会:议程", "12:30开会：议程", "a time's colon stays"),
        ("“甲”,“乙”", "“甲”，“乙”", "through quotes"),
        ("推广“5G”,“AI”应用", "推广“5G”，“AI”应用", "Latin words in quotes of a Chinese sentence"),
        ("版本2.0,打造", "版本2.0，打造", "a digit before, a hanzi after"),
        ("中国(湖北)自贸", "中国（湖北）自贸", "brackets around hanzi"),
        ("某某(Sisowath Tesso)代表", "某某（Sisowath Tesso）代表", "Latin in brackets after hanzi"),
        ("(1)加强", "（1）加强", "a number before hanzi"),
        ("甲;乙?丙!", "甲；乙？丙！", "the other marks"),
        ("末尾,", "末尾，", "nothing after"),
        ("GDP(gross)增长", "GDP(gross)增长", "Latin before Latin brackets"),
        ("见https://a.cn/b,c?d=1:2,详情", "见https://a.cn/b,c?d=1:2，详情", "an address"),
        ("用 `a,b` 与,丙", "用 `a,b` 与，丙", "back-ticks"),
        (
            "He said, \"no\": 甲",
            "He said, \"no\"： 甲",
            "a Latin phrase stays, the mark next to hanzi does not",
        ),
        ("Hello, world; yes?", "Hello, world; yes?", "no Chinese at all"),
        ("甲)乙(丙", "甲)乙(丙", "unpaired brackets are not guessed"),
        ("甲,,乙", "甲，，乙", "doubled marks stay doubled"),
        ("“影视+、演艺+”经济", "“影视+、演艺+”经济", "plus signs"),
        ("北京—上海", "北京—上海", "a single dash"),
        ("甲 <![CDATA[ 乙 C:\\temp ![w](x) 丙", "甲 <![CDATA[ 乙 C:\\temp ![w](x) 丙", "code"),
        ("甲:\\dir std::io <!DOCTYPE> a!=b", "甲:\\dir std::io <!DOCTYPE> a!=b", "more code"),
        ("其中(1)甲;(2)乙;(3)丙", "其中（1）甲；（2）乙；（3）丙", "numbers in brackets behind marks"),
        ("“十五五”(2026-2030)期间", "“十五五”（2026-2030）期间", "brackets behind a quotation"),
        ("采用5G,AI,大数据", "采用5G，AI，大数据", "Latin words in a Chinese list"),
        ("甲 ,乙 , 丙", "甲 ，乙 ， 丙", "blanks beside commas"),
        ("甲&copysr;乙", "甲&copysr;乙", "what looks like a character reference"),
        ("甲，乙", "甲，乙", "already standard"),
    ];

    fn standard(text: &str) -> String {
        let document = read(FileId(0), "a.md", text.as_bytes()).unwrap();
        let mut flat = Flat::of(&[Inline::Text {
            text: text.into(),
            span: Some(document.lines.span(FileId(0), 0..text.len())),
        }]);
        standardise(&mut flat);
        flat.text()
    }

    #[test]
    fn pairs() {
        let wrong: Vec<_> = PAIRS
            .iter()
            .map(|(before, after, why)| (standard(before), *after, *why))
            .filter(|(found, after, _)| found != after)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn twice_is_once() {
        for (before, _, _) in PAIRS {
            let once = standard(before);
            assert_eq!(standard(&once), once);
        }
    }
}

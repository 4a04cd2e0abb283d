//! 同一个专名在书里有两种写法。
//!
//! 为什么：引号里的提法、书名号里的文件名只差一个字，惯用引号的提法有一处没有用，字母缩写大小写不一，读者会疑心是两回事。只差数字、方位字的（“十四五”“十五五”）不算。默认不检查：几位发言人用词本来可以不同。
//!
//! 例：
//!
//! ```text
//! 落实《关于加强社区养老服务的意见》。办好《关于加强社区养老服务的意见》里的事。对照《关于加强社区养老服务意见》逐条落实。
//! ```
//!
//! 改为：
//!
//! ```text
//! 落实《关于加强社区养老服务的意见》。办好《关于加强社区养老服务的意见》里的事。对照《关于加强社区养老服务的意见》逐条落实。
//! ```
//!
//! 修改：不自动改。统一写法。
//!
//! 依据：校对惯例（专名前后一致）。
//! ---
//! One proper name written in two ways.
//!
//! Why: a quoted term or a title in 《》 that differs by one character, a term that is quoted elsewhere and not
//! here, an abbreviation in other letters' case: the reader wonders whether it is the same thing. Differences of
//! numerals and directions (“十四五”, “十五五”) do not count. Off by default: speakers may choose their words.
//!
//! Example:
//!
//! ```text
//! 落实《关于加强社区养老服务的意见》。办好《关于加强社区养老服务的意见》里的事。对照《关于加强社区养老服务意见》逐条落实。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 落实《关于加强社区养老服务的意见》。办好《关于加强社区养老服务的意见》里的事。对照《关于加强社区养老服务的意见》逐条落实。
//! ```
//!
//! Fix: none. Make them alike.
//!
//! Source: proof-readers' practice.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::{Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/term-variants",
    severity: Severity::Info,
    on: false,
    file: include_str!("term_variants.rs"),
    check,
};

/// Where a term stands: the passage and its bytes there.
type Place = (usize, Range<usize>);

/// How often a term stands, and where first.
struct Uses {
    count: usize,
    first: Place,
}

type Terms<'a> = BTreeMap<&'a str, Uses>;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let passages = &subject.passages;
    let quoted = marked(passages, '“', '”');
    let titles = marked(passages, '《', '》');
    for terms in [&quoted, &titles] {
        near(terms, passages, findings);
    }
    unquoted(&quoted, passages, findings);
    letters(passages, findings);
}

fn note<'a>(terms: &mut Terms<'a>, term: &'a str, place: Place) {
    terms.entry(term).and_modify(|u| u.count += 1).or_insert(Uses { count: 1, first: place });
}

/// What stands between two marks, where it reads like a name.
fn marked(passages: &[Passage], open: char, close: char) -> Terms<'_> {
    let mut terms = Terms::new();
    for (k, passage) in passages.iter().enumerate() {
        let text = passage.text.as_str();
        for (at, mark) in text.match_indices(open) {
            let start = at + mark.len();
            let Some(length) = text[start..].find(close) else { break };
            let term = &text[start..start + length];
            let is_name = (2..=40).contains(&term.chars().count())
                && !term.contains(['，', '。', '；', '！', '？', '“', '《', '\n']);
            if is_name {
                note(&mut terms, term, (k, start..start + length));
            }
        }
    }
    terms
}

/// A term that stands once, beside one that stands more often and differs in one character.
fn near(terms: &Terms<'_>, passages: &[Passage], findings: &mut Findings) {
    const SHORTEST: usize = 5;
    // Terms one character apart share a form with one character left out.
    let mut forms: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (term, _) in terms.iter().filter(|(t, u)| u.count > 1 && t.chars().count() >= SHORTEST) {
        for form in without_one(term) {
            forms.entry(form).or_default().push(term);
        }
    }
    for (rare, uses) in terms.iter().filter(|(t, u)| u.count == 1 && t.chars().count() >= SHORTEST) {
        let common = without_one(rare)
            .filter_map(|form| forms.get(&form))
            .flatten()
            .find(|common| **common != *rare && differ_by_chance(rare, common));
        if let Some(common) = common {
            let (k, range) = &uses.first;
            let times = terms.get(common).map_or(0, |u| u.count);
            let say =
                Say::new("check-term-near").with("term", rare).with("other", common).count("times", times);
            findings.push(passages[*k].span(range.clone()), say);
        }
    }
}

/// The term itself and every form of it with one character left out.
fn without_one(term: &str) -> impl Iterator<Item = String> + '_ {
    let cut = |(at, c): (usize, char)| format!("{}{}", &term[..at], &term[at + c.len_utf8()..]);
    std::iter::once(term.to_owned()).chain(term.char_indices().map(cut))
}

/// Whether one character is all that differs, and it is none that names another thing.
fn differ_by_chance(a: &str, b: &str) -> bool {
    const TELLING: &str =
        "零〇一二三四五六七八九十百千万两上下左右前后东西南北中内外大小新老长短高低正副男女省市区县";
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a
        .chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum::<usize>();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let telling = |c: char| TELLING.contains(c) || c.is_ascii_alphanumeric();
    a.chars().count() <= 1 && b.chars().count() <= 1 && !a.contains(telling) && !b.contains(telling)
}

/// A term that is quoted nearly everywhere and stands bare somewhere.
fn unquoted(quoted: &Terms<'_>, passages: &[Passage], findings: &mut Findings) {
    const SHORTEST: usize = 3;
    let mut by_head: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (term, uses) in quoted {
        if uses.count >= 3 && (SHORTEST..=10).contains(&term.chars().count()) {
            by_head.entry(head(term, SHORTEST)).or_default().push(term);
        }
    }
    if by_head.is_empty() {
        return;
    }
    let mut bare = Terms::new();
    for (k, passage) in passages.iter().enumerate() {
        let mut depth = 0usize;
        for (at, c) in passage.text.char_indices() {
            match c {
                '“' | '《' | '‘' => depth += 1,
                '”' | '》' | '’' => depth = depth.saturating_sub(1),
                _ if depth == 0 => {
                    let rest = &passage.text[at..];
                    let terms = by_head.get(head(rest, SHORTEST)).into_iter().flatten();
                    for term in terms.filter(|t| rest.starts_with(**t)) {
                        note(&mut bare, term, (k, at..at + term.len()));
                    }
                }
                _ => {}
            }
        }
    }
    for (term, uses) in &bare {
        let times = quoted.get(term).map_or(0, |u| u.count);
        if uses.count * 2 <= times {
            let (k, range) = &uses.first;
            let say = Say::new("check-term-unquoted").with("term", term).count("times", times);
            findings.push(passages[*k].span(range.clone()), say);
        }
    }
}

fn head(text: &str, length: usize) -> &str {
    text.char_indices().nth(length).map_or(text, |(at, _)| &text[..at])
}

/// One abbreviation in two cases: AI and Ai.
fn letters(passages: &[Passage], findings: &mut Findings) {
    let mut words: BTreeMap<String, Terms<'_>> = BTreeMap::new();
    for (k, passage) in passages.iter().enumerate() {
        for range in latin_words(&passage.text) {
            let word = &passage.text[range.clone()];
            note(words.entry(word.to_lowercase()).or_default(), word, (k, range));
        }
    }
    for forms in words.values().filter(|f| f.len() > 1) {
        let Some((common, uses)) = forms.iter().max_by_key(|(_, u)| u.count) else { continue };
        for (form, rare) in forms.iter().filter(|(f, u)| *f != common && u.count < uses.count) {
            let (k, range) = &rare.first;
            let say = Say::new("check-term-near")
                .with("term", form)
                .with("other", common)
                .count("times", uses.count);
            findings.push(passages[*k].span(range.clone()), say);
        }
    }
}

/// Latin words of two and more letters between hanzi; not those of addresses and foreign sentences.
fn latin_words(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let joins = |c: char| c.is_ascii() && !matches!(c, ' ' | '+' | '(' | ')' | ',');
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_part(c) {
            continue;
        }
        let mut end = start + 1;
        while let Some((at, _)) = chars.next_if(|(_, c)| is_part(*c)) {
            end = at + 1;
        }
        let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
        let stands_alone =
            !before.ends_with(|c| joins(c) || is_part(c)) && !after.starts_with(|c| joins(c) || is_part(c));
        if stands_alone && c.is_ascii_alphabetic() && end - start >= 2 {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn book(text: &str) -> String {
        format!("# 建言新城\n\n### 甲事要办好\n\n林颂 市政协委员\n\n{text}\n")
    }

    #[test]
    fn variants() {
        for (text, place) in [
            ("《社区养老服务意见》《社区养老服务意见》《社区养老的服务意见》", "社区养老的服务意见"),
            ("《社区养老服务意见》《社区养老服务意见》《社区养老服物意见》", "社区养老服物意见"),
            ("“一刻钟便民圈”“一刻钟便民圈”“一刻钟便民卷”", "一刻钟便民卷"),
            ("“一刻钟便民圈”“一刻钟便民圈”“一刻钟便民生圈”", "一刻钟便民生圈"),
            ("“双减”后，“三点半”“三点半”“三点半”，三点半难题", "三点半"),
            ("发展AI，用好AI，看Ai", "Ai"),
            ("建设5G与IoT，IoT，iot平台", "iot"),
            ("推动“AI+”，“AI+”，“ai+”", "ai"),
        ] {
            assert_eq!(found(&RULE, &book(text)), [place], "{text}");
        }
    }

    #[test]
    fn other_things() {
        for text in [
            "“十四五”“十四五”“十五五”",
            "“东城会客厅”“东城会客厅”“西城会客厅”",
            "“世界光谷”“世界光谷”“世界车谷”",
            "《社区养老服务意见》《社区养老服务意见》",
            "《社区养老服务意见》《社区托幼服务办法》",
            "“孵化器”“孵化器”“孵化器”，孵化器、孵化器、孵化器",
            "发展AI，用好AI",
            "见 www.ai.cn 与AI、AI",
            "Open the door and open the window，门",
        ] {
            assert_eq!(found(&RULE, &book(text)), [""; 0], "{text}");
        }
    }
}

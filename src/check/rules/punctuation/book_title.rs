//! 书名号用错了形式。
//!
//! 为什么：`<<…>>`、`<…>`、`«…»`、`‹…›` 不是书名号；书名号里空着、首尾有空格或点号、里外重复，都是录入的痕迹。
//! 成不成对由 `punctuation/unpaired-bracket` 去看；什么可以用书名号，这条规则不管。
//!
//! 例：
//!
//! ```text
//! 落实<<老街保护条例>>，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 落实《老街保护条例》，让居民得实惠。
//! ```
//!
//! 修改：换成书名号，去掉空格，可放心改；删点号和重复的一层要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011，4.15。
//! ---
//! Title marks of the wrong form.
//!
//! Why: `<<…>>`, `<…>`, `«…»` and `‹…›` are no title marks; empty ones, blanks or pause marks just inside, and
//! the same pair twice are traces of typing. Whether they pair is for `punctuation/unpaired-bracket`; what
//! deserves title marks is not asked here.
//!
//! Example:
//!
//! ```text
//! 落实<<老街保护条例>>，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 落实《老街保护条例》，让居民得实惠。
//! ```
//!
//! Fix: real title marks, and no blanks inside, are safe; removing a pause mark or a second pair needs a
//! look (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011, 4.15.

use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_chinese, is_han, marks};
use crate::check::{Fix, Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/book-title",
    severity: Severity::Warning,
    on: true,
    file: include_str!("book_title.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in &subject.passages {
        let text = passage.text.as_str();
        let mut from = 0;
        for (start, c) in marks(text) {
            if start < from {
                continue;
            }
            match c {
                '《' => from = inside(passage, start, findings),
                '<' | '‹' | '«' => from = typed(passage, start, findings),
                _ => {}
            }
        }
    }
}

/// Looks into the title that opens at `start`; gives where to go on.
fn inside(passage: &Passage, start: usize, findings: &mut Findings) -> usize {
    let text = passage.text.as_str();
    let first = start + '《'.len_utf8();
    let rest = text.get(first..).unwrap_or_default();
    if rest.starts_with('《') {
        let inner = first + '《'.len_utf8();
        if let Some(length) = text.get(inner..).and_then(|r| r.find(['《', '》']))
            && text.get(inner + length..).is_some_and(|r| r.starts_with("》》"))
        {
            let end = inner + length + "》》".len();
            let title = text.get(inner..inner + length).unwrap_or_default();
            let say = Say::new("book-title-twice").with("title", title);
            push(passage, start..end, say, Some((format!("《{title}》"), false)), findings);
            return end;
        }
        return first;
    }
    let Some(length) =
        rest.find(['《', '》']).filter(|k| rest.get(*k..).is_some_and(|r| r.starts_with('》')))
    else {
        return first;
    };
    let title = rest.get(..length).unwrap_or_default();
    let end = first + length + '》'.len_utf8();
    let whole = start..end;
    let bare = title.trim();
    if bare.is_empty() {
        push(passage, whole, Say::new("book-title-empty"), None, findings);
    } else if bare.len() != title.len() {
        push(
            passage,
            whole,
            Say::new("book-title-blank").with("title", bare),
            Some((format!("《{bare}》"), true)),
            findings,
        );
    } else if bare.ends_with(['，', '。', '、', '；', '：']) {
        let cut = bare.trim_end_matches(['，', '。', '、', '；', '：']);
        push(
            passage,
            whole,
            Say::new("book-title-mark").with("title", bare),
            Some((format!("《{cut}》"), false)),
            findings,
        );
    }
    // Marks typed for a title inside the title are still to come.
    first
}

/// <<甲>> «甲» ‹甲› <甲>: marks typed in place of title marks; gives where to go on.
fn typed(passage: &Passage, start: usize, findings: &mut Findings) -> usize {
    let text = passage.text.as_str();
    let rest = text.get(start..).unwrap_or_default();
    let pairs =
        [("<<", ">>", '《', '》'), ("<", ">", '〈', '〉'), ("«", "»", '《', '》'), ("‹", "›", '〈', '〉')];
    let Some((open, close, left, right)) = pairs.into_iter().find(|p| rest.starts_with(p.0)) else {
        return start;
    };
    let body = rest.get(open.len()..).unwrap_or_default();
    let Some(length) = body.find(close) else { return start + open.len() };
    let title = body.get(..length).unwrap_or_default();
    let end = start + open.len() + length + close.len();
    let is_title = title.chars().next().is_some_and(|c| is_chinese(c) || c == '“')
        && title.chars().any(is_han)
        && title.chars().count() <= 60
        && !title.contains(['<', '>', '=', '/', '\n', '，', '。'])
        && !matches!(before(text, start), Some('<' | '=' | '-'))
        && !matches!(after(text, end), Some('>' | '='));
    if !is_title {
        return start + open.len();
    }
    // A single pair inside 《》 is a title in a title; outside, a title.
    let head = text.get(..start).unwrap_or_default();
    let nested = head.rfind('《').is_some_and(|k| !head.get(k..).is_some_and(|h| h.contains('》')));
    let (left, right) = if nested { (left, right) } else { ('《', '》') };
    let say = Say::new("book-title-typed").with("open", open).with("close", close).with("title", title);
    let finding = findings.push(passage.span(start..end), say);
    // The readers may cut the text at such signs, so each end is replaced by itself.
    let ends = [(start..start + open.len(), left), (end - close.len()..end, right)];
    let places = ends.map(|(range, mark)| {
        let signs = text.get(range.clone()).unwrap_or_default().char_indices();
        let mut signs = signs.map(|(k, c)| range.start + k..range.start + k + c.len_utf8());
        let exact = signs.all(|sign| passage.is_exact(sign));
        passage.span(range).filter(|_| exact).map(|span| (span, mark.to_string()))
    });
    if let [Some(first), Some(last)] = places {
        finding.fix(Fix::many(true, [first, last]));
    }
    end
}

fn push(
    passage: &Passage,
    range: Range<usize>,
    say: Say,
    wanted: Option<(String, bool)>,
    findings: &mut Findings,
) {
    let exact = passage.is_exact(range.clone());
    let span = passage.span(range);
    let finding = findings.push(span, say);
    if let (Some((after, safe)), Some(span), true) = (wanted, span, exact) {
        finding.fix(Fix::one(safe, span, after));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{holds, mended};

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("落实<<老街条例>>。", "<<老街条例>>"),
                ("落实«老街条例»。", "«老街条例»"),
                ("落实‹老街条例›。", "‹老街条例›"),
                ("落实\\<老街条例>。", "<老街条例>"),
                ("落实《》。", "《》"),
                ("落实《 老街条例》。", "《 老街条例》"),
                ("落实《老街条例 》。", "《老街条例 》"),
                ("落实《老街条例。》。", "《老街条例。》"),
                ("落实《老街条例，》规定。", "《老街条例，》"),
                ("落实《《老街条例》》。", "《《老街条例》》"),
            ],
            &[
                "落实《老街条例》《新城条例》。",
                "落实《关于修订〈老街条例〉的通知》。",
                "看《老街往哪里去？》和《修路！》。",
                "甲<乙，丙>丁，1<2，a<<b。",
                "if (甲<=乙 && 丙=>丁) 是代码。",
                "《老街 新城》一书。",
                "落实《关于《老街》的通知》。",
                "落实《老街条例。",
                "a << 甲 >> b。",
            ],
        );
    }

    #[test]
    fn real_marks() {
        assert_eq!(
            mended(&RULE, "落实<<老街条例>>、《 新城条例 》。", true),
            "落实《老街条例》、《新城条例》。"
        );
        assert_eq!(
            mended(&RULE, "落实《《老街条例》》，《新城条例。》", false),
            "落实《老街条例》，《新城条例》"
        );
        assert_eq!(mended(&RULE, "见《修订‹老街条例›的通知》。", true), "见《修订〈老街条例〉的通知》。");
    }
}

//! 顿号用得不对的地方。默认不查。
//!
//! 为什么：带引号、书名号的并列成分之间通常不用顿号；顿号后面不再跟“和”“及”“等”；“第一”“首先”后面用逗号；
//! 带括号的序号后面不用顿号。许多机关的稿件习惯不同，所以要用时再选。
//!
//! 例：
//!
//! ```text
//! 推行“一街一策”、“一户一档”，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 推行“一街一策”“一户一档”，让居民得实惠。
//! ```
//!
//! 修改：删去顿号，或换成逗号，要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011，4.5（带引号、书名号的并列成分见4.5.3.5），4.4（逗号）。
//! ---
//! Enumeration commas in the wrong place. Off by default.
//!
//! Why: between quoted items or titles the mark is usually left out; it does not stand before 和, 及 or 等;
//! 第一 and 首先 take a comma; a number in brackets takes none. Many offices have habits of their own, so the
//! rule must be asked for.
//!
//! Example:
//!
//! ```text
//! 推行“一街一策”、“一户一档”，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 推行“一街一策”“一户一档”，让居民得实惠。
//! ```
//!
//! Fix: the mark is removed or becomes a comma, after a look (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011, 4.5 (quoted items: 4.5.3.5) and 4.4 (comma).

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_numeral, marks, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/enumeration",
    severity: Severity::Warning,
    on: false,
    file: include_str!("enumeration.rs"),
    check,
};

/// A word that joins the last item, and what behind it makes another word of it: 和谐, 等级.
const JOINERS: &[(&str, &str)] = &[
    ("和", "谐平睦解美气声服县田善蔼风"),
    ("及", "时格早至第"),
    ("以及", ""),
    ("与", "会时众"),
    ("或", "者许多少"),
    ("等", "级候待同于额距边离外"),
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        for (start, _) in marks(text).filter(|(_, c)| *c == '、') {
            let end = start + '、'.len_utf8();
            let rest = text.get(end..).unwrap_or_default();
            let (left, right) = (before(text, start), rest.chars().next());
            let (say, wanted) =
                if matches!((left, right), (Some('”' | '’'), Some('“' | '‘')) | (Some('》'), Some('《')))
                {
                    (Say::new("enumeration-quoted"), "")
                } else if let Some(word) = joiner(rest) {
                    (Say::new("enumeration-joiner").with("word", word), "")
                } else if is_ordinal(text, start) {
                    (Say::new("enumeration-ordinal"), "，")
                } else if is_bracketed(text, start) {
                    (Say::new("enumeration-number"), "")
                } else {
                    continue;
                };
            let exact = passage.is_exact(start..end);
            let span = passage.span(start..end);
            let finding = findings.push(span, say);
            if let Some(span) = span.filter(|_| exact) {
                finding.fix(Fix::one(false, span, wanted));
            }
        }
    }
}

fn joiner(rest: &str) -> Option<&'static str> {
    let (word, begins) = JOINERS.iter().find(|(word, _)| rest.starts_with(word))?;
    let next = after(rest, word.len());
    (!next.is_some_and(|c| begins.contains(c))).then_some(*word)
}

/// 第一、 首先、 其次、 at the start of a clause.
fn is_ordinal(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let from =
        head.char_indices().rev().find(|(_, c)| !c.is_alphanumeric()).map_or(0, |(k, c)| k + c.len_utf8());
    let clause = head.get(from..).unwrap_or_default();
    let starts =
        from == 0 || before(text, from).is_some_and(|c| matches!(c, '。' | '；' | '：' | '，' | '！' | '？'));
    let number = clause.strip_prefix('第').or_else(|| clause.strip_prefix('其'));
    let is_number = number.is_some_and(|n| !n.is_empty() && n.chars().all(is_numeral));
    starts && (is_number || matches!(clause, "首先" | "其次" | "再次" | "最后"))
}

/// （一）、 ①、
fn is_bracketed(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    if head.ends_with(|c| matches!(c, '①'..='⑳')) {
        return true;
    }
    let Some(number) =
        head.strip_suffix('）').and_then(|h| h.rfind('（').and_then(|k| h.get(k + '（'.len_utf8()..)))
    else {
        return false;
    };
    (1..=3).contains(&number.chars().count()) && number.chars().all(|c| is_numeral(c) || c.is_ascii_digit())
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
                ("推行“一街一策”、“一户一档”。", "、"),
                ("落实《甲》、《乙》。", "、"),
                ("修路、修桥、和种树。", "、"),
                ("修路、修桥、等工作。", "、"),
                ("修路、以及修桥。", "、"),
                ("第一、修路。", "、"),
                ("首先、修路。", "、"),
                ("（一）、修路。", "、"),
                ("①、修路。", "、"),
            ],
            &[
                "推行“一街一策”“一户一档”。",
                "落实《甲》《乙》和《丙》。",
                "修路、修桥和种树等工作。",
                "和平、和谐、和睦，公平、及时，职级、等级。",
                "一、修路；二、修桥。",
                "第一，修路；第二，修桥。",
                "（一）修路。",
                "“十四五”（2021—2025年）、“十五五”时期。",
                "到会、与会的人，或多、或少、或者没有。",
                "获第一、第二名的街区。",
            ],
        );
    }

    #[test]
    fn the_mark_goes_or_becomes_a_comma() {
        assert_eq!(mended(&RULE, "推行“甲”、“乙”、等办法。", false), "推行“甲”“乙”等办法。");
        assert_eq!(mended(&RULE, "第一、修路。", false), "第一，修路。");
    }
}

//! 引号、书名号里面又用了同样的符号。
//!
//! 为什么：外层用双引号、内层用单引号，外层用双书名号、内层用单书名号，层次才分得清。只看全段成对的文字；
//! 缺半个引号由 `punctuation/unpaired-quote` 去报。
//!
//! 例：
//!
//! ```text
//! 居民说：“老街叫“九曲巷”，要修好。”
//! ```
//!
//! 改为：
//!
//! ```text
//! 居民说：“老街叫‘九曲巷’，要修好。”
//! ```
//!
//! 修改：内层换成单引号或单书名号。也可能是外层多写或少写了，所以要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011，4.8.3.4（引号），4.15（书名号）。
//! ---
//! The same quotation or title marks inside each other.
//!
//! Why: double marks outside and single ones inside show which is which. Only text whose marks are all
//! paired is looked at; a lost half is for `punctuation/unpaired-quote`.
//!
//! Example:
//!
//! ```text
//! 居民说：“老街叫“九曲巷”，要修好。”
//! ```
//!
//! Use instead:
//!
//! ```text
//! 居民说：“老街叫‘九曲巷’，要修好。”
//! ```
//!
//! Fix: the inner pair becomes single. The outer one may be the mistake, so a person must look
//! (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011, 4.8.3.4 (quotation marks) and 4.15 (title marks).

use crate::check::finding::Findings;
use crate::check::rules::punctuation::pairs::{Mark, matched};
use crate::check::rules::scan::{marks, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/nested-quote",
    severity: Severity::Warning,
    on: true,
    file: include_str!("nested_quote.rs"),
    check,
};

/// Opening and closing marks, and the pair that belongs inside.
const LEVELS: &[(char, char, char, char)] = &[
    ('“', '”', '‘', '’'),
    ('‘', '’', '“', '”'),
    ('「', '」', '『', '』'),
    ('『', '』', '「', '」'),
    ('《', '》', '〈', '〉'),
    ('〈', '〉', '《', '》'),
];

fn level(c: char) -> Option<&'static (char, char, char, char)> {
    LEVELS.iter().find(|(open, close, ..)| *open == c || *close == c)
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let opens = |c| level(c).is_some_and(|l| l.0 == c);
        let found = matched(marks(text), opens, |c| level(c).filter(|l| l.1 == c).map(|l| l.0));
        if !found.open.is_empty() || !found.close.is_empty() {
            continue;
        }
        for (open, close, _) in &found.pairs {
            // The nearest pair around it, of quotes or of title marks as it is itself.
            let is_title = |c: char| matches!(c, '《' | '〈');
            let around = found
                .pairs
                .iter()
                .filter(|(o, c, _)| o.at < open.at && close.at < c.at && is_title(o.c) == is_title(open.c))
                .max_by_key(|(o, ..)| o.at);
            let (Some((outer, outer_end, _)), Some(row)) = (around, level(open.c)) else { continue };
            // 《《甲》》 says the same twice: that is `punctuation/book-title`.
            let hugs =
                outer.at + outer.c.len_utf8() == open.at && close.at + close.c.len_utf8() == outer_end.at;
            // 《关于修改<某条例实施《某法》办法>的决定》: typed marks stand between; that is book-title's too. Of
            // titles three deep every office has its own way.
            let between = text.get(outer.at..open.at).unwrap_or_default();
            let is_deep = is_title(open.c) && (open.c == '〈' || between.contains(['<', '＜']));
            if outer.c != open.c || hugs && is_title(open.c) || is_deep {
                continue;
            }
            let range = |m: &Mark| m.at..m.at + m.c.len_utf8();
            let say =
                Say::new("nested-quote").with("outer", outer.c).with("inner", format!("{}{}", row.2, row.3));
            let finding = findings.push(passage.span(open.at..range(close).end), say);
            if passage.is_exact(range(open))
                && passage.is_exact(range(close))
                && let (Some(first), Some(last)) = (passage.span(range(open)), passage.span(range(close)))
            {
                finding.fix(Fix::many(false, [(first, row.2.to_string()), (last, row.3.to_string())]));
            }
        }
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
                ("他说：“老街叫“九曲”，要修。”", "“九曲”"),
                ("他说：“落实《甲》，建设“乙”。”", "“乙”"),
                ("落实《关于修订《条例》的通知》。", "《条例》"),
                ("他说：「老街叫「九曲」。」", "「九曲」"),
                ("他说：“叫‘九‘曲’巷’。”", "‘曲’"),
            ],
            &[
                "他说：“老街叫‘九曲’，要修。”",
                "“走出去”“引进来”并重。",
                "落实《关于修订〈条例〉的通知》。",
                "他说：「老街叫『九曲』。」",
                "他说：“书上写‘匾上有“福”字’。”",
                "他说：“老街叫“九曲，要修。”",
                "“《甲》和《乙》”都要看。",
                "《“甲”与“乙”》一文。",
                "落实《转发〈关于《甲》的通知〉的通知》。",
                "落实《关于修改〈老街实施〈街道法〉办法〉的决定》。",
                "落实《关于修改<老街实施《街道法》办法>的决定》。",
            ],
        );
    }

    #[test]
    fn the_inner_pair_becomes_single() {
        assert_eq!(mended(&RULE, "他说：“叫“九曲”。”", false), "他说：“叫‘九曲’。”");
        assert_eq!(mended(&RULE, "见《修订《甲》的通知》。", false), "见《修订〈甲〉的通知》。");
    }
}

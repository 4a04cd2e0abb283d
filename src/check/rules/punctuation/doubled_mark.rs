//! 连用的点号。
//!
//! 为什么：改稿时删了字没有删标点，就会留下“，，”“、，”“；。”。“！！”“？！”等表示强烈语气的叠用、省略号和破折号
//! 不算。
//!
//! 例：
//!
//! ```text
//! 完善老街设施，，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 完善老街设施，让居民得实惠。
//! ```
//!
//! 修改：两个相同的删去一个。也可能中间少了字，所以要人看过才改（`--unsafe-fixes`）；两个不同的不改。
//!
//! 依据：GB/T 15834-2011，第4章：点号表示停顿，一处只用一个；叹号、问号的叠用见4.2、4.3。
//! ---
//! Two pause marks in a row.
//!
//! Why: words that were cut leave “，，”, “、，” or “；。” behind. Marks of strong feeling (！！, ？！), ellipses
//! and dashes are fine.
//!
//! Example:
//!
//! ```text
//! 完善老街设施，，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 完善老街设施，让居民得实惠。
//! ```
//!
//! Fix: of two equal marks one is removed. A word may be missing between them, so a person must look
//! (`--unsafe-fixes`). Unlike ones are left.
//!
//! Source: GB/T 15834-2011, chapter 4: one pause, one mark; repeated ！ and ？ are in 4.2 and 4.3.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, marks};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/doubled-mark",
    severity: Severity::Warning,
    on: true,
    file: include_str!("doubled_mark.rs"),
    check,
};

fn is_pause(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in &subject.passages {
        let text = passage.text.as_str();
        let mut from = 0;
        for (start, c) in marks(text) {
            if start < from || !is_pause(c) {
                continue;
            }
            let mut end = start + c.len_utf8();
            let mut all_same = true;
            while let Some(next) = after(text, end).filter(|c| is_pause(*c)) {
                all_same &= next == c;
                end += next.len_utf8();
            }
            from = end;
            let Some(run) = text.get(start..end) else { continue };
            let count = run.chars().count();
            let is_feeling = run.chars().all(|c| matches!(c, '！' | '？'));
            // 。。。 is an ellipsis typed with full stops: `punctuation/dash-ellipsis`.
            let is_dots = c == '。' && all_same && count > 2;
            if count < 2 || is_feeling || is_dots {
                continue;
            }
            let finding =
                findings.push(passage.span(start..end), Say::new("doubled-mark").with("marks", run));
            // Marks that were made full-width stand in the source as half-width ones, each by itself.
            if all_same && let Some(span) = passage.span(start + c.len_utf8()..end) {
                finding.fix(Fix::one(false, span, ""));
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
                ("修路，，修桥。", "，，"),
                ("修路、、修桥。", "、、"),
                ("修路。。", "。。"),
                ("修路、，修桥。", "、，"),
                ("修路；。", "；。"),
                ("修路，。", "，。"),
                ("修路：：修桥。", "：："),
                ("修路！，修桥。", "！，"),
                ("修路，，，修桥。", "，，，"),
                ("修路,,修桥。", ",,"),
                ("修路;，修桥。", ";，"),
            ],
            &[
                "修路，修桥。",
                "好啊！！！",
                "真的吗？！",
                "修路……修桥——都要。",
                "他说：“修路。”，又说修桥。",
                "修路。。。。。。",
                "std::io 是代码，12::30 也不算。",
                "“修路”，“修桥”。",
                "修路，\\，修桥。",
            ],
        );
    }

    #[test]
    fn one_stays() {
        assert_eq!(mended(&RULE, "修路，，修桥。。", false), "修路，修桥。");
        assert_eq!(mended(&RULE, "修路,,修桥。", false), "修路,修桥。");
    }
}

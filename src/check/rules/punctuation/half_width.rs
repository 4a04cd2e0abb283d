//! 中文里的半角标点。
//!
//! 为什么：公文正文用全角标点。输出时已经按标准排印，源文件里仍是半角。每个文件只报一次，说明共有几处；
//! 数字、时间、网址、外文里的标点不算。
//!
//! 例：
//!
//! ```text
//! 完善老街设施,让居民(含租户)得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 完善老街设施，让居民（含租户）得实惠。
//! ```
//!
//! 修改：全部换成标准标点，同 `jianbao normalize`，可放心改。
//!
//! 依据：GB/T 15834-2011 第4章各标点的形式，第5章标点符号的位置。
//! ---
//! Half-width marks in Chinese text.
//!
//! Why: official Chinese text uses full-width marks. The outputs are printed by the standard already; the
//! source still has the others. A file is named once, with the number of places. Marks in numbers, times,
//! addresses and foreign text are left alone.
//!
//! Example:
//!
//! ```text
//! 完善老街设施,让居民(含租户)得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 完善老街设施，让居民（含租户）得实惠。
//! ```
//!
//! Fix: all become standard, as with `jianbao normalize`; safe.
//!
//! Source: GB/T 15834-2011, chapters 4 (the form of each mark) and 5 (places of marks).

use crate::check::finding::Findings;
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::Edit;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/half-width",
    severity: Severity::Info,
    on: true,
    file: include_str!("half_width.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for source in subject.texts {
        let edits: Vec<&Edit> = subject
            .tree
            .edits
            .iter()
            .filter(|e| e.span.file == source.file && e.reason.is_punctuation())
            .collect();
        let Some(first) = edits.first() else { continue };
        let say = Say::new("half-width").count("count", edits.len());
        let fix = Fix::many(true, edits.iter().map(|e| (e.span, e.after.clone())));
        findings.push(Some(first.span), say).fix(fix);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{book, holds, mended};
    use crate::check::rules::testing::findings;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("修路,修桥。", ","),
                ("修路;修桥。", ";"),
                ("要做的是:修路。", ":"),
                ("修路吗?", "?"),
                ("修路!", "!"),
                ("居民(含租户)得实惠。", "("),
                ("修路,修桥;修(老)街。", ","),
            ],
            &[
                "修路，修桥。",
                "投资1,000万元。",
                "12:30开会。",
                "见https://a.example.cn/b,c。",
                "Hello, world; yes?",
                "GDP(gross)增长。",
                "全长2.0公里。",
                "修路、修桥。",
            ],
        );
    }

    #[test]
    fn one_finding_holds_them_all() {
        let found = findings(&RULE, &book("修路,修桥;修(老)街。"));
        assert_eq!(found[0].fix.as_ref().map(|f| f.replacements.len()), Some(4));
        assert_eq!(mended(&RULE, "修路,修桥;修(老)街。", true), "修路，修桥；修（老）街。");
    }
}

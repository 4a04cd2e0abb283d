//! 数字范围的写法。默认不查。
//!
//! 为什么：起止之间用“～”或“—”，不用半角的 `-`、`~`、`--`；百分号、“万”“亿”省去会变意思（9亿～16亿不写成
//! 9～16亿）。日期（2026-01-07）、电话、型号、比分不算。
//!
//! 例：
//!
//! ```text
//! 完成老街改造10-20处，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 完成老街改造10～20处，让居民得实惠。
//! ```
//!
//! 修改：时间换成“—”，其余换成“～”，补上省去的百分号或“万”“亿”，要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011，4.13（连接号）；GB/T 15835-2011（数值范围）。
//! ---
//! Ranges of numbers. Off by default.
//!
//! Why: start and end are joined by “～” or “—”, not by `-`, `~` or `--`; leaving out a per cent sign, 万 or 亿
//! changes the sense (9亿～16亿 is not 9～16亿). Dates (2026-01-07), telephone numbers, models and scores are
//! left alone.
//!
//! Example:
//!
//! ```text
//! 完成老街改造10-20处，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 完成老街改造10～20处，让居民得实惠。
//! ```
//!
//! Fix: “—” for times and “～” for the rest, and the sign that was left out, after a look (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011, 4.13 (connectors); GB/T 15835-2011 (ranges).

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_han, marks, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/range",
    severity: Severity::Warning,
    on: false,
    file: include_str!("range.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let mut from = 0;
        for (at, c) in marks(text) {
            if at < from || !matches!(c, '-' | '~' | '～' | '—' | '–' | '－') {
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let join_end = at + rest.find(|d| d != c).unwrap_or(rest.len());
            from = join_end;
            let Some(range) = Range::around(text, at, join_end) else { continue };
            let Some(join) = text.get(at..join_end) else { continue };
            let wanted = if is_time(range.unit) { "—" } else { "～" };
            let wrong = !matches!(join, "～" | "—");
            // 10～20% and 9～16亿: what the first number leaves out changes what it says.
            let sign = ['%', '％', '‰', '万', '亿'].into_iter().find(|s| Some(*s) == range.unit);
            let lost = sign.filter(|_| !range.first_has_unit);
            let (say, span_start, replacement) = match (wrong, lost) {
                (true, None) => {
                    (Say::new("range-join").with("found", join).with("wanted", wanted), at, wanted.to_owned())
                }
                (_, Some(sign)) => {
                    let join = if wrong { wanted } else { join };
                    (Say::new("range-sign").with("sign", sign), at, format!("{sign}{join}"))
                }
                (false, None) => continue,
            };
            let exact = passage.is_exact(span_start..join_end);
            let finding = findings.push(passage.span(range.start..range.end), say);
            if exact && let Some(span) = passage.span(span_start..join_end) {
                finding.fix(Fix::one(false, span, replacement));
            }
        }
    }
}

/// Two numbers with a joining mark between them.
struct Range {
    start: usize,
    end: usize,
    first_has_unit: bool,
    /// What follows the second number.
    unit: Option<char>,
}

impl Range {
    fn around(text: &str, at: usize, join_end: usize) -> Option<Self> {
        let head = text.get(..at)?;
        let number = head.trim_end_matches([
            '%', '％', '‰', '℃', '年', '月', '日', '时', '万', '亿', '人', '个', '元', '米',
        ]);
        let start = number.char_indices().rev().take_while(|(_, c)| is_digit(*c)).last()?.0;
        let tail = text.get(join_end..)?;
        let length = tail.find(|c| !is_digit(c)).unwrap_or(tail.len());
        let end = join_end + length;
        let unit = after(text, end);
        // What a Chinese sentence counts: a number glued to letters is a model, a third part a date.
        let glued =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '~' | '/' | '_' | '—' | '.' | '～');
        let fits = length > 0
            && !tail.starts_with(['.', ','])
            && !before(text, start).is_some_and(glued)
            && unit.is_some_and(|c| is_han(c) || matches!(c, '%' | '％' | '‰' | '℃'));
        // 010-80001234, 比分3-1获胜.
        let is_telephone =
            number.get(start..).is_some_and(|n| n.starts_with('0') && n.len() > 1 && !n.contains('.'));
        let is_score = head.get(..start).is_some_and(|h| h.ends_with(['以', '比', '分']));
        (fits && !is_telephone && !is_score).then_some(Self {
            start,
            end,
            first_has_unit: number.len() != head.len(),
            unit,
        })
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

fn is_time(unit: Option<char>) -> bool {
    matches!(unit, Some('年' | '月' | '日' | '时' | '点'))
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
                ("改造10-20处。", "10-20"),
                ("改造10~20处。", "10~20"),
                ("改造10--20处。", "10--20"),
                ("2026-2030年实施。", "2026-2030"),
                ("增长10%-20%。", "10%-20"),
                ("增长10～20%。", "10～20"),
                ("投资9～16亿元。", "9～16"),
                ("投资9-16亿元。", "9-16"),
                ("气温20－30℃。", "20－30"),
            ],
            &[
                "改造10～20处，2026—2030年实施。",
                "增长10%～20%，投资9亿～16亿元。",
                "2026-01-07召开。",
                "电话027-80001234。",
                "国产C919-100型、COVID-19疫情、T-3线。",
                "以3-1获胜。",
                "老街—新城，人才—研发。",
                "编号12-34-56号。",
                "第3～5页，1.5～2.0倍。",
            ],
        );
    }

    #[test]
    fn the_standard_join() {
        assert_eq!(mended(&RULE, "改造10-20处，2026-2030年。", false), "改造10～20处，2026—2030年。");
        assert_eq!(mended(&RULE, "投资9-16亿元，增长10～20%。", false), "投资9亿～16亿元，增长10%～20%。");
    }
}

//! 破折号、省略号写得不标准。
//!
//! 为什么：破折号是“——”，占两个字；省略号是“……”，六个点占两个字。`--`、`...`、`。。。`、单个“…”、用别的横线
//! 代替的，都会排得长短不一。地名、词语、数字之间的单个“—”是连接号，不算；整行的横线、目录的点线不算。
//!
//! 例：
//!
//! ```text
//! 老街的路--也是居民的路...都要修好。
//! ```
//!
//! 改为：
//!
//! ```text
//! 老街的路——也是居民的路……都要修好。
//! ```
//!
//! 修改：换成标准形式，可放心改；单个“—”是不是破折号，要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011，4.10（破折号）、4.11（省略号）、4.13（连接号）。
//! ---
//! A dash or an ellipsis that is not the standard one.
//!
//! Why: the dash is “——”, as wide as two hanzi, and the ellipsis “……”, six dots as wide as two. `--`, `...`,
//! `。。。`, one “…” and other lines in place of a dash print unevenly. One “—” between places, words or
//! numbers is a connector and fine; so are whole lines of dashes and the leaders of a table of contents.
//!
//! Example:
//!
//! ```text
//! 老街的路--也是居民的路...都要修好。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 老街的路——也是居民的路……都要修好。
//! ```
//!
//! Fix: the standard form, which is safe; whether one “—” is meant as a dash is for a person to say
//! (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011, 4.10 (dash), 4.11 (ellipsis) and 4.13 (connector).

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_chinese, marks};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/dash-ellipsis",
    severity: Severity::Warning,
    on: true,
    file: include_str!("dash_ellipsis.rs"),
    check,
};

fn is_line(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '―' | '─' | '━' | '－' | 'ー')
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '…' | '。' | '⋯' | '·' | '・' | '•')
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in &subject.passages {
        let text = passage.text.as_str();
        let mut from = 0;
        for (start, c) in marks(text) {
            if start < from || !(is_line(c) || is_dot(c)) {
                continue;
            }
            let belongs = |d: char| if is_line(c) { is_line(d) } else { d == c };
            let rest = text.get(start..).unwrap_or_default();
            let end = start + rest.find(|d| !belongs(d)).unwrap_or(rest.len());
            from = end;
            let Some(run) = text.get(start..end) else { continue };
            let (left, right) = (before(text, start), after(text, end));
            let wanted =
                if is_line(c) { dash(run, left, right, text, end) } else { ellipsis(run, c, left, right) };
            let Some((wanted, safe)) = wanted else { continue };
            let say = match is_line(c) {
                true => Say::new("dash-form").with("found", run),
                false => Say::new("ellipsis-form").with("found", run),
            };
            let finding = findings.push(passage.span(start..end), say);
            if passage.is_exact(start..end)
                && let Some(span) = passage.span(start..end)
            {
                finding.fix(Fix::one(safe, span, wanted));
            }
        }
    }
}

/// What a run of lines should be, and whether that is certain.
fn dash(
    run: &str,
    left: Option<char>,
    right: Option<char>,
    text: &str,
    end: usize,
) -> Option<(&'static str, bool)> {
    let chinese = |c: Option<char>| c.is_some_and(|c| is_chinese(c) || matches!(c, '“' | '”' | '‘' | '’'));
    let count = run.chars().count();
    if run == "——" || left.is_none() && right.is_none() {
        return None;
    }
    if count == 1 {
        // A connector stands between two words; a dash behind a mark, or before words that explain.
        let explains = ["这是", "这就是", "即", "也就是", "就是", "那就是", "也即"];
        let rest = text.get(end..).unwrap_or_default();
        let behind_mark = left.is_none_or(|c| matches!(c, '，' | '。' | '；' | '：' | '！' | '？'));
        let is_dash =
            behind_mark || left.is_some_and(is_chinese) && explains.iter().any(|w| rest.starts_with(w));
        return (run == "—" && is_dash && chinese(right)).then_some(("——", false));
    }
    let touches = chinese(left) && (chinese(right) || right.is_none()) || left.is_none() && chinese(right);
    let same = run.chars().all(|c| run.starts_with(c));
    // ーー lengthens a Japanese vowel; a long run is a line drawn, or a blank to fill in.
    if !touches || count > 4 || run.starts_with('ー') && left.is_some_and(|c| matches!(c, 'ァ'..='ヺ')) {
        return None;
    }
    Some(("——", same && count == 2 || run == "---"))
}

fn ellipsis(run: &str, dot: char, left: Option<char>, right: Option<char>) -> Option<(&'static str, bool)> {
    let count = run.chars().count();
    let chinese = |c: Option<char>| c.is_some_and(|c| is_chinese(c) || matches!(c, '“' | '”' | '‘' | '’'));
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii() && !c.is_whitespace());
    let wrong = match dot {
        '.' => (3..=6).contains(&count),
        '。' => count >= 3,
        // Twelve dots stand for whole paragraphs.
        '…' => count != 2 && count != 4 && count <= 6,
        '⋯' => count <= 6,
        _ => (3..=6).contains(&count),
    };
    let near = (chinese(left) || left.is_none() && chinese(right)) && !(latin(left) || latin(right));
    (wrong && near).then_some(("……", true))
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
                ("老街--居民的街。", "--"),
                ("老街---居民的街。", "---"),
                ("老街――居民的街。", "――"),
                ("老街──居民的街。", "──"),
                ("老街－－居民的街。", "－－"),
                ("老街————居民的街。", "————"),
                ("老街——－居民的街。", "——－"),
                ("只有一个目标，—让居民满意。", "—"),
                ("—充分发挥作用。", "—"),
                ("只有一个目标—就是让居民满意。", "—"),
                ("修路、修桥...都要做。", "..."),
                ("修路、修桥......都要做。", "......"),
                ("修路、修桥。。。都要做。", "。。。"),
                ("修路、修桥…都要做。", "…"),
                ("修路、修桥………都要做。", "………"),
                ("修路、修桥⋯⋯都要做。", "⋯⋯"),
                ("修路、修桥···都要做。", "···"),
            ],
            &[
                "老街——居民的街，修路、修桥……都要做。",
                "老街—新城快速路，人才—研发—制造—应用链条，高校—企业合作。",
                "2026—2030年，第3—5页，10-20人。",
                "国产C919-100型，COVID-19，--help 是参数。",
                "阿卜杜拉·买买提，九·一八，1.5倍。",
                "第一章......5",
                "－－－－－－－－",
                "…………下面略去三段。",
                "见 ../a 和 a...b。",
                "Well... 外文 -- 如此。",
                "——充分发挥作用。",
                "签名：--------",
                "修路。。",
            ],
        );
    }

    #[test]
    fn standard_forms() {
        assert_eq!(mended(&RULE, "老街--居民的街，修路...修桥。。。", true), "老街——居民的街，修路……修桥……");
        assert_eq!(mended(&RULE, "目标，—让居民满意。", false), "目标，——让居民满意。");
        assert_eq!(mended(&RULE, "老街————居民的街。", false), "老街——居民的街。");
    }
}

//! 形近、音近而写错的词，和用错的“的、地、得”。默认不查。
//!
//! 为什么：拼音输入容易选错同音词（部暑、按排、既使），形近字也容易看漏（自已、竟争）。表里只收几乎不会有别的
//! 讲法的写法，并避开恰好相连的两个词（全部暑期、按排名、究竟争什么）。“的、地、得”只查有把握的句式。
//! 定性、人名里的字仍可能误报，所以要用时再选。
//!
//! 例：
//!
//! ```text
//! 要周密部暑老街改造，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 要周密部署老街改造，让居民得实惠。
//! ```
//!
//! 修改：换成表里的写法，要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：《现代汉语词典》（第7版）的词形；《第一批异形词整理表》（GF 1001-2001）。表见 `confusables.txt`。
//! ---
//! Words mistyped for others that look or sound alike, and wrong 的, 地, 得. Off by default.
//!
//! Why: a pinyin input method offers the wrong word of the same sound (部暑, 按排, 既使), and characters that
//! look alike are overlooked (自已, 竟争). The table holds only forms that hardly mean anything else, and two
//! words that happen to meet are left alone (全部暑期, 按排名). 的, 地 and 得 are looked at in a few patterns
//! that are certain. Names may still be caught, so the rule must be asked for.
//!
//! Example:
//!
//! ```text
//! 要周密部暑老街改造，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 要周密部署老街改造，让居民得实惠。
//! ```
//!
//! Fix: the word of the table, after a look (`--unsafe-fixes`).
//!
//! Source: 现代汉语词典 (7th edition); 第一批异形词整理表 (GF 1001-2001). The table is `confusables.txt`.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_han, running};
use crate::check::{Fix, Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/confusable",
    severity: Severity::Warning,
    on: false,
    file: include_str!("confusable.rs"),
    check,
};

/// A line of the table.
struct Row {
    wrong: &'static str,
    right: &'static str,
    not_behind: &'static str,
    not_before: &'static str,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("confusables.txt").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split(' ');
            let (wrong, right) = (cells.next()?, cells.next()?);
            let mut signs = || cells.next().filter(|c| *c != "-").unwrap_or_default();
            Some(Row { wrong, right, not_behind: signs(), not_before: signs() })
        })
        .collect()
});

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = TABLE.iter().map(|r| r.wrong).chain(["既使", "的"]);
    let builder = &mut AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA)).build(words).ok()
});

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(finder) = FINDER.as_ref() else { return };
    for passage in running(subject) {
        let text = passage.text.as_str();
        for found in finder.find_iter(text) {
            let range = found.range();
            let right = match TABLE.get(found.pattern().as_usize()) {
                Some(row) => {
                    let meets = |c: Option<char>, signs: &str| c.is_some_and(|c| signs.contains(c));
                    let is_other = meets(before(text, range.start), row.not_behind)
                        || meets(after(text, range.end), row.not_before);
                    (!is_other).then_some(row.right)
                }
                None if text.get(range.clone()) == Some("的") => particle(text, &range),
                None => concession(text, &range),
            };
            if let Some(right) = right {
                report(passage, range, right, findings);
            }
        }
    }
}

fn report(passage: &Passage, range: Range<usize>, right: &str, findings: &mut Findings) {
    let wrong = passage.text.get(range.clone()).unwrap_or_default();
    let say = Say::new("confusable").with("wrong", wrong).with("right", right);
    let exact = passage.is_exact(range.clone());
    let span = passage.span(range);
    let finding = findings.push(span, say);
    if let Some(span) = span.filter(|_| exact) {
        finding.fix(Fix::one(false, span, right));
    }
}

/// 既使…也…: 即使. 既使…又使… is two words and right.
fn concession(text: &str, range: &Range<usize>) -> Option<&'static str> {
    let rest = text.get(range.end..)?;
    let sentence = rest.split(['。', '！', '？', '；']).next()?;
    (sentence.contains('也') && !sentence.contains(['又', '且'])).then_some("即使")
}

/// Adverbs that 地 follows, where a verb with 了 comes next: 有效的推动了.
const ADVERBS: &[&str] = &[
    "大力", "深入", "积极", "不断", "有效", "充分", "切实", "认真", "逐步", "迅速", "广泛", "扎实", "稳步",
    "明显", "显著", "有力", "极大", "大大", "渐渐", "慢慢", "悄悄",
];

const VERBS: &[&str] = &[
    "推动", "促进", "提升", "提高", "开展", "推进", "落实", "完善", "加强", "增强", "改善", "解决", "发挥",
    "带动", "激发", "保障", "维护", "支持", "改变", "缓解", "降低", "减少",
];

/// Verbs that 得 follows, where a degree and an adjective end the clause: 发展的很快.
const DONE: &[&str] = &[
    "做", "干", "办", "走", "跑", "说", "讲", "写", "发展", "进展", "完成", "落实", "推进", "运行", "恢复",
    "增长", "变", "变化", "学", "抓",
];

const DEGREES: &[&str] = &["很", "非常", "十分", "特别", "越来越", "更加", "比较", "相当"];

const HOW: &[&str] = &[
    "好", "快", "慢", "多", "大", "高", "早", "远", "对", "顺利", "扎实", "到位", "明显", "圆满", "彻底",
    "完美", "出色", "迅速", "平稳", "清楚",
];

fn particle(text: &str, range: &Range<usize>) -> Option<&'static str> {
    let (head, rest) = (text.get(..range.start)?, text.get(range.end..)?);
    // Most 的 stand before what no pattern begins with.
    let next = rest.chars().next()?;
    let begins = |words: &[&str]| words.iter().any(|w| w.starts_with(next));
    if !begins(VERBS) && !begins(DEGREES) {
        return None;
    }
    if ADVERBS.iter().any(|w| head.ends_with(w))
        && VERBS.iter().filter_map(|v| rest.strip_prefix(v)).any(|r| r.starts_with('了'))
    {
        return Some("地");
    }
    if !DONE.iter().any(|w| head.ends_with(w)) {
        return None;
    }
    let mut behind = DEGREES.iter().filter_map(|d| rest.strip_prefix(d));
    let ends =
        |r: &str| HOW.iter().filter_map(|a| r.strip_prefix(a)).any(|r| !r.chars().next().is_some_and(is_han));
    behind.any(ends).then_some("得")
}

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::check::rules::sample::{holds, mended};

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("周密部暑工作。", "部暑"),
                ("做好按排。", "按排"),
                ("公平竟争。", "竟争"),
                ("开设帐户。", "帐户"),
                ("既使下雨也要去。", "既使"),
                ("生活必须品。", "必须品"),
                ("必需坚持。", "必需坚持"),
                ("英雄气慨。", "气慨"),
                ("自已动手。", "自已"),
                ("己经完成。", "己经"),
                ("截止目前已改造十条街。", "截止目前"),
                ("在老家渡过晚年。", "渡过晚年"),
                ("再接再励。", "再接再励"),
                ("有效的推动了工作。", "的"),
                ("老街发展的很快。", "的"),
                ("工作做的非常好，大家满意。", "的"),
            ],
            &[
                "全部暑期活动，按排名先后，究竟争什么。",
                "既使居民满意，又使商户受益。",
                "来自已经改造的街区，自己经营、自己经历。",
                "即使下雨，既然来了，账户、安排、部署、竞争。",
                "渡过难关，渡过长江，度过晚年。",
                "必须坚持，生活必需品，必需的设备。",
                "有效的推动机制，发展的很大动力，做的很好的工作。",
                "有效地推动了工作，发展得很快。",
                "蚊帐和帐篷，交通迅捷，短讯速递。",
                "谨慎密切，编纂改写，立即然后。",
                "截止日期是3月。",
            ],
        );
    }

    #[test]
    fn the_table_is_sound() {
        assert!(TABLE.len() >= 120);
        for row in TABLE.iter() {
            assert_ne!(row.wrong, row.right);
            assert!(TABLE.iter().all(|r| !row.right.contains(r.wrong)), "{} is itself wrong", row.right);
        }
    }

    #[test]
    fn the_right_word_comes() {
        assert_eq!(mended(&RULE, "部暑按排，有力的推动了工作。", false), "部署安排，有力地推动了工作。");
    }
}

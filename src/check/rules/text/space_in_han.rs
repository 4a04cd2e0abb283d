//! 句子里汉字之间多余的空格。
//!
//! 为什么：从PDF、网页复制或两端对齐时敲进的空格，排出来是一个缺口。标题里分开两句的空格、姓名中间的空格、
//! 序号后的空格、段首缩进、引号和书名号里的空格、诗句和没有标点的行不算。
//!
//! 例：
//!
//! ```text
//! 我们建议完善老街 设施，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 我们建议完善老街设施，让居民得实惠。
//! ```
//!
//! 修改：删去空格。那里也可能少了标点，所以要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：GB/T 15834-2011：汉字之间的停顿用标点表示，不用空格。
//! ---
//! A blank between hanzi inside a sentence.
//!
//! Why: text copied from PDF or web pages, and lines justified by hand, leave blanks that print as gaps.
//! The blank between the clauses of a heading, in a name of two characters, behind a number, at the start of
//! a paragraph, in quotes or title marks, in verse and in lines without any mark is fine.
//!
//! Example:
//!
//! ```text
//! 我们建议完善老街 设施，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 我们建议完善老街设施，让居民得实惠。
//! ```
//!
//! Fix: the blank is removed; a mark may be missing there instead, so a person must look
//! (`--unsafe-fixes`).
//!
//! Source: GB/T 15834-2011: pauses between hanzi are shown by marks.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_han, is_numeral, marks};
use crate::check::{Fix, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/space-in-han",
    severity: Severity::Warning,
    on: true,
    file: include_str!("space_in_han.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in subject.passages.iter().filter(|p| p.kind == PassageKind::Paragraph) {
        let text = passage.text.as_str();
        let mut depth = 0_usize;
        let mut from = 0;
        let mut gaps = Vec::new();
        let mut pauses = 0;
        for (start, c) in marks(text) {
            match c {
                '“' | '‘' | '「' | '『' | '《' | '〈' => depth += 1,
                '”' | '’' | '」' | '』' | '》' | '〉' => depth = depth.saturating_sub(1),
                '，' | '。' | '；' | '！' | '？' | '：' => pauses += 1,
                _ if is_blank(c) && start >= from => {
                    let rest = text.get(start..).unwrap_or_default();
                    let end = start + rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
                    from = end;
                    let between =
                        before(text, start).is_some_and(is_han) && after(text, end).is_some_and(is_han);
                    if depth == 0 && between {
                        gaps.push(start..end);
                    }
                }
                _ => {}
            }
        }
        // Verse, lists of names and lines of a form have blanks by design: more of them than marks.
        if gaps.is_empty() || gaps.len() > pauses {
            continue;
        }
        for gap in gaps {
            let left = han_before(text, gap.start);
            let right = han_after(text, gap.end);
            if is_number(left)
                || is_date(text, gap.start, left)
                || is_name(left, right)
                || is_couplet(text, left, right)
            {
                continue;
            }
            let exact = passage.is_exact(gap.clone());
            let span = passage.span(gap);
            let word = format!("{}{}", last(left), right.chars().next().unwrap_or_default());
            let finding = findings.push(span, Say::new("space-in-han").with("word", word));
            if let Some(span) = span.filter(|_| exact) {
                finding.fix(Fix::one(false, span, ""));
            }
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}')
}

fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or_default()
}

/// The hanzi that end at `at`.
fn han_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let from = head.char_indices().rev().find(|(_, c)| !is_han(*c)).map_or(0, |(k, c)| k + c.len_utf8());
    head.get(from..).unwrap_or_default()
}

/// The hanzi that begin at `at`.
fn han_after(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.get(..rest.find(|c| !is_han(c)).unwrap_or(rest.len())).unwrap_or_default()
}

/// 一, 第三条, 其一, 图一: what numbers something.
fn is_number(left: &str) -> bool {
    let core = left.trim_start_matches(['第', '其', '图', '表', '附', '件']);
    // 第三条之一: an article put in later.
    let core = core.rsplit_once('之').map_or(core, |(head, _)| head);
    let digits =
        core.trim_end_matches(['章', '节', '条', '款', '项', '篇', '编', '部', '分', '组', '是', '则']);
    !digits.is_empty() && digits.chars().all(is_numeral)
}

/// 2026年1月7日 市政协: a date, and who signs.
fn is_date(text: &str, at: usize, left: &str) -> bool {
    matches!(left, "年" | "月" | "日") && before(text, at - left.len()).is_some_and(char::is_numeric)
}

/// 于 博: a name of two characters, made as wide as one of three; 张三 李四: names in a row.
fn is_name(left: &str, right: &str) -> bool {
    left.chars().count() <= 1 && right.chars().count() <= 1
        || left.chars().count() == 1 && right.chars().count() == 2 && "（，、".contains(left)
}

/// 完善街区设施 提升居民生活。: two clauses of equal length, as in a heading.
fn is_couplet(text: &str, left: &str, right: &str) -> bool {
    let (a, b) = (left.chars().count(), right.chars().count());
    a == b && a >= 4 && text.starts_with(left)
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
                ("完善老街 设施，让居民满意。", " "),
                ("完善老街　设施，让居民满意。", "　"),
                ("完善老街\u{a0}设施，让居民满意。", "\u{a0}"),
                ("完善老街   设施，让居民满意。", "   "),
                ("让居民满 意，这是目标。", " "),
                ("推动街 区更新，再看效果。", " "),
                ("一是修路，二是修 桥梁。", " "),
                ("他说：完善老街 设施。", " "),
            ],
            &[
                "完善老街设施，让居民满意。",
                "一 总体要求，二 具体安排。",
                "第三条 居民可以提出意见，街道应当答复。",
                "完善街区设施 提升居民生活。先修路，再修桥。",
                "到会的有：于 博，还有别人。",
                "白日依山尽 黄河入海流",
                "张三丰 李四光 王五六 赵七八 到会。",
                "推广 AI 应用，建设 5G 基站。",
                "题目是“完善街区 留住居民”，写得好。",
                "见《老街 新城》一书，写得好。",
                "第三条之一 居民可以提出意见，街道应当答复。",
                "2026年1月7日 市政协第二次会议通过，即日施行。",
                "　　段首缩进，不算。",
                "春江潮水连海平 海上明月共潮生 滟滟随波千万里，何处春江无月明",
            ],
        );
    }

    #[test]
    fn the_blank_goes() {
        assert_eq!(mended(&RULE, "完善老街 设施，让居民满意。", false), "完善老街设施，让居民满意。");
    }
}

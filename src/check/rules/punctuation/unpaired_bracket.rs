//! 括号、书名号不成对。
//!
//! 为什么：缺了一半，读者不知道注释或书名到哪里为止。`1）`、`a)` 这样的序号、表情符号、数学区间 `[0,1)` 不算；
//! 一个全角一个半角也算成对。
//!
//! 例：
//!
//! ```text
//! 完善老街（含南街设施，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 完善老街（含南街）设施，让居民得实惠。
//! ```
//!
//! 修改：没有。另一半该在哪里，要人来定。
//!
//! 依据：GB/T 15834-2011，4.9（括号）、4.15（书名号）。
//! ---
//! A bracket or title mark without its other half.
//!
//! Why: with one half lost nobody can tell where the note or the title ends. Numbers such as `1）` and `a)`,
//! emoticons and intervals such as `[0,1)` are left alone; one full-width and one half-width bracket count
//! as a pair.
//!
//! Example:
//!
//! ```text
//! 完善老街（含南街设施，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 完善老街（含南街）设施，让居民得实惠。
//! ```
//!
//! Fix: none; where the other half belongs is for a person to say.
//!
//! Source: GB/T 15834-2011, 4.9 (brackets) and 4.15 (title marks).

use crate::check::finding::Findings;
use crate::check::rules::punctuation::pairs::Mark;
use crate::check::rules::scan::{before, is_han, is_numeral, marks};
use crate::check::{Passage, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "punctuation/unpaired-bracket",
    severity: Severity::Warning,
    on: true,
    file: include_str!("unpaired_bracket.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    // A note in brackets of several paragraphs: its start, waiting for its end.
    let mut note: Option<(&Passage, Mark)> = None;
    for passage in &subject.passages {
        let text = passage.text.as_str();
        let (mut open, mut close) = unmatched(text);
        if (!open.is_empty() || !close.is_empty()) && !text.chars().any(is_han) {
            continue;
        }
        if is_interval(&open, &close) {
            continue;
        }
        open.retain(|m| !is_face(text, m.at));
        close.retain(|m| !is_face(text, m.at) && !is_number(text, m.at));
        if let Some((_, mark)) = note
            && passage.kind == PassageKind::Paragraph
            && close.last().is_some_and(|c| is_round(c.c) && is_last(text, c) && is_round(mark.c))
        {
            close.pop();
            note = None;
        }
        for mark in &close {
            push(passage, *mark, Say::new("unpaired-bracket-start").with("mark", mark.c), findings);
        }
        for mark in open {
            let starts_note = mark.at == 0 && is_round(mark.c) && passage.kind == PassageKind::Paragraph;
            if starts_note && note.is_none() {
                note = Some((passage, mark));
            } else {
                lost_end(passage, mark, findings);
            }
        }
        if let Some((opened, mark)) = note
            && opened.speech != passage.speech
        {
            lost_end(opened, mark, findings);
            note = None;
        }
    }
    if let Some((opened, mark)) = note {
        lost_end(opened, mark, findings);
    }
}

/// How many kinds there are.
const KINDS: usize = 7;

/// The kind of a mark and whether it opens.
fn kind_of(c: char) -> Option<(usize, bool)> {
    Some(match c {
        '（' | '(' => (0, true),
        '）' | ')' => (0, false),
        '《' => (1, true),
        '》' => (1, false),
        '〈' => (2, true),
        '〉' => (2, false),
        '【' => (3, true),
        '】' => (3, false),
        '〔' | '﹝' => (4, true),
        '〕' | '﹞' => (4, false),
        '[' | '［' => (5, true),
        ']' | '］' => (5, false),
        '{' | '｛' => (6, true),
        '}' | '｝' => (6, false),
        _ => return None,
    })
}

/// Marks without their other half. Each kind is matched by itself: （《甲）》 crosses, and loses nothing.
fn unmatched(text: &str) -> (Vec<Mark>, Vec<Mark>) {
    let mut stacks: [Vec<Mark>; KINDS] = Default::default();
    let mut close = Vec::new();
    for (at, c) in marks(text) {
        let Some((kind, opens)) = kind_of(c) else { continue };
        let Some(stack) = stacks.get_mut(kind) else { continue };
        if opens {
            stack.push(Mark { at, c });
        } else if stack.pop().is_none() {
            close.push(Mark { at, c });
        }
    }
    (stacks.concat(), close)
}

fn is_round(c: char) -> bool {
    matches!(c, '（' | '(' | '）' | ')')
}

/// Whether nothing but marks follows.
fn is_last(text: &str, mark: &Mark) -> bool {
    text.get(mark.at + mark.c.len_utf8()..).is_some_and(|rest| rest.chars().all(|c| !c.is_alphanumeric()))
}

/// :) ;-( and the like.
fn is_face(text: &str, at: usize) -> bool {
    matches!(before(text, at), Some(':' | ';' | '-' | '^' | '=' | '：' | '；'))
}

/// 其中1) a） 一）: what numbers a clause.
fn is_number(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let is_sign = |c: char| c.is_ascii_alphanumeric() || is_numeral(c);
    let label = head.chars().rev().take_while(|c| is_sign(*c)).count();
    let ahead = head.chars().rev().nth(label);
    let is_arabic = before(text, at).is_some_and(|c| c.is_ascii_digit());
    (1..=3).contains(&label) && (is_arabic || ahead.is_none_or(|c| !c.is_alphanumeric() || c.is_whitespace()))
}

/// [0,1) and (0,1]: half-open on purpose.
fn is_interval(open: &[Mark], close: &[Mark]) -> bool {
    matches!((open, close), ([a], [b]) if a.at < b.at
        && (a.c == '[' && is_round(b.c) || is_round(a.c) && b.c == ']'))
}

fn lost_end(passage: &Passage, mark: Mark, findings: &mut Findings) {
    push(passage, mark, Say::new("unpaired-bracket-end").with("mark", mark.c), findings);
}

fn push(passage: &Passage, mark: Mark, say: Say, findings: &mut Findings) {
    findings.push(passage.span(mark.at..mark.at + mark.c.len_utf8()), say);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::holds;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("完善老街（含南街设施。", "（"),
                ("完善老街含南街）设施。", "）"),
                ("落实《老街保护条例的规定。", "《"),
                ("落实老街保护条例》的规定。", "》"),
                ("按照〔2026号文件办。", "〔"),
                ("见【说明一节。", "【"),
                ("见说明】一节。", "】"),
                ("落实《关于修订〈条例的通知》。", "〈"),
                ("完善老街(含南街设施。", "("),
                ("（编者按：要修。\n\n老街要管。", "（"),
                ("修路（含人行道）、修桥（含引桥。", "（"),
            ],
            &[
                "完善老街（含南街）设施，落实《老街保护条例》。",
                "按照〔2026〕1号文件和【说明】办。",
                "落实《关于修订〈老街保护条例〉的通知》。",
                "其中1）修路；2）修桥；a）种树。",
                "一）总体要求。",
                "完善老街（含南街)设施。",
                "居民说很满意:) 老街在笑 ;-)",
                "取值在[0,1)之间的老街指数。",
                "（编者按：要修。\n\n要管。）",
                "（1）修路；（2）修桥。",
                "集合{甲，乙}与[丙]。",
            ],
        );
    }
}

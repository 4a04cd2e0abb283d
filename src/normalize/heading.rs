//! Headings: their number, and the clauses that may stand on lines of their own.

use std::ops::Range;

use crate::normalize::flat::{Flat, Glyph};
use crate::normalize::{Context, Reason, chars, prose};
use crate::tree::{Heading, Inline, Numbering, Span, SubHeading};

/// A speech's heading.
pub(super) fn heading(inlines: &[Inline], span: Option<Span>, context: &mut Context<'_>) -> Heading {
    let mut flat = Flat::of(inlines);
    let span = prose::trim(&mut flat, span, context);
    let number = take_number(&mut flat);
    // Where lines were cut at blanks, a line end says no more than a blank.
    let file = flat.glyphs.iter().find_map(|g| g.source()).map(|(file, _, _)| file);
    let clauses = part_clauses(&mut flat, context.wrapping(file).at_blanks);
    flat.commit(context);
    let mut heading = Heading::of_clauses(clauses);
    heading.inlines = flat.rebuild(inlines);
    heading.number = number;
    heading.span = span;
    heading
}

/// Whether a heading has several clauses.
pub(super) fn has_clauses(inlines: &[Inline]) -> bool {
    let mut flat = Flat::of(inlines);
    take_number(&mut flat);
    part_clauses(&mut flat, false).len() > 1
}

/// Whether a heading goes on in the next line: a connecting word ends its first, or it opens with 关于
/// and what it is stands below.
pub(super) fn breaks_off(above: &str, below: &str) -> bool {
    const ENDINGS: &[&str] = &["建议", "意见", "报告", "思考", "对策", "提案", "发言", "调研", "探讨"];
    let bare = number(above).map_or(above, |(label, _)| above[label.len()..].trim_start());
    let is_open = bare.starts_with("关于") && !ENDINGS.iter().any(|e| bare.ends_with(e));
    let closes = ENDINGS.iter().any(|e| below.ends_with(e)) && number(below).is_none();
    above.ends_with(['的', '和', '与', '及', '暨', '、']) || is_open && closes
}

/// A heading inside a speech; `level` counts from the speech's own.
pub(super) fn sub_heading(
    level: u8,
    inlines: &[Inline],
    span: Option<Span>,
    context: &mut Context<'_>,
) -> (SubHeading, Option<Span>) {
    let mut flat = Flat::of(inlines);
    prose::join_lines(&mut flat, prose::Place::Heading, context);
    let span = prose::trim(&mut flat, span, context);
    let number = take_number(&mut flat);
    flat.commit(context);
    (SubHeading::new(level, number, flat.rebuild(inlines)), span)
}

/// Takes a number and its mark off the front: `一、` `（一）` `1.` `1、` `（1）` `①`.
fn take_number(flat: &mut Flat) -> Option<Numbering> {
    let text = flat.text();
    let (label, value) = number(&text)?;
    let length = label.chars().count();
    let after = (length..flat.glyphs.len()).take_while(|k| flat.glyphs[*k].c.is_whitespace()).count();
    if length + after == flat.glyphs.len() {
        return None;
    }
    if after > 0 {
        let bytes = flat.bytes(length..length + after);
        flat.collapse(length..length + after, None, bytes, Reason::Spacing);
    }
    flat.drop(0..length);
    Some(Numbering::new(label, value))
}

/// The label and value of a number that opens `text`.
pub(crate) fn number(text: &str) -> Option<(&str, &str)> {
    let is_zh = |c: char| {
        matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
    };
    let run = |text: &str, is: &dyn Fn(char) -> bool| {
        text.char_indices().find(|(_, c)| !is(*c)).map_or(text.len(), |(at, _)| at)
    };
    let digits = |c: char| c.is_ascii_digit();
    let first = text.chars().next()?;
    if matches!(first, '①'..='⑳') {
        let label = &text[..first.len_utf8()];
        return Some((label, label));
    }
    if matches!(first, '（' | '(') {
        let inner = &text[first.len_utf8()..];
        let length = run(inner, &is_zh).max(run(inner, &digits));
        let close = inner[length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        if length == 0 || inner[..length].chars().count() > 3 {
            return None;
        }
        return Some((&text[..first.len_utf8() + length + close.len_utf8()], &inner[..length]));
    }
    // 篇一：题目
    if let Some(rest) = text.strip_prefix('篇') {
        let length = run(rest, &is_zh).max(run(rest, &digits));
        let mark = rest[length..].chars().next().filter(|c| matches!(c, '：' | ':' | '、'));
        let value = &rest[..length];
        let label = '篇'.len_utf8() + length;
        return mark.filter(|_| length > 0).map(|mark| (&text[..label + mark.len_utf8()], value));
    }
    // 之一, with the heading on the next line.
    if let Some(rest) = text.strip_prefix('之') {
        let length = run(rest, &is_zh);
        let ends = rest[length..].chars().next().is_none_or(char::is_whitespace);
        return (length > 0 && ends).then(|| (&text[..'之'.len_utf8() + length], &rest[..length]));
    }
    let length = run(text, &is_zh);
    if length > 0 {
        let rest = &text[length..];
        return rest.starts_with('、').then(|| (&text[..length + '、'.len_utf8()], &text[..length]));
    }
    let length = run(text, &digits);
    let mark = text[length..].chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let follows_digit = text[length + mark.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
    ((1..=3).contains(&length) && !follows_digit)
        .then(|| (&text[..length + mark.len_utf8()], &text[..length]))
}

/// Parts the clauses: a line end always parts, a run of blanks where it is not the custom of
/// setting Latin words and numbers off. Each border becomes one blank.
fn part_clauses(flat: &mut Flat, at_blanks: bool) -> Vec<String> {
    close_spaced_words(flat);
    let has_han = flat.glyphs.iter().any(|g| chars::is_han(g.c));
    let mut borders = Vec::new();
    let mut k = 0;
    while k < flat.glyphs.len() {
        let length = (k..flat.glyphs.len()).take_while(|k| flat.glyphs[*k].c.is_whitespace()).count();
        if length == 0 {
            k += 1;
            continue;
        }
        let has_line_end = (k..k + length).any(|k| flat.is_break(k) || flat.is_soft(k));
        let bytes = flat.bytes(k..k + length);
        if has_line_end && is_cut(flat, k..k + length) {
            flat.collapse(k..k + length, None, bytes, Reason::SoftWrap);
            continue;
        }
        let parts = (k..k + length).any(|k| flat.is_break(k) || flat.is_soft(k) && !at_blanks);
        let is_border = parts || has_han && parts_clauses(flat, k, k + length);
        let is_one_blank = length == 1 && flat.glyphs[k].c == ' ';
        if !is_one_blank && (is_border || has_line_end) {
            flat.collapse(k..k + length, Some(' '), bytes, Reason::Spacing);
            k += 1;
        } else {
            k += length;
        }
        if is_border {
            borders.push(k);
        }
    }
    let mut clauses = Vec::new();
    if flat.glyphs.is_empty() {
        return clauses;
    }
    let mut from = 0;
    for to in borders.into_iter().chain([flat.glyphs.len() + 1]) {
        clauses.push(flat.glyphs[from..to - 1].iter().map(|g| g.c).collect());
        from = to;
    }
    clauses
}

/// `调 研 报 告`: a word whose characters are set apart. Fewer than four might be clauses of one.
fn close_spaced_words(flat: &mut Flat) {
    let is_han = |flat: &Flat, k: usize| flat.glyphs.get(k).is_some_and(|g| chars::is_han(g.c));
    let is_single =
        |flat: &Flat, k: usize| is_han(flat, k) && !is_han(flat, k + 1) && (k == 0 || !is_han(flat, k - 1));
    let mut k = 0;
    while k < flat.glyphs.len() {
        let run = (k..flat.glyphs.len()).step_by(2).take_while(|k| is_single(flat, *k));
        let gap =
            |k: &usize| *k == 0 || flat.glyphs.get(k - 1).is_some_and(|g| g.c == ' ' || g.c == '\u{3000}');
        let count = run.enumerate().take_while(|(n, at)| *n == 0 || gap(at)).count();
        if count < 4 {
            k += 1;
            continue;
        }
        for n in (1..count).rev() {
            let at = k + 2 * n - 1;
            let bytes = flat.bytes(at..at + 1);
            flat.collapse(at..at + 1, None, bytes, Reason::Spacing);
        }
        k += count;
    }
}

/// Whether a line end only cuts a clause in two.
fn is_cut(flat: &Flat, gap: Range<usize>) -> bool {
    let line = |glyphs: &[Glyph], from_end: bool| -> String {
        let mut chars: Vec<char> = match from_end {
            true => glyphs.iter().rev().map(|g| g.c).take_while(|c| *c != '\n').collect(),
            false => glyphs.iter().map(|g| g.c).take_while(|c| *c != '\n').collect(),
        };
        if from_end {
            chars.reverse();
        }
        chars.into_iter().collect()
    };
    breaks_off(&line(&flat.glyphs[..gap.start], true), &line(&flat.glyphs[gap.end..], false))
}

/// Whether blanks between two characters part clauses. `推进 AI 赋能` has a blank on both sides of
/// the Latin word; in `落实规划 2026年开局` the number is set off on one side only, so it does.
fn parts_clauses(flat: &Flat, start: usize, end: usize) -> bool {
    let is_western = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '%' | '-');
    let (Some(left), Some(right)) = (start.checked_sub(1).map(|k| flat.glyphs[k].c), flat.glyphs.get(end))
    else {
        return false;
    };
    let right = right.c;
    match (is_western(left), is_western(right)) {
        (false, false) => true,
        (true, true) => false,
        (false, true) => {
            let word_end = (end..flat.glyphs.len()).find(|k| !is_western(flat.glyphs[*k].c));
            word_end.is_some_and(|k| !flat.glyphs[k].c.is_whitespace())
        }
        (true, false) => {
            let word_start = (0..start).rev().find(|k| !is_western(flat.glyphs[*k].c));
            word_start.is_some_and(|k| !flat.glyphs[k].c.is_whitespace())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Heading {
        let mut context = Context::default();
        heading(&[Inline::text(text)], None, &mut context)
    }

    #[test]
    fn clauses() {
        for (text, expected) in [
            ("推进创新 打造高地", &["推进创新", "打造高地"][..]),
            ("推进创新　　打造高地", &["推进创新", "打造高地"]),
            ("推进 AI 赋能", &["推进 AI 赋能"]),
            ("推进 AI 赋能 打造高地", &["推进 AI 赋能", "打造高地"]),
            ("推动“AI+”升级 助力“网谷”", &["推动“AI+”升级", "助力“网谷”"]),
            ("落实规划 2026年开局", &["落实规划", "2026年开局"]),
            ("发展5G 服务民生", &["发展5G", "服务民生"]),
            ("一句话", &["一句话"]),
            ("Open the door", &["Open the door"]),
            ("甲 乙 丙", &["甲", "乙", "丙"]),
            ("推进创新\n打造高地", &["推进创新", "打造高地"]),
            ("关于河道的\n调 研 报 告", &["关于河道的调研报告"]),
            ("关于推进乡村医生\n乡聘村用的建议", &["关于推进乡村医生乡聘村用的建议"]),
            ("在全市工作会议上的\n发言", &["在全市工作会议上的发言"]),
            ("关于办好食堂的建议\n——以东门为例", &["关于办好食堂的建议", "——以东门为例"]),
        ] {
            let found = of(text);
            assert_eq!(found.clauses, expected, "{text}");
            assert_eq!(crate::tree::plain_text(&found.inlines), found.text, "{text}");
        }
    }

    #[test]
    fn numbers() {
        for (text, label, value) in [
            ("一、总体要求", "一、", "一"),
            ("（十二）加强领导", "（十二）", "十二"),
            ("1. 目标", "1.", "1"),
            ("2．目标", "2．", "2"),
            ("（3）目标", "（3）", "3"),
            ("①目标", "①", "①"),
            ("之二\n目标", "之二", "二"),
        ] {
            let found = of(text);
            let number = found.number.unwrap();
            assert_eq!((number.label.as_str(), number.value.as_str()), (label, value));
        }
        for text in ["2.0时代", "2026年计划", "十五五规划", "一", "1.", "三农工作"] {
            assert_eq!(of(text).number, None, "{text}");
        }
    }
}

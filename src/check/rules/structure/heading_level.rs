//! 标题级别跳级、不一致，或标题下面什么也没有。
//!
//! 为什么：级别决定字体、目录和编号层次。发言里的小标题从一级直接到三级，同一文件里各篇发言的标题级别不同，小标题后面紧跟着同级或更高的标题，都会印错。一篇发言里的小标题大多没有正文（提纲式写法）时不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! #### 一、家底
//!
//! 全市排口已经编号。
//!
//! ###### （一）干流
//!
//! 水质稳定。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! #### 一、家底
//!
//! 全市排口已经编号。
//!
//! ##### （一）干流
//!
//! 水质稳定。
//! ```
//!
//! 修改：不自动改。
//!
//! 依据：GB/T 9704-2012 7.3.3（结构层次序数依次为“一、”“（一）”“1.”“（1）”）。
//! ---
//! Levels of headings that jump or differ, or a heading with nothing under it.
//!
//! Why: the level decides face, contents and numbering. Sub-headings that go from the first level to the third,
//! speeches of one file at different levels, a sub-heading with another of the same or a higher level right behind it
//! are printed wrong. Speeches written as an outline, where most sub-headings have no text, are left alone.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! #### 一、家底
//!
//! 全市排口已经编号。
//!
//! ###### （一）干流
//!
//! 水质稳定。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! #### 一、家底
//!
//! 全市排口已经编号。
//!
//! ##### （一）干流
//!
//! 水质稳定。
//! ```
//!
//! Fix: none.
//!
//! Source: GB/T 9704-2012, 7.3.3.

use std::collections::BTreeMap;

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;
use crate::normalize::names_speaker;
use crate::tree::{Block, BlockKind, FileId, Span, SubHeading};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/heading-level",
    severity: Severity::Warning,
    on: true,
    file: include_str!("heading_level.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for speech in &subject.tree.speeches {
        inside(&speech.body, findings);
    }
    between(subject, findings);
}

/// The sub-headings of one speech.
fn inside(body: &[Block], findings: &mut Findings) {
    let headings: Vec<(usize, &SubHeading)> =
        body.iter().enumerate().filter_map(|(k, b)| Some((k, as_heading(b)?))).collect();
    let is_bare = |k: usize, level: u8| match body.get(k + 1) {
        None => true,
        Some(next) => match &next.kind {
            BlockKind::Heading(h) => h.level <= level,
            BlockKind::Note(_) => body[k + 1..].iter().all(|b| matches!(b.kind, BlockKind::Note(_))),
            _ => false,
        },
    };
    let bare = headings.iter().filter(|(k, h)| is_bare(*k, h.level)).count();
    // A speech of headings only is written as an outline.
    let is_outline = bare > 1 && bare * 2 > headings.len();
    let mut before = 0;
    for (k, heading) in headings {
        let block = &body[k];
        let named = || block.text();
        let is_speech =
            body.get(k + 1).is_some_and(|next| next.text().chars().count() > 4 && names_speaker(next));
        if is_speech {
            findings.push(block.span, Say::new("check-heading-hides-speech").with("heading", named()));
        } else if before == 0 && heading.level > 1 {
            let level = heading.level.into();
            findings.push(
                block.span,
                Say::new("check-heading-starts-low").with("heading", named()).count("level", level),
            );
        } else if heading.level > before + 1 {
            let say = Say::new("check-heading-jump")
                .with("heading", named())
                .count("from", before.into())
                .count("to", heading.level.into());
            findings.push(block.span, say);
        } else if is_bare(k, heading.level) && !is_outline {
            findings.push(block.span, Say::new("check-heading-bare").with("heading", named()));
        }
        before = heading.level;
    }
}

fn as_heading(block: &Block) -> Option<&SubHeading> {
    match &block.kind {
        BlockKind::Heading(h) => Some(h),
        _ => None,
    }
}

/// Speeches of one file that stand at another level than most.
fn between(subject: &Subject<'_>, findings: &mut Findings) {
    let mut files: BTreeMap<FileId, Vec<(usize, Span, &str)>> = BTreeMap::new();
    for speech in subject.tree.speeches.iter().filter(|s| !s.speakers.is_empty()) {
        let Some(span) = speech.heading.span else { continue };
        if let Some(level) = subject.text(span.file).and_then(|text| written_level(text, span)) {
            files.entry(span.file).or_default().push((level, span, &speech.heading.text));
        }
    }
    for speeches in files.into_values() {
        let count = |level: usize| speeches.iter().filter(|(l, ..)| *l == level).count();
        let common = (1..=6).max_by_key(|level| count(*level)).unwrap_or(1);
        if count(common) < 2 || count(common) * 2 <= speeches.len() {
            continue;
        }
        for (level, span, heading) in speeches.iter().filter(|(l, ..)| *l != common) {
            let say = Say::new("check-heading-differs")
                .with("heading", heading)
                .count("level", *level)
                .count("common", common);
            findings.push(Some(*span), say);
        }
    }
}

/// How many `#` stand before a heading.
fn written_level(text: &str, span: Span) -> Option<usize> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?;
    let level = line.trim_start_matches(' ').chars().take_while(|c| *c == '#').count();
    (1..=6).contains(&level).then_some(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn speech(body: &str) -> String {
        format!(
            "# 建言新城\n\n### 甲事\n\n林颂 市政协委员\n\n{body}\n\n### 乙事\n\n于博 市政协委员\n\n办。\n"
        )
    }

    #[test]
    fn levels_inside_a_speech() {
        for (body, place) in [
            ("#### 一、上\n\n话。\n\n###### 1.下\n\n话。", "1.下"),
            ("##### （一）上\n\n话。", "（一）上"),
            ("#### 一、上\n\n#### 二、下\n\n话。", "一、上"),
            ("#### 一、上\n\n话。\n\n#### 二、下", "二、下"),
            ("#### 一、上\n\n##### （一）小\n\n#### 二、下\n\n话。", "（一）小"),
            ("话。\n\n###### 小\n\n话。", "小"),
            ("#### 丙事\n\n沈怀瑾 市政协委员，市水文中心主任\n\n话。", "丙事"),
        ] {
            assert_eq!(found(&RULE, &speech(body)), [place], "{body}");
        }
        for body in [
            "话。",
            "#### 一、上\n\n话。\n\n#### 二、下\n\n话。",
            "#### 一、上\n\n##### （一）小\n\n话。\n\n#### 二、下\n\n话。",
            "#### 一、上\n\n##### （一）小\n\n###### 1.点\n\n话。\n\n#### 二、下\n\n话。",
            "#### 一、上\n\n#### 二、中\n\n#### 三、下",
            "#### 一、上\n\n| 甲 |\n|---|\n| 1 |\n\n#### 二、下\n\n话。",
            "> #### 引\n\n话。",
            "#### 一、上\n\n- 话\n\n#### 二、下\n\n话。",
        ] {
            assert_eq!(found(&RULE, &speech(body)), [""; 0], "{body}");
        }
    }

    #[test]
    fn levels_of_speeches() {
        let one = |level: &str, title: &str, who: &str| format!("{level} {title}\n\n{who}\n\n办。\n\n");
        let three = |level: &str| {
            let who = ["林颂 市政协委员", "于博 市政协委员", "沈怀瑾 市政协委员"];
            let (a, b, c) =
                (one("###", "甲事", who[0]), one(level, "乙事", who[1]), one("###", "丙事", who[2]));
            format!("# 建言新城\n\n{a}{b}{c}")
        };
        assert_eq!(found(&RULE, &three("##")), ["乙事"]);
        assert_eq!(found(&RULE, &three("####")), ["乙事"]);
        assert_eq!(found(&RULE, &three("###")), [""; 0]);
    }
}

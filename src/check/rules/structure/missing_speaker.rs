//! 一篇发言没有发言人。
//!
//! 为什么：书里大多数发言都有发言人，只有它没有，多半是漏了一行；或者标题下那一行本是发言人，写法没有认出来，会被当成正文印出去。结束语、编后之类本来没有发言人的，不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//!
//! ### 守好一江清水
//!
//! 给每个排口编上号。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//! ```
//!
//! 修改：不自动改。补上“姓名 职务”一行，或把那一行改成这种写法。
//!
//! 依据：校对惯例；发言汇编的体例（每篇发言署名）。
//! ---
//! A speech without a speaker.
//!
//! Why: most speeches of the book name one and this does not, so a line was likely lost; or the line under
//! the heading was meant as the speaker's, could not be read as one and would be printed as text. Closing words
//! and the like, which nobody signs, are left alone.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//!
//! ### 守好一江清水
//!
//! 给每个排口编上号。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//! ```
//!
//! Fix: none. Put in the line `name roles`, or write the line that is there in this form.
//!
//! Source: proof-readers' practice; in such books every speech is signed.

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;
use crate::normalize::is_role;
use crate::tree::{Block, BlockKind, Speech};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/missing-speaker",
    severity: Severity::Warning,
    on: true,
    file: include_str!("missing_speaker.rs"),
    check,
};

/// Headings of what nobody signs.
const UNSIGNED: &[&str] = &[
    "结束语",
    "结语",
    "小结",
    "编后",
    "编者",
    "后记",
    "附件",
    "附录",
    "附：",
    "目录",
    "名单",
    "主持",
    "闭幕",
    "开幕",
    "前言",
    "说明",
    "凡例",
    "花絮",
    "综述",
    "侧记",
    "致辞",
    "讲话",
    "总结",
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let speeches = &subject.tree.speeches;
    let named = speeches.iter().filter(|s| !s.speakers.is_empty()).count();
    let most_are_named = named > 1 && named * 2 > speeches.len();
    for speech in speeches.iter().filter(|s| s.speakers.is_empty()) {
        let first = speech.body.first();
        if let Some(block) = first.filter(|b| looks_like_speaker(b)) {
            let say = Say::new("check-speaker-unread").with("line", block.text());
            findings.push(block.span, say).help(Say::new("check-speaker-unread-help"));
        } else if most_are_named && first.is_some() && !is_unsigned(speech) {
            let say = Say::new("check-missing-speaker").with("heading", &speech.heading.text);
            findings.push(speech.heading.span, say).help(Say::new("check-missing-speaker-help"));
        }
    }
}

fn is_unsigned(speech: &Speech) -> bool {
    let heading = &speech.heading.text;
    heading.trim().is_empty() || heading.chars().count() <= 12 && UNSIGNED.iter().any(|w| heading.contains(w))
}

/// A short line of offices, without a sentence in it.
fn looks_like_speaker(block: &Block) -> bool {
    const OFFICES: &[&str] = &[
        "委员",
        "常委",
        "主席",
        "主委",
        "主任",
        "院长",
        "校长",
        "董事长",
        "教授",
        "会长",
        "书记",
        "经理",
        "研究员",
        "工程师",
        "律师",
        "医师",
        "局长",
        "所长",
        "馆长",
        "社长",
    ];
    let BlockKind::Paragraph(_) = block.kind else { return false };
    let text = block.text();
    let text = text.trim();
    let is_sentence = text.contains(['。', '！', '？', '；', '\n']) || text.ends_with(['：', ':', '，']);
    let is_greeting = ["各位", "尊敬", "同志们", "大家"].iter().any(|w| text.contains(w));
    if is_sentence || is_greeting || text.chars().count() > 80 {
        return false;
    }
    let mut parts =
        text.split(['，', ',', '、', ' ', '\u{3000}', '（', '）', '：', ':']).filter(|p| !p.is_empty());
    let first = parts.next().unwrap_or_default();
    let is_office = |part: &str| is_role(part) && OFFICES.iter().any(|o| part.ends_with(o));
    first.chars().count() <= 20
        && parts.all(|p| p.chars().count() <= 30)
        && text
            .split(['，', ',', '、', ' ', '\u{3000}', '（', '）', '：', ':'])
            .filter(|p| !p.is_empty())
            .skip(1)
            .any(is_office)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    const TWO: &str = "# 建言新城\n\n### 甲事要办好\n\n林颂 市政协委员\n\n先办。\n\n### 乙事要办好\n\n于博 市政协委员\n\n再办。\n\n";

    #[test]
    fn a_speech_nobody_signs() {
        for (rest, place) in [
            ("### 丙事要办好\n\n后办。\n", "丙事要办好"),
            ("### 丙事要办好\n\n后办。\n\n还要办。\n", "丙事要办好"),
            ("### 一、丙事要办好\n\n后办。\n", "一、丙事要办好"),
            ("### 丙事要办好\n\n各位委员：\n\n后办。\n", "丙事要办好"),
            ("### 丙事要办好\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", "丙事要办好"),
            ("### 丙事要办好\n\n1号林颂颂 市政协委员\n\n后办。\n", "1号林颂颂 市政协委员"),
            (
                "### 丙事要办好\n\n【林颂】 市政协委员，江城大学教授\n\n后办。\n",
                "【林颂】 市政协委员，江城大学教授",
            ),
            ("### 丙事要办好\n\n*\\*\\* 市政协常委\n\n后办。\n", "*\\*\\* 市政协常委"),
        ] {
            assert_eq!(found(&RULE, &format!("{TWO}{rest}")), [place], "{rest}");
        }
    }

    #[test]
    fn what_needs_no_signature() {
        for rest in [
            "",
            "### 丙事要办好\n\n沈怀瑾 市政协委员\n\n后办。\n",
            "### 丙事要办好\n\n市工商联\n\n后办。\n",
            "### 丙事要办好\n\n林颂、于博 市政协委员\n\n后办。\n",
            "### 结束语\n\n谢谢各位。\n",
            "### 编后\n\n谢谢各位。\n",
            "## 主持人小结\n\n谢谢各位。\n",
            "### 附：发言人名单\n\n林颂、于博。\n",
        ] {
            assert_eq!(found(&RULE, &format!("{TWO}{rest}")), [""; 0], "{rest}");
        }
        // A book whose speeches are not signed at all.
        let text = "# 建言新城\n\n### 甲事\n\n先办。\n\n### 乙事\n\n再办。\n\n### 丙事\n\n于博 市政协委员\n\n再办。\n";
        assert_eq!(found(&RULE, text), [""; 0]);
    }
}

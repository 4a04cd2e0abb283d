//! 有标题、没有正文的发言。
//!
//! 为什么：多半是正文漏贴了，或者标题的级别用错，把小标题写成了发言的标题。只有表格、图片也算有正文。
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
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
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
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! 修改：不自动改。
//!
//! 依据：校对惯例。
//! ---
//! A speech with a heading and no words.
//!
//! Why: the text was likely not pasted, or a sub-heading was written at the level of speeches. A table or a
//! picture counts as text.
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
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
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
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! Fix: none.
//!
//! Source: proof-readers' practice.

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::BlockKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/empty-speech",
    severity: Severity::Warning,
    on: true,
    file: include_str!("empty_speech.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for speech in &subject.tree.speeches {
        let is_word = |kind: &BlockKind| !matches!(kind, BlockKind::Note(_));
        if speech.body.iter().any(|b| is_word(&b.kind)) {
            continue;
        }
        let say = Say::new("check-empty-speech").with("heading", &speech.heading.text);
        findings.push(speech.heading.span.or(speech.span), say).help(Say::new("check-empty-speech-help"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    const ONE: &str = "# 建言新城\n\n### 甲事要办好\n\n林颂 市政协委员\n\n先办。\n\n";

    #[test]
    fn a_heading_without_words() {
        for (rest, place) in [
            ("### 乙事\n\n于博 市政协委员\n\n### 丙事\n\n沈怀瑾 市政协委员\n\n办。\n", "乙事"),
            ("### 乙事\n\n于博 市政协委员\n", "乙事"),
            ("### 乙事\n", "乙事"),
            ("### 乙事\n\n### 丙事\n\n沈怀瑾 市政协委员\n\n办。\n", "乙事"),
            ("### 乙事[^1]\n\n于博 市政协委员\n\n[^1]: 说明。\n", "乙事"),
            ("### 乙事\n\n于博 市政协委员\n\n## 第二单元\n\n### 丙事\n\n沈怀瑾 市政协委员\n\n办。\n", "乙事"),
            ("## 结束语\n", "结束语"),
            ("### 乙事\n\n林颂、于博 市政协委员\n", "乙事"),
        ] {
            let found = found(&RULE, &format!("{ONE}{rest}"));
            assert_eq!(found.len(), 1, "{rest}");
            assert!(found[0].starts_with(place), "{rest}: {found:?}");
        }
    }

    #[test]
    fn little_is_enough() {
        for rest in [
            "",
            "### 乙事\n\n于博 市政协委员\n\n略。\n",
            "### 乙事\n\n办。\n",
            "### 乙事\n\n于博 市政协委员\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
            "### 乙事\n\n于博 市政协委员\n\n![图](a.png)\n",
            "### 乙事\n\n于博 市政协委员\n\n- 办\n",
            "### 乙事\n\n于博 市政协委员\n\n> 办。\n",
            "### 乙事\n\n于博 市政协委员\n\n#### 一、小题\n\n办。\n",
            "## 第二单元\n\n### 乙事\n\n于博 市政协委员\n\n办。\n",
        ] {
            assert_eq!(found(&RULE, &format!("{ONE}{rest}")), [""; 0], "{rest}");
        }
    }
}

//! The Word file holds the tree's text, every character of it in order, each paragraph one of its own, in the text
//! and in the notes, and nothing else. Revisions count as accepted. What is hidden (`vanish`, white or tiny letters)
//! is told as well; the contents are compared by a rule of their own.

use crate::messages::Say;
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Measure, Measured, Rule, Word};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "text/parity-docx",
    source: "jianbao: an output holds exactly the tree's text",
    measure: Measure::Word(measure),
};

fn measure(subject: &Word<'_>) -> Measured {
    let both = [&subject.compared, &subject.notes];
    let hidden = subject.said.hidden.iter().chain(&subject.hidden_in_notes).map(|(place, text)| {
        Finding::of(Say::new("verify-text-hidden").with("text", short(text))).in_file(Some(place.clone()))
    });
    let findings: Vec<Finding> = both.iter().flat_map(|c| c.findings.iter().cloned()).chain(hidden).collect();
    let total: usize = both.iter().map(|c| c.total).sum();
    let right: usize = both.iter().map(|c| c.right).sum();
    let figure = Say::new("verify-parity-figure").with("right", grouped(right)).with("total", grouped(total));
    Measured { ok: findings.is_empty() && total > 0, figure, findings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    fn finds(part: &str, from: &str, to: &str) -> Vec<(&'static str, Option<usize>)> {
        File::new().with(part, from, to).finds(&RULE)
    }

    #[test]
    fn one_character_changed_lost_or_added() {
        assert_eq!(finds("document", "电线", "电钱"), [("verify-text-changed", Some(6))]);
        assert_eq!(finds("document", "老城", "老域"), [("verify-text-changed", Some(1))]);
        assert_eq!(finds("document", "理顺，", ""), [("verify-text-lost", Some(6))]);
        assert_eq!(finds("document", "东门", "东门外"), [("verify-text-foreign", Some(8))]);
        assert_eq!(finds("footnotes", "规划", "规化"), [("verify-text-changed", Some(1))]);
        assert_eq!(finds("footnotes", "<w:t>见街道规划。</w:t>", ""), [("verify-text-missing", None)]);
        assert_eq!(finds("document", "理顺，", "理顺， "), [("verify-blank-added", Some(6))]);
        assert_eq!(
            finds(
                "document",
                "<w:r><w:t>老城",
                "<w:del><w:r><w:delText>新</w:delText></w:r></w:del><w:r><w:t>老城"
            ),
            []
        );
    }

    #[test]
    fn hidden_text_is_no_text() {
        for look in ["<w:vanish/>", "<w:color w:val=\"FFFFFF\"/>", "<w:sz w:val=\"2\"/>"] {
            let to = format!("<w:r><w:rPr>{look}</w:rPr><w:t>暗话</w:t></w:r><w:sectPr>");
            assert_eq!(finds("document", "<w:sectPr>", &to), [("verify-text-hidden", Some(8))], "{look}");
        }
        let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>明话</w:t></w:r><w:sectPr>";
        assert_eq!(finds("document", "<w:sectPr>", shown), [("verify-text-foreign", Some(8))]);
        let style = File::new().with(
            "styles",
            "<w:name w:val=\"总标题\"/>",
            "<w:name w:val=\"总标题\"/><w:rPr><w:vanish/></w:rPr>",
        );
        let found = style.finds(&RULE);
        assert!(found.iter().any(|f| f.0 == "verify-text-hidden"), "{found:?}");
    }
}

//! The e-book holds the tree's text, every character of it in the order it is read, each paragraph one of its
//! own, blanks between words where the source has them, and nothing else. Text that is there and not seen
//! (`hidden`, `display: none`, transparent letters) is told as well.
//!
//! Contents, index and page marks have rules of their own; marks of notes and the lines of the title page other
//! than title and meeting are furniture.

use crate::messages::Say;
use crate::verify::rules::{grouped, short};
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "text/parity-epub",
    source: "jianbao: an output holds exactly the tree's text",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let compared = &subject.compared;
    let hidden = subject.hidden.iter().map(|(place, text)| {
        Finding::of(Say::new("verify-text-hidden").with("text", short(text))).in_file(Some(place.clone()))
    });
    let findings: Vec<Finding> = compared.findings.iter().cloned().chain(hidden).collect();
    let figure = Say::new("verify-parity-figure");
    let figure = figure.with("right", grouped(compared.right)).with("total", grouped(compared.total));
    Measured { ok: findings.is_empty() && compared.total > 0, figure, findings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    fn finds(file: &str, from: &str, to: &str) -> Vec<(&'static str, String)> {
        Book::new().with(file, from, to).finds(&RULE)
    }

    #[test]
    fn one_character_changed_lost_added_or_moved() {
        let told = |id| vec![(id, "s01.xhtml".to_owned())];
        assert_eq!(finds("s01.xhtml", "电线", "电钱"), told("verify-text-changed"));
        assert_eq!(finds("s01.xhtml", "怀瑾", "怀谨"), told("verify-text-changed"));
        assert_eq!(finds("s01.xhtml", "先把", "先"), told("verify-text-lost"));
        assert_eq!(finds("s01.xhtml", "<p>见街道规划。</p>", ""), told("verify-text-missing"));
        assert_eq!(finds("s01.xhtml", "</figure>", "</figure><p>稿外的话</p>"), told("verify-text-foreign"));
        assert_eq!(finds("s01.xhtml", "理顺，", "理顺， "), told("verify-blank-added"));
        assert_eq!(finds("s01.xhtml", "修好 老街", "修好老街"), told("verify-blank-lost"));
        assert_eq!(finds("s01.xhtml", "理顺，", "理顺，</p><p>"), told("verify-text-parted"));
        assert_eq!(finds("title.xhtml", "老城", "老域"), [("verify-text-changed", "title.xhtml".to_owned())]);
        let order =
            Book::new().with("content.opf", "\"s1\"/><itemref idref=\"s2\"", "\"s2\"/><itemref idref=\"s1\"");
        assert!(!order.measure(&RULE).ok);
    }

    #[test]
    fn hidden_text_is_no_text() {
        let ids =
            |to: &str| -> Vec<&str> { finds("s01.xhtml", "</figure>", to).iter().map(|f| f.0).collect() };
        assert_eq!(ids("</figure><p hidden=\"hidden\">暗话</p>"), ["verify-text-hidden"]);
        assert_eq!(ids("</figure><p style=\"display: none\">暗话</p>"), ["verify-text-hidden"]);
        let book = Book::new().with("style.css", "p {", ".speaker { visibility: hidden }\np {");
        let found = book.finds(&RULE);
        assert!(found.iter().any(|f| f.0 == "verify-text-missing"), "{found:?}");
        assert!(found.iter().any(|f| f.0 == "verify-text-hidden"), "{found:?}");
        let print = Book::new().with("style.css", "p {", "@media print { p { display: none } }\np {");
        assert_eq!(print.finds(&RULE), []);
    }
}

//! Every document names its language on its root, the package names that of the book, and they are one.
//!
//! Without it a screen reader reads Chinese with the voice of the system, and a reader picks the shapes of hanzi
//! of another country.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/language",
    source: "WCAG 2.1, 3.1.1; EPUB 3.3, 5.5.3.1 (dc:language)",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let epub = subject.epub;
    let mut findings = Vec::new();
    let opf = &epub.opf;
    let of_book =
        opf.first("dc:language").map(|k| opf.xml.text(k).trim().to_owned()).filter(|l| !l.is_empty());
    if of_book.is_none() {
        findings.push(Finding::of(Say::new("verify-language-missing")).in_file(Some(Place::part(&opf.path))));
    }
    let mut right = 0;
    for document in &epub.documents {
        let Some(root) = document.xml.nodes.first() else { continue };
        let own = root.attribute("xml:lang").or(root.attribute("lang")).filter(|l| !l.trim().is_empty());
        let say = match (own, &of_book) {
            (None, _) => Say::new("verify-language-missing"),
            (Some(own), Some(wanted)) if primary(own) != primary(wanted) => {
                Say::new("verify-language-other").with("is", own).with("wanted", wanted)
            }
            _ => {
                right += 1;
                continue;
            }
        };
        findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, root.line))));
    }
    let figure =
        Say::new("verify-language-figure").count("right", right).count("documents", epub.documents.len());
    Measured::of(figure, findings)
}

/// `zh` of `zh-CN`.
fn primary(tag: &str) -> String {
    tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn documents_without_a_language() {
        let none = Book::new().with("s01.xhtml", "lang=\"zh-CN\" xml:lang=\"zh-CN\"", "");
        assert_eq!(none.finds(&RULE), [("verify-language-missing", "s01.xhtml".to_owned())]);
        let other = Book::new().with("s01.xhtml", "xml:lang=\"zh-CN\"", "xml:lang=\"ja\"");
        assert_eq!(other.finds(&RULE), [("verify-language-other", "s01.xhtml".to_owned())]);
        let book = Book::new().with("content.opf", "<dc:language>zh-CN</dc:language>", "");
        assert_eq!(book.finds(&RULE), [("verify-language-missing", "content.opf".to_owned())]);
        assert_eq!(Book::new().with("s01.xhtml", "xml:lang=\"zh-CN\"", "").finds(&RULE), []);
    }
}

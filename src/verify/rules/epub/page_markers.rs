//! The mark of a printed page is empty and named: it has an id to lead to and an `aria-label` that says its
//! number.
//!
//! KOReader hides what stands inside a mark, so that a word put there is lost (koreader/koreader #6894, the
//! question in w3c/epub-specs #1437); a number there is read aloud in the middle of a sentence (EPUB
//! Accessibility Techniques 1.1, PAGE-001). A mark without a name is a violation to Ace (daisy/ace #71).

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::rules::epub::page_list::marks;
use crate::verify::rules::short;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/page-markers",
    source: "EPUB Accessibility Techniques 1.1, page breaks; koreader/koreader #6894, w3c/epub-specs #1437",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let marks = marks(subject);
    let mut findings = Vec::new();
    let mut right = 0;
    for mark in &marks {
        let xml = &subject.epub.documents[mark.document].xml;
        let text = xml.text(mark.node);
        let say = if !text.trim().is_empty() {
            Say::new("verify-marker-text").with("text", short(text.trim()))
        } else if mark.label.trim().is_empty() || mark.id.is_empty() {
            Say::new("verify-marker-nameless")
        } else {
            right += 1;
            continue;
        };
        findings.push(Finding::of(say).in_file(Some(Place::line(mark.path, mark.line))));
    }
    let figure = Say::new("verify-markers-figure").count("right", right).count("marks", marks.len());
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn marks_with_text_or_without_a_name() {
        let finds = |from: &str, to: &str| Book::new().with("s02.xhtml", from, to).finds(&RULE);
        let told = |id| vec![(id, "s02.xhtml".to_owned())];
        assert_eq!(finds("aria-label=\"2\"/>", "aria-label=\"2\">2</span>"), told("verify-marker-text"));
        assert_eq!(finds("aria-label=\"2\"/>老", "aria-label=\"2\">老</span>"), told("verify-marker-text"));
        assert_eq!(finds("aria-label=\"2\"", ""), told("verify-marker-nameless"));
        assert_eq!(finds("aria-label=\"2\"", "title=\"2\""), []);
    }
}

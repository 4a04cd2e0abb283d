//! There is an NCX beside the contents of EPUB 3, and it says the same.
//!
//! The standard calls it legacy, but readers still need it: Kobo renders books that are copied onto the device
//! with Adobe's engine, which shows no contents without it (gutenbergtools/ebookmaker #167), and KOReader reads
//! no others before mid-2019 (koreader/koreader #4915).

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::rules::epub::entries;
use crate::verify::rules::grouped;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/ncx",
    source: "OPF 2.0.1, 2.4.1; gutenbergtools/ebookmaker #167, koreader/koreader #4915",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let wanted = entries::wanted(subject);
    let mut findings = Vec::new();
    let mut right = 0;
    match &subject.epub.ncx {
        Some(document) => {
            let said = entries::of_ncx(document, "navPoint");
            right = entries::compare(subject, &wanted, &said, &document.path, &mut findings);
        }
        None => {
            let place = Some(Place::part(&subject.epub.opf.path));
            findings.push(Finding::of(Say::new("verify-ncx-missing")).in_file(place));
        }
    }
    let figure = Say::new("verify-contents-figure").with("right", grouped(right));
    Measured::of(figure.with("total", grouped(wanted.len())), findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn it_is_there_and_says_the_same() {
        let without = Book::new().with("content.opf", "<item id=\"ncx\"", "<item id=\"x\"");
        let without = without.with("content.opf", "application/x-dtbncx+xml", "text/plain");
        assert_eq!(without.finds(&RULE), [("verify-ncx-missing", "content.opf".to_owned())]);
        let changed = Book::new().with("toc.ncx", "办好食堂", "办好食糖");
        let ids: Vec<&str> = changed.finds(&RULE).iter().map(|f| f.0).collect();
        assert_eq!(ids, ["verify-entry-missing", "verify-entry-foreign"]);
        let astray = Book::new().with("toc.ncx", "src=\"s02.xhtml\"", "src=\"s01.xhtml\"");
        assert_eq!(astray.finds(&RULE)[0].0, "verify-entry-leads");
    }
}

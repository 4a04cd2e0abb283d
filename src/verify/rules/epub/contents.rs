//! The contents name every part and every speech in order, as the source calls them, and each line leads to the
//! document where that heading stands.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::rules::epub::entries;
use crate::verify::rules::grouped;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/contents",
    source: "EPUB 3.3, 7.4.2 (the toc nav element); jianbao: lists say what the text says",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let wanted = entries::wanted(subject);
    let mut findings = Vec::new();
    let mut right = 0;
    match subject.epub.nav_of("toc") {
        Some((document, nav)) => {
            let said = entries::of_nav(document, nav);
            right = entries::compare(subject, &wanted, &said, &document.path, &mut findings);
        }
        None => {
            let place = Some(Place::part(&subject.epub.opf.path));
            findings.push(Finding::of(Say::new("verify-nav-missing")).in_file(place));
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
    fn lines_changed_lost_added_or_led_astray() {
        let nav = |from: &str, to: &str| Book::new().with("nav.xhtml", from, to).finds(&RULE);
        let (missing, foreign) = ("verify-entry-missing", "verify-entry-foreign");
        let told =
            |ids: &[&'static str]| ids.iter().map(|i| (*i, "nav.xhtml".to_owned())).collect::<Vec<_>>();
        assert_eq!(nav("办好食堂", "办好食糖"), told(&[missing, foreign]));
        assert_eq!(nav("陆一", "陆二"), told(&[missing, foreign]));
        assert_eq!(nav(" <span>陆一</span>", ""), told(&[]));
        assert_eq!(
            nav("<li><a href=\"s02.xhtml\">办好食堂 <span>陆一</span></a></li>", ""),
            told(&[missing])
        );
        assert_eq!(nav("<li><a href=\"index.xhtml\">发言人索引</a></li>", ""), told(&[]));
        assert_eq!(nav("href=\"s02.xhtml\"", "href=\"s01.xhtml\""), told(&["verify-entry-leads"]));
        assert_eq!(nav("发言人索引", "另一篇"), told(&[foreign]));
        assert_eq!(Book::new().with("nav.xhtml", "\"toc\"", "\"x\"").finds(&RULE)[0].0, "verify-nav-missing");
    }
}

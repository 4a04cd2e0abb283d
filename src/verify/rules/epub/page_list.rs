//! The list of printed pages counts up in the order of reading, every line leads to the mark of that page, every
//! mark is listed, and the NCX has the same list.
//!
//! Who is told "turn to page 7" lands on another page where it is not so. A book without printed pages has none.

use std::collections::BTreeMap;

use crate::messages::Say;
use crate::verify::epub::{Role, resolved};
use crate::verify::flow::Place;
use crate::verify::rules::epub::entries::{self, bare};
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/page-list",
    source: "EPUB 3.3, 7.4.3 (the page-list nav element); EPUB Accessibility 1.1, 3.4.2; NCX 2005-1, pageList",
    measure: Measure::Ebook(measure),
};

/// The mark of a printed page.
pub(super) struct Mark<'a> {
    pub(super) path: &'a str,
    pub(super) line: usize,
    pub(super) node: usize,
    pub(super) document: usize,
    pub(super) id: &'a str,
    pub(super) label: &'a str,
}

/// The marks in the order of reading.
pub(super) fn marks<'a>(subject: &'a Ebook<'_>) -> Vec<Mark<'a>> {
    let mut out = Vec::new();
    for (at, document) in subject.epub.read_in_order().iter().enumerate() {
        let roles = subject.roles.get(at).map_or(&[][..], Vec::as_slice);
        for (k, node) in document.xml.nodes.iter().enumerate() {
            let is_mark =
                roles.get(k) == Some(&Role::PageMark) && roles.get(node.parent) != Some(&Role::PageMark);
            if is_mark {
                let text = |name: &str| node.attribute(name).unwrap_or_default();
                let label = node.attribute("aria-label").or(node.attribute("title")).unwrap_or_default();
                out.push(Mark {
                    path: &document.path,
                    line: node.line,
                    node: k,
                    document: at,
                    id: text("id"),
                    label,
                });
            }
        }
    }
    out
}

fn measure(subject: &Ebook<'_>) -> Measured {
    let marks = marks(subject);
    let mut findings = Vec::new();
    let nav = subject.epub.nav_of("page-list");
    let Some((document, nav)) = nav else {
        if let Some(mark) = marks.first() {
            let say = Say::new("verify-page-list-missing");
            findings.push(Finding::of(say).in_file(Some(Place::line(mark.path, mark.line))));
        }
        return Measured::of(Say::new("verify-no-pages"), findings);
    };
    let listed = entries::of_nav(document, nav);
    let (mut before, mut last): (Option<u32>, Option<usize>) = (None, None);
    let places = marks.iter().enumerate().map(|(k, m)| ((m.path, m.id), k));
    let by_place: BTreeMap<(&str, &str), usize> = places.collect();
    let mut led = vec![false; marks.len()];
    for entry in &listed {
        let mut tell = |say: Say| {
            findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, entry.line))));
        };
        let number: Option<u32> = entry.label.parse().ok();
        if let (Some(now), Some(before)) = (number, before)
            && now <= before
        {
            tell(Say::new("verify-page-backwards").with("number", now).with("before", before));
        }
        before = number.or(before);
        let target = resolved(&document.path, &entry.href);
        let found = target.as_ref().and_then(|(p, f)| by_place.get(&(p.as_str(), f.as_str())).copied());
        match found {
            Some(k) if bare(marks[k].label) == entry.label => {
                led[k] = true;
                if last.is_some_and(|last| k <= last) {
                    tell(Say::new("verify-page-order").with("number", &entry.label));
                }
                last = Some(k);
            }
            _ => tell(Say::new("verify-page-unmarked").with("number", &entry.label)),
        }
    }
    for (mark, _) in marks.iter().zip(&led).filter(|(_, led)| !**led) {
        let say = Say::new("verify-page-unlisted").with("number", mark.label);
        findings.push(Finding::of(say).in_file(Some(Place::line(mark.path, mark.line))));
    }
    findings.extend(in_ncx(subject, &listed));
    Measured::of(Say::new("verify-page-list-figure").count("pages", listed.len()), findings)
}

/// Whether the NCX lists other pages.
fn in_ncx(subject: &Ebook<'_>, listed: &[entries::Entry]) -> Option<Finding> {
    let ncx = subject.epub.ncx.as_ref()?;
    let nav = subject.epub.nav()?;
    let pages = entries::of_ncx(ncx, "pageTarget");
    let target = |path: &str, entry: &entries::Entry| (entry.label.clone(), resolved(path, &entry.href));
    let is_same = pages.len() == listed.len()
        && pages.iter().zip(listed).all(|(a, b)| target(&ncx.path, a) == target(&nav.path, b));
    let odd = pages.iter().zip(listed).find(|(a, b)| target(&ncx.path, a) != target(&nav.path, b));
    let line = odd.map_or(1, |(a, _)| a.line);
    (!is_same).then(|| Finding::of(Say::new("verify-page-ncx")).in_file(Some(Place::line(&ncx.path, line))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    fn finds(file: &str, from: &str, to: &str) -> Vec<&'static str> {
        Book::new().with(file, from, to).finds(&RULE).iter().map(|f| f.0).collect()
    }

    #[test]
    fn pages_that_go_astray() {
        let two = "<li><a href=\"s02.xhtml#page-2\">2</a></li>";
        assert_eq!(
            finds("nav.xhtml", ">2</a>", ">1</a>"),
            ["verify-page-backwards", "verify-page-unmarked", "verify-page-unlisted", "verify-page-ncx"]
        );
        assert_eq!(finds("nav.xhtml", "#page-2", "#page-9")[0], "verify-page-unmarked");
        assert_eq!(finds("nav.xhtml", two, ""), ["verify-page-unlisted", "verify-page-ncx"]);
        assert_eq!(
            finds("s02.xhtml", "aria-label=\"2\"", "aria-label=\"3\""),
            ["verify-page-unmarked", "verify-page-unlisted"]
        );
        assert_eq!(finds("toc.ncx", "s02.xhtml#page-2", "s01.xhtml#page-1"), ["verify-page-ncx"]);
        assert_eq!(finds("nav.xhtml", "\"page-list\"", "\"x\""), ["verify-page-list-missing"]);
    }

    #[test]
    fn marks_in_another_order() {
        let book = Book::new().with("s01.xhtml", "page-1", "page-2").with(
            "s01.xhtml",
            "aria-label=\"1\"",
            "aria-label=\"2\"",
        );
        let book = book.with("s02.xhtml", "page-2", "page-1").with(
            "s02.xhtml",
            "aria-label=\"2\"",
            "aria-label=\"1\"",
        );
        let book = book.with("nav.xhtml", "s01.xhtml#page-1", "s02.xhtml#page-1").with(
            "nav.xhtml",
            "s02.xhtml#page-2",
            "s01.xhtml#page-2",
        );
        assert_eq!(book.finds(&RULE)[0].0, "verify-page-order");
    }
}

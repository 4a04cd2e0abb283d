//! A `p` holds one paragraph: none is made by two `br` in a row, and none is indented by blanks.
//!
//! A reader's own indent and space between paragraphs come on top of what blanks and line ends imitate, page
//! numbers and annotations count them as one, and a screen reader reads several paragraphs as one sentence
//! (WCAG 2.1, technique failures F33 and F34 on white space as formatting; HTML, the `br` element: not for
//! parting paragraphs).

use crate::messages::Say;
use crate::verify::epub::{Document, Role};
use crate::verify::flow::Place;
use crate::verify::rules::{grouped, short};
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/one-paragraph",
    source: "HTML Living Standard, 4.5.27 (the br element); WCAG 2.1, F33, F34",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let (mut paragraphs, mut findings) = (0, Vec::new());
    for (at, document) in subject.epub.documents.iter().enumerate() {
        let roles = subject.roles.get(at).map_or(&[][..], Vec::as_slice);
        let of_text = |k: &usize| roles.get(*k) == Some(&Role::Text);
        for p in
            (0..document.xml.nodes.len()).filter(|k| document.xml.nodes[*k].name() == "p").filter(of_text)
        {
            paragraphs += 1;
            if let Some((line, id)) = fault(document, p) {
                let text = document.xml.text(p);
                let say = Say { id, args: Vec::new() }.with("text", short(text.trim()));
                findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, line))));
            }
        }
    }
    let right = paragraphs - findings.len().min(paragraphs);
    let figure = Say::new("verify-paragraphs-figure");
    Measured::of(figure.with("right", grouped(right)).with("paragraphs", grouped(paragraphs)), findings)
}

/// What is wrong with a paragraph, and on which line.
fn fault(document: &Document, p: usize) -> Option<(usize, &'static str)> {
    let xml = &document.xml;
    let (mut is_start, mut is_behind_break, mut blanks) = (true, false, String::new());
    for k in xml.inside(p) {
        let node = &xml.nodes[k];
        if node.name() == "br" {
            if is_behind_break {
                return Some((node.line, "verify-paragraph-breaks"));
            }
            (is_start, is_behind_break) = (true, true);
            blanks.clear();
            continue;
        }
        let words = node.text().trim_start();
        let before = node.text().strip_suffix(words).unwrap_or_default();
        // Blanks of the file are nothing; those that stay on the page are what indents.
        blanks.extend(before.chars().filter(|c| !c.is_ascii_whitespace()));
        if words.is_empty() {
            continue;
        }
        let is_wide = blanks.starts_with(['\u{3000}', '\u{2003}']);
        if is_start && (is_wide || blanks.chars().count() >= 2) {
            return Some((node.line, "verify-paragraph-indent"));
        }
        (is_start, is_behind_break) = (false, false);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn paragraphs_made_of_line_ends_and_blanks() {
        let finds = |to: &str| -> Vec<&str> {
            Book::new().with("s02.xhtml", "<br/>", to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(finds("<br/><br/>"), ["verify-paragraph-breaks"]);
        assert_eq!(finds("<br/> &#160; <br/>"), ["verify-paragraph-breaks"]);
        assert_eq!(finds("<br/>　　"), ["verify-paragraph-indent"]);
        assert_eq!(finds("<br/>&#160;&#160;"), ["verify-paragraph-indent"]);
        assert_eq!(finds("</p><p>　　"), ["verify-paragraph-indent"]);
        assert_eq!(finds("<br/>\n  "), [""; 0]);
    }
}

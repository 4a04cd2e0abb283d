//! The book sets no font for its text: the reader's own choice rules. Headings may have one, and so may rare
//! characters, by a class on what holds them.
//!
//! A font on `body` or `p` beats the one the reader chose (readest/readest #3334; Kobo and Kindle switch to
//! "publisher's font"), and one without Chinese letters leaves squares.

use crate::messages::Say;
use crate::verify::epub::{Role, Selector, Style, parts, steps};
use crate::verify::flow::Place;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/body-font",
    source: "Amazon Kindle Publishing Guidelines, text guidelines; readest/readest #3334",
    measure: Measure::Ebook(measure),
};

/// How much of the text may stand in fonts of the book: rare characters are no fifth of it.
const MOST: usize = 5;

fn measure(subject: &Ebook<'_>) -> Measured {
    let epub = subject.epub;
    let mut findings = Vec::new();
    let sets =
        |s: &&Style| matches!(s.property.as_str(), "font-family" | "font") && !s.selector.starts_with('@');
    let styles: Vec<&Style> = epub.styles.iter().filter(sets).filter(|s| names_a_font(&s.value)).collect();
    for style in styles.iter().filter(|s| is_of_text(&s.selector)) {
        let say = Say::new("verify-body-font").with("selector", &style.selector).with("font", &style.value);
        findings.push(Finding::of(say).in_file(Some(Place::line(&style.part, style.line))));
    }
    let selectors: Vec<Selector> = styles.iter().map(|s| Selector::of(&s.selector)).collect();
    let (mut all, mut set) = (0, 0);
    for (at, document) in epub.read_in_order().iter().enumerate() {
        let roles = subject.roles.get(at).map_or(&[][..], Vec::as_slice);
        let mut own: Vec<bool> = Vec::with_capacity(document.xml.nodes.len());
        for (k, node) in document.xml.nodes.iter().enumerate() {
            let inherited = node.parent != k && own[node.parent];
            let is_heading = matches!(node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th");
            let inline = node.attribute("style").map(crate::verify::epub::inline).unwrap_or_default();
            let by_attribute = inline.iter().any(|(p, v)| p == "font-family" && names_a_font(v))
                || (node.name() == "font" && node.attribute("face").is_some());
            let by_sheet = || selectors.iter().any(|s| s.means(&document.xml, k));
            own.push(!is_heading && (inherited || by_attribute || (!node.name().is_empty() && by_sheet())));
            let count = node.text().chars().filter(|c| !c.is_whitespace()).count();
            if roles.get(k) == Some(&Role::Text)
                && !document.xml.around(k).any(|n| n.name().starts_with('h') && n.name().len() == 2)
            {
                all += count;
                set += if own[k] { count } else { 0 };
            }
        }
    }
    let share = (100 * set).checked_div(all).unwrap_or(0);
    if set * MOST > all {
        findings.push(Finding::of(Say::new("verify-font-share").count("share", share)));
    }
    Measured::of(Say::new("verify-body-font-figure").count("share", share), findings)
}

/// `inherit` and its like name none.
fn names_a_font(value: &str) -> bool {
    !["inherit", "initial", "unset", "revert"].contains(&value.to_lowercase().as_str())
}

/// Whether a selector means the text as a whole: elements of text without a class.
fn is_of_text(selector: &str) -> bool {
    let steps = steps(selector);
    let Some(own) = steps.last() else { return false };
    let (tag, classes, id) = parts(own);
    let of_text =
        ["*", "html", "body", "p", "div", "section", "article", "main", "li", "td", "span", ":root"];
    let is_bare = steps.iter().all(|s| parts(s).1.is_empty() && parts(s).2.is_none());
    is_bare && classes.is_empty() && id.is_none() && (of_text.contains(&tag) || own.starts_with(":root"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn fonts_for_the_text() {
        let finds = |style: &str| -> Vec<&str> {
            Book::new()
                .with("style.css", "p {", &format!("{style}\np {{"))
                .finds(&RULE)
                .iter()
                .map(|f| f.0)
                .collect()
        };
        let both = ["verify-body-font", "verify-font-share"];
        assert_eq!(finds("body { font-family: serif }"), both);
        assert_eq!(finds("p, h1 { font: 1em/2 'A B' }"), both);
        assert_eq!(finds("section p { font-family: x }"), both);
        assert_eq!(finds(".text { font-family: x }"), [""; 0]);
        assert_eq!(finds("h1, h2 { font-family: x } body { font-family: inherit }"), [""; 0]);
        let text = Book::new().with("s01.xhtml", "<section>", "<section class=\"rare\">");
        assert_eq!(text.finds(&RULE)[0].0, "verify-font-share");
        let inline = Book::new().with("s01.xhtml", "<section>", "<section style=\"font-family: x\">");
        assert_eq!(inline.finds(&RULE)[0].0, "verify-font-share");
    }

    #[test]
    fn rare_characters_may_have_theirs() {
        let book = Book::new().with("s01.xhtml", "电线", "<span class=\"rare\">电</span>线");
        assert_eq!(book.finds(&RULE), []);
    }
}

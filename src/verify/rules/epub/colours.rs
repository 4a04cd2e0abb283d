//! No colour of text or ground is fixed without one for the dark.
//!
//! A reader that turns its ground black leaves fixed black letters black: nothing is seen
//! (foobnix/LibreraReader #1427), or a fixed white ground stays white under letters that turn white
//! (AndBible/and-bible #2709). Colours that take the text's own (`currentColor`, `inherit`), and those that have a
//! counterpart under `prefers-color-scheme`, are fine.

use crate::messages::Say;
use crate::verify::epub::{Style, inline};
use crate::verify::flow::Place;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/colours",
    source: "WCAG 2.1, 1.4.3; foobnix/LibreraReader #1427, AndBible/and-bible #2709",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let styles = &subject.epub.styles;
    let is_dark = |s: &Style| s.around.contains("prefers-color-scheme");
    let dark: Vec<&Style> = styles.iter().filter(|s| is_dark(s)).collect();
    let has_counterpart = |style: &Style| {
        dark.iter().any(|s| s.selector == style.selector && kind(&s.property) == kind(&style.property))
    };
    let fixed = styles
        .iter()
        .filter(|s| is_fixed(&s.property, &s.value) && !is_dark(s) && !s.around.contains("print"));
    let mut findings: Vec<Finding> = fixed
        .filter(|s| !has_counterpart(s))
        .map(|s| {
            let say =
                Say::new("verify-colour").with("what", format!("{} {}: {}", s.selector, s.property, s.value));
            Finding::of(say).in_file(Some(Place::line(&s.part, s.line)))
        })
        .collect();
    for document in &subject.epub.documents {
        for node in &document.xml.nodes {
            let own = node.attribute("style").map(inline).unwrap_or_default();
            for (property, value) in own.iter().filter(|(p, v)| is_fixed(p, v)) {
                let say =
                    Say::new("verify-colour").with("what", format!("{}: {property}: {value}", node.name()));
                findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, node.line))));
            }
        }
    }
    Measured::of(Say::new("verify-colours-figure").count("colours", findings.len()), findings)
}

fn kind(property: &str) -> Option<&'static str> {
    match property {
        "color" => Some("text"),
        "background" | "background-color" => Some("ground"),
        _ => None,
    }
}

fn is_fixed(property: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    let free = [
        "inherit",
        "initial",
        "unset",
        "revert",
        "currentcolor",
        "transparent",
        "none",
        "canvas",
        "canvastext",
        "linktext",
        "",
    ];
    // A picture as a ground has no colour; a system's colours follow the reader.
    kind(property).is_some()
        && !free.contains(&value.as_str())
        && !value.starts_with("url(")
        && !value.starts_with("var(")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn colours_without_a_dark_one() {
        let finds = |style: &str| -> Vec<(&str, String)> {
            Book::new().with("style.css", "p {", &format!("{style}\np {{")).finds(&RULE)
        };
        let told = || vec![("verify-colour", "style.css".to_owned())];
        assert_eq!(finds("body { color: #000 }"), told());
        assert_eq!(finds(".box { background: white }"), told());
        let dark = "@media (prefers-color-scheme: dark) { .box { background-color: black } }";
        assert_eq!(finds(&format!(".box {{ background: white }} {dark}")), []);
        assert_eq!(
            finds("a { color: currentColor; border: 1px solid } @media print { p { color: black } }"),
            []
        );
        let inline = Book::new().with("s01.xhtml", "<section>", "<section style=\"color:red\">");
        assert_eq!(inline.finds(&RULE), [("verify-colour", "s01.xhtml".to_owned())]);
    }
}

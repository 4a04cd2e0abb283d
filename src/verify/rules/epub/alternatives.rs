//! Every picture says in words what it shows; one that shows nothing says so by an empty text and a role.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/alternatives",
    source: "WCAG 2.1, 1.1.1; EPUB Accessibility 1.1, 3.3",
    measure: Measure::Ebook(measure),
};

fn measure(subject: &Ebook<'_>) -> Measured {
    let (mut pictures, mut findings) = (0, Vec::new());
    for document in &subject.epub.documents {
        for node in document.xml.nodes.iter().filter(|n| n.name() == "img") {
            pictures += 1;
            let is_mute = node.says("role", "presentation") || node.says("role", "none");
            let is_told = match node.attribute("alt") {
                Some(alt) => is_mute || !alt.trim().is_empty(),
                None => false,
            };
            if !is_told {
                let src = node.attribute("src").unwrap_or_default();
                let say = Say::new("verify-alternative-missing").with("src", src);
                findings.push(Finding::of(say).in_file(Some(Place::line(&document.path, node.line))));
            }
        }
    }
    let figure = Say::new("verify-alternatives-figure");
    let figure = figure.count("right", pictures - findings.len()).count("pictures", pictures);
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn pictures_without_words() {
        let finds = |to: &str| Book::new().with("s01.xhtml", "alt=\"一条老街\"", to).finds(&RULE);
        let told = || vec![("verify-alternative-missing", "s01.xhtml".to_owned())];
        assert_eq!(finds(""), told());
        assert_eq!(finds("alt=\" \""), told());
        assert_eq!(finds("alt=\"\" role=\"presentation\""), []);
    }
}

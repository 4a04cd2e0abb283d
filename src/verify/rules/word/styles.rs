//! Every paragraph of the text has a named style that the file holds, and speeches and parts stand under Word's own
//! heading styles: navigation, contents and screen readers go by them, and an editor changes a look in one place.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Measure, Measured, Rule, UnitKind, Word};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "word/styles",
    source: "ECMA-376-1, 17.7.4; WCAG 2.1, 1.3.1",
    measure: Measure::Word(measure),
};

fn measure(subject: &Word<'_>) -> Measured {
    let path = &subject.docx.document.path;
    let mut findings = Vec::new();
    let (mut all, mut right) = (0, 0);
    for (k, paragraph) in subject.said.paragraphs.iter().enumerate() {
        if paragraph.text.trim().is_empty() {
            continue;
        }
        all += 1;
        let name = paragraph.style.as_deref().and_then(|id| subject.styles.name(id));
        if name.is_some() {
            right += 1;
        } else {
            let say = Say::new("verify-style-missing").with("text", short(paragraph.text.trim()));
            findings.push(Finding::of(say).in_file(Some(Place::paragraph(path, k + 1))));
        }
    }
    for (unit, place) in subject.units.iter().zip(&subject.compared.places) {
        let number = place.as_ref().and_then(|p| p.paragraph);
        let paragraph = number.and_then(|n| subject.said.paragraphs.get(n.checked_sub(1)?));
        let (true, Some(paragraph)) = (matches!(unit.kind, UnitKind::Heading | UnitKind::Part), paragraph)
        else {
            continue;
        };
        let name = paragraph.style.as_deref().and_then(|id| subject.styles.name(id)).unwrap_or_default();
        if !name.starts_with("heading ") {
            let say = Say::new("verify-style-heading")
                .with("text", short(paragraph.text.trim()))
                .with("style", name);
            findings.push(Finding::of(say).at(unit.span).in_file(place.clone()));
        }
    }
    let figure = Say::new("verify-styles-figure").with("right", grouped(right)).with("all", grouped(all));
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    #[test]
    fn paragraphs_without_a_style() {
        let finds = |part: &str, from: &str, to: &str| File::new().with(part, from, to).finds(&RULE);
        let none = "<w:pPr><w:pStyle w:val=\"T\"/></w:pPr>";
        assert_eq!(finds("document", none, ""), [("verify-style-missing", Some(1))]);
        assert_eq!(
            finds("document", none, "<w:pPr><w:pStyle w:val=\"X\"/></w:pPr>"),
            [("verify-style-missing", Some(1))]
        );
        assert_eq!(finds("styles", "heading 1", "Big"), [("verify-style-heading", Some(4))]);
    }
}

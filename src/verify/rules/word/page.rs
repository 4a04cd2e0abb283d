//! The page is A4 with the margins of an official paper: 37 mm above, 35 below, 28 left, 26 right, in every
//! section.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::package::Node;
use crate::verify::{Finding, Measure, Measured, Rule, Word};

pub(in crate::verify) static RULE: Rule =
    Rule { name: "word/page", source: "GB/T 9704-2012, 5.1, 5.2.1", measure: Measure::Word(measure) };

/// What is asked for: the attribute and millimetres.
const SIZE: &[(&str, f64)] = &[("w:w", 210.0), ("w:h", 297.0)];
const MARGINS: &[(&str, f64)] = &[("w:top", 37.0), ("w:bottom", 35.0), ("w:left", 28.0), ("w:right", 26.0)];
/// Twips in a millimetre, and how far a length may be off, mm (GB/T 9704-2012, 5.2.1: ±1).
const TWIPS: f64 = 1440.0 / 25.4;
const OFF: f64 = 1.0;

fn measure(subject: &Word<'_>) -> Measured {
    let document = &subject.docx.document;
    let nodes = &document.xml.nodes;
    let mut findings = Vec::new();
    let mut sections = 0;
    for (k, _) in nodes.iter().enumerate().filter(|(_, n)| n.name() == "w:sectPr") {
        sections += 1;
        for (element, lengths) in [("w:pgSz", SIZE), ("w:pgMar", MARGINS)] {
            let found = document.xml.named(k, element).next().map(|n| &nodes[n]);
            for (name, wanted) in lengths {
                let is = found.and_then(|n| millimetres(n, name));
                if is.is_none_or(|is| (is - wanted).abs() > OFF) {
                    let is = is.map_or_else(|| "–".to_owned(), |is| format!("{is:.1}"));
                    let say = Say::new("verify-word-page").with("what", format!("{element}/{name}"));
                    let say = say.with("is", is).with("wanted", wanted);
                    findings.push(Finding::of(say).in_file(Some(Place::part(&document.path))));
                }
            }
        }
    }
    let figure = Say::new("verify-sections-figure").count("sections", sections);
    Measured { ok: findings.is_empty() && sections > 0, figure, findings }
}

fn millimetres(node: &Node, name: &str) -> Option<f64> {
    Some(node.attribute(name)?.parse::<f64>().ok()? / TWIPS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    #[test]
    fn another_page_is_told() {
        let finds = |from: &str, to: &str| File::new().with("document", from, to).finds(&RULE);
        let told = || vec![("verify-word-page", None)];
        assert_eq!(finds("w:h=\"16838\"", "w:h=\"15840\""), told());
        assert_eq!(finds("w:top=\"2098\"", "w:top=\"1440\""), told());
        assert_eq!(finds("w:left=\"1588\"", ""), told());
        assert_eq!(finds("w:top=\"2098\"", "w:top=\"2100\""), []);
        assert!(
            !File::new()
                .with("document", "w:sectPr", "w:x")
                .with("document", "</w:sectPr", "</w:x")
                .measure(&RULE)
                .ok
        );
    }
}

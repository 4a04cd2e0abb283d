//! Every font that letters are set in is inside the file: the printer's own would look different, or
//! lack letters.

use std::collections::BTreeMap;

use crate::messages::Say;
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(super) static RULE: Rule =
    Rule { name: "print/fonts-embedded", source: "ISO 19005-2, 6.2.11.4", measure: Measure::Pages(measure) };

fn measure(subject: &Subject<'_>) -> Measured {
    let mut fonts: BTreeMap<&str, bool> = BTreeMap::new();
    for font in &subject.printed.fonts {
        *fonts.entry(&font.name).or_insert(true) &= font.embedded;
    }
    let missing = fonts.iter().filter(|(_, embedded)| !**embedded);
    let findings: Vec<Finding> =
        missing.map(|(name, _)| Finding::of(Say::new("verify-font-missing").with("font", name))).collect();
    let figure = Say::new("verify-fonts-embedded-figure")
        .count("embedded", fonts.len() - findings.len())
        .count("fonts", fonts.len());
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Font;
    use crate::verify::rules::testing::Sheets;

    #[test]
    fn a_font_that_is_only_named_is_told() {
        let mut sheets = Sheets::new(1);
        assert!(sheets.measure(&RULE).ok);
        sheets.printed.fonts.push(Font { name: "SimSun".to_owned(), embedded: false });
        assert_eq!(sheets.finds(&RULE), [("verify-font-missing", None)]);
    }
}

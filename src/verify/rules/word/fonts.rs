//! Fonts are named: every style that the text uses has an East Asian font by name, and nothing takes one from the
//! theme.
//!
//! A theme's font wins over a named one and is another on each machine; a style without an East Asian font gets
//! Word's own 宋体 for the 仿宋 of GB/T 9704-2012, 5.2.2.

use std::collections::BTreeSet;

use crate::messages::Say;
use crate::verify::docx::Part;
use crate::verify::flow::Place;
use crate::verify::{Finding, Measure, Measured, Rule, Word};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "word/fonts",
    source: "GB/T 9704-2012, 5.2.2; ECMA-376-1, 17.3.2.26 (rFonts)",
    measure: Measure::Word(measure),
};

fn measure(subject: &Word<'_>) -> Measured {
    let docx = subject.docx;
    let mut findings = Vec::new();
    let mut fonts: BTreeSet<&str> = BTreeSet::new();
    let used: BTreeSet<&str> = subject.said.paragraphs.iter().filter_map(|p| p.style.as_deref()).collect();
    for id in used {
        let Some(style) = subject.styles.by_id.get(id) else { continue };
        match subject.styles.font(id) {
            Some(font) => drop(fonts.insert(font)),
            None => {
                let path = docx.styles.as_ref().map_or("", |p| p.path.as_str());
                let say = Say::new("verify-style-fontless").with("style", &style.name);
                findings.push(Finding::of(say).in_file(Some(Place::part(path))));
            }
        }
    }
    let parts = [Some(&docx.document), docx.styles.as_ref(), docx.footnotes.as_ref()];
    for part in parts.into_iter().flatten() {
        let count = themed(part);
        if count > 0 {
            let say = Say::new("verify-font-theme").count("count", count);
            findings.push(Finding::of(say).in_file(Some(Place::part(&part.path))));
        }
    }
    let fonts = fonts.into_iter().collect::<Vec<_>>().join("、");
    Measured::of(Say::new("verify-fonts-figure").with("fonts", fonts), findings)
}

/// How many runs and styles take a font from the theme.
fn themed(part: &Part) -> usize {
    let theme = ["w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"];
    let fonts = part.xml.nodes.iter().filter(|n| n.name() == "w:rFonts");
    fonts.filter(|n| theme.iter().any(|t| n.attribute(t).is_some())).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    #[test]
    fn fonts_of_the_theme_or_none() {
        let finds = |part: &str, from: &str, to: &str| -> Vec<&str> {
            File::new().with(part, from, to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(
            finds("styles", "w:eastAsia=\"仿宋_GB2312\"", "w:eastAsiaTheme=\"minorEastAsia\"")[..2],
            ["verify-style-fontless"; 2]
        );
        let run = "<w:r><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\"/></w:rPr><w:t>老城";
        assert_eq!(finds("document", "<w:r><w:t>老城", run), ["verify-font-theme"]);
    }
}

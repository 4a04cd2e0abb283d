//! The standards a file is to keep are claimed in it, with what they ask the catalogue for: the XMP
//! packet's PDF/A and PDF/UA parts, an output intent, tags, a language. Whether the claims hold is for a
//! validator to say.

use crate::messages::Say;
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    name: "print/standards-claimed",
    source: "ISO 19005-2, 6.6.4; ISO 14289-1, 5",
    measure: Measure::Pages(measure),
};

fn measure(subject: &Subject<'_>) -> Measured {
    let (claims, expected) = (&subject.printed.claims, subject.expected);
    let pdfa = claims.pdfa_part.map(|part| {
        let level = claims.pdfa_level.map(|l| l.to_ascii_lowercase());
        format!("PDF/A-{part}{}", level.map(String::from).unwrap_or_default())
    });
    let pdfua = claims.pdfua_part.map(|part| format!("PDF/UA-{part}"));
    let mut findings = Vec::new();
    let mut missing = |is_there: bool, what: String| {
        if !is_there {
            findings.push(Finding::of(Say::new("verify-not-claimed").with("what", what)));
        }
    };
    if let Some((part, level)) = expected.pdfa {
        let is_it = claims.pdfa_part == Some(part)
            && claims.pdfa_level.is_some_and(|l| l.eq_ignore_ascii_case(&level));
        missing(is_it, format!("PDF/A-{part}{}", level.to_ascii_lowercase()));
        missing(claims.output_intent, "OutputIntents".to_owned());
    }
    if let Some(part) = expected.pdfua {
        missing(claims.pdfua_part == Some(part), format!("PDF/UA-{part}"));
    }
    if expected.pdfua.is_some() || expected.pdfa.is_some_and(|(_, level)| level == 'A') {
        missing(claims.marked, "MarkInfo".to_owned());
        missing(claims.structure, "StructTreeRoot".to_owned());
        missing(claims.lang.as_ref().is_some_and(|l| !l.is_empty()), "Lang".to_owned());
    }
    let said: Vec<String> = [pdfa, pdfua].into_iter().flatten().collect();
    let figure = match said.is_empty() {
        true => Say::new("verify-standards-none"),
        false => Say::new("verify-standards-figure").with("claims", said.join(", ")),
    };
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Claims;
    use crate::verify::rules::testing::Sheets;

    #[test]
    fn claims_are_all_or_told() {
        let mut sheets = Sheets::new(1);
        assert_eq!(sheets.finds(&RULE).len(), 6);
        sheets.printed.claims = Claims {
            pdfa_part: Some(2),
            pdfa_level: Some('A'),
            pdfua_part: Some(1),
            lang: Some("zh-CN".to_owned()),
            marked: true,
            structure: true,
            output_intent: true,
        };
        assert!(sheets.measure(&RULE).ok);
        sheets.printed.claims.pdfa_level = Some('B');
        assert_eq!(sheets.finds(&RULE), [("verify-not-claimed", None)]);
        sheets.expected.pdfa = None;
        assert!(sheets.measure(&RULE).ok);
    }
}

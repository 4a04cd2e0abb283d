//! No page ends with a heading or a speaker's line: at least a line of what it leads to stands below.

use crate::messages::Say;
use crate::verify::rules::short;
use crate::verify::{Finding, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule = Rule {
    name: "print/widowed-heading",
    source: "CLREQ, headings and the turn of a page",
    measure: Measure::Pages(measure),
};

fn measure(subject: &Subject<'_>) -> Measured {
    let mut findings = Vec::new();
    let pages: Vec<usize> =
        (0..subject.printed.pages.len()).filter(|p| subject.text_rows(*p).next().is_some()).collect();
    for page in pages.iter().rev().skip(1).rev() {
        let last = subject.text_rows(*page).rev().find(|r| r.kind != Some(UnitKind::Note));
        let Some(unit) = last.and_then(|r| r.unit).and_then(|u| subject.units.get(u)) else { continue };
        if unit.kind.leads() {
            let text: String = unit.text.iter().collect();
            let say = Say::new("verify-widowed").with("heading", short(&text));
            findings.push(Finding::on(*page, say).at(unit.span));
        }
    }
    let figure =
        Say::new("verify-widowed-figure").count("widowed", findings.len()).count("pages", pages.len());
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    #[test]
    fn a_heading_last_on_a_page_is_told() {
        for (kind, is_told) in
            [(UnitKind::SubHeading(1), true), (UnitKind::Speaker, true), (UnitKind::Paragraph, false)]
        {
            let mut sheets = Sheets::new(2);
            sheets.fill(0, 1, 21).unit(kind, &[(0, 22, "一、摸清底数")]).fill(1, 1, 3);
            assert_eq!(!sheets.measure(&RULE).ok, is_told, "{kind:?}");
        }
        let mut sheets = Sheets::new(1);
        sheets.fill(0, 1, 3).unit(UnitKind::SubHeading(1), &[(0, 4, "一、摸清底数")]);
        assert!(sheets.measure(&RULE).ok, "the last page of all ends as the text does");
    }
}

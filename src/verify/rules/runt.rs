//! 孤字: the last line of a paragraph, a heading or a speaker's line is more than one character and the
//! mark behind it.

use crate::messages::Say;
use crate::verify::rules::{grouped, marks};
use crate::verify::{Finding, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule = Rule {
    name: "print/runt",
    source: "CLREQ, widow and orphan control (孤字)",
    measure: Measure::Pages(measure),
};

fn measure(subject: &Subject<'_>) -> Measured {
    let mut paragraphs = 0;
    let mut findings = Vec::new();
    for (k, unit) in subject.units.iter().enumerate() {
        let is_meant = !matches!(unit.kind, UnitKind::Front | UnitKind::Cell | UnitKind::Note);
        if !is_meant || !subject.is_whole(k) {
            continue;
        }
        paragraphs += 1;
        let lines = subject.lines(k);
        let Some(last) = lines.last().filter(|_| lines.len() > 1) else { continue };
        let letters = last.chars.iter().filter(|c| {
            let c = subject.chars[**c].c;
            !marks::is_mark(c) && !"—…".contains(c)
        });
        if letters.count() <= 1 {
            let say = Say::new("verify-runt").with("line", subject.text(last.chars));
            findings.push(Finding::on(last.row.page, say).at(unit.span));
        }
    }
    let figure = Say::new("verify-runt-figure")
        .with("runts", grouped(findings.len()))
        .with("paragraphs", grouped(paragraphs));
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    fn last(kind: UnitKind, line: &str) -> bool {
        let mut sheets = Sheets::new(1);
        sheets.unit(kind, &[(0, 1, "先把电线理顺再谈灯光"), (0, 2, line)]);
        sheets.measure(&RULE).ok
    }

    #[test]
    fn one_character_and_its_marks() {
        for line in ["地。", "地", "地。”", "任）"] {
            assert!(!last(UnitKind::Paragraph, line), "{line}");
            assert!(!last(UnitKind::Roles, line), "{line}");
            assert!(last(UnitKind::Cell, line), "{line}");
        }
        for line in ["绿地。", "15。", "园地"] {
            assert!(last(UnitKind::Paragraph, line), "{line}");
        }
    }
}

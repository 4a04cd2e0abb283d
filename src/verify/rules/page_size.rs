//! The trimmed page has the size of the profile, on every page alike, and none is turned.

use crate::messages::Say;
use crate::verify::expected::MM;
use crate::verify::rules::mm;
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

/// Half a millimetre: paper is cut to one.
const TOLERANCE: f64 = 0.5 * MM;

pub(super) static RULE: Rule =
    Rule { name: "print/page-size", source: "GB/T 9704-2012, 5.1", measure: Measure::Pages(measure) };

fn measure(subject: &Subject<'_>) -> Measured {
    let expected = subject.expected;
    let size = |width: f64, height: f64| format!("{} × {}", mm(width), mm(height));
    let wanted = (expected.page_width * MM, expected.page_height * MM);
    let mut findings = Vec::new();
    let mut right = 0;
    for (number, page) in subject.printed.pages.iter().enumerate() {
        let (width, height) = (page.trim.width(), page.trim.height());
        let is_off = (width - wanted.0).abs() > TOLERANCE || (height - wanted.1).abs() > TOLERANCE;
        if is_off {
            let say = Say::new("verify-page-size").with("size", size(width, height));
            findings.push(Finding::on(number, say.with("wanted", size(wanted.0, wanted.1))));
        } else if page.rotation != 0 {
            findings.push(Finding::on(number, Say::new("verify-page-turned").with("by", page.rotation)));
        } else {
            right += 1;
        }
    }
    let first = subject.printed.pages.first().map(|p| size(p.trim.width(), p.trim.height()));
    let figure = Say::new("verify-page-size-figure")
        .with("size", first.unwrap_or_default())
        .count("right", right)
        .count("pages", subject.printed.pages.len());
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    #[test]
    fn a_page_of_another_size_is_told() {
        let mut sheets = Sheets::new(3);
        assert!(sheets.measure(&RULE).ok);
        sheets.printed.pages[1].trim.y1 = 792.0;
        sheets.printed.pages[2].rotation = 90;
        let wanted = [("verify-page-size", Some(2)), ("verify-page-turned", Some(3))];
        assert_eq!(sheets.finds(&RULE), wanted);
    }
}

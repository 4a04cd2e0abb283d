//! The rows on the front and the back of a leaf stand at the same heights, so that they do not show
//! through between each other.

use crate::messages::Say;
use crate::verify::expected::MM;
use crate::verify::{Finding, Measure, Measured, Rule, Subject, UnitKind};

/// A quarter of what the printer may be off.
const TOLERANCE: f64 = 0.5 * MM;

pub(super) static RULE: Rule =
    Rule { name: "print/register", source: "GB/T 9704-2012, 6.2", measure: Measure::Pages(measure) };

fn measure(subject: &Subject<'_>) -> Measured {
    let heights = |page: usize| -> Vec<f64> {
        let rows = subject.page_rows(page).iter();
        rows.filter(|r| r.kind.is_some_and(UnitKind::is_on_grid)).map(|r| r.baseline).collect()
    };
    let (mut leaves, mut most) = (0, 0.0_f64);
    let mut findings = Vec::new();
    for front in (0..subject.printed.pages.len()).step_by(2) {
        let (front_rows, back_rows) = (heights(front), heights(front + 1));
        if front_rows.is_empty() || back_rows.is_empty() {
            continue;
        }
        leaves += 1;
        let nearest = |height: f64| back_rows.iter().map(|b| (b - height).abs()).fold(f64::MAX, f64::min);
        // A row without a partner within half a pitch has an empty place on the other side.
        let apart = front_rows.iter().map(|h| nearest(*h)).filter(|d| *d < subject.grid.pitch / 2.0);
        let worst = apart.fold(0.0, f64::max);
        most = most.max(worst);
        if worst > TOLERANCE {
            let say = Say::new("verify-register").with("by", format!("{:.2}", worst / MM));
            findings.push(Finding::on(front + 1, say));
        }
    }
    let figure =
        Say::new("verify-register-figure").with("by", format!("{:.2}", most / MM)).count("leaves", leaves);
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    #[test]
    fn both_sides_of_a_leaf_are_compared() {
        let mut sheets = Sheets::new(4);
        sheets.fill(0, 1, 22).fill(1, 3, 20).fill(2, 1, 22).fill(3, 1, 22);
        assert!(sheets.measure(&RULE).ok);
        sheets.printed.pages[3].glyphs.iter_mut().for_each(|g| g.baseline += 3.0);
        assert_eq!(sheets.finds(&RULE), [("verify-register", Some(4))]);
    }
}

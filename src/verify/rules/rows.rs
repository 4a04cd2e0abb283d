//! The rows of the text stand on one grid, the profile's number of rows a page, and pages that run on
//! into the next are full: their last row is the 22nd, at worst the 21st where a heading or the last
//! lines of a paragraph are kept together. One page in ten, or one in a shorter book, may end earlier where
//! what follows is kept together and needs more rows than are left.
//!
//! The last occupied row is measured, whatever stands there, and not the number of rows with text: a
//! heading takes more room than a row.

use crate::messages::Say;
use crate::verify::rows::OFF_GRID;
use crate::verify::{Finding, Measure, Measured, Row, Rule, Subject, UnitKind};

pub(super) static RULE: Rule =
    Rule { name: "print/rows", source: "GB/T 9704-2012, 5.2.3", measure: Measure::Pages(measure) };

fn measure(subject: &Subject<'_>) -> Measured {
    let Some(rows) = subject.expected.rows.map(i64::from) else {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    };
    if subject.grid_rows().next().is_none() {
        let none = Finding::of(Say::new("verify-no-text"));
        return Measured::of(Say::new("verify-nothing-measured"), vec![none]);
    }
    let mut findings = Vec::new();
    for page in 0..subject.printed.pages.len() {
        let on_grid: Vec<&Row> =
            subject.page_rows(page).iter().filter(|r| r.kind.is_some_and(UnitKind::is_on_grid)).collect();
        let offs: Vec<f64> = on_grid
            .iter()
            .map(|r| subject.grid.row(r.baseline).1)
            .filter(|off| off.abs() > OFF_GRID)
            .collect();
        let worst = offs.iter().map(|o| o.abs()).fold(0.0, f64::max);
        if !offs.is_empty() {
            let say = Say::new("verify-off-grid").count("off", offs.len()).count("rows", on_grid.len());
            findings.push(Finding::on(page, say.with("by", format!("{worst:.1}"))));
        }
        if let Some(beyond) = last_row(subject, page).filter(|last| *last > rows) {
            let say = Say::new("verify-beyond-grid").with("row", beyond).with("rows", rows);
            findings.push(Finding::on(page, say));
        }
    }
    let running = running_on(subject);
    let mut full = 0;
    let mut torn = Vec::new();
    for page in &running {
        match last_row(subject, *page) {
            Some(last) if last == rows => full += 1,
            Some(last) if last < rows - 1 && subject.expected.full_pages => {
                let say = Say::new("verify-page-short").with("row", last).with("rows", rows);
                let is_forced = kept_together(subject, page + 1) > rows - last;
                let list = if is_forced { &mut torn } else { &mut findings };
                list.push(Finding::on(*page, say));
            }
            _ => {}
        }
    }
    if torn.len() > (running.len() / 10).max(1) {
        findings.extend(torn);
    }
    findings.sort_by_key(|f| f.page);
    let figure =
        Say::new("verify-rows-figure").with("rows", rows).count("full", full).count("pages", running.len());
    Measured::of(figure, findings)
}

/// The last row of the grid that something stands in, a picture or a note included.
fn last_row(subject: &Subject<'_>, page: usize) -> Option<i64> {
    let foot = subject.expected.foot_pt() + 2.0;
    let of_text = subject.text_rows(page).map(|r| subject.grid.row(r.baseline));
    let rows = of_text.map(|(row, off)| if off > OFF_GRID * 4.0 { row + 1 } else { row });
    // What hangs from a row ends with its baseline or a little below it.
    let ends = subject.printed.pages.get(page)?.images.iter().map(|i| i.y1.min(foot));
    let ends = ends.map(|y| {
        let (row, off) = subject.grid.row(y);
        if off > subject.grid.pitch * 0.2 { row + 1 } else { row }
    });
    rows.chain(ends).max()
}

/// How many rows at the head of a page cannot stand on the one before: a heading with two rows of its
/// text, the first two rows of a paragraph, or all three of one that has three.
fn kept_together(subject: &Subject<'_>, page: usize) -> i64 {
    let not_note = |r: &&Row| r.kind != Some(UnitKind::Note);
    let rows: Vec<&Row> = subject.text_rows(page).filter(not_note).collect();
    let is_text = |r: &&&Row| matches!(r.kind, Some(UnitKind::Paragraph | UnitKind::Inset));
    let Some(first) = rows.iter().find(is_text) else { return 0 };
    let Some(unit) = first.unit else { return 0 };
    let lines = subject.lines(unit);
    if lines.first().is_some_and(|l| l.row.page != page) {
        return 1;
    }
    let more = match lines.len() {
        0 | 1 => 0,
        3 => 2,
        _ => 1,
    };
    subject.grid.row(first.baseline).0 + more
}

/// Pages whose text runs on into the next one: both hold text of one section, and the next does not
/// begin with what cannot be parted.
pub(super) fn running_on(subject: &Subject<'_>) -> Vec<usize> {
    let edge = |row: Option<&Row>| row.and_then(|r| r.unit).and_then(|u| subject.units.get(u));
    let runs_on = |page: &usize| {
        let not_note = |r: &&Row| r.kind != Some(UnitKind::Note);
        let last = edge(subject.text_rows(*page).rev().find(not_note));
        let next = edge(subject.text_rows(page + 1).find(not_note));
        last.zip(next).is_some_and(|(a, b)| {
            let is_whole = matches!(b.kind, UnitKind::Cell | UnitKind::Caption) && a.id != b.id;
            let begins_with_picture = subject.printed.pages[page + 1]
                .images
                .iter()
                .any(|i| subject.text_rows(page + 1).next().is_some_and(|r| i.y0 < r.baseline));
            a.section == b.section && !is_whole && !begins_with_picture
        })
    };
    (0..subject.printed.pages.len().saturating_sub(1)).filter(runs_on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Arg;
    use crate::verify::rules::testing::Sheets;

    fn figure(measured: &Measured) -> Vec<&Arg> {
        measured.figure.args.iter().map(|a| &a.1).collect()
    }

    #[test]
    fn full_pages_are_counted() {
        let mut sheets = Sheets::new(3);
        sheets.fill(0, 1, 22).fill(1, 1, 21).fill(2, 1, 5);
        let measured = sheets.measure(&RULE);
        assert!(measured.ok, "{measured:?}");
        assert_eq!(figure(&measured)[1..], [&Arg::Count(1), &Arg::Count(2)]);
    }

    #[test]
    fn a_page_that_ends_early_is_told_unless_a_section_ends() {
        let mut sheets = Sheets::new(2);
        sheets.fill(0, 1, 19).fill(1, 1, 5);
        assert_eq!(sheets.finds(&RULE), [("verify-page-short", Some(1))]);
        sheets.units[1].section = 1;
        assert!(sheets.measure(&RULE).ok);
    }

    #[test]
    fn rows_off_the_grid_and_beyond_it_are_told() {
        let mut sheets = Sheets::new(1);
        sheets.fill(0, 1, 20);
        for g in sheets.printed.pages[0].glyphs.iter_mut().filter(|g| g.baseline > 600.0) {
            g.baseline += 3.0;
        }
        assert_eq!(sheets.finds(&RULE), [("verify-off-grid", Some(1))]);
        let mut sheets = Sheets::new(1);
        sheets.fill(0, 1, 23);
        assert_eq!(sheets.finds(&RULE), [("verify-beyond-grid", Some(1))]);
    }

    #[test]
    fn a_narrower_pitch_leaves_the_grid() {
        let mut sheets = Sheets::new(1);
        sheets.fill(0, 1, 22);
        for g in &mut sheets.printed.pages[0].glyphs {
            g.baseline = 118.74 + (g.baseline - 118.74) / 29.6 * 28.95;
        }
        assert!(!sheets.measure(&RULE).ok);
    }

    #[test]
    fn text_that_is_not_there_is_not_on_the_grid() {
        assert_eq!(Sheets::new(1).finds(&RULE), [("verify-no-text", None)]);
    }
}

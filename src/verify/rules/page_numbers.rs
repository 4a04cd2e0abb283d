//! Page numbers: 4号 between dashes, 7 mm below the type area, at the outer side with one character's
//! room; one on every page of the text, counted on from page to page, odd ones on right-hand pages;
//! none on the cover and on blank pages.

use crate::messages::Say;
use crate::verify::expected::MM;
use crate::verify::rules::{margins, median, mm};
use crate::verify::{Finding, Measure, Measured, PageNumbers, Row, Rule, Subject, UnitKind};

pub(super) static RULE: Rule =
    Rule { name: "print/page-numbers", source: "GB/T 9704-2012, 7.5", measure: Measure::Pages(measure) };

/// How far a size may be off, pt.
const SIZE: f64 = 0.3;

fn measure(subject: &Subject<'_>) -> Measured {
    let Some(wanted) = &subject.expected.page_numbers else {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    };
    let lefts = margins::lefts(subject);
    let count = subject.printed.pages.len();
    let first_text = (0..count).find(|p| subject.text_rows(*p).next().is_some()).unwrap_or(count);
    let mut findings = Vec::new();
    let (mut numbered, mut pages, mut below) = (0, 0, Vec::new());
    let mut before: Option<u32> = None;
    for page in 0..count {
        let rows = subject.page_rows(page);
        let numbers: Vec<(&Row, u32)> =
            rows.iter().filter_map(|r| subject.page_number(r).map(|n| (r, n))).collect();
        let holds_more = rows.len() > numbers.len() || !subject.printed.pages[page].images.is_empty();
        let is_cover = page < first_text && rows.iter().any(|r| r.kind == Some(UnitKind::Front));
        if (!holds_more || is_cover) && !numbers.is_empty() {
            let id = if is_cover { "verify-number-on-cover" } else { "verify-number-on-blank" };
            findings.push(Finding::on(page, Say { id, args: Vec::new() }));
            continue;
        }
        // Contents before the text may be numbered in a way of their own, or not.
        if page < first_text || !holds_more {
            continue;
        }
        // 版记 behind a blank page has none either.
        let is_blank =
            |p: usize| subject.page_rows(p).is_empty() && subject.printed.pages[p].images.is_empty();
        let holds_text = rows.iter().any(|r| r.kind.is_some());
        if !holds_text && numbers.is_empty() && page > 0 && is_blank(page - 1) {
            before = None;
            continue;
        }
        pages += 1;
        let [(row, number)] = numbers[..] else {
            findings
                .push(Finding::on(page, Say::new("verify-number-missing").count("numbers", numbers.len())));
            continue;
        };
        numbered += 1;
        below.push(upper_edge(row) - subject.expected.foot_pt());
        let is_next = before.is_none_or(|b| number == b + 1);
        let is_right_hand = page % 2 == 0;
        if !is_next || (subject.expected.duplex && is_right_hand != (number % 2 == 1)) {
            findings.push(Finding::on(page, Say::new("verify-number-order").with("number", number)));
        }
        before = Some(number);
        let left = lefts.get(page).copied().flatten();
        findings.extend(faults(subject, wanted, row, number, left).into_iter().map(|s| Finding::on(page, s)));
    }
    let below = median(below).map_or_else(|| "–".to_owned(), mm);
    let figure = Say::new("verify-page-numbers-figure")
        .count("numbered", numbered)
        .count("pages", pages)
        .with("below", below);
    Measured { ok: findings.is_empty() && numbered > 0, figure, findings }
}

fn upper_edge(row: &Row) -> f64 {
    row.baseline - 0.88 * row.size
}

fn faults(
    subject: &Subject<'_>,
    wanted: &PageNumbers,
    row: &Row,
    number: u32,
    left: Option<f64>,
) -> Vec<Say> {
    let mut faults = Vec::new();
    let tolerance = subject.expected.tolerance * MM;
    let below = upper_edge(row) - subject.expected.foot_pt();
    if (below - wanted.below * MM).abs() > tolerance {
        faults.push(Say::new("verify-number-height").with("is", mm(below)).with("wanted", wanted.below));
    }
    if let Some(left) = left {
        let is_left = subject.expected.duplex && number.is_multiple_of(2);
        let right = left + subject.expected.area_width * MM;
        // How far it stands from its place, in its own size.
        let (is, place) = match wanted.from_edge {
            Some(edge) if is_left => ((row.x0 - left) / wanted.size, edge),
            Some(edge) => ((right - row.x1) / wanted.size, edge),
            None => (((row.x0 + row.x1) - (left + right)) / 2.0 / wanted.size, 0.0),
        };
        // A dash at a line's end is drawn a little narrower than the font says.
        let beside = tolerance.max(0.25 * wanted.size);
        if ((is - place) * wanted.size).abs() > beside {
            faults.push(Say::new("verify-number-side").with("is", format!("{is:.1}")).with("wanted", place));
        }
    }
    if (row.size - wanted.size).abs() > SIZE {
        let is = format!("{:.1}", row.size);
        faults.push(Say::new("verify-number-size").with("is", is).with("wanted", wanted.size));
    }
    let text = subject.text(&row.chars);
    let has_dashes = text.starts_with('—') && text.ends_with('—') && text.matches('—').count() == 2;
    if wanted.dashes && !has_dashes {
        faults.push(Say::new("verify-number-dashes").with("is", text));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    /// A cover, a blank page, two pages of text.
    fn book() -> Sheets {
        let mut sheets = Sheets::new(4);
        sheets.unit(UnitKind::Front, &[(0, 3, "修好老街")]);
        sheets.fill(2, 1, 22).fill(3, 1, 8).number(2, 1).number(3, 2);
        sheets
    }

    #[test]
    fn numbers_in_their_places() {
        let measured = book().measure(&RULE);
        assert!(measured.ok, "{measured:?}");
    }

    #[test]
    fn numbers_out_of_place() {
        type Change = fn(&mut Sheets);
        let numbers = |s: &mut Sheets, f: fn(&mut crate::verify::Glyph)| {
            s.printed.pages[2].glyphs.iter_mut().filter(|g| g.baseline > 750.0).for_each(f);
        };
        let _ = numbers;
        let cases: [(Change, &str); 6] = [
            (|s| on_foot(s, |g| g.baseline += 6.0), "verify-number-height"),
            (|s| on_foot(s, |g| g.x -= 200.0), "verify-number-side"),
            (|s| on_foot(s, |g| g.size = 10.5), "verify-number-size"),
            (
                |s| {
                    s.number(0, 9);
                },
                "verify-number-on-cover",
            ),
            (
                |s| {
                    s.number(1, 9);
                },
                "verify-number-on-blank",
            ),
            (|s| s.printed.pages[3].glyphs.retain(|g| g.baseline < 750.0), "verify-number-missing"),
        ];
        for (change, id) in cases {
            let mut sheets = book();
            change(&mut sheets);
            let found: Vec<&str> = sheets.finds(&RULE).iter().map(|f| f.0).collect();
            assert!(found.contains(&id), "{id}: {found:?}");
        }
    }

    fn on_foot(sheets: &mut Sheets, change: fn(&mut crate::verify::Glyph)) {
        sheets.printed.pages[2].glyphs.iter_mut().filter(|g| g.baseline > 750.0).for_each(change);
    }

    #[test]
    fn numbers_count_on() {
        let mut sheets = Sheets::new(4);
        sheets.fill(0, 1, 22).fill(1, 1, 22).fill(2, 1, 8).number(0, 1).number(1, 2).number(2, 5);
        assert_eq!(sheets.finds(&RULE), [("verify-number-order", Some(3))]);
    }
}

//! The type area (版心) is as large as the profile's and stands where it should: 天头 above, 订口 at
//! the binding side, which is left on odd pages and right on even ones.
//!
//! It is measured by the letters: the left edge where lines begin that are not indented, the right edge
//! where full lines end, the upper edge over the first row, the lower edge under the last row that a
//! page has.

use crate::messages::Say;
use crate::verify::expected::MM;
use crate::verify::rules::{marks, median, mm};
use crate::verify::{Finding, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule =
    Rule { name: "print/margins", source: "GB/T 9704-2012, 5.2.1", measure: Measure::Pages(measure) };

/// Edges of the lines of one page.
struct Edges {
    page: usize,
    left: f64,
    right: Option<f64>,
}

fn edges(subject: &Subject<'_>) -> Vec<Edges> {
    let pages = subject.printed.pages.len();
    let (mut lefts, mut rights) = (vec![Vec::new(); pages], vec![Vec::new(); pages]);
    let mut indented = lefts.clone();
    for unit in 0..subject.units.len() {
        if subject.units[unit].kind != UnitKind::Paragraph || !subject.is_whole(unit) {
            continue;
        }
        let lines = subject.lines(unit);
        for (k, line) in lines.iter().enumerate() {
            let (Some(first), Some(last)) = (line.chars.first(), line.chars.last()) else { continue };
            // An opening mark may have lost its empty half.
            if k > 0 && !marks::is_mark(subject.chars[*first].c) {
                lefts[line.row.page].push(subject.glyph(*first).x);
            }
            if k == 0 {
                // 每个自然段左空二字 (7.3.3).
                indented[line.row.page].push(subject.glyph(*first).x - 2.0 * subject.glyph(*first).size);
            }
            if k + 1 < lines.len() && marks::is_han(subject.chars[*last].c) {
                let g = subject.glyph(*last);
                rights[line.row.page].push(g.x + g.width);
            }
        }
    }
    // Where every paragraph is one line, its indent has to do.
    let lefts = lefts.into_iter().zip(indented).map(|(l, i)| median(l).or_else(|| median(i)));
    let both = lefts.zip(rights).enumerate();
    both.filter_map(|(page, (l, r))| Some(Edges { page, left: l?, right: median(r) })).collect()
}

/// Where lines begin on each page, as far as it shows.
pub(super) fn lefts(subject: &Subject<'_>) -> Vec<Option<f64>> {
    let mut lefts = vec![None; subject.printed.pages.len()];
    edges(subject).iter().for_each(|e| lefts[e.page] = Some(e.left));
    // A page without a line that shows it is like the others of its side.
    for side in 0..2 {
        let known = median(lefts.iter().skip(side).step_by(2).flatten().copied().collect());
        let unknown = lefts.iter_mut().skip(side).step_by(2).filter(|l| l.is_none());
        unknown.for_each(|l| *l = known);
    }
    lefts
}

fn measure(subject: &Subject<'_>) -> Measured {
    let expected = subject.expected;
    let (tolerance, size) = (expected.tolerance * MM, expected.body_size);
    let edges = edges(subject);
    let mut findings = Vec::new();
    let mut off = |page: Option<usize>, what: &'static str, is: f64, wanted: f64| {
        if (is - wanted * MM).abs() > tolerance {
            let say =
                Say { id: what, args: Vec::new() }.with("is", mm(is)).with("wanted", format!("{wanted:.0}"));
            findings.push(page.map_or(Finding::of(say.clone()), |p| Finding::on(p, say)));
        }
    };
    let insides: Vec<(usize, f64)> = edges
        .iter()
        .filter_map(|e| {
            let is_even = expected.duplex && e.page % 2 == 1;
            let width = subject.printed.pages[e.page].trim.width();
            let inside = if is_even { width - e.right? } else { e.left };
            Some((e.page, inside))
        })
        .collect();
    for (page, inside) in &insides {
        off(Some(*page), "verify-inside", *inside, expected.inside);
    }
    let width = median(edges.iter().filter_map(|e| Some(e.right? - e.left)).collect());
    if let Some(width) = width {
        off(None, "verify-area-width", width, expected.area_width);
    }
    let shown = |length: Option<f64>| length.map_or_else(|| "?".to_owned(), mm);
    // Every profile's letters stand in their em as a Chinese font's do: 0.88 above the baseline.
    let tops = subject.grid_rows().map(|r| r.baseline - 0.88 * size).reduce(f64::min);
    let feet = subject.grid_rows().map(|r| r.baseline + 0.12 * size).reduce(f64::max);
    let inside = median(insides.iter().map(|i| i.1).collect());
    let (Some(top), Some(foot)) = (tops, feet) else {
        let none = Finding::of(Say::new("verify-no-text"));
        return Measured::of(Say::new("verify-nothing-measured"), vec![none]);
    };
    // Where headings open every page, the grid tells where the first row would stand.
    let top =
        if top > expected.top_pt() + subject.grid.pitch { subject.grid.first - 0.88 * size } else { top };
    // A short text does not reach the foot; one that runs on does, and print/rows tells if it does not.
    off(None, "verify-top", top, expected.top);
    let height = foot - top;
    if foot > expected.foot_pt() + tolerance {
        off(None, "verify-area-height", height, expected.area_height);
    }
    let figure = Say::new("verify-margins-figure")
        .with("top", mm(top))
        .with("inside", shown(inside))
        .with("width", shown(width))
        .with("height", mm(height));
    Measured::of(figure, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    fn two_pages() -> Sheets {
        let mut sheets = Sheets::new(2);
        sheets.fill(0, 1, 22).fill(1, 1, 22);
        sheets
    }

    #[test]
    fn the_type_area_is_measured() {
        let measured = two_pages().measure(&RULE);
        assert!(measured.ok, "{measured:?}");
    }

    #[test]
    fn the_binding_side_alternates() {
        let mut sheets = two_pages();
        sheets.printed.pages[1].glyphs.iter_mut().for_each(|g| g.x += 5.67);
        assert_eq!(sheets.finds(&RULE), [("verify-inside", Some(2))]);
    }

    #[test]
    fn a_type_area_that_is_too_low_or_narrow_is_told() {
        let mut sheets = two_pages();
        sheets.printed.pages.iter_mut().flat_map(|p| &mut p.glyphs).for_each(|g| g.baseline += 4.0);
        let found: Vec<&str> = sheets.finds(&RULE).iter().map(|f| f.0).collect();
        assert!(found.contains(&"verify-top"), "{found:?}");
        let mut sheets = Sheets::new(1);
        let lines: Vec<String> = (0..5).map(|_| sheets.full_line(26)).collect();
        let rows: Vec<(usize, u32, &str)> = (1..).zip(&lines).map(|(k, l)| (0, k, l.as_str())).collect();
        sheets.unit(UnitKind::Paragraph, &rows);
        assert_eq!(sheets.finds(&RULE), [("verify-area-width", None)]);
    }
}

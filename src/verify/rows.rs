//! Glyphs grouped into rows, and the grid the rows stand on.

use crate::verify::{Char, Expected, Printed, Unit, UnitKind};

/// Glyphs whose baselines differ by less stand in one row, pt.
const SAME_ROW: f64 = 1.0;
/// A row this far from the grid is off it, pt: a quarter of a millimetre.
pub(super) const OFF_GRID: f64 = 0.7;

/// Glyphs on one baseline.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The page, counted from 0.
    pub page: usize,
    /// The line it stands on, pt from the upper edge.
    pub baseline: f64,
    /// Where the first glyph begins, pt.
    pub x0: f64,
    /// Where the last one ends, pt.
    pub x1: f64,
    /// The size of most of its letters, pt.
    pub size: f64,
    /// Its characters from left to right, as indices into [`crate::verify::Subject::chars`].
    pub chars: Vec<usize>,
    /// What most of it is, if it is the tree's text.
    pub kind: Option<UnitKind>,
    /// The piece most of it is of.
    pub unit: Option<usize>,
}

/// The rows of all pages, from above to below, and the row of every character.
pub(super) fn rows(printed: &Printed, chars: &[Char], units: &[Unit]) -> (Vec<Row>, Vec<usize>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut row_of = vec![0; chars.len()];
    let mut start = 0;
    for (number, page) in printed.pages.iter().enumerate() {
        let end = start + chars.get(start..).unwrap_or_default().partition_point(|c| c.page <= number);
        let mut order: Vec<usize> = (start..end).collect();
        start = end;
        let glyph = |k: &usize| &page.glyphs[chars[*k].glyph];
        order.sort_by(|a, b| glyph(a).baseline.total_cmp(&glyph(b).baseline));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for k in order {
            let baseline = glyph(&k).baseline;
            match groups.last_mut() {
                Some(group) if baseline - last < SAME_ROW => group.push(k),
                _ => {
                    last = baseline;
                    groups.push(vec![k]);
                }
            }
        }
        let made = groups.into_iter().map(|group| {
            let mut of_row: Vec<(usize, &crate::verify::Glyph)> =
                group.into_iter().map(|k| (k, glyph(&k))).collect();
            of_row.sort_by(|(_, a), (_, b)| a.x.total_cmp(&b.x));
            row(number, &of_row)
        });
        rows.extend(with_marks_joined(made.collect()));
    }
    for (k, row) in rows.iter_mut().enumerate() {
        row.chars.iter().for_each(|c| row_of[*c] = k);
        row.unit = most(row.chars.iter().map(|c| chars[*c].unit)).flatten();
        row.kind = row.unit.map(|u| units[u].kind);
    }
    (rows, row_of)
}

fn row(page: usize, glyphs: &[(usize, &crate::verify::Glyph)]) -> Row {
    let size = most(glyphs.iter().map(|(_, g)| tenths(g.size))).unwrap_or(0);
    let size = glyphs.iter().map(|(_, g)| g.size).find(|s| tenths(*s) == size).unwrap_or(0.0);
    let edge = |f: fn(f64, f64) -> f64, of: fn(&crate::verify::Glyph) -> f64| {
        glyphs.iter().map(|(_, g)| of(g)).reduce(f).unwrap_or(0.0)
    };
    Row {
        page,
        baseline: glyphs.first().map_or(0.0, |(_, g)| g.baseline),
        x0: edge(f64::min, |g| g.x),
        x1: edge(f64::max, |g| g.x + g.width),
        size,
        chars: glyphs.iter().map(|(k, _)| *k).collect(),
        kind: None,
        unit: None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a size in points")]
fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}

/// What there is most of; the first of equals.
fn most<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: std::collections::BTreeMap<T, usize> = std::collections::BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(item, _)| item)
}

/// Puts raised and lowered marks, rows of their own by their baseline, into the rows they belong to.
fn with_marks_joined(rows: Vec<Row>) -> Vec<Row> {
    let is_mark_of = |small: &Row, big: &Row| {
        let (raised, size) = (big.baseline - small.baseline, big.size);
        small.size < 0.8 * size
            && (-0.3 * size..0.6 * size).contains(&raised)
            && small.chars.len() < big.chars.len()
            && small.x0 > big.x0 - 1.0
            && small.x1 < big.x1 + 2.0 * size
    };
    let mut owners: Vec<Option<usize>> = vec![None; rows.len()];
    for (k, small) in rows.iter().enumerate() {
        let beside = [k.checked_sub(1), Some(k + 1)];
        let owner =
            beside.into_iter().flatten().find(|b| rows.get(*b).is_some_and(|big| is_mark_of(small, big)));
        owners[k] = owner;
    }
    let mut kept = rows.clone();
    for (k, owner) in owners.iter().enumerate() {
        // A mark of a mark stays where it is.
        if let Some(owner) = owner.filter(|o| owners[*o].is_none()) {
            kept[owner].chars.extend(&rows[k].chars);
        }
    }
    let is_gone = |k: usize| owners[k].is_some_and(|o| owners[o].is_none());
    kept.into_iter().enumerate().filter(|(k, _)| !is_gone(*k)).map(|(_, row)| row).collect()
}

/// The rows' places on every page.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Grid {
    /// The baseline of the first row, pt from the upper edge.
    pub first: f64,
    /// From row to row, pt.
    pub pitch: f64,
}

impl Grid {
    /// The grid that most of the rows stand on: its pitch is what is expected, its beginning what is
    /// found.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>, expected: &Expected) -> Self {
        const STEP: f64 = 0.1;
        let (top, pitch) = (expected.top_pt(), expected.pitch.max(1.0));
        let phases: Vec<f64> = rows.map(|r| (r.baseline - top).rem_euclid(pitch)).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tenths of a pitch")]
        let cell = |phase: f64| (phase / STEP) as usize;
        let count = cell(pitch) + 1;
        let mut cells = vec![0_usize; count];
        phases.iter().for_each(|p| cells[cell(*p).min(count - 1)] += 1);
        let reach = cell(OFF_GRID);
        let near =
            |k: usize| -> usize { (0..=2 * reach).map(|d| cells[(k + count + d - reach) % count]).sum() };
        let best = (0..count).max_by_key(|k| (near(*k), cells[*k], usize::MAX - k)).unwrap_or(0);
        // The mean of those near the best place, which may lie on either side of a whole pitch.
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let middle = (best as f64 + 0.5) * STEP;
        let offsets: Vec<f64> = phases
            .iter()
            .map(|p| (p - middle + pitch / 2.0).rem_euclid(pitch) - pitch / 2.0)
            .filter(|d| d.abs() < OFF_GRID)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
        let mean = offsets.iter().sum::<f64>() / (offsets.len().max(1) as f64);
        Self { first: top + (middle + mean).rem_euclid(pitch), pitch }
    }

    /// The row nearest to a baseline, counted from 1, and how far below it the baseline is.
    #[must_use]
    pub fn row(&self, baseline: f64) -> (i64, f64) {
        let rows = (baseline - self.first) / self.pitch;
        #[expect(clippy::cast_possible_truncation, reason = "rows of a page")]
        let row = rows.round() as i64;
        (row + 1, (rows - rows.round()) * self.pitch)
    }

    /// The baseline of a row counted from 1.
    #[must_use]
    pub fn baseline(&self, row: u32) -> f64 {
        self.first + f64::from(row.saturating_sub(1)) * self.pitch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::{glyphs, page};

    fn rows_of(printed: &Printed) -> Vec<Row> {
        let chars: Vec<Char> = crate::verify::align::align(printed, &[], &[]).chars;
        rows(printed, &chars, &[]).0
    }

    #[test]
    fn raised_marks_belong_to_their_row() {
        let mut p = page();
        p.glyphs.extend(glyphs("先把电线理顺", 100.0, 200.0, 16.0));
        p.glyphs.extend(glyphs("1", 196.0, 194.0, 10.0));
        p.glyphs.extend(glyphs("再谈灯光", 100.0, 230.0, 16.0));
        p.glyphs.extend(glyphs("见规划", 100.0, 700.0, 10.0));
        let rows = rows_of(&Printed { pages: vec![p], ..Printed::default() });
        let lengths: Vec<usize> = rows.iter().map(|r| r.chars.len()).collect();
        assert_eq!(lengths, [7, 4, 3]);
    }

    #[test]
    fn the_grid_is_where_most_rows_are() {
        let expected = Expected::briefing();
        let mut p = page();
        for k in 0..20 {
            let off = if k == 7 { 9.0 } else { 0.0 };
            p.glyphs.extend(glyphs("先把电线理顺", 80.0, 118.74 + f64::from(k) * 29.6 + off, 15.75));
        }
        let rows = rows_of(&Printed { pages: vec![p], ..Printed::default() });
        let grid = Grid::of(rows.iter(), &expected);
        assert!((grid.first - 118.74).abs() < 0.01, "{grid:?}");
        assert_eq!(grid.row(118.74 + 21.0 * 29.6).0, 22);
        assert!((grid.row(rows[7].baseline).1 - 9.0).abs() < 0.01);
    }
}

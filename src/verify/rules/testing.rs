//! Pages made by hand for the tests of the rules.

use crate::tree::{NodeId, Proceedings};
use crate::verify::{
    Area, Expected, Font, Glyph, Measured, Page, Printed, Rule, Subject, Text, Unit, UnitKind,
};

const A4: Area = Area { x0: 0.0, y0: 0.0, x1: 595.276, y1: 841.89 };
/// The body's size, and where it begins.
pub(in crate::verify) const SIZE: f64 = 15.75;
const FIRST: f64 = 118.74;
const PITCH: f64 = 29.6;

pub(in crate::verify) fn page() -> Page {
    Page { media: A4, trim: A4, ..Page::default() }
}

/// Full-width glyphs side by side; ASCII is half as wide.
pub(in crate::verify) fn glyphs(text: &str, x: f64, baseline: f64, size: f64) -> Vec<Glyph> {
    let mut at = x;
    let glyph = |c: char| {
        let width = if c.is_ascii() || c == '—' && size < 15.0 { size / 2.0 } else { size };
        let glyph =
            Glyph { text: Text::of(c), font: 0, size, x: at, width, baseline, shape: None, hidden: false };
        at += width;
        glyph
    };
    text.chars().map(glyph).collect()
}

/// Pages and the text on them.
pub(in crate::verify) struct Sheets {
    pub(in crate::verify) printed: Printed,
    pub(in crate::verify) units: Vec<Unit>,
    pub(in crate::verify) expected: Expected,
    filled: usize,
}

impl Sheets {
    pub(in crate::verify) fn new(pages: usize) -> Self {
        let font = Font { name: "FandolFang-Regular".to_owned(), embedded: true };
        let printed = Printed { pages: vec![page(); pages], fonts: vec![font], ..Printed::default() };
        Self { printed, units: Vec::new(), expected: Expected::briefing(), filled: 0 }
    }

    /// Where the type area of a page, counted from 0, begins.
    pub(in crate::verify) fn left(page: usize) -> f64 {
        if page.is_multiple_of(2) { 79.37 } else { 73.7 }
    }

    pub(in crate::verify) fn baseline(row: u32) -> f64 {
        FIRST + PITCH * f64::from(row - 1)
    }

    /// A piece of text in rows of pages: page from 0, row from 1, text, which may be indented by
    /// ideographic spaces.
    pub(in crate::verify) fn unit(&mut self, kind: UnitKind, lines: &[(usize, u32, &str)]) -> &mut Self {
        self.unit_sized(kind, SIZE, lines)
    }

    pub(in crate::verify) fn unit_sized(
        &mut self,
        kind: UnitKind,
        size: f64,
        lines: &[(usize, u32, &str)],
    ) -> &mut Self {
        let id = NodeId::new(format!("u{}", self.units.len()));
        let text: String = lines.iter().map(|l| l.2).collect();
        self.units.push(Unit { id, ..Unit::new(kind, &text) });
        for (page, row, text) in lines {
            let drawn = glyphs(text, Self::left(*page), Self::baseline(*row), size);
            self.printed.pages[*page].glyphs.extend(drawn);
        }
        self
    }

    /// Rows `from` to `to` of a page as one paragraph of full lines.
    pub(in crate::verify) fn fill(&mut self, page: usize, from: u32, to: u32) -> &mut Self {
        let lines: Vec<String> = (from..=to).map(|_| self.full_line(28)).collect();
        let rows: Vec<(usize, u32, &str)> =
            (from..).zip(&lines).map(|(row, line)| (page, row, line.as_str())).collect();
        self.unit(UnitKind::Paragraph, &rows)
    }

    /// A line that is like no other.
    pub(in crate::verify) fn full_line(&mut self, length: u32) -> String {
        self.filled += 1;
        let char = |k: u32| char::from_u32(0x4e00 + (self.filled as u32 * 97 + k * 31) % 0x5000);
        (0..length).filter_map(char).collect()
    }

    /// A printed page number in its place.
    pub(in crate::verify) fn number(&mut self, page: usize, number: u32) -> &mut Self {
        let text = format!("— {number} —");
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let width = text.chars().count() as f64 * 7.0;
        let left = Self::left(page);
        let x = if number.is_multiple_of(2) { left + 14.0 } else { left + 442.2 - 14.0 - width };
        let drawn = glyphs(&text, x, 774.84, 14.0);
        self.printed.pages[page].glyphs.extend(drawn);
        self
    }

    pub(in crate::verify) fn measure(&self, rule: &Rule) -> Measured {
        let tree = Proceedings::default();
        let subject = Subject::of_units(&self.printed, &tree, &self.expected, self.units.clone());
        match rule.measure {
            crate::verify::Measure::Pages(measure) => measure(&subject),
            _ => panic!("{} is not for pages", rule.name),
        }
    }

    /// The ids and pages of what a rule finds.
    pub(in crate::verify) fn finds(&self, rule: &Rule) -> Vec<(&'static str, Option<usize>)> {
        self.measure(rule).findings.iter().map(|f| (f.say.id, f.page)).collect()
    }
}

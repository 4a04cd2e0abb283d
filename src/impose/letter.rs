//! Letters as outlines, for the few words on a test sheet: no font has to go into the file, and every
//! printer has the characters.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::impose::geometry::{number, numbers};

/// Paths of letters, ready to be filled.
pub(super) struct Letters<'a> {
    face: Face<'a>,
}

struct Path {
    out: String,
    x: f64,
    y: f64,
    scale: f64,
    at: (f64, f64),
}

impl<'a> Letters<'a> {
    /// None if the font cannot be read.
    pub(super) fn new(font: &'a [u8], index: u32) -> Option<Self> {
        Face::parse(font, index).ok().map(|face| Self { face })
    }

    fn glyph(&self, c: char) -> GlyphId {
        self.face.glyph_index(c).unwrap_or(GlyphId(0))
    }

    fn scale(&self, size: f64) -> f64 {
        size / f64::from(self.face.units_per_em())
    }

    /// How wide a line is.
    pub(super) fn width(&self, line: &str, size: f64) -> f64 {
        let units = line.chars().map(|c| self.face.glyph_hor_advance(self.glyph(c)).unwrap_or(0));
        units.map(f64::from).sum::<f64>() * self.scale(size)
    }

    /// Fills a line whose base begins at a point.
    pub(super) fn draw(&self, line: &str, size: f64, x: f64, y: f64) -> String {
        let scale = self.scale(size);
        let mut path = Path { out: String::new(), x, y, scale, at: (0.0, 0.0) };
        for c in line.chars() {
            let glyph = self.glyph(c);
            self.face.outline_glyph(glyph, &mut path);
            path.x += f64::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
        }
        path.out + "f\n"
    }
}

impl Path {
    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (self.x + f64::from(x) * self.scale, self.y + f64::from(y) * self.scale)
    }

    fn push(&mut self, points: &[(f64, f64)], operator: &str) {
        for (x, y) in points {
            self.out += &format!("{} {} ", number(*x), number(*y));
        }
        self.out += operator;
        self.out += "\n";
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(&[to], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(&[to], "l");
    }

    /// PDF has cubic curves only.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, over, to) = (self.at, self.point(x1, y1), self.point(x, y));
        let towards = |a: f64, b: f64| a + (b - a) * 2.0 / 3.0;
        let near = |end: (f64, f64)| (towards(end.0, over.0), towards(end.1, over.1));
        self.push(&[near(from), near(to), to], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.point(x1, y1), self.point(x2, y2), self.point(x, y)];
        self.push(&points, "c");
    }

    fn close(&mut self) {
        self.out += "h\n";
    }
}

/// A rectangle, filled or stroked by `operator`.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64, operator: &str) -> String {
    format!("{} re {operator}\n", numbers(&[x, y, width, height]))
}

/// A straight stroke.
pub(super) fn stroke(from: (f64, f64), to: (f64, f64)) -> String {
    format!("{} m {} l S\n", numbers(&[from.0, from.1]), numbers(&[to.0, to.1]))
}

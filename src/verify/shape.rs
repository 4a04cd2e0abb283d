//! What a glyph looks like, in a few numbers: enough to tell two characters apart, and the same whichever
//! program writes its curves.

use kurbo::{Affine, BezPath, ParamCurveMoments, Shape as _};
use ttf_parser::{Face, OutlineBuilder};

/// The measures of a glyph's outline at 1000 units to the em.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Shape {
    /// Left, lower, right and upper edge.
    pub bounds: [f64; 4],
    /// The area inside, holes taken off.
    pub area: f64,
    /// Where the middle of that area lies.
    pub middle: [f64; 2],
}

/// Programs round points to whole units.
const EDGE: f64 = 2.5;
/// Parts of the area, and units, that rounding moves.
const AREA: f64 = 0.004;

impl Shape {
    /// The shape of an outline.
    pub(super) fn of(path: &BezPath) -> Self {
        if path.segments().next().is_none() {
            return Self::default();
        }
        let b = path.bounding_box();
        let moments = path.moments();
        let area = path.area();
        let part = |moment: f64| if area.abs() < 1.0 { 0.0 } else { moment / area };
        Self {
            bounds: [b.x0, b.y0, b.x1, b.y1],
            area: area.abs(),
            middle: [part(moments.moment_x), part(moments.moment_y)],
        }
    }

    /// The shape a font has for a character.
    pub(super) fn of_char(face: &Face<'_>, c: char) -> Option<Self> {
        let mut outline = Outline(BezPath::new());
        let glyph = face.glyph_index(c)?;
        face.outline_glyph(glyph, &mut outline);
        let scale = 1000.0 / f64::from(face.units_per_em());
        Some(Self::of(&(Affine::scale(scale) * outline.0)))
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.area < 1.0
    }

    /// Whether both are the same but for rounding.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let edges = self.bounds.iter().zip(&other.bounds).all(|(a, b)| (a - b).abs() < EDGE);
        let middles = self.middle.iter().zip(&other.middle).all(|(a, b)| (a - b).abs() < EDGE);
        edges && middles && (self.area - other.area).abs() <= AREA * self.area.max(other.area) + 20.0
    }
}

struct Outline(BezPath);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to((f64::from(x1), f64::from(y1)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let [a, b, c] = [(x1, y1), (x2, y2), (x, y)].map(|(x, y)| (f64::from(x), f64::from(y)));
        self.0.curve_to(a, b, c);
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, side: f64) -> Shape {
        let mut path = BezPath::new();
        path.move_to((x, 0.0));
        path.line_to((x + side, 0.0));
        path.line_to((x + side, side));
        path.line_to((x, side));
        path.close_path();
        Shape::of(&path)
    }

    #[test]
    fn shapes_are_told_apart() {
        let one = square(100.0, 400.0);
        assert!((one.area - 160_000.0).abs() < 1e-6 && (one.middle[0] - 300.0).abs() < 1e-6, "{one:?}");
        assert!(one.is_like(&square(100.3, 400.2)) && !one.is_like(&square(100.0, 410.0)));
        assert!(!one.is_like(&square(110.0, 400.0)) && !one.is_blank());
        assert!(Shape::of(&BezPath::new()).is_blank());
    }
}

//! Rectangles, matrices and lengths, in points unless a name says millimetres.

/// Points of a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// A rectangle whose first corner is the lower left one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x0: f64,
    pub(super) y0: f64,
    pub(super) x1: f64,
    pub(super) y1: f64,
}

impl Rect {
    /// The rectangle of two opposite corners, whichever they are.
    pub(super) fn new(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) }
    }

    pub(super) fn sized(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self::new((x, y), (x + width, y + height))
    }

    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// What both cover; none when they do not meet.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let met = Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (met.x0 < met.x1 && met.y0 < met.y1).then_some(met)
    }

    /// The smallest rectangle around both.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The rectangle with every side moved outwards.
    pub(super) fn grown(&self, by: f64) -> Self {
        Self::new((self.x0 - by, self.y0 - by), (self.x1 + by, self.y1 + by))
    }

    /// Whether `inner` lies inside, give or take `tolerance`.
    pub(super) fn holds(&self, inner: &Self, tolerance: f64) -> bool {
        let outer = self.grown(tolerance);
        outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
    }

    pub(super) fn corners(&self) -> [(f64, f64); 4] {
        [(self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)]
    }

    pub(super) fn numbers(&self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1]
    }
}

/// `[a b c d e f]` as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn scale(x: f64, y: f64) -> Self {
        Self([x, 0.0, 0.0, y, 0.0, 0.0])
    }

    /// First this, then `next`.
    pub(super) fn then(&self, next: &Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(super) fn apply(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The upright rectangle around what `rect` becomes.
    pub(super) fn around(&self, rect: &Rect) -> Rect {
        let [a, b, c, d] = rect.corners().map(|corner| self.apply(corner));
        Rect::new(a, b).join(&Rect::new(c, d))
    }

    /// Brings a page's box to its origin as a reader shows it: turned clockwise by `rotate` degrees.
    pub(super) fn upright(shown: &Rect, rotate: u16) -> Self {
        let Rect { x0, y0, x1, y1 } = *shown;
        Self(match rotate {
            90 => [0.0, -1.0, 1.0, 0.0, -y0, x1],
            180 => [-1.0, 0.0, 0.0, -1.0, x1, y1],
            270 => [0.0, 1.0, -1.0, 0.0, y1, -x0],
            _ => [1.0, 0.0, 0.0, 1.0, -x0, -y0],
        })
    }
}

/// A number as content streams have it: at most four decimals, no exponent.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Numbers of a row, parted by blanks.
pub(super) fn numbers(values: &[f64]) -> String {
    values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_stands_at_the_origin() {
        let shown = Rect::new((10.0, 20.0), (110.0, 220.0));
        for rotate in [0, 90, 180, 270] {
            let there = Matrix::upright(&shown, rotate).around(&shown);
            let turned = rotate % 180 == 90;
            let (width, height) = if turned { (200.0, 100.0) } else { (100.0, 200.0) };
            assert_eq!(there, Rect::sized(0.0, 0.0, width, height), "{rotate}");
        }
        // Clockwise: the upper left corner goes to the upper right one.
        assert_eq!(Matrix::upright(&shown, 90).apply((10.0, 220.0)), (200.0, 100.0));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(numbers(&[1.0, -0.000_01, 841.889_76, 0.5, 100.0]), "1 0 841.8898 0.5 100");
    }
}

//! Takes down glyphs and pictures instead of drawing them.

use hayro_interpret::font::Glyph as PdfGlyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, Point, Rect};

use super::fonts::Fonts;
use super::shapes::Shapes;
use crate::verify::page::{Area, Glyph, Text};

/// Steps of drawing in a file: glyphs, paths, forms. A book of 1,008 speeches takes four million.
pub(super) const MOST_STEPS: usize = 30_000_000;
/// What a form costs beside what it draws.
const FORM: usize = 100;

/// Thrown when the steps are spent. Forms that call each other twice at fifty levels would draw for
/// ever, and the interpreter asks nobody whether to go on.
pub(super) struct Spent;

pub(super) struct Recorder<'f> {
    fonts: &'f mut Fonts,
    shapes: &'f mut Shapes,
    steps: &'f mut usize,
    glyphs: Vec<Glyph>,
    images: Vec<Area>,
}

impl<'f> Recorder<'f> {
    pub(super) fn new(fonts: &'f mut Fonts, shapes: &'f mut Shapes, steps: &'f mut usize) -> Self {
        Self { fonts, shapes, steps, glyphs: Vec::new(), images: Vec::new() }
    }

    pub(super) fn parts(&mut self) -> (Vec<Glyph>, Vec<Area>) {
        (std::mem::take(&mut self.glyphs), std::mem::take(&mut self.images))
    }

    fn step(&mut self, cost: usize) {
        match self.steps.checked_sub(cost) {
            Some(left) => *self.steps = left,
            // Without the panic hook: nothing is printed, and `read_pdf` knows what it means.
            None => std::panic::resume_unwind(Box::new(Spent)),
        }
    }
}

fn text_of(glyph: &PdfGlyph<'_>) -> Text {
    match glyph.as_unicode() {
        Some(BfString::Char(c)) => Text::of(c),
        Some(BfString::String(s)) => Text::of_str(&s),
        None => Text::unknown(),
    }
}

/// Ink that leaves no mark on white paper.
fn is_unseen(paint: &Paint<'_>) -> bool {
    let Paint::Color(color) = paint else { return false };
    let [r, g, b, opacity] = color.to_rgba().components();
    opacity < 0.02 || [r, g, b].iter().all(|part| *part > 0.98)
}

impl<'a> Device<'a> for Recorder<'_> {
    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.step(1);
        let place = transform * glyph_transform;
        let (origin, up) = (place * Point::ORIGIN, place * Point::new(0.0, 1000.0));
        let (font, shape, advance) = match glyph {
            PdfGlyph::Outline(g) => {
                let advance = f64::from(g.advance_width().unwrap_or(0.0));
                (self.fonts.meet(g.font_cache_key()), Some(self.shapes.meet(g)), advance)
            }
            // Its letters are drawings with a space of their own.
            PdfGlyph::Type3(_) => (self.fonts.meet_drawn(), None, 0.0),
        };
        let end = place * Point::new(advance, 0.0);
        let numbers = [origin.x, origin.y, up.x, up.y, end.x];
        if numbers.iter().any(|n| !n.is_finite()) {
            return;
        }
        let glyph = Glyph {
            text: text_of(glyph),
            font,
            size: (up - origin).hypot(),
            x: origin.x.min(end.x),
            width: (end.x - origin.x).abs(),
            baseline: origin.y,
            shape,
            hidden: matches!(mode, GlyphDrawMode::Invisible) || is_unseen(paint),
        };
        // A letter with a stroke around it is drawn twice at one place.
        if matches!(mode, GlyphDrawMode::Stroke(_)) && self.glyphs.last() == Some(&glyph) {
            return;
        }
        self.glyphs.push(glyph);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, transform: Affine) {
        self.step(1);
        let b = transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        self.images.push(Area { x0: b.x0, y0: b.y0, x1: b.x1, y1: b.y1 });
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(FORM);
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step(1);
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

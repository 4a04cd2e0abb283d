//! The shapes of a file's glyphs, each measured once.

use std::collections::BTreeMap;

use hayro_interpret::CacheKey;
use hayro_interpret::font::OutlineGlyph;

use crate::verify::shape::Shape;

#[derive(Default)]
pub(super) struct Shapes {
    known: BTreeMap<u128, u32>,
    met: Vec<Shape>,
}

impl Shapes {
    /// The number of a glyph's shape.
    pub(super) fn meet(&mut self, glyph: &OutlineGlyph) -> u32 {
        *self.known.entry(glyph.identifier().cache_key()).or_insert_with(|| {
            self.met.push(Shape::of(&glyph.outline()));
            u32::try_from(self.met.len() - 1).unwrap_or(u32::MAX)
        })
    }

    pub(super) fn met(self) -> Vec<Shape> {
        self.met
    }
}

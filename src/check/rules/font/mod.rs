//! What the fonts can and cannot print.

pub(super) mod missing_glyph;

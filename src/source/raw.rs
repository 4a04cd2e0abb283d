//! A block as a reader found it.

use crate::tree::Block;

/// A block and how it looks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RawBlock {
    /// The block. Bold is in its inlines.
    pub block: Block,
    /// How it looks, as far as the form tells.
    pub look: Look,
}

/// How a block looks: what tells a heading from a paragraph where the form has no headings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Look {
    /// Blank lines, or an empty paragraph, before it.
    pub gap: bool,
    /// Its first line's indent in characters, where the form tells: two U+3000, four blanks.
    pub indent: Option<u8>,
    /// Set in the middle of the line.
    pub centred: bool,
    /// Set at the line's right end.
    pub right: bool,
    /// Size of its characters in half-points, where the form tells.
    pub size: Option<u16>,
    /// Set in a face that official papers use for headings only: 黑体, 小标宋.
    pub heading_face: bool,
}

impl RawBlock {
    /// A block that looks like any other.
    #[must_use]
    pub fn plain(block: Block) -> Self {
        Self { block, look: Look::default() }
    }
}

//! Captions: `表1 …` over a table, `图1 …` under a picture (GB/T 9704-2012 leaves them to custom).

use crate::tree::{Block, BlockKind, Inline, plain_text};

/// A longer line is a sentence about the table.
const LONGEST: usize = 60;

/// Adds a block to those before it; a caption and what it belongs to become one.
pub(super) fn push(blocks: &mut Vec<Block>, mut block: Block) {
    match (&mut block.kind, blocks.last_mut().map(|b| &mut b.kind)) {
        (BlockKind::Table(table), Some(BlockKind::Paragraph(p)))
            if is_caption(&p.inlines, &["表", "附表"]) =>
        {
            table.caption = std::mem::take(&mut p.inlines);
            if let (Some(before), Some(own)) = (blocks.pop().and_then(|b| b.span), block.span) {
                block.span = Some(before.to(own));
            }
            blocks.push(block);
        }
        (BlockKind::Paragraph(p), Some(BlockKind::Figure(figure)))
            if figure.caption.is_empty() && is_caption(&p.inlines, &["图", "附图"]) =>
        {
            figure.caption = std::mem::take(&mut p.inlines);
            if let Some(last) = blocks.last_mut()
                && let (Some(own), Some(after)) = (last.span, block.span)
            {
                last.span = Some(own.to(after));
            }
        }
        _ => blocks.push(block),
    }
}

/// `表1 四个片区的学校`, `附表二：…`: the word, a number, no sentence.
fn is_caption(inlines: &[Inline], words: &[&str]) -> bool {
    let text = plain_text(inlines);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let numbered = words
        .iter()
        .filter_map(|word| text.strip_prefix(word))
        .any(|rest| rest.trim_start().starts_with(is_number));
    numbered && text.chars().count() <= LONGEST && !text.contains(['。', '！', '？', '\n'])
}

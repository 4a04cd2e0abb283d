//! 副题: a line that begins with a dash under a heading belongs to the heading.

use crate::normalize::speaker;
use crate::source::RawBlock;
use crate::tree::{Block, BlockKind, Inline, Paragraph, Span, SubHeading, plain_text};

/// A longer line is a sentence that happens to begin with a dash.
const LONGEST: usize = 60;

/// Joins each heading with the subtitle under it, where a speaker's line follows: `——关于某事的建议`.
/// The line end between them becomes, as everywhere in a heading, the border of two clauses.
pub(super) fn join(blocks: Vec<RawBlock>) -> Vec<RawBlock> {
    let is_subtitle: Vec<bool> =
        (0..blocks.len()).map(|k| k > 0 && stands_under_heading(&blocks, k)).collect();
    let mut joined: Vec<RawBlock> = Vec::with_capacity(blocks.len());
    for (raw, is_subtitle) in blocks.into_iter().zip(is_subtitle) {
        match joined.last_mut() {
            Some(heading) if is_subtitle => append(&mut heading.block, raw.block),
            _ => joined.push(raw),
        }
    }
    joined
}

fn stands_under_heading(blocks: &[RawBlock], k: usize) -> bool {
    let is_heading = matches!(blocks[k - 1].block.kind, BlockKind::Heading(_));
    let BlockKind::Paragraph(p) = &blocks[k].block.kind else { return false };
    let text = plain_text(&p.inlines);
    let is_subtitle =
        text.starts_with('—') && !text.contains(['。', '！', '？', '\n']) && text.chars().count() <= LONGEST;
    let names_speaker = |block: &Block| match &block.kind {
        BlockKind::Paragraph(p) => speaker::speakers(&p.inlines, block.span).is_some(),
        _ => false,
    };
    is_heading
        && is_subtitle
        && !names_speaker(&blocks[k].block)
        && blocks.get(k + 1).is_some_and(|raw| names_speaker(&raw.block))
}

/// Adds a line (a heading or a paragraph) to another.
pub(super) fn append(heading: &mut Block, subtitle: Block) {
    let (
        BlockKind::Heading(SubHeading { inlines: above, .. })
        | BlockKind::Paragraph(Paragraph { inlines: above, .. }),
        BlockKind::Heading(SubHeading { inlines, .. }) | BlockKind::Paragraph(Paragraph { inlines, .. }),
    ) = (&mut heading.kind, subtitle.kind)
    else {
        return;
    };
    let between = match (heading.span, subtitle.span) {
        (Some(a), Some(b)) if a.file == b.file && a.end <= b.start => {
            Some(Span { start: a.end, end: b.start, ..a })
        }
        _ => None,
    };
    above.push(Inline::Text { text: "\n".into(), span: between });
    above.extend(inlines);
    if let (Some(a), Some(b)) = (heading.span, subtitle.span) {
        heading.span = Some(a.to(b));
    }
}

//! Plain text: a paragraph a line, blank lines between where the writer set them.

use crate::source::{Input, LineIndex, Look, Parsed, RawBlock, Reader, SourceError, encoding};
use crate::tree::{Block, Inline};

pub(super) const READER: Reader = Reader { name: "text", endings: &["txt", "text"], is_text: true, read };

fn read(input: &Input<'_>) -> Result<Parsed, SourceError> {
    let (text, notices) = encoding::decode(input.bytes, None)?;
    let lines = LineIndex::new(&text);
    let mut blocks = Vec::new();
    let mut gap = false;
    for line in 1..=lines.count() {
        let range = lines.range(&text, line);
        let content = &text[range.clone()];
        let trimmed = content.trim();
        if trimmed.is_empty() {
            gap = true;
            continue;
        }
        let start = range.start + (content.len() - content.trim_start().len());
        let span = lines.span(input.id, start..start + trimmed.len());
        let indent = content.chars().take_while(|c| c.is_whitespace()).count();
        let inlines = vec![Inline::Text { text: trimmed.to_owned(), span: Some(span) }];
        let look = Look { gap, indent: u8::try_from(indent).ok(), ..Look::default() };
        blocks.push(RawBlock { block: Block::paragraph(inlines, Some(span)), look });
        gap = false;
    }
    Ok(Parsed { text, blocks, notices, ..Parsed::default() })
}

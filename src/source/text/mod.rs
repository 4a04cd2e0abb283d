//! Plain text: a paragraph a line, unless the lines are a page's, cut at its width.
//!
//! Copies out of pages carry page numbers and running heads between their lines; they are left out
//! with a notice each, and a sentence cut by them is whole again. `#` before a line and `**` around
//! one are read as the marks of Markdown, which people use in plain text too.

mod debris;
mod wrap;

use std::ops::Range;

use crate::source::{Input, LineIndex, Look, Parsed, Raw, RawBlock, Reader, SourceError, encoding};
use crate::tree::{Block, BlockKind, Inline, SubHeading};

pub(super) const READER: Reader = Reader { name: "text", endings: &["txt", "text"], is_text: true, read };

/// A line that is not blank.
#[derive(Debug, Clone)]
struct Line {
    /// Its bytes without blanks at either end.
    range: Range<usize>,
    /// Characters of blank before it.
    indent: usize,
    /// Whether a blank line stands before it.
    gap: bool,
    /// Whether a page ends before it, as far as its form feed or a page number tells.
    new_page: bool,
}

impl Line {
    fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.range.clone()]
    }
}

fn read(input: &Input<'_>) -> Result<Parsed, SourceError> {
    let (text, mut notices) = encoding::decode(input.bytes, None)?;
    let lines = LineIndex::new(&text);
    let raw = Raw { id: input.id, text: &text, lines: &lines };
    let (found, left_out) = debris::part(&raw, split(&raw));
    notices.extend(left_out);
    let blocks = wrap::paragraphs(&text, &found).into_iter().map(|p| block(&raw, &found[p])).collect();
    Ok(Parsed { text, blocks, notices, ..Parsed::default() })
}

fn split(raw: &Raw<'_>) -> Vec<Line> {
    let mut found = Vec::new();
    let mut gap = false;
    let mut new_page = false;
    for line in 1..=raw.lines.count() {
        let range = raw.lines.range(raw.text, line);
        let content = &raw.text[range.clone()];
        new_page |= content.contains('\u{c}');
        let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let trimmed = content.trim_matches(is_blank);
        if trimmed.is_empty() {
            gap = true;
            continue;
        }
        let start = range.start + (content.len() - content.trim_start_matches(is_blank).len());
        let indent = content.chars().take_while(|c| is_blank(*c)).count();
        found.push(Line { range: start..start + trimmed.len(), indent, gap, new_page });
        (gap, new_page) = (false, false);
    }
    found
}

/// One paragraph of the lines that make it.
fn block(raw: &Raw<'_>, lines: &[Line]) -> RawBlock {
    let first =
        lines.first().cloned().unwrap_or(Line { range: 0..0, indent: 0, gap: false, new_page: false });
    let end = lines.last().map_or(first.range.end, |l| l.range.end);
    let whole = first.range.start..end;
    let look = Look { gap: first.gap, indent: u8::try_from(first.indent).ok(), ..Look::default() };
    if lines.len() == 1 {
        let content = first.text(raw.text);
        let marks = content.bytes().take_while(|b| *b == b'#').count();
        let title = content[marks..].trim_start();
        if (1..=6).contains(&marks) && title.len() + marks < content.len() && !title.is_empty() {
            let range = whole.end - title.len()..whole.end;
            let level = u8::try_from(marks).unwrap_or(6);
            let mut heading = SubHeading::new(1, None, vec![run(raw, range.clone())]);
            heading.level = level;
            let block = Block::new(BlockKind::Heading(heading), Some(raw.lines.span(raw.id, range)));
            return RawBlock { block, look };
        }
        let inner = content.strip_prefix("**").and_then(|c| c.strip_suffix("**"));
        if inner.is_some_and(|c| !c.trim().is_empty() && !c.contains("**")) {
            let content = vec![run(raw, whole.start + 2..whole.end - 2)];
            let span = raw.lines.span(raw.id, whole);
            return RawBlock { block: Block::paragraph(vec![Inline::Strong { content }], Some(span)), look };
        }
    }
    let mut inlines = Vec::with_capacity(lines.len() * 2);
    for (k, line) in lines.iter().enumerate() {
        if let Some(before) = k.checked_sub(1).map(|k| &lines[k]) {
            // The line end alone: what was left out between two pages is no edit.
            let at = before.range.end;
            let length = raw.text[at..].chars().next().map_or(0, char::len_utf8);
            let span = raw.lines.span(raw.id, at..at + length);
            inlines.push(Inline::Text { text: "\n".into(), span: Some(span) });
        }
        inlines.push(run(raw, line.range.clone()));
    }
    RawBlock { block: Block::paragraph(inlines, Some(raw.lines.span(raw.id, whole))), look }
}

fn run(raw: &Raw<'_>, range: Range<usize>) -> Inline {
    Inline::Text { text: raw.text[range.clone()].to_owned(), span: Some(raw.lines.span(raw.id, range)) }
}

#[cfg(test)]
mod tests {
    use crate::source::{LeftOut, Notice, read};
    use crate::tree::FileId;

    fn read_text(text: &str) -> (Vec<String>, Vec<LeftOut>) {
        let document = read(FileId(0), "a.txt", text.as_bytes()).unwrap();
        let blocks = document.blocks.iter().map(|raw| raw.block.text()).collect();
        let notices = document.notices.iter().filter_map(|n| match n {
            Notice::LeftOut { what, .. } => Some(*what),
            _ => None,
        });
        (blocks, notices.collect())
    }

    fn paragraphs(text: &str) -> Vec<String> {
        read_text(text).0
    }

    const LONG: &str =
        "把零碎空地用起来，墙角、桥下和拆房后的边角地加起来并不少，能种树的种树，能放长椅的放长椅";

    #[test]
    fn a_line_is_a_paragraph() {
        let text = format!("标题\n\n　　{LONG}。\n短段。\n{LONG}{LONG}。\r\n末段");
        assert_eq!(
            paragraphs(&text),
            ["标题".into(), format!("{LONG}。"), "短段。".into(), format!("{LONG}{LONG}。"), "末段".into()]
        );
    }

    #[test]
    fn lines_of_a_page_are_joined() {
        let text = "标题一行\n\n    老城人多地少，成片建公园并不现\n实，但墙角、桥下和拆房后的边角地\n加起来并不少。建议由园林部门牵\n头，用一年时间逐一登记。\n    居民的意见放在前。一块绿地种什\n么、摆什么，住在旁边的人最清楚，\n可推广先议后建的做法，图纸上墙公\n示不少于十五天。\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(
            found[1].replace('\n', ""),
            "老城人多地少，成片建公园并不现实，但墙角、桥下和拆房后的边角地加起来并不少。建议由园林部门牵头，用一年时间逐一登记。"
        );
    }

    #[test]
    fn page_numbers_and_running_heads_are_left_out() {
        let page = |n: usize| {
            format!(
                "政协澜州市委员会简报\n老城人多地少，成片建公园并不现\n实，但墙角、桥下和边角地第{n}处不\n— {n} —\n"
            )
        };
        let text = format!("{}{}{}少，都登记。\n", page(1), page(2), page(3));
        let (found, left_out) = read_text(&text);
        assert_eq!(left_out.iter().filter(|w| **w == LeftOut::PageNumber).count(), 3);
        assert_eq!(left_out.iter().filter(|w| **w == LeftOut::RunningHead).count(), 2, "{found:#?}");
        let letters: String = found.concat().replace('\n', "");
        assert!(letters.ends_with("第3处不少，都登记。"), "{letters}");
        assert!(letters.contains("第1处不老城"), "{letters}");
    }

    #[test]
    fn figures_that_are_no_page_numbers_stay() {
        for text in ["1\n甲乙。\n2\n丙丁。\n", "今年完成\n2026\n项。\n"] {
            let (found, left_out) = read_text(text);
            assert!(left_out.is_empty(), "{text}");
            assert_eq!(found.concat().replace('\n', ""), text.replace('\n', ""));
        }
    }

    #[test]
    fn marks_of_markdown() {
        let document = read(FileId(0), "a.txt", "# 题\n**甲 乙**\n文**一**。\n".as_bytes()).unwrap();
        assert!(matches!(document.blocks[0].block.kind, crate::tree::BlockKind::Heading(_)));
        assert_eq!(document.blocks[1].block.text(), "甲 乙");
        assert_eq!(document.blocks[2].block.text(), "文**一**。");
    }
}

//! Markdown: CommonMark with tables and notes, by `pulldown-cmark` and its byte ranges.
//!
//! Official texts are prose, not programs, so a few things are read as what a typist meant:
//! back-ticks and raw HTML are characters, an indented line is a paragraph that somebody indented,
//! and only `<br>` and comments are taken as markup.

mod builder;
mod front;
mod shadow;

use pulldown_cmark::{Options, Parser};

use crate::source::{Input, LineIndex, Parsed, Raw, RawBlock, Reader, SourceError, encoding};

pub(super) const READER: Reader =
    Reader { name: "markdown", endings: &["md", "markdown", "mdown", "mkd"], is_text: true, read };

fn read(input: &Input<'_>) -> Result<Parsed, SourceError> {
    let (text, notices) = encoding::decode(input.bytes, None)?;
    let lines = LineIndex::new(&text);
    let raw = Raw { id: input.id, text: &text, lines: &lines };
    let (front_matter, start) = front::split(&text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let shadow = shadow::of(&text);
    let mut builder = builder::Builder::new(&raw, &shadow, start);
    for (event, range) in Parser::new_ext(&shadow[start..], options).into_offset_iter() {
        builder.event(event, range.start + start..range.end + start);
    }
    let blocks = builder.finish().into_iter().map(RawBlock::plain).collect();
    Ok(Parsed { text, front_matter, blocks, notices, ..Parsed::default() })
}

#[cfg(test)]
mod tests {
    use crate::source::read;
    use crate::tree::{BlockKind, FileId, Inline};

    fn blocks(text: &str) -> Vec<crate::tree::Block> {
        let document = read(FileId(0), "a.md", text.as_bytes()).unwrap();
        document.blocks.into_iter().map(|raw| raw.block).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        blocks(text).iter().map(crate::tree::Block::text).collect()
    }

    #[test]
    fn what_looks_like_code_is_characters() {
        let text = "用 `a*b` 与 <script>alert(1)</script> 及 $x$、{{ y }}、#import、@a、]]>、\\ 结束";
        assert_eq!(texts(text), [text]);
    }

    #[test]
    fn an_indented_line_is_a_paragraph() {
        assert_eq!(texts("甲\n\n    乙\n\n\t丙"), ["甲", "乙", "丙"]);
    }

    #[test]
    fn html_blocks_are_characters_and_comments_nothing() {
        assert_eq!(
            texts("<div>\n甲\n</div>\n\n<!-- 说明 -->\n\n乙<!-- 注 -->丙"),
            ["<div>\n甲\n</div>", "乙丙"]
        );
    }

    #[test]
    fn spans_are_slices_of_the_source() {
        let text = "---\nbriefing:\n  number: 3\n---\n\n## 甲**乙**丙 ##\n\n丁\n戊\n";
        let document = read(FileId(0), "a.md", text.as_bytes()).unwrap();
        assert_eq!(&text[document.front_matter.unwrap().range], "briefing:\n  number: 3\n");
        let spans: Vec<_> = document
            .blocks
            .iter()
            .map(|raw| raw.block.span.unwrap())
            .map(|s| (&text[s.start..s.end], s.line))
            .collect();
        assert_eq!(spans, [("甲**乙**丙", 6), ("丁\n戊", 8)]);
    }

    #[test]
    fn tables_lists_quotes_notes() {
        let text = "| 甲 | 乙 |\n|:-:|--:|\n| 一 | 二 | 三 |\n| 四 |\n\n1. 子\n2. 丑\n   - 寅\n\n> 卯\n\n辰[^1]\n\n[^1]: 巳\n";
        let blocks = blocks(text);
        let BlockKind::Table(table) = &blocks[0].kind else { panic!() };
        assert_eq!((table.head.len(), table.rows.len()), (2, 2));
        let BlockKind::List(list) = &blocks[1].kind else { panic!() };
        assert_eq!((list.start, list.items.len(), list.items[1].blocks.len()), (Some(1), 2, 2));
        assert!(matches!(blocks[2].kind, BlockKind::Quote(_)));
        let BlockKind::Paragraph(p) = &blocks[3].kind else { panic!() };
        assert!(matches!(p.inlines[1], Inline::NoteRef { .. }));
        assert!(matches!(blocks[4].kind, BlockKind::Note(_)));
    }

    #[test]
    fn a_picture_alone_is_a_figure_and_one_in_a_line_follows_it() {
        let kinds: Vec<bool> = blocks("![图](a.png \"说明\")\n\n甲![乙](b.png)丙")
            .iter()
            .map(|b| matches!(b.kind, BlockKind::Figure(_)))
            .collect();
        assert_eq!(kinds, [true, false, true]);
    }

    #[test]
    fn emphasis_ends_at_chinese_marks_too() {
        let text = "**夯实基础。**完善设施。前**“引”**后，*强调。*后 5*3*2";
        let blocks = blocks(text);
        let BlockKind::Paragraph(p) = &blocks[0].kind else { panic!() };
        let strong: Vec<String> = p
            .inlines
            .iter()
            .filter_map(|i| match i {
                Inline::Strong { content } | Inline::Emphasis { content } => {
                    Some(crate::tree::plain_text(content))
                }
                _ => None,
            })
            .collect();
        assert_eq!(strong, ["夯实基础。", "“引”", "强调。"]);
        assert_eq!(blocks[0].text(), "夯实基础。完善设施。前“引”后，强调。后 5*3*2");
    }

    #[test]
    fn names_of_files_keep_their_marks() {
        let found = blocks("![图](图片（一）.png \"说明：甲\")");
        let BlockKind::Figure(figure) = &found[0].kind else { panic!() };
        assert_eq!(figure.src, "图片（一）.png");
        assert_eq!(crate::tree::plain_text(&figure.caption), "说明：甲");
        let escaped = blocks("![图](a\\_b.png \"图1，“\\*甲\\\"”\")");
        let BlockKind::Figure(figure) = &escaped[0].kind else { panic!() };
        assert_eq!(figure.src, "a_b.png");
        assert_eq!(crate::tree::plain_text(&figure.caption), "图1，“*甲\"”");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}甲", "> ".repeat(5_000));
        assert_eq!(texts(&deep), ["甲"]);
        let stars = format!("{}甲{}", "*_".repeat(3_000), "_*".repeat(3_000));
        assert!(texts(&stars).concat().contains('甲'));
    }
}

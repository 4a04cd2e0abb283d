//! Small pages and their blocks.

use crate::source::{Document, Look, RawBlock, read};
use crate::tree::{Block, BlockKind, FileId, Inline, plain_text};

fn document(page: &str) -> Document {
    read(FileId(0), "a.html", page.as_bytes()).unwrap()
}

fn raws(page: &str) -> Vec<RawBlock> {
    document(page).blocks
}

fn texts(page: &str) -> Vec<String> {
    raws(page).iter().map(|raw| raw.block.text()).collect()
}

fn looks(page: &str) -> Vec<Look> {
    raws(page).iter().map(|raw| raw.look).collect()
}

/// Every run with its text and bytes.
fn runs(inlines: &[Inline], out: &mut Vec<(String, Option<(usize, usize)>)>) {
    for inline in inlines {
        match inline {
            Inline::Text { text, span } => out.push((text.clone(), span.map(|s| (s.start, s.end)))),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                runs(content, out);
            }
            Inline::NoteRef { .. } | Inline::Break => {}
        }
    }
}

fn inlines(block: &Block) -> Vec<Inline> {
    match &block.kind {
        BlockKind::Paragraph(p) => p.inlines.clone(),
        BlockKind::Heading(h) => h.inlines.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn runs_know_their_bytes() {
    let page = "<h1>甲 &ldquo;乙&rdquo;\n  丙</h1><p>丁  <b>戊</b>,己&nbsp;庚";
    let mut found = Vec::new();
    raws(page).iter().for_each(|raw| runs(&inlines(&raw.block), &mut found));
    for (text, span) in &found {
        let (start, end) = span.unwrap();
        let slice = &page[start..end];
        assert!(slice == text || slice.starts_with('&') || text == "\n", "{text:?} {slice:?}");
    }
    let words: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(words, ["甲 ", "“", "乙", "”", "\n", "丙", "丁 ", "戊", ",己", "\u{a0}", "庚"]);
}

#[test]
fn paragraphs_of_old_pages() {
    let page = "　　第一段,先说。<br>　　第二段,再说<br>一句。<br><br>第三段。<br>第四段";
    assert_eq!(texts(page), ["第一段,先说。", "第二段,再说\n一句。", "第三段。", "第四段"]);
    let looks = looks(page);
    assert_eq!((looks[0].indent, looks[2].gap, looks[3].gap), (Some(2), true, false));
    let named = "　　甲乙。<br>让小巷亮起来<br>林颂 市政协委员<br>　　丙丁。<br>　　戊己。";
    assert_eq!(texts(named), ["甲乙。", "让小巷亮起来", "林颂 市政协委员", "丙丁。", "戊己。"]);
    assert_eq!(texts("<b>一、小题</b><br>正文如下"), ["一、小题", "正文如下"]);
}

#[test]
fn headings_keep_their_breaks() {
    let blocks = raws("<h3>上句<br>下句</h3><h5>丁</h5>");
    assert_eq!(blocks[0].block.text(), "上句\n下句");
    assert!(inlines(&blocks[0].block).contains(&Inline::Break));
    assert!(matches!(&blocks[1].block.kind, BlockKind::Heading(h) if h.level == 4));
}

#[test]
fn looks_of_blocks() {
    let page = "<center><font size=5 style='font-size:22pt'>题</font></center><p>&nbsp;</p>\
                <p style='text-indent:2em'>甲</p><p align=right>乙</p><p>　　丙</p>";
    let looks = looks(page);
    assert_eq!((looks[0].centred, looks[0].size), (true, Some(44)));
    assert_eq!((looks[1].gap, looks[1].indent, looks[2].right), (true, Some(2), true));
    assert_eq!((looks[3].indent, looks[3].gap), (Some(2), false));
}

#[test]
fn lists_tables_quotes_pictures() {
    let page = "<ol start=3><li>甲<ul><li>乙</ul><li>丙</ol>\
                <table><caption>表</caption><tr><th>子<th>丑<tr><td colspan=2>寅<tr><td rowspan=2>卯<td>辰<tr><td>巳</table>\
                <blockquote><p>午</blockquote><figure><img src='a.png' alt='图'><figcaption>说明</figcaption></figure>";
    let blocks: Vec<Block> = raws(page).into_iter().map(|raw| raw.block).collect();
    let BlockKind::List(list) = &blocks[0].kind else { panic!("{blocks:#?}") };
    assert_eq!((list.start, list.items.len(), list.items[0].blocks.len()), (Some(3), 2, 2));
    let BlockKind::Table(table) = &blocks[1].kind else { panic!("{blocks:#?}") };
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|r| r.iter().map(|c| plain_text(&c.inlines)).collect()).collect();
    assert_eq!(rows, [["寅", ""], ["卯", "辰"], ["", "巳"]]);
    assert_eq!(plain_text(&table.caption), "表");
    assert!(matches!(blocks[2].kind, BlockKind::Quote(_)));
    let BlockKind::Figure(figure) = &blocks[3].kind else { panic!("{blocks:#?}") };
    assert_eq!((figure.src.as_str(), figure.alt.as_str()), ("a.png", "图"));
    assert_eq!(plain_text(&figure.caption), "说明");
}

#[test]
fn tables_that_lay_out_are_none() {
    let page = "<table width=760><tr><td><table><tr><td>　　甲，乙。<br>　　丙，丁。</td></tr></table></td></tr></table>";
    assert_eq!(texts(page), ["甲，乙。", "丙，丁。"]);
}

#[test]
fn links_lead_out_or_are_text() {
    let page = "<p>见<a href='https://a.cn/x'>此处</a>与<a href='javascript:void(0)'>彼处</a>。";
    let found = inlines(&raws(page)[0].block);
    assert_eq!(found.iter().filter(|i| matches!(i, Inline::Link { .. })).count(), 1);
    assert_eq!(plain_text(&found), "见此处与彼处。");
}

#[test]
fn notes_as_pandoc_writes_them() {
    let page = "<p>甲<a href=\"#fn1\" class=\"footnote-ref\" id=\"fnref1\" role=\"doc-noteref\"><sup>1</sup></a>乙</p>\
                <section id=\"footnotes\" class=\"footnotes\" role=\"doc-endnotes\"><hr /><ol>\
                <li id=\"fn1\"><p>注文<a href=\"#fnref1\" class=\"footnote-back\" role=\"doc-backlink\">↩︎</a></p></li></ol></section>";
    let blocks = raws(page);
    assert!(matches!(&inlines(&blocks[0].block)[1], Inline::NoteRef { label, .. } if label == "1"));
    assert_eq!(blocks[0].block.text(), "甲乙");
    assert!(matches!(&blocks[1].block.kind, BlockKind::Note(note) if note.label == "1"));
    assert_eq!(blocks[1].block.text(), "注文");
}

#[test]
fn hidden_text_is_left_out_and_said() {
    let page = "<p>甲说，这一段话是要给大家看的，所以要留下来。</p><p>乙说，再长一些才好。</p>\
                <div style='display:none'>甲说，这一段话不给人看。</div>";
    let document = document(page);
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(document.notices.len(), 1);
    assert_eq!(texts("<div hidden>只有这些，没有别的。</div>"), ["只有这些，没有别的。"]);
}

#[test]
fn the_pages_title_serves_where_no_heading_does() {
    let page = "<title>献计澄海_要闻_某网</title><p>甲，乙。";
    assert_eq!(texts(page), ["献计澄海", "甲，乙。"]);
    assert_eq!(texts("<title>献计</title><h1>题</h1><p>甲"), ["题", "甲"]);
}

#[test]
fn kept_line_ends_and_what_is_no_text() {
    assert_eq!(texts("<pre>甲\r\n乙\n\n丙</pre>"), ["甲\n乙", "丙"]);
    assert_eq!(
        texts("<p>甲<script>x</script>乙<!-- 丙 --><select><option>丁</select>\u{200b}戊"),
        ["甲乙\u{200b}戊"]
    );
}

#[test]
fn encodings_that_are_declared() {
    let page = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>镕，囍";
    let bytes = encoding_rs::GBK.encode(page).0;
    let document = read(FileId(0), "a.htm", &bytes).unwrap();
    assert_eq!(document.text, page);
    assert_eq!(texts(&page.replace("镕", "甲")), ["甲，囍"], "UTF-8 wins over a wrong word");
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = "<div>".repeat(400_000) + "甲，乙";
    assert_eq!(texts(&deep), ["甲，乙"]);
    for piece in [
        "<b><p>",
        "<table><tr><td>",
        "<a href=x>",
        "<ul><li>",
        "<blockquote>",
        "&nbsp;",
        "</p>",
        "<br>",
        "<font>甲",
        "<td>",
    ] {
        let page = format!("甲{}乙", piece.repeat(20_000));
        let text = texts(&page).concat();
        assert!(text.contains('甲') && text.contains('乙'), "{piece}");
    }
}

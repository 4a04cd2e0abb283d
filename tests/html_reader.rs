//! A web page gives its article, whole and in order, with exact places, and nothing of the site.

use std::fmt::Write as _;

use jianbao::source::{Document, RawBlock, SourceError, read};
use jianbao::tree::{Block, BlockKind, FileId, Inline, plain_text};
use proptest::prelude::*;

use crate::support::{Folder, fixture, squeezed, tree_of};

const FIXTURES: &[&str] = &["gov.html", "paper.html", "wechat.html", "old.bytes.htm"];

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(fixture("html").join(name)).unwrap()
}

fn document(name: &str) -> Document {
    read(FileId(0), name, &bytes_of(name)).unwrap()
}

/// The blocks, one a line, as a person reads them.
fn shown(document: &Document) -> String {
    let mut out = String::new();
    document.blocks.iter().for_each(|raw| show(raw, &mut out));
    for notice in &document.notices {
        writeln!(out, "! {notice:?}").unwrap();
    }
    out
}

fn show(RawBlock { block, look, .. }: &RawBlock, out: &mut String) {
    let kind = match &block.kind {
        BlockKind::Paragraph(_) => "p".to_owned(),
        BlockKind::Heading(h) => format!("h{}", h.level),
        BlockKind::List(_) => "list".to_owned(),
        BlockKind::Table(_) => "table".to_owned(),
        BlockKind::Figure(f) => format!("figure {} ({})", f.src, f.alt),
        BlockKind::Quote(_) => "quote".to_owned(),
        BlockKind::Note(_) => "note".to_owned(),
    };
    let mut marks = Vec::new();
    marks.extend(look.gap.then_some("gap".to_owned()));
    marks.extend(look.indent.map(|n| format!("indent {n}")));
    marks.extend(look.centred.then_some("centred".to_owned()));
    marks.extend(look.right.then_some("right".to_owned()));
    marks.extend(look.size.map(|n| format!("size {n}")));
    marks.extend(look.heading_face.then_some("heading face".to_owned()));
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
    let text = match &block.kind {
        BlockKind::Paragraph(p) => marked(&p.inlines),
        BlockKind::Heading(h) => marked(&h.inlines),
        _ => block.text(),
    };
    writeln!(out, "{kind}{marks}: {}", text.replace('\n', "⏎")).unwrap();
}

fn marked(inlines: &[Inline]) -> String {
    let one = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Strong { content } => format!("**{}**", marked(content)),
        Inline::Emphasis { content } => format!("*{}*", marked(content)),
        Inline::Link { href, content } => format!("[{}]({href})", marked(content)),
        Inline::NoteRef { label, .. } => format!("[^{label}]"),
        Inline::Break => "↵".to_owned(),
    };
    inlines.iter().map(one).collect()
}

#[test]
fn pages_of_four_kinds() {
    for name in FIXTURES {
        let name_of_snapshot = format!("html_{}", name.split('.').next().unwrap());
        insta::assert_snapshot!(name_of_snapshot, shown(&document(name)));
    }
}

#[test]
fn nothing_of_the_site() {
    for name in FIXTURES {
        let text = shown(&document(name));
        let furniture = [
            "版权所有",
            "ICP备",
            "首页",
            "上一篇",
            "下一篇",
            "相关链接",
            "热点新闻",
            "网友",
            "分享",
            "打印",
            "扫一扫",
            "var ",
        ];
        for word in furniture {
            assert!(!text.contains(word), "{name}: {word}\n{text}");
        }
    }
}

/// Every run is the file's own characters at its place, a line end, or a character reference.
#[test]
fn runs_stand_where_they_say() {
    fn check(inlines: &[Inline], text: &str) {
        for inline in inlines {
            match inline {
                Inline::Text { text: run, span: Some(span) } => {
                    let slice = &text[span.start..span.end];
                    assert!(slice == run || run == "\n" || slice.starts_with('&'), "{run:?} {slice:?}");
                }
                Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                    check(content, text);
                }
                _ => {}
            }
        }
    }
    for name in FIXTURES {
        let document = document(name);
        for raw in &document.blocks {
            match &raw.block.kind {
                BlockKind::Paragraph(p) => check(&p.inlines, &document.text),
                BlockKind::Heading(h) => check(&h.inlines, &document.text),
                _ => {}
            }
        }
    }
}

#[test]
fn a_book_is_built_from_a_page() {
    let folder = Folder::new();
    folder.write("gov.html", bytes_of("gov.html"));
    let tree = tree_of(&folder.join("gov.html"));
    assert_eq!(tree["title"], "聚力古城更新 共绘澄海新景");
    let speakers: Vec<&str> = tree["speeches"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|s| s["speakers"][0]["name"].as_str())
        .collect();
    assert_eq!(speakers, ["罗知秋", "贺南枝"]);
}

/// A generator that is the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most.max(1) as u64).unwrap()
    }
}

#[test]
fn damaged_pages_are_read_or_refused() {
    let pieces: &[&[u8]] = &[
        b"<",
        b">",
        b"</",
        b"<table>",
        b"<td>",
        b"</div>",
        b"<br>",
        b"&#",
        b"&nbsp",
        b"<!--",
        b"<p hidden>",
        b"\"",
        b"<title>",
        b"\xff",
        b"<li>",
        b"<figure>",
        b"<b>",
        b"</b>",
        b"<a href=",
        b"<section class=footnotes>",
    ];
    let mut dice = Dice(20_260_307);
    for round in 0..3_000 {
        let mut bytes = bytes_of(FIXTURES[round % FIXTURES.len()]);
        for _ in 0..=dice.below(8) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
                1 => drop(bytes.drain(at..(at + dice.below(40)).min(bytes.len()))),
                2 => drop(bytes.splice(at..at, pieces[dice.below(pieces.len())].iter().copied())),
                _ => {
                    let from = dice.below(bytes.len());
                    let copy = bytes[from..(from + dice.below(200)).min(bytes.len())].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(document) = read(FileId(0), "a.html", &bytes) {
            for raw in &document.blocks {
                if let Some(span) = raw.block.span {
                    assert!(document.text.get(span.start..span.end).is_some(), "round {round}");
                }
            }
        }
    }
}

/// One tag ever again is read to the end. (How long it takes is for `fuzz/mutations.py`, which allows two
/// seconds, and for `benches/`.)
#[test]
fn one_tag_ever_again_is_read() {
    let pieces = [
        "<div>",
        "<b><p>",
        "<table><tr><td>",
        "<a href=x>",
        "<ul><li>",
        "<li>",
        "<blockquote>",
        "&nbsp;",
        "</p>",
        "<br>",
        "<font>甲",
        "<td>",
        "<p>甲，",
        "甲<br>乙",
        "<b>甲</b>",
        "<h1>",
        "<img src=a>",
        "<figure>",
        "&amp",
        "<!--",
        "<p hidden>",
        "<section class=footnotes><li id=a>",
        "<table><tr><th>甲<td>",
    ];
    for piece in pieces {
        let page = format!("甲{}乙", piece.repeat(240_000 / piece.len()));
        let document = read(FileId(0), "a.html", page.as_bytes()).unwrap();
        let text: String = document.blocks.iter().map(|raw| raw.block.text()).collect();
        // What stands in a comment or is hidden is no text.
        assert!(text.contains('甲'), "{piece}");
    }
    let deep = |n: usize| "<div>".repeat(n) + "甲，乙";
    let document = read(FileId(0), "a.html", deep(390_000).as_bytes()).unwrap();
    assert_eq!(document.blocks.iter().map(|raw| raw.block.text()).collect::<String>(), "甲，乙");
    let beyond = read(FileId(0), "a.html", deep(2_000_000).as_bytes());
    assert!(matches!(beyond, Err(SourceError::TooManyPieces { .. })), "{:?}", beyond.err());
}

/// A small element: its tags and what stands in it, as page and as text.
fn piece() -> impl Strategy<Value = (String, String)> {
    let text = prop_oneof![
        "[一-龥，。、A-z0-9]{0,12}".prop_map(|t| (t.clone(), t)),
        Just(("&nbsp;&ldquo;".to_owned(), "\u{a0}“".to_owned())),
        Just((" \n ".to_owned(), String::new())),
        Just(("<br>".to_owned(), String::new())),
        Just(("　　".to_owned(), String::new())),
        Just(("a<1&b;".to_owned(), "a<1&b;".to_owned())),
        Just(("<!-- 注 -->".to_owned(), String::new())),
    ];
    text.prop_recursive(4, 40, 6, |inner| {
        const TAGS: &[&str] = &[
            "p",
            "div",
            "b",
            "span",
            "em",
            "h2",
            "li",
            "ul",
            "blockquote",
            "td",
            "tr",
            "table",
            "section",
            "font",
            "a",
            "pre",
            "dd",
            "center",
        ];
        (proptest::sample::select(TAGS), proptest::collection::vec(inner, 0..6), any::<bool>()).prop_map(
            |(tag, inner, closed)| {
                let (page, text): (Vec<_>, Vec<_>) = inner.into_iter().unzip();
                let end = if closed { format!("</{tag}>") } else { String::new() };
                (format!("<{tag}>{}{end}", page.concat()), text.concat())
            },
        )
    })
}

fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 1_000;
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_260_308);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_is_lost_or_doubled(pieces in proptest::collection::vec(piece(), 1..6)) {
        let (page, text): (Vec<_>, Vec<_>) = pieces.into_iter().unzip();
        if let Ok(document) = read(FileId(0), "a.html", page.concat().as_bytes()) {
            let found: String = document.blocks.iter().map(|raw| all_text(&raw.block)).collect();
            prop_assert_eq!(squeezed(&found), squeezed(&text.concat()), "{}", page.concat());
        }
    }
}

fn all_text(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(p) => plain_text(&p.inlines),
        _ => block.text(),
    }
}

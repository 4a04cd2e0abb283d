//! Laws that hold for every input.

use jianbao::normalize::{Known, normalize};
use jianbao::source::{Document, read};
use jianbao::tree::{FileId, Proceedings};
use proptest::prelude::*;

use crate::support::hanzi;

/// Pieces that real sources are made of, and some that no one should send.
fn piece() -> impl Strategy<Value = String> {
    const TEXTS: &[&str] = &[
        "推进改革",
        "服务民生",
        "AI+",
        "2.0",
        "1,000",
        "12:30",
        ",",
        "，",
        ";",
        "(",
        ")",
        "“",
        "”",
        "——",
        "。",
        "！",
        "、",
        " ",
        "  ",
        "\u{3000}",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n1. ",
        "\n## ",
        "\n### ",
        "\n# ",
        "**",
        "*",
        "_",
        "`",
        "[",
        "](a)",
        "![x](y.png)",
        "<b>",
        "</b>",
        "<br>",
        "<!--",
        "-->",
        "&amp;",
        "&nbsp;",
        "\\",
        "|",
        "\n|-|-|\n",
        "[^1]",
        "\n[^1]: ",
        "\t",
        "    ",
        "---",
        "+++",
        "林颂 市政协委员",
        "李·卓嘎",
        "（女）",
        "一、",
        "（二）",
        "民建市委",
        "𠮷",
        "㛃",
        "é",
        "e\u{301}",
        "\u{200b}",
        "\u{feff}",
        "🙂",
        "\r\n",
        "http://a.cn/b,c",
        "a@b.cn",
        "\"",
        "'",
        "15\"",
        "don't",
        "He said \"no\"",
    ];
    prop_oneof![4 => proptest::sample::select(TEXTS).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

pub(crate) fn source() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..60)
        .prop_map(|pieces| format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{}", pieces.concat()))
}

fn read_text(text: &str) -> Option<Document> {
    read(FileId(0), "a.md", text.as_bytes()).ok()
}

fn tree_of(text: &str) -> Option<Proceedings> {
    normalize(&mut [read_text(text)?], Known::default()).ok().map(|n| n.tree)
}

/// The text with every edit applied at its place.
fn applied(text: &str, tree: &Proceedings) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in &tree.edits {
        assert!(edit.span.start >= at, "edits overlap: {edit:?}");
        assert_eq!(&text[edit.span.start..edit.span.end], edit.before);
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.after);
        at = edit.span.end;
    }
    out + &text[at..]
}

/// Letters, digits, hanzi. The letters of a reference to a blank stand for a blank.
pub(crate) fn letters(text: &str) -> String {
    text.replace("&nbsp;", " ").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The same cases on every run, so that a change is judged by what it changes. With `PROPTEST_CASES`
/// set, that many new ones.
pub(crate) fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 2_000;
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_260_107);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn edits_touch_no_letter(text in source()) {
        if let Some(tree) = tree_of(&text) {
            for edit in &tree.edits {
                prop_assert_eq!(letters(&edit.before), letters(&edit.after), "{:?}", edit);
            }
            prop_assert_eq!(letters(&applied(&text, &tree)), letters(&text));
        }
    }

    #[test]
    fn undoing_the_edits_gives_the_source(text in source()) {
        if let Some(tree) = tree_of(&text) {
            let changed = applied(&text, &tree);
            let mut undone = String::new();
            let (mut at, mut shift) = (0usize, 0isize);
            for edit in &tree.edits {
                let start = edit.span.start.checked_add_signed(shift).unwrap();
                undone.push_str(&changed[at..start]);
                undone.push_str(&edit.before);
                at = start + edit.after.len();
                shift += edit.after.len() as isize - edit.before.len() as isize;
            }
            undone.push_str(&changed[at..]);
            prop_assert_eq!(undone, text);
        }
    }

    #[test]
    fn hanzi_keep_their_order(words in proptest::collection::vec("[一-龥]{1,8}", 1..12), marks in "[,;:!?、。 ]{12}") {
        let mut text = String::from("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n");
        for (word, mark) in words.iter().zip(marks.chars()) {
            text.push_str(word);
            text.push(mark);
        }
        if let Some(tree) = tree_of(&text) {
            let pieces: String = tree.pieces().iter().map(|p| p.text.as_str()).collect();
            prop_assert_eq!(hanzi(&pieces), hanzi(&text));
        }
    }

    #[test]
    fn json_reads_back(text in source()) {
        if let Some(tree) = tree_of(&text) {
            let json = tree.to_json().unwrap();
            prop_assert_eq!(Proceedings::from_json(&json).unwrap(), tree);
        }
    }

    #[test]
    fn spans_lie_inside(text in source()) {
        if let Some(tree) = tree_of(&text) {
            for piece in tree.pieces() {
                if let Some(span) = piece.span {
                    prop_assert!(text.get(span.start..span.end).is_some(), "{:?}", piece);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(document) = read(FileId(0), "a.md", &bytes) {
            let _ = normalize(&mut [document], Known::default());
        }
    }
}

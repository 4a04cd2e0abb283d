//! `normalize` changes marks and nothing else, in any encoding, whether or not a book can be made.

use jianbao::normalize::{Known, normalize, standard_text, standardise};
use jianbao::source::{READERS, read};
use jianbao::tree::{Edit, FileId};
use proptest::prelude::*;

use crate::properties::{config, letters, source};
use crate::support::{Folder, fixture, real_text, sample, sources};

const MIXED: &str = "---\nbriefing:\n  name: \"甲,乙\"\n---\n\n# 让老街(东门)亮起来,\"一江三区\"新貌\n\n<!-- 编者,注意 -->\n\n沈怀瑾 市政协委员,民盟市委委员\n\n他说:\"先改'双百'工程,再改其他.\"共1,260户,12:30开工;见[说明,一](a,b.html \"甲,乙\")与 https://a.cn/b,c 。\n\n```\nprint(\"甲,乙\")\n```\n\n用 `甲,乙` 表示,He said \"no\" to it. 称\"丙丁,\\,不改\n";

#[test]
fn what_changes_is_shown_as_a_diff() {
    let folder = Folder::new();
    folder.write("s.md", MIXED);
    let ran = folder.run(&["fmt", "s.md", "--diff"]).exits(0);
    insta::assert_snapshot!(ran.out());
    assert_eq!(ran.err(), "");
    assert_eq!(folder.read("s.md"), MIXED.as_bytes());
}

#[test]
fn a_check_writes_nothing_and_says_how_many() {
    let folder = Folder::new();
    folder.write("s.md", MIXED);
    let ran = folder.run(&["normalize", "s.md", "--check", "-o", "t.md"]).exits(1);
    assert_eq!(ran.out(), "");
    insta::assert_snapshot!(ran.err());
    assert_eq!(folder.files(), ["s.md"]);
    folder.run(&["normalize", "s.md", "-o", "t.md"]).exits(0);
    let ran = folder.run(&["normalize", "t.md", "--check"]).exits(0);
    assert_eq!(ran.err(), "t.md: the punctuation is standard\n");
    // Once more changes nothing.
    assert_eq!(folder.run(&["normalize", "t.md"]).exits(0).0.stdout, folder.read("t.md"));
    assert_eq!(folder.run(&["normalize", "t.md", "--diff"]).exits(0).out(), "");
}

#[test]
fn in_place_only_by_force() {
    let folder = Folder::new();
    folder.write("s.md", "甲,乙\n");
    folder.run(&["normalize", "s.md", "-o", "s.md"]).exits(1);
    assert_eq!(folder.read("s.md"), "甲,乙\n".as_bytes());
    folder.run(&["normalize", "s.md", "-o", "s.md", "--force"]).exits(0);
    assert_eq!(folder.read("s.md"), "甲，乙\n".as_bytes());
    assert_eq!(folder.files(), ["s.md"]);
}

/// Line ends, byte order marks, and every byte that is no mark stay as they are.
#[test]
fn a_file_keeps_its_encoding() {
    let text = "　　澜州市政协委员,围绕\"一江三区\"建设(首期)发言;提出意见。\r\n共1,260条,全部办结!\r\n";
    let after = "　　澜州市政协委员，围绕“一江三区”建设（首期）发言；提出意见。\r\n共1,260条，全部办结！\r\n";
    let marked = |text: &str| format!("\u{feff}{text}");
    let utf16 = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let files: [(&str, Vec<u8>, Vec<u8>); 6] = [
        ("utf8", text.into(), after.into()),
        ("marked", marked(text).into(), marked(after).into()),
        ("gb18030", gb18030(text), gb18030(after)),
        ("utf16le", utf16(&marked(text), u16::to_le_bytes), utf16(&marked(after), u16::to_le_bytes)),
        ("utf16be", utf16(&marked(text), u16::to_be_bytes), utf16(&marked(after), u16::to_be_bytes)),
        ("bare16", utf16(text, u16::to_le_bytes), utf16(after, u16::to_le_bytes)),
    ];
    let folder = Folder::new();
    for (name, before, after) in files {
        for ending in ["txt", "md"] {
            let file = format!("{name}.{ending}");
            folder.write(&file, &before);
            let ran = folder.run(&["normalize", &file]).exits(0);
            assert!(ran.0.stdout == after, "{file}: {}", String::from_utf8_lossy(&ran.0.stdout));
        }
    }
}

#[test]
fn a_form_that_is_not_text_is_refused() {
    let folder = Folder::new();
    for reader in READERS.iter().filter(|r| !r.is_text) {
        let file = format!("s.{}", reader.endings[0]);
        folder.run(&["build", sample().to_str().unwrap(), "-o", &file]).exits(0);
        let ran = folder.run(&["normalize", &file]).exits(1);
        assert!(ran.err().contains("jianbao import"), "{}", ran.err());
    }
    folder.run(&["normalize", "missing.md"]).exits(3);
    folder.run(&["normalize"]).exits(2);
}

#[test]
fn exactly_these_marks_of_the_real_text() {
    let Some(path) = real_text() else { return };
    let before = std::fs::read_to_string(&path).unwrap();
    let after = Folder::new().run(&["normalize", path.to_str().unwrap()]).exits(0).out();
    assert_eq!(before.chars().count(), after.chars().count());
    let changed: Vec<(char, char)> = before.chars().zip(after.chars()).filter(|(a, b)| a != b).collect();
    let count = |pair| changed.iter().filter(|c| **c == pair).count();
    assert_eq!(
        (count((',', '，')), count(('(', '（')) + count((')', '）')), count((';', '；'))),
        (291, 10, 1)
    );
    assert_eq!(changed.len(), 302);
    for c in ['+', '—'] {
        assert_eq!(after.matches(c).count(), before.matches(c).count());
    }
    assert!(after.contains("2.0"));
}

/// What the tree records and what the command writes are the same changes.
fn recorded(name: &str, text: &str) -> Option<(Vec<Edit>, Vec<Edit>)> {
    let document = read(FileId(0), name, text.as_bytes()).ok()?;
    let own = standardise(&document);
    let mut tree = normalize(&mut [document], Known::default()).ok()?.tree;
    tree.edits.retain(|e| e.reason.is_punctuation());
    Some((own, tree.edits))
}

#[test]
fn the_tree_records_what_the_command_writes() {
    for source in sources().into_iter().chain(["hostile.md", "levels.md", "strange.md"].map(fixture)) {
        let text = std::fs::read_to_string(&source).unwrap();
        let (own, tree) = recorded("a.md", &text).unwrap();
        assert_eq!(own, tree, "{}", source.display());
    }
}

#[test]
fn marks_beside_asterisks_do_not_move_emphasis() {
    for (before, after) in [
        ("**注意:**甲乙,**(一)**丙", "**注意：**甲乙，**（一）**丙"),
        ("[甲,乙]丙,丁\n\n[甲,乙]: a.html", "[甲,乙]丙，丁\n\n[甲,乙]: a.html"),
        ("甲\\,乙,丙", "甲\\,乙，丙"),
        ("甲,<a title=\"乙,丙\">丁</a>", "甲，<a title=\"乙,丙\">丁</a>"),
    ] {
        let document = read(FileId(0), "a.md", before.as_bytes()).unwrap();
        assert_eq!(standard_text(&document), after);
        let texts = |d: &jianbao::source::Document| -> Vec<usize> {
            d.blocks.iter().map(|b| b.block.text().chars().count()).collect()
        };
        let again = read(FileId(0), "a.md", after.as_bytes()).unwrap();
        assert_eq!(texts(&document), texts(&again), "{before}");
    }
}

/// Sources of every form of text, book or no book.
fn any_source() -> impl Strategy<Value = (&'static str, String)> {
    let endings: Vec<&str> = READERS.iter().filter(|r| r.is_text).map(|r| r.endings[0]).collect();
    let marks = proptest::sample::select(
        &[
            ",",
            "\"",
            "'",
            "(",
            ")",
            "!",
            "?",
            ":",
            ";",
            "*",
            "甲",
            "a",
            "1",
            " ",
            "\n",
            "”",
            "，",
            "\\",
            "<",
            "[甲,乙]",
        ][..],
    );
    let dense = proptest::collection::vec(marks, 0..40).prop_map(|m| m.concat());
    (proptest::sample::select(endings), prop_oneof![2 => source(), 2 => dense, 1 => any::<String>()])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn twice_is_once_and_marks_are_all_that_changes((ending, text) in any_source()) {
        let name = format!("a.{ending}");
        let Ok(document) = read(FileId(0), &name, text.as_bytes()) else { return Ok(()) };
        let once = standard_text(&document);
        prop_assert_eq!(letters(&once), letters(&document.text));
        prop_assert_eq!(once.chars().count(), document.text.chars().count());
        for (a, b) in document.text.chars().zip(once.chars()).filter(|(a, b)| a != b) {
            prop_assert!(",;:?!()\"'".contains(a) && "，；：？！（）“”‘’".contains(b), "{} {}", a, b);
        }
        let again = read(FileId(0), &name, once.as_bytes()).unwrap();
        prop_assert_eq!(standard_text(&again), once);
    }

    #[test]
    fn the_edits_of_tree_and_command_agree(text in source()) {
        if let Some((own, tree)) = recorded("a.md", &text) {
            prop_assert_eq!(own, tree);
        }
    }
}

//! `import` writes what is read back as the same tree, whatever the text looks like.

use jianbao::build::markdown;
use jianbao::config::Config;
use jianbao::normalize::{Known, normalize, standardise};
use jianbao::source::read;
use jianbao::tree::{FileId, Proceedings};
use proptest::prelude::*;
use serde_json::Value;

use crate::import_books::book;
use crate::properties::config;
use crate::support::{Folder, fixture, root, sample, sources, typed_tree};

/// A tree as JSON without what a file's layout says: places, names of nodes, how a text is cut into
/// runs; and without what is read from roles and sentences.
fn essence(tree: &Proceedings) -> Value {
    stripped(serde_json::to_value(tree).unwrap())
}

fn stripped(value: Value) -> Value {
    const LAYOUT: &[&str] =
        &["span", "files", "edits", "front", "id", "note", "lead", "party", "affiliation", "sector"];
    let is_text = |v: &Value| v["type"] == "text" && v.get("text").is_some() && v.get("inlines").is_none();
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(key, _)| !LAYOUT.contains(&key.as_str()))
            .map(|(key, v)| (key, stripped(v)))
            .collect(),
        Value::Array(list) => {
            let mut out: Vec<Value> = Vec::new();
            for v in list.into_iter().map(stripped) {
                match out.last_mut() {
                    Some(last) if is_text(last) && is_text(&v) => {
                        let joined =
                            format!("{}{}", last["text"].as_str().unwrap(), v["text"].as_str().unwrap());
                        last["text"] = joined.into();
                    }
                    _ => out.push(v),
                }
            }
            out.into()
        }
        other => other,
    }
}

/// The first place where two values differ, and what stands there.
fn difference(one: &Value, other: &Value, place: String) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().find_map(|(key, v)| difference(v, &b[key], format!("{place}.{key}")))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.into_iter().find_map(|(k, (v, w))| difference(v, w, format!("{place}[{k}]")))
        }
        _ => (one != other).then(|| format!("{place}:\n{one}\n{other}")),
    }
}

fn read_back(markdown: &str) -> Proceedings {
    let document = read(FileId(0), "a.md", markdown.as_bytes()).unwrap();
    assert_eq!(standardise(&document), [], "what is standard stays:\n{markdown}");
    let read = normalize(&mut [document], Known::default());
    read.unwrap_or_else(|e| panic!("{e}:\n{markdown}")).tree
}

#[test]
fn fixtures_come_back_as_the_same_tree() {
    let others = ["hostile.md", "levels.md", "strange.md"].map(fixture);
    for source in sources().into_iter().chain(others) {
        let tree = typed_tree(&source);
        let folder = Folder::new();
        let path = source.to_str().unwrap();
        folder.run(&["import", path, "-o", "a.md"]).exits(0);
        let mut again = typed_tree(&folder.join("a.md"));
        // Pictures were saved under another name.
        let (mut one, mut two) = (essence(&tree), essence(&again));
        for value in [&mut one, &mut two] {
            forget_paths(value);
        }
        assert_eq!(one, two, "{path}");
        again.edits.retain(|e| e.reason.is_punctuation());
        assert_eq!(again.edits, [], "{path}");
    }
}

/// Whatever shape speeches arrive in: once imported they are a source that says the same.
#[test]
fn every_shape_comes_back_as_the_same_tree() {
    let mut files: Vec<_> =
        std::fs::read_dir(fixture("shapes")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut wrong = String::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e != "tree" && e != "md")) {
        let folder = Folder::new();
        let ran = folder.run(&["import", file.to_str().unwrap(), "-o", "a.md"]);
        // A report holds no speeches, and the source of a book must.
        if ran.code() != 0 || typed_tree(file).speeches.is_empty() {
            continue;
        }
        let (one, two) = (essence(&typed_tree(file)), essence(&typed_tree(&folder.join("a.md"))));
        if let Some(differs) = difference(&one, &two, file.display().to_string()) {
            let text = String::from_utf8(folder.read("a.md")).unwrap();
            wrong += &format!("{differs}\n{text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn forget_paths(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("src");
            map.values_mut().for_each(forget_paths);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_paths),
        _ => {}
    }
}

#[test]
fn an_import_of_an_import_is_the_same_file() {
    for source in [sample(), fixture("rich.md"), fixture("hostile.md")] {
        let folder = Folder::new();
        folder.run(&["import", source.to_str().unwrap(), "-o", "one/a.md"]).exits(0);
        folder.run(&["import", "one/a.md", "-o", "two/a.md"]).exits(0);
        let files = folder.files();
        let of = |name: &str| -> Vec<String> {
            let inside = files.iter().filter_map(|f| f.strip_prefix(name));
            inside.map(str::to_owned).collect()
        };
        assert_eq!(of("one/"), of("two/"));
        for name in of("one/") {
            assert_eq!(folder.read(&format!("one/{name}")), folder.read(&format!("two/{name}")), "{name}");
        }
    }
}

#[test]
fn the_sample_changes_in_its_marks_only() {
    let folder = Folder::new();
    let path = sample();
    let imported = folder.run(&["import", path.to_str().unwrap()]).exits(0).out();
    let standard = folder.run(&["normalize", path.to_str().unwrap()]).exits(0).out();
    assert_eq!(imported, standard);
}

#[test]
fn the_source_with_everything() {
    let folder = Folder::new();
    let ran = folder.run(&["import", fixture("rich.md").to_str().unwrap(), "-o", "a.md"]).exits(0);
    assert!(ran.err().contains("wrote a-media/chart.png"), "{}", ran.err());
    let original = std::fs::read(root().join("tests/fixtures/pictures/chart.png")).unwrap();
    assert_eq!(folder.read("a-media/chart.png"), original);
    insta::assert_snapshot!(String::from_utf8(folder.read("a.md")).unwrap());
}

#[test]
fn other_encodings_become_utf8() {
    let text = std::fs::read_to_string(sample()).unwrap();
    let folder = Folder::new();
    // A name that the encoding has.
    let text = text.replace('㛃', "洁");
    folder.write("gb.md", encoding_rs::GB18030.encode(&text.replace('\n', "\r\n")).0);
    folder.write("utf8.md", &text);
    let of = |name: &str| folder.run(&["import", name]).exits(0).out();
    assert_eq!(of("gb.md"), of("utf8.md"));
}

/// Several files are one book, and one source from then on.
#[test]
fn many_files_become_one() {
    let folder = Folder::new();
    let many = folder.run(&["import", fixture("many").to_str().unwrap()]).exits(0).out();
    assert_eq!(many, folder.run(&["import", sample().to_str().unwrap()]).exits(0).out());
}

#[test]
fn what_a_person_has_is_not_written_over() {
    let folder = Folder::new();
    folder.write("s.md", "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n");
    folder.write("a.md", "我的");
    folder.run(&["import", "s.md", "-o", "a.md"]).exits(1);
    assert_eq!(folder.read("a.md"), "我的".as_bytes());
    folder.run(&["import", "s.md", "-o", "a.md", "--force"]).exits(0);
    let ran = folder.run(&["import", "s.md", "-o", "a.docx"]).exits(2);
    assert!(ran.err().contains("a.docx") && ran.err().contains(".md"), "{}", ran.err());
    assert_eq!(folder.files(), ["a.md", "s.md"]);
}

#[test]
fn build_makes_markdown_too() {
    let folder = Folder::new();
    folder.run(&["build", fixture("rich.md").to_str().unwrap(), "-f", "markdown", "-o", "o"]).exits(0);
    assert_eq!(folder.files(), ["o/pictures/chart.png", "o/澜州专题协商.md"]);
    folder.run(&["build", sample().to_str().unwrap(), "-o", "b.md"]).exits(0);
    assert_eq!(typed_tree(&folder.join("b.md")).speeches.len(), 6);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(tree in book()) {
        let text = markdown(&tree, &Config::default()).unwrap();
        let again = read_back(&text);
        let differs = difference(&essence(&tree), &essence(&again), String::new());
        prop_assert!(differs.is_none(), "{}\n{}", differs.unwrap(), text);
        prop_assert_eq!(markdown(&again, &Config::default()).unwrap(), text);
    }
}

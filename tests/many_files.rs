//! A book of many files is the book of one file.

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, fixture, real_text, sample};

/// The tree of a folder's manifest, or of files together, without what must differ.
fn tree(folder: &Folder, args: &[&str]) -> Value {
    let mut tree: Value = serde_json::from_str(&folder.run(args).exits(0).out()).unwrap();
    strip(&mut tree);
    tree
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("span");
            map.remove("files");
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Cuts a source before each `###` heading.
fn cut(folder: &Folder, source: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(source).unwrap();
    let mut names = Vec::new();
    for (k, piece) in text.split("\n### ").enumerate() {
        let name = format!("{k:02}.md");
        let piece = if k == 0 { piece.to_owned() } else { format!("### {piece}") };
        folder.write(&name, piece);
        names.push(name);
    }
    folder.write("whole.md", &text);
    names
}

#[test]
fn cut_at_every_speech_it_stays_the_same() {
    for source in [Some(sample()), real_text()].into_iter().flatten() {
        let folder = Folder::new();
        let names = cut(&folder, &source);
        let whole = tree(&folder, &["tree", "whole.md"]);
        folder.write("jianbao.toml", "sources = [\"00.md\", \"[0-9][0-9].md\"]\n");
        assert_eq!(tree(&folder, &["tree"]), whole, "by the manifest");
        assert_eq!(tree(&folder, &["tree", "."]), whole, "by the manifest's folder");
        std::fs::remove_file(folder.join("jianbao.toml")).unwrap();
        let mut args = vec!["tree"];
        args.extend(names.iter().map(String::as_str));
        assert_eq!(tree(&folder, &args), whole, "named one by one");
    }
}

#[test]
fn the_fixture_of_many_files_is_the_sample() {
    let folder = Folder::new();
    let many = fixture("many");
    let cut = tree(&folder, &["tree", many.to_str().unwrap()]);
    assert_eq!(cut, tree(&folder, &["tree", sample().to_str().unwrap()]));
}

#[test]
fn speeches_as_first_level_headings_of_their_own_files() {
    let folder = Folder::new();
    folder.write("a.md", "# 总标题\n\n## 会议名称\n\n导语一句。\n");
    folder.write("b.md", "# 甲题 乙题\n\n林颂 市政协委员\n\n正文一。正文二。\n\n## 小标题\n\n正文三。\n");
    folder.write("c.md", "## 丙题 丁题\n\n于博 市政协常委\n\n正文四。\n");
    let tree = tree(&folder, &["tree", "a.md", "b.md", "c.md"]);
    assert_eq!((tree["title"].as_str(), tree["event"].as_str()), (Some("总标题"), Some("会议名称")));
    let headings: Vec<_> =
        tree["speeches"].as_array().unwrap().iter().map(|s| &s["heading"]["text"]).collect();
    assert_eq!(headings, ["甲题 乙题", "丙题 丁题"]);
    assert_eq!(tree["speeches"][0]["body"][1]["type"], "heading");
}

#[test]
fn one_book_together_and_several_apart() {
    let folder = Folder::new();
    folder.write("a.md", "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n正文。\n");
    folder.write("b.md", "# 另题\n\n### 丙 丁\n\n于博 市政协委员\n\n正文。\n");
    folder.run(&["build", "a.md", "b.md", "-f", "epub", "-o", "out"]).exits(0);
    assert_eq!(folder.files(), ["a.md", "b.md", "out/a.epub", "out/b.epub"]);
    folder.run(&["build", "a.md", "b.md", "--together", "-f", "docx", "-o", "one"]).exits(0);
    assert!(folder.files().contains(&"one/a.docx".to_owned()));
}

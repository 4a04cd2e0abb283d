//! `build` writes what is asked for, where it is asked for.

use crate::support::{Folder, jianbao, root, sample};

const SOURCE: &str = "# 题\n\n## 会\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("s.md", SOURCE);
    folder
}

#[test]
fn three_outputs_without_a_word() {
    let folder = folder();
    let ran = folder.run(&["build", "s.md"]).exits(0);
    assert_eq!(folder.files(), ["output/s.docx", "output/s.epub", "output/s.pdf", "s.md"]);
    assert_eq!(ran.out(), "", "data only on stdout");
    assert_eq!(ran.err().lines().filter(|l| l.starts_with("wrote ")).count(), 3);
}

#[test]
fn from_any_folder() {
    let folder = Folder::new();
    folder.run(&["build".as_ref(), sample().as_os_str(), "-o".as_ref(), "x/y".as_ref()]).exits(0);
    assert_eq!(folder.files(), ["x/y/sample.docx", "x/y/sample.epub", "x/y/sample.pdf"]);
}

#[test]
fn the_ending_of_an_output_picks_the_format() {
    let folder = folder();
    folder.run(&["build", "s.md", "-o", "a/b.epub"]).exits(0);
    assert_eq!(folder.files(), ["a/b.epub", "s.md"]);
    folder.run(&["build", "s.md", "-o", "a/b.epub", "-f", "pdf"]).exits(2);
    folder.run(&["build", "s.md", "-t", "docx", "-o", "a"]).exits(0);
    assert_eq!(folder.files(), ["a/b.epub", "a/s.docx", "s.md"]);
}

#[test]
fn a_dash_is_standard_output() {
    let folder = folder();
    let ran = folder.run(&["build", "s.md", "-f", "epub", "-o", "-"]).exits(0);
    assert!(ran.0.stdout.starts_with(b"PK"));
    folder.run(&["build", "s.md", "-o", "-"]).exits(2);
    assert_eq!(folder.files(), ["s.md"]);
    let ran = folder.run(&["tree", "s.md", "-o", "-"]).exits(0);
    assert!(ran.out().starts_with('{'));
}

#[test]
fn the_manifest_names_outputs() {
    let folder = folder();
    folder.write("jianbao.toml", "sources = ['s.md']\noutput = 'out'\noutput_name = '第1期: 大会/发言'\n");
    folder.run(&["build", "-f", "epub,docx"]).exits(0);
    let files = folder.files();
    assert!(files.contains(&"out/第1期： 大会／发言.epub".to_owned()), "{files:?}");
}

#[test]
fn front_matter_and_set_are_settings_too() {
    let folder = Folder::new();
    folder.write("s.md", format!("---\noutput_name: 甲\n---\n{SOURCE}"));
    folder.run(&["build", "s.md", "-f", "docx"]).exits(0);
    folder.run(&["build", "s.md", "-f", "docx", "--set", "output_name=乙"]).exits(0);
    assert_eq!(folder.files(), ["output/乙.docx", "output/甲.docx", "s.md"]);
}

#[test]
fn two_books_of_one_name_are_refused_before_anything_is_written() {
    let folder = Folder::new();
    folder.write("a/s.md", SOURCE);
    folder.write("b/s.md", SOURCE);
    let ran = folder.run(&["build", "a/s.md", "b/s.md", "-o", "out"]).exits(2);
    assert!(ran.err().contains("a/s.md") && ran.err().contains("b/s.md"));
    assert_eq!(folder.files(), ["a/s.md", "b/s.md"]);
}

#[test]
fn one_failure_does_not_stop_the_others() {
    let folder = folder();
    folder.write("empty.md", "");
    folder.run(&["build", "empty.md", "s.md", "-f", "epub"]).exits(1);
    assert!(folder.files().contains(&"output/s.epub".to_owned()));
}

#[test]
fn json_is_one_event_a_line() {
    let folder = folder();
    let ran = folder.run(&["build", "s.md", "-f", "epub", "--json"]).exits(0);
    let events: Vec<serde_json::Value> =
        ran.out().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(events.iter().all(|e| e["source"] == "s.md"));
    assert!(events.iter().any(|e| e["event"] == "stage" && e["output"] == "output/s.epub"));
    assert_eq!(events.last().unwrap()["event"], "done");
    assert_eq!(ran.err(), "");
    folder.write("empty.md", "");
    let ran = folder.run(&["build", "empty.md", "--json"]).exits(1);
    let last: serde_json::Value = serde_json::from_str(ran.out().lines().last().unwrap()).unwrap();
    assert_eq!(last["event"], "failed");
}

#[test]
fn quiet_is_quiet() {
    let ran = folder().run(&["build", "s.md", "-q", "-f", "epub"]).exits(0);
    assert_eq!((ran.out().as_str(), ran.err().as_str()), ("", ""));
}

#[test]
fn new_makes_a_folder_that_builds() {
    let folder = Folder::new();
    folder.run(&["new", "book"]).exits(0);
    assert_eq!(folder.files(), ["book/jianbao.toml", "book/output/.gitkeep", "book/speeches.md"]);
    let mut command = jianbao();
    command.current_dir(folder.join("book")).args(["build", "-f", "epub,docx"]);
    assert!(command.status().unwrap().success());
    let before = folder.read("book/jianbao.toml");
    folder.run(&["new", "book"]).exits(1);
    assert_eq!(folder.read("book/jianbao.toml"), before);
}

#[test]
fn a_users_own_template_wins() {
    let folder = folder();
    folder.write("jianbao.toml", "sources = ['s.md']\n");
    let style = std::fs::read_to_string(root().join("templates/epub/style.css")).unwrap();
    folder.write("templates/epub/style.css", style + "\n/* 本单位的样式 */\n");
    folder.run(&["build", "-f", "epub", "-o", "x.epub"]).exits(0);
    let css = crate::support::unzipped(&folder.join("x.epub"), |n| n.ends_with(".css"));
    assert!(css.contains("本单位的样式"));
    folder.write("templates/epub/speech.xhtml", "{% nonsense %}");
    let ran = folder.run(&["build", "-f", "epub", "-o", "y.epub"]).exits(1);
    assert!(ran.err().contains("epub/speech.xhtml:1"), "{}", ran.err());
    assert!(!folder.files().contains(&"y.epub".to_owned()));
}

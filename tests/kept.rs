//! What a person edited in place is never lost; what is written is whole.

use crate::support::Folder;

const SOURCE: &str = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n";

#[test]
fn an_edited_docx_survives_the_next_build() {
    let folder = Folder::new();
    folder.write("s.md", SOURCE);
    folder.run(&["build", "s.md"]).exits(0);
    let edited = folder.write("output/s.docx", "部门改过的");
    folder.write("s.md", SOURCE.replace("正文", "新的正文"));
    let before = folder.read("output/s.pdf");
    let ran = folder.run(&["build", "s.md"]).exits(1);
    assert_eq!(std::fs::read_to_string(edited).unwrap(), "部门改过的");
    assert_ne!(folder.read("output/s.pdf"), before, "the others are renewed");
    assert!(ran.err().contains("output/s.docx was edited"), "{}", ran.err());
    folder.run(&["build", "s.md", "--force"]).exits(0);
    assert!(folder.read("output/s.docx").starts_with(b"PK"));
    folder.run(&["build", "s.md"]).exits(0);
}

#[test]
fn a_file_that_was_there_before_us_is_kept() {
    let folder = Folder::new();
    folder.write("s.md", SOURCE);
    folder.write("mine.epub", "我的");
    folder.run(&["build", "s.md", "-o", "mine.epub"]).exits(1);
    assert_eq!(folder.read("mine.epub"), "我的".as_bytes());
    folder.write("t.json", "我的");
    folder.run(&["tree", "s.md", "-o", "t.json"]).exits(1);
    assert_eq!(folder.read("t.json"), "我的".as_bytes());
}

#[test]
fn a_build_that_fails_touches_nothing() {
    let folder = Folder::new();
    folder.write("s.md", SOURCE);
    folder.run(&["build", "s.md", "-f", "epub"]).exits(0);
    let before = folder.read("output/s.epub");
    folder.write("s.md", "# 题\n\n没有发言。\n");
    folder.run(&["build", "s.md"]).exits(1);
    assert_eq!(folder.read("output/s.epub"), before);
    assert_eq!(folder.files(), ["output/s.epub", "s.md"]);
}

#[test]
fn a_source_is_never_an_output() {
    let folder = Folder::new();
    let source = SOURCE.replace("正文", "正,文");
    folder.write("s.md", &source);
    folder.run(&["build", "s.md", "-f", "epub", "-o", "s.md"]).exits(2);
    folder.run(&["build", "s.md", "-o", "s.md"]).exits(1);
    folder.run(&["import", "s.md", "-o", "s.md"]).exits(1);
    assert_eq!(folder.read("s.md"), source.as_bytes());
}

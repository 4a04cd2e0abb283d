//! What goes wrong is said as a colleague would say it, in both languages, with the right exit code.
//!
//! The words are snapshots in `tests/snapshots`: read them as prose.

use crate::support::Folder;

/// Runs in both languages and gives what was said, with the exit code; nothing may be on stdout.
fn said(folder: &Folder, args: &[&str], env: &[(&str, &str)]) -> String {
    let mut text = format!("$ jianbao {}\n", args.join(" "));
    for lang in ["zh-CN", "en"] {
        let mut all = args.to_vec();
        all.extend(["--lang", lang]);
        let ran = folder.run_with(&all, env);
        assert_eq!(ran.out(), "");
        let err = ran.err().replace(folder.path().to_str().unwrap(), "<folder>");
        assert!(!err.contains("panicked"), "{err}");
        text += &format!("--- {lang}, exit {}\n{err}", ran.code());
    }
    text
}

fn of_source(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    folder.write(name, content);
    let text = said(&folder, &["build", name], &[]);
    assert_eq!(folder.files(), [name], "nothing is written");
    text
}

const GOOD: &str = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n";

#[test]
fn empty() {
    insta::assert_snapshot!(of_source("空.md", ""));
}

#[test]
fn blank() {
    insta::assert_snapshot!(of_source("空白.md", "\u{feff} \n\u{3000}\n"));
}

#[test]
fn no_title() {
    insta::assert_snapshot!(of_source("无题.md", "\n各位委员：\n\n今天的议程如下。\n"));
}

#[test]
fn no_title_over_a_speech() {
    insta::assert_snapshot!(of_source("一篇.md", "# 推进改革 打造高地\n\n林颂 市政协委员\n\n首句。正文。\n"));
}

#[test]
fn no_speech() {
    insta::assert_snapshot!(of_source("无发言.md", "# 大会发言\n\n## 第一次会议\n\n今天没有人发言。\n"));
}

#[test]
fn binary() {
    insta::assert_snapshot!(of_source(
        "照片.md",
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]
    ));
}

#[test]
fn invalid_utf8() {
    let mut bytes = "# 大会发言\n\n第二行到这里".as_bytes().to_vec();
    bytes.extend([0xff, 0xfe]);
    bytes.extend("就坏了。\n".as_bytes());
    insta::assert_snapshot!(of_source("坏字.md", bytes));
}

/// Read all the same, and said.
#[test]
fn another_encoding() {
    let (bytes, _, _) = encoding_rs::GBK
        .encode("# 大会发言\n\n### 推进改革 服务民生\n\n林颂 市政协委员\n\n加强领导。落实责任，务求实效。\n");
    let folder = Folder::new();
    folder.write("旧稿.md", bytes);
    // It is read as what it is, and nothing is said of it.
    let ran = folder.run(&["check", "旧稿.md", "--quiet"]).exits(0);
    assert_eq!(ran.err(), "");
}

#[test]
fn unknown_form() {
    insta::assert_snapshot!(of_source("稿件.pages", "text"));
}

#[test]
fn missing_file() {
    insta::assert_snapshot!(said(&Folder::new(), &["build", "没有.md"], &[]));
}

#[test]
fn nothing_to_build() {
    insta::assert_snapshot!(said(&Folder::new(), &["build"], &[]));
}

#[test]
fn unknown_key_in_the_manifest() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    folder.write("jianbao.toml", "sources = [\"s.md\"]\n\n[briefing]\nnmae = \"政协简报\"\n");
    insta::assert_snapshot!(said(&folder, &["build"], &[]));
}

#[test]
fn unknown_key_in_front_matter() {
    insta::assert_snapshot!(of_source(
        "s.md",
        format!("---\nbriefing:\n  number: 3\n  issur: 办公厅\n---\n{GOOD}")
    ));
}

#[test]
fn wrong_value_in_the_manifest() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    folder.write("jianbao.toml", "sources = [\"s.md\"]\n[print]\nparts = [\"cover\", \"目录\"]\n");
    insta::assert_snapshot!(said(&folder, &["build"], &[]));
}

#[test]
fn manifest_that_is_not_toml() {
    let folder = Folder::new();
    folder.write("jianbao.toml", "sources = [\"s.md\"\n");
    insta::assert_snapshot!(said(&folder, &["build"], &[]));
}

#[test]
fn manifest_in_gbk_is_read() {
    let folder = Folder::new();
    folder.write("发言.md", GOOD);
    let (bytes, _, _) = encoding_rs::GBK.encode("sources = [\"发言.md\"]\n[briefing]\nname = \"政协简报\"\n");
    folder.write("jianbao.toml", bytes);
    folder.run(&["build", "-f", "epub"]).exits(0);
}

#[test]
fn pattern_without_a_file() {
    let folder = Folder::new();
    folder.write("jianbao.toml", "sources = [\"发言/*.md\"]\n");
    insta::assert_snapshot!(said(&folder, &["build"], &[]));
}

#[test]
fn font_folder_of_the_environment() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    insta::assert_snapshot!(said(&folder, &["build", "s.md"], &[("JIANBAO_FONTS", "/没有这个文件夹")]));
}

#[test]
fn font_folder_of_the_manifest() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    folder.write("jianbao.toml", "sources = [\"s.md\"]\n[fonts]\nfolders = [\"字体\"]\n");
    let text = said(&folder, &["build"], &[]);
    insta::assert_snapshot!(text);
}

#[test]
fn font_that_is_not_there() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    let text = said(&folder, &["build", "s.md", "--set", "fonts.fang=某某仿宋"], &[]);
    // The folders searched are this machine's own.
    let text: Vec<&str> = text.lines().map(|l| l.split(['：', ':']).next().unwrap_or(l)).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn output_folder_that_is_a_file() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    folder.write("out", "a file");
    let ran = folder.run(&["build", "s.md", "-f", "epub", "-o", "out/x"]).exits(3);
    assert!(ran.err().contains("out"), "{}", ran.err());
    assert_eq!(folder.read("out"), b"a file");
}

#[test]
#[cfg(unix)]
fn output_folder_that_cannot_be_written() {
    // Root may write anywhere; a folder that lies in a file system without writing is the same
    // refusal for everyone.
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    insta::assert_snapshot!(said(&folder, &["build", "s.md", "-f", "epub", "-o", "/proc/没有"], &[]));
}

#[test]
fn typst_cli_that_is_not_there() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    let text = said(
        &folder,
        &["build", "s.md", "-f", "pdf", "--engine", "typst-cli"],
        &[("JIANBAO_TYPST", "/没有/typst")],
    );
    insta::assert_snapshot!(text);
}

#[test]
fn a_character_no_font_has() {
    let folder = Folder::new();
    folder.write("s.md", GOOD.replace("正文", "正\u{10300}文"));
    let mut text = said(&folder, &["build", "s.md"], &[]);
    text.retain(|c| c != '\r');
    insta::assert_snapshot!(text);
    assert!(folder.files().contains(&"output/s.pdf".to_owned()));
}

/// A private character has a place in the source, and one warning however many look for it.
#[test]
fn a_character_that_print_forbids() {
    let folder = Folder::new();
    folder.write("s.md", GOOD.replace("正文", "正\u{e000}文"));
    let text = said(&folder, &["build", "s.md", "-o", "o", "-f", "pdf"], &[]);
    assert_eq!(text.matches("U+E000").count(), 2, "{text}");
    assert_eq!(text.matches("s.md:7:").count(), 2, "{text}");
}

#[test]
fn pictures_that_cannot_be_had() {
    let folder = Folder::new();
    folder.write("outside.png", "x");
    folder.write("book/broken.png", "not a picture");
    let figures =
        "![甲](none.png)\n\n![乙](broken.png)\n\n![丙](../outside.png)\n\n![丁](http://example.org/a.png)\n";
    folder.write("book/s.md", format!("{GOOD}\n{figures}"));
    let text = said(&folder, &["build", "book/s.md", "-f", "epub"], &[]);
    insta::assert_snapshot!(text);
}

#[test]
fn edited_output() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    folder.run(&["build", "s.md", "-f", "docx"]).exits(0);
    folder.write("output/s.docx", "edited");
    insta::assert_snapshot!(said(&folder, &["build", "s.md", "-f", "docx"], &[]));
}

#[test]
fn wrong_use() {
    let folder = Folder::new();
    folder.write("s.md", GOOD);
    let mut text = String::new();
    for args in [
        &["biuld", "s.md"][..],
        &["build", "--fromat", "pdf"],
        &["build", "s.md", "-f", "mobi"],
        &["build", "s.md", "--set"],
        &["build", "s.md", "--set", "number"],
        &["build", "s.md", "--set", "briefing.numbr=3"],
        &["build", "s.md", "--engine", "latex"],
        &["build", "s.md", "-o", "x.epub", "-f", "pdf"],
        &["new"],
    ] {
        text += &said(&folder, args, &[]);
    }
    insta::assert_snapshot!(text);
    assert_eq!(folder.files(), ["s.md"]);
}

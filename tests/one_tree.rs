//! The same words give one and the same tree, whatever form they come in.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{Folder, judge_words, real_text, sample, tree_of};

/// A tree without what names files and places, and without the edits they hold.
pub(crate) fn bare(mut tree: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for key in ["span", "files", "edits"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut tree);
    tree
}

#[track_caller]
pub(crate) fn same_tree(word: &Path, expected: &Value, what: &str) {
    let found = bare(tree_of(word));
    if found != *expected {
        let lines = |v: &Value| serde_json::to_string_pretty(v).unwrap();
        let (found, expected) = (lines(&found), lines(expected));
        let first = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
        panic!("{what}: {first:?} …\n{found}");
    }
}

/// The program, or the one that `tests/run.sh` found.
fn tool(variable: &str, name: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| name.to_owned())
}

/// The file, saved again by LibreOffice.
pub(crate) fn saved_again(folder: &Folder, file: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let out = folder.join("again");
    let ran = Command::new(tool("JIANBAO_TEST_SOFFICE", "soffice"))
        .args([profile.as_str(), "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .arg(&out)
        .arg(file)
        .output()
        .unwrap_or_else(|e| panic!("soffice: {e}; tests/run.sh installs it"));
    let again = out.join(file.file_name().unwrap());
    assert!(again.exists(), "{}", String::from_utf8_lossy(&ran.stderr));
    again
}

/// The texts that every form is made of.
fn texts() -> impl Iterator<Item = PathBuf> {
    [Some(sample()), real_text()].into_iter().flatten()
}

/// Headings marked by nothing but the blank lines around them.
fn without_marks(markdown: &str) -> String {
    markdown.lines().map(|line| format!("{}\n", line.trim_start_matches(['#', ' ']))).collect()
}

#[test]
fn text_in_every_encoding() {
    for source in texts() {
        let expected = bare(tree_of(&source));
        let markdown = std::fs::read_to_string(&source).unwrap();
        let plain = without_marks(&markdown);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
        };
        let forms: [(&str, Vec<u8>); 9] = [
            ("gb18030.txt", encoding_rs::GB18030.encode(&plain).0.into_owned()),
            ("gb18030-crlf.txt", encoding_rs::GB18030.encode(&crlf(&plain)).0.into_owned()),
            ("gb18030.md", encoding_rs::GB18030.encode(&markdown).0.into_owned()),
            ("plain.txt", plain.clone().into_bytes()),
            ("bom-crlf.md", format!("\u{feff}{}", crlf(&markdown)).into_bytes()),
            ("bom-crlf.txt", format!("\u{feff}{}", crlf(&plain)).into_bytes()),
            ("utf16le.md", utf16(&markdown, u16::to_le_bytes)),
            ("utf16be.md", utf16(&markdown, u16::to_be_bytes)),
            ("utf16le.txt", utf16(&crlf(&plain), u16::to_le_bytes)),
        ];
        let folder = Folder::new();
        for (name, bytes) in forms {
            same_tree(&folder.write(name, bytes), &expected, name);
        }
    }
}

#[test]
fn pandocs_pages() {
    for source in texts() {
        let expected = bare(tree_of(&source));
        for arguments in [&["--wrap=none"] as &[&str], &["-s", "--wrap=none"], &["-s"]] {
            // Wrapped at 72 columns only for the sample: where a blank between Latin and hanzi was the
            // place of a wrap it is gone in any form of source, so the texts are not the same.
            if !arguments.contains(&"--wrap=none") && source != sample() {
                continue;
            }
            let folder = Folder::new();
            let page = folder.join("a.html");
            let mut words = vec!["-f", "markdown", "-t", "html"];
            words.extend(arguments);
            words.extend([source.to_str().unwrap(), "-o", page.to_str().unwrap()]);
            judge_words("pandoc.sh", &words);
            same_tree(&page, &expected, &format!("{arguments:?}"));
        }
    }
}

#[test]
fn pandocs_word_file_and_libreoffices() {
    for source in texts() {
        let folder = Folder::new();
        let word = folder.join("text.docx");
        judge_words("pandoc.sh", &["-o", word.to_str().unwrap(), source.to_str().unwrap()]);
        let expected = bare(tree_of(&source));
        same_tree(&word, &expected, "pandoc");
        same_tree(&saved_again(&folder, &word), &expected, "LibreOffice");
    }
}

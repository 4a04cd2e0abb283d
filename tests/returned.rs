//! Word files that come back, made by hand: excerpts sent, edited with tracking and without, saved by other
//! programs, merged.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Folder, Ran, sample};

/// The speech numbers that the sample's two departments are sent.
pub const FIRST: &str = "1,3";
pub const SECOND: &str = "2,3";

/// A folder with the sample as `s.md` and two excerpts, `a.docx` to 甲局 and `b.docx` to 乙局.
pub fn sent() -> Folder {
    let folder = Folder::new();
    folder.write("s.md", std::fs::read(sample()).unwrap());
    for (to, speeches, name) in [("甲局", FIRST, "a.docx"), ("乙局", SECOND, "b.docx")] {
        folder.run(&["excerpt", "s.md", "--speech", speeches, "--to", to, "-o", name]).exits(0);
    }
    folder
}

pub fn source(folder: &Folder) -> String {
    String::from_utf8(folder.read("s.md")).unwrap()
}

/// Changes parts of a Word file.
pub fn rewrite(word: &Path, to: &Path, change: &dyn Fn(&str, String) -> String) {
    let mut from = zip::ZipArchive::new(std::fs::File::open(word).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for k in 0..from.len() {
        let mut entry = from.by_index(k).unwrap();
        let name = entry.name().to_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            bytes = change(&name, text).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    std::fs::write(to, out.finish().unwrap().into_inner()).unwrap();
}

/// Changes the text of a Word file.
pub fn edit(word: &Path, to: &Path, change: &dyn Fn(String) -> String) {
    rewrite(word, to, &|name, text| if name == "word/document.xml" { change(text) } else { text });
}

/// Puts `new` in the place of `old`, once, which must stand in one run.
pub fn untracked(xml: String, old: &str, new: &str) -> String {
    assert_eq!(xml.matches(old).count(), 1, "{old}");
    xml.replacen(old, new, 1)
}

/// The same as Word does with tracking on.
pub fn tracked(xml: String, old: &str, new: &str, who: &str) -> String {
    let at = xml.find(old).unwrap_or_else(|| panic!("{old}"));
    let run = xml[..at].rfind("<w:r>").into_iter().chain(xml[..at].rfind("<w:r ")).max().unwrap();
    let end = at + xml[at..].find("</w:r>").unwrap() + "</w:r>".len();
    let text_at = run + xml[run..at].rfind("<w:t").unwrap();
    let text_start = text_at + xml[text_at..].find('>').unwrap() + 1;
    let text_end = at + xml[at..].find("</w:t>").unwrap();
    let head = &xml[run..text_at];
    let part = |text: &str, tag: &str| match text {
        "" => String::new(),
        _ => format!("{head}<w:{tag} xml:space=\"preserve\">{text}</w:{tag}></w:r>"),
    };
    let by = format!("w:author=\"{who}\" w:date=\"2026-01-15T09:30:00Z\"");
    let mut out = xml[..run].to_owned() + &part(&xml[text_start..at], "t");
    if !old.is_empty() {
        out += &format!("<w:del w:id=\"9001\" {by}>{}</w:del>", part(old, "delText"));
    }
    if !new.is_empty() {
        out += &format!("<w:ins w:id=\"9002\" {by}>{}</w:ins>", part(new, "t"));
    }
    out + &part(&xml[at + old.len()..text_end], "t") + &xml[end..]
}

/// The paragraph that holds a text, as bytes of the XML.
pub fn paragraph(xml: &str, text: &str) -> std::ops::Range<usize> {
    let at = xml.find(text).unwrap_or_else(|| panic!("{text}"));
    let start = xml[..at].rfind("<w:p>").into_iter().chain(xml[..at].rfind("<w:p ")).max().unwrap();
    start..at + xml[at..].find("</w:p>").unwrap() + "</w:p>".len()
}

pub fn soffice(folder: &Folder, to: &str, out: &str, file: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("lo").display());
    let program = std::env::var("JIANBAO_TEST_SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
    let ran = Command::new(program)
        .args([profile.as_str(), "--headless", "--convert-to", to, "--outdir"])
        .arg(folder.join(out))
        .arg(file)
        .output()
        .unwrap_or_else(|e| panic!("soffice: {e}; tests/run.sh installs it"));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder.join(out).join(file.with_extension(to).file_name().unwrap())
}

pub fn by_way_of_odt(folder: &Folder, file: &Path) -> PathBuf {
    let odt = soffice(folder, "odt", "odt", file);
    soffice(folder, "docx", "back", &odt)
}

pub fn merge(folder: &Folder, copies: &[&Path], more: &[&str]) -> Ran {
    let mut args = vec!["merge", "s.md"];
    args.extend(copies.iter().map(|c| c.to_str().unwrap()));
    args.extend(["-o", "m.md", "--report", "r.json", "--force"]);
    args.extend(more);
    folder.run(&args)
}

pub fn report(folder: &Folder) -> serde_json::Value {
    let report: serde_json::Value = serde_json::from_slice(&folder.read("r.json")).unwrap();
    let t = &report["totals"];
    let n = |name: &str| t[name].as_u64().unwrap();
    assert_eq!(n("found"), n("merged") + n("identical") + n("conflict") + n("reported"), "{t}");
    assert_eq!(n("found") as usize, report["edits"].as_array().unwrap().len());
    report
}

pub fn merged(folder: &Folder) -> String {
    String::from_utf8(folder.read("m.md")).unwrap()
}

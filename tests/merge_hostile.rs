//! Strangers' files handed to `merge`: each ends in a sentence and an exit code of the contract, with little
//! memory; a damaged file that still reads never changes text without saying so.

use std::io::{Cursor, Write};
use std::process::Command;

use serde_json::Value;

use crate::returned::{edit, merged, report, rewrite, sent, source};
use crate::support::{Folder, jianbao, python};

/// Megabytes a run may take.
const MOST_MEMORY: f64 = 512.0;

/// Merges each file by itself and tells exit code, megabytes at the peak, and what was said.
const MEASURE: &str = r#"
import json, os, subprocess, sys
program, *names = sys.argv[1:]
told = []
for name in names:
    args = [program, "merge", "s.md", name, "-o", name + ".md", "--report", name + ".json", "--force"]
    process = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=open(name + ".err", "wb"))
    _, status, usage = os.wait4(process.pid, 0)
    told.append([name, os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024])
print(json.dumps(told))
"#;

struct Told {
    name: String,
    code: i64,
    said: String,
}

/// Runs all files of a folder; each must end well.
fn all(folder: &Folder, cases: &[(String, Vec<u8>)]) -> Vec<Told> {
    for (name, bytes) in cases {
        folder.write(name, bytes);
    }
    let program = jianbao();
    let ran = Command::new(python())
        .current_dir(folder.path())
        .env("LC_ALL", "en_US.UTF-8")
        .args(["-c", MEASURE])
        .arg(program.get_program())
        .args(cases.iter().map(|c| &c.0))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told: Vec<(String, i64, f64)> = serde_json::from_slice(&ran.stdout).unwrap();
    let check = |(name, code, memory): (String, i64, f64)| {
        let said = String::from_utf8(folder.read(&format!("{name}.err"))).unwrap();
        assert!((0..=3).contains(&code), "{name}: {code} {said}");
        assert!(!said.contains("panicked") && !said.trim().is_empty(), "{name}: {said}");
        assert!(memory <= MOST_MEMORY, "{name}: {memory} MB");
        Told { name, code, said }
    };
    told.into_iter().map(check).collect()
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The container of Office 97 with some streams.
fn container(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in streams {
        file.create_stream(format!("/{name}")).unwrap().write_all(&[7; 5_000]).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// What each file is, and a word of the sentence it must end in.
#[test]
fn each_is_called_what_it_is() {
    let folder = sent();
    let good = folder.read("a.docx");
    let changed = |name: &str, change: &dyn Fn(&str) -> String| {
        let path = folder.join(name);
        edit(&folder.join("a.docx"), &path, &|xml| {
            change(xml.split_once("?>").map_or(xml.as_str(), |p| p.1))
        });
        folder.read(name)
    };
    let bomb = vec![b' '; 300 << 20];
    let types = b"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
    let deep = "<w:sdt><w:sdtContent>".repeat(5_000);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "bomb.docx",
            packed(&[("[Content_Types].xml", types), ("word/document.xml", &bomb)]),
            "more than 32 MB",
        ),
        (
            "deep.docx",
            changed("deep.docx", &|xml| xml.replacen("<w:body>", &format!("<w:body>{deep}"), 1)),
            "deep",
        ),
        (
            "doctype.docx",
            changed("doctype.docx", &|xml| {
                format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]>{xml}")
            }),
            "DOCTYPE",
        ),
        ("encrypted.docx", container(&["EncryptionInfo", "EncryptedPackage"]), "password"),
        ("old.doc", container(&["WordDocument", "1Table"]), "old Word"),
        ("renamed.docx", container(&["WordDocument"]), "old Word"),
        ("page.docx", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n".to_vec(), "PDF"),
        ("rich.docx", b"{\\rtf1 abc}".to_vec(), "rich text"),
        ("cut.docx", good[..good.len() / 2].to_vec(), "damaged"),
        ("short.docx", good[..100].to_vec(), "damaged"),
        ("empty.docx", Vec::new(), "empty"),
        (
            "rubbish.docx",
            (0..4_000_u32).map(|k| (k * k % 251) as u8).collect(),
            "neither a Word file nor text",
        ),
        ("copy.md", folder.read("s.md"), "is Markdown, not a Word file"),
        ("copy.docx", folder.read("s.md"), "is plain text, not a Word file"),
        (
            "copy.html",
            b"<!DOCTYPE html><html><body><p>\xe7\x94\xb2</p></body></html>".to_vec(),
            "is a web page",
        ),
    ];
    let files: Vec<(String, Vec<u8>)> = cases.iter().map(|c| (c.0.to_owned(), c.1.clone())).collect();
    for (told, (name, _, word)) in all(&folder, &files).iter().zip(&cases) {
        assert!(told.code != 0 && told.said.contains(word), "{name}: {} {}", told.code, told.said);
        assert!(!folder.join(&format!("{name}.md")).exists(), "{name}");
    }
}

/// A paragraph of tens of thousands of runs, each in a look of its own, old words and new, is read to its end.
#[test]
fn looks_without_number_are_told_as_one() {
    let folder = sent();
    let run = |k: usize| {
        let look = ["<w:u w:val=\"single\"/>", "<w:strike/>", "<w:color w:val=\"FF0000\"/>"][k % 3];
        format!("<w:r><w:rPr>{look}</w:rPr><w:t>字</w:t></w:r>")
    };
    let runs: String = (0..40_000).map(run).collect();
    edit(&folder.join("a.docx"), &folder.join("many.docx"), &|xml| {
        let at = xml.rfind("</w:p>").unwrap();
        xml[..at].to_owned() + &runs + &xml[at..]
    });
    let told = all(&folder, &[("many.docx".to_owned(), folder.read("many.docx"))]);
    assert_eq!(told[0].code, 0, "{}", told[0].said);
    let report: Value = serde_json::from_slice(&folder.read("many.docx.json")).unwrap();
    let looks: Vec<&Value> =
        report["edits"].as_array().unwrap().iter().filter(|e| e["kind"] == "look").collect();
    assert_eq!(looks.len(), 1);
    assert_eq!(looks[0]["formats"], serde_json::json!(["underline", "strike", "colour"]));
}

/// What a file keeps of what was sent may be as hostile as its text.
#[test]
fn a_hostile_base_is_passed_over() {
    let folder = sent();
    let path = folder.join("x.docx");
    rewrite(&folder.join("a.docx"), &path, &|name, text| match name {
        "docProps/custom.xml" | "customXml/item1.xml" => {
            text.replace("\"jianbao.base.0001\"", "\"jianbao.base.0009\"")
        }
        _ => text,
    });
    let ran = folder.run(&["merge", "s.md", "x.docx", "-o", "m.md", "--report", "r.json"]).exits(0);
    assert!(ran.err().contains("damaged"), "{}", ran.err());
    assert_eq!(merged(&folder), source(&folder));
    assert_eq!(report(&folder)["base"], "source");
}

/// Forty files with some bytes changed, and forty with something changed inside: what still reads and is told
/// to hold no edit leaves the source as it is; what holds one says which.
#[test]
fn a_damaged_file_changes_nothing_in_silence() {
    let folder = sent();
    let good = folder.read("a.docx");
    let mut seed = 7_u64;
    let mut roll = move |sides: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % sides
    };
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for k in 0..40 {
        let mut bytes = good.clone();
        for _ in 0..1 + k % 4 {
            let at = roll(bytes.len());
            bytes[at] ^= 1 + roll(255) as u8;
        }
        cases.push((format!("bytes-{k}.docx"), bytes));
    }
    for k in 0..40 {
        let path = folder.join("y.docx");
        let (at, count) = (roll(1_000_000), 1 + roll(30));
        edit(&folder.join("a.docx"), &path, &|xml| {
            let chars: Vec<char> = xml.chars().collect();
            let at = at % chars.len();
            let end = (at + count).min(chars.len());
            chars[..at].iter().chain(&chars[end..]).collect()
        });
        cases.push((format!("inside-{k}.docx"), folder.read("y.docx")));
    }
    let told = all(&folder, &cases);
    let text = source(&folder);
    let mut read = 0;
    for one in told.iter().filter(|t| t.code == 0) {
        read += 1;
        let report: Value = serde_json::from_slice(&folder.read(&format!("{}.json", one.name))).unwrap();
        let merged = String::from_utf8(folder.read(&format!("{}.md", one.name))).unwrap();
        let carried = &report["totals"]["merged"];
        assert_eq!(merged != text, carried != &Value::from(0), "{}: {report:#}", one.name);
    }
    assert!(read > 0 && read < told.len(), "{read} of {} still read", told.len());
}

//! `build --proof` puts a proof beside what it made, which says whether the files hold the text and keep the rules, is
//! the same wherever it is made, and can be repeated by someone else from the files alone.

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, build, fixture, judge, sample, sources};

fn proved(source: &Path, args: &[&str]) -> Folder {
    let folder = Folder::new();
    let all = [&["build", source.to_str().unwrap(), "-o", "o", "--proof"], args].concat();
    folder.run(&all).exits(0);
    folder
}

fn proof(folder: &Folder, name: &str) -> Value {
    serde_json::from_slice(&folder.read(name)).unwrap()
}

fn ids(proof: &Value) -> Vec<&str> {
    proof["checks"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect()
}

#[test]
fn a_proof_stands_beside_the_files_and_has_its_schema() {
    let schema = Folder::new();
    schema.run(&["schema", "proof", "-o", "proof.schema.json"]).exits(0);
    let schema = schema.join("proof.schema.json");
    for source in sources() {
        let folder = proved(&source, &[]);
        let name = folder.files().into_iter().find(|f| f.ends_with(".proof.json")).unwrap();
        assert_eq!(judge("schema.sh", &[&schema, &folder.join(&name)]).trim(), "schema: 0 errors");
        let proof = proof(&folder, &name);
        assert!(proof["checks"].as_array().unwrap().iter().all(|c| c["ok"] == true), "{proof:#}");
        for id in ["text/parity-pdf", "text/parity-epub", "text/parity-docx", "print/index", "text/glyphs"] {
            assert!(ids(&proof).contains(&id), "{id}");
        }
        // Each file that was made is named with its hash, and no folder.
        let inputs = proof["inputs"].as_array().unwrap();
        for file in folder.files().iter().filter(|f| **f != name) {
            let bare = file.strip_prefix("o/").unwrap();
            let hash = jianbao_hash(&folder.read(file));
            assert!(inputs.iter().any(|i| i["file"] == bare && i["sha256"] == hash.as_str()), "{file}");
        }
    }
    // The form is not that of anything.
    let wrong = Folder::new();
    wrong.write("wrong.json", "{\"inputs\": [{\"file\": 1}]}");
    let script = crate::support::root().join("tests/tools/schema.sh");
    let ran = std::process::Command::new(script).arg(&schema).arg(wrong.join("wrong.json")).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
}

/// `sha256sum` of the system.
fn jianbao_hash(bytes: &[u8]) -> String {
    let folder = Folder::new();
    let path = folder.write("f", bytes);
    let said = crate::support::program("sha256sum", &[path.to_str().unwrap()]);
    said.split(' ').next().unwrap().to_owned()
}

/// Settings of one run are named in the proof, so that it can be repeated without them.
#[test]
fn someone_else_repeats_it_from_the_files_alone() {
    let set = ["--set", "print.parts=[\"cover\", \"contents\"]", "--profile", "large-print"];
    let made = proved(&sample(), &set);
    let there = Folder::new();
    for name in ["sample.pdf", "sample.epub", "sample.docx", "sample.proof.json"] {
        there.write(name, made.read(&format!("o/{name}")));
    }
    there.write("sample.md", std::fs::read(sample()).unwrap());
    let args = ["verify", "sample.md", "sample.pdf", "sample.epub", "sample.docx", "sample.proof.json"];
    let said = there.run(&args).exits(0).out();
    let line =
        |id: &str| said.lines().find(|l| l.contains(id)).unwrap_or_else(|| panic!("{said}")).to_owned();
    assert!(line("proof/files").starts_with("✓ ") && line("proof/files").contains("4 of 4 files"), "{said}");
    assert!(line("proof/checks").starts_with("✓ "), "{said}");
    // A file that is not given, one that is another, one that is not named.
    let said = there.run(&["verify", "sample.md", "sample.pdf", "sample.proof.json"]).exits(1).out();
    assert!(said.contains("not given: sample.epub"), "{said}");
    let changed = std::fs::read_to_string(sample()).unwrap().replacen("墙角、桥下", "墙角、坡下", 1);
    let other = build(&there.write("other/sample.md", changed), "docx");
    there.write("sample.docx", other.read("o/sample.docx"));
    let said = there.run(&args).exits(1).out();
    assert!(said.contains("not the file that was proved: sample.docx"), "{said}");
    there.write("more.docx", other.read("o/sample.docx"));
    let said = there.run(&["verify", "sample.md", "more.docx", "sample.proof.json"]).exits(1).out();
    assert!(said.contains("not named in the proof: more.docx"), "{said}");
    // A figure that was made up.
    let text = String::from_utf8(there.read("sample.proof.json")).unwrap();
    let figure = proof(&there, "sample.proof.json")["checks"][0]["figure"].as_str().unwrap().to_owned();
    there.write("sample.proof.json", text.replace(&figure, "9 of 9 characters"));
    there.write("sample.docx", made.read("o/sample.docx"));
    let said = there.run(&args).exits(1).out();
    assert!(said.contains("text/parity-pdf is now: ") && said.contains("the proof says: 9 of 9"), "{said}");
    there.write("sample.proof.json", "[]");
    let said = there.run(&args).exits(3).err();
    assert!(said.contains("sample.proof.json is not a proof"), "{said}");
    there.write("sample.proof.json", &text);
    there.run(&["verify", "sample.md", "sample.proof.json"]).exits(2);
}

#[test]
fn a_proof_that_fails_is_told_and_kept() {
    // No font has its characters: the pages show 〓 in their place.
    let source = fixture("strange.md");
    let folder = Folder::new();
    let args = ["build", source.to_str().unwrap(), "-f", "pdf", "-o", "o", "--proof"];
    let ran = folder.run(&args).exits(1);
    assert!(ran.err().contains("text/parity-pdf, strange.pdf, page 5"), "{}", ran.err());
    assert!(folder.files().contains(&"o/strange.pdf".to_owned()), "what was made is there to be looked at");
    let kept = proof(&folder, "o/strange.proof.json");
    let parity = &kept["checks"][0];
    assert_eq!((&parity["id"], &parity["ok"]), (&"text/parity-pdf".into(), &false.into()));
    assert!(parity["findings"][0]["message"].as_str().unwrap().contains("〓 U+3013"), "{parity}");
    let events = folder.run(&[&args[..], &["--json"]].concat()).exits(1).out();
    assert!(events.contains("\"stage\":\"prove\"") && events.contains("\"failed\""), "{events}");
    // One that a person changed is not overwritten.
    folder.write("o/strange.proof.json", "改过");
    let said = folder.run(&args).exits(1).err();
    assert!(said.contains("strange.proof.json"), "{said}");
    assert_eq!(folder.read("o/strange.proof.json"), "改过".as_bytes());
}

#[test]
fn a_proof_needs_files_that_can_be_proved() {
    let folder = Folder::new();
    let source = sample();
    let source = source.to_str().unwrap();
    for args in [["-f", "typst", "-o", "o"], ["-f", "pdf", "-o", "-"], ["-f", "markdown", "-o", "o"]] {
        let said = folder.run(&[&["build", source, "--proof"], &args[..]].concat()).exits(2).err();
        assert!(said.contains("--proof needs a PDF"), "{said}");
    }
    folder.run(&["build", source, "--proof", "-o", "one.pdf"]).exits(0);
    assert_eq!(folder.files(), ["one.pdf", "one.proof.json"]);
}

/// The body for a printing house holds the text too; its cover, back, spine and front on one sheet, is not measured.
#[test]
fn a_printing_house_s_files_are_proved() {
    let folder = proved(&sample(), &["-f", "pdf", "--press"]);
    let proof = proof(&folder, "o/sample.proof.json");
    let files: Vec<&str> =
        proof["inputs"].as_array().unwrap().iter().map(|i| i["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["sample.md", "sample-body.pdf", "sample-cover.pdf"]);
    assert!(ids(&proof).contains(&"text/parity-pdf") && !ids(&proof).contains(&"print/standards-claimed"));
    let run = |more: &[&str]| {
        let args = ["verify", sample().to_str().unwrap(), "o/sample-body.pdf", "o/sample-cover.pdf"]
            .map(str::to_owned);
        folder.run(&[&args.each_ref().map(String::as_str), more].concat())
    };
    run(&["o/sample.proof.json"]).exits(0);
}

#[test]
fn each_rule_can_be_asked_alone() {
    let folder = build(&sample(), "pdf,docx");
    let source = sample();
    let run = |more: &[&str]| {
        let all = [&["verify", source.to_str().unwrap(), "o/sample.pdf", "o/sample.docx"], more].concat();
        folder.run(&all)
    };
    let lines = |more: &[&str]| {
        let said = run(more).exits(0).out();
        let ids = said.lines().filter_map(|l| l.split_whitespace().nth(1).map(str::to_owned));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(lines(&["--select", "print/rows"]), ["print/rows"]);
    assert_eq!(
        lines(&["--select", "text", "--ignore", "text/glyphs"]),
        ["text/parity-pdf", "text/parity-docx"]
    );
    assert!(!lines(&["--ignore", "print,text"]).iter().any(|id| !id.starts_with("word/")));
    let said = run(&["--select", "print/row"]).exits(2).err();
    assert!(said.contains("there is no rule print/row") && said.contains("print/rows"), "{said}");
    // Nothing measured is nothing proved.
    run(&["--select", "epub"]).exits(2);
    // Each rule names its source.
    let listed = folder.run(&["verify", "--list"]).exits(0).out();
    assert_eq!(listed.lines().count(), 2 * jianbao::verify::RULES.len());
    assert!(listed.contains("print/page-numbers (PDF)\n    GB/T 9704-2012, 7.5\n"), "{listed}");
    let one = folder.run(&["explain", "print/page-numbers"]).exits(0).out();
    assert_eq!(one, "print/page-numbers (PDF)\n    GB/T 9704-2012, 7.5\n");
    let json: Value =
        serde_json::from_str(&folder.run(&["verify", "--list", "--json"]).exits(0).out()).unwrap();
    assert_eq!(json["rules"].as_array().unwrap().len(), jianbao::verify::RULES.len());
}

/// Every source of the fixtures that is a book; `strange.md` has characters that no font has.
#[test]
fn every_fixture_is_proved() {
    let mut sources = vec![fixture("many")];
    let mut folders = vec![fixture("")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            let is_source =
                path.extension().is_some_and(|e| ["md", "txt", "html", "htm"].iter().any(|s| e == *s));
            let stem = path.file_stem().unwrap().to_str().unwrap();
            match path.is_dir() {
                true if stem != "many" => folders.push(path),
                false if is_source && !["README", "strange", "hostile"].contains(&stem) => sources.push(path),
                _ => {}
            }
        }
    }
    sources.push(fixture("hostile.md"));
    sources.sort();
    let (mut proved, mut none) = (0, 0);
    for source in &sources {
        let folder = Folder::new();
        let ran = folder.run(&["build", source.to_str().unwrap(), "--proof", "-o", "o", "-q"]);
        if ran.err().contains("no speech in") {
            none += 1;
            continue;
        }
        assert_eq!(ran.code(), 0, "{}: {}", source.display(), ran.err());
        proved += 1;
    }
    assert!(proved > 100 && none < 5, "{proved} proved, {none} without speeches");
}

#[test]
fn every_profile_is_proved() {
    for profile in ["briefing", "booklet", "16k", "large-print", "phone", "screen"] {
        for source in [sample(), fixture("levels.md"), fixture("clean/04-no-count.md")] {
            proved(&source, &["--profile", profile]);
        }
    }
}

//! The shapes speeches really arrive in, in words of our own: each file of `tests/fixtures/shapes`
//! beside the tree that a careful person makes of it, written down so that a person can read it.

use std::fmt::Write;

use crate::support::{Folder, fixture};

/// The tree, a line a field.
fn outline(tree: &serde_json::Value) -> String {
    let mut out = String::new();
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().replace('\n', "⏎");
    let list = |v: &serde_json::Value| v.as_array().unwrap().iter().map(text).collect::<Vec<_>>();
    writeln!(out, "title: {}", text(&tree["title"])).unwrap();
    if let Some(event) = tree["event"].as_str() {
        writeln!(out, "event: {event}").unwrap();
    }
    for (key, value) in tree["meta"].as_object().unwrap() {
        writeln!(out, "{key}: {}", text(value)).unwrap();
    }
    for line in list(&tree["lede"]) {
        writeln!(out, "lede: {line}").unwrap();
    }
    let mut part = &serde_json::Value::Null;
    for speech in tree["speeches"].as_array().unwrap() {
        if speech["part"] != *part {
            part = &speech["part"];
            let found = tree["parts"].as_array().unwrap().iter().find(|p| p["id"] == *part);
            writeln!(out, "\npart: {}", text(&found.unwrap()["title"])).unwrap();
        }
        let heading = &speech["heading"];
        let clauses = list(&heading["clauses"]).join(" / ");
        let number = heading["number"].as_str().map_or_else(String::new, |n| format!(" [{n}]"));
        writeln!(out, "\nspeech:{number} {clauses}").unwrap();
        for speaker in speech["speakers"].as_array().unwrap() {
            let roles = list(&speaker["roles"]).join(", ");
            write!(out, "by: {}", text(&speaker["name"])).unwrap();
            let more = [
                ("roles", roles),
                ("for", text(&speaker["organisation"])),
                ("notes", list(&speaker["notes"]).join(", ")),
            ];
            for (name, value) in more.iter().filter(|(_, v)| !v.is_empty()) {
                write!(out, "; {name}: {value}").unwrap();
            }
            out.push('\n');
        }
        for block in speech["body"].as_array().unwrap() {
            let level = block["level"].as_u64().map_or_else(String::new, |l| format!(" {l}"));
            writeln!(out, "{}{level}: {}", text(&block["type"]), text(&block["text"])).unwrap();
        }
    }
    out
}

/// Every shape gives the tree beside it. Where one is new, an empty `.tree` file shows what is found.
#[test]
fn every_shape_gives_its_tree() {
    let folder = Folder::new();
    let mut files: Vec<_> =
        std::fs::read_dir(fixture("shapes")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut fields, mut right) = (0, 0);
    let mut wrong = String::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e != "tree")) {
        let ran = folder.run(&["tree", file.to_str().unwrap(), "--quiet"]);
        let found = serde_json::from_str(&ran.out()).map_or_else(|_| ran.err(), |tree| outline(&tree));
        let beside = file.with_extension("tree");
        if std::env::var_os("JIANBAO_WRITE_SHAPES").is_some() && !beside.exists() {
            std::fs::write(&beside, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        fields += expected.lines().filter(|l| !l.is_empty()).count();
        let same = expected.lines().filter(|l| !l.is_empty() && found.lines().any(|f| f == *l)).count();
        right += same;
        if found != expected {
            writeln!(wrong, "{}: expected\n{expected}\nfound\n{found}", file.display()).unwrap();
        }
    }
    assert!(files.len() > 40, "the shapes are here");
    assert!(wrong.is_empty(), "{right} of {fields} fields\n{wrong}");
}

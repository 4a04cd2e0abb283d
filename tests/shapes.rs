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

/// Shapes whose tree is known not to be reached, and why. A careful person's tree stands beside them all
/// the same.
const KNOWN: &[(&str, &str)] = &[
    ("blank-turns.txt", "names parted from their words by a blank alone look like clauses of headings"),
    ("gov-brackets.html", "the page's own title has the speaker's name before it and is the only heading"),
    ("numbered-parts.md", "the body in the heading and its speaker below are read as two speakers"),
];

/// One thing a reader of speeches looks for: what kind it is, where it stands, what it says.
type Field = (&'static str, String, String);

/// The fields of an outline. Paragraphs count by their number, their words are other tests' matter.
fn fields(outline: &str) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    let mut speech = 0;
    let (mut speakers, mut heads, mut paragraphs) = (0, 0, 0);
    let close = |found: &mut Vec<Field>, speech: usize, paragraphs: usize| {
        found.push(("paragraphs", format!("{speech}"), paragraphs.to_string()));
    };
    for line in outline.lines().filter(|l| !l.is_empty()) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim();
        match key {
            "title" => found.push(("title", String::new(), value.into())),
            "event" => found.push(("event", String::new(), value.into())),
            "part" => found.push(("part", format!("over {}", speech + 1), value.into())),
            "speech" => {
                close(&mut found, speech, paragraphs);
                (speech, speakers, heads, paragraphs) = (speech + 1, 0, 0, 0);
                for (k, clause) in value.split(" / ").enumerate() {
                    found.push(("clause", format!("{speech}.{k}"), clause.into()));
                }
            }
            "by" => {
                speakers += 1;
                let place = format!("{speech}.{speakers}");
                for (k, part) in value.split("; ").enumerate() {
                    match part.split_once(": ") {
                        Some(("roles", roles)) => {
                            for (n, role) in roles.split(", ").enumerate() {
                                found.push(("role", format!("{place}.{n}"), role.into()));
                            }
                        }
                        Some((name, text)) => {
                            found.push(("body or note", format!("{place}.{name}"), text.into()));
                        }
                        None if k == 0 => found.push(("name", place.clone(), part.into())),
                        None => {}
                    }
                }
            }
            "lede" | "paragraph" => paragraphs += 1,
            _ if key.starts_with("heading") => {
                heads += 1;
                found.push(("sub-heading", format!("{speech}.{heads}"), line.into()));
            }
            "list" | "table" | "figure" | "quote" | "note" => {
                found.push(("other block", format!("{speech}"), line.into()));
            }
            _ => found.push(("fact of the page", key.into(), value.into())),
        }
    }
    close(&mut found, speech, paragraphs);
    found
}

/// Reads every shape; gives each file's name, the tree expected and the tree found.
fn shapes() -> Vec<(String, String, String)> {
    let folder = Folder::new();
    let mut files: Vec<_> =
        std::fs::read_dir(fixture("shapes")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.retain(|f| f.extension().is_some_and(|e| e != "tree") && f.file_name().unwrap() != "README.md");
    let read = |file: &std::path::PathBuf| {
        let ran = folder.run(&["tree", file.to_str().unwrap(), "--quiet"]);
        let found = serde_json::from_str(&ran.out()).map_or_else(|_| ran.err(), |tree| outline(&tree));
        let beside = file.with_extension("tree");
        if std::env::var_os("JIANBAO_WRITE_SHAPES").is_some() && !beside.exists() {
            std::fs::write(&beside, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        (file.file_name().unwrap().to_str().unwrap().to_owned(), expected, found)
    };
    files.iter().map(read).collect()
}

/// Every shape gives the tree beside it, but for those known not to. A new one without a tree gets the
/// one that is found when `JIANBAO_WRITE_SHAPES` is set: to be read by eye, not to be believed.
#[test]
fn every_shape_gives_its_tree() {
    let mut wrong = String::new();
    let shapes = shapes();
    for (name, expected, found) in &shapes {
        let is_known = KNOWN.iter().any(|(known, _)| known == name);
        if (found == expected) == is_known {
            let what = if is_known { "is reached now: take it off the list" } else { "expected" };
            writeln!(wrong, "{name}: {what}\n{expected}\nfound\n{found}").unwrap();
        }
    }
    assert!(shapes.len() >= 90, "the shapes are here");
    assert!(wrong.is_empty(), "{wrong}");
}

/// How much of what a careful person finds in all shapes is found: 95 of 100 fields at least.
#[test]
#[expect(clippy::print_stdout, reason = "the measure is what one asks this test for")]
fn nearly_every_field_is_reached() {
    let mut kinds: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    let mut missed = String::new();
    for (name, expected, found) in shapes() {
        let found = fields(&found);
        for field in fields(&expected) {
            let (right, all) = kinds.entry(field.0).or_default();
            let is_right = found.contains(&field);
            (*right, *all) = (*right + usize::from(is_right), *all + 1);
            if !is_right {
                writeln!(missed, "{name}: {} {} {}", field.0, field.1, field.2).unwrap();
            }
        }
    }
    let (right, all) = kinds.values().fold((0, 0), |(r, a), (right, of)| (r + right, a + of));
    let percent = |right: usize, all: usize| right as f64 * 100.0 / all as f64;
    println!("{right} of {all} fields, {:.1} %", percent(right, all));
    for (kind, (right, all)) in &kinds {
        println!("  {kind}: {right} of {all}, {:.1} %", percent(*right, *all));
    }
    assert!(percent(right, all) >= 95.0, "{right} of {all} fields\n{missed}");
}

/// Each row of the table of shapes names fixtures that exist, and each fixture stands in it.
#[test]
fn the_table_of_shapes_is_complete() {
    let table = std::fs::read_to_string(fixture("shapes/README.md")).unwrap();
    let named: Vec<&str> = table.split('`').skip(1).step_by(2).collect();
    let files: Vec<String> = shapes().into_iter().map(|(name, ..)| name).collect();
    let is_file =
        |n: &&&str| !n.contains('/') && (n.ends_with(".txt") || n.ends_with(".md") || n.ends_with(".html"));
    for name in named.iter().filter(is_file) {
        assert!(files.iter().any(|f| f == name), "{name} does not exist");
    }
    for file in &files {
        assert!(named.contains(&file.as_str()), "{file} stands in no row");
    }
}

//! The arrows of the house: which room may use which, read from the code's own `crate::` paths and
//! held against the table in `ARCHITECTURE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::root;

/// The rows of the table: a room and the rooms it may use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut table = BTreeMap::new();
    for line in text.lines().filter(|l| l.starts_with("| `src/")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let rooms = |cell: &str| -> Vec<String> {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(|w| {
                    w.trim_start_matches("src/").trim_end_matches(['/']).trim_end_matches(".rs").to_owned()
                })
                .collect()
        };
        let uses: BTreeSet<String> =
            rooms(cells.last().filter(|c| !c.is_empty()).copied().unwrap_or(cells[cells.len() - 2]))
                .into_iter()
                .collect();
        for room in rooms(cells[1]) {
            table.insert(room, uses.clone());
        }
    }
    table
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// Code without its tests and comments.
fn code(path: &Path) -> String {
    // What only tests build with.
    if path.ends_with("testing.rs") || path.ends_with("rules/sample.rs") {
        return String::new();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("\nmod tests {").next().unwrap().to_owned();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect()
}

#[test]
fn arrows_point_where_the_table_says() {
    let allowed = allowed();
    let rooms: BTreeSet<String> = std::fs::read_dir(root().join("src"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap().trim_end_matches(".rs").to_owned())
        .filter(|n| !matches!(n.as_str(), "lib" | "main"))
        .collect();
    assert_eq!(rooms, allowed.keys().cloned().collect(), "the rooms of src/ and of the table");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in rust_files(&root().join("src")) {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let room = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        for part in code(&path).split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !rooms.contains(&used) || used == room {
                continue;
            }
            seen += 1;
            if !allowed[&room].contains(&used) {
                wrong.push(format!("{} uses {used}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 50, "the search finds the arrows that are there");
}

#[test]
fn backends_do_not_know_each_other() {
    let render = root().join("src/render");
    let entries = std::fs::read_dir(&render).unwrap().map(|e| e.unwrap());
    let backends: Vec<String> = entries
        .filter(|e| e.file_type().unwrap().is_dir())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    assert!(backends.len() >= 3, "{backends:?}");
    for backend in &backends {
        for path in rust_files(&render.join(backend)) {
            for other in backends.iter().filter(|o| *o != backend) {
                let text = code(&path);
                for way in ["render::", "super::super::"] {
                    assert!(!text.contains(&format!("{way}{other}::")), "{} uses {other}", path.display());
                }
            }
        }
    }
}

#[test]
fn nothing_can_panic_on_purpose_outside_tests() {
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let is_test = path.components().any(|c| c.as_os_str() == "tests")
            || path.ends_with("tests.rs")
            || path.ends_with("testing.rs")
            || path.ends_with("sample.rs");
        for (k, line) in code(&path).lines().enumerate().filter(|_| !is_test) {
            for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("] {
                if line.contains(word) {
                    wrong.push(format!("{}: {}: {line}", path.display(), k + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, PathBuf)> = rust_files(&root().join("src"))
        .into_iter()
        .map(|p| (std::fs::read_to_string(&p).unwrap().lines().count(), p))
        .collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= 600, "{} has {longest} lines", path.display());
    let median = lengths[lengths.len() / 2].0;
    assert!(median < 150, "the median file has {median} lines");
}

#[test]
fn every_file_says_what_it_is() {
    for path in rust_files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{}", path.display());
    }
}

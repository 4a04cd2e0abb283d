//! The tree as JSON: the contract's shape, both ways, spans and edits that agree with the source.

use std::collections::BTreeSet;

use jianbao::tree::Proceedings;
use serde_json::Value;

use crate::support::{Folder, fixture, sample, sources, tree_of};

#[test]
fn it_reads_back_what_it_writes() {
    for source in sources() {
        let json = tree_of(&source);
        let tree = Proceedings::from_json(&json.to_string()).unwrap();
        assert_eq!(serde_json::to_value(&tree).unwrap(), json, "{}", source.display());
    }
}

#[test]
fn the_keys_of_the_contract() {
    let tree = tree_of(&sample());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let has = |value: &Value, wanted: &[&str]| {
        for key in wanted {
            assert!(keys(value).contains(*key), "{key} is missing: {:?}", keys(value));
        }
    };
    has(&tree, &["schema", "title", "event", "lede", "meta", "files", "parts", "speeches", "edits"]);
    assert_eq!(tree["schema"], 1);
    assert!(tree["lede"][0].is_string());
    has(&tree["files"][0], &["id", "name", "sha256"]);
    let speech = &tree["speeches"][0];
    has(speech, &["id", "part", "span", "heading", "speakers", "body"]);
    has(&speech["span"], &["file", "start", "end", "line"]);
    has(&speech["heading"], &["text", "clauses", "number"]);
    has(
        &speech["speakers"][0],
        &["name", "roles", "party", "affiliation", "sector", "notes", "organisation"],
    );
    has(&speech["body"][0], &["id", "type", "text", "lead", "span"]);
    has(&tree["edits"][0], &["span", "before", "after", "reason"]);
    assert_eq!((speech["id"].as_str(), speech["body"][0]["id"].as_str()), (Some("s01"), Some("s01.p01")));
}

#[test]
fn every_span_lies_in_its_source_and_ids_are_unique() {
    for source in sources() {
        let text = std::fs::read_to_string(&source).unwrap();
        let tree = tree_of(&source);
        let mut ids = BTreeSet::new();
        walk(&tree, &mut |value| {
            if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64())
                && value.get("line").is_some()
            {
                let slice = text.get(start as usize..end as usize);
                assert!(slice.is_some(), "{value} of {}", source.display());
                let line = text[..start as usize].matches('\n').count() + 1;
                assert_eq!(value["line"], line, "{value}");
            }
            if value.get("files").is_none()
                && value.get("sha256").is_none()
                && let Some(id) = value["id"].as_str()
            {
                assert!(ids.insert(id.to_owned()), "{id} twice in {}", source.display());
            }
        });
        assert!(ids.len() > 10);
    }
}

#[test]
fn a_slice_with_its_edits_is_the_text() {
    for source in sources() {
        let text = std::fs::read_to_string(&source).unwrap();
        let tree = tree_of(&source);
        let edits = tree["edits"].as_array().unwrap();
        let applied = |span: &Value| {
            let (start, end) =
                (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
            let mut out = String::new();
            let mut at = start;
            for edit in edits {
                let from = edit["span"]["start"].as_u64().unwrap() as usize;
                let to = edit["span"]["end"].as_u64().unwrap() as usize;
                assert_eq!(&text[from..to], edit["before"].as_str().unwrap());
                if from >= at && to <= end {
                    out.push_str(&text[at..from]);
                    out.push_str(edit["after"].as_str().unwrap());
                    at = to;
                }
            }
            out + &text[at..end]
        };
        let mut checked = 0;
        walk(&tree, &mut |value| {
            let is_text = value["type"] == "text" && value["span"].is_object();
            if is_text {
                let found = applied(&value["span"]);
                // A character reference is one character written as several.
                if !found.contains('&') {
                    assert_eq!(found, value["text"].as_str().unwrap());
                    checked += 1;
                }
            }
        });
        assert!(checked > 20, "{}", source.display());
    }
}

#[test]
fn two_things_said_of_one_node_are_refused() {
    let mut tree = tree_of(&sample());
    tree["speeches"][0]["body"][0]["text"] = "别的话".into();
    let error = Proceedings::from_json(&tree.to_string()).unwrap_err().to_string();
    assert!(error.contains("别的话") || error.contains("s01.p01"), "{error}");
}

#[test]
fn everything_the_source_with_everything_has() {
    let tree = tree_of(&fixture("rich.md"));
    let mut types = BTreeSet::new();
    walk(&tree, &mut |value| {
        if let Some(kind) = value["type"].as_str() {
            types.insert(kind.to_owned());
        }
    });
    for kind in [
        "paragraph",
        "heading",
        "list",
        "table",
        "figure",
        "quote",
        "note",
        "text",
        "strong",
        "emphasis",
        "link",
        "note_ref",
        "break",
    ] {
        assert!(types.contains(kind), "{kind} is not in {types:?}");
    }
    assert!(!tree["parts"].as_array().unwrap().is_empty());
}

#[test]
fn schemas_are_json_schemas() {
    let folder = Folder::new();
    for what in ["tree", "manifest", "report"] {
        let ran = folder.run(&["schema", what]).exits(0);
        let schema: Value = serde_json::from_str(&ran.out()).unwrap();
        assert!(schema["$schema"].as_str().unwrap().contains("json-schema.org"));
        assert!(schema["properties"].is_object());
    }
}

fn walk(value: &Value, f: &mut impl FnMut(&Value)) {
    f(value);
    match value {
        Value::Array(items) => items.iter().for_each(|v| walk(v, f)),
        Value::Object(map) => map.values().for_each(|v| walk(v, f)),
        _ => {}
    }
}

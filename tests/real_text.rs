//! The real text comes out perfectly.

use crate::support::{hanzi, real_text, tree_of};

#[test]
fn eighteen_speeches_with_all_they_have() {
    let Some(source) = real_text() else { return };
    let tree = tree_of(&source);
    let speeches = tree["speeches"].as_array().unwrap();
    assert_eq!(speeches.len(), 18);
    let mut paragraphs = 0;
    for speech in speeches {
        let id = &speech["id"];
        assert_eq!(speech["heading"]["clauses"].as_array().unwrap().len(), 2, "{id}");
        let speakers = speech["speakers"].as_array().unwrap();
        assert_eq!(speakers.len(), 1, "{id}");
        assert!(!speakers[0]["roles"].as_array().unwrap().is_empty(), "{id}");
        let body = speech["body"].as_array().unwrap();
        assert!((3..=4).contains(&body.len()), "{id}: {}", body.len());
        for block in body {
            let (text, lead) = (block["text"].as_str().unwrap(), block["lead"].as_str().unwrap());
            assert_eq!(block["type"], "paragraph");
            assert!(!lead.is_empty() && text.starts_with(lead) && lead.len() < text.len(), "{}", block["id"]);
        }
        paragraphs += body.len();
    }
    assert_eq!(paragraphs, 66);
}

#[test]
fn parties_and_the_affiliation() {
    let Some(source) = real_text() else { return };
    let tree = tree_of(&source);
    let of = |key: &str| -> Vec<String> {
        let speakers = tree["speeches"].as_array().unwrap().iter().map(|s| &s["speakers"][0][key]);
        let mut found: Vec<String> = speakers.filter_map(|v| v.as_str()).map(str::to_owned).collect();
        found.sort();
        found
    };
    let mut eight =
        ["九三学社", "民盟", "民建", "致公党", "民进", "台盟", "农工党", "民革"].map(str::to_owned);
    eight.sort();
    assert_eq!(of("party"), eight);
    assert_eq!(of("affiliation"), ["工商联"]);
}

#[test]
fn every_hanzi_in_order() {
    let Some(source) = real_text() else { return };
    let text = std::fs::read_to_string(&source).unwrap();
    let tree = crate::support::typed_tree(&source);
    let pieces: String = tree.pieces().iter().map(|p| p.text.as_str()).collect();
    assert_eq!(hanzi(&pieces), hanzi(&text));
    assert!(pieces.contains("发展发展"), "what is doubled stays doubled");
}

#[test]
fn exactly_these_marks_change() {
    let Some(source) = real_text() else { return };
    let tree = tree_of(&source);
    let edits = tree["edits"].as_array().unwrap();
    let count = |before: &str| edits.iter().filter(|e| e["before"] == before).count();
    assert_eq!((count(","), count("(") + count(")"), count(";")), (291, 10, 1));
    assert_eq!(edits.len(), 302);
    let text = std::fs::read_to_string(&source).unwrap();
    let pieces: String =
        crate::support::typed_tree(&source).pieces().iter().map(|p| p.text.clone()).collect();
    let marks = |text: &str, c: char| text.chars().filter(|d| *d == c).count();
    for c in ['+', '—', '“', '”', '、', '。'] {
        assert_eq!(marks(&pieces, c), marks(&text, c), "{c}");
    }
    assert_eq!(marks(&pieces, '+'), 25);
    assert!(pieces.contains("2.0"));
}

//! Rules that hold the book against itself: silent on clean books, and the right one speaks when one
//! thing is broken.

use jianbao::check::{Choice, RULES, Severity, SourceText, Subject};
use jianbao::config::{Check, Config};
use jianbao::normalize::{Known, normalize};
use jianbao::source::read;
use jianbao::tree::FileId;
use proptest::prelude::*;

use crate::support::{real_text, sample};

fn is_mine(rule: &str) -> bool {
    rule.starts_with("consistency/") || rule.starts_with("structure/")
}

/// The rules that run by default, or all of these two groups.
fn choice(all: bool) -> Choice {
    let mut settings = Check::default();
    if all {
        settings.select.extend(["consistency", "structure"].map(str::to_owned));
    }
    Choice::of(&settings).unwrap()
}

/// The rules that find something in a source and run by default, each with the text it points at.
#[track_caller]
fn findings(source: &str) -> Vec<(&'static str, String)> {
    let mut documents = [read(FileId(0), "book.md", source.as_bytes()).unwrap()];
    let normalized = normalize(&mut documents, Known::default()).unwrap();
    let text = documents[0].text.clone();
    let texts = [SourceText::new(FileId(0), "book.md", &text, true)];
    let config = Config::default();
    let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
    let slice =
        |f: &jianbao::check::Finding| f.span.map_or_else(String::new, |s| text[s.start..s.end].to_owned());
    let found = choice(false).run(&subject);
    found.iter().filter(|f| is_mine(f.rule)).map(|f| (f.rule, slice(f))).collect()
}

fn names(found: &[(&'static str, String)]) -> Vec<&'static str> {
    found.iter().map(|(rule, _)| *rule).collect()
}

/// A source cut at its headings of speeches: the front, then speech by speech.
fn cut(source: &str) -> Vec<&str> {
    let mut places: Vec<usize> = source.match_indices("\n### ").map(|(at, _)| at + 1).collect();
    places.insert(0, 0);
    places.push(source.len());
    places.windows(2).map(|w| &source[w[0]..w[1]]).collect()
}

/// The texts whose ledes count their speeches, with the number that is changed.
fn counted() -> Vec<(String, String, &'static str, &'static str)> {
    let mut found = Vec::new();
    let text = std::fs::read_to_string(sample()).unwrap();
    found.push(("the sample".to_owned(), text, "5位", "六位"));
    if let Some(path) = real_text() {
        found.push(("the real text".to_owned(), std::fs::read_to_string(path).unwrap(), "16位", "十七位"));
    }
    found
}

#[test]
fn clean_texts_are_silent() {
    for (name, text, ..) in counted() {
        assert_eq!(findings(&text), [], "{name}");
    }
    for fixture in ["rich.md", "levels.md"] {
        let text = std::fs::read_to_string(crate::support::fixture(fixture)).unwrap();
        assert_eq!(findings(&text), [], "{fixture}");
    }
}

#[test]
fn a_speech_that_is_missing_is_missed() {
    for (name, text, ..) in counted() {
        let parts = cut(&text);
        assert!(parts.len() > 5);
        for k in 1..parts.len() {
            let less: String = parts.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, p)| *p).collect();
            assert_eq!(names(&findings(&less)), ["consistency/speech-count"], "{name}: speech {k}");
        }
    }
}

#[test]
fn a_speaker_line_that_is_missing_is_missed() {
    for (name, text, ..) in counted() {
        let parts = cut(&text);
        for k in 1..parts.len() {
            let unsigned: Vec<&str> =
                parts[k].split("\n\n").enumerate().filter(|(j, _)| *j != 1).map(|(_, b)| b).collect();
            let unsigned = unsigned.join("\n\n");
            let all: String =
                parts.iter().enumerate().map(|(j, p)| if j == k { &unsigned } else { *p }).collect();
            let heading = parts[k].lines().next().unwrap().trim_start_matches("### ");
            let expected = [("structure/missing-speaker", heading.to_owned())];
            assert_eq!(findings(&all), expected, "{name}: speech {k}");
        }
    }
}

#[test]
fn a_number_that_is_changed_is_noticed() {
    for (name, text, before, after) in counted() {
        let changed = text.replacen(before, after, 1);
        assert_ne!(changed, text, "{name}");
        let found = findings(&changed);
        assert_eq!(names(&found), ["consistency/speech-count"], "{name}");
        assert!(found[0].1.ends_with(after.trim_end_matches('位')), "{name}: {found:?}");
    }
}

#[test]
fn a_speech_pasted_twice_is_noticed() {
    for (name, text, ..) in counted() {
        let parts = cut(&text);
        let twice = format!("{text}\n{}", parts[1]);
        let found = names(&findings(&twice));
        assert_eq!(
            found.iter().filter(|f| **f == "consistency/duplicate-speech").count(),
            1,
            "{name}: {found:?}"
        );
        let others =
            found.iter().filter(|f| !f.ends_with("duplicate-speech") && !f.ends_with("speech-count"));
        assert_eq!(others.count(), 0, "{name}: {found:?}");
    }
}

#[test]
fn words_that_are_missing_are_missed() {
    for (name, text, ..) in counted() {
        let parts = cut(&text);
        let head: Vec<&str> = parts[2].split("\n\n").take(2).collect();
        let empty = text.replacen(parts[2], &format!("{}\n\n", head.join("\n\n")), 1);
        assert_eq!(names(&findings(&empty)), ["structure/empty-speech"], "{name}");
    }
}

#[test]
fn what_a_merge_left_is_an_error() {
    let text = std::fs::read_to_string(sample()).unwrap();
    let left = format!("{text}\n<<<<<<< 甲稿\n修好老街。\n=======\n修好古街。\n>>>>>>> 乙稿\n");
    assert!(names(&findings(&left)).contains(&"structure/conflict-marker"));
    let rule = RULES.iter().find(|r| r.name == "structure/conflict-marker").unwrap();
    assert_eq!(rule.severity, Severity::Error);
}

/// Ten books of other shapes; nobody should be troubled by any of them.
#[test]
fn ten_clean_books_are_silent() {
    let mut books: Vec<_> =
        std::fs::read_dir(crate::support::fixture("clean")).unwrap().map(|e| e.unwrap().path()).collect();
    books.sort();
    assert!(books.len() >= 10);
    for book in books {
        let text = std::fs::read_to_string(&book).unwrap();
        assert_eq!(findings(&text), [], "{}", book.display());
    }
}

/// Pieces of what the rules read, in any order.
const PIECES: &[&str] = &[
    "1",
    "13",
    "月",
    "日",
    "（",
    "）",
    "(",
    "星期",
    "三",
    "至",
    "—",
    "第",
    "一",
    "是",
    "要",
    "，",
    "。",
    "二",
    "其",
    "①",
    "③",
    "《",
    "》",
    "“",
    "”",
    "位委员",
    "篇",
    "作大会发言",
    "其余",
    "其中",
    "和",
    "年",
    "2026",
    "2月30日",
    "\n\n",
    "\n",
    "#### ",
    "##### ",
    "### ",
    "## ",
    "一、",
    "（二）",
    "图",
    "表",
    "![图](a.png \"图2 甲\")\n\n",
    "𠮷",
    "é",
    "😀",
    "AI",
    "Ai",
    "林颂 市政协委员，民盟市委主委\n\n",
    "林颂、于博 民建盟员\n\n",
    "（代表民革市委会）",
    "<<<<<<< 甲\n",
    "=======\n",
    ">>>>>>> 乙\n",
    "[^1]",
    "| 甲 |\n|---|\n",
    "十",
    "百",
    "·",
];

/// The same cases each time, unless more are asked for.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 400;
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_260_107);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    /// Whatever stands in a book, every rule looks at it and points at whole characters.
    #[test]
    fn no_text_is_too_strange(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let soup = pieces.concat();
        let source = format!("# 建言\n\n{soup}\n\n### 甲事\n\n林颂 市政协委员\n\n{soup}\n\n### 乙事\n\n{soup}\n");
        let mut documents = [read(FileId(0), "book.md", source.as_bytes()).unwrap()];
        if let Ok(normalized) = normalize(&mut documents, Known::default()) {
            let text = documents[0].text.clone();
            let texts = [SourceText::new(FileId(0), "book.md", &text, true)];
            let config = Config::default();
            let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
            for finding in choice(true).run(&subject) {
                prop_assert!(finding.span.is_none_or(|s| text.get(s.start..s.end).is_some()), "{:?}", finding);
            }
        }
    }
}

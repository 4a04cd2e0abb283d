//! The default rules find in the real text what is wrong with it and nothing else, and nothing in clean
//! prose.

use jianbao::check::{Choice, Finding, SourceText, Subject};
use jianbao::config::{Check, Config};
use jianbao::normalize::{Known, normalize};
use jianbao::source::read;
use jianbao::tree::FileId;

use proptest::prelude::*;

use crate::support::{fixture, real_text};

/// Rule and slice of every finding of the rules that run unasked.
fn found(source: &str) -> Vec<(&'static str, String)> {
    let mut documents = [read(FileId(0), "a.md", source.as_bytes()).unwrap()];
    let normalized = normalize(&mut documents, Known::default()).unwrap();
    let texts = [SourceText::new(FileId(0), "a.md", &documents[0].text, true)];
    let config = Config::default();
    let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
    let findings = Choice::of(&config.check).unwrap().run(&subject);
    let slice = |f: &Finding| f.span.map_or(String::new(), |s| texts[0].text[s.start..s.end].to_owned());
    findings.iter().map(|f| (f.rule, slice(f))).collect()
}

/// Without the one note that half-width marks stand in a source.
fn but_half_width(source: &str) -> Vec<(&'static str, String)> {
    found(source).into_iter().filter(|(rule, _)| *rule != "punctuation/half-width").collect()
}

#[test]
fn the_real_text_has_two_mistakes() {
    let Some(path) = real_text() else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mistakes = [("text/doubled-word", "发展发展"), ("text/stray-latin", "and")];
    assert_eq!(but_half_width(&text), mistakes.map(|(rule, slice)| (rule, slice.to_owned())));
    assert_eq!(found(&text).len(), 3, "half-width marks are named once");
}

#[test]
fn any_quote_removed_from_the_real_text_is_found_once() {
    let Some(path) = real_text() else { return };
    let text = std::fs::read_to_string(path).unwrap();
    each_quote_removed(&text);
}

#[test]
fn any_quote_removed_from_clean_prose_is_found_once() {
    let text = std::fs::read_to_string(fixture("clean.md")).unwrap();
    each_quote_removed(&text);
}

fn each_quote_removed(text: &str) {
    let before = but_half_width(text);
    let mut wrong = Vec::new();
    for (at, mark) in text.char_indices().filter(|(_, c)| "“”‘’".contains(*c)) {
        let mut less = text.to_owned();
        less.replace_range(at..at + mark.len_utf8(), "");
        let mut after = but_half_width(&less);
        for known in &before {
            if let Some(k) = after.iter().position(|f| f == known) {
                after.remove(k);
            }
        }
        if after.len() != 1 || after[0].0 != "punctuation/unpaired-quote" {
            let around: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().iter().rev().collect();
            wrong.push(format!("{mark} behind {around}: {after:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_found_in_clean_prose() {
    let text = std::fs::read_to_string(fixture("clean.md")).unwrap();
    assert!(text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > 6_000);
    assert_eq!(but_half_width(&text), []);
}

/// Texts of hanzi, marks and whatever else a rule looks at.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[老街发展的了是一二十几年月日第个千百和等既使也]{1,6}",
        3 => "[，。、；：！？“”‘’「」『』（）《》〈〉【】〔〕…—～]{1,4}",
        2 => "[0-9a-zA-Z+./:<>()&;#\"'~-]{1,8}",
        1 => "[ \u{3000}\u{a0}\u{200b}\u{200d}\u{feff}\u{ad}\u{fffd}\u{e000}𠀀○０Ａ發國￥]{1,4}",
        1 => Just("\n\n“".to_owned()),
        1 => Just("138-0000-1234".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The same cases on every run; with `PROPTEST_CASES` set, that many new ones.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 600;
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_260_107);
    }
    config
}

proptest! {
    #![proptest_config(config())]

    /// No text makes a rule fail; places and fixes stand on borders of characters, in order and apart.
    #[test]
    fn rules_survive_anything(text in odd_text()) {
        let source = format!("# 甲\n\n### 乙 丙\n\n沈怀瑾 市政协委员\n\n正文。{text}\n");
        let mut documents = [read(FileId(0), "a.md", source.as_bytes()).unwrap()];
        let normalized = normalize(&mut documents, Known::default()).unwrap();
        let texts = [SourceText::new(FileId(0), "a.md", &documents[0].text, true)];
        let config = Config::default();
        let subject = Subject::new(&normalized.tree, &texts, &normalized.observations, &config);
        let mut all = Check::default();
        all.select.push("all".to_owned());
        for finding in Choice::of(&all).unwrap().run(&subject) {
            if let Some(span) = finding.span {
                prop_assert!(texts[0].text.get(span.start..span.end).is_some_and(|s| !s.is_empty()), "{finding:?}");
            }
            let mut from = 0;
            for part in finding.fix.iter().flat_map(|f| &f.replacements) {
                prop_assert!(part.span.start >= from, "{finding:?}");
                let before = texts[0].text.get(part.span.start..part.span.end);
                prop_assert!(before.is_some_and(|b| b != part.after), "{finding:?}");
                from = part.span.end;
            }
        }
    }
}

//! Every rule's pages: complete in both languages, and true.

use crate::check::rules::testing::findings_with;
use crate::check::{Glossary, RULES, Roster, Rule};
use crate::messages::Lang;

struct Headings {
    lang: Lang,
    why: &'static str,
    example: &'static str,
    instead: &'static str,
    fix: &'static str,
    source: &'static str,
    lists: [&'static str; 2],
}

const HEADINGS: [Headings; 2] = [
    Headings {
        lang: Lang::Zh,
        why: "为什么：",
        example: "例：",
        instead: "改为：",
        fix: "修改：",
        source: "依据：",
        lists: ["用语表：", "名单："],
    },
    Headings {
        lang: Lang::En,
        why: "Why:",
        example: "Example:",
        instead: "Use instead:",
        fix: "Fix:",
        source: "Source:",
        lists: ["Table:", "List:"],
    },
];

/// A block that is no whole source, as a paragraph of a book that is clean.
fn source(block: &str) -> String {
    if block.lines().any(|l| l.starts_with('#')) {
        return block.to_owned();
    }
    let (front, body) = match block.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")) {
        Some((settings, body)) => (format!("+++\n{settings}\n+++\n"), body),
        None => (String::new(), block),
    };
    format!("{front}# 澜州市政协大会发言\n\n### 修好老街 留住街坊\n\n沈怀瑾 市政协委员\n\n{}\n", body.trim())
}

/// What a rule finds in a block of its page, the lists of the page being the user's.
fn finds(rule: &Rule, headings: &Headings, block: &str) -> usize {
    let [glossary, roster] = headings.lists.map(|heading| rule.blocks(headings.lang, heading).pop());
    let glossary = glossary.map(|text| Glossary::parse("page.csv", text.as_bytes()).unwrap());
    let roster = roster.map(|text| Roster::parse(text.as_bytes()).unwrap());
    findings_with(rule, &source(block), glossary.as_ref(), roster.as_ref()).len()
}

#[test]
fn every_page_has_every_section_in_order() {
    let mut missing = Vec::new();
    for rule in RULES {
        for h in &HEADINGS {
            let page = rule.page(h.lang);
            let first = page.lines().next().unwrap_or_default();
            if !first.ends_with(['。', '.']) || first.chars().count() < 5 {
                missing.push(format!("{} {:?}: no sentence at the head: {first}", rule.name, h.lang));
            }
            let mut from = 0;
            for heading in [h.why, h.example, h.instead, h.fix, h.source] {
                match page[from..].find(&format!("\n{heading}")) {
                    Some(at) => from += at + 1,
                    None => missing.push(format!("{} {:?}: no {heading}", rule.name, h.lang)),
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_example_fires_and_what_to_use_instead_does_not() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for h in &HEADINGS {
            let (examples, instead) = (rule.blocks(h.lang, h.example), rule.blocks(h.lang, h.instead));
            if examples.is_empty() || instead.is_empty() {
                wrong.push(format!("{} {:?}: no block", rule.name, h.lang));
            }
            let silent = examples.iter().filter(|b| finds(rule, h, b) == 0);
            wrong.extend(silent.map(|b| format!("{} {:?}: silent on {b}", rule.name, h.lang)));
            let loud = instead.iter().filter(|b| finds(rule, h, b) > 0);
            wrong.extend(loud.map(|b| format!("{} {:?}: finds something in {b}", rule.name, h.lang)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_are_group_and_name_and_stand_once() {
    let groups = ["structure", "consistency", "punctuation", "text", "glossary", "font"];
    let mut names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
    for name in &names {
        let (group, rest) = name.split_once('/').unwrap();
        assert!(groups.contains(&group), "{name}");
        assert!(rest.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

//! The index of speakers names everyone who speaks, in every order it has, and each line under a name leads to a
//! speech of that person and is called as that speech.

use std::collections::{BTreeMap, BTreeSet};

use crate::messages::Say;
use crate::tree::Span;
use crate::verify::epub::{Document, resolved};
use crate::verify::flow::Place;
use crate::verify::package::Node;
use crate::verify::rules::epub::entries::bare;
use crate::verify::rules::grouped;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/index",
    source: "EPUB Structural Semantics Vocabulary, index; jianbao: lists say what the text says",
    measure: Measure::Ebook(measure),
};

/// The speeches of a person: document and heading.
type Speeches = Vec<(String, String)>;

fn measure(subject: &Ebook<'_>) -> Measured {
    let wanted = people(subject);
    let (mut findings, mut right, mut rows, mut orders) = (Vec::new(), 0, 0, 0);
    for document in &subject.epub.documents {
        let nodes = &document.xml.nodes;
        let is_index = |n: &Node| n.says("epub:type", "index") || n.says("role", "doc-index");
        let is_outer = |k: &usize| is_index(&nodes[*k]) && !document.xml.around(*k).any(is_index);
        for index in (0..nodes.len()).filter(is_outer) {
            for list in lists(document, index) {
                orders += 1;
                let (good, all) = order(document, list, &wanted, &mut findings);
                (right, rows) = (right + good, rows + all);
            }
        }
    }
    if orders == 0 && !wanted.is_empty() {
        let place = Some(Place::part(&subject.epub.opf.path));
        findings.push(Finding::of(Say::new("verify-index-missing")).in_file(place));
    }
    let figure = Say::new("verify-index-figure").with("right", grouped(right)).with("rows", grouped(rows));
    Measured::of(figure, findings)
}

/// Everyone with a name, and what they say.
fn people(subject: &Ebook<'_>) -> BTreeMap<String, (Speeches, Option<Span>)> {
    let mut people: BTreeMap<String, (Speeches, Option<Span>)> = BTreeMap::new();
    for speech in &subject.tree.speeches {
        let file = subject.document_of_speech(speech.id.as_str()).unwrap_or_default().to_owned();
        let heading = bare(&speech.heading.display());
        for speaker in speech.speakers.iter().filter(|s| !bare(&s.name).is_empty()) {
            let own = people.entry(bare(&speaker.name)).or_default();
            let entry = (file.clone(), heading.clone());
            if own.0.last() != Some(&entry) {
                own.0.push(entry);
            }
            own.1 = own.1.or(speaker.span);
        }
    }
    people
}

/// The lists that hold rows themselves.
fn lists(document: &Document, index: usize) -> Vec<usize> {
    let xml = &document.xml;
    let is_list = |k: &usize| matches!(xml.nodes[*k].name(), "ul" | "ol" | "dl");
    let lists = xml.inside(index).filter(is_list);
    lists.filter(|list| !xml.inside(*list).any(|k| is_list(&k))).collect()
}

/// One order: how many rows are right, of how many.
fn order(
    document: &Document,
    list: usize,
    wanted: &BTreeMap<String, (Speeches, Option<Span>)>,
    findings: &mut Vec<Finding>,
) -> (usize, usize) {
    let xml = &document.xml;
    let (mut right, mut rows) = (0, 0);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for row in xml.named(list, "li") {
        rows += 1;
        let first = xml.named(row, "a").next().unwrap_or(xml.nodes[row].end);
        let name: String = (row..first).map(|k| xml.nodes[k].text()).collect();
        let name = bare(&name);
        let place = Some(Place::line(&document.path, xml.nodes[row].line));
        let Some((speeches, span)) = wanted.get(&name) else {
            findings.push(Finding::of(Say::new("verify-index-foreign").with("name", name)).in_file(place));
            continue;
        };
        let led = xml.named(row, "a").map(|k| {
            let href = xml.nodes[k].attribute("href").unwrap_or_default();
            (resolved(&document.path, href).map(|(p, _)| p).unwrap_or_default(), bare(&xml.text(k)))
        });
        let led: Speeches = led.collect();
        // A speech without a heading is called by who speaks, or by its file.
        let is_right = led.len() == speeches.len()
            && led.iter().zip(speeches).all(|(a, b)| a.0 == b.0 && (a.1 == b.1 || b.1.is_empty()));
        if is_right && !seen.contains(&name) {
            right += 1;
        } else {
            let is = led.iter().map(|l| l.1.as_str()).collect::<Vec<_>>().join("；");
            let say = Say::new("verify-index-row").with("name", &name).with("is", is);
            findings.push(Finding::of(say).at(*span).in_file(place));
        }
        seen.insert(name);
    }
    for (name, (_, span)) in wanted.iter().filter(|(name, _)| !seen.contains(*name)) {
        let place = Some(Place::line(&document.path, xml.nodes[list].line));
        let say = Say::new("verify-index-lacks").with("name", name);
        findings.push(Finding::of(say).at(*span).in_file(place));
    }
    (right, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn rows_wrong_lost_or_added() {
        let index = |from: &str, to: &str| -> Vec<&str> {
            Book::new().with("index.xhtml", from, to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(index("href=\"s02.xhtml\"", "href=\"s01.xhtml\""), ["verify-index-row"]);
        assert_eq!(index("办好食堂", "办好食糖"), ["verify-index-row"]);
        assert_eq!(index("陆一", "陆二"), ["verify-index-foreign", "verify-index-lacks"]);
        assert_eq!(
            index("<li><span>陆一</span> <a href=\"s02.xhtml\">办好食堂</a></li>", ""),
            ["verify-index-lacks"]
        );
        assert_eq!(index("epub:type=\"index\" role=\"doc-index\"", ""), ["verify-index-missing"]);
    }
}

//! The printed index names everyone who speaks, in each order it has, and the numbers behind a name are those of the
//! pages where that person's speeches begin.

use std::collections::BTreeMap;

use crate::messages::Say;
use crate::tree::{NodeId, Span};
use crate::verify::rules::lists::{Entry, LEADER, Stream, bare, contents, page_of, text};
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "print/index",
    source: "GB/T 22466-2008 索引编制规则; jianbao: lists say what the text says",
    measure: Measure::Pages(measure),
};

const TITLE: &str = "发言人索引";
/// What the orders of the index are called by.
const ORDER: &str = "按";

fn measure(subject: &Subject<'_>) -> Measured {
    let people = people(subject);
    if !subject.expected.index || people.is_empty() {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    }
    let (entries, mut findings) = read(subject);
    let orders = orders(subject);
    let mut right = 0;
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        *rows.entry(&entry.label).or_default() += 1;
        match contents::fault(subject, entry) {
            None => right += 1,
            Some(say) => findings.push(Finding::on(entry.page, say).at(entry.span)),
        }
    }
    for (name, person) in &people {
        if rows.get(name.as_str()).copied().unwrap_or(0) < orders {
            findings.push(Finding::of(Say::new("verify-index-lacks").with("name", name)).at(person.span));
        }
    }
    let figure = Say::new("verify-index-figure").with("right", grouped(right));
    Measured::of(figure.with("rows", grouped(entries.len())), findings)
}

/// Someone who speaks.
#[derive(Default)]
struct Person {
    speeches: Vec<NodeId>,
    span: Option<Span>,
}

fn people(subject: &Subject<'_>) -> BTreeMap<String, Person> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for speech in &subject.tree.speeches {
        for speaker in &speech.speakers {
            let name: String = bare(&speaker.name).into_iter().collect();
            if name.is_empty() {
                continue;
            }
            let person = people.entry(name).or_default();
            if person.speeches.last() != Some(&speech.id) {
                person.speeches.push(speech.id.clone());
            }
            person.span = person.span.or(speaker.span);
        }
    }
    people
}

/// Where the index begins among the characters.
fn start(subject: &Subject<'_>) -> Option<usize> {
    let (_, last) = text(subject)?;
    let behind = subject.rows.iter().filter(|row| row.chars.iter().all(|k| *k > last));
    let titled = behind.filter(|row| subject.text(&row.chars) == TITLE);
    titled.filter_map(|row| row.chars.iter().max()).next().map(|k| k + 1)
}

/// How many orders the index has.
fn orders(subject: &Subject<'_>) -> usize {
    let Some(start) = start(subject) else { return 1 };
    let stream = Stream::of(subject, start..subject.chars.len());
    let text = stream.text(0, stream.chars.len());
    text.matches(&format!("{ORDER}姓氏笔画")).chain(text.matches(&format!("{ORDER}汉语拼音"))).count().max(1)
}

/// The rows that are there, and what stands among them that is none.
pub(super) fn read(subject: &Subject<'_>) -> (Vec<Entry>, Vec<Finding>) {
    let Some(start) = start(subject) else {
        return (Vec::new(), vec![Finding::of(Say::new("verify-index-missing"))]);
    };
    let people: Vec<(Vec<char>, Person)> =
        people(subject).into_iter().map(|(name, person)| (name.chars().collect(), person)).collect();
    let mut stream = Stream::of(subject, start..subject.chars.len());
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    // Where what is no row begins: titles, and what stands behind the index.
    let mut other = 0;
    while stream.at < stream.chars.len() {
        let at = stream.at;
        let here = people.iter().filter(|(name, _)| stream.has(at, name));
        if let Some((name, person)) = here.max_by_key(|(name, _)| name.len()) {
            stream.at = at + name.len();
            let numbers = stream.numbers();
            if !numbers.is_empty() {
                entries.push(Entry {
                    label: name.iter().collect(),
                    span: person.span,
                    page: stream.page(at),
                    numbers,
                    goals: person.speeches.iter().filter_map(|id| page_of(subject, id)).collect(),
                });
                other = stream.at;
                continue;
            }
            stream.at = at;
        }
        // A row of someone who does not speak.
        if stream.leader() >= LEADER {
            let dots = stream.at;
            if !stream.numbers().is_empty() {
                let text = stream.text(other, at);
                findings.push(Finding::on(
                    stream.page(at),
                    Say::new("verify-index-foreign").with("name", short(&text)),
                ));
                other = stream.at;
                continue;
            }
            stream.at = dots;
            continue;
        }
        stream.at = at + 1;
    }
    (entries, findings)
}

//! The printed contents name every part and speech with its speakers, in the order of the book, and the number behind
//! each is that of the page where it begins.

use crate::messages::Say;
use crate::tree::Speech;
use crate::verify::rules::lists::{Entry, Stream, bare, page_of, printed, text};
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "print/contents",
    source: "jianbao: lists say what the text says",
    measure: Measure::Pages(measure),
};

const TITLE: &str = "目录";

fn measure(subject: &Subject<'_>) -> Measured {
    if !subject.expected.contents || subject.tree.speeches.is_empty() {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    }
    let (entries, mut findings) = read(subject);
    let total = wanted(subject).len();
    let mut right = 0;
    for entry in &entries {
        match fault(subject, entry) {
            None => right += 1,
            Some(say) => findings.push(Finding::on(entry.page, say).at(entry.span)),
        }
    }
    let figure =
        Say::new("verify-contents-figure").with("right", grouped(right)).with("total", grouped(total));
    Measured::of(figure, findings)
}

/// What is wrong with the numbers of a line.
pub(super) fn fault(subject: &Subject<'_>, entry: &Entry) -> Option<Say> {
    let wanted: Vec<u32> = entry.goals.iter().filter_map(|page| printed(subject, *page)).collect();
    let is: Vec<u32> = entry.numbers.iter().map(|n| n.printed).collect();
    let list = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let say = Say::new("verify-list-number").with("label", short(&entry.label)).with("is", list(&is));
    (is != wanted).then(|| say.with("wanted", list(&wanted)))
}

/// A line that has to be there.
struct Wanted {
    label: Vec<char>,
    entry: Entry,
}

fn wanted(subject: &Subject<'_>) -> Vec<Wanted> {
    let mut lines = Vec::new();
    let mut line = |label: Vec<char>, span, page: Option<usize>| {
        let entry = Entry {
            label: label.iter().collect(),
            span,
            page: 0,
            numbers: Vec::new(),
            goals: page.into_iter().collect(),
        };
        lines.push(Wanted { label, entry });
    };
    let mut part = None;
    for speech in &subject.tree.speeches {
        if speech.part != part {
            part.clone_from(&speech.part);
            let titled = subject.tree.parts.iter().find(|p| Some(&p.id) == part.as_ref());
            if let Some(part) = titled.filter(|p| !bare(&p.title).is_empty()) {
                line(bare(&part.title), part.span, page_of(subject, &part.id));
            }
        }
        line(label(speech), speech.span, page_of(subject, &speech.id));
    }
    lines
}

/// A speech's heading and its speakers.
fn label(speech: &Speech) -> Vec<char> {
    let name = |s: &crate::tree::Speaker| if s.name.is_empty() { s.display_name() } else { s.name.clone() };
    let names: String = speech.speakers.iter().map(name).collect();
    bare(&(speech.heading.display() + &names))
}

/// The lines that are there, and what of the list is not as it has to be.
pub(super) fn read(subject: &Subject<'_>) -> (Vec<Entry>, Vec<Finding>) {
    let missing = || (Vec::new(), vec![Finding::of(Say::new("verify-nav-missing"))]);
    let Some((first, _)) = text(subject) else { return missing() };
    let before = subject.rows.iter().enumerate().filter(|(_, row)| row.page < first);
    let title = before.filter(|(_, row)| subject.text(&row.chars) == TITLE).map(|(k, _)| k).next();
    let Some(start) = title.and_then(|row| subject.rows[row].chars.iter().max()) else { return missing() };
    let end = subject.chars.partition_point(|c| c.page < first);
    let mut stream = Stream::of(subject, start + 1..end);
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    let foreign = |stream: &Stream<'_>, from: usize, to: usize| {
        let say = Say::new("verify-entry-foreign").with("label", short(&stream.text(from, to)));
        Finding::on(stream.page(from), say)
    };
    for Wanted { label, entry } in wanted(subject) {
        let Some(at) = stream.find(&label) else {
            let say = Say::new("verify-entry-missing").with("label", short(&entry.label));
            findings.push(Finding::on(stream.page(stream.at), say).at(entry.span));
            continue;
        };
        if at > stream.at {
            findings.push(foreign(&stream, stream.at, at));
        }
        let page = stream.page(at);
        stream.at = at + label.len();
        let numbers = stream.numbers();
        entries.push(Entry { page, numbers, ..entry });
    }
    if stream.at < stream.chars.len() {
        findings.push(foreign(&stream, stream.at, stream.chars.len()));
    }
    (entries, findings)
}

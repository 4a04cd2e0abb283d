//! Links lead somewhere, and a link on a number of contents or index to the page of that number.

use crate::messages::Say;
use crate::verify::rules::lists::{contents, index, printed};
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Goal, Link, Measure, Measured, Rule, Subject};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "print/links",
    source: "ISO 32000-1:2008, 12.3.2, 12.5.6.5; ISO 14289-1:2014, 7.18.5 (links)",
    measure: Measure::Pages(measure),
};

fn measure(subject: &Subject<'_>) -> Measured {
    let pages = subject.printed.pages.iter().enumerate();
    let all: Vec<(usize, &Link)> = pages.flat_map(|(k, p)| p.links.iter().map(move |l| (k, l))).collect();
    if all.is_empty() {
        return Measured::of(Say::new("verify-nothing-measured"), Vec::new());
    }
    let mut findings: Vec<Finding> = all
        .iter()
        .filter(|(_, link)| link.goal == Goal::Nowhere)
        .map(|(page, _)| Finding::on(*page, Say::new("verify-link-nowhere")))
        .collect();
    let mut wrong = findings.len();
    let expected = subject.expected;
    let contents = if expected.contents { contents::read(subject).0 } else { Vec::new() };
    let index = if expected.index { index::read(subject).0 } else { Vec::new() };
    for entry in contents.iter().chain(&index) {
        for (number, goal) in entry.numbers.iter().zip(&entry.goals) {
            let (glyph, page) = (subject.glyph(number.char), subject.chars[number.char].page);
            let (x, y) = (glyph.x + glyph.width / 2.0, glyph.baseline - 0.3 * glyph.size);
            let links = subject.printed.pages[page].links.iter();
            let is = links.filter(|l| l.area.holds(x, y)).map(|l| &l.goal).next();
            if is == Some(&Goal::Page(*goal)) || is == Some(&Goal::Nowhere) {
                continue;
            }
            let shown = match is {
                Some(Goal::Page(page)) => {
                    printed(subject, *page).map_or_else(|| "–".to_owned(), |n| n.to_string())
                }
                Some(Goal::Address(address)) => short(address),
                Some(Goal::Nowhere) | None => "–".to_owned(),
            };
            wrong += usize::from(is.is_some());
            let say = Say::new("verify-link-leads").with("label", short(&entry.label)).with("is", shown);
            findings.push(Finding::on(page, say.with("wanted", number.printed)).at(entry.span));
        }
    }
    let right = all.len().saturating_sub(wrong);
    let figure =
        Say::new("verify-links-figure").with("right", grouped(right)).with("links", grouped(all.len()));
    Measured::of(figure, findings)
}

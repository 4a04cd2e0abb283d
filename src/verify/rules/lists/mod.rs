//! The lists of a PDF that lead to its pages, read along what they have to say: label, leader, page numbers.

pub(super) mod contents;
pub(super) mod index;
pub(super) mod links;

use crate::fonts::is_invisible;
use crate::tree::{NodeId, Span};
use crate::verify::units::is_blank;
use crate::verify::{Subject, UnitKind};

/// Leaders of fewer dots are a writer's own.
const LEADER: usize = 3;

/// A number in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number {
    /// As printed.
    printed: u32,
    /// Its first character.
    char: usize,
}

/// A line of a list.
#[derive(Debug, Clone)]
struct Entry {
    label: String,
    /// Where what it is about stands in the source.
    span: Option<Span>,
    /// The page of the list, counted from 0.
    page: usize,
    numbers: Vec<Number>,
    /// The pages of the file it has to lead to, counted from 0.
    goals: Vec<usize>,
}

/// The characters of a list in the order they were drawn, and how far they are read.
struct Stream<'s> {
    subject: &'s Subject<'s>,
    chars: Vec<usize>,
    at: usize,
}

impl<'s> Stream<'s> {
    /// Those of some characters that belong to no piece of the text and stand in the type area: page numbers
    /// and running heads do not, and a status across the page is larger than any list.
    fn of(subject: &'s Subject<'s>, chars: impl Iterator<Item = usize>) -> Self {
        let (top, foot) = (subject.expected.top_pt(), subject.expected.foot_pt());
        let is_inside = |k: &usize| {
            let row = &subject.rows[subject.row_of[*k]];
            row.baseline >= top && row.baseline - 0.88 * row.size <= foot
        };
        let most = 2.0 * subject.expected.title_size;
        let is_text = |unit: usize| subject.units[unit].kind.is_text();
        let seen = |k: &usize| {
            let c = &subject.chars[*k];
            !c.unit.is_some_and(is_text) && !is_invisible(c.c) && subject.glyph(*k).size < most
        };
        Self { subject, chars: chars.filter(seen).filter(is_inside).collect(), at: 0 }
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|k| self.subject.chars[*k].c)
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.subject.text(self.chars.get(from..to).unwrap_or_default())
    }

    /// Whether a text stands at a place.
    fn has(&self, at: usize, text: &[char]) -> bool {
        text.iter().enumerate().all(|(k, c)| self.char(at + k) == Some(*c))
    }

    /// The first place from where it is read on where a text stands.
    fn find(&self, text: &[char]) -> Option<usize> {
        (self.at..=self.chars.len().saturating_sub(text.len())).find(|at| self.has(*at, text))
    }

    /// A leader, and the numbers behind it; nothing is read where there is no number.
    fn numbers(&mut self) -> Vec<Number> {
        let start = self.at;
        self.leader();
        let mut numbers = Vec::new();
        while let Some(number) = self.number() {
            numbers.push(number);
            if self.char(self.at) != Some('、') {
                break;
            }
            self.at += 1;
        }
        if numbers.is_empty() {
            self.at = start;
        }
        numbers
    }

    /// How many dots are read.
    fn leader(&mut self) -> usize {
        let start = self.at;
        while self.char(self.at).is_some_and(|c| matches!(c, '.' | '·' | '…' | '⋯' | '．')) {
            self.at += 1;
        }
        self.at - start
    }

    /// Digits of one row: the next line may begin with one.
    fn number(&mut self) -> Option<Number> {
        let char = *self.chars.get(self.at)?;
        let row = self.subject.row_of[char];
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|k| self.subject.row_of[*k] == row)
            && self.char(self.at).is_some_and(|c| c.is_ascii_digit())
        {
            self.at += 1;
        }
        let printed = self.text(start, self.at).parse().ok()?;
        Some(Number { printed, char })
    }

    /// The page of a place.
    fn page(&self, at: usize) -> usize {
        self.chars.get(at).or(self.chars.last()).map_or(0, |k| self.subject.chars[*k].page)
    }
}

/// A text without what nobody sees.
fn bare(text: &str) -> Vec<char> {
    text.chars().filter(|c| !is_blank(*c) && !is_invisible(*c)).collect()
}

/// The page where a node begins, counted from 0: that of its first piece that was found.
fn page_of(subject: &Subject<'_>, id: &NodeId) -> Option<usize> {
    let is_of = |unit: &str| {
        unit == id.as_str() || unit.strip_prefix(id.as_str()).is_some_and(|r| r.starts_with('.'))
    };
    let units = subject.units.iter().zip(&subject.found);
    let found = units.filter(|(unit, _)| is_of(unit.id.as_str())).find_map(|(_, found)| found.first());
    found.map(|k| subject.chars[*k].page)
}

/// The first page that holds words of the book, and the last character of them.
fn text(subject: &Subject<'_>) -> Option<(usize, usize)> {
    let of_text = |k: &usize| {
        let unit = subject.chars[*k].unit.and_then(|u| subject.units.get(u));
        unit.is_some_and(|u| u.kind.is_text() && u.kind != UnitKind::Note)
    };
    let all = 0..subject.chars.len();
    let (first, last) = (all.clone().find(of_text)?, all.rev().find(of_text)?);
    Some((subject.chars[first].page, last))
}

/// The numbers printed on pages, or counted where none are: page of the file, number.
fn printed(subject: &Subject<'_>, page: usize) -> Option<u32> {
    let number = |page: usize| subject.page_rows(page).iter().find_map(|row| subject.page_number(row));
    if let Some(number) = number(page) {
        return Some(number);
    }
    let first = text(subject)?.0;
    let before = (first..page).rev().find_map(|p| Some((p, number(p)?)));
    let (at, number) = before.unwrap_or((first, 1));
    number.checked_add(u32::try_from(page.checked_sub(at)?).ok()?)
}

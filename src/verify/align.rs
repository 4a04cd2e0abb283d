//! The tree's text found again among the characters of the pages.
//!
//! Characters are taken in the order they were drawn, which typesetters keep to the text's own. Long
//! paragraphs are looked for first, from the end: contents and index repeat headings and names, no
//! paragraphs. What is left is looked for between its neighbours, from the end too, so that the first
//! heading is found over its speech and not in the contents. What is not found whole is compared
//! character by character with what is left in its place.

use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::verify::units::{Unit, UnitKind, is_blank};
use crate::verify::{Page, Printed};

/// A paragraph this long is looked for first.
const LONG: usize = 12;
/// Furniture between two pages' text: footnotes, page number, head.
const MOST_FURNITURE: usize = 4000;
/// What is drawn on a page before its text.
const MOST_HEAD: usize = 60;
/// The longest mark of a note: `[12]`, `注1`.
const MOST_MARK: usize = 6;
/// What is compared character by character: of a piece, of its place, and pairs in the whole file, so
/// that a file of another text does not take minutes.
const MOST_COMPARED: (usize, usize) = (4_000, 20_000);
const MOST_PAIRS: usize = 100_000_000;

/// A character on a page that is not blank.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Char {
    /// The character.
    pub c: char,
    /// The page, counted from 0.
    pub page: usize,
    /// The glyph of that page.
    pub glyph: usize,
    /// The piece of the tree's text it belongs to.
    pub unit: Option<usize>,
}

/// Where the pieces stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Aligned {
    /// All characters in the order they were drawn.
    pub(super) chars: Vec<Char>,
    /// For each piece the characters found, in its order.
    pub(super) found: Vec<Vec<usize>>,
}

/// `unseen` are the invisible characters the source has: where a file keeps them, they are no others'.
pub(super) fn align(printed: &Printed, units: &[Unit], unseen: &[char]) -> Aligned {
    let all = printed.pages.iter().enumerate().flat_map(|(k, page)| chars_of(k, page));
    let chars: Vec<Char> = all.filter(|c| !unseen.contains(&c.c)).collect();
    let mut folder = Folder::default();
    let text: Vec<char> = chars.iter().map(|c| folder.fold(c.c)).collect();
    let mut pages: Vec<usize> =
        (0..printed.pages.len()).map(|page| chars.partition_point(|c| c.page < page)).collect();
    pages.push(chars.len());
    let wanted: Vec<Vec<char>> =
        units.iter().map(|u| u.text.iter().map(|c| folder.fold(*c)).collect()).collect();
    let mut search = Search { text, pages, chars, taken: Vec::new(), found: vec![Vec::new(); units.len()] };
    search.taken = vec![false; search.chars.len()];
    search.long(units, &wanted);
    search.between(units, &wanted);
    search.notes(units, &wanted);
    search.rest(&wanted);
    let Search { mut chars, found, .. } = search;
    for (unit, places) in found.iter().enumerate() {
        for k in places {
            chars[*k].unit = Some(unit);
        }
    }
    Aligned { chars, found }
}

fn chars_of(number: usize, page: &Page) -> impl Iterator<Item = Char> + '_ {
    page.glyphs.iter().enumerate().flat_map(move |(glyph, g)| {
        let seen = g.text.chars().filter(|c| !is_blank(*c));
        seen.map(move |c| Char { c, page: number, glyph, unit: None })
    })
}

/// Characters as they are compared: a file may tell a compatibility form of the same character.
#[derive(Default)]
struct Folder(BTreeMap<char, char>);

impl Folder {
    fn fold(&mut self, c: char) -> char {
        if c.is_ascii() {
            return c;
        }
        *self.0.entry(c).or_insert_with(|| {
            let normal =
                ComposingNormalizerBorrowed::new_nfkc().normalize(c.encode_utf8(&mut [0; 4])).into_owned();
            let mut chars = normal.chars();
            match (chars.next(), chars.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        })
    }
}

struct Search {
    chars: Vec<Char>,
    /// The same, folded.
    text: Vec<char>,
    /// The first character of each page, and the end.
    pages: Vec<usize>,
    taken: Vec<bool>,
    found: Vec<Vec<usize>>,
}

impl Search {
    fn take(&mut self, unit: usize, places: Vec<usize>) {
        for k in &places {
            self.taken[*k] = true;
        }
        self.found[unit] = places;
    }

    fn long(&mut self, units: &[Unit], wanted: &[Vec<char>]) {
        let mut end = self.text.len();
        for (k, unit) in units.iter().enumerate().rev() {
            let is_long = unit.text.len() >= LONG;
            if is_long
                && matches!(unit.kind, UnitKind::Paragraph | UnitKind::Inset)
                && let Some(places) = self.before(&wanted[k], 0, end)
            {
                end = places.first().copied().unwrap_or(end);
                self.take(k, places);
            }
        }
    }

    fn between(&mut self, units: &[Unit], wanted: &[Vec<char>]) {
        let mut end = self.text.len();
        for (k, unit) in units.iter().enumerate().rev() {
            if let Some(first) = self.found[k].first() {
                end = *first;
                continue;
            }
            if unit.kind == UnitKind::Note {
                continue;
            }
            let start = self.end_before(k);
            if let Some(places) = self.before(&wanted[k], start, end) {
                end = places.first().copied().unwrap_or(end);
                self.take(k, places);
            }
        }
    }

    /// Where the nearest piece before this one that was found ends.
    fn end_before(&self, unit: usize) -> usize {
        let before = self.found.get(..unit).unwrap_or_default();
        before.iter().rev().find_map(|f| f.last()).map_or(0, |k| k + 1)
    }

    /// Notes stand at the foot of pages, at the end, or behind the speech.
    fn notes(&mut self, units: &[Unit], wanted: &[Vec<char>]) {
        for (k, unit) in units.iter().enumerate() {
            if unit.kind == UnitKind::Note
                && self.found[k].is_empty()
                && let Some(places) = self.before(&wanted[k], 0, self.text.len())
            {
                self.take(k, places);
            }
        }
    }

    /// Compares what was not found whole with what is left in its place.
    fn rest(&mut self, wanted: &[Vec<char>]) {
        let mut pairs = MOST_PAIRS;
        for (k, wanted) in wanted.iter().enumerate() {
            if !self.found[k].is_empty() || wanted.len() > MOST_COMPARED.0 {
                continue;
            }
            let free = self.free_between_neighbours(k);
            let Some(left) = pairs.checked_sub(wanted.len() * free.len()) else { return };
            pairs = left;
            let places = self.in_part(wanted, &free);
            if 2 * places.len() > wanted.len() {
                self.take(k, places);
            }
        }
    }

    fn free_between_neighbours(&self, unit: usize) -> Vec<usize> {
        let start = self.end_before(unit);
        let after = self.found.iter().skip(unit + 1).find_map(|f| f.first()).copied();
        let end = after.unwrap_or(self.text.len()).max(start);
        (start..end).filter(|k| !self.taken[*k]).take(MOST_COMPARED.1).collect()
    }

    /// What of a piece stands among some characters.
    fn in_part(&self, wanted: &[char], free: &[usize]) -> Vec<usize> {
        let there: Vec<char> = free.iter().map(|k| self.text[*k]).collect();
        let ops = similar::capture_diff_slices(similar::Algorithm::Myers, wanted, &there);
        let mut places = Vec::new();
        for op in ops {
            // A single character that is the same says nothing.
            if let similar::DiffOp::Equal { new_index, len, .. } = op
                && (len > 1 || wanted.len() == 1)
            {
                places.extend(free.iter().skip(new_index).take(len));
            }
        }
        places
    }

    /// The last place between `start` and `end` where `wanted` stands.
    fn before(&self, wanted: &[char], start: usize, end: usize) -> Option<Vec<usize>> {
        let last = wanted.last()?;
        let ends = || (start..end).rev().filter(|k| self.text[*k] == *last && !self.taken[*k]);
        // On one page first: a full stop at the head of a page could end what ends on the one before.
        [false, true].iter().find_map(|turns| ends().find_map(|k| self.back(wanted, start, k + 1, *turns)))
    }

    /// The places of `wanted` when it ends before `end`, marks in between passed over, and where a page
    /// may turn in it the furniture there.
    fn back(&self, wanted: &[char], start: usize, end: usize, turns: bool) -> Option<Vec<usize>> {
        let mut at = end;
        let mut places = Vec::with_capacity(wanted.len());
        for (left, c) in wanted.iter().enumerate().rev() {
            let next = match at.checked_sub(1).filter(|k| *k >= start) {
                Some(k) if self.text[k] == *c && !self.taken[k] => k,
                _ if places.is_empty() => return None,
                _ => self.over_gap(wanted.get(..=left)?, start, at, turns)?,
            };
            places.push(next);
            at = next;
        }
        places.reverse();
        Some(places)
    }

    /// The place of the last of `wanted` before a mark of a note or before the turn of a page.
    fn over_gap(&self, wanted: &[char], start: usize, at: usize, turns: bool) -> Option<usize> {
        // Few, since another mark may stand among them.
        let tail = wanted.get(wanted.len().saturating_sub(3)..)?;
        let stands = |end: usize| {
            let from = end.checked_sub(tail.len()).filter(|f| *f >= start)?;
            let free = !self.taken[from..end].iter().any(|t| *t);
            (free && self.text[from..end] == *tail).then(|| end - 1)
        };
        for passed in 1..=MOST_MARK.min(at.saturating_sub(start)) {
            if !is_mark(self.text[at - passed]) {
                break;
            }
            if let Some(k) = stands(at - passed) {
                return Some(k);
            }
        }
        if !turns {
            return None;
        }
        let page = self.chars.get(at)?.page;
        let turn = *self.pages.get(page)?;
        if at - turn > MOST_HEAD {
            return None;
        }
        let nearest = turn.saturating_sub(MOST_FURNITURE).max(start);
        (nearest..=turn).rev().find_map(stands)
    }
}

/// What marks a note, or parts a word at a line's end.
fn is_mark(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '[' | ']' | '(' | ')' | '*' | '-' | '〔' | '〕' | '注' | '①'..='⑳' | '⁰'..='⁹' | '¹' | '²' | '³')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{Area, Glyph, Text};

    fn printed(pages: &[&str]) -> Printed {
        let glyph =
            |c: char| Glyph { text: Text::of(c), font: 0, size: 16.0, x: 0.0, width: 16.0, baseline: 0.0 };
        let page = |text: &&str| Page {
            glyphs: text.chars().map(glyph).collect(),
            media: Area::default(),
            ..Page::default()
        };
        Printed { pages: pages.iter().map(page).collect(), ..Printed::default() }
    }

    fn units(list: &[(UnitKind, &str)]) -> Vec<Unit> {
        let unit = |(kind, text): &(UnitKind, &str)| Unit::new(*kind, text);
        list.iter().map(unit).collect()
    }

    /// Pages of the first and last character of each piece, or how many were found.
    fn places(pages: &[&str], list: &[(UnitKind, &str)]) -> Vec<String> {
        let (printed, units) = (printed(pages), units(list));
        let aligned = align(&printed, &units, &[]);
        let shown = |(unit, found): (&Unit, &Vec<usize>)| match (found.first(), found.last()) {
            (Some(a), Some(b)) if found.len() == unit.text.len() => {
                format!("{}-{}", aligned.chars[*a].page, aligned.chars[*b].page)
            }
            _ => format!("{} of {}", found.len(), unit.text.len()),
        };
        units.iter().zip(&aligned.found).map(shown).collect()
    }

    const LONG_ONE: &str = "要把老街的电线和水管先理顺，再谈灯光。";
    const LONG_TWO: &str = "建议分片改造，先易后难，居民一起商量。";

    #[test]
    fn headings_are_found_over_their_speeches() {
        use UnitKind::{Heading, Paragraph, Speaker};
        let contents = "目录 修好老街 沈怀瑾……1 办好食堂 陆一……2";
        let first = format!("修好老街 沈怀瑾 {LONG_ONE} —1—");
        let second = format!("办好食堂 陆一 {LONG_TWO} —2— 沈怀瑾……1 陆一……2");
        let list = [
            (Heading, "修好老街"),
            (Speaker, "沈怀瑾"),
            (Paragraph, LONG_ONE),
            (Heading, "办好食堂"),
            (Speaker, "陆一"),
            (Paragraph, LONG_TWO),
        ];
        let found = places(&[contents, &first, &second], &list);
        assert_eq!(found, ["1-1", "1-1", "1-1", "2-2", "2-2", "2-2"]);
    }

    #[test]
    fn text_runs_over_pages_and_marks() {
        use UnitKind::{Note, Paragraph};
        let pages = ["要把老街的电线1和水管先", "1 见规划。 —1—", "理顺，再谈灯光。 —2—"];
        let pages = [&format!("{}{}", pages[0], pages[1]), pages[2]];
        let list = [(Paragraph, LONG_ONE), (Note, "见规划。")];
        assert_eq!(places(&pages, &list), ["0-1", "0-0"]);
    }

    #[test]
    fn what_is_missing_does_not_drag_the_others_away() {
        use UnitKind::{Heading, Paragraph};
        let pages = ["目录 办好食堂 修好老街", "", &format!("修好老街 {LONG_ONE} {LONG_TWO}")];
        let list =
            [(Heading, "修好老街"), (Paragraph, LONG_ONE), (Heading, "办好食堂"), (Paragraph, LONG_TWO)];
        assert_eq!(places(&pages, &list), ["2-2", "2-2", "0 of 4", "2-2"]);
    }

    #[test]
    fn a_changed_paragraph_is_found_in_part() {
        let changed = LONG_ONE.replace("电线", "电灯泡");
        let found = places(
            &[&changed, LONG_TWO],
            &[(UnitKind::Paragraph, LONG_ONE), (UnitKind::Paragraph, LONG_TWO)],
        );
        assert_eq!(found, ["18 of 19", "1-1"]);
    }
}

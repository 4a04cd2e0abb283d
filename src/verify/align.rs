//! The tree's text found again among the characters of the pages.
//!
//! Characters are taken in the order they were drawn, which typesetters keep to the text's own. Long
//! paragraphs are looked for first: contents and index repeat headings and names, no paragraphs. Those
//! that the pages hold as often as the text does are paired in their order and hold the others in place,
//! so that a book that says one thing a thousand times is found speech by speech, and what is changed in
//! one of them does not move the others by one. What is left is looked for between its neighbours, from
//! the end, so that the first heading is found over its speech and not in the contents. What is not found
//! whole is compared character by character with what is left in its place.

use std::collections::BTreeMap;

use crate::verify::drawn::{Folder, chars_of};
use crate::verify::grams::{Grams, LENGTH};
use crate::verify::order::rising;

use crate::verify::Printed;
use crate::verify::units::{Unit, UnitKind};

/// A paragraph this long is looked for first.
const LONG: usize = 12;
/// Rows of characters of a piece that are tried for the rarest.
const MOST_PROBES: usize = 16;
/// Furniture between two pages' text: footnotes, page number, head.
const MOST_FURNITURE: usize = 4000;
/// What is drawn on a page before its text.
const MOST_HEAD: usize = 60;
/// The longest mark of a note: `[12]`, `注1`.
const MOST_MARK: usize = 6;
/// 〓: stands in print for a character that no font has. Found in a character's place, it is counted as wrong.
const STAND_IN: char = '\u{3013}';
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
    let mut ends: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (k, c) in text.iter().enumerate() {
        ends.entry(*c).or_default().push(k);
    }
    let taken = vec![false; chars.len()];
    let grams = Grams::of(&text);
    let mut search = Search { text, ends, grams, pages, chars, taken, found: vec![Vec::new(); units.len()] };
    let is_long = |k: &usize| {
        let unit = &units[*k];
        unit.text.len() >= LONG && matches!(unit.kind, UnitKind::Paragraph | UnitKind::Inset)
    };
    let long: Vec<usize> = (0..units.len()).filter(is_long).collect();
    let open = search.anchors(&long, &wanted);
    search.within(&long, &wanted, &open);
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

struct Search {
    chars: Vec<Char>,
    /// The same, folded.
    text: Vec<char>,
    /// Where each of them stands, from the first to the last.
    ends: BTreeMap<char, Vec<usize>>,
    grams: Grams,
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

    /// Long pieces that stand on the pages as often as in the text, paired in their order. Gives the others, each with
    /// the places where it could end.
    fn anchors<'w>(&mut self, long: &[usize], wanted: &'w [Vec<char>]) -> BTreeMap<&'w [char], Vec<usize>> {
        let mut same: BTreeMap<&[char], Vec<usize>> = BTreeMap::new();
        for k in long {
            same.entry(&wanted[*k]).or_default().push(*k);
        }
        let mut pairs: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut open = BTreeMap::new();
        for (text, units) in same {
            let ends = self.long_ends(text);
            let mut places = Vec::new();
            let mut end = self.text.len();
            // One more than wanted tells as much as many.
            while places.len() <= units.len()
                && let Some(found) = self.last_of(text, &ends, 0, end)
            {
                end = found.first().copied().unwrap_or(0);
                places.push(found);
            }
            if places.len() == units.len() {
                pairs.extend(units.into_iter().zip(places.into_iter().rev()));
            } else {
                open.insert(text, ends);
            }
        }
        pairs.sort_by_key(|(unit, _)| *unit);
        let firsts: Vec<usize> = pairs.iter().map(|(_, p)| p.first().copied().unwrap_or(0)).collect();
        for k in rising(&firsts) {
            let (unit, places) = std::mem::take(&mut pairs[k]);
            // A short one may stand inside another.
            if !places.iter().any(|place| self.taken[*place]) {
                self.take(unit, places);
            }
        }
        open
    }

    /// The other long pieces, each between those that were found.
    fn within(&mut self, long: &[usize], wanted: &[Vec<char>], open: &BTreeMap<&[char], Vec<usize>>) {
        let mut end = self.text.len();
        for k in long.iter().rev() {
            if let Some(first) = self.found[*k].first() {
                end = *first;
                continue;
            }
            let start = self.end_before(*k);
            let places = match open.get(wanted[*k].as_slice()) {
                Some(ends) => self.last_of(&wanted[*k], ends, start, end),
                None => self.before(&wanted[*k], start, end),
            };
            if let Some(places) = places {
                end = places.first().copied().unwrap_or(end);
                self.take(*k, places);
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
            // A title is often called again by a speech's heading in the contents.
            if unit.kind == UnitKind::Front {
                let earlier = |at: &usize| self.before(&wanted[k], start, *at);
                let first =
                    std::iter::successors(self.before(&wanted[k], start, end), |p| earlier(p.first()?))
                        .last();
                if let Some(places) = first {
                    self.take(k, places);
                }
                continue;
            }
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

    /// Notes stand at the foot of pages, at the end, or behind the speech; mostly in their order.
    fn notes(&mut self, units: &[Unit], wanted: &[Vec<char>]) {
        let all = self.text.len();
        let mut end = all;
        for (k, unit) in units.iter().enumerate().rev() {
            if unit.kind != UnitKind::Note || !self.found[k].is_empty() {
                continue;
            }
            let places = self.before(&wanted[k], 0, end).or_else(|| self.before(&wanted[k], 0, all));
            if let Some(places) = places {
                end = places.first().copied().unwrap_or(end);
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
        let ends = self.ends.get(wanted.last()?)?;
        let between = |from: usize, to: usize| {
            let all = ends.get(ends.partition_point(|k| *k < from)..ends.partition_point(|k| *k < to));
            all.unwrap_or_default().iter().rev().copied().filter(|k| !self.taken[*k])
        };
        if wanted.len() < LONG {
            // A page's turn is looked into last: two characters stand anywhere.
            let found = |turns| between(start, end).find_map(|k| self.back(wanted, start, k + 1, turns));
            return found(false).or_else(|| found(true));
        }
        let mut long = self.long_ends(wanted);
        if long.is_empty() && self.ends.contains_key(&STAND_IN) {
            long = between(start, end).collect();
        }
        self.last_of(wanted, &long, start, end)
    }

    /// The same of a long piece, among the places where it could end.
    fn last_of(&self, wanted: &[char], ends: &[usize], start: usize, end: usize) -> Option<Vec<usize>> {
        let ends = ends.get(ends.partition_point(|k| *k >= end)..).unwrap_or_default();
        let mut turning: Option<Vec<usize>> = None;
        for k in ends.iter().copied().filter(|k| !self.taken[*k]) {
            let begin = turning.as_ref().and_then(|places| places.first().copied());
            if k < begin.unwrap_or(start) {
                break;
            }
            // A full stop at the head of a page could end what ends on a page before: of those that begin at one
            // place, the one that ends first.
            if let Some(places) = self.back(wanted, start, k + 1, false) {
                return if begin > places.first().copied() { turning } else { Some(places) };
            }
            if let Some(places) = self.back(wanted, start, k + 1, true)
                && begin <= places.first().copied()
            {
                turning = Some(places);
            }
        }
        turning
    }

    /// Where a long piece could end, the last first: read on from the rarest of its rows of
    /// characters, and from another one, should a page turn in the first.
    fn long_ends(&self, wanted: &[char]) -> Vec<usize> {
        let step = ((wanted.len() - LENGTH) / MOST_PROBES).max(1);
        let rows = (0..=wanted.len() - LENGTH).step_by(step);
        let mut probes: Vec<(usize, usize)> = rows
            .map(|at| (self.grams.places(&wanted[at..]).len(), at))
            .filter(|(count, _)| *count > 0)
            .collect();
        probes.sort_unstable();
        let Some((_, first)) = probes.first().copied() else { return Vec::new() };
        let other = probes.iter().map(|(_, at)| *at).find(|at| at.abs_diff(first) >= LENGTH);
        let probes = other.into_iter().chain([first]);
        let mut ends: Vec<usize> = probes
            .flat_map(|at| {
                self.grams.places(&wanted[at..]).filter_map(move |place| self.on(&wanted[at..], place))
            })
            .collect();
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.dedup();
        ends
    }

    /// The place of the last of `rest`, which begins at a place, marks in between and the turn of a page passed over.
    fn on(&self, rest: &[char], from: usize) -> Option<usize> {
        let mut at = from;
        for (k, c) in rest.iter().enumerate() {
            if self.text.get(at).is_none_or(|is| ![*c, STAND_IN].contains(is)) {
                // Few, since another mark may stand among them.
                let head = rest.get(k..rest.len().min(k + 3))?;
                let stands = |from: usize| self.text.get(from..from + head.len()) == Some(head);
                let marks = self.text.get(at..)?.iter().take(MOST_MARK).take_while(|c| is_mark(**c)).count();
                let behind_marks = (1..=marks).map(|passed| at + passed).find(|at| stands(*at));
                at = behind_marks.or_else(|| {
                    let page = self.chars.get(at.checked_sub(1)?)?.page;
                    // A page in between may be blank, or full of a picture.
                    let turns = self.pages.get(page + 1..)?.iter().take(2);
                    turns.flat_map(|turn| *turn..=turn + MOST_HEAD).find(|at| stands(*at))
                })?;
            }
            at += 1;
        }
        at.checked_sub(1)
    }

    /// The places of `wanted` when it ends before `end`, marks in between passed over, and where a page
    /// may turn in it the furniture there.
    fn back(&self, wanted: &[char], start: usize, end: usize, turns: bool) -> Option<Vec<usize>> {
        let mut at = end;
        let mut places = Vec::with_capacity(wanted.len());
        for (left, c) in wanted.iter().enumerate().rev() {
            let next = match at.checked_sub(1).filter(|k| *k >= start) {
                Some(k) if [*c, STAND_IN].contains(&self.text[k]) && !self.taken[k] => k,
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
            let is_same = |(is, wanted): (&char, &char)| [*wanted, STAND_IN].contains(is);
            (free && self.text[from..end].iter().zip(tail).all(is_same)).then(|| end - 1)
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
    use crate::verify::{Area, Glyph, Page, Text};

    fn printed(pages: &[&str]) -> Printed {
        let glyph = |c: char| Glyph {
            text: Text::of(c),
            font: 0,
            size: 16.0,
            x: 0.0,
            width: 16.0,
            baseline: 0.0,
            shape: None,
            hidden: false,
        };
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

    /// Eight speeches of the same words, one of them over the turn of a page, one of them changed.
    #[test]
    fn the_same_words_again_and_again() {
        use UnitKind::{Heading, Paragraph, Speaker};
        let speech = format!("修好老街 沈怀瑾 {LONG_ONE} {LONG_TWO}");
        let changed = speech.replace("灯光", "灯泡");
        let (head, tail) = speech.split_at(speech.find("顺，").unwrap());
        let contents = format!("目录 {}", "修好老街 沈怀瑾……1 ".repeat(8));
        let pages = [
            contents,
            format!("{speech} {speech} {speech} {head} —1—"),
            format!("{tail} {changed} {speech} {speech} —2—"),
            format!("{speech} 沈怀瑾……1、2、3 —3—"),
        ];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let one = [(Heading, "修好老街"), (Speaker, "沈怀瑾"), (Paragraph, LONG_ONE), (Paragraph, LONG_TWO)];
        let list: Vec<_> = std::iter::repeat_n(one, 8).flatten().collect();
        let found = places(&pages, &list);
        let mut wanted: Vec<String> = Vec::new();
        for speech in [["1-1"; 4], ["1-1"; 4], ["1-1"; 4], ["1-1", "1-1", "1-2", "2-2"]] {
            wanted.extend(speech.map(str::to_owned));
        }
        wanted.extend(["2-2", "2-2", "17 of 19", "2-2"].map(str::to_owned));
        wanted.extend(["2-2"; 8].map(str::to_owned));
        wanted.extend(["3-3"; 4].map(str::to_owned));
        assert_eq!(found, wanted);
    }

    /// A thousand speeches of the same words, a word of one of them changed: only that paragraph is not whole.
    #[test]
    fn a_change_among_a_thousand_moves_no_other() {
        use UnitKind::{Heading, Paragraph};
        let speech = format!("修好老街 {LONG_ONE} {LONG_TWO}");
        let pages: Vec<String> = (0..500)
            .map(|page| {
                let text = format!("{speech}{speech} —{}—", page + 1);
                if page == 250 { text.replacen("灯光", "灯泡", 1) } else { text }
            })
            .collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let one = [(Heading, "修好老街"), (Paragraph, LONG_ONE), (Paragraph, LONG_TWO)];
        let list: Vec<_> = std::iter::repeat_n(one, 1000).flatten().collect();
        let found = places(&pages, &list);
        let wrong: Vec<(usize, &String)> =
            found.iter().enumerate().filter(|(k, is)| **is != format!("{0}-{0}", k / 6)).collect();
        assert_eq!(wrong, [(1501, &"17 of 19".to_owned())]);
    }

    /// Notes of the same words.
    #[test]
    fn notes_keep_their_order() {
        use UnitKind::{Note, Paragraph};
        let pages = [format!("{LONG_ONE} 见规划。 —1—"), format!("{LONG_TWO} 见规划。 —2—")];
        let list = [(Paragraph, LONG_ONE), (Note, "见规划。"), (Paragraph, LONG_TWO), (Note, "见规划。")];
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(places(&pages, &list), ["0-0", "0-0", "1-1", "1-1"]);
    }

    /// Drawn from left to right, the last letter first.
    #[test]
    fn letters_from_right_to_left_are_read_in_their_order() {
        use UnitKind::Paragraph;
        let mut printed = printed(&["维吾尔语写作رۇغيۇئ这样。"]);
        for (k, glyph) in printed.pages[0].glyphs.iter_mut().enumerate() {
            glyph.x = f64::from(u32::try_from(k).unwrap()) * 16.0;
        }
        let units = units(&[(Paragraph, "维吾尔语写作ئۇيغۇر这样。")]);
        assert_eq!(align(&printed, &units, &[]).found[0].len(), units[0].text.len());
    }

    #[test]
    fn a_stand_in_is_found_in_its_place() {
        let found =
            places(&["表情〓与〓〓结束，再谈灯光。"], &[(UnitKind::Paragraph, "表情😀与🇨🇳结束，再谈灯光。")]);
        assert_eq!(found, ["0-0"]);
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

//! What one participant changed: ranges of the base's characters and what stands there instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::merge::diff::hunks;
use crate::merge::joined::Joined;
use crate::merge::looks::Told;
use crate::merge::matching::{Matching, Move};
use crate::merge::places::bytes_of;
use crate::merge::report::Why;
use crate::merge::unit::{BREAK, CELL, Class, END, Kind, NOTE, Segment, Style, Unit};

/// One edit of one participant.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The return it is from.
    pub(super) who: usize,
    pub(super) what: What,
    /// One; two for a paragraph that stands elsewhere.
    pub(super) parts: Vec<Part>,
    /// Why it is told and not carried out.
    pub(super) cannot: Option<Why>,
    /// What is told of it, where that is not what its parts say.
    pub(super) told: Option<Told>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Other characters.
    Text,
    /// A paragraph stands elsewhere.
    Moved,
    /// The same characters, emphasised or no longer.
    Style,
    /// A speech stands elsewhere: behind this one of the base; first of the copy, before `ahead`.
    Order { behind: Option<usize>, ahead: Option<usize> },
    /// A paragraph became a heading, a list a paragraph.
    Kind,
    /// The same words look otherwise.
    Look,
    /// A picture put in, taken out or exchanged.
    Picture,
}

/// One range of the base and what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Of the base.
    pub(super) segment: usize,
    /// In the segment's row of characters.
    pub(super) range: Range<usize>,
    /// Whole units go or come; else characters inside units.
    pub(super) is_whole: bool,
    /// Units, when whole; else what stands between ends of units, the first going on with what is before.
    pub(super) after: Vec<Line>,
    /// The bytes of the edited document's text.
    pub(super) seen: Option<Range<usize>>,
    /// The place on the edited side, for units that come to one place.
    pub(super) order: usize,
}

/// A unit or a piece of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) chars: Vec<char>,
    pub(super) styles: Vec<Style>,
    /// Today's segment and unit whose bytes it is: a paragraph that was only moved.
    pub(super) raw: Option<(usize, usize)>,
}

impl Line {
    fn of(unit: &Unit) -> Self {
        Self { kind: unit.kind, chars: unit.chars.clone(), styles: unit.styles.clone(), raw: None }
    }

    /// A line without text yet.
    pub(super) fn empty(kind: Kind) -> Self {
        Self { kind, chars: Vec::new(), styles: Vec::new(), raw: None }
    }
}

impl Part {
    /// What stands there instead, as text.
    pub(super) fn text(&self) -> String {
        let mut out: Vec<String> = self.after.iter().map(|l| l.chars.iter().collect()).collect();
        if self.is_whole && !out.is_empty() {
            out.push(String::new());
        }
        out.join("\n")
    }
}

/// How to read what is missing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reading {
    /// The base is today's whole source: what is missing outside speeches, or a speech, was never sent.
    pub(super) is_fallback: bool,
    /// The copy lost its styles: what a line is it no longer tells.
    pub(super) is_bare: bool,
}

/// All that `new` changed.
pub(super) fn changes(
    who: usize,
    old: &[Segment],
    new: &[Segment],
    matching: &Matching,
    reading: Reading,
) -> Vec<Change> {
    let mut maker = Maker { who, old, new, matching, out: Vec::new() };
    for (segment, found) in matching.segments.iter().enumerate() {
        match found {
            Some(other) => maker.segment(segment, *other, reading),
            None => maker.lost(segment, reading),
        }
    }
    maker.gained();
    maker.moved();
    maker.order();
    if reading.is_bare {
        maker.distrust();
    }
    maker.out
}

struct Maker<'a> {
    who: usize,
    old: &'a [Segment],
    new: &'a [Segment],
    matching: &'a Matching,
    out: Vec<Change>,
}

impl Maker<'_> {
    fn push(&mut self, what: What, part: Part) {
        self.out.push(Change { who: self.who, what, cannot: None, told: None, parts: vec![part] });
    }

    fn is_moved_from(&self, segment: usize, unit: usize) -> bool {
        self.matching.moves.iter().any(|m| m.old == (segment, unit))
    }

    fn is_moved_to(&self, segment: usize, unit: usize) -> bool {
        self.matching.moves.iter().any(|m| m.new == (segment, unit))
    }

    fn segment(&mut self, segment: usize, other: usize, reading: Reading) {
        let (Some(old), Some(new), Some(groups)) =
            (self.old.get(segment), self.new.get(other), self.matching.groups.get(segment))
        else {
            return;
        };
        let start = |unit: usize| old.starts.get(unit).copied().unwrap_or(old.len());
        // Units that go and come in one place are one edit: a paragraph written anew.
        let mut gone: Vec<usize> = Vec::new();
        let mut come: Vec<usize> = Vec::new();
        let mut at = 0;
        for group in groups.iter().map(Some).chain([None]) {
            if let Some(group) = group {
                if group.new.is_empty() {
                    if come.is_empty() {
                        gone.extend(group.old.clone().filter(|k| !self.is_moved_from(segment, *k)));
                        at = group.old.end;
                        continue;
                    }
                } else if group.old.is_empty() {
                    come.extend(group.new.clone().filter(|k| !self.is_moved_to(other, *k)));
                    at = group.old.start;
                    continue;
                }
            }
            self.whole(
                segment,
                old,
                new,
                &std::mem::take(&mut gone),
                &std::mem::take(&mut come),
                at,
                reading,
            );
            let Some(group) = group else { break };
            if group.new.is_empty() {
                gone.extend(group.old.clone().filter(|k| !self.is_moved_from(segment, *k)));
                at = group.old.end;
                continue;
            }
            self.inner(segment, group.old.clone(), group.new.clone(), start(group.old.start), new);
            at = group.old.end;
        }
    }

    /// Units that go, and units that come in their place.
    #[expect(clippy::too_many_arguments, reason = "the two sides and the place between them")]
    fn whole(
        &mut self,
        segment: usize,
        old: &Segment,
        new: &Segment,
        gone: &[usize],
        come: &[usize],
        at: usize,
        reading: Reading,
    ) {
        let start = |unit: usize| old.starts.get(unit).copied().unwrap_or(old.len());
        let lines: Vec<Line> = come.iter().filter_map(|k| new.units.get(*k)).map(Line::of).collect();
        let never_sent = reading.is_fallback && old.class != Class::Speech;
        let is_run = gone.windows(2).all(|w| w.first().copied().map(|a| a + 1) == w.get(1).copied());
        let order = come.first().copied().unwrap_or(0);
        let range = gone.first().zip(gone.last()).map(|(a, b)| start(*a)..start(*b + 1));
        if let (Some(range), true, false) = (range, is_run && !lines.is_empty(), never_sent) {
            let seen = seen(new, come.first().copied(), come.last().copied());
            self.push(What::Text, Part { segment, range, is_whole: true, after: lines, seen, order });
            return;
        }
        for k in gone.iter().filter(|_| !never_sent) {
            let next = new.units.get(come.first().copied().unwrap_or(usize::MAX));
            let seen =
                next.and_then(|u| bytes_of(&u.places)).map(|r| r.start..r.start).or_else(|| gap(new, *k));
            let range = start(*k)..start(k + 1);
            let part = Part { segment, range, is_whole: true, after: Vec::new(), seen, order: 0 };
            // The book's title is not for one of many to take out.
            let is_title = old.units.get(*k).is_some_and(|u| u.kind == Kind::Title);
            let cannot = is_title.then_some(Why::KindOfLine);
            self.out.push(Change { who: self.who, what: What::Text, cannot, told: None, parts: vec![part] });
        }
        if !lines.is_empty() {
            let seen = seen(new, come.first().copied(), come.last().copied());
            let range = start(at)..start(at);
            self.push(What::Text, Part { segment, range, is_whole: true, after: lines, seen, order });
        }
    }

    /// Units and what they became, character by character.
    fn inner(&mut self, segment: usize, old: Range<usize>, new: Range<usize>, from: usize, other: &Segment) {
        let Some(here) = self.old.get(segment) else { return };
        let (Some(olds), Some(news)) = (here.units.get(old), other.units.get(new)) else { return };
        let before = Joined::of(olds, None);
        let folds = olds.first().is_some_and(|u| u.kind.is_fixed());
        let after = Joined::of(news, folds.then_some(&before.chars));
        self.kind(segment, from, olds, news);
        let found = hunks(&before.chars, &after.chars);
        let mut equal = (0, 0);
        for hunk in found.iter().map(Some).chain([None]) {
            let until = hunk.map_or(before.chars.len(), |h| h.old.start);
            self.styles(segment, from, &before, &after, equal.0..until, equal.1);
            let Some(hunk) = hunk else { break };
            equal = (hunk.old.end, hunk.new.end);
            let part = Part {
                segment,
                range: from + hunk.old.start..from + hunk.old.end,
                is_whole: false,
                after: after.lines(hunk.new.clone()),
                seen: after.seen(hunk.new.clone()),
                order: 0,
            };
            let borders = |row: &[char], range: Range<usize>| {
                let cells = |c: &&char| **c == CELL;
                row.get(range).map_or(0, |r| r.iter().filter(cells).count())
            };
            let notes = |row: &[char], range: Range<usize>| row.get(range).is_some_and(|r| r.contains(&NOTE));
            let reshapes =
                borders(&before.chars, hunk.old.clone()) + borders(&after.chars, hunk.new.clone()) > 0;
            let cannot = if reshapes {
                Some(Why::TableShape)
            } else if notes(&after.chars, hunk.new.clone()) {
                Some(Why::Note)
            } else {
                None
            };
            self.out.push(Change { who: self.who, what: What::Text, cannot, told: None, parts: vec![part] });
        }
    }

    /// What the first of some units is, where it became something else.
    fn kind(&mut self, segment: usize, from: usize, olds: &[Unit], news: &[Unit]) {
        let (Some(one), Some(two)) = (olds.first(), news.first()) else { return };
        if one.kind == two.kind || is_near(one.kind, two.kind) {
            return;
        }
        let range = from..from + one.chars.len();
        let (after, seen) = (vec![Line::of(two)], bytes_of(&two.places));
        let part = Part { segment, range, is_whole: false, after, seen, order: 0 };
        let says = |kind| matches!(kind, Kind::Paragraph | Kind::SubHeading(_) | Kind::Quote);
        let cannot = (!says(one.kind) || !says(two.kind)).then_some(Why::KindOfLine);
        // Other words of it are edits of their own.
        let told = Told { before: two.text(), after: two.text(), formats: Vec::new() };
        self.out.push(Change {
            who: self.who,
            what: What::Kind,
            cannot,
            told: Some(told),
            parts: vec![part],
        });
    }

    /// Emphasis put on characters that stayed, or taken off.
    fn styles(
        &mut self,
        segment: usize,
        from: usize,
        before: &Joined,
        after: &Joined,
        old: Range<usize>,
        new: usize,
    ) {
        let differs = |k: usize| before.styles.get(k) != after.styles.get(new + (k - old.start));
        let counts = |k: usize| before.chars.get(k).is_some_and(|c| !matches!(*c, END | BREAK | CELL | NOTE));
        let mut k = old.start;
        while k < old.end {
            let first = after.styles.get(new + (k - old.start));
            let length = (k..old.end)
                .take_while(|k| {
                    differs(*k) && counts(*k) && after.styles.get(new + (*k - old.start)) == first
                })
                .count();
            if length == 0 {
                k += 1;
                continue;
            }
            let other = new + (k - old.start)..new + (k - old.start) + length;
            // Blanks have no look of their own.
            let is_blank =
                before.chars.get(k..k + length).is_some_and(|r| r.iter().all(|c| c.is_whitespace()));
            if !is_blank {
                let part = Part {
                    segment,
                    range: from + k..from + k + length,
                    is_whole: false,
                    after: after.lines(other.clone()),
                    seen: after.seen(other),
                    order: 0,
                };
                self.push(What::Style, part);
            }
            k += length;
        }
    }

    /// A segment that is gone.
    fn lost(&mut self, segment: usize, reading: Reading) {
        let all = self.old;
        let Some(old) = all.get(segment).filter(|s| !s.units.is_empty()) else { return };
        if reading.is_fallback {
            return;
        }
        if !(0..old.units.len()).any(|k| self.is_moved_from(segment, k)) {
            let range = 0..old.len();
            self.push(
                What::Text,
                Part { segment, range, is_whole: true, after: Vec::new(), seen: None, order: 0 },
            );
            return;
        }
        let stays: Vec<usize> = (0..old.units.len()).filter(|k| !self.is_moved_from(segment, *k)).collect();
        for k in stays {
            let (Some(a), Some(b)) = (old.starts.get(k), old.starts.get(k + 1)) else { continue };
            let range = *a..*b;
            self.push(
                What::Text,
                Part { segment, range, is_whole: true, after: Vec::new(), seen: None, order: 0 },
            );
        }
    }

    /// The segment of the base that a new one follows, with the place behind it.
    fn behind(&self, other: usize) -> (usize, usize) {
        let found = (0..other).rev().find_map(|j| self.matching.segments.iter().position(|s| *s == Some(j)));
        let segment = found.unwrap_or(0);
        (segment, self.old.get(segment).map_or(0, Segment::len))
    }

    /// Segments that are new.
    fn gained(&mut self) {
        let known: Vec<usize> = self.matching.segments.iter().flatten().copied().collect();
        let mut by_place: BTreeMap<usize, Vec<(usize, Vec<Line>)>> = BTreeMap::new();
        for (j, new) in self.new.iter().enumerate().filter(|(j, _)| !known.contains(j)) {
            let units = new.units.iter().enumerate().filter(|(k, _)| !self.is_moved_to(j, *k));
            let lines: Vec<Line> = units.map(|(_, u)| Line::of(u)).collect();
            if !lines.is_empty() {
                by_place.entry(self.behind(j).0).or_default().push((j, lines));
            }
        }
        for (segment, found) in by_place {
            let at = self.old.get(segment).map_or(0, Segment::len);
            let first = found.first().and_then(|(j, _)| self.new.get(*j));
            let seen = first.and_then(|s| seen(s, Some(0), Some(s.units.len().saturating_sub(1))));
            let after = found.into_iter().flat_map(|(_, lines)| lines).collect();
            let order = usize::MAX;
            self.push(What::Text, Part { segment, range: at..at, is_whole: true, after, seen, order });
        }
    }

    /// Paragraphs that stand elsewhere.
    fn moved(&mut self) {
        for Move { old, new } in self.matching.moves.clone() {
            let Some((from, unit)) =
                self.old.get(old.0).zip(self.new.get(new.0).and_then(|s| s.units.get(new.1)))
            else {
                continue;
            };
            let (Some(a), Some(b)) = (from.starts.get(old.1), from.starts.get(old.1 + 1)) else { continue };
            let (segment, at) = self.landing(new);
            let seen = bytes_of(&unit.places);
            let gone = Part {
                segment: old.0,
                range: *a..*b,
                is_whole: true,
                after: Vec::new(),
                seen: None,
                order: 0,
            };
            let come = Part {
                segment,
                range: at..at,
                is_whole: true,
                after: vec![Line::of(unit)],
                seen,
                order: new.1,
            };
            let parts = vec![gone, come];
            self.out.push(Change { who: self.who, what: What::Moved, cannot: None, told: None, parts });
        }
    }

    /// Where in the base a unit of the new side would stand.
    fn landing(&self, new: (usize, usize)) -> (usize, usize) {
        let Some(segment) = self.matching.segments.iter().position(|s| *s == Some(new.0)) else {
            return self.behind(new.0);
        };
        let starts = self.old.get(segment).map_or(&[][..], |s| &s.starts);
        let groups = self.matching.groups.get(segment).map_or(&[][..], Vec::as_slice);
        let at = groups.iter().find(|g| g.new.contains(&new.1)).map_or(0, |g| g.old.start);
        (segment, starts.get(at).copied().unwrap_or(0))
    }

    /// In a copy without styles a heading is what the eye takes for one: what it did to headings, and to what
    /// lines are, is told only.
    fn distrust(&mut self) {
        let olds = self.old;
        let gone = |part: &Part| -> Vec<&Unit> {
            let Some(old) = olds.get(part.segment) else { return Vec::new() };
            let until = part.range.end.max(part.range.start + 1);
            let units = old.units.iter().zip(&old.starts);
            let touched = units.filter(|(u, s)| **s < until && part.range.start <= *s + u.chars.len());
            touched.map(|(u, _)| u).collect()
        };
        let bare = |chars: &[char]| chars.iter().filter(|c| !c.is_whitespace()).collect::<String>();
        let is_text = |p: &Part| olds.get(p.segment).is_some_and(|s| s.class == Class::Speech);
        // A part's opening goes where its heading went.
        let leaves = |c: &Change| c.what == What::Moved && !c.parts.iter().all(is_text);
        let touches = |c: &Change| {
            c.what == What::Kind
                || leaves(c)
                || c.parts.iter().any(|p| {
                    let is_new = p.range.is_empty() && p.is_whole;
                    !is_new && gone(p).iter().any(|u| u.kind.is_heading())
                        || p.after.iter().any(|l| l.kind.is_heading())
                })
        };
        let lost: BTreeSet<String> = self
            .out
            .iter()
            .filter(|c| touches(c))
            .flat_map(|c| &c.parts)
            .flat_map(gone)
            .map(|u| bare(&u.chars))
            .collect();
        // The same words as a paragraph are that heading.
        let comes_back =
            |c: &Change| c.parts.iter().flat_map(|p| &p.after).any(|l| lost.contains(&bare(&l.chars)));
        let untrusted: Vec<bool> = self.out.iter().map(|c| touches(c) || comes_back(c)).collect();
        for (change, _) in self.out.iter_mut().zip(untrusted).filter(|(_, is)| *is) {
            change.cannot.get_or_insert(Why::KindOfLine);
        }
    }

    /// Speeches in another order.
    fn order(&mut self) {
        let is_speech = |i: &usize| self.old.get(*i).is_some_and(|s| s.class == Class::Speech);
        let found: Vec<(usize, usize)> = self
            .matching
            .segments
            .iter()
            .enumerate()
            .filter_map(|(i, j)| Some((i, (*j)?)))
            .filter(|(i, _)| is_speech(i))
            .collect();
        let mut by_new = found.clone();
        by_new.sort_by_key(|p| p.1);
        let row: Vec<usize> = by_new.iter().map(|p| p.0).collect();
        let stays = rising(&row);
        for (k, segment) in row.iter().enumerate().filter(|(_, s)| !stays.contains(s)) {
            let behind = k.checked_sub(1).and_then(|k| row.get(k).copied());
            let ahead = row.get(k + 1).copied();
            let part = Part {
                segment: *segment,
                range: 0..0,
                is_whole: true,
                after: Vec::new(),
                seen: None,
                order: 0,
            };
            self.push(What::Order { behind, ahead }, part);
        }
    }
}

/// The longest run of numbers that rises.
fn rising(row: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (k, value) in row.iter().enumerate() {
        let before = row.iter().zip(&best).take(k).filter(|(v, _)| *v < value).map(|(_, run)| run);
        let mut run = before.max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(*value);
        best.push(run);
    }
    best.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

/// Kinds that a Word file tells apart less surely than a source: nothing is said of these.
fn is_near(a: Kind, b: Kind) -> bool {
    matches!(
        (a, b),
        (Kind::Item { .. } | Kind::ItemMore(_), Kind::Item { .. } | Kind::ItemMore(_))
            | (Kind::Speaker, Kind::Paragraph)
            | (Kind::Paragraph, Kind::Speaker)
            | (Kind::Caption, Kind::Paragraph)
            | (Kind::Paragraph, Kind::Caption)
    )
}

fn seen(new: &Segment, first: Option<usize>, last: Option<usize>) -> Option<Range<usize>> {
    let start = bytes_of(&new.units.get(first?)?.places)?.start;
    let end = bytes_of(&new.units.get(last?)?.places)?.end;
    Some(start..end)
}

/// Where something stood that is gone: behind the unit before it.
fn gap(new: &Segment, unit: usize) -> Option<Range<usize>> {
    let before = unit.checked_sub(1).map(|k| k.min(new.units.len().saturating_sub(1)))?;
    let end = bytes_of(&new.units.get(before)?.places)?.end;
    Some(end..end)
}

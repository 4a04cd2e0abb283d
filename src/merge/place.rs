//! Parts of changes in today's places: what today's source has left alone, what it has already, what it has
//! changed otherwise.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::merge::change::{Change, Line, Part, What};
use crate::merge::follow::Follow;
use crate::merge::tokens::{Token, lines_of, same, tokens, tokens_of};
use crate::merge::unit::{BREAK, CELL, END, Segment};

/// What a participant starts from and how that stands today.
pub(super) struct Origin<'a> {
    pub(super) base: &'a [Segment],
    pub(super) follow: &'a Follow,
}

/// One part of a change, or several that today's source has changed around, in today's places.
pub(super) struct Item {
    pub(super) changes: Vec<usize>,
    pub(super) who: usize,
    /// Today's segment; none when it is gone.
    pub(super) segment: Option<usize>,
    pub(super) range: Range<usize>,
    pub(super) is_whole: bool,
    pub(super) after: Vec<Line>,
    pub(super) is_style: bool,
    pub(super) order: usize,
    pub(super) against: Against,
    /// What the base has there.
    pub(super) base: String,
}

/// How it stands to today's source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// Nothing was changed there.
    Clean,
    /// The same was done there already.
    There,
    /// Something else was done there.
    Other,
}

/// Finds the places.
pub(super) struct Placer<'a> {
    pub(super) sides: &'a [Origin<'a>],
    pub(super) today: &'a [Segment],
    pub(super) changes: &'a [Change],
}

impl Placer<'_> {
    fn base_of(&self, who: usize) -> &[Segment] {
        self.sides.get(who).map_or(&[], |s| s.base)
    }

    /// All parts in today's places.
    pub(super) fn items(&self) -> Vec<Item> {
        // Change, part, whether its place is as it was, and what belongs to it.
        type Found<'p> = (usize, &'p Part, bool, Range<usize>);
        let mut rows: BTreeMap<(usize, usize), Vec<Found<'_>>> = BTreeMap::new();
        for (k, change) in self.changes.iter().enumerate() {
            if change.cannot.is_some() || matches!(change.what, What::Order { .. } | What::Kind) {
                continue;
            }
            for part in &change.parts {
                let is_clean = self.is_clean(change.who, part);
                let hull = if is_clean { part.range.clone() } else { self.grown(change.who, part) };
                rows.entry((change.who, part.segment)).or_default().push((k, part, is_clean, hull));
            }
        }
        let mut items = Vec::new();
        for ((who, segment), mut row) in rows {
            row.sort_by_key(|r| (r.3.start, r.3.end, r.0));
            // What today's source changed takes in all that this participant changed around it.
            let mut hulls: Vec<Range<usize>> = Vec::new();
            for (_, _, _, hull) in row.iter().filter(|r| !r.2) {
                match hulls.last_mut() {
                    Some(last) if hull.start <= last.end => last.end = last.end.max(hull.end),
                    _ => hulls.push(hull.clone()),
                }
            }
            let touches = |hull: &Range<usize>, part: &Part| {
                part.range.start <= hull.end && hull.start <= part.range.end
            };
            for hull in &hulls {
                let own: Vec<_> = row.iter().filter(|r| touches(hull, r.1)).collect();
                let start = own.iter().map(|r| r.1.range.start).min().unwrap_or(hull.start).min(hull.start);
                let end = own.iter().map(|r| r.1.range.end).max().unwrap_or(hull.end).max(hull.end);
                let parts: Vec<&Part> = own.iter().map(|r| r.1).collect();
                let changes = own.iter().map(|r| r.0).collect();
                items.push(self.unclean(who, segment, start..end, &parts, changes));
            }
            for (k, part, _, _) in row.iter().filter(|r| r.2 && !hulls.iter().any(|h| touches(h, r.1))) {
                items.extend(self.clean(*k, who, part));
            }
        }
        items
    }

    fn clean(&self, k: usize, who: usize, part: &Part) -> Option<Item> {
        let follow = self.sides.get(who)?.follow;
        let is_gap = part.range.is_empty() && part.is_whole;
        let (t, start) = match is_gap {
            true => follow.gap(part.segment, part.range.start)?,
            false => follow.at(part.segment, part.range.start)?,
        };
        let range = match part.range.is_empty() {
            true => start..start,
            false => start..follow.at(part.segment, part.range.end - 1)?.1 + 1,
        };
        Some(Item {
            changes: vec![k],
            who,
            segment: Some(t),
            range,
            is_whole: part.is_whole,
            after: self.only_moved(k, who, part).unwrap_or_else(|| part.after.clone()),
            is_style: self.changes.get(k).is_some_and(|c| c.what == What::Style),
            order: part.order,
            against: Against::Clean,
            base: self.base_of(who).get(part.segment).map(|s| s.text(part.range.clone())).unwrap_or_default(),
        })
    }

    /// The line of a paragraph that was moved and not changed: it takes its bytes along.
    fn only_moved(&self, k: usize, who: usize, part: &Part) -> Option<Vec<Line>> {
        let change = self.changes.get(k).filter(|c| c.what == What::Moved)?;
        let [line] = part.after.as_slice() else { return None };
        let gone = change.parts.iter().find(|p| p.after.is_empty())?;
        let before = self.base_of(who).get(gone.segment)?.slice(gone.range.clone());
        let (t, at) = self.sides.get(who)?.follow.at(gone.segment, gone.range.start)?;
        let today = self.today.get(t)?;
        let unit = today.unit_at(at);
        let is_same = before.get(..before.len().checked_sub(1)?)? == line.chars.as_slice()
            && today.units.get(unit).is_some_and(|u| u.chars == line.chars && u.styles == line.styles);
        is_same.then(|| vec![Line { raw: Some((t, unit)), ..line.clone() }])
    }

    fn unclean(
        &self,
        who: usize,
        segment: usize,
        hull: Range<usize>,
        parts: &[&Part],
        changes: Vec<usize>,
    ) -> Item {
        let version = self.version(who, segment, parts, &hull);
        let own = self.today_range(who, segment, &hull);
        let current = own.as_ref().and_then(|(t, range)| Some(tokens(self.today.get(*t)?, range.clone())));
        let follow = self.sides.get(who).map(|s| s.follow);
        // A speech that is gone today: who took it out too has what is there.
        let is_gone = follow.is_some_and(|f| f.segment(segment).is_none()) && version.is_empty();
        let is_there = is_gone || current.as_ref().is_some_and(|c| same(c, &version));
        let (t, range) = own.map_or((None, 0..0), |(t, range)| (Some(t), range));
        let is_border = |at: usize| t.and_then(|t| self.today.get(t)).is_some_and(|s| s.is_border(at));
        let is_whole =
            is_border(range.start) && is_border(range.end) && version.last().is_none_or(|t| t.c == END);
        Item {
            changes,
            who,
            segment: t,
            range,
            is_whole,
            after: lines_of(&version, is_whole),
            is_style: false,
            order: 0,
            against: if is_there { Against::There } else { Against::Other },
            base: self.base_of(who).get(segment).map(|s| s.text(hull)).unwrap_or_default(),
        }
    }

    /// Whether today's source has left the place of a part as it was.
    fn is_clean(&self, who: usize, part: &Part) -> bool {
        let Some(side) = self.sides.get(who) else { return false };
        let Some(base) = side.base.get(part.segment) else { return false };
        let joined = |at: usize| side.follow.is_joined(part.segment, at);
        let Range { start, end } = part.range;
        if part.range.is_empty() && part.is_whole {
            let gap = side.follow.gap(part.segment, start);
            return gap.is_some_and(|(t, at)| self.today.get(t).is_some_and(|s| s.is_border(at)));
        }
        let Some((t, at)) = side.follow.at(part.segment, start) else { return false };
        let begins = match base.is_border(start) {
            true => self.today.get(t).is_some_and(|s| s.is_border(at)),
            false => joined(start),
        };
        let last = if part.is_whole { end.saturating_sub(1) } else { end };
        begins && (start + 1..=last).all(joined) && (part.is_whole || self.phrase(who, part) == part.range)
    }

    /// The range with what today's source changed in the same phrase: see [`Self::share_a_phrase`].
    fn phrase(&self, who: usize, part: &Part) -> Range<usize> {
        let Some(side) = self.sides.get(who) else { return part.range.clone() };
        let Some(base) = side.base.get(part.segment) else { return part.range.clone() };
        let Range { mut start, mut end } = part.range;
        let most = size(part.range.len(), &part.after);
        let joined = |at: usize| side.follow.is_joined(part.segment, at);
        let parts = |at: usize| base.slice(at..at + 1).first().is_none_or(|c| parts_phrases(*c));
        for gap in 0..=most {
            let Some(at) = start.checked_sub(gap).filter(|at| !base.is_border(*at)) else { break };
            if gap > 0 && parts(at) {
                break;
            }
            if !joined(at) {
                if gap <= self.change_today(who, part.segment, at) {
                    start = at;
                }
                break;
            }
        }
        for gap in 0..=most {
            let at = end + gap;
            if at >= base.len() {
                break;
            }
            if !joined(at) && !base.is_border(at) {
                if gap <= self.change_today(who, part.segment, at) {
                    end = at;
                }
                break;
            }
            if parts(at) {
                break;
            }
        }
        start..end
    }

    /// How many characters today's source changed before a place of the base.
    fn change_today(&self, who: usize, segment: usize, at: usize) -> usize {
        let Some(side) = self.sides.get(who) else { return 0 };
        let length = side.base.get(segment).map_or(0, Segment::len);
        let before = (0..at).rev().find(|k| side.follow.at(segment, *k).is_some());
        let after = (at..=length).find(|k| side.follow.at(segment, *k).is_some());
        let gone = after.unwrap_or(length).saturating_sub(before.map_or(0, |k| k + 1));
        let place = |k: Option<usize>| k.and_then(|k| side.follow.at(segment, k));
        let come = match (place(before), place(after)) {
            (Some((t, a)), Some((u, b))) if t == u => b.saturating_sub(a + 1),
            _ => 0,
        };
        gone.max(come)
    }

    /// A part's range with all that today's source changed around it.
    fn grown(&self, who: usize, part: &Part) -> Range<usize> {
        let Some(side) = self.sides.get(who) else { return part.range.clone() };
        let length = side.base.get(part.segment).map_or(0, Segment::len);
        let Range { mut start, mut end } = self.phrase(who, part);
        while start > 0 && !side.follow.is_joined(part.segment, start) {
            start -= 1;
        }
        while end < length && !side.follow.is_joined(part.segment, end) {
            end += 1;
        }
        start..end.max(start)
    }

    /// Where a range of a base stands today.
    fn today_range(&self, who: usize, segment: usize, range: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let side = self.sides.get(who)?;
        let length = side.base.get(segment)?.len();
        let own = side.follow.segment(segment);
        let start = match range.start {
            0 if own.is_some() => (own?, 0),
            start => side.follow.at(segment, start)?,
        };
        let end = match range.end {
            end if end == length && own == Some(start.0) => (start.0, self.today.get(start.0)?.len()),
            end => side.follow.at(segment, end)?,
        };
        (start.0 == end.0 && start.1 <= end.1).then_some((start.0, start.1..end.1))
    }

    /// What a participant has in a range of its base.
    fn version(&self, who: usize, segment: usize, parts: &[&Part], range: &Range<usize>) -> Vec<Token> {
        let Some(base) = self.base_of(who).get(segment) else { return Vec::new() };
        let mut parts = parts.to_vec();
        parts.sort_by_key(|p| (p.range.start, !p.is_whole, p.range.end, p.order));
        let mut out = Vec::new();
        let mut at = range.start;
        for part in parts {
            out.extend(tokens(base, at..part.range.start.max(at)));
            out.extend(tokens_of(&part.after, part.is_whole));
            at = at.max(part.range.end);
        }
        out.extend(tokens(base, at..range.end.max(at)));
        out
    }
}

/// Twice the places, so that what comes between two paragraphs stands between their numbers.
pub(super) fn interval(item: &Item) -> (i64, i64) {
    let doubled = |at: usize| i64::try_from(at).unwrap_or(i64::MAX / 4) * 2;
    let (start, end) = (doubled(item.range.start), doubled(item.range.end));
    match (item.is_whole, item.range.is_empty(), item.against) {
        (true, true, Against::Clean) => (start - 1, start - 1),
        (true, true, _) => (start - 1, start),
        (true, false, Against::Clean) => (start, end - 2),
        _ => (start, end),
    }
}

/// The larger side of an edit, in characters.
pub(super) fn size(before: usize, after: &[Line]) -> usize {
    before.max(after.iter().map(|l| l.chars.len()).sum())
}

/// Marks and ends that part one phrase from the next.
pub(super) fn parts_phrases(c: char) -> bool {
    "，。；：！？、,;:!?".contains(c) || matches!(c, END | BREAK | CELL)
}

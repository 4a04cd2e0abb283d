//! The edits of all participants held against each other and against today's source: what is carried out,
//! what is one edit of several, what is a conflict. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::merge::change::{Change, Line, Part, What};
use crate::merge::follow::Follow;
use crate::merge::tokens::{Token, lines_of, same, text, tokens, tokens_of};
use crate::merge::unit::{END, Segment};

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Carried out.
    Merged,
    /// Several participants made it, or today's source has it already; carried out once.
    Identical,
    /// Somebody else changed the same words otherwise.
    Conflict,
    /// Told only.
    Reported,
}

/// One line of the report.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) state: State,
    /// The changes it stands for, of one or several participants.
    pub(super) changes: Vec<usize>,
    /// Of the base of the first of them.
    pub(super) segment: usize,
    pub(super) range: Range<usize>,
    pub(super) before: String,
    /// Empty for a conflict: its sides say it.
    pub(super) after: String,
    /// Today's source has it already.
    pub(super) is_there: bool,
    pub(super) sides: Vec<Side>,
}

/// One side of a conflict.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// The return; none for today's source.
    pub(super) who: Option<usize>,
    pub(super) text: String,
    pub(super) changes: Vec<usize>,
}

/// Something to be done to today's segments.
#[derive(Debug, Clone)]
pub(super) struct Op {
    pub(super) segment: usize,
    pub(super) range: Range<usize>,
    pub(super) is_whole: bool,
    pub(super) after: Vec<Line>,
    /// Only emphasis changes.
    pub(super) is_style: bool,
    pub(super) changes: Vec<usize>,
    /// For units that come to one place.
    order: usize,
}

/// A conflict as it is marked in a source.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) segment: usize,
    pub(super) range: Range<usize>,
    /// What each side does instead; none leaves today's text.
    pub(super) sides: Vec<(Option<usize>, Option<Op>)>,
}

/// All that was decided.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) entries: Vec<Entry>,
    pub(super) ops: Vec<Op>,
    pub(super) marks: Vec<Mark>,
    /// Today's segments to be put elsewhere, and behind which.
    pub(super) orders: Vec<(usize, Option<usize>, Vec<usize>)>,
}

/// What a participant starts from and how that stands today.
pub(super) struct Origin<'a> {
    pub(super) base: &'a [Segment],
    pub(super) follow: &'a Follow,
}

/// One part of a change, or several that today's source has changed around, in today's places.
struct Item {
    changes: Vec<usize>,
    who: usize,
    /// Today's segment; none when it is gone.
    segment: Option<usize>,
    range: Range<usize>,
    is_whole: bool,
    after: Vec<Line>,
    is_style: bool,
    order: usize,
    against: Against,
    /// What the base has there.
    base: String,
}

/// How it stands to today's source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Against {
    /// Nothing was changed there.
    Clean,
    /// The same was done there already.
    There,
    /// Something else was done there.
    Other,
}

pub(super) struct Combiner<'a> {
    pub(super) sides: &'a [Origin<'a>],
    pub(super) today: &'a [Segment],
    pub(super) changes: &'a [Change],
}

impl Combiner<'_> {
    pub(super) fn run(&self) -> Decided {
        let mut decided = Decided::default();
        let items = self.items();
        let clusters = self.clusters(&items);
        for group in linked(&clusters, &items, self.changes.len()) {
            let found: Vec<Vec<&Item>> = group
                .iter()
                .filter_map(|k| clusters.get(*k))
                .map(|c| c.iter().filter_map(|i| items.get(*i)).collect())
                .collect();
            self.group(&found, &mut decided);
        }
        decided.ops = joined(std::mem::take(&mut decided.ops));
        self.orders(&mut decided);
        for (k, change) in self.changes.iter().enumerate().filter(|(_, c)| c.cannot.is_some()) {
            decided.entries.push(self.entry(State::Reported, &[k], change));
        }
        decided.entries.sort_by(|a, b| {
            let key = |e: &Entry| (e.segment, e.range.start, e.range.end, e.changes.clone());
            key(a).cmp(&key(b))
        });
        decided
    }

    fn base(&self, who: usize) -> &[Segment] {
        self.sides.get(who).map_or(&[], |s| s.base)
    }

    /// All parts in today's places.
    fn items(&self) -> Vec<Item> {
        let mut rows: BTreeMap<(usize, usize), Vec<(usize, &Part, bool, Range<usize>)>> = BTreeMap::new();
        for (k, change) in self.changes.iter().enumerate() {
            if change.cannot.is_some() || matches!(change.what, What::Order { .. }) {
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
            base: self.base(who).get(part.segment).map(|s| s.text(part.range.clone())).unwrap_or_default(),
        })
    }

    /// The line of a paragraph that was moved and not changed: it takes its bytes along.
    fn only_moved(&self, k: usize, who: usize, part: &Part) -> Option<Vec<Line>> {
        let change = self.changes.get(k).filter(|c| c.what == What::Moved)?;
        let [line] = part.after.as_slice() else { return None };
        let gone = change.parts.iter().find(|p| p.after.is_empty())?;
        let before = self.base(who).get(gone.segment)?.slice(gone.range.clone());
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
            base: self.base(who).get(segment).map(|s| s.text(hull)).unwrap_or_default(),
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
        begins && (start + 1..=last).all(joined)
    }

    /// A part's range with all that today's source changed around it.
    fn grown(&self, who: usize, part: &Part) -> Range<usize> {
        let Some(side) = self.sides.get(who) else { return part.range.clone() };
        let length = side.base.get(part.segment).map_or(0, Segment::len);
        let Range { mut start, mut end } = part.range;
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
        let Some(base) = self.base(who).get(segment) else { return Vec::new() };
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

    /// Items that touch each other in today's rows; what is there already touches nothing.
    fn clusters(&self, items: &[Item]) -> Vec<Vec<usize>> {
        let mut rows: BTreeMap<Option<usize>, Vec<(i64, i64, usize)>> = BTreeMap::new();
        let mut clusters = Vec::new();
        for (k, item) in items.iter().enumerate() {
            if item.against == Against::There || item.segment.is_none() {
                clusters.push(vec![k]);
                continue;
            }
            let (from, to) = interval(item);
            rows.entry(item.segment).or_default().push((from, to, k));
        }
        for (_, mut row) in rows {
            row.sort_unstable();
            let mut end = i64::MIN;
            let mut current: Vec<usize> = Vec::new();
            for (from, to, k) in row {
                if from > end && !current.is_empty() {
                    clusters.push(std::mem::take(&mut current));
                }
                end = if current.is_empty() { to } else { end.max(to) };
                current.push(k);
            }
            if !current.is_empty() {
                clusters.push(current);
            }
        }
        clusters
    }

    /// Decides clusters that belong together.
    fn group(&self, clusters: &[Vec<&Item>], decided: &mut Decided) {
        let judged: Vec<Judged> = clusters.iter().map(|c| self.judge(c)).collect();
        if judged.iter().any(|j| j.is_conflict) || self.moves_what_is_gone(clusters) {
            self.conflict(clusters, &judged, decided);
            return;
        }
        let ids: BTreeSet<usize> =
            clusters.iter().flatten().flat_map(|i| i.changes.iter().copied()).collect();
        let is_there = clusters.iter().flatten().all(|i| i.against == Against::There);
        for cluster in clusters {
            // All participants of a cluster without conflict say the same: one of them is carried out.
            let first = cluster.iter().map(|i| i.who).min();
            let all: BTreeSet<usize> = cluster.iter().flat_map(|i| i.changes.iter().copied()).collect();
            let is_shared = cluster.iter().any(|i| Some(i.who) != first);
            for item in cluster.iter().filter(|i| Some(i.who) == first && i.against == Against::Clean) {
                let Some(segment) = item.segment else { continue };
                decided.ops.push(Op {
                    segment,
                    range: item.range.clone(),
                    is_whole: item.is_whole,
                    after: item.after.clone(),
                    is_style: item.is_style,
                    order: item.order,
                    changes: if is_shared { all.iter().copied().collect() } else { item.changes.clone() },
                });
            }
        }
        // Those of several participants that say the same are one.
        let mut told: Vec<(Vec<usize>, &Change)> = Vec::new();
        for k in &ids {
            let Some(change) = self.changes.get(*k) else { continue };
            let other =
                told.iter_mut().find(|(_, other)| other.who != change.who && says_same(other, change));
            match other {
                Some((all, _)) => all.push(*k),
                None => told.push((vec![*k], change)),
            }
        }
        for (all, change) in told {
            let state = if all.len() > 1 || is_there { State::Identical } else { State::Merged };
            let mut entry = self.entry(state, &all, change);
            entry.is_there = is_there;
            decided.entries.push(entry);
        }
    }

    /// A paragraph was moved that today's source has taken out, or moved elsewhere.
    fn moves_what_is_gone(&self, clusters: &[Vec<&Item>]) -> bool {
        let mut seen: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        for item in clusters.iter().flatten() {
            for k in &item.changes {
                let is_move = self.changes.get(*k).is_some_and(|c| c.what == What::Moved);
                let state = seen.entry(*k).or_default();
                state.0 |= is_move && item.against == Against::There;
                state.1 |= is_move && item.against != Against::There;
            }
        }
        seen.values().any(|(there, not)| *there && *not)
    }

    fn judge(&self, cluster: &[&Item]) -> Judged {
        let segment = cluster.first().and_then(|i| i.segment);
        let start = cluster.iter().map(|i| i.range.start).min().unwrap_or(0);
        let end = cluster.iter().map(|i| i.range.end).max().unwrap_or(start);
        let own = segment.and_then(|t| Some((t, self.today.get(t)?)));
        let mut sides: BTreeMap<usize, Vec<&Item>> = BTreeMap::new();
        for item in cluster {
            sides.entry(item.who).or_default().push(item);
        }
        let version = |items: &mut Vec<&Item>| {
            items.sort_by_key(|i| (i.range.start, !i.is_whole, i.range.end, i.order));
            let mut out = Vec::new();
            let mut at = start;
            for item in items.iter() {
                if let Some((_, today)) = own {
                    out.extend(tokens(today, at..item.range.start.max(at)));
                }
                out.extend(tokens_of(&item.after, item.is_whole));
                at = at.max(item.range.end);
            }
            if let Some((_, today)) = own {
                out.extend(tokens(today, at..end.max(at)));
            }
            out
        };
        let versions: Vec<(usize, Vec<Token>)> =
            sides.into_iter().map(|(who, mut items)| (who, version(&mut items))).collect();
        let agrees = versions.windows(2).all(|w| match w {
            [a, b] => same(&a.1, &b.1),
            _ => true,
        });
        let is_moved_on = cluster.iter().any(|i| i.against == Against::Other);
        Judged {
            is_conflict: !agrees || is_moved_on,
            is_moved_on,
            own: own.map(|(t, _)| (t, start..end)),
            current: own.map(|(_, today)| tokens(today, start..end)).unwrap_or_default(),
            versions,
        }
    }

    fn conflict(&self, clusters: &[Vec<&Item>], judged: &[Judged], decided: &mut Decided) {
        let is_moved_on = judged.iter().any(|j| j.is_moved_on) || self.moves_what_is_gone(clusters);
        let mut ids: BTreeSet<usize> = BTreeSet::new();
        let mut before = Vec::new();
        let mut sides: BTreeMap<Option<usize>, (Vec<String>, BTreeSet<usize>)> = BTreeMap::new();
        for (cluster, judged) in clusters.iter().zip(judged) {
            ids.extend(cluster.iter().flat_map(|i| i.changes.iter().copied()));
            let moved_on = cluster.iter().find(|i| i.against != Against::Clean);
            before.push(moved_on.map_or_else(|| text(&judged.current), |i| i.base.clone()));
            if is_moved_on {
                sides.entry(None).or_default().0.push(text(&judged.current));
            }
            for (who, version) in &judged.versions {
                let side = sides.entry(Some(*who)).or_default();
                side.0.push(text(version));
                side.1
                    .extend(cluster.iter().filter(|i| i.who == *who).flat_map(|i| i.changes.iter().copied()));
            }
            if let Some((segment, range)) = &judged.own {
                let mut mark = Mark { segment: *segment, range: range.clone(), sides: Vec::new() };
                // Where nobody else changed anything (the other end of a move) there are two sides too.
                if judged.is_moved_on || judged.versions.len() < 2 {
                    mark.sides.push((None, None));
                }
                for (who, version) in &judged.versions {
                    mark.sides.push((Some(*who), Some(self.op(*segment, range, version))));
                }
                decided.marks.push(mark);
            }
        }
        let first = ids.iter().next().and_then(|k| self.changes.get(*k));
        let Some(mut entry) = first.map(|c| self.entry(State::Conflict, &[], c)) else { return };
        entry.changes = ids.into_iter().collect();
        entry.before = before.join("\n");
        entry.after = String::new();
        entry.sides = sides
            .into_iter()
            .map(|(who, (texts, changes))| Side {
                who,
                text: texts.join("\n"),
                changes: changes.into_iter().collect(),
            })
            .collect();
        decided.entries.push(entry);
    }

    /// What puts a version in the place of a range of today's segment.
    fn op(&self, segment: usize, range: &Range<usize>, version: &[Token]) -> Op {
        let is_whole =
            self.today.get(segment).is_some_and(|s| s.is_border(range.start) && s.is_border(range.end))
                && version.last().is_none_or(|t| t.c == END);
        let after = lines_of(version, is_whole);
        Op { segment, range: range.clone(), is_whole, after, is_style: false, changes: Vec::new(), order: 0 }
    }

    fn entry(&self, state: State, ids: &[usize], change: &Change) -> Entry {
        let gone = change.parts.iter().find(|p| !p.range.is_empty()).or(change.parts.first());
        let come = change.parts.iter().rev().find(|p| !p.after.is_empty());
        let segment = gone.map_or(0, |p| p.segment);
        let range = gone.map_or(0..0, |p| p.range.clone());
        let before = self.base(change.who).get(segment).map(|s| s.text(range.clone())).unwrap_or_default();
        let after = come.map(Part::text).unwrap_or_default();
        Entry {
            state,
            changes: ids.to_vec(),
            segment,
            before,
            range,
            after,
            is_there: false,
            sides: Vec::new(),
        }
    }

    /// Speeches in another order: the same wish of several is one, different ones for a speech conflict.
    fn orders(&self, decided: &mut Decided) {
        type Wish = (usize, Option<Option<usize>>);
        let mut wishes: BTreeMap<Option<usize>, Vec<Wish>> = BTreeMap::new();
        for (k, change) in self.changes.iter().enumerate().filter(|(_, c)| c.cannot.is_none()) {
            let (What::Order { behind }, Some(part), Some(side)) =
                (change.what, change.parts.first(), self.sides.get(change.who))
            else {
                continue;
            };
            let behind = match behind {
                None => Some(None),
                Some(b) => side.follow.segment(b).map(Some),
            };
            wishes.entry(side.follow.segment(part.segment)).or_default().push((k, behind));
        }
        for (segment, found) in wishes {
            let ids: Vec<usize> = found.iter().map(|f| f.0).collect();
            let Some((first, change)) = found.first().and_then(|f| Some((f, self.changes.get(f.0)?))) else {
                continue;
            };
            // Gone today, or behind what is gone: nobody knows where.
            let agrees = segment.is_some() && first.1.is_some() && found.iter().all(|f| f.1 == first.1);
            let state = match (agrees, ids.len()) {
                (false, _) => State::Conflict,
                (true, 1) => State::Merged,
                (true, _) => State::Identical,
            };
            let name =
                |s: Option<usize>| s.and_then(|s| self.today.get(s)).map(Segment::name).unwrap_or_default();
            let mut entry = self.entry(state, &ids, change);
            entry.before = name(segment);
            entry.after = if agrees { name(first.1.flatten()) } else { String::new() };
            if let (true, Some(own), Some(behind)) = (agrees, segment, first.1) {
                decided.orders.push((own, behind, ids.clone()));
            } else {
                let side = |(k, behind): &Wish| Side {
                    who: self.changes.get(*k).map(|c| c.who),
                    text: name(behind.flatten()),
                    changes: vec![*k],
                };
                entry.sides = found.iter().map(side).collect();
            }
            decided.entries.push(entry);
        }
    }
}

/// Whole units that go and come side by side, as one.
fn joined(ops: Vec<Op>) -> Vec<Op> {
    let (mut whole, mut out): (Vec<Op>, Vec<Op>) = ops.into_iter().partition(|op| op.is_whole);
    whole.sort_by_key(|op| (op.segment, op.range.start, op.range.end, op.order));
    let mut done: Vec<Op> = Vec::new();
    for op in whole {
        match done.last_mut() {
            Some(last) if last.segment == op.segment && last.range.end == op.range.start => {
                last.range.end = op.range.end;
                last.after.extend(op.after);
                last.changes.extend(op.changes);
            }
            _ => done.push(op),
        }
    }
    out.append(&mut done);
    out
}

struct Judged {
    is_conflict: bool,
    /// Today's source is a side.
    is_moved_on: bool,
    own: Option<(usize, Range<usize>)>,
    current: Vec<Token>,
    versions: Vec<(usize, Vec<Token>)>,
}

/// Twice the places, so that what comes between two paragraphs stands between their numbers.
fn interval(item: &Item) -> (i64, i64) {
    let doubled = |at: usize| i64::try_from(at).unwrap_or(i64::MAX / 4) * 2;
    let (start, end) = (doubled(item.range.start), doubled(item.range.end));
    match (item.is_whole, item.range.is_empty(), item.against) {
        (true, true, Against::Clean) => (start - 1, start - 1),
        (true, true, _) => (start - 1, start),
        (true, false, Against::Clean) => (start, end - 2),
        _ => (start, end),
    }
}

fn says_same(a: &Change, b: &Change) -> bool {
    let bare = |p: &Part| (p.is_whole, p.range.len(), p.after.clone());
    a.what == b.what
        && a.parts.len() == b.parts.len()
        && a.parts.iter().zip(&b.parts).all(|(a, b)| bare(a) == bare(b))
}

/// Clusters that a change of several parts ties together.
fn linked(clusters: &[Vec<usize>], items: &[Item], changes: usize) -> Vec<Vec<usize>> {
    fn root(parent: &[usize], mut k: usize) -> usize {
        while let Some(up) = parent.get(k).copied().filter(|up| *up != k) {
            k = up;
        }
        k
    }
    let mut home: Vec<Option<usize>> = vec![None; changes];
    let mut parent: Vec<usize> = (0..clusters.len()).collect();
    for (k, cluster) in clusters.iter().enumerate() {
        for change in cluster.iter().filter_map(|i| items.get(*i)).flat_map(|i| &i.changes) {
            let Some(slot) = home.get_mut(*change) else { continue };
            let Some(other) = *slot else {
                *slot = Some(k);
                continue;
            };
            let (a, b) = (root(&parent, other), root(&parent, k));
            if let Some(p) = parent.get_mut(b.max(a)) {
                *p = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for k in 0..clusters.len() {
        groups.entry(root(&parent, k)).or_default().push(k);
    }
    groups.into_values().collect()
}

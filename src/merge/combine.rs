//! The edits of all participants held against each other and against today's source: what is carried out,
//! what is one edit of several, what is a conflict. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::merge::change::{Change, Line, Part, What};
use crate::merge::place::{Against, Item, Origin, Placer, interval, parts_phrases, size};
use crate::merge::tokens::{Token, lines_of, same, text, tokens, tokens_of};
use crate::merge::unit::{Class, END, Kind, Segment};

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
    /// Where a conflict stands today, for the words around it.
    pub(super) today: Option<(usize, Range<usize>)>,
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
    /// Today's units that become something else.
    pub(super) kinds: Vec<Turn>,
}

/// A line that becomes something else: a paragraph a heading.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    pub(super) segment: usize,
    pub(super) unit: usize,
    pub(super) kind: Kind,
    pub(super) changes: Vec<usize>,
}

pub(super) struct Combiner<'a> {
    pub(super) sides: &'a [Origin<'a>],
    pub(super) today: &'a [Segment],
    pub(super) changes: &'a [Change],
}

impl Combiner<'_> {
    pub(super) fn run(&self) -> Decided {
        let mut decided = Decided::default();
        let placer = Placer { sides: self.sides, today: self.today, changes: self.changes };
        let items = placer.items();
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
        self.kinds(&mut decided);
        for (k, change) in self.changes.iter().enumerate().filter(|(_, c)| c.cannot.is_some()) {
            decided.entries.push(self.entry(State::Reported, &[k], change));
        }
        decided.entries.sort_by_cached_key(|e| (self.place_today(e), e.range.end, e.changes.clone()));
        decided
    }

    /// Where a reader of today's source meets an entry; what is gone today comes last.
    fn place_today(&self, entry: &Entry) -> (usize, usize) {
        let side =
            entry.changes.first().and_then(|k| self.changes.get(*k)).and_then(|c| self.sides.get(c.who));
        let Some(side) = side else { return (usize::MAX, 0) };
        let (segment, start) = (entry.segment, entry.range.start);
        // Far back is another paragraph; that its speech is known is enough.
        let own = (0..=start).rev().take(4_096).find_map(|at| side.follow.at(segment, at));
        own.or_else(|| Some((side.follow.segment(segment)?, 0))).unwrap_or((usize::MAX, start))
    }

    fn base(&self, who: usize) -> &[Segment] {
        self.sides.get(who).map_or(&[], |s| s.base)
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
            let mut last: Option<(i64, usize)> = None;
            let mut current: Vec<usize> = Vec::new();
            for (from, to, k) in row {
                let joins =
                    last.is_some_and(|(end, other)| from <= end || self.share_a_phrase(items, other, k));
                if !joins && !current.is_empty() {
                    clusters.push(std::mem::take(&mut current));
                    last = None;
                }
                last = match last {
                    Some((end, other)) if end >= to => Some((end, other)),
                    _ => Some((to, k)),
                };
                current.push(k);
            }
            if !current.is_empty() {
                clusters.push(current);
            }
        }
        clusters
    }

    /// Whether edits of two participants are of one phrase: what stands between them is shorter than either
    /// and no mark parts it. Carrying out both would make a wording that nobody wrote.
    fn share_a_phrase(&self, items: &[Item], one: usize, two: usize) -> bool {
        let (Some(one), Some(two)) = (items.get(one), items.get(two)) else { return false };
        let Some(today) = one.segment.and_then(|t| self.today.get(t)) else { return false };
        if one.who == two.who || one.is_whole || two.is_whole || two.range.start < one.range.end {
            return false;
        }
        let gap = today.slice(one.range.end..two.range.start);
        gap.len() <= size(one.range.len(), &one.after).min(size(two.range.len(), &two.after))
            && !gap.iter().any(|c| parts_phrases(*c))
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
        entry.today = judged.iter().find_map(|j| j.own.clone());
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
        let (before, after) = match &change.told {
            Some(told) => (told.before.clone(), told.after.clone()),
            None => (before, after),
        };
        Entry {
            state,
            changes: ids.to_vec(),
            segment,
            before,
            range,
            after,
            is_there: false,
            today: None,
            sides: Vec::new(),
        }
    }

    /// Lines that become something else: what several wish alike is one, what they wish otherwise a conflict.
    fn kinds(&self, decided: &mut Decided) {
        type Place = Option<(usize, usize)>;
        let mut wishes: BTreeMap<Place, Vec<(usize, Kind)>> = BTreeMap::new();
        for (k, change) in self.changes.iter().enumerate() {
            let is_it = change.what == What::Kind && change.cannot.is_none();
            let (Some(part), Some(side)) =
                (change.parts.first().filter(|_| is_it), self.sides.get(change.who))
            else {
                continue;
            };
            let Some(line) = part.after.first() else { continue };
            let at = side.follow.at(part.segment, part.range.start);
            let place = at.and_then(|(t, at)| Some((t, self.today.get(t)?.unit_at(at))));
            wishes.entry(place).or_default().push((k, line.kind));
        }
        for (place, found) in wishes {
            let own = place.and_then(|(t, u)| self.today.get(t)?.units.get(u)).map(|u| u.kind);
            let Some((first, change)) = found.first().and_then(|f| Some((f, self.changes.get(f.0)?))) else {
                continue;
            };
            let agrees = own.is_some() && found.iter().all(|f| f.1 == first.1);
            let is_there = agrees && own == Some(first.1);
            let changes: Vec<usize> = found.iter().map(|f| f.0).collect();
            let state = match (agrees, is_there || changes.len() > 1) {
                (false, _) => State::Conflict,
                (true, true) => State::Identical,
                (true, false) => State::Merged,
            };
            let mut entry = self.entry(state, &changes, change);
            entry.is_there = is_there;
            match place.filter(|_| agrees) {
                Some((segment, unit)) if !is_there => {
                    decided.kinds.push(Turn { segment, unit, kind: first.1, changes });
                }
                Some(_) => {}
                None => {
                    let side = |(k, _): &(usize, Kind)| Side {
                        who: self.changes.get(*k).map(|c| c.who),
                        text: entry.before.clone(),
                        changes: vec![*k],
                    };
                    entry.sides = found.iter().map(side).collect();
                }
            }
            decided.entries.push(entry);
        }
    }

    /// The speech of today's that stands before another, one left out.
    fn speech_before(&self, segment: usize, but: Option<usize>) -> Option<usize> {
        let is_speech = |k: &usize| self.today.get(*k).is_some_and(|s| s.class == Class::Speech);
        (0..segment).rev().find(|k| is_speech(k) && Some(*k) != but)
    }

    /// Speeches in another order: the same wish of several is one, different ones for a speech conflict.
    fn orders(&self, decided: &mut Decided) {
        type Wish = (usize, Option<Option<usize>>);
        let mut wishes: BTreeMap<Option<usize>, Vec<Wish>> = BTreeMap::new();
        for (k, change) in self.changes.iter().enumerate().filter(|(_, c)| c.cannot.is_none()) {
            let (What::Order { behind, ahead }, Some(part), Some(side)) =
                (change.what, change.parts.first(), self.sides.get(change.who))
            else {
                continue;
            };
            let own = side.follow.segment(part.segment);
            let behind = match (behind, ahead) {
                (Some(b), _) => side.follow.segment(b).map(Some),
                // First of the copy, which need not be first of the book: what others have stays before it.
                (None, Some(next)) => side.follow.segment(next).map(|next| self.speech_before(next, own)),
                (None, None) => Some(None),
            };
            wishes.entry(own).or_default().push((k, behind));
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

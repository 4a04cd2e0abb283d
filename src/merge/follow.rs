//! Where each character of the base stands in today's source.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::merge::diff::hunks;
use crate::merge::matching::Matching;
use crate::merge::unit::{END, Segment, Unit};

/// A place in today's segments.
pub(super) type At = (usize, usize);

/// For each segment of the base, where each of its characters (and its end, last) stands today.
pub(super) struct Follow {
    maps: Vec<Vec<Option<At>>>,
    segments: Vec<Option<usize>>,
}

impl Follow {
    pub(super) fn new(base: &[Segment], today: &[Segment], matching: &Matching) -> Self {
        let mut maps: Vec<Vec<Option<At>>> = base.iter().map(|s| vec![None; s.len() + 1]).collect();
        for (i, segment) in base.iter().enumerate() {
            let Some((j, other)) =
                matching.segments.get(i).copied().flatten().and_then(|j| Some((j, today.get(j)?)))
            else {
                continue;
            };
            let Some(map) = maps.get_mut(i) else { continue };
            for group in matching.groups.get(i).into_iter().flatten() {
                fill(map, segment, group.old.clone(), (j, other), group.new.clone());
            }
            if let Some(end) = map.last_mut() {
                *end = Some((j, other.len()));
            }
        }
        for step in &matching.moves {
            let (Some(segment), Some(other)) = (base.get(step.old.0), today.get(step.new.0)) else {
                continue;
            };
            let Some(map) = maps.get_mut(step.old.0) else { continue };
            let (a, b) = (step.old.1, step.new.1);
            fill(map, segment, a..a + 1, (step.new.0, other), b..b + 1);
        }
        Self { maps, segments: matching.segments.clone() }
    }

    /// Where the base is today's source.
    pub(super) fn same(today: &[Segment]) -> Self {
        let map = |(j, s): (usize, &Segment)| (0..=s.len()).map(|at| Some((j, at))).collect();
        Self {
            maps: today.iter().enumerate().map(map).collect(),
            segments: (0..today.len()).map(Some).collect(),
        }
    }

    /// Today's place of a character.
    pub(super) fn at(&self, segment: usize, place: usize) -> Option<At> {
        self.maps.get(segment)?.get(place).copied().flatten()
    }

    /// The way back: where in the base a character of today's stands, none for what has come since.
    pub(super) fn back(&self) -> impl Fn(usize, usize) -> Option<At> {
        let mut found: BTreeMap<At, At> = BTreeMap::new();
        for (segment, map) in self.maps.iter().enumerate() {
            // The last place is the end of the row, no character.
            let own = map.iter().enumerate().take(map.len().saturating_sub(1));
            found.extend(own.filter_map(|(at, to)| Some(((*to)?, (segment, at)))));
        }
        move |segment, at| found.get(&(segment, at)).copied()
    }

    /// Today's segment of one of the base.
    pub(super) fn segment(&self, segment: usize) -> Option<usize> {
        self.segments.get(segment).copied().flatten()
    }

    /// Today's place between two units, when nothing has come between what is left of the base around it.
    pub(super) fn gap(&self, segment: usize, place: usize) -> Option<At> {
        let map = self.maps.get(segment)?;
        let after = map.get(place..)?.iter().flatten().next().copied()?;
        let before = map.get(..place)?.iter().rev().flatten().next();
        match before {
            Some((t, at)) => (*t == after.0 && at + 1 == after.1).then_some(after),
            None => (after.1 == 0).then_some(after),
        }
    }

    /// Whether today nothing stands between a character and the one before it, and both are there.
    pub(super) fn is_joined(&self, segment: usize, place: usize) -> bool {
        match (place.checked_sub(1), self.at(segment, place)) {
            (None, Some((_, at))) => at == 0,
            (Some(before), Some((t, at))) => {
                self.at(segment, before).is_some_and(|(other, b)| other == t && b + 1 == at)
            }
            _ => false,
        }
    }
}

/// Follows the characters of some units into those they became.
fn fill(
    map: &mut [Option<At>],
    base: &Segment,
    old: Range<usize>,
    (j, today): (usize, &Segment),
    new: Range<usize>,
) {
    let (Some(from), Some(to)) = (base.starts.get(old.start), today.starts.get(new.start)) else { return };
    if old.is_empty() || new.is_empty() {
        return;
    }
    let (Some(olds), Some(news)) = (base.units.get(old), today.units.get(new)) else { return };
    let (before, after) = (row(olds), row(news));
    let mut at = (0, 0);
    for hunk in hunks(&before, &after).into_iter().map(Some).chain([None]) {
        let until = hunk.as_ref().map_or(before.len(), |h| h.old.start);
        for k in 0..until.saturating_sub(at.0) {
            if let Some(slot) = map.get_mut(from + at.0 + k) {
                *slot = Some((j, to + at.1 + k));
            }
        }
        if let Some(hunk) = hunk {
            at = (hunk.old.end, hunk.new.end);
        }
    }
}

/// Units as one row, the last one's end included.
fn row(units: &[Unit]) -> Vec<char> {
    units.iter().flat_map(|u| u.chars.iter().copied().chain([END])).collect()
}

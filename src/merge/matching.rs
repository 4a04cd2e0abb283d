//! Which segments of one book are which of another, and which units of them; left-overs paired as moves.

use std::collections::BTreeSet;

use crate::merge::align::{Group, align};
use crate::merge::dice::Pairs;
use crate::merge::unit::{Class, Segment, Unit};
use crate::tree::NodeId;

/// Two speeches that share less are two speeches, whatever their names.
const LEAST_SPEECH: f64 = 0.3;
/// A paragraph that stands elsewhere is the same one from here on.
const LEAST_MOVED: f64 = 0.6;
/// And when it is no shorter than this.
const LEAST_MOVED_CHARS: usize = 6;

/// What became of what.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// For each old segment its new one.
    pub(super) segments: Vec<Option<usize>>,
    /// For each old segment that has one, the groups of units.
    pub(super) groups: Vec<Vec<Group>>,
    /// Units that stand elsewhere: old segment and unit, new segment and unit.
    pub(super) moves: Vec<Move>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub(super) old: (usize, usize),
    pub(super) new: (usize, usize),
}

/// Matches two books. `names` gives the name a unit of the new side bears, if it bears one: a hint, which
/// the text must prove. With `is_fallback` the old side is more than what was sent.
pub(super) fn matching(
    old: &[Segment],
    new: &[Segment],
    names: &dyn Fn(usize, usize) -> Option<NodeId>,
    is_fallback: bool,
) -> Matching {
    let segments = segments(old, new, names);
    let groups: Vec<Vec<Group>> = old
        .iter()
        .zip(&segments)
        .enumerate()
        .map(|(i, (segment, found))| {
            let Some((j, other)) = found.and_then(|j| Some((j, new.get(j)?))) else { return Vec::new() };
            let hint = |a: usize, b: usize| {
                let own = old.get(i).and_then(|s| s.units.get(a)).map(|u| &u.node);
                own.is_some() && names(j, b).as_ref() == own
            };
            align(&segment.units, &other.units, &hint)
        })
        .collect();
    let moves = moves(old, new, &segments, &groups, is_fallback);
    Matching { segments, groups, moves }
}

fn head(segment: &Segment) -> Pairs {
    let lines = segment.units.iter().take_while(|u| u.kind.is_fixed());
    Pairs::of(lines.flat_map(|u| u.chars.iter().copied()))
}

fn whole(segment: &Segment) -> Pairs {
    Pairs::of(segment.units.iter().flat_map(|u| u.chars.iter().copied()))
}

fn segments(
    old: &[Segment],
    new: &[Segment],
    names: &dyn Fn(usize, usize) -> Option<NodeId>,
) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut taken = BTreeSet::new();
    // Equal segments first: most are.
    for (i, segment) in old.iter().enumerate() {
        let is_same = |j: &usize| {
            new.get(*j).is_some_and(|other| {
                !taken.contains(j)
                    && (segment.class == Class::Front && other.class == Class::Front
                        || segment.class == other.class && same_units(&segment.units, &other.units))
            })
        };
        let near = [i.min(new.len())].into_iter().chain(0..new.len());
        if let Some(j) = near.into_iter().find(is_same) {
            taken.insert(j);
            if let Some(slot) = found.get_mut(i) {
                *slot = Some(j);
            }
        }
    }
    let rest: Vec<usize> = (0..old.len()).filter(|i| found.get(*i) == Some(&None)).collect();
    let free: Vec<usize> = (0..new.len()).filter(|j| !taken.contains(j)).collect();
    let of = |side: &[Segment], k: usize| side.get(k).map(|s| (head(s), whole(s)));
    let left: Vec<_> = rest.iter().map(|i| of(old, *i)).collect();
    let right: Vec<_> = free.iter().map(|j| of(new, *j)).collect();
    let mut pairs = Vec::new();
    for (i, a) in rest.iter().zip(&left) {
        for (j, b) in free.iter().zip(&right) {
            let (Some(a), Some(b), Some(one), Some(two)) = (a, b, old.get(*i), new.get(*j)) else { continue };
            if one.class != two.class {
                continue;
            }
            let hinted =
                two.units.iter().enumerate().any(|(k, _)| {
                    names(*j, k).is_some_and(|n| one.units.first().is_some_and(|u| u.node == n))
                });
            let likeness = (a.0.likeness(&b.0) + a.1.likeness(&b.1)) / 2.0;
            let best = likeness.max(a.1.likeness(&b.1));
            if best >= if hinted { LEAST_SPEECH / 2.0 } else { LEAST_SPEECH } {
                pairs.push((best + f64::from(u8::from(hinted)) * 0.2, *i, *j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, i, j) in pairs {
        if let Some(slot) = found.get_mut(i).filter(|slot| slot.is_none() && !taken.contains(&j)) {
            *slot = Some(j);
            taken.insert(j);
        }
    }
    found
}

fn same_units(a: &[Unit], b: &[Unit]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.chars == b.chars)
}

/// Pairs units that one side lost with such as the other gained.
fn moves(
    old: &[Segment],
    new: &[Segment],
    segments: &[Option<usize>],
    groups: &[Vec<Group>],
    is_fallback: bool,
) -> Vec<Move> {
    let mut lost = Vec::new();
    let mut gained = Vec::new();
    let mut matched = BTreeSet::new();
    for (i, found) in segments.iter().enumerate() {
        let Some(j) = *found else {
            // What was never sent was not moved from there.
            if is_fallback {
                continue;
            }
            lost.extend(old.get(i).into_iter().flat_map(|s| 0..s.units.len()).map(|k| (i, k)));
            continue;
        };
        matched.insert(j);
        for group in groups.get(i).into_iter().flatten() {
            match (group.old.is_empty(), group.new.is_empty()) {
                (false, true) => lost.extend(group.old.clone().map(|k| (i, k))),
                (true, false) => gained.extend(group.new.clone().map(|k| (j, k))),
                _ => {}
            }
        }
    }
    for (j, segment) in new.iter().enumerate().filter(|(j, _)| !matched.contains(j)) {
        gained.extend((0..segment.units.len()).map(|k| (j, k)));
    }
    let unit =
        |side: &'_ [Segment], at: (usize, usize)| side.get(at.0).and_then(|s| s.units.get(at.1)).cloned();
    let row = |side: &[Segment], places: &[(usize, usize)]| -> Vec<((usize, usize), Unit, Pairs)> {
        let of = |at: &(usize, usize)| {
            let unit = unit(side, *at)?;
            let is_movable = !unit.kind.is_fixed() && unit.chars.len() >= LEAST_MOVED_CHARS;
            let pairs = Pairs::of(unit.chars.iter().copied());
            is_movable.then_some((*at, unit, pairs))
        };
        places.iter().filter_map(of).collect()
    };
    let (lost, gained) = (row(old, &lost), row(new, &gained));
    // What is gone and new altogether is no move, and comparing all with all takes its time.
    if lost.len().saturating_mul(gained.len()) > 40_000 {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (at, a, p) in &lost {
        for (to, b, q) in &gained {
            let likeness = p.likeness(q);
            if a.kind == b.kind && likeness >= LEAST_MOVED {
                pairs.push((likeness, Move { old: *at, new: *to }));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    let mut out: Vec<Move> = Vec::new();
    for (_, pair) in pairs {
        if !from.contains(&pair.old) && !to.contains(&pair.new) {
            from.insert(pair.old);
            to.insert(pair.new);
            out.push(pair);
        }
    }
    out.sort_unstable();
    out
}

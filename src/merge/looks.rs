//! Words that came back looking otherwise: underlined, red, in another face. A source has no place for that,
//! but whoever did it meant something by it, so it is told.

use std::ops::Range;

use crate::merge::change::{Change, Part, What};
use crate::merge::follow::{At, Follow};
use crate::merge::places::bytes_of;
use crate::merge::report::Why;
use crate::merge::unit::{END, Segment};
use crate::source::{CharFormat, Formatted};

/// More than a person reads; beyond, all that looks otherwise in a speech is told as one.
const MOST: usize = 2_000;

/// So far back what stood before new words is looked for.
const NEAR: usize = 4_096;

/// A stretch of one segment of a copy in one look.
struct Stretch {
    segment: usize,
    range: Range<usize>,
    formats: Vec<CharFormat>,
}

/// Where the look of a copy's words is not that of their styles, `follow` leading from what was sent to the
/// copy. What is emphasis is none of these: the source can say it.
pub(super) fn looks(who: usize, edited: &[Segment], follow: &Follow, formatted: &[Formatted]) -> Vec<Change> {
    if formatted.is_empty() {
        return Vec::new();
    }
    let back = follow.back();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (k, segment) in edited.iter().enumerate() {
        stretches.extend(of_segment(k, segment, formatted));
    }
    if stretches.len() > MOST {
        stretches = one_a_segment(stretches);
    }
    stretches.iter().filter_map(|s| change(who, edited.get(s.segment)?, s, &back)).collect()
}

/// The stretches of a segment; neighbours of one look are one, across the ends of paragraphs too.
fn of_segment(index: usize, segment: &Segment, formatted: &[Formatted]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (unit, start) in segment.units.iter().zip(&segment.starts) {
        let Some(extent) = bytes_of(&unit.places) else { continue };
        let mut at = 0;
        let first = formatted.partition_point(|f| f.range.end <= extent.start);
        let near = formatted.get(first..).unwrap_or_default();
        for one in near.iter().take_while(|f| f.range.start < extent.end) {
            let place = |k: usize| unit.places.get(k).copied().flatten();
            let ends_before = |k: usize| place(k).is_none_or(|(_, end)| end as usize <= one.range.start);
            at += (at..unit.chars.len()).take_while(|k| ends_before(*k)).count();
            let starts_inside = |k: usize| place(k).is_none_or(|(start, _)| (start as usize) < one.range.end);
            let all = (at..unit.chars.len()).take_while(|k| starts_inside(*k));
            let own: Vec<usize> = all.filter(|k| place(*k).is_some()).collect();
            at = own.last().map_or(at, |last| last + 1);
            let (Some(a), Some(b)) = (own.first(), own.last()) else { continue };
            let range = start + a..start + b + 1;
            // What the tree holds as emphasis is compared as such.
            let is_said = |format: &CharFormat| {
                let of = |k: &usize| unit.styles.get(*k).copied().unwrap_or_default();
                match format {
                    CharFormat::Bold | CharFormat::Font => own.iter().all(|k| of(k).is_strong),
                    CharFormat::Italic => own.iter().all(|k| of(k).is_stressed),
                    _ => false,
                }
            };
            let formats: Vec<CharFormat> = one.formats.iter().copied().filter(|f| !is_said(f)).collect();
            if formats.is_empty() {
                continue;
            }
            match out.last_mut() {
                Some(last) if last.formats == formats && is_beside(segment, last.range.end, range.start) => {
                    last.range.end = range.end;
                }
                _ => out.push(Stretch { segment: index, range, formats }),
            }
        }
    }
    out
}

fn one_a_segment(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for one in stretches {
        match out.last_mut().filter(|last| last.segment == one.segment) {
            Some(last) => {
                last.range.end = one.range.end;
                last.formats.extend(one.formats);
                last.formats.sort_unstable();
                last.formats.dedup();
            }
            None => out.push(one),
        }
    }
    out
}

/// Whether only blanks and the end of a paragraph stand between two places.
fn is_beside(segment: &Segment, from: usize, to: usize) -> bool {
    from <= to && segment.slice(from..to).iter().all(|c| c.is_whitespace())
}

fn change(
    who: usize,
    segment: &Segment,
    stretch: &Stretch,
    back: &dyn Fn(usize, usize) -> Option<At>,
) -> Option<Change> {
    let places: Vec<At> = stretch.range.clone().filter_map(|at| back(stretch.segment, at)).collect();
    // New words stand behind what was there before them.
    let before = || (0..stretch.range.start).rev().take(NEAR).find_map(|at| back(stretch.segment, at));
    let (home, range) = match (places.first(), places.last()) {
        (Some(first), Some(last)) if first.0 == last.0 && first.1 <= last.1 => (first.0, first.1..last.1 + 1),
        (Some(first), _) => (first.0, first.1..first.1 + 1),
        _ => before().map_or((0, 0..0), |(s, at)| (s, at + 1..at + 1)),
    };
    let words: String = segment.slice(stretch.range.clone()).into_iter().collect();
    let seen = seen(segment, &stretch.range);
    let part = Part { segment: home, range, is_whole: false, after: Vec::new(), seen, order: 0 };
    (!words.trim_matches(END).is_empty()).then(|| Change {
        who,
        what: What::Look,
        parts: vec![part],
        cannot: Some(Why::Look),
        told: Some(Told { before: words.clone(), after: words, formats: stretch.formats.clone() }),
    })
}

/// What is told of a change instead of what its parts say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) before: String,
    pub(super) after: String,
    /// How words look now.
    pub(super) formats: Vec<CharFormat>,
}

fn seen(segment: &Segment, range: &Range<usize>) -> Option<Range<usize>> {
    let place = |at: usize| {
        let k = segment.unit_at(at);
        let inside = at.checked_sub(*segment.starts.get(k)?)?;
        segment.units.get(k)?.places.get(inside).copied().flatten()
    };
    let start = range.clone().find_map(place)?.0 as usize;
    let end = range.clone().rev().find_map(place)?.1 as usize;
    Some(start..end)
}

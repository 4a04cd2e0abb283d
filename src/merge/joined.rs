//! Several units as one row of characters, to be compared with another.

use std::ops::Range;

use crate::merge::change::Line;
use crate::merge::places::bytes_of;
use crate::merge::unit::{END, Kind, Place, Style, Unit};

/// Several units as one row.
pub(super) struct Joined {
    pub(super) chars: Vec<char>,
    pub(super) styles: Vec<Style>,
    places: Vec<Place>,
    kinds: Vec<Kind>,
}

impl Joined {
    /// With `like`, blanks are as many as there, one where that has some: how a line is spaced out is no
    /// edit of a heading.
    pub(super) fn of(units: &[Unit], like: Option<&Vec<char>>) -> Self {
        let mut row = Joined { chars: Vec::new(), styles: Vec::new(), places: Vec::new(), kinds: Vec::new() };
        for (k, unit) in units.iter().enumerate() {
            if k > 0 {
                row.push(END, Style::default(), None, unit.kind);
            }
            let rest = unit.chars.iter().zip(&unit.styles).zip(&unit.places);
            for ((c, style), place) in rest {
                let is_blank = c.is_whitespace() && *c != END;
                if like.is_some() && is_blank {
                    if row.chars.last().is_none_or(|l| *l != ' ') {
                        row.push(' ', *style, *place, unit.kind);
                    }
                    continue;
                }
                row.push(*c, *style, *place, unit.kind);
            }
        }
        if let Some(like) = like {
            let bare = |chars: &[char]| -> Vec<char> {
                chars.iter().copied().filter(|c| !c.is_whitespace()).collect()
            };
            if bare(like) == bare(&row.chars) && !row.chars.contains(&END) {
                row.respace(like);
            }
        }
        row
    }

    fn push(&mut self, c: char, style: Style, place: Place, kind: Kind) {
        self.chars.push(c);
        self.styles.push(style);
        self.places.push(place);
        self.kinds.push(kind);
    }

    /// The same characters, spaced out as `like` is.
    fn respace(&mut self, like: &[char]) {
        let mut own = (0..self.chars.len())
            .filter(|k| self.chars.get(*k).is_some_and(|c| !c.is_whitespace()))
            .collect::<Vec<_>>()
            .into_iter();
        let kind = self.kinds.first().copied().unwrap_or(Kind::Paragraph);
        let mut row = Joined { chars: Vec::new(), styles: Vec::new(), places: Vec::new(), kinds: Vec::new() };
        for c in like {
            let k = if c.is_whitespace() { None } else { own.next() };
            let style = k.and_then(|k| self.styles.get(k).copied()).unwrap_or_default();
            let place = k.and_then(|k| self.places.get(k).copied()).flatten();
            row.push(*c, style, place, kind);
        }
        *self = row;
    }

    /// A stretch as lines; the first goes on with what is before.
    pub(super) fn lines(&self, range: Range<usize>) -> Vec<Line> {
        let kind_at = |k: usize| self.kinds.get(k).or(self.kinds.last()).copied().unwrap_or(Kind::Paragraph);
        let mut lines = vec![Line::empty(kind_at(range.start))];
        for k in range {
            let (Some(c), Some(style)) = (self.chars.get(k), self.styles.get(k)) else { continue };
            if *c == END {
                lines.push(Line::empty(kind_at(k)));
            } else if let Some(line) = lines.last_mut() {
                line.chars.push(*c);
                line.styles.push(*style);
            }
        }
        lines
    }

    /// The bytes of a stretch; of the gap, for an empty one.
    pub(super) fn seen(&self, range: Range<usize>) -> Option<Range<usize>> {
        let before = self.places.get(..range.start)?.iter().rev().flatten().next().map(|p| p.1 as usize);
        let after = self.places.get(range.end..)?.iter().flatten().next().map(|p| p.0 as usize);
        match bytes_of(self.places.get(range)?) {
            Some(own) => Some(own),
            None => {
                let (a, b) = (before.or(after)?, after.or(before)?);
                Some(a.min(b)..b.max(a))
            }
        }
    }
}

//! A book as rows of lines: what is compared, moved about and written back.

use std::ops::Range;

use crate::tree::{FileId, NodeId};

/// The end of a unit. It is a character like others: deleting it joins two paragraphs, inserting one
/// splits a paragraph.
pub(super) const END: char = '\n';
/// A forced line break inside a unit.
pub(super) const BREAK: char = '\u{2028}';
/// The border between two cells of a row.
pub(super) const CELL: char = '\u{1f}';
/// The mark of a note.
pub(super) const NOTE: char = '\u{fff9}';

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Title,
    Event,
    Part,
    Heading,
    Speaker,
    Paragraph,
    SubHeading(u8),
    /// The first paragraph of an item of a list, by depth from 1.
    Item {
        is_numbered: bool,
        depth: u8,
    },
    /// What follows it in the item.
    ItemMore(u8),
    Quote,
    /// A row of a table; its cells are parted by [`CELL`].
    Row,
    Caption,
    Note,
}

impl Kind {
    /// Whether it stands at most once in its place, so that another text is a new wording.
    pub(super) fn is_fixed(self) -> bool {
        matches!(self, Kind::Title | Kind::Event | Kind::Part | Kind::Heading | Kind::Speaker)
    }

    /// Whether it is a heading of any kind.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Kind::Title | Kind::Event | Kind::Part | Kind::Heading | Kind::SubHeading(_))
    }
}

/// Emphasis of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Style {
    pub(super) is_strong: bool,
    pub(super) is_stressed: bool,
}

/// The bytes of a character in its file; absent where they are not known.
pub(super) type Place = Option<(u32, u32)>;

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) node: NodeId,
    pub(super) kind: Kind,
    pub(super) chars: Vec<char>,
    /// As long as `chars`.
    pub(super) styles: Vec<Style>,
    /// As long as `chars`.
    pub(super) places: Vec<Place>,
    /// Where it stands, its markup included.
    pub(super) extent: Option<(FileId, Range<usize>)>,
}

impl Unit {
    pub(super) fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

/// Units that belong together: what stands before the first speech, a part's heading, a speech.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    pub(super) node: NodeId,
    pub(super) class: Class,
    pub(super) units: Vec<Unit>,
    /// Where each unit begins in the segment's row of characters, and the row's length.
    pub(super) starts: Vec<usize>,
    pub(super) pictures: Vec<Shown>,
}

/// A picture between units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// How many units of its segment stand before it.
    pub(super) before: usize,
    /// As the figure names it.
    pub(super) src: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    #[default]
    Front,
    Part,
    Speech,
}

impl Segment {
    pub(super) fn new(node: NodeId, class: Class, units: Vec<Unit>) -> Self {
        let mut starts = Vec::with_capacity(units.len() + 1);
        let mut at = 0;
        for unit in &units {
            starts.push(at);
            at += unit.chars.len() + 1;
        }
        starts.push(at);
        Self { node, class, units, starts, pictures: Vec::new() }
    }

    /// Characters with the ends of units.
    pub(super) fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The unit that holds a place of the row; the last one for the row's end.
    pub(super) fn unit_at(&self, at: usize) -> usize {
        self.starts.partition_point(|s| *s <= at).saturating_sub(1).min(self.units.len().saturating_sub(1))
    }

    /// Whether a unit begins here, or the row ends.
    pub(super) fn is_border(&self, at: usize) -> bool {
        self.starts.binary_search(&at).is_ok()
    }

    /// The characters of a range, ends of units included.
    pub(super) fn slice(&self, range: Range<usize>) -> Vec<char> {
        let mut out = Vec::with_capacity(range.len());
        let mut at = range.start;
        while at < range.end {
            let k = self.unit_at(at);
            let (Some(unit), Some(start)) = (self.units.get(k), self.starts.get(k)) else { break };
            let inside = at - start;
            let take = (range.end - at).min(unit.chars.len().saturating_sub(inside));
            out.extend(unit.chars.iter().skip(inside).take(take));
            at += take;
            if at < range.end {
                out.push(END);
                at += 1;
            }
        }
        out
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.slice(range).into_iter().collect()
    }

    /// Its heading, for people.
    pub(super) fn name(&self) -> String {
        let heading = self.units.iter().find(|u| u.kind.is_heading()).or(self.units.first());
        let text = |u: &Unit| u.chars.iter().filter(|c| **c != NOTE).collect::<String>();
        heading.map_or_else(String::new, |u| super::shown(&text(u)))
    }
}

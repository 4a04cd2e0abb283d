//! What stands in which row of which laid-out page: the measure for filling pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use typst::foundations::Label;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::config::{PT_PER_MM, Profile};
use crate::render::pdf::fill::{AIR, Fill, Item, Kind, cost_of_page};
use crate::tree::{Block, BlockKind, NodeId, Proceedings, Visit, walk_block};

/// A row of the grid on a page, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    page: usize,
    row: usize,
}

/// The rows of a node at the upper level of the text.
#[derive(Debug, Clone)]
struct Rows {
    id: NodeId,
    first: Place,
    last: Place,
    count: usize,
    /// The last row on each page it stands on.
    ends: Vec<Place>,
    /// The text of each row.
    lines: Vec<String>,
    /// The innermost node of each row's last characters: a paragraph of a list.
    inner: Vec<NodeId>,
}

/// The rows of all nodes, in the order they stand in.
pub(super) struct Layout {
    rows: Vec<Rows>,
    page_rows: usize,
    /// Characters of a full row.
    characters: f64,
    /// Pages that begin in any case.
    opened: BTreeSet<usize>,
}

/// A short last row that pressing may pull in.
const SHORT: usize = 5;

impl Layout {
    /// Measures a document.
    pub(super) fn of(document: &PagedDocument, tree: &Proceedings, profile: &Profile) -> Self {
        let known = known(tree);
        let (size, pitch) = (profile.text.size, profile.text.pitch);
        let first = profile.page.top * PT_PER_MM + 0.88 * size;
        let page_rows = profile.text.rows as usize;
        let mut walk = Walk {
            known: &known,
            open: Vec::new(),
            found: Vec::new(),
            page: 0,
            page_rows,
            size,
            first,
            pitch,
        };
        for (k, page) in document.pages().iter().enumerate() {
            walk.page = k;
            walk.frame(&page.frame, Point::zero());
        }
        let rows: Vec<Rows> = walk.found.into_iter().filter(|r| !r.ends.is_empty()).collect();
        let opening = opening(tree);
        let opened = rows.iter().filter(|r| opening.contains(&&r.id)).map(|r| r.first.page).collect();
        Self { rows, page_rows, characters: f64::from(profile.text.characters), opened }
    }

    /// Paragraphs whose last row is short.
    pub(super) fn short(&self) -> impl Iterator<Item = &NodeId> {
        let is_short = |r: &&Rows| r.count > 1 && r.last_line().count() <= SHORT.min(r.count + 1);
        self.rows.iter().filter(is_short).map(|r| &r.id)
    }

    /// Pressed paragraphs that did not come out as they were measured: words kept together since then leave
    /// a row loose or overfull.
    pub(super) fn spoilt<'a>(&'a self, fill: &'a Fill) -> impl Iterator<Item = &'a NodeId> {
        let is_spoilt = |r: &&Rows| fill.tight.contains(&r.id) && r.is_loose(self.characters);
        self.rows.iter().filter(is_spoilt).map(|r| &r.id)
    }

    /// What the pages cost that run on.
    pub(super) fn cost(&self, fill: &Fill) -> u64 {
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        for end in self.rows.iter().flat_map(|r| &r.ends) {
            last.entry(end.page).and_modify(|r| *r = (*r).max(end.row)).or_insert(end.row);
        }
        let runs_on = |page: &usize| last.contains_key(&(page + 1)) && !self.opened.contains(&(page + 1));
        let short = last.iter().filter(|(page, _)| runs_on(page));
        let pages: u64 = short.map(|(_, row)| cost_of_page(self.page_rows.saturating_sub(row + 1))).sum();
        let runts = self.rows.iter().filter(|r| r.is_runt()).count() as u64;
        let parted = self.parted().count() as u64;
        pages + 1_000 * (runts + parted + self.spoilt(fill).count() as u64)
    }

    /// The ends of paragraphs whose last character stands alone and is not pulled in by pressing: two
    /// characters, to be kept together.
    pub(super) fn lonely(&self, tight: &Layout) -> impl Iterator<Item = (&NodeId, String)> {
        let pressed: HashMap<&NodeId, &Rows> = tight.rows.iter().map(|r| (&r.id, r)).collect();
        self.rows.iter().filter_map(move |own| {
            let is_helped = pressed.get(&own.id).is_some_and(|p| tight.helps(own, p));
            (own.is_runt() && !is_helped).then(|| Some((&own.id, own.end()?))).flatten()
        })
    }

    /// The ends of such of these paragraphs as end in one character.
    pub(super) fn runts(&self, of: &BTreeSet<NodeId>) -> impl Iterator<Item = (&NodeId, String)> {
        let runts = self.rows.iter().filter(|r| of.contains(&r.id) && r.is_runt());
        runts.filter_map(|r| Some((&r.id, r.end()?)))
    }

    /// Whether a paragraph is better pressed: it gives a row, or its last row more than one character,
    /// and no row is loose for it.
    fn helps(&self, own: &Rows, pressed: &Rows) -> bool {
        let gains = pressed.count < own.count || own.is_runt() && !pressed.is_runt();
        gains && !pressed.is_loose(self.characters)
    }

    /// Numbers that a line end parts from what they count, with the paragraph they stand in.
    pub(super) fn parted(&self) -> impl Iterator<Item = (&NodeId, String)> {
        self.rows.iter().flat_map(|r| {
            let pairs = r.lines.windows(2).zip(r.inner.windows(2));
            pairs
                .filter(|(_, inner)| inner[0] == inner[1])
                .filter_map(|(pair, inner)| Some((&inner[1], parted(&pair[0], &pair[1])?)))
        })
    }

    /// The items to plan with, and how many rows are taken before the first. Headings are measured here,
    /// set by `fill`; paragraphs in the layout where none is pressed, and in that where all short ones
    /// are, but for those that pressing spoilt.
    pub(super) fn items(
        &self,
        common: &Layout,
        tight: &Layout,
        tree: &Proceedings,
        fill: &Fill,
        spoilt: &BTreeSet<NodeId>,
    ) -> (Vec<Item>, usize) {
        let kinds = kinds(tree);
        let opening = opening(tree);
        let unpressed: HashMap<&NodeId, &Rows> = common.rows.iter().map(|r| (&r.id, r)).collect();
        let pressed: HashMap<&NodeId, &Rows> = tight.rows.iter().map(|r| (&r.id, r)).collect();
        let taken = self.rows.first().map_or(0, |r| r.first.row);
        let mut items: Vec<Item> = Vec::with_capacity(self.rows.len());
        for (k, rows) in self.rows.iter().enumerate() {
            let kind = kinds.get(&rows.id).copied().unwrap_or(Kind::Whole);
            let next = self.rows.get(k + 1);
            let before = k.checked_sub(1).and_then(|k| self.rows.get(k));
            // Where it begins: behind what stands above, or at the head of the page.
            let above = before.filter(|b| b.last.page == rows.first.page).map(|b| b.last.row + 1);
            let begin = match k {
                0 => taken,
                _ => above.unwrap_or(0),
            };
            let to_next = next.filter(|n| n.first.page == rows.first.page).map(|n| n.first.row);
            let item = match kind {
                Kind::Head { .. } | Kind::Sub => {
                    let air = match (kind, above) {
                        (Kind::Head { .. }, Some(_)) => fill.air.get(&rows.id).copied().unwrap_or(AIR),
                        _ => 0,
                    };
                    let blank = usize::from(air + fill.below.get(&rows.id).copied().unwrap_or(0));
                    let end = to_next.unwrap_or(rows.last.row + 1);
                    (kind, end.saturating_sub(begin + blank).max(1))
                }
                Kind::Text { .. } => {
                    let own = unpressed.get(&rows.id).copied().unwrap_or(rows);
                    let other = pressed.get(&rows.id).filter(|p| tight.helps(own, p));
                    let other = other.filter(|_| !spoilt.contains(&rows.id));
                    let must = own.is_runt() && other.is_some();
                    (Kind::Text { tight: other.map(|p| p.count), must }, own.count)
                }
                Kind::Whole => {
                    let own = rows.last.row.saturating_sub(rows.first.row) + 1;
                    (kind, to_next.map_or(own, |end| end.saturating_sub(begin)).max(1))
                }
            };
            items.push(Item {
                id: rows.id.clone(),
                kind: item.0,
                rows: item.1,
                opens_page: opening.contains(&&rows.id),
            });
        }
        (items, taken)
    }
}

impl Rows {
    fn new(id: NodeId) -> Self {
        let nowhere = Place { page: 0, row: 0 };
        Self {
            id,
            first: nowhere,
            last: nowhere,
            count: 0,
            ends: Vec::new(),
            lines: Vec::new(),
            inner: Vec::new(),
        }
    }

    /// Whether one character stands alone in the last row.
    fn is_runt(&self) -> bool {
        self.count > 1 && self.last_line().filter(|c| c.is_alphanumeric()).count() <= 1
    }

    /// Its last two characters with the marks behind them.
    fn end(&self) -> Option<String> {
        let text: String = self.lines.concat();
        let mut letters = text.char_indices().rev().filter(|(_, c)| c.is_alphanumeric());
        let (at, _) = letters.nth(1)?;
        Some(text[at..].to_owned())
    }

    /// Whether a row but the last holds less than would stand in it, or far more than marks can give.
    fn is_loose(&self, characters: f64) -> bool {
        let width = |c: char| match c {
            'A'..='Z' => 0.75,
            _ if c.is_ascii() => 0.58,
            _ => 1.0,
        };
        self.lines.windows(2).enumerate().any(|(k, pair)| {
            let indent = if k == 0 { 2.0 } else { 0.0 };
            let taken: f64 = pair[0].trim_end().chars().map(width).sum::<f64>() + indent;
            let mut next = pair[1].chars();
            let (Some(first), second) = (next.next(), next.next()) else { return false };
            let may_part =
                !first.is_ascii() && first.is_alphanumeric() && second.is_none_or(char::is_alphanumeric);
            may_part && taken + 1.0 <= characters || taken > characters + 1.8
        })
    }

    /// The characters of the last row.
    fn last_line(&self) -> impl Iterator<Item = char> {
        self.lines.last().into_iter().flat_map(|l| l.chars()).filter(|c| !c.is_whitespace())
    }
}

/// The labels of all nodes, as Typst has them.
fn known(tree: &Proceedings) -> HashMap<String, NodeId> {
    struct Ids(HashMap<String, NodeId>);
    impl Visit for Ids {
        fn block(&mut self, block: &Block) {
            self.0.insert(block.id.to_string(), block.id.clone());
            walk_block(self, block);
        }
    }
    let heads = tree.parts.iter().map(|p| &p.id).chain(tree.speeches.iter().map(|s| &s.id));
    let mut ids = Ids(heads.map(|id| (id.to_string(), id.clone())).collect());
    ids.proceedings(tree);
    ids.0
}

fn kinds(tree: &Proceedings) -> HashMap<NodeId, Kind> {
    let of = |block: &Block| match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Quote(_) => {
            Kind::Text { tight: None, must: false }
        }
        BlockKind::Heading(_) => Kind::Sub,
        _ => Kind::Whole,
    };
    let blocks = tree.lede.iter().chain(tree.parts.iter().flat_map(|p| &p.intro));
    let blocks = blocks.chain(tree.speeches.iter().flat_map(|s| &s.body));
    let mut kinds: HashMap<NodeId, Kind> = blocks.map(|b| (b.id.clone(), of(b))).collect();
    kinds.extend(tree.parts.iter().map(|p| (p.id.clone(), Kind::Sub)));
    kinds.extend(tree.speeches.iter().map(|s| {
        let may_part = !s.heading.text.trim().is_empty() && !s.speakers.is_empty();
        (s.id.clone(), Kind::Head { may_part })
    }));
    kinds
}

/// The parts that begin a page: all but the first.
fn opening(tree: &Proceedings) -> Vec<&NodeId> {
    tree.parts.iter().skip(1).map(|p| &p.id).collect()
}

/// The units a number is not parted from (CLREQ 3.1.7); counting words such as 个 and 名 are many, and
/// customary print lets them go. `verify` asks for the same.
const UNITS: &str = "%％‰℃°年月日时分秒元角万亿千百米吨克升亩里届";

/// What begins no line, though Typst lets it: it stays with the letter before it (CLREQ 3.1.7).
const DASHES: [char; 3] = ['—', '…', '·'];

/// The number with its unit, or with 第, that the end of a line parts; the letter and the dash behind it.
fn parted(line: &str, next: &str) -> Option<String> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '第');
    if next.trim_start().starts_with(DASHES) {
        let (line, next) = (line.trim_end(), next.trim_start());
        let (from, letter) = line.char_indices().rev().find(|(_, c)| c.is_alphanumeric())?;
        // A number stays with its unit all the same.
        let number = line[..from].trim_end_matches(is_number).len();
        let from = if UNITS.contains(letter) || letter.is_ascii_digit() { number } else { from };
        let to = next.find(|c: char| !DASHES.contains(&c)).unwrap_or(next.len());
        return Some(format!("{}{}", &line[from..], &next[..to]));
    }
    let (line, next) = (line.trim_end(), next.trim_start());
    let head = &line[line.trim_end_matches(is_number).len()..];
    let digits = next.len() - next.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let unit = next[digits..].chars().next().filter(|c| UNITS.contains(*c));
    let is_whole_number = head.ends_with(|c: char| c.is_ascii_digit());
    let goes_on = match digits {
        0 => is_whole_number && unit.is_some(),
        _ => !head.is_empty(),
    };
    goes_on.then(|| format!("{head}{}{}", &next[..digits], unit.map(String::from).unwrap_or_default()))
}

struct Walk<'a> {
    known: &'a HashMap<String, NodeId>,
    /// Labelled nodes that are open, the outermost first, by their place in `found`.
    open: Vec<Open>,
    found: Vec<Rows>,
    page: usize,
    page_rows: usize,
    /// The size of the text, in pt: notes at the foot are smaller.
    size: f64,
    /// Baseline of the first row, in pt.
    first: f64,
    pitch: f64,
}

/// A labelled node that is not closed yet.
struct Open {
    location: Location,
    id: NodeId,
    /// Its place in `found`, when it stands at the upper level.
    slot: Option<usize>,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, at: Point) {
        for (point, item) in frame.items() {
            let here = at + *point;
            match item {
                // What is turned stands across the page behind the text: the status.
                FrameItem::Group(group) if !group.transform.ky.is_zero() => {}
                FrameItem::Group(group) => self.frame(&group.frame, here),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let label = content.label().and_then(|l| self.id(l));
                    let (Some(id), Some(location)) = (label, content.location()) else { continue };
                    let is_outer = self.open.is_empty();
                    let slot = is_outer.then(|| {
                        self.found.push(Rows::new(id.clone()));
                        self.found.len() - 1
                    });
                    self.open.push(Open { location, id, slot });
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(k) = self.open.iter().rposition(|open| open.location == *location) {
                        self.open.remove(k);
                    }
                }
                FrameItem::Text(text) if text.size.to_pt() > 0.8 * self.size => {
                    self.text(&text.text, here.y.to_pt());
                }
                _ => {}
            }
        }
    }

    fn id(&self, label: Label) -> Option<NodeId> {
        self.known.get(label.resolve().as_str()).cloned()
    }

    fn text(&mut self, text: &str, baseline: f64) {
        let Some(k) = self.open.iter().find_map(|open| open.slot) else { return };
        let Some(inner) = self.open.last().map(|open| open.id.clone()) else { return };
        let row = ((baseline - self.first) / self.pitch).round().max(0.0) as usize;
        if row >= self.page_rows {
            // The page number, while a paragraph goes on to the next page.
            return;
        }
        let place = Place { page: self.page, row };
        let rows = &mut self.found[k];
        match rows.ends.last().copied() {
            None => {
                (rows.first, rows.last, rows.count, rows.ends) = (place, place, 1, vec![place]);
                rows.lines.push(String::new());
                rows.inner.push(inner.clone());
            }
            Some(end) if place > end => {
                rows.last = place;
                rows.count += 1;
                rows.lines.push(String::new());
                rows.inner.push(inner.clone());
                match rows.ends.last_mut().filter(|e| e.page == place.page) {
                    Some(end) => *end = place,
                    None => rows.ends.push(place),
                }
            }
            Some(end) if place == end => {}
            // A note at the foot or the like: no row of the paragraph.
            Some(_) => return,
        }
        if let Some(line) = rows.lines.last_mut() {
            line.push_str(text);
        }
        if let Some(last) = rows.inner.last_mut().filter(|last| **last != inner) {
            *last = inner;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_number_and_its_unit_are_one() {
        for (line, next, expected) in [
            ("增长5", "%以上", Some("5%")),
            ("于20", "26年春", Some("2026年")),
            ("第", "14届", Some("第14届")),
            ("第14", "届", Some("第14届")),
            ("有16", "万人", Some("16万")),
            ("有16", "位委员", None),
            ("1,2", "60个", Some("1,260")),
            ("共16", "，其中", None),
            ("推进第", "一批", None),
            ("版本2.", "0，", Some("2.0")),
            ("推进", "2026年", None),
            ("推进", "——这是", Some("进——")),
            ("推进，—", "—这是", Some("进，——")),
            ("召开第14届", "——这是", Some("第14届——")),
        ] {
            assert_eq!(parted(line, next).as_deref(), expected, "{line}|{next}");
        }
    }
}

//! Pages filled to their last row: how many blank rows stand around each heading, and which paragraphs
//! have their marks pressed together.
//!
//! A page that ends early because a heading did not fit below it looks torn. The rules that forbid it
//! to fit (a heading with its text, no single row of a paragraph) are kept; what gives way is the air
//! above headings and below speakers, by rows, and a short last row of a paragraph. Which of them, is
//! the cheapest way through the whole text, page by page.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::render::RenderError;
use crate::tree::NodeId;

/// What is set otherwise than in the common way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fill {
    /// Blank rows above the heading of a speech.
    pub(super) air: BTreeMap<NodeId, u8>,
    /// Blank rows below the speakers of a speech.
    pub(super) below: BTreeMap<NodeId, u8>,
    /// Paragraphs whose lines are pressed together.
    pub(super) tight: BTreeSet<NodeId>,
    /// Words of a paragraph that a line end would part.
    pub(super) kept: BTreeMap<NodeId, BTreeSet<String>>,
}

/// Blank rows above a heading that is set in the common way.
pub(super) const AIR: u8 = 1;

impl Fill {
    /// The form that the templates read: `fill.json`.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, RenderError> {
        let tight: serde_json::Map<String, Value> =
            self.tight.iter().map(|id| (id.to_string(), Value::Bool(true))).collect();
        let all = json!({ "air": self.air, "below": self.below, "tight": tight, "kept": self.kept });
        serde_json::to_vec(&all).map_err(|e| RenderError::defect("typst", e))
    }
}

/// What stands on the pages, one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: NodeId,
    pub(super) kind: Kind,
    /// Rows of the grid it takes.
    pub(super) rows: usize,
    /// Whether a new page begins before it in any case.
    pub(super) opens_page: bool,
}

/// How an item may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A speech's heading with its speakers: not parted from what follows, with air above, and below
    /// where it has both.
    Head { may_part: bool },
    /// A heading inside a speech.
    Sub,
    /// Rows that may be parted, but not one alone. `tight`: how many there are when marks are pressed
    /// together; `must`: that they have to be, since one character would stand in the last row.
    Text { tight: Option<usize>, must: bool },
    /// Something that is not parted.
    Whole,
}

/// What a page costs that ends so many rows early.
pub(super) fn cost_of_page(short: usize) -> u64 {
    match short {
        0 => 0,
        1 => 8,
        n => 100 * (n as u64 - 1),
    }
}

const COST_OF_AIR: [u64; 5] = [3, 0, 2, 25, 70];
const COST_OF_BELOW: [u64; 3] = [0, 12, 60];
const COST_OF_TIGHT: u64 = 1;

/// A way through the items so far.
#[derive(Clone)]
struct Way {
    cost: u64,
    /// The last choice, as an index into all that were made.
    last: Option<usize>,
}

/// A choice and the one before it.
struct Choice {
    item: usize,
    way: Setting,
    before: Option<usize>,
}

/// How an item is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Setting {
    /// Blank rows above.
    air: u8,
    /// Blank rows below.
    below: u8,
    tight: bool,
}

const COMMON: Setting = Setting { air: AIR, below: 0, tight: false };

/// The cheapest way to set the items on pages of so many rows, the first `taken` of which are taken on
/// the first page.
pub(super) fn plan(items: &[Item], page_rows: usize, taken: usize) -> Fill {
    // ways[r]: the best way that leaves r rows taken on the page; a full page is an empty one.
    let mut ways: Vec<Option<Way>> = vec![None; page_rows];
    ways[taken.min(page_rows - 1)] = Some(Way { cost: 0, last: None });
    let mut choices: Vec<Choice> = Vec::new();
    for (k, item) in items.iter().enumerate() {
        if item.opens_page && k > 0 {
            let best = ways.iter().flatten().min_by_key(|w| w.cost).cloned();
            ways = vec![None; page_rows];
            ways[0] = best;
        }
        let need = need_behind(items, k, page_rows);
        let mut next: Vec<Option<Way>> = vec![None; page_rows];
        for (row, way) in ways.iter().enumerate() {
            let Some(way) = way else { continue };
            for (setting, cost) in options(item, row) {
                let (end, pages) = set(item.kind, row, setting.air, rows_of(item, setting), need, page_rows);
                let cost = way.cost + cost + pages;
                if next[end].as_ref().is_none_or(|w| cost < w.cost) {
                    let last = if setting == COMMON {
                        way.last
                    } else {
                        choices.push(Choice { item: k, way: setting, before: way.last });
                        Some(choices.len() - 1)
                    };
                    next[end] = Some(Way { cost, last });
                }
            }
        }
        ways = next;
    }
    let mut fill = Fill::default();
    let mut at = ways.into_iter().flatten().min_by_key(|w| w.cost).and_then(|w| w.last);
    while let Some(choice) = at.and_then(|k| choices.get(k)) {
        if let Some(item) = items.get(choice.item) {
            if choice.way.tight {
                fill.tight.insert(item.id.clone());
            }
            if choice.way.below > 0 {
                fill.below.insert(item.id.clone(), choice.way.below);
            }
            if choice.way.air != AIR {
                fill.air.insert(item.id.clone(), choice.way.air);
            }
        }
        at = choice.before;
    }
    fill
}

fn rows_of(item: &Item, setting: Setting) -> usize {
    match item.kind {
        Kind::Text { tight: Some(rows), .. } if setting.tight => rows,
        _ => item.rows + usize::from(setting.below),
    }
}

/// The ways to set an item, and what each costs.
fn options(item: &Item, row: usize) -> Vec<(Setting, u64)> {
    let tight = |cost| (Setting { tight: true, ..COMMON }, cost);
    match item.kind {
        Kind::Head { may_part } => {
            // At the head of a page there is no air.
            let airs = if row == 0 { vec![(AIR, 0)] } else { (0u8..).zip(COST_OF_AIR).collect() };
            let belows = (0u8..).zip(COST_OF_BELOW).take(if may_part { COST_OF_BELOW.len() } else { 1 });
            let both = |(air, cost)| {
                belows.clone().map(move |(below, more)| (Setting { air, below, ..COMMON }, cost + more))
            };
            airs.into_iter().flat_map(both).collect()
        }
        Kind::Text { must: true, .. } => vec![tight(0)],
        Kind::Text { tight: Some(_), .. } => vec![(COMMON, 0), tight(COST_OF_TIGHT)],
        _ => vec![(COMMON, 0)],
    }
}

/// Rows that have to stand on the page behind a heading.
fn need_behind(items: &[Item], k: usize, page_rows: usize) -> usize {
    let mut need = 0;
    let mut at = k;
    while matches!(items[at].kind, Kind::Head { .. } | Kind::Sub) {
        let Some(next) = items.get(at + 1).filter(|n| !n.opens_page) else { break };
        need += match next.kind {
            Kind::Text { .. } => first_rows(next.rows),
            Kind::Head { .. } | Kind::Sub | Kind::Whole => next.rows,
        };
        at += 1;
        if need >= page_rows {
            return page_rows;
        }
    }
    need
}

/// How many rows of a paragraph stand together at its beginning: three are not parted at all.
fn first_rows(rows: usize) -> usize {
    if rows == 3 { 3 } else { rows.min(2) }
}

/// Sets an item at a row; gives the row behind it and what the pages cost that it ends.
fn set(kind: Kind, row: usize, air: u8, rows: usize, need: usize, page_rows: usize) -> (usize, u64) {
    let wrapped = |row: usize, cost: u64| if row == page_rows { (0, cost) } else { (row, cost) };
    match kind {
        Kind::Head { .. } | Kind::Sub | Kind::Whole => {
            let has_air = matches!(kind, Kind::Head { .. }) && row > 0;
            let air = if has_air { usize::from(air) } else { 0 };
            let (all, high) = (air + rows + need, rows.min(page_rows));
            if row > 0 && row + all > page_rows {
                return wrapped(high, cost_of_page(page_rows - row));
            }
            wrapped((row + air + rows).min(page_rows), 0)
        }
        Kind::Text { .. } => {
            let (mut row, mut left, mut cost) = (row, rows, 0);
            let mut is_first = true;
            loop {
                let room = page_rows - row;
                if left <= room {
                    return wrapped(row + left, cost);
                }
                let least = if is_first { first_rows(left) } else { 1 };
                let mut here = room.min(left);
                if left - here == 1 {
                    here = here.saturating_sub(1);
                }
                if here < least {
                    here = 0;
                }
                if here == 0 && row == 0 {
                    // A page of two rows or the like: nothing can be kept together.
                    here = room;
                }
                cost += cost_of_page(room - here);
                (row, left) = (0, left - here);
                is_first = is_first && here == 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(k: usize, rows: usize, tight: Option<usize>) -> Item {
        let kind = Kind::Text { tight, must: false };
        Item { id: NodeId::new(format!("p{k}")), kind, rows, opens_page: false }
    }

    fn head(k: usize, rows: usize) -> Item {
        Item {
            id: NodeId::new(format!("s{k}")),
            kind: Kind::Head { may_part: true },
            rows,
            opens_page: false,
        }
    }

    /// What all pages cost but the last.
    fn cost(items: &[Item], fill: &Fill, page_rows: usize) -> u64 {
        let mut row = 0;
        let mut total = 0;
        for (k, item) in items.iter().enumerate() {
            let setting = Setting {
                air: fill.air.get(&item.id).copied().unwrap_or(AIR),
                below: fill.below.get(&item.id).copied().unwrap_or(0),
                tight: fill.tight.contains(&item.id),
            };
            let need = need_behind(items, k, page_rows);
            let (end, cost) = set(item.kind, row, setting.air, rows_of(item, setting), need, page_rows);
            row = end;
            total += cost;
        }
        total
    }

    #[test]
    fn a_heading_that_just_does_not_fit_gives_its_air() {
        let items = [text(1, 15, None), head(1, 4), text(2, 9, None)];
        // 15 + 1 + 4 + 2 fit; one row more does not, but without air it does.
        assert_eq!(plan(&items, 22, 0), Fill::default());
        let items = [text(1, 16, None), head(1, 4), text(2, 9, None)];
        assert_eq!(plan(&items, 22, 0).air, BTreeMap::from([(NodeId::new("s1"), 0)]));
    }

    #[test]
    fn a_short_last_row_is_pressed_where_it_helps() {
        let items = [text(1, 17, Some(16)), head(1, 4), text(2, 9, None)];
        let fill = plan(&items, 22, 0);
        assert!(fill.tight.contains(&NodeId::new("p1")) && fill.air.len() == 1, "{fill:?}");
    }

    #[test]
    fn no_row_stands_alone() {
        let alone = Kind::Text { tight: None, must: false };
        // Three rows are not parted; of four two stay.
        assert_eq!(set(alone, 20, 0, 3, 0, 22), (3, cost_of_page(2)));
        assert_eq!(set(alone, 20, 0, 4, 0, 22), (2, 0));
        assert_eq!(set(alone, 21, 0, 4, 0, 22), (4, cost_of_page(1)));
        assert_eq!(set(alone, 0, 0, 45, 0, 22), (2, 8));
    }

    fn items() -> impl Strategy<Value = Vec<Item>> {
        proptest::collection::vec((0usize..4, 1usize..14, any::<bool>()), 1..60).prop_map(|list| {
            let item = |(k, (kind, rows, tight)): (usize, (usize, usize, bool))| match kind {
                0 => head(k, rows.min(6)),
                _ => text(k, rows, (tight && rows > 1).then(|| rows - 1)),
            };
            list.into_iter().enumerate().map(item).collect()
        })
    }

    proptest! {
        #[test]
        fn a_plan_is_never_worse_than_none(items in items()) {
            let fill = plan(&items, 22, 0);
            prop_assert!(cost(&items, &fill, 22) <= cost(&items, &Fill::default(), 22));
            prop_assert!(fill.air.values().all(|air| usize::from(*air) < COST_OF_AIR.len()));
        }
    }
}

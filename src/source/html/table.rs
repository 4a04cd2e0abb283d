//! Tables: those that hold data, told from those that lay a page out.

use crate::source::html::dom::{Data, Dom, Id};
use crate::source::html::flow::Walk;
use crate::source::html::style::Style;
use crate::tree::{Alignment, Cell, Span, Table};

/// A table with more places than this is no table a person made.
const MOST_CELLS: usize = 200_000;
/// A cell with more text than this holds prose.
const LONG_CELL: usize = 300;

/// The rows of a data table: each its cells with the columns and rows they cover.
pub(super) struct Grid {
    caption: Option<Id>,
    rows: Vec<Vec<Place>>,
    width: usize,
}

struct Place {
    id: Id,
    columns: usize,
    rows: usize,
}

/// The rows and cells of a table that holds data; none for one that lays a page out.
pub(super) fn grid(dom: &Dom<'_>, table: Id) -> Option<Grid> {
    let mut grid = Grid { caption: None, rows: Vec::new(), width: 0 };
    if matches!(dom.attribute(table, "role"), Some("presentation" | "none")) {
        return None;
    }
    for child in dom.children(table) {
        match dom.name(child) {
            "caption" => grid.caption = Some(child),
            "tr" => grid.push(dom, child),
            "thead" | "tbody" | "tfoot" => {
                for row in dom.children(child) {
                    match dom.name(row) {
                        "tr" => grid.push(dom, row),
                        _ if has_text(dom, row) => return None,
                        _ => {}
                    }
                }
            }
            "colgroup" | "col" => {}
            _ if has_text(dom, child) => return None,
            _ => {}
        }
    }
    grid.rows.retain(|row| !row.is_empty());
    grid.width = grid.rows.iter().map(|row| row.iter().map(|p| p.columns).sum()).max().unwrap_or(0);
    let cells = || grid.rows.iter().flatten();
    let has_head = cells().any(|p| dom.name(p.id) == "th");
    let is_grid = grid.rows.len() >= 2 && grid.width >= 2 && grid.width * grid.rows.len() <= MOST_CELLS;
    let holds_data = cells().all(|p| is_data(dom, p.id, has_head));
    // Two columns of which one is always blank are margins.
    let filled = cells().filter(|p| has_text(dom, p.id)).count();
    let is_full = has_head || filled * 2 > cells().count();
    (is_grid && holds_data && is_full).then_some(grid)
}

impl Grid {
    fn push(&mut self, dom: &Dom<'_>, row: Id) {
        let span = |id, key, most: usize| {
            let said = dom.attribute(id, key).and_then(|v| v.trim().parse::<usize>().ok());
            said.unwrap_or(1).clamp(1, most)
        };
        let cells = dom.children(row).filter(|c| matches!(dom.name(*c), "td" | "th"));
        let place = |id| Place { id, columns: span(id, "colspan", 100), rows: span(id, "rowspan", 1_000) };
        self.rows.push(cells.map(place).collect());
    }
}

fn has_text(dom: &Dom<'_>, id: Id) -> bool {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match dom.nodes.get(id).map(|n| &n.data) {
            Some(Data::Text(range)) => {
                let text = dom.text.get(range.clone()).unwrap_or("").replace("&nbsp;", "");
                if !text.trim().is_empty() {
                    return true;
                }
            }
            Some(Data::Strange(_)) => return true,
            _ => open.extend(dom.children(id)),
        }
    }
    false
}

/// Whether a cell holds a piece of data: no table, list, heading or prose in paragraphs.
fn is_data(dom: &Dom<'_>, cell: Id, has_head: bool) -> bool {
    let mut open: Vec<Id> = dom.children(cell).collect();
    let (mut paragraphs, mut length) = (0, 0);
    while let Some(id) = open.pop() {
        match &dom.nodes.get(id).map(|n| &n.data) {
            Some(Data::Text(range)) => {
                length += dom.text.get(range.clone()).map_or(0, |t| t.trim().chars().count())
            }
            Some(Data::Element { name, .. }) => match *name {
                "table" | "ul" | "ol" | "blockquote" | "form" | "iframe" | "script" | "input" => {
                    return false;
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return false,
                "p" | "div" | "br" => paragraphs += 1,
                _ => {}
            },
            _ => {}
        }
        open.extend(dom.children(id));
    }
    length <= LONG_CELL || has_head && paragraphs <= 1 && length <= 10 * LONG_CELL
}

/// The table of a grid, where it stands and how many of its characters are links.
pub(super) fn read(walk: &mut Walk<'_>, grid: &Grid, style: Style) -> Option<(Table, Option<Span>, usize)> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // For each column, how many rows below are covered by a cell above.
    let mut covered: Vec<usize> = vec![0; grid.width];
    let mut alignments = vec![Alignment::Start; grid.width];
    let (mut extent, mut linked): (Option<Span>, usize) = (None, 0);
    let mut see = |span: Option<Span>, links: usize| {
        extent = match (extent, span) {
            (Some(a), Some(b)) => Some(a.to(b)),
            (a, b) => a.or(b),
        };
        linked += links;
    };
    for places in &grid.rows {
        let mut row: Vec<Cell> = Vec::new();
        let fill = |row: &mut Vec<Cell>, covered: &mut Vec<usize>| {
            while let Some(rest) = covered.get_mut(row.len()).filter(|n| **n > 0) {
                *rest -= 1;
                row.push(Cell::default());
            }
        };
        for place in places {
            fill(&mut row, &mut covered);
            let inner = style.inside(walk.dom, place.id);
            let (inlines, span, links) = walk.cell(place.id, inner);
            see(span, links);
            for column in 0..place.columns {
                let at = row.len();
                let content = if column == 0 { inlines.clone() } else { Vec::new() };
                row.push(Cell::new(content));
                if covered.len() <= at {
                    covered.resize(at + 1, 0);
                }
                if let Some(rest) = covered.get_mut(at) {
                    *rest = place.rows - 1;
                }
                if let (true, Some(alignment)) = (rows.len() <= 1, alignments.get_mut(at)) {
                    *alignment = alignment_of(inner);
                }
            }
        }
        fill(&mut row, &mut covered);
        rows.push(row);
    }
    if rows.len() < 2 || rows.len() * covered.len() > 2 * MOST_CELLS {
        return None;
    }
    // Old tables mark no head; their first row is it.
    let head = rows.remove(0);
    let mut made = Table::new(alignments, head, rows);
    if let Some(caption) = grid.caption {
        let (inlines, span, links) = walk.cell(caption, style.inside(walk.dom, caption));
        see(span, links);
        made.caption = inlines;
    }
    Some((made, extent, linked))
}

fn alignment_of(style: Style) -> Alignment {
    match (style.centred, style.right) {
        (true, _) => Alignment::Center,
        (_, true) => Alignment::End,
        _ => Alignment::Start,
    }
}

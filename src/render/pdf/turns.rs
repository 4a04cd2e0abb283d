//! With which character of the tree each printed page begins.
//!
//! The frames tell which node draws what; a node's characters are counted from page to page. Where what a
//! page begins with stands elsewhere in the node's text, as in a row of a table that goes on in all its
//! columns, the place that is nearest counts.

use std::collections::HashMap;

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::config::{Config, PT_PER_MM, PrintPart};
use crate::render::Turn;
use crate::tree::{
    Block, BlockKind, NodeId, Proceedings, Speech, Visit, plain_text, walk_block, walk_speech,
};

/// How many characters of a page are looked for in the node's text, the first number that is found.
const WANTED: [usize; 4] = [32, 12, 6, 3];

/// The turns of all pages that carry text.
///
/// Where there is no cover, or 报头 stands over the text, the first of them begins with the book's title.
pub(super) fn of(document: &PagedDocument, tree: &Proceedings, config: &Config) -> Vec<Turn> {
    let profile = &config.look;
    let mut walk = Walk {
        nodes: nodes(tree),
        open: Vec::new(),
        drawn: Vec::new(),
        least: profile.sizes.note + 0.1,
        // Half a row below the last baseline.
        foot: profile.page.top * PT_PER_MM
            + 0.88 * profile.text.size
            + (f64::from(profile.text.rows) - 0.5) * profile.text.pitch,
    };
    let mut turns = Vec::new();
    for page in document.pages() {
        walk.frame(&page.frame, Point::zero());
        let turn = walk.turn();
        turns.extend(
            turn.zip(usize::try_from(page.number).ok()).map(|((node, at), n)| Turn::new(n, node, at)),
        );
    }
    let is_headed = config.prints(PrintPart::Head) || !config.prints(PrintPart::Cover);
    if let Some(first) = turns.first_mut().filter(|turn| is_headed && turn.page == 1) {
        *first = Turn::new(1, tree.front.title.id.clone(), 0);
    }
    turns
}

/// A node with a label and text of its own.
struct Node {
    id: NodeId,
    /// The characters of its running text that count.
    text: Vec<char>,
    /// Of a table, where its caption ends and where its head ends.
    head: (usize, usize),
    /// How many characters the pages before have drawn.
    drawn: usize,
}

impl Node {
    fn new(id: &NodeId, text: &str) -> Self {
        Self { id: id.clone(), text: counted(text).collect(), head: (0, 0), drawn: 0 }
    }

    /// Where what a page draws of this node begins in its text, and how many characters it draws.
    fn place(&self, drawn: &[char]) -> (Option<usize>, usize) {
        // The head of a table stands on each of its pages again.
        let head = self.text.get(self.head.0..self.head.1).unwrap_or_default();
        let is_again = self.drawn >= self.head.1 && !head.is_empty() && drawn.starts_with(head);
        let drawn = if is_again { &drawn[head.len()..] } else { drawn };
        if drawn.is_empty() {
            return (None, 0);
        }
        let found = WANTED.into_iter().find_map(|n| self.nearest(&drawn[..n.min(drawn.len())]));
        // Right-to-left letters and stand-ins for what no font has are found nowhere.
        let place = found.or_else(|| (self.drawn < self.text.len()).then_some(self.drawn));
        (place, drawn.len())
    }

    /// The place of some characters that is nearest to those that are next.
    fn nearest(&self, wanted: &[char]) -> Option<usize> {
        let places = self.text.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted);
        places.map(|(k, _)| k).min_by_key(|k| k.abs_diff(self.drawn))
    }
}

fn counted(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| Turn::counts(*c))
}

/// The nodes by their labels; nothing for those whose text is no text of the page: lists, whose labels are
/// marks, and what stands at the foot.
fn nodes(tree: &Proceedings) -> Nodes {
    let mut nodes = Nodes::default();
    for part in &tree.parts {
        nodes.add(Node::new(&part.id, &part.title));
    }
    nodes.proceedings(tree);
    nodes
}

#[derive(Default)]
struct Nodes {
    list: Vec<Node>,
    by_label: HashMap<String, Option<usize>>,
    in_note: bool,
}

impl Nodes {
    fn add(&mut self, node: Node) {
        self.by_label.insert(node.id.to_string(), Some(self.list.len()));
        self.list.push(node);
    }
}

impl Visit for Nodes {
    fn speech(&mut self, speech: &Speech) {
        let heading = speech.heading.display();
        // A turn of a conversation has its speakers for a heading.
        let is_bare = speech.heading.text.trim().is_empty();
        let who: String = speech.speakers.iter().map(|s| s.display_name() + &s.title).collect();
        self.add(Node::new(&speech.id, if is_bare { &who } else { &heading }));
        walk_speech(self, speech);
    }

    fn block(&mut self, block: &Block) {
        let is_outer = !self.in_note;
        self.in_note |= matches!(block.kind, BlockKind::Note(_));
        match &block.kind {
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Figure(_) if !self.in_note => {
                self.add(Node::new(&block.id, &block.text()));
            }
            BlockKind::Table(table) if !self.in_note => {
                let caption = counted(&plain_text(&table.caption)).count();
                let head = table.head.iter().map(|c| counted(&plain_text(&c.inlines)).count());
                let head = (caption, caption + head.sum::<usize>());
                self.add(Node { head, ..Node::new(&block.id, &block.text()) });
            }
            _ => {
                self.by_label.insert(block.id.to_string(), None);
            }
        }
        walk_block(self, block);
        self.in_note &= !is_outer;
    }
}

struct Walk {
    nodes: Nodes,
    /// Labelled nodes that are open, the outermost first.
    open: Vec<(Location, Option<usize>)>,
    /// What the page draws, in the order it is drawn.
    drawn: Vec<(usize, Vec<char>)>,
    /// Text of this size or less is a mark or stands at the foot, in pt.
    least: f64,
    /// What stands lower is no row of the page, in pt.
    foot: f64,
}

impl Walk {
    /// The turn of the page that was walked, as far as it carries text; the next page may come.
    fn turn(&mut self) -> Option<(NodeId, usize)> {
        let mut turn = None;
        for (k, drawn) in std::mem::take(&mut self.drawn) {
            let Some(node) = self.nodes.list.get_mut(k) else { continue };
            let (place, count) = node.place(&drawn);
            if turn.is_none() {
                turn = place.map(|at| (node.id.clone(), at));
            }
            node.drawn += count;
        }
        turn
    }

    fn frame(&mut self, frame: &Frame, at: Point) {
        for (point, item) in frame.items() {
            let here = at + *point;
            match item {
                // What is turned stands across the page behind the text: the status.
                FrameItem::Group(group) if !group.transform.ky.is_zero() => {}
                FrameItem::Group(group) => self.frame(&group.frame, here),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let Some((label, location)) = content.label().zip(content.location()) else { continue };
                    if let Some(node) = self.nodes.by_label.get(label.resolve().as_str()) {
                        self.open.push((location, *node));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(k) = self.open.iter().rposition(|(open, _)| open == location) {
                        self.open.remove(k);
                    }
                }
                FrameItem::Text(text) if text.size.to_pt() > self.least && here.y.to_pt() < self.foot => {
                    let Some((_, Some(node))) = self.open.last() else { continue };
                    match self.drawn.last_mut().filter(|(last, _)| last == node) {
                        Some((_, drawn)) => drawn.extend(counted(&text.text)),
                        None => self.drawn.push((*node, counted(&text.text).collect())),
                    }
                }
                _ => {}
            }
        }
    }
}

//! Where the pages of the print edition turn in the text.

use std::collections::{BTreeMap, VecDeque};

use crate::render::epub::model::Run;
use crate::render::{PageMap, Turn};
use crate::tree::NodeId;

/// The turns by their nodes.
#[derive(Debug, Default)]
pub(super) struct Turns<'a>(BTreeMap<&'a NodeId, Vec<&'a Turn>>);

impl<'a> Turns<'a> {
    /// Those of the printed pages; none where they are not known.
    pub(super) fn of(pages: Option<&'a PageMap>) -> Self {
        let mut turns = Self::default();
        for turn in pages.into_iter().flat_map(|p| &p.turns) {
            turns.0.entry(&turn.node).or_default().push(turn);
        }
        for list in turns.0.values_mut() {
            list.sort_by_key(|turn| turn.offset);
        }
        turns
    }

    /// Those of a node, in the order of its text.
    pub(super) fn in_node(&self, node: &NodeId) -> &[&'a Turn] {
        self.0.get(node).map_or(&[], Vec::as_slice)
    }
}

/// Goes along the text of one node after the other and puts marks where pages turn.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    left: VecDeque<(usize, usize)>,
    seen: usize,
    /// Ids and labels of the marks put so far.
    pub(super) placed: Vec<(String, String)>,
}

impl Cursor {
    /// Begins a node.
    pub(super) fn open(&mut self, turns: &[&Turn]) {
        self.left = turns.iter().map(|turn| (turn.offset, turn.page)).collect();
        self.seen = 0;
    }

    /// Goes past text that takes no marks.
    pub(super) fn pass(&mut self, text: &str) {
        self.seen += text.chars().filter(|c| Turn::counts(*c)).count();
    }

    /// The marks of pages that begin with the node: they stand before a heading, whose text is also its
    /// name, and names should not hold page numbers.
    pub(super) fn before(&mut self) -> Vec<Run> {
        let mut out = Vec::new();
        while self.left.front().is_some_and(|(offset, _)| *offset == 0) {
            out.extend(self.mark());
        }
        out
    }

    /// All marks of the node that are left.
    pub(super) fn rest(&mut self) -> Vec<Run> {
        let mut out = Vec::new();
        while !self.left.is_empty() {
            out.extend(self.mark());
        }
        out
    }

    /// Text of the node, with the marks that stand in it.
    pub(super) fn text(&mut self, text: &str, out: &mut Vec<Run>) {
        let mut from = 0;
        for (at, _) in text.char_indices().filter(|(_, c)| Turn::counts(*c)) {
            while self.left.front().is_some_and(|(offset, _)| *offset <= self.seen) {
                if from < at {
                    out.push(Run::Text { text: text[from..at].to_owned() });
                    from = at;
                }
                out.extend(self.mark());
            }
            self.seen += 1;
        }
        if from < text.len() {
            out.push(Run::Text { text: text[from..].to_owned() });
        }
    }

    fn mark(&mut self) -> Option<Run> {
        let (_, page) = self.left.pop_front()?;
        let (id, label) = (format!("page-{page}"), page.to_string());
        self.placed.push((id.clone(), label.clone()));
        Some(Run::Page { id, label })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_pages_turn() {
        let node = NodeId::new("s01.p01");
        let turns = [Turn::new(2, node.clone(), 0), Turn::new(3, node.clone(), 3), Turn::new(4, node, 5)];
        let mut cursor = Cursor::default();
        cursor.open(&turns.iter().collect::<Vec<_>>());
        let mut out = Vec::new();
        cursor.text("甲 乙", &mut out);
        cursor.text("丙丁\n戊己", &mut out);
        let said: String = out
            .iter()
            .map(|run| match run {
                Run::Text { text } => text.clone(),
                Run::Page { label, .. } => format!("[{label}]"),
                _ => String::new(),
            })
            .collect();
        assert_eq!(said, "[2]甲 乙丙[3]丁\n戊[4]己");
        assert_eq!(cursor.placed.len(), 3);
    }
}

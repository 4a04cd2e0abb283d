//! Numbered paragraphs that follow one another, made lists.

use crate::tree::{Block, BlockKind, List, ListItem, Span};

/// One item, before its list is known.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) level: u8,
    /// Its number; none for a bullet.
    pub(super) count: Option<u64>,
    /// How far in its text is, in twips.
    pub(super) left: i32,
    pub(super) blocks: Vec<Block>,
}

/// Items that no list has been made of yet.
#[derive(Debug, Default)]
pub(super) struct Open {
    entries: Vec<Entry>,
    pub(super) has_gap: bool,
}

impl Open {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Adds to an item that is still open: the last that is no further in, by level or by indent. Gives
    /// the block back when there is none.
    pub(super) fn go_on(&mut self, block: Block, fits: impl Fn(&Entry) -> bool) -> Option<Block> {
        match self.entries.iter_mut().rev().find(|e| fits(e)) {
            Some(entry) => {
                entry.blocks.push(block);
                None
            }
            None => Some(block),
        }
    }

    /// The lists the items make; deeper levels stand in the item before them.
    pub(super) fn take(&mut self) -> Vec<Block> {
        let mut done = Vec::new();
        let mut open: Vec<(Entry, List)> = Vec::new();
        for mut entry in std::mem::take(&mut self.entries) {
            if entry.blocks.is_empty() {
                continue;
            }
            let item = ListItem::new(std::mem::take(&mut entry.blocks));
            while let Some((last, _)) = open.last() {
                // What counts on is one list to a reader, whatever numbering the program gave it.
                let goes_on = last.level == entry.level
                    && match (last.count, entry.count) {
                        (Some(before), Some(count)) => before.checked_add(1) == Some(count),
                        (before, count) => before.is_none() && count.is_none(),
                    };
                if goes_on || last.level < entry.level {
                    break;
                }
                close(&mut open, &mut done);
            }
            match open.last_mut() {
                Some((last, list)) if last.level == entry.level => {
                    last.count = entry.count;
                    list.items.push(item);
                }
                _ => {
                    let list = List::new(entry.count, vec![item]);
                    open.push((entry, list));
                }
            }
        }
        while !open.is_empty() {
            close(&mut open, &mut done);
        }
        done
    }
}

fn close(open: &mut Vec<(Entry, List)>, done: &mut Vec<Block>) {
    let Some((_, list)) = open.pop() else { return };
    let spans = list.items.iter().flat_map(|i| &i.blocks).filter_map(|b| b.span);
    let span = spans.reduce(Span::to);
    let block = Block::new(BlockKind::List(list), span);
    match open.last_mut().and_then(|(_, outer)| outer.items.last_mut()) {
        Some(item) => item.blocks.push(block),
        None => done.push(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Inline;

    fn shape(blocks: &[Block]) -> String {
        let of = |block: &Block| match &block.kind {
            BlockKind::List(list) => {
                let items: Vec<String> = list.items.iter().map(|i| shape(&i.blocks)).collect();
                format!("{}[{}]", list.start.map_or("-".into(), |s| s.to_string()), items.join("|"))
            }
            _ => block.text(),
        };
        blocks.iter().map(of).collect()
    }

    #[test]
    fn levels_nest() {
        let mut open = Open::default();
        let items =
            [(0, Some(3), "甲"), (1, None, "乙"), (1, None, "丙"), (0, Some(4), "丁"), (0, Some(1), "戊")];
        for (level, count, text) in items {
            let blocks = vec![Block::paragraph(vec![Inline::text(text)], None)];
            open.push(Entry { level, count, left: 0, blocks });
        }
        assert_eq!(shape(&open.take()), "3[甲-[乙|丙]|丁]1[戊]");
        assert!(open.is_empty());
    }
}

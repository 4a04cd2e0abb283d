//! What is being filled while a part is read: stories, tables, paragraphs, one inside another.

use super::model::{Cell, Item, Paragraph, Row, Table};

/// Paragraphs and tables in a row: a text, a note, a cell, a text box.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) items: Vec<Item>,
    /// An empty paragraph was met since the last item.
    has_gap: bool,
    /// Its mark was deleted: the next paragraph goes on with it.
    joining: Option<Box<Paragraph>>,
}

#[derive(Debug)]
pub(super) enum Frame {
    Story(Story),
    /// A text box.
    Box(Story),
    Table(Table),
    Row(Row),
    Cell {
        story: Story,
        span: usize,
        is_continued: bool,
        is_deleted: bool,
    },
    Paragraph(Box<Paragraph>),
}

impl Story {
    pub(super) fn push(&mut self, item: Item) {
        match item {
            Item::Paragraph(paragraph) => self.paragraph(paragraph),
            Item::Table(table) => {
                self.end_joining();
                self.has_gap = false;
                self.items.push(Item::Table(table));
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: Box<Paragraph>) {
        if let Some(mut held) = self.joining.take() {
            // The mark that is left carries the properties, unless all it closed was deleted too.
            if paragraph.is_empty() && !held.is_empty() {
                let mark = std::mem::take(&mut paragraph.props.mark);
                paragraph.props = std::mem::take(&mut held.props);
                paragraph.props.mark = mark;
            }
            held.pieces.append(&mut paragraph.pieces);
            held.boxes.append(&mut paragraph.boxes);
            held.pictures.append(&mut paragraph.pictures);
            paragraph.pieces = held.pieces;
            paragraph.boxes = held.boxes;
            paragraph.pictures = held.pictures;
            paragraph.has_gap = held.has_gap;
        }
        if paragraph.props.mark.is_deleted {
            self.joining = Some(paragraph);
            return;
        }
        self.settle(paragraph);
    }

    fn settle(&mut self, mut paragraph: Box<Paragraph>) {
        if paragraph.is_empty() {
            if paragraph.is_contents {
                self.drop_contents_heading();
                return;
            }
            // An empty numbered paragraph is counted; the others only part what stands around them.
            let may_count = paragraph.props.number.is_some() || paragraph.props.style.is_some();
            if !may_count {
                self.has_gap = true;
                return;
            }
        }
        paragraph.has_gap |= std::mem::take(&mut self.has_gap);
        self.items.push(Item::Paragraph(paragraph));
    }

    /// A table of contents takes its heading with it.
    fn drop_contents_heading(&mut self) {
        let is_heading = |item: &Item| matches!(item, Item::Paragraph(p) if p.is_contents_heading());
        if self.items.last().is_some_and(is_heading) {
            self.items.pop();
        }
    }

    fn end_joining(&mut self) {
        if let Some(held) = self.joining.take() {
            self.settle(held);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Item> {
        self.end_joining();
        self.items
    }
}

/// The frames that are open, the innermost last.
#[derive(Debug)]
pub(super) struct Frames(Vec<Frame>);

impl Frames {
    pub(super) fn new() -> Self {
        Self(vec![Frame::Story(Story::default())])
    }

    pub(super) fn open(&mut self, frame: Frame) {
        self.0.push(frame);
    }

    /// The paragraph that text goes to.
    pub(super) fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.0.last_mut() {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    pub(super) fn last(&mut self) -> Option<&mut Frame> {
        self.0.last_mut()
    }

    /// Closes the innermost frame and hands what it holds to the one around it.
    pub(super) fn close(&mut self) {
        if self.0.len() <= 1 {
            return;
        }
        match self.0.pop() {
            Some(Frame::Paragraph(paragraph)) => self.deliver(Item::Paragraph(paragraph)),
            Some(Frame::Table(table)) => self.deliver(Item::Table(table)),
            Some(Frame::Story(story) | Frame::Box(story)) => {
                story.finish().into_iter().for_each(|item| self.deliver(item));
            }
            Some(Frame::Cell { story, span, is_continued, is_deleted }) => {
                let cell = Cell { items: story.finish(), span, is_continued, is_deleted };
                match self.0.last_mut() {
                    Some(Frame::Row(row)) => row.cells.push(cell),
                    _ => cell.items.into_iter().for_each(|item| self.deliver(item)),
                }
            }
            Some(Frame::Row(row)) => match self.0.last_mut() {
                Some(Frame::Table(table)) => table.rows.push(row),
                // A row without a table: its text is kept.
                _ => {
                    let items = row.cells.into_iter().flat_map(|c| c.items);
                    items.for_each(|item| self.deliver(item));
                }
            },
            None => {}
        }
    }

    fn deliver(&mut self, item: Item) {
        for frame in self.0.iter_mut().rev() {
            match frame {
                Frame::Story(story) | Frame::Box(story) | Frame::Cell { story, .. } => {
                    return story.push(item);
                }
                Frame::Paragraph(paragraph) => {
                    let is_empty = matches!(&item, Item::Paragraph(p) if p.is_empty());
                    if !is_empty {
                        paragraph.boxes.push(item);
                    }
                    return;
                }
                Frame::Table(_) | Frame::Row(_) => {}
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<Item> {
        while self.0.len() > 1 {
            self.close();
        }
        match self.0.pop() {
            Some(Frame::Story(story)) => story.finish(),
            _ => Vec::new(),
        }
    }
}

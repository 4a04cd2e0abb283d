//! A tree as segments of units, every character with its bytes where a source is known.

use crate::merge::places::Places;
use crate::merge::unit::{BREAK, CELL, Class, Kind, NOTE, Place, Segment, Shown, Style, Unit};
use crate::source::Document;
use crate::tree::{Block, BlockKind, Cell, Inline, NodeId, Numbering, Proceedings, Span, Speech};

/// All segments of a tree in reading order. With documents, characters know their bytes.
pub(super) fn flatten(tree: &Proceedings, documents: &[Document]) -> Vec<Segment> {
    let writer = Writer { places: Places::new(documents, &tree.edits), tree };
    let mut segments = vec![writer.front()];
    let mut part = None;
    for speech in &tree.speeches {
        if speech.part != part {
            part.clone_from(&speech.part);
            segments.extend(writer.part(part.as_ref()));
        }
        segments.push(writer.speech(speech));
    }
    segments
}

struct Writer<'a> {
    places: Places<'a>,
    tree: &'a Proceedings,
}

/// The units of a segment being gathered, and the pictures between them.
#[derive(Default)]
struct Units {
    all: Vec<Unit>,
    pictures: Vec<Shown>,
}

impl Units {
    fn segment(self, node: NodeId, class: Class) -> Segment {
        Segment { pictures: self.pictures, ..Segment::new(node, class, self.all) }
    }
}

/// A row of characters being filled.
#[derive(Default)]
struct Row {
    chars: Vec<char>,
    styles: Vec<Style>,
    places: Vec<Place>,
}

impl Row {
    fn push(&mut self, c: char, style: Style, place: Place) {
        self.chars.push(c);
        self.styles.push(style);
        self.places.push(place);
    }
}

impl Writer<'_> {
    fn front(&self) -> Segment {
        let tree = self.tree;
        let mut units = Units::default();
        let title = &tree.front.title;
        self.line(&title.id, Kind::Title, &tree.title, title.span, &mut units);
        if let Some(event) = &tree.event {
            self.line(&tree.front.event.id, Kind::Event, event, tree.front.event.span, &mut units);
        }
        self.blocks(&tree.lede, Within::Text, &mut units);
        units.segment(title.id.clone(), Class::Front)
    }

    fn part(&self, id: Option<&NodeId>) -> Option<Segment> {
        let part = self.tree.parts.iter().find(|p| Some(&p.id) == id)?;
        let mut units = Units::default();
        self.line(&part.id, Kind::Part, &part.title, part.span, &mut units);
        self.blocks(&part.intro, Within::Text, &mut units);
        Some(units.segment(part.id.clone(), Class::Part))
    }

    fn speech(&self, speech: &Speech) -> Segment {
        let mut units = Units::default();
        let heading = &speech.heading;
        let row = self.numbered(heading.number.as_ref(), &heading.inlines, heading.span);
        self.unit(&heading.id, Kind::Heading, row, heading.span, &mut units);
        for speaker in &speech.speakers {
            let name = speaker.display_name();
            let mut row = Row::default();
            let texts = [name.as_str(), speaker.title.as_str()];
            for (k, text) in texts.iter().filter(|t| !t.is_empty()).enumerate() {
                if k > 0 {
                    // The border of name and roles: whatever blanks the source has there.
                    row.push(' ', Style::default(), None);
                }
                let places = self.places.find(text, speaker.span);
                for (c, place) in text.chars().zip(places) {
                    row.push(c, Style::default(), place);
                }
            }
            self.unit(&speaker.id, Kind::Speaker, row, speaker.span, &mut units);
        }
        self.blocks(&speech.body, Within::Text, &mut units);
        units.segment(speech.id.clone(), Class::Speech)
    }

    fn line(&self, id: &NodeId, kind: Kind, text: &str, span: Option<Span>, units: &mut Units) {
        let mut row = Row::default();
        for (c, place) in text.chars().zip(self.places.find(text, span)) {
            row.push(c, Style::default(), place);
        }
        self.unit(id, kind, row, span, units);
    }

    fn unit(&self, id: &NodeId, kind: Kind, mut row: Row, span: Option<Span>, units: &mut Units) {
        if row.chars.is_empty() {
            return;
        }
        if let Some(span) = span {
            self.places.fill_gaps(&row.chars, &mut row.places, span.file);
        }
        let placed = || row.places.iter().flatten();
        let known = placed().next().zip(placed().next_back());
        let extent = self.places.knows(span).then_some(span).flatten().map(|s| {
            let (start, end) =
                known.map_or((s.start, s.end), |(a, b)| (s.start.min(a.0 as usize), s.end.max(b.1 as usize)));
            (s.file, start..end)
        });
        let node = id.clone();
        units.all.push(Unit { node, kind, chars: row.chars, styles: row.styles, places: row.places, extent });
    }

    fn numbered(&self, number: Option<&Numbering>, inlines: &[Inline], span: Option<Span>) -> Row {
        let mut row = Row::default();
        if let Some(number) = number {
            let places = self.places.find(&number.label, span);
            for (c, place) in number.label.chars().zip(places) {
                row.push(c, Style::default(), place);
            }
        }
        self.inlines(inlines, Style::default(), &mut row);
        row
    }

    fn inlines(&self, inlines: &[Inline], style: Style, row: &mut Row) {
        for inline in inlines {
            match inline {
                Inline::Text { text, span } => {
                    for (c, place) in text.chars().zip(self.places.of(text, *span)) {
                        let c = if c == '\n' { ' ' } else { c };
                        row.push(c, style, place);
                    }
                }
                Inline::Strong { content } => {
                    self.inlines(content, Style { is_strong: true, ..style }, row);
                }
                Inline::Emphasis { content } => {
                    self.inlines(content, Style { is_stressed: true, ..style }, row);
                }
                Inline::Link { content, .. } => self.inlines(content, style, row),
                Inline::NoteRef { .. } => row.push(NOTE, Style::default(), None),
                Inline::Break => row.push(BREAK, Style::default(), None),
            }
        }
    }

    fn row(&self, inlines: &[Inline]) -> Row {
        let mut row = Row::default();
        self.inlines(inlines, Style::default(), &mut row);
        row
    }

    fn blocks(&self, blocks: &[Block], within: Within, units: &mut Units) {
        let mut is_first = true;
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(p) => {
                    let kind = within.kind(is_first);
                    is_first = false;
                    self.unit(&block.id, kind, self.row(&p.inlines), block.span, units);
                }
                BlockKind::Heading(h) => {
                    let row = self.numbered(h.number.as_ref(), &h.inlines, block.span);
                    self.unit(&block.id, Kind::SubHeading(h.level), row, block.span, units);
                }
                BlockKind::List(list) => {
                    let depth = within.depth() + 1;
                    for item in &list.items {
                        let within = Within::Item { is_numbered: list.start.is_some(), depth };
                        self.blocks(&item.blocks, within, units);
                    }
                }
                BlockKind::Table(table) => {
                    let span = |row: &Row| self.places.extent(&row.places, block.span);
                    let caption = self.row(&table.caption);
                    let place = span(&caption);
                    self.unit(&block.id, Kind::Caption, caption, place, units);
                    for cells in std::iter::once(&table.head).chain(&table.rows) {
                        let row = self.cells(cells);
                        let place = span(&row);
                        self.unit(&block.id, Kind::Row, row, place, units);
                    }
                }
                BlockKind::Figure(figure) => {
                    units.pictures.push(Shown { before: units.all.len(), src: figure.src.clone() });
                    let row = self.row(&figure.caption);
                    self.unit(&block.id, Kind::Caption, row, block.span, units);
                }
                BlockKind::Quote(quote) => self.blocks(&quote.blocks, Within::Quote, units),
                BlockKind::Note(note) => {
                    let first = units.all.len();
                    self.blocks(&note.blocks, Within::Note, units);
                    // Word and the tree name paragraphs of a note otherwise than the note.
                    units.all.iter_mut().skip(first).for_each(|u| u.node.clone_from(&block.id));
                }
            }
        }
    }

    fn cells(&self, cells: &[Cell]) -> Row {
        let mut row = Row::default();
        for (k, cell) in cells.iter().enumerate() {
            if k > 0 {
                row.push(CELL, Style::default(), None);
            }
            self.inlines(&cell.inlines, Style::default(), &mut row);
        }
        row
    }
}

/// What blocks stand in.
#[derive(Clone, Copy)]
enum Within {
    Text,
    Item { is_numbered: bool, depth: u8 },
    Quote,
    Note,
}

impl Within {
    fn depth(self) -> u8 {
        if let Within::Item { depth, .. } = self { depth } else { 0 }
    }

    fn kind(self, is_first: bool) -> Kind {
        match self {
            Within::Text => Kind::Paragraph,
            Within::Item { is_numbered, depth } if is_first => Kind::Item { is_numbered, depth },
            Within::Item { depth, .. } => Kind::ItemMore(depth),
            Within::Quote => Kind::Quote,
            Within::Note => Kind::Note,
        }
    }
}

//! Parser events to blocks.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::source::Raw;
use crate::source::markdown::shadow;
use crate::tree::{
    Alignment, Block, BlockKind, Cell, Figure, Inline, List, ListItem, NodeId, Note, Quote, Span, SubHeading,
    Table, plain_text, split_inlines,
};

/// Deeper blocks and runs join what they stand in: a tree that deep is an accident or an attack,
/// and walking it recursively must stay safe.
const MAX_DEPTH: usize = 12;

/// What is being filled.
enum Frame {
    Blocks {
        kind: Container,
        range: Range<usize>,
        blocks: Vec<Block>,
        items: Vec<ListItem>,
    },
    Inlines {
        kind: Text,
        range: Range<usize>,
        inlines: Vec<Inline>,
        figures: Vec<Block>,
    },
    Table {
        range: Range<usize>,
        alignments: Vec<Alignment>,
        head: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
    },
    /// A picture: what is inside is its alternative text.
    Picture {
        src: String,
        title: String,
        range: Range<usize>,
        alt: String,
    },
    /// Lines of a code block, each a paragraph; an indented one is prose that somebody indented.
    Code {
        fenced: bool,
    },
    /// A raw HTML block.
    Html {
        range: Range<usize>,
        text: Vec<Inline>,
    },
    /// Too deep: contents go to the frame below.
    Flat,
}

#[derive(Clone, Copy, PartialEq)]
enum Container {
    Root,
    Quote,
    List(Option<u64>),
    Item,
    Note(usize),
}

enum Text {
    Paragraph,
    Heading(u8),
    Cell,
    Strong,
    Emphasis,
    Link(String),
    /// A link whose text is the key its address is found by: `[甲,乙]`.
    Keyed(String),
}

pub(super) struct Builder<'a> {
    raw: &'a Raw<'a>,
    shadow: &'a str,
    stack: Vec<Frame>,
    notes: Vec<String>,
    depth: usize,
}

impl<'a> Builder<'a> {
    /// A builder of `raw`, whose text the parser sees as `shadow`, from byte `start`.
    pub(super) fn new(raw: &'a Raw<'a>, shadow: &'a str, start: usize) -> Self {
        let root = Frame::Blocks {
            kind: Container::Root,
            range: start..raw.text.len(),
            blocks: Vec::new(),
            items: Vec::new(),
        };
        Self { raw, shadow, stack: vec![root], notes: Vec::new(), depth: 0 }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        while self.stack.len() > 1 {
            self.close();
        }
        match self.stack.pop() {
            Some(Frame::Blocks { blocks, .. }) => blocks,
            _ => Vec::new(),
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => {
                let own = self.own(&text, &range).to_owned();
                self.text(&own, range);
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                let slice = self.raw.text[range.clone()].to_owned();
                self.text(&slice, range);
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                let own = self.own(&html, &range).to_owned();
                self.html(&own, range);
            }
            Event::FootnoteReference(label) => {
                let note = self.note_id(&label);
                self.push_inline(Inline::NoteRef { note, label: label.to_string() }, range);
            }
            Event::SoftBreak => self.text("\n", range),
            Event::HardBreak => self.push_inline(Inline::Break, range),
            Event::Rule => self.close_implicit(),
            Event::TaskListMarker(_) => {}
        }
    }

    /// The source's own characters for what the parser saw; a character reference is given as what
    /// the parser made of it.
    fn own<'t>(&self, seen: &'t str, range: &Range<usize>) -> &'t str
    where
        'a: 't,
    {
        match (self.shadow.get(range.clone()), self.raw.text.get(range.clone())) {
            (Some(shadow), Some(own)) if shadow == seen => own,
            _ => seen,
        }
    }

    fn address(&self, seen: &str, range: &Range<usize>) -> String {
        shadow::undisguised(self.raw.text, self.shadow, range.clone(), seen)
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let blocks =
            |kind| Frame::Blocks { kind, range: range.clone(), blocks: Vec::new(), items: Vec::new() };
        let inlines =
            |kind| Frame::Inlines { kind, range: range.clone(), inlines: Vec::new(), figures: Vec::new() };
        let is_inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough
        );
        if is_inline {
            self.open_implicit(&range);
        } else if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.close_implicit();
        }
        let nests =
            matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Emphasis | Tag::Strong | Tag::Link { .. });
        self.depth += usize::from(nests);
        let frame = match tag {
            _ if nests && self.depth > MAX_DEPTH => Frame::Flat,
            Tag::Paragraph => inlines(Text::Paragraph),
            Tag::Heading { level, .. } => inlines(Text::Heading(level as u8)),
            Tag::BlockQuote(_) => blocks(Container::Quote),
            Tag::CodeBlock(kind) => Frame::Code { fenced: matches!(kind, CodeBlockKind::Fenced(_)) },
            Tag::HtmlBlock => Frame::Html { range, text: Vec::new() },
            Tag::List(start) => blocks(Container::List(start)),
            Tag::Item if matches!(self.stack.last(), Some(Frame::Flat)) => Frame::Flat,
            Tag::Item => blocks(Container::Item),
            Tag::FootnoteDefinition(label) => {
                let k = self.note_index(&label);
                blocks(Container::Note(k))
            }
            Tag::Table(alignments) => Frame::Table {
                range,
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead => return,
            Tag::TableRow => {
                if let Some(Frame::Table { rows, .. }) = self.stack.last_mut() {
                    rows.push(Vec::new());
                }
                return;
            }
            Tag::TableCell => inlines(Text::Cell),
            Tag::Emphasis => inlines(Text::Emphasis),
            Tag::Strong => inlines(Text::Strong),
            Tag::Link { dest_url, link_type, .. } => {
                let href = self.address(&dest_url, &range);
                inlines(if is_key(link_type) { Text::Keyed(href) } else { Text::Link(href) })
            }
            Tag::Image { dest_url, title, .. } => Frame::Picture {
                src: self.address(&dest_url, &range),
                title: self.address(&title, &range),
                range,
                alt: String::new(),
            },
            // Not enabled; what stands inside is kept.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Frame::Flat,
        };
        self.stack.push(frame);
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::TableHead | TagEnd::TableRow => return,
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                self.close_implicit_in_item(&end);
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::Item | TagEnd::FootnoteDefinition => self.close_implicit(),
            _ => {}
        }
        self.close();
    }

    fn close_implicit_in_item(&mut self, end: &TagEnd) {
        if matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_)) {
            self.close_implicit();
        }
    }

    /// Text may stand in a list item without a paragraph around it.
    fn open_implicit(&mut self, range: &Range<usize>) {
        if matches!(self.target(), Some(Frame::Blocks { .. })) {
            self.stack.push(Frame::Inlines {
                kind: Text::Paragraph,
                range: range.clone(),
                inlines: Vec::new(),
                figures: Vec::new(),
            });
        }
    }

    fn close_implicit(&mut self) {
        if let Some(Frame::Inlines { kind: Text::Paragraph, .. }) = self.stack.last() {
            self.close();
        }
    }

    /// The frame that takes contents: the last that is not flat.
    fn target(&mut self) -> Option<&mut Frame> {
        self.stack.iter_mut().rev().find(|f| !matches!(f, Frame::Flat))
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(Frame::Code { fenced }) = self.target() {
            let fenced = *fenced;
            self.code_lines(range, fenced);
            return;
        }
        let span = Some(self.raw.lines.span(self.raw.id, range.clone()));
        self.push_inline(Inline::Text { text: text.to_owned(), span }, range);
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let tag = html.trim();
        if tag.starts_with("<!--") && tag.ends_with("-->") {
            return;
        }
        let name: String = tag.chars().filter(|c| !c.is_whitespace() && *c != '/').collect();
        if name.eq_ignore_ascii_case("<br>") {
            self.push_inline(Inline::Break, range);
        } else {
            self.text(html, range);
        }
    }

    fn push_inline(&mut self, inline: Inline, range: Range<usize>) {
        self.open_implicit(&range);
        match self.target() {
            Some(Frame::Inlines { inlines, .. }) => inlines.push(inline),
            Some(Frame::Html { text, .. }) => text.push(inline),
            Some(Frame::Picture { alt, .. }) => alt.push_str(&plain_text(&[inline])),
            Some(Frame::Blocks { .. } | Frame::Table { .. } | Frame::Code { .. } | Frame::Flat) | None => {}
        }
    }

    /// Each line of a code block becomes a paragraph, its indent dropped.
    fn code_lines(&mut self, range: Range<usize>, fenced: bool) {
        let mut at = range.start;
        for line in self.raw.text[range].split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let span = Some(self.raw.lines.span(self.raw.id, start..start + trimmed.len()));
                // Without a place in the source nothing in it is made standard: code is code.
                let own = if fenced { None } else { span };
                let text = Inline::Text { text: trimmed.to_owned(), span: own };
                self.push_block(Block::paragraph(vec![text], span));
            }
            at += line.len();
        }
    }

    fn push_block(&mut self, block: Block) {
        let place = self.stack.iter_mut().rev().find(|f| matches!(f, Frame::Blocks { .. }));
        if let Some(Frame::Blocks { blocks, .. }) = place {
            blocks.push(block);
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        match frame {
            Frame::Flat | Frame::Code { .. } => {}
            Frame::Html { range, text } => {
                let mut text = text;
                trim_line_end(&mut text);
                if !text.is_empty() {
                    let span = Some(self.extent(&text, &range));
                    self.push_block(Block::paragraph(text, span));
                }
            }
            Frame::Picture { src, title, range, alt } => {
                let caption = if title.is_empty() { Vec::new() } else { vec![Inline::text(title)] };
                let span = Some(self.raw.lines.span(self.raw.id, range));
                let figure = Block::new(BlockKind::Figure(Figure::new(src, alt, caption)), span);
                let outer = self.stack.iter_mut().rev().find_map(|f| match f {
                    Frame::Inlines { figures, .. } => Some(figures),
                    _ => None,
                });
                match outer {
                    Some(figures) => figures.push(figure),
                    None => self.push_block(figure),
                }
            }
            Frame::Table { range, alignments, head, rows } => {
                let span = Some(self.raw.lines.span(self.raw.id, self.trimmed(range)));
                self.push_block(Block::new(BlockKind::Table(Table::new(alignments, head, rows)), span));
            }
            Frame::Inlines { kind, range, inlines, figures } => {
                self.close_inlines(kind, range, inlines, figures)
            }
            Frame::Blocks { kind, range, blocks, items } => self.close_blocks(kind, range, blocks, items),
        }
    }

    fn close_inlines(&mut self, kind: Text, range: Range<usize>, inlines: Vec<Inline>, figures: Vec<Block>) {
        match kind {
            Text::Paragraph => {
                if inlines.iter().any(|i| !is_blank(i)) {
                    let span = self.extent(&inlines, &range);
                    if let Some(inlines) = self.caption(inlines, span) {
                        self.push_block(Block::paragraph(inlines, Some(span)));
                    }
                }
                figures.into_iter().for_each(|f| self.push_block(f));
            }
            Text::Heading(level) => {
                // `###` and nothing behind it is a heading all the same: what it means is not ours to say.
                let is_bare = inlines.iter().all(is_blank);
                let inlines = if is_bare { Vec::new() } else { inlines };
                let span = Some(self.extent(&inlines, &range));
                let mut heading = SubHeading::new(1, None, inlines);
                heading.level = level;
                self.push_block(Block::new(BlockKind::Heading(heading), span));
                figures.into_iter().for_each(|f| self.push_block(f));
            }
            Text::Cell => {
                // A picture in a cell has no place of its own: its alternative text stands for it.
                let alts = figures.into_iter().filter_map(|f| match f.kind {
                    BlockKind::Figure(figure) if !figure.alt.is_empty() => Some(Inline::text(figure.alt)),
                    _ => None,
                });
                let cell = Cell::new(inlines.into_iter().chain(alts).collect());
                if let Some(Frame::Table { head, rows, .. }) = self.stack.last_mut() {
                    match rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => head.push(cell),
                    }
                }
            }
            Text::Strong => self.close_run(Inline::Strong { content: inlines }, range, figures),
            Text::Emphasis => self.close_run(Inline::Emphasis { content: inlines }, range, figures),
            Text::Keyed(href) => {
                let mut content = inlines;
                forget_places(&mut content);
                self.close_run(Inline::Link { href, content }, range, figures);
            }
            Text::Link(href) => {
                let mut content = inlines;
                // An address that stands for itself is no prose.
                if let [Inline::Text { text, span }] = content.as_mut_slice()
                    && *text == href
                {
                    *span = None;
                }
                self.close_run(Inline::Link { href, content }, range, figures);
            }
        }
    }

    /// A paragraph right behind a table that begins with `: ` is its caption, as pandoc writes them;
    /// any other is given back.
    fn caption(&mut self, inlines: Vec<Inline>, span: Span) -> Option<Vec<Inline>> {
        let opens = self.raw.text.get(span.start..).is_some_and(|text| text.starts_with(": "));
        let place = self.stack.iter_mut().rev().find(|f| matches!(f, Frame::Blocks { .. }));
        let Some(Frame::Blocks { blocks, .. }) = place.filter(|_| opens) else { return Some(inlines) };
        let Some(Block { kind: BlockKind::Table(table), span: whole, .. }) = blocks.last_mut() else {
            return Some(inlines);
        };
        let is_text = matches!(inlines.first(), Some(Inline::Text { text, .. }) if text.starts_with(": "));
        if !table.caption.is_empty() || !is_text {
            return Some(inlines);
        }
        let mut caption = split_inlines(&inlines, ": ".len()).1;
        caption.retain(|i| !matches!(i, Inline::Text { text, .. } if text.is_empty()));
        table.caption = caption;
        *whole = whole.map(|whole| whole.to(span));
        None
    }

    fn close_run(&mut self, run: Inline, range: Range<usize>, figures: Vec<Block>) {
        self.push_inline(run, range);
        if let Some(Frame::Inlines { figures: outer, .. }) = self.target() {
            outer.extend(figures);
        }
    }

    fn close_blocks(
        &mut self,
        kind: Container,
        range: Range<usize>,
        blocks: Vec<Block>,
        items: Vec<ListItem>,
    ) {
        let span = Some(self.raw.lines.span(self.raw.id, self.trimmed(range)));
        match kind {
            Container::Root => {}
            Container::Quote => self.push_block(Block::new(BlockKind::Quote(Quote::new(blocks)), span)),
            Container::List(start) => {
                self.push_block(Block::new(BlockKind::List(List::new(start, items)), span));
            }
            Container::Item => match self.stack.last_mut() {
                Some(Frame::Blocks { items, .. }) => items.push(ListItem::new(blocks)),
                _ => blocks.into_iter().for_each(|b| self.push_block(b)),
            },
            Container::Note(k) => {
                let label = self.notes[k].clone();
                let mut block = Block::new(BlockKind::Note(Note::new(label, blocks)), span);
                block.id = self.nth_note_id(k);
                self.push_block(block);
            }
        }
    }

    fn note_index(&mut self, label: &str) -> usize {
        self.notes.iter().position(|l| l == label).unwrap_or_else(|| {
            self.notes.push(label.to_owned());
            self.notes.len() - 1
        })
    }

    fn note_id(&mut self, label: &str) -> NodeId {
        let k = self.note_index(label);
        self.nth_note_id(k)
    }

    /// A name for a note that is unique among the files of a book.
    fn nth_note_id(&self, k: usize) -> NodeId {
        NodeId::new(format!("note-{}-{k}", self.raw.id.0))
    }

    /// The span from the first run to the last, markup at both ends left out.
    fn extent(&self, inlines: &[Inline], range: &Range<usize>) -> Span {
        let (mut first, mut last) = (None, None);
        bounds(inlines, &mut first, &mut last);
        let trimmed = self.trimmed(range.clone());
        let start = first.unwrap_or(trimmed.start).max(range.start);
        let end = last.unwrap_or(trimmed.end).max(start);
        // Markup that wraps the whole text belongs to it: `**甲**`.
        let starts_marked = !matches!(inlines.first(), Some(Inline::Text { .. } | Inline::Break));
        let ends_marked = !matches!(inlines.last(), Some(Inline::Text { .. } | Inline::Break));
        let start = if starts_marked { self.markup_start(trimmed.start, start) } else { start };
        let end = if ends_marked { end.max(trimmed.end) } else { end };
        self.raw.lines.span(self.raw.id, start..end)
    }

    /// The start of inline markup before the first run, past a heading's `#` and blanks.
    fn markup_start(&self, from: usize, to: usize) -> usize {
        let before = self.raw.text.get(from..to).unwrap_or("");
        from + (before.len() - before.trim_start_matches(['#', ' ', '\t']).len())
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let slice = self.raw.text.get(range.clone()).unwrap_or("");
        let start = range.start + (slice.len() - slice.trim_start_matches([' ', '\n', '\r', '\t']).len());
        let end = range.start + slice.trim_end_matches([' ', '\n', '\r', '\t']).len();
        start..end.max(start)
    }
}

fn is_key(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Collapsed | LinkType::Shortcut)
}

/// Runs without a place in the source are not made standard.
fn forget_places(inlines: &mut [Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text { span, .. } => *span = None,
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                forget_places(content);
            }
            Inline::NoteRef { .. } | Inline::Break => {}
        }
    }
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text { text, .. } => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
            content.iter().all(is_blank)
        }
        Inline::NoteRef { .. } => false,
    }
}

fn bounds(inlines: &[Inline], first: &mut Option<usize>, last: &mut Option<usize>) {
    for inline in inlines {
        match inline {
            Inline::Text { span: Some(span), .. } => {
                first.get_or_insert(span.start);
                *last = Some(span.end);
            }
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                bounds(content, first, last);
            }
            Inline::Text { .. } | Inline::NoteRef { .. } | Inline::Break => {}
        }
    }
}

/// Drops the line end that closes an HTML block.
fn trim_line_end(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text { text, span }) = inlines.last_mut() {
        let kept = text.trim_end().len();
        if let Some(span) = span {
            span.end -= text.len() - kept;
        }
        text.truncate(kept);
        if text.is_empty() {
            inlines.pop();
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::End,
        pulldown_cmark::Alignment::None | pulldown_cmark::Alignment::Left => Alignment::Start,
    }
}

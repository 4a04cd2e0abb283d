//! From a page's tree to blocks in order, each with the element it stands in.

use crate::source::html::dom::{Data, Dom, Id, ROOT};
use crate::source::html::line::{self, Piece, What};
use crate::source::html::names::{self, Kind};
use crate::source::html::notes::Notes;
use crate::source::html::runs::{References, Run};
use crate::source::html::style::Style;
use crate::source::html::table;
use crate::source::{Look, Raw, RawBlock};
use crate::tree::{Block, BlockKind, Figure, Inline, List, ListItem, Note, Quote, Span, SubHeading};

/// Deeper lists and quotations join what they stand in, as in Markdown.
const MAX_NESTING: usize = 12;

/// A block, where it stands and what it is made of.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) raw: RawBlock,
    /// The element whose block it is.
    pub(super) node: Id,
    /// Its text without blanks.
    pub(super) text: String,
    /// How many of the characters are links.
    pub(super) linked: usize,
}

/// Turns elements into blocks.
pub(super) struct Walk<'a> {
    pub(super) dom: &'a Dom<'a>,
    pub(super) raw: &'a Raw<'a>,
    /// Elements that are left out with all they hold.
    pub(super) skipped: &'a [bool],
    notes: &'a Notes,
    references: References,
    links: Vec<String>,
    out: Vec<Item>,
    line: Vec<Piece>,
    figures: Vec<Block>,
    /// The block the line belongs to, and its style.
    owner: (Id, Style),
    gap: bool,
    nesting: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(dom: &'a Dom<'a>, raw: &'a Raw<'a>, skipped: &'a [bool], notes: &'a Notes) -> Self {
        Self {
            dom,
            raw,
            skipped,
            notes,
            references: References::default(),
            links: Vec::new(),
            out: Vec::new(),
            line: Vec::new(),
            figures: Vec::new(),
            owner: (ROOT, Style::default()),
            gap: false,
            nesting: 0,
        }
    }

    /// All blocks of the page.
    pub(super) fn page(mut self) -> Vec<Item> {
        self.children(ROOT, Style::default());
        self.flush();
        self.out
    }

    fn children(&mut self, id: Id, style: Style) {
        let dom = self.dom;
        for child in dom.children(id) {
            self.node(child, style);
        }
    }

    fn node(&mut self, id: Id, style: Style) {
        let name = match self.dom.nodes.get(id).map(|n| &n.data) {
            Some(Data::Text(range)) => return self.text(range.clone(), style),
            Some(Data::Strange(text)) => return self.strange(text, style),
            Some(Data::Element { name, .. }) => *name,
            None => return,
        };
        if self.skipped.get(id).copied().unwrap_or(false) || names::kind(name) == Kind::Unread {
            return;
        }
        let inner = style.inside(self.dom, id);
        match name {
            "br" => self.push(What::Break, style),
            "hr" => self.flush(),
            "img" => self.picture(id),
            "a" => self.link(id, inner),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, name, inner),
            "ul" | "ol" | "menu" | "dir" if self.nesting < MAX_NESTING => self.list(id, name == "ol", inner),
            "blockquote" if self.nesting < MAX_NESTING => self.quote(id, inner),
            "table" => self.table(id, inner),
            "figure" => self.figure(id, inner),
            "section" | "div" | "aside" if self.notes.is_section(id) => self.note_section(id, inner),
            _ => match names::kind(name) {
                Kind::Block | Kind::Part => self.block(id, inner),
                Kind::Void => {}
                Kind::Inline | Kind::Unread => self.children(id, inner),
            },
        }
    }

    /// What stands in an element that begins and ends lines.
    fn block(&mut self, id: Id, style: Style) {
        self.flush();
        let outer = std::mem::replace(&mut self.owner, (id, style));
        self.children(id, style);
        self.flush();
        self.owner = outer;
    }

    fn push(&mut self, what: What, style: Style) {
        self.line.push(Piece { what, style });
    }

    fn text(&mut self, range: std::ops::Range<usize>, style: Style) {
        let dom = self.dom;
        for run in self.references.runs(dom.text, range) {
            match run {
                Run::Plain(range) => {
                    let text = dom.text.get(range.clone()).unwrap_or("").to_owned();
                    self.push(What::Text(text, Some(range)), style);
                }
                Run::Reference(range, meaning) => {
                    let range = Some(range).filter(|r| r.len() != meaning.len());
                    self.push(What::Text(meaning, range), style);
                }
                Run::Blank(range, _) if style.pre => self.kept_blanks(range, style),
                Run::Blank(range, ends_line) => match self.line.last_mut() {
                    Some(Piece { what: What::Blank(before, ended), .. }) => {
                        if ends_line && !*ended {
                            (*before, *ended) = (range, true);
                        }
                    }
                    _ => self.push(What::Blank(range, ends_line), style),
                },
            }
        }
    }

    /// Blanks where a page keeps them: a line end is a break.
    fn kept_blanks(&mut self, range: std::ops::Range<usize>, style: Style) {
        let dom = self.dom;
        let mut at = range.start;
        let blanks = dom.text.get(range).unwrap_or("").replace("\r\n", "\n\n");
        for blank in blanks.split_inclusive('\n') {
            let length = blank.trim_end_matches('\n').len();
            if length > 0 {
                let text = dom.text.get(at..at + length).unwrap_or("").to_owned();
                self.push(What::Text(text, Some(at..at + length)), style);
            }
            if length < blank.len() && dom.text.as_bytes().get(at + length) != Some(&b'\r') {
                self.push(What::Break, style);
            }
            at += blank.len();
        }
    }

    fn strange(&mut self, text: &str, style: Style) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.push(What::Text(text, None), style);
        }
    }

    fn link(&mut self, id: Id, style: Style) {
        let href = self.dom.attribute(id, "href").unwrap_or("").trim();
        if let Some((note, label)) = self.notes.reference(self.dom, id) {
            self.push(What::Note(note, label), style);
            return;
        }
        if self.notes.is_backlink(self.dom, id) {
            return;
        }
        let lower = href.to_lowercase();
        let is_address = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
        let mut style = style;
        if is_address && style.link.is_none() {
            style.link = Some(self.links.len());
            self.links.push(href.to_owned());
        }
        self.children(id, style);
    }

    /// Ends the line: its paragraphs, then the pictures that stood in it.
    fn flush(&mut self) {
        let pieces = std::mem::take(&mut self.line);
        let is_empty = pieces.iter().all(|p| matches!(p.what, What::Blank(..)));
        let (node, style) = self.owner;
        let parts = line::parts(pieces);
        let is_gap = parts.is_empty() && self.figures.is_empty() && !is_empty;
        for part in parts {
            let block_style = Style { size: None, heading_face: false, ..style };
            let look = look_of(&part.pieces, block_style).look(self.gap || part.gap, part.indent);
            self.paragraph(part.pieces, look, node);
        }
        let figures = std::mem::take(&mut self.figures);
        for figure in figures {
            self.emit(RawBlock::plain(figure), node, 0);
        }
        self.gap |= is_gap;
    }

    fn paragraph(&mut self, pieces: Vec<Piece>, look: Look, node: Id) {
        let linked = self.linked(&pieces);
        let span = line::extent(&pieces, self.raw);
        let block = Block::paragraph(line::inlines(&pieces, &self.links, self.raw), span);
        self.emit(RawBlock { block, look }, node, linked);
    }

    fn emit(&mut self, raw: RawBlock, node: Id, linked: usize) {
        let text = raw.block.text().chars().filter(|c| !c.is_whitespace()).collect();
        self.out.push(Item { raw, node, text, linked });
        self.gap = false;
    }

    /// How many characters of pieces stand in links of the page, wherever they lead.
    fn linked(&self, pieces: &[Piece]) -> usize {
        let inside = |range: &Option<std::ops::Range<usize>>| {
            range.as_ref().is_some_and(|r| self.notes.is_linked(r.start))
        };
        pieces
            .iter()
            .map(|p| match &p.what {
                What::Text(text, range) if inside(range) => {
                    text.chars().filter(|c| !c.is_whitespace()).count()
                }
                _ => 0,
            })
            .sum()
    }

    fn heading(&mut self, id: Id, name: &str, style: Style) {
        self.flush();
        let outer = std::mem::replace(&mut self.owner, (id, style));
        let (line, figures) = self.only_line(id, style);
        let pieces = line::whole(line);
        if !pieces.is_empty() {
            let level = name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'));
            let inlines = line::inlines(&pieces, &self.links, self.raw);
            let span = line::extent(&pieces, self.raw);
            let block = Block::new(BlockKind::Heading(SubHeading::new(level, None, inlines)), span);
            let linked = self.linked(&pieces);
            let look = look_of(&pieces, style).look(self.gap, 0);
            self.emit(RawBlock { block, look }, id, linked);
        }
        for figure in figures {
            self.emit(RawBlock::plain(figure), id, 0);
        }
        self.owner = outer;
    }

    /// The pieces of an element that holds one line; blocks inside it are parted by breaks.
    fn only_line(&mut self, id: Id, style: Style) -> (Vec<Piece>, Vec<Block>) {
        let saved = (std::mem::take(&mut self.line), std::mem::take(&mut self.figures));
        self.flat(id, style);
        let line = std::mem::replace(&mut self.line, saved.0);
        (line, std::mem::replace(&mut self.figures, saved.1))
    }

    fn flat(&mut self, id: Id, style: Style) {
        let dom = self.dom;
        for child in dom.children(id) {
            let name = dom.name(child);
            let is_block = matches!(names::kind(name), Kind::Block | Kind::Part);
            if !is_block {
                // Links and runs of text may hold blocks too, though they should not.
                if names::kind(name) == Kind::Inline && !matches!(name, "a") && !name.is_empty() {
                    if !self.skipped.get(child).copied().unwrap_or(false) {
                        self.flat(child, style.inside(dom, child));
                    }
                } else if name == "a" && self.holds_blocks(child) {
                    self.flat(child, style);
                } else {
                    self.node(child, style);
                }
            } else if !self.skipped.get(child).copied().unwrap_or(false) {
                self.push(What::Break, style);
                self.flat(child, style.inside(dom, child));
                self.push(What::Break, style);
            }
        }
    }

    fn holds_blocks(&self, id: Id) -> bool {
        self.dom.children(id).any(|c| matches!(names::kind(self.dom.name(c)), Kind::Block | Kind::Part))
    }

    /// The blocks inside an element, apart from what stands around it.
    pub(super) fn nested(&mut self, id: Id, style: Style) -> Vec<Item> {
        self.flush();
        let outer = std::mem::take(&mut self.out);
        let owner = std::mem::replace(&mut self.owner, (id, style));
        self.nesting += 1;
        self.children(id, style);
        self.flush();
        self.nesting -= 1;
        self.owner = owner;
        std::mem::replace(&mut self.out, outer)
    }

    fn list(&mut self, id: Id, is_numbered: bool, style: Style) {
        let dom = self.dom;
        let children: Vec<Id> = dom.children(id).filter(|c| !self.is_blank_text(*c)).collect();
        self.flush();
        let before = self.out.len();
        let mut items: Vec<ListItem> = Vec::new();
        let mut linked = 0;
        let mut loose = Vec::new();
        for child in children {
            if dom.name(child) != "li" {
                // What stands between items belongs to the one before.
                let outer = std::mem::take(&mut self.out);
                self.nesting += 1;
                self.node(child, style);
                self.flush();
                self.nesting -= 1;
                let found = std::mem::replace(&mut self.out, outer);
                linked += found.iter().map(|i| i.linked).sum::<usize>();
                match items.last_mut() {
                    Some(item) => item.blocks.extend(blocks(found)),
                    None => loose.extend(found),
                }
            } else if !self.skipped.get(child).copied().unwrap_or(false) {
                let found = self.nested(child, style.inside(dom, child));
                linked += found.iter().map(|i| i.linked).sum::<usize>();
                if !found.is_empty() {
                    items.push(ListItem::new(blocks(found)));
                }
            }
        }
        self.out.splice(before..before, loose);
        if items.is_empty() {
            return;
        }
        // One item with all the text is a frame, not a list.
        if !is_numbered && items.len() == 1 && items.iter().all(|i| i.blocks.len() > 2) {
            for block in items.into_iter().flat_map(|i| i.blocks) {
                self.emit(RawBlock::plain(block), id, 0);
            }
            return;
        }
        let start = dom.attribute(id, "start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        let span = covered(items.iter().flat_map(|i| &i.blocks));
        let list = List::new(is_numbered.then_some(start), items);
        self.emit(RawBlock::plain(Block::new(BlockKind::List(list), span)), id, linked);
    }

    fn is_blank_text(&self, id: Id) -> bool {
        match self.dom.nodes.get(id).map(|n| &n.data) {
            Some(Data::Text(range)) => self.dom.text.get(range.clone()).unwrap_or("").trim().is_empty(),
            _ => false,
        }
    }

    fn quote(&mut self, id: Id, style: Style) {
        let found = self.nested(id, style);
        let linked = found.iter().map(|i| i.linked).sum();
        let blocks = blocks(found);
        if !blocks.is_empty() {
            let span = covered(&blocks);
            self.emit(RawBlock::plain(Block::new(BlockKind::Quote(Quote::new(blocks)), span)), id, linked);
        }
    }

    fn table(&mut self, id: Id, style: Style) {
        self.flush();
        if let Some(grid) = table::grid(self.dom, id).filter(|_| self.nesting < MAX_NESTING) {
            if let Some((table, span, linked)) = table::read(self, &grid, style) {
                self.emit(RawBlock::plain(Block::new(BlockKind::Table(table), span)), id, linked);
                return;
            }
            self.figures.clear();
        }
        self.block(id, style);
    }

    /// The inlines of a cell or caption, and how much of them is linked.
    pub(super) fn cell(&mut self, id: Id, style: Style) -> (Vec<Inline>, Option<Span>, usize) {
        let (line, figures) = self.only_line(id, style);
        self.figures.extend(figures);
        let pieces = line::whole(line);
        let linked = self.linked(&pieces);
        (line::inlines(&pieces, &self.links, self.raw), line::extent(&pieces, self.raw), linked)
    }

    fn picture(&mut self, id: Id) {
        let of = |key| self.dom.attribute(id, key).unwrap_or("").trim();
        let src = [of("data-src"), of("src")].into_iter().find(|s| !s.is_empty()).unwrap_or("");
        let small = |key| of(key).trim_end_matches("px").parse::<f64>().is_ok_and(|n| n <= 32.0);
        // Icons of file kinds, pixels that count visitors.
        if src.is_empty() || small("width") || small("height") {
            return;
        }
        let title = of("title");
        let caption = if title.is_empty() { Vec::new() } else { vec![Inline::text(title)] };
        let figure = Figure::new(src, of("alt"), caption);
        let span = self.place(id);
        self.figures.push(Block::new(BlockKind::Figure(figure), span));
    }

    /// A place for what has no text: the end of the text before it.
    fn place(&self, id: Id) -> Option<Span> {
        let before = (0..id).rev().take(64).find_map(|k| match self.dom.nodes.get(k).map(|n| &n.data) {
            Some(Data::Text(range)) => Some(range.end),
            _ => None,
        });
        before.map(|at| self.raw.lines.span(self.raw.id, at..at))
    }

    fn figure(&mut self, id: Id, style: Style) {
        let mut found = self.nested(id, style);
        let pictures = found.iter().filter(|i| matches!(i.raw.block.kind, BlockKind::Figure(_))).count();
        let dom = self.dom;
        let is_caption = |item: &Item| {
            let mut at = item.node;
            while at > id && dom.name(at) != "figcaption" {
                at = dom.parent(at);
            }
            dom.name(at) == "figcaption"
        };
        if pictures == 1 {
            let (captions, rest): (Vec<Item>, Vec<Item>) = found.into_iter().partition(is_caption);
            found = rest;
            let lines: Vec<Vec<Inline>> =
                captions.into_iter().filter_map(|i| inlines_of(i.raw.block)).collect();
            for item in &mut found {
                if let BlockKind::Figure(figure) = &mut item.raw.block.kind {
                    caption(figure, lines.join(&Inline::Break));
                    item.text = item.raw.block.text().chars().filter(|c| !c.is_whitespace()).collect();
                }
            }
        }
        self.out.extend(found);
    }

    fn note_section(&mut self, id: Id, style: Style) {
        self.flush();
        for (item, note, label) in self.notes.of_section(id) {
            let blocks = blocks(self.nested(item, style));
            let span = covered(&blocks);
            let mut block = Block::new(BlockKind::Note(Note::new(label, blocks)), span);
            block.id = note;
            self.emit(RawBlock::plain(block), id, 0);
        }
    }
}

/// The style of a block with the size and face that most of its text has.
fn look_of(pieces: &[Piece], block: Style) -> Style {
    let mut counts: Vec<((Option<u16>, bool), usize)> = Vec::new();
    for piece in pieces {
        if let What::Text(text, _) = &piece.what {
            let key = (piece.style.size, piece.style.heading_face);
            match counts.iter_mut().find(|(k, _)| *k == key) {
                Some((_, count)) => *count += text.len(),
                None => counts.push((key, text.len())),
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let (size, heading_face) = most.map_or((None, false), |(key, _)| key);
    Style { size, heading_face, ..block }
}

/// A caption that is there to be seen stands before one that shows when pointed at; pandoc repeats
/// the picture's own text as caption, which is no other text.
fn caption(figure: &mut Figure, seen: Vec<Inline>) {
    let text = crate::tree::plain_text(&seen);
    let repeats = text == figure.alt && !figure.caption.is_empty();
    if !seen.is_empty() && !repeats {
        figure.caption = seen;
    }
}

fn inlines_of(block: Block) -> Option<Vec<Inline>> {
    match block.kind {
        BlockKind::Paragraph(p) => Some(p.inlines),
        BlockKind::Heading(h) => Some(h.inlines),
        _ => None,
    }
}

fn blocks(items: Vec<Item>) -> Vec<Block> {
    items.into_iter().map(|i| i.raw.block).collect()
}

/// From the first block to the last.
fn covered<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> Option<Span> {
    blocks.into_iter().filter_map(|b| b.span).reduce(Span::to)
}

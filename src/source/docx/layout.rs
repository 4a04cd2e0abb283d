//! Paragraphs and tables to blocks: what a style's name, an outline level or a numbering says of
//! each. What a bold line or a large one may be is not judged here.

use std::collections::BTreeMap;

use crate::source::{Formatted, Look, RawBlock, SourceError};
use crate::tree::{Block, BlockKind, Figure, Note, Quote, Span, SubHeading};

use super::lines::{self, Lines, Met, Whole};
use super::lists::{Entry, Open};
use super::model::{Item, NoteKey, Paragraph, Picture, Piece, What, is_blank};
use super::numbering::{Marker, Numbered, Numbering};
use super::pictures::Pictures;
use super::props::{Justify, NumberRef, ParaProps};
use super::styles::{Named, ParaLook, RunLook, Styles};
use super::tables;

/// Levels of headings that styles and outlines have.
const DEEPEST: u8 = 9;

/// What blocks are made with.
pub(super) struct Layout<'a, 'p> {
    styles: &'a Styles,
    numbering: Numbering,
    notes: BTreeMap<NoteKey, Vec<Item>>,
    marks: BTreeMap<String, NoteKey>,
    pictures: &'a mut Pictures<'p>,
    lines: Lines,
    met: Met,
    shape: Shape,
    /// Lines of a table of contents that were left out.
    contents: usize,
    /// Lines that an excerpt tells its editor.
    editor_notes: usize,
    statuses: usize,
    /// A paragraph has a style that only jianbao gives.
    has_own_styles: bool,
}

/// What a text comes to.
pub(super) struct Laid {
    pub(super) text: String,
    pub(super) blocks: Vec<RawBlock>,
    /// Lines of a table of contents that were left out.
    pub(super) contents: usize,
    /// Lines of an excerpt's note to its editor that were left out.
    pub(super) editor_notes: usize,
    pub(super) statuses: usize,
    /// A paragraph has a style that only jianbao gives.
    pub(super) has_own_styles: bool,
    /// Pieces that bear marks, and their bytes.
    pub(super) seen: Vec<lines::Seen>,
    /// Text that looks otherwise than its styles say.
    pub(super) formatted: Vec<Formatted>,
}

/// Which styles the document uses, as far as they move the levels of headings.
#[derive(Debug, Default, Clone, Copy)]
struct Shape {
    has_title: bool,
    has_subtitle: bool,
    has_contents: bool,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Alone,
    /// An item of a list; without a count, of a bulleted one.
    Item {
        level: u8,
        count: Option<u64>,
        left: i32,
    },
    /// It goes on with the last item of this level or one above.
    Below(u8),
    /// It goes on with the last item that is no further in.
    Within(i32),
}

/// Blocks as far as they are made.
#[derive(Default)]
struct Made {
    blocks: Vec<RawBlock>,
    list: Open,
    quote: Vec<Block>,
    /// The last block is a paragraph in the style of captions.
    ends_with_caption: bool,
    /// An empty paragraph was met since the last block.
    has_gap: bool,
}

impl<'a, 'p> Layout<'a, 'p> {
    pub(super) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        notes: BTreeMap<NoteKey, Vec<Item>>,
        marks: BTreeMap<String, NoteKey>,
        pictures: &'a mut Pictures<'p>,
        lines: Lines,
        has_contents: bool,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            marks,
            pictures,
            lines,
            met: Met::default(),
            shape: Shape { has_contents, ..Shape::default() },
            contents: 0,
            editor_notes: 0,
            statuses: 0,
            has_own_styles: false,
        }
    }

    /// Makes the blocks of a text and, behind them, of the notes it refers to.
    pub(super) fn run(mut self, items: Vec<Item>) -> Result<Laid, SourceError> {
        self.shape = self.shape_of(&items);
        let mut blocks = self.blocks(items)?;
        let mut k = 0;
        while let Some(key) = self.met.notes.get(k).cloned() {
            let items = self.notes.get_mut(&key).map(std::mem::take).unwrap_or_default();
            let inside: Vec<Block> = self.blocks(items)?.into_iter().map(|raw| raw.block).collect();
            let span = inside.iter().filter_map(|b| b.span).reduce(Span::to);
            let note = Note::new((k + 1).to_string(), inside);
            let mut block = Block::new(BlockKind::Note(note), span.or(Some(self.lines.here())));
            block.id = lines::note_id(self.lines.file(), k);
            blocks.push(RawBlock::plain(block));
            k += 1;
        }
        let Self { lines, contents, editor_notes, statuses, has_own_styles, .. } = self;
        let (text, seen, formatted) = lines.finish();
        Ok(Laid { text, blocks, contents, editor_notes, statuses, has_own_styles, seen, formatted })
    }

    fn shape_of(&self, items: &[Item]) -> Shape {
        let mut shape = self.shape;
        for item in items {
            let Item::Paragraph(paragraph) = item else { continue };
            shape.has_contents |= paragraph.is_contents;
            if paragraph.is_empty() {
                continue;
            }
            match self.styles.paragraph(&paragraph.props).named {
                Some(Named::Title | Named::SetTitle) => shape.has_title = true,
                Some(Named::Subtitle) => shape.has_subtitle |= !opens_with_dash(paragraph),
                Some(Named::Contents) => shape.has_contents = true,
                _ => {}
            }
        }
        shape
    }

    fn blocks(&mut self, items: Vec<Item>) -> Result<Vec<RawBlock>, SourceError> {
        let mut made = Made::default();
        let mut rest = vec![items.into_iter()];
        while let Some(top) = rest.last_mut() {
            match top.next() {
                Some(Item::Paragraph(mut paragraph)) => {
                    let boxes = std::mem::take(&mut paragraph.boxes);
                    self.paragraph(*paragraph, &mut made)?;
                    rest.push(boxes.into_iter());
                }
                Some(Item::Table(table)) if tables::is_frame(&table) => {
                    let cells = table.rows.into_iter().filter(|r| !r.is_deleted).flat_map(|r| r.cells);
                    let items: Vec<Item> = cells.filter(|c| !c.is_deleted).flat_map(|c| c.items).collect();
                    rest.push(items.into_iter());
                }
                Some(Item::Table(table)) => self.table(table, &mut made)?,
                None => {
                    rest.pop();
                }
            }
        }
        made.settle();
        Ok(made.blocks)
    }

    fn table(&mut self, table: super::model::Table, made: &mut Made) -> Result<(), SourceError> {
        made.settle();
        made.has_gap = false;
        let before = self.lines.here();
        let (mut table, pictures) = tables::table(self, table);
        let after = self.lines.here();
        let mut span = Span { end: after.start.saturating_sub(1).max(before.start), ..before };
        let has_text = table.head.iter().chain(table.rows.iter().flatten()).any(|c| !c.inlines.is_empty());
        if has_text {
            if std::mem::take(&mut made.ends_with_caption)
                && let Some(RawBlock {
                    block: Block { kind: BlockKind::Paragraph(p), span: own, .. }, ..
                }) = made.blocks.last_mut()
            {
                table.caption = std::mem::take(&mut p.inlines);
                span = own.map_or(span, |own| own.to(span));
                made.blocks.pop();
            }
            made.push(RawBlock::plain(Block::new(BlockKind::Table(table), Some(span))));
        }
        self.figures(pictures, made)
    }

    fn figures(&mut self, pictures: Vec<Picture>, made: &mut Made) -> Result<(), SourceError> {
        for picture in pictures {
            if let Some(src) = self.pictures.take(&picture.part)? {
                made.settle();
                let figure = Figure::new(src, picture.alt, Vec::new());
                made.push(RawBlock::plain(Block::new(BlockKind::Figure(figure), Some(self.lines.here()))));
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, mut paragraph: Paragraph, made: &mut Made) -> Result<(), SourceError> {
        let set = self.look(&paragraph);
        self.has_own_styles |= matches!(set.named, Some(Named::Speaker | Named::SetTitle));
        let is_gap = paragraph.is_empty();
        let pictures = std::mem::take(&mut paragraph.pictures);
        match set.named {
            Some(Named::Contents) => {
                if made.blocks.last().is_some_and(|raw| is_contents_heading(&raw.block)) {
                    made.blocks.pop();
                }
                self.contents += 1;
                return Ok(());
            }
            Some(Named::EditorNote) if pictures.is_empty() => {
                self.editor_notes += usize::from(!paragraph.is_empty());
                return Ok(());
            }
            Some(Named::Status) if pictures.is_empty() => {
                self.statuses += usize::from(!paragraph.is_empty());
                return Ok(());
            }
            Some(Named::ContentsHeading) if self.shape.has_contents => return Ok(()),
            _ => {}
        }
        let numbered = self.numbered(&paragraph.props, &set);
        if is_gap && numbered.is_none() {
            made.has_gap = true;
            return Ok(());
        }
        paragraph.has_gap |= std::mem::take(&mut made.has_gap);
        paragraph.pieces = self.resolved(paragraph.pieces);
        if let Some(level) = self.heading_level(&set, &paragraph) {
            if !paragraph.is_empty() {
                self.heading(&paragraph, &set, level, numbered, made);
            }
        } else if !paragraph.is_empty() || numbered.is_some() {
            self.text(paragraph, &set, numbered, made);
        }
        self.figures(pictures, made)
    }

    fn heading(
        &mut self,
        paragraph: &Paragraph,
        set: &ParaLook,
        level: u8,
        numbered: Option<Numbered>,
        made: &mut Made,
    ) {
        let whole = Whole::of(&paragraph.pieces);
        let pieces = match set.named {
            // The lines of a title that jianbao has broken.
            Some(Named::SetTitle) => without_breaks(&paragraph.pieces, None),
            _ => without_redundant_breaks(&paragraph.pieces),
        };
        // What all of it is, its style makes it.
        let pieces: Vec<Piece> = match whole.is_stressed {
            true => pieces.into_iter().map(unstressed).collect(),
            false => pieces,
        };
        let strong = |l: &RunLook| l.is_bold && !whole.is_bold;
        let label = numbered.and_then(|n| label_of(n.marker));
        let (inlines, span) = lines::set(&mut self.lines, &mut self.met, &pieces, label.as_deref(), strong);
        let mut heading = SubHeading::new(1, None, inlines);
        heading.level = level;
        made.settle();
        let look = look(paragraph, set, &whole);
        made.push(RawBlock { block: Block::new(BlockKind::Heading(heading), Some(span)), look });
    }

    /// A paragraph that is no heading by its style.
    fn text(&mut self, paragraph: Paragraph, set: &ParaLook, numbered: Option<Numbered>, made: &mut Made) {
        let whole = Whole::of(&paragraph.pieces);
        let stands_out = whole.is_bold || whole.is_heading_face;
        let is_empty = paragraph.is_empty();
        let inner = numbered.as_ref().and_then(|n| n.indent.left);
        let left = set.indent.left.or(inner).unwrap_or(0);
        let (mut label, mut place) = (None, Place::Alone);
        if let Some(Numbered { marker, level, .. }) = numbered {
            match marker {
                // A bold line with a number is a heading that nobody marked.
                Marker::Text(text) => label = Some(text),
                Marker::Decimal(_, text) if stands_out => label = Some(text),
                Marker::Bullet if stands_out => {}
                Marker::Decimal(count, _) => place = Place::Item { level, count: Some(count), left },
                Marker::Bullet => place = Place::Item { level, count: None, left },
                Marker::Blank => place = Place::Below(level),
            }
        }
        if is_empty && !matches!(place, Place::Item { .. }) {
            return;
        }
        if set.named == Some(Named::ListText) && left > 0 && place == Place::Alone && label.is_none() {
            place = Place::Within(left);
        }
        let lines = match set.named {
            // A speaker's roles on a line of their own.
            Some(Named::Speaker) => vec![without_breaks(&paragraph.pieces, Some("\u{3000}"))],
            _ => split(&paragraph.pieces),
        };
        for (k, pieces) in lines.iter().enumerate() {
            if !is_empty && pieces.iter().all(Piece::is_blank) {
                continue;
            }
            let line = Whole::of(pieces);
            let block = self.line(pieces, label.take().as_deref(), &line, whole.is_bold);
            let mut look = look(&paragraph, set, &line);
            look.gap &= k == 0;
            made.put(RawBlock { block, look }, set.named, place);
            if matches!(place, Place::Item { .. }) {
                place = Place::Below(u8::MAX);
            }
        }
    }

    /// One line of text as a paragraph.
    fn line(&mut self, pieces: &[Piece], label: Option<&str>, line: &Whole, is_bold: bool) -> Block {
        let strong = |l: &RunLook| is_bold || l.is_bold || l.is_heading_face && !line.is_heading_face;
        let (inlines, span) = lines::set(&mut self.lines, &mut self.met, pieces, label, strong);
        Block::paragraph(inlines, Some(span))
    }

    /// The level of a heading, counted as Markdown counts: a title is 1, what stands below it more.
    fn heading_level(&self, set: &ParaLook, paragraph: &Paragraph) -> Option<u8> {
        let Shape { has_title, has_subtitle, .. } = self.shape;
        let below = |level: u8| {
            let under_subtitle = has_subtitle && (has_title || level > 1);
            level.saturating_add(u8::from(has_title) + u8::from(under_subtitle)).min(DEEPEST)
        };
        match set.named {
            Some(Named::Title | Named::SetTitle) => Some(1),
            // A second title under one heading: it is joined to it by what judges subtitles.
            Some(Named::Subtitle) if opens_with_dash(paragraph) => None,
            Some(Named::Subtitle) => Some(2),
            Some(Named::Heading(level)) => Some(below(level)),
            Some(Named::ListText) | None => set.outline.filter(|o| *o < DEEPEST).map(|o| below(o + 1)),
            Some(_) => None,
        }
    }

    pub(super) fn look(&self, paragraph: &Paragraph) -> ParaLook {
        self.styles.paragraph(&paragraph.props)
    }

    /// The number before a paragraph in a cell.
    pub(super) fn label(&mut self, paragraph: &Paragraph, set: &ParaLook) -> Option<String> {
        self.numbered(&paragraph.props, set).and_then(|n| label_of(n.marker))
    }

    fn numbered(&mut self, props: &ParaProps, set: &ParaLook) -> Option<Numbered> {
        let wanted: &NumberRef = set.number.as_ref()?;
        let styles = self.styles.ids(props.style.as_deref());
        self.numbering.count(wanted, &styles)
    }

    pub(super) fn writing(&mut self) -> (&mut Lines, &mut Met) {
        (&mut self.lines, &mut self.met)
    }

    /// The pieces with marks of notes that exist; others are dropped, or stay what they show.
    pub(super) fn resolved(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let resolve = |mut piece: Piece| {
            match piece.what {
                What::Note(key) if !self.notes.contains_key(&key) => return None,
                What::NoteAt { bookmark, shown } => {
                    let key = self.marks.get(&bookmark).filter(|key| self.notes.contains_key(*key));
                    piece.what = key.map_or(What::Text(shown), |key| What::Note(key.clone()));
                }
                _ => {}
            }
            Some(piece)
        };
        pieces.into_iter().filter_map(resolve).collect()
    }
}

impl Made {
    /// Puts a paragraph where it belongs: a list, a quotation, a caption's place, or by itself.
    fn put(&mut self, mut raw: RawBlock, named: Option<Named>, place: Place) {
        let left_over = match place {
            Place::Item { level, count, left } => {
                self.settle_quote();
                if self.list.is_empty() {
                    self.list.has_gap = raw.look.gap;
                }
                let is_empty = matches!(&raw.block.kind, BlockKind::Paragraph(p) if p.inlines.is_empty());
                let blocks = if is_empty { Vec::new() } else { vec![raw.block] };
                return self.list.push(Entry { level, count, left, blocks });
            }
            Place::Below(level) => self.list.go_on(raw.block, |e| e.level <= level),
            Place::Within(left) => self.list.go_on(raw.block, |e| e.left > 0 && e.left <= left),
            Place::Alone => Some(raw.block),
        };
        let Some(block) = left_over else { return };
        raw.block = block;
        match named {
            Some(Named::Quote) => {
                self.settle_list();
                self.quote.push(raw.block);
            }
            Some(Named::Caption) => {
                self.settle();
                self.caption(raw);
            }
            _ => {
                self.settle();
                self.push(raw);
            }
        }
    }

    fn push(&mut self, raw: RawBlock) {
        self.ends_with_caption = false;
        self.blocks.push(raw);
    }

    fn settle(&mut self) {
        self.settle_list();
        self.settle_quote();
    }

    fn settle_list(&mut self) {
        let has_gap = self.list.has_gap;
        for (k, block) in self.list.take().into_iter().enumerate() {
            let look = Look { gap: has_gap && k == 0, ..Look::default() };
            self.push(RawBlock { block, look });
        }
    }

    fn settle_quote(&mut self) {
        if !self.quote.is_empty() {
            let blocks = std::mem::take(&mut self.quote);
            let span = blocks.iter().filter_map(|b| b.span).reduce(Span::to);
            self.push(RawBlock::plain(Block::new(BlockKind::Quote(Quote::new(blocks)), span)));
        }
    }

    /// A caption belongs to the picture before it, or to the table after it.
    fn caption(&mut self, raw: RawBlock) {
        if let Some(RawBlock { block: Block { kind: BlockKind::Figure(figure), span, .. }, .. }) =
            self.blocks.last_mut()
            && figure.caption.is_empty()
            && let BlockKind::Paragraph(p) = &raw.block.kind
        {
            figure.caption.clone_from(&p.inlines);
            if let (Some(own), Some(after)) = (*span, raw.block.span) {
                *span = Some(own.to(after));
            }
            return;
        }
        self.push(raw);
        self.ends_with_caption = true;
    }
}

fn look(paragraph: &Paragraph, set: &ParaLook, whole: &Whole) -> Look {
    let blanks = u8::try_from(whole.blanks).unwrap_or(u8::MAX);
    Look {
        gap: paragraph.has_gap,
        indent: Some(set.indent.chars(whole.size).max(blanks)),
        centred: set.justify == Some(Justify::Centre),
        right: set.justify == Some(Justify::End),
        size: Some(whole.size).filter(|s| *s > 0),
        heading_face: whole.is_heading_face,
    }
}

fn label_of(marker: Marker) -> Option<String> {
    match marker {
        Marker::Text(label) | Marker::Decimal(_, label) => Some(label),
        Marker::Bullet | Marker::Blank => None,
    }
}

fn opens_with_dash(paragraph: &Paragraph) -> bool {
    let mut texts = paragraph.pieces.iter().filter_map(|p| match &p.what {
        What::Text(text) => Some(text.trim_start()),
        _ => None,
    });
    texts.find(|t| !t.is_empty()).is_some_and(|t| t.starts_with('—'))
}

fn is_contents_heading(block: &Block) -> bool {
    let text: String = block.text().chars().filter(|c| !is_blank(*c)).take(9).collect();
    matches!(text.as_str(), "目录" | "目次" | "Contents")
}

fn unstressed(mut piece: Piece) -> Piece {
    piece.look.is_italic = false;
    piece
}

/// The pieces with each break made `instead`, or nothing.
fn without_breaks(pieces: &[Piece], instead: Option<&str>) -> Vec<Piece> {
    let replace = |piece: &Piece| match (&piece.what, instead) {
        (What::Break, None) => None,
        (What::Break, Some(text)) => Some(Piece { what: What::Text(text.to_owned()), ..piece.clone() }),
        _ => Some(piece.clone()),
    };
    pieces.iter().filter_map(replace).collect()
}

/// A heading's pieces; a line that ends behind a blank is broken for looks, the blank parts its clauses.
fn without_redundant_breaks(pieces: &[Piece]) -> Vec<Piece> {
    let ends_blank = |p: &Piece| matches!(&p.what, What::Text(text) if text.ends_with(is_blank));
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.what != What::Break || !kept.last().is_some_and(ends_blank) {
            kept.push(piece.clone());
        }
    }
    kept
}

/// Lines that a writer, or a web page copied, meant as paragraphs: behind an empty line, or set in.
fn split(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let is_break = |p: &Piece| p.what == What::Break;
    let opens = |piece: Option<&Piece>| match piece.map(|p| &p.what) {
        Some(What::Break) => true,
        Some(What::Text(text)) => {
            let blanks = text.chars().take_while(|c| is_blank(*c)).count();
            text.starts_with('\u{3000}') || blanks >= 2
        }
        _ => false,
    };
    let mut parts = vec![Vec::new()];
    for (k, piece) in pieces.iter().enumerate() {
        let before = parts.last().is_some_and(|p: &Vec<Piece>| !p.iter().all(Piece::is_blank));
        if is_break(piece) && before && opens(pieces.get(k + 1)) {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(piece.clone());
        }
    }
    parts
}

//! The book's text piece by piece, each byte with its place in the source.

use std::ops::Range;

use crate::check::SourceText;
use crate::tree::{Block, BlockKind, Edit, FileId, Inline, NodeId, Proceedings, Span, Speaker};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PassageKind {
    /// The book's title.
    Title,
    /// The meeting.
    Event,
    /// A part's title.
    Part,
    /// A speech's heading.
    Heading,
    /// A speaker's line, name and roles.
    Speaker,
    /// A paragraph of a speech, a quotation, an item or the lede.
    Paragraph,
    /// A heading inside a speech.
    SubHeading,
    /// A cell of a table.
    Cell,
    /// The caption of a table or picture.
    Caption,
}

/// A piece of running text that no block border crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The node it belongs to.
    pub node: NodeId,
    /// The speech it stands in, by its place in [`Proceedings::speeches`].
    pub speech: Option<usize>,
    /// The text, normalised: what is printed. A forced line break is `\n`.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A run of the text and its place: byte for byte, or, when it is `whole`, only as one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: Range<u32>,
    /// Its bytes; `file` and `line` are its run's. Thirty bytes less than a [`Span`] in each of the many
    /// pieces that a book of changed marks has.
    source: Range<u32>,
    file: FileId,
    line: u32,
    whole: bool,
}

impl Piece {
    /// None for what lies beyond four gigabytes.
    fn new(text: Range<usize>, span: Span, whole: bool) -> Option<Self> {
        let small = |range: Range<usize>| Some(range.start.try_into().ok()?..range.end.try_into().ok()?);
        let line = span.line.try_into().ok()?;
        Some(Self { text: small(text)?, source: small(span.start..span.end)?, file: span.file, line, whole })
    }

    fn text(&self) -> Range<usize> {
        self.text.start as usize..self.text.end as usize
    }

    fn source(&self) -> Span {
        Span::new(self.file, self.source.start as usize, self.source.end as usize, self.line as usize)
    }
}

impl Passage {
    /// The source bytes of a range of the text, as far as they are known.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let places = self.pieces.iter().map(|p| (p.text(), p.source(), p.whole));
        let touched = places.filter(|(text, _, _)| text.start < range.end && range.start < text.end);
        let narrowed = touched.map(|(text, source, whole)| match whole {
            true => source,
            false => {
                let from = range.start.max(text.start) - text.start;
                let to = range.end.min(text.end) - text.start;
                Span { start: source.start + from, end: source.start + to, ..source }
            }
        });
        narrowed.reduce(Span::to)
    }

    /// The source bytes of all of it.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        self.pieces.iter().map(Piece::source).reduce(Span::to)
    }

    /// Whether source bytes are words of the passage, not markup beside them.
    pub(super) fn touches(&self, span: Span) -> bool {
        self.pieces
            .iter()
            .filter(|p| !p.whole)
            .map(Piece::source)
            .any(|source| source.file == span.file && source.start < span.end && span.start < source.end)
    }

    /// Whether the range of the text stands in the source byte for byte and in one piece, so that
    /// a fix may replace it.
    #[must_use]
    pub fn is_exact(&self, range: Range<usize>) -> bool {
        let mut exact = self.pieces.iter().filter(|p| !p.whole).map(Piece::text);
        exact.any(|text| text.start <= range.start && range.end <= text.end)
    }
}

/// All passages of a tree in reading order.
pub(super) fn of(tree: &Proceedings, texts: &[SourceText<'_>]) -> Vec<Passage> {
    let mut gatherer = Gatherer { tree, texts, passages: Vec::new(), speech: None };
    let front = &tree.front;
    gatherer.line(PassageKind::Title, &front.title.id, front.title.span, &tree.title);
    if let Some(event) = &tree.event {
        gatherer.line(PassageKind::Event, &front.event.id, front.event.span, event);
    }
    tree.lede.iter().for_each(|b| gatherer.block(b));
    let mut part = None;
    for (k, speech) in tree.speeches.iter().enumerate() {
        if speech.part.as_ref() != part {
            part = speech.part.as_ref();
            gatherer.speech = None;
            if let Some(opened) = tree.parts.iter().find(|p| Some(&p.id) == part) {
                gatherer.line(PassageKind::Part, &opened.id, opened.span, &opened.title);
                opened.intro.iter().for_each(|b| gatherer.block(b));
            }
        }
        gatherer.speech = Some(k);
        gatherer.inlines(PassageKind::Heading, &speech.heading.id, &speech.heading.inlines);
        speech.speakers.iter().for_each(|s| gatherer.speaker(s));
        speech.body.iter().for_each(|b| gatherer.block(b));
    }
    gatherer.passages.shrink_to_fit();
    gatherer.passages
}

struct Gatherer<'a> {
    tree: &'a Proceedings,
    texts: &'a [SourceText<'a>],
    passages: Vec<Passage>,
    speech: Option<usize>,
}

impl Gatherer<'_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(p) => self.inlines(PassageKind::Paragraph, &block.id, &p.inlines),
            BlockKind::Heading(h) => self.inlines(PassageKind::SubHeading, &block.id, &h.inlines),
            BlockKind::List(list) => list.items.iter().flat_map(|i| &i.blocks).for_each(|b| self.block(b)),
            BlockKind::Quote(quote) => quote.blocks.iter().for_each(|b| self.block(b)),
            BlockKind::Note(note) => note.blocks.iter().for_each(|b| self.block(b)),
            BlockKind::Figure(figure) => self.inlines(PassageKind::Caption, &block.id, &figure.caption),
            BlockKind::Table(table) => {
                self.inlines(PassageKind::Caption, &block.id, &table.caption);
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    self.inlines(PassageKind::Cell, &block.id, &cell.inlines);
                }
            }
        }
    }

    fn inlines(&mut self, kind: PassageKind, node: &NodeId, inlines: &[Inline]) {
        let mut passage = self.empty(kind, node);
        self.push(inlines, &mut passage);
        if !passage.text.is_empty() {
            self.passages.push(passage);
        }
    }

    fn push(&self, inlines: &[Inline], passage: &mut Passage) {
        for inline in inlines {
            match inline {
                Inline::Text { text, span } => self.run(text, *span, passage),
                Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                    self.push(content, passage);
                }
                Inline::Break => passage.text.push('\n'),
                Inline::NoteRef { .. } => {}
            }
        }
    }

    fn line(&mut self, kind: PassageKind, node: &NodeId, span: Option<Span>, text: &str) {
        let mut passage = self.empty(kind, node);
        self.run(text, span, &mut passage);
        self.passages.push(passage);
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let mut passage = self.empty(PassageKind::Speaker, &speaker.id);
        let printed = speaker.span.and_then(|span| {
            let source = self.source(span)?;
            Some(applied(source, span, self.edits(span)))
        });
        let text = printed.unwrap_or_else(|| format!("{} {}", speaker.display_name(), speaker.title));
        self.run(&text, speaker.span, &mut passage);
        self.passages.push(passage);
    }

    fn empty(&self, kind: PassageKind, node: &NodeId) -> Passage {
        Passage { kind, node: node.clone(), speech: self.speech, text: String::new(), pieces: Vec::new() }
    }

    fn source(&self, span: Span) -> Option<&str> {
        let text = self.texts.iter().find(|t| t.file == span.file)?.text;
        text.get(span.start..span.end)
    }

    /// The edits inside a span.
    fn edits(&self, span: Span) -> &[Edit] {
        let edits = &self.tree.edits;
        let from = edits.partition_point(|e| (e.span.file, e.span.start) < (span.file, span.start));
        let to = edits.partition_point(|e| (e.span.file, e.span.start) < (span.file, span.end));
        &edits[from..to.max(from)]
    }

    /// Adds a run; its place is known byte for byte where the slice of the source with the edits
    /// applied is the run's text.
    fn run(&self, text: &str, span: Option<Span>, passage: &mut Passage) {
        let base = passage.text.len();
        passage.text.push_str(text);
        let Some(span) = span else { return };
        let Some(source) = self.source(span) else { return };
        let edits = self.edits(span);
        if applied(source, span, edits) != text {
            passage.pieces.extend(Piece::new(base..passage.text.len(), span, true));
            return;
        }
        let mut at = base;
        let mut from = span.start;
        let piece = |text: Range<usize>, start, end, whole| match text.is_empty() {
            true => None,
            false => Piece::new(text, Span { start, end, ..span }, whole),
        };
        passage.pieces.reserve_exact(2 * edits.len() + 1);
        for edit in edits {
            let kept = edit.span.start.saturating_sub(from);
            passage.pieces.extend(piece(at..at + kept, from, edit.span.start, false));
            at += kept;
            let after = at + edit.after.len();
            passage.pieces.extend(piece(at..after, edit.span.start, edit.span.end, true));
            (at, from) = (after, edit.span.end);
        }
        passage.pieces.extend(piece(at..passage.text.len(), from, span.end, false));
    }
}

/// A slice of the source with the edits inside it applied.
fn applied(source: &str, span: Span, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(source.len());
    let mut from = span.start;
    for edit in edits {
        if edit.span.start < from || edit.span.end > span.end {
            continue;
        }
        out.push_str(source.get(from - span.start..edit.span.start - span.start).unwrap_or_default());
        out.push_str(&edit.after);
        from = edit.span.end;
    }
    out.push_str(source.get(from - span.start..).unwrap_or_default());
    out
}

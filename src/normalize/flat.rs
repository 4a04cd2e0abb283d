//! Inlines as one row of characters, each with its place in the source.
//!
//! All normalising works on this row: it sees across runs of emphasis, and a character keeps its
//! place when its neighbours change length.

use std::ops::Range;

use crate::normalize::{Context, Reason};
use crate::source::Document;
use crate::tree::{Edit, FileId, Inline, Span};

/// A character of a row. Rows are made of every paragraph several times: it is kept small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// The run it belongs to, counted through the inlines; [`NO_LEAF`] for a forced line break.
    leaf: u32,
    /// Its bytes in the source, when the run is the source's own text.
    place: Option<Place>,
}

const NO_LEAF: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    file: FileId,
    start: u32,
    end: u32,
}

impl Glyph {
    fn new(c: char, leaf: u32, source: Option<(FileId, usize, usize)>) -> Self {
        // What lies beyond four gigabytes has no place.
        let place = source.and_then(|(file, start, end)| {
            Some(Place { file, start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
        });
        Self { c, leaf, place }
    }

    /// Its bytes in the source, when the run is the source's own text.
    pub(super) fn source(&self) -> Option<(FileId, usize, usize)> {
        self.place.map(|p| (p.file, p.start as usize, p.end as usize))
    }
}

/// Characters to be replaced by one or none, and their bytes in the source.
pub(super) type Collapse = (Range<usize>, Option<char>, Option<(FileId, usize, usize)>);

/// A change that is decided, not yet recorded.
#[derive(Debug, Clone)]
struct Change {
    file: FileId,
    range: Range<usize>,
    after: String,
    reason: Reason,
}

/// A row of characters with the changes made to it.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) glyphs: Vec<Glyph>,
    changes: Vec<Change>,
}

impl Flat {
    pub(super) fn of(inlines: &[Inline]) -> Self {
        let mut flat = Flat { glyphs: Vec::new(), changes: Vec::new() };
        flat.push(inlines, &mut 0);
        flat
    }

    fn push(&mut self, inlines: &[Inline], leaves: &mut u32) {
        for inline in inlines {
            match inline {
                Inline::Text { text, span } => {
                    self.push_text(text, *span, *leaves);
                    *leaves += 1;
                }
                Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                    self.push(content, leaves);
                }
                Inline::Break => self.glyphs.push(Glyph::new('\n', NO_LEAF, None)),
                Inline::NoteRef { .. } => {}
            }
        }
    }

    fn push_text(&mut self, text: &str, span: Option<Span>, leaf: u32) {
        // A character reference such as `&amp;` is one character of several bytes: no offsets then.
        // A mark that was made standard is one of another length.
        let is_mark = |s: &Span| s.end == s.start + 1 && text.chars().count() == 1;
        // A blank that is a reference keeps its place: it may be dropped, never replaced by a mark.
        let is_blank = || text.chars().count() == 1 && text.chars().all(char::is_whitespace);
        let own = span.filter(|s| s.end - s.start == text.len() || is_blank() || is_mark(s));
        // Ranges that go back (the parser's, around a lone carriage return) are no places.
        let last = self.glyphs.iter().rev().find_map(Glyph::source);
        let own = own.filter(|s| last.is_none_or(|(file, _, end)| file != s.file || end <= s.start));
        // Chinese is three bytes a character.
        self.glyphs.reserve(text.len() / 3);
        for (at, c) in text.char_indices() {
            let source = own.map(|s| match at + c.len_utf8() == text.len() {
                true => (s.file, s.start + at, s.end),
                false => (s.file, s.start + at, s.start + at + c.len_utf8()),
            });
            self.glyphs.push(Glyph::new(c, leaf, source));
        }
    }

    pub(super) fn text(&self) -> String {
        self.glyphs.iter().map(|g| g.c).collect()
    }

    pub(super) fn is_break(&self, k: usize) -> bool {
        self.glyphs[k].c == '\n' && self.glyphs[k].leaf == NO_LEAF
    }

    pub(super) fn is_soft(&self, k: usize) -> bool {
        self.glyphs[k].c == '\n' && self.glyphs[k].leaf != NO_LEAF
    }

    /// Puts `c` in the place of a character; does nothing where the place in the source is unknown.
    pub(super) fn replace(&mut self, k: usize, c: char, reason: Reason) {
        let Some((file, start, end)) = self.glyphs[k].source() else { return };
        self.changes.push(Change { file, range: start..end, after: c.to_string(), reason });
        self.glyphs[k].c = c;
    }

    /// Puts `after` (one character or none) in the place of the characters `range`, and of the
    /// source bytes `bytes` if they are known.
    pub(super) fn collapse(
        &mut self,
        range: Range<usize>,
        after: Option<char>,
        bytes: Option<(FileId, usize, usize)>,
        reason: Reason,
    ) {
        if let Some((file, start, end)) = bytes {
            let after = after.map_or_else(String::new, String::from);
            self.changes.push(Change { file, range: start..end, after, reason });
        }
        let kept = after.map(|c| Glyph::new(c, self.glyphs[range.start].leaf, bytes));
        self.glyphs.splice(range, kept);
    }

    /// [`Flat::collapse`] at many places, which must be in order and apart, in one pass.
    pub(super) fn collapse_all(&mut self, places: &[Collapse], reason: Reason) {
        if places.is_empty() {
            return;
        }
        let mut glyphs = Vec::with_capacity(self.glyphs.len());
        let mut at = 0;
        for (range, after, bytes) in places {
            glyphs.extend_from_slice(&self.glyphs[at..range.start]);
            if let Some((file, start, end)) = *bytes {
                let after = after.map_or_else(String::new, String::from);
                self.changes.push(Change { file, range: start..end, after, reason });
            }
            glyphs.extend(after.map(|c| Glyph::new(c, self.glyphs[range.start].leaf, *bytes)));
            at = range.end;
        }
        glyphs.extend_from_slice(&self.glyphs[at..]);
        self.glyphs = glyphs;
    }

    /// Drops characters at an end without a record: they lie outside the node's span.
    pub(super) fn drop(&mut self, range: Range<usize>) {
        self.glyphs.drain(range);
    }

    /// The source bytes from one character to another, both included.
    pub(super) fn bytes(&self, range: Range<usize>) -> Option<(FileId, usize, usize)> {
        let glyphs = self.glyphs.get(range)?;
        let (file, start, _) = glyphs.iter().find_map(Glyph::source)?;
        let (last_file, _, end) = glyphs.iter().rev().find_map(Glyph::source)?;
        (file == last_file && start <= end).then_some((file, start, end))
    }

    /// The changes as edits of `document`, which all places are in.
    pub(super) fn edits(&mut self, document: &Document) -> Vec<Edit> {
        let edit = |change: Change| {
            let before = document.text.get(change.range.clone())?;
            Some(Edit::new(
                document.lines.span(change.file, change.range),
                before,
                change.after,
                change.reason,
            ))
        };
        self.changes.drain(..).filter_map(edit).collect()
    }

    /// Records the changes.
    pub(super) fn commit(&mut self, context: &mut Context<'_>) {
        for change in self.changes.drain(..) {
            context.edit(change.file, change.range, &change.after, change.reason);
        }
    }

    /// The inlines with their runs made of the characters of this row; runs left empty vanish, and
    /// what stands side by side in the source is one run.
    pub(super) fn rebuild(&self, inlines: &[Inline]) -> Vec<Inline> {
        let mut runs = self.rebuild_from(inlines, &mut 0, &mut 0, false);
        runs.shrink_to_fit();
        for run in &mut runs {
            if let Inline::Text { text, .. } = run {
                text.shrink_to_fit();
            }
        }
        runs
    }

    /// [`Flat::rebuild`], with runs parted at the characters that changed their length: a row made of
    /// them knows every character's place again.
    pub(super) fn rebuild_parted(&self, inlines: &[Inline]) -> Vec<Inline> {
        let mut runs = self.rebuild_from(inlines, &mut 0, &mut 0, true);
        // Every paragraph of a book is kept so for a while.
        runs.shrink_to_fit();
        runs
    }

    fn rebuild_from(
        &self,
        inlines: &[Inline],
        leaves: &mut u32,
        at: &mut usize,
        parted: bool,
    ) -> Vec<Inline> {
        let mut out = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Text { span, .. } => {
                    let start = *at;
                    while self.glyphs.get(*at).is_some_and(|g| g.leaf == *leaves) {
                        *at += 1;
                    }
                    *leaves += 1;
                    match parted {
                        true => self.parted_runs(start..*at, *span, &mut out),
                        false => self.joined_run(start..*at, *span, &mut out),
                    }
                }
                Inline::Break => {
                    if let Some(glyph) = self.glyphs.get(*at).filter(|g| g.leaf == NO_LEAF) {
                        *at += 1;
                        // In a heading a break has become the blank between clauses.
                        out.push(if glyph.c == '\n' { Inline::Break } else { Inline::text(glyph.c) });
                    }
                }
                Inline::NoteRef { .. } => out.push(inline.clone()),
                Inline::Strong { content } => {
                    let content = self.rebuild_from(content, leaves, at, parted);
                    out.extend((!content.is_empty()).then_some(Inline::Strong { content }));
                }
                Inline::Emphasis { content } => {
                    let content = self.rebuild_from(content, leaves, at, parted);
                    out.extend((!content.is_empty()).then_some(Inline::Emphasis { content }));
                }
                Inline::Link { href, content } => {
                    let content = self.rebuild_from(content, leaves, at, parted);
                    out.extend((!content.is_empty()).then(|| Inline::Link { href: href.clone(), content }));
                }
            }
        }
        out
    }

    fn parted_runs(&self, range: Range<usize>, span: Option<Span>, out: &mut Vec<Inline>) {
        let mut start = range.start;
        let is_longer = |k: &usize| {
            let glyph = self.glyphs[*k];
            let c = glyph.c;
            glyph.source().is_some_and(|(_, start, end)| c != '\n' && c.len_utf8() != end - start)
        };
        for k in range.clone().filter(is_longer) {
            out.extend(self.run(start..k, span));
            out.extend(self.run(k..k + 1, span));
            start = k + 1;
        }
        out.extend(self.run(start..range.end, span));
    }

    fn joined_run(&self, range: Range<usize>, span: Option<Span>, out: &mut Vec<Inline>) {
        let source = |k: usize| self.glyphs.get(k).and_then(Glyph::source);
        let borders = range.start.checked_sub(1).and_then(|k| source(k).zip(source(range.start)));
        let goes_on =
            borders.is_some_and(|((file, _, end), (other, start, _))| file == other && end == start);
        match (self.run(range, span), out.last_mut()) {
            (
                Some(Inline::Text { text, span: Some(own) }),
                Some(Inline::Text { text: before, span: Some(whole) }),
            ) if goes_on => {
                before.push_str(&text);
                whole.end = own.end;
            }
            (run, _) => out.extend(run),
        }
    }

    fn run(&self, range: Range<usize>, span: Option<Span>) -> Option<Inline> {
        let glyphs = &self.glyphs[range.clone()];
        let mut text = String::with_capacity(glyphs.iter().map(|g| g.c.len_utf8()).sum());
        text.extend(glyphs.iter().map(|g| g.c));
        let span = span.map(|s| match self.bytes(range) {
            Some((_, start, end)) => Span { start, end, ..s },
            None => s,
        });
        (!text.is_empty()).then_some(Inline::Text { text, span })
    }
}

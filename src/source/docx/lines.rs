//! The text taken out of a file, line by line, and the runs that point into it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::source::Formatted;
use crate::tree::{FileId, Inline, NodeId, Span};

use super::model::{NoteKey, Piece, What, is_blank};
use super::styles::RunLook;

/// The marks of a piece and its bytes.
pub(super) type Seen = (Rc<[usize]>, Range<usize>);

/// The text as far as it is written.
#[derive(Debug)]
pub(super) struct Lines {
    id: FileId,
    text: String,
    line: usize,
    /// Pieces that bear marks, and their bytes.
    seen: Vec<Seen>,
    formatted: Vec<Formatted>,
}

impl Lines {
    pub(super) fn new(id: FileId) -> Self {
        Self { id, text: String::new(), line: 1, seen: Vec::new(), formatted: Vec::new() }
    }

    /// Takes down where a piece stands.
    fn see(&mut self, piece: &Piece, start: usize) {
        if let Some(marks) = &piece.marks {
            self.seen.push((Rc::clone(marks), start..self.text.len()));
        }
        let text = self.text.get(start..).unwrap_or_default();
        if piece.look.formats.is_empty() || text.chars().all(is_blank) {
            return;
        }
        let formats = piece.look.formats.on(text, piece.link.is_some());
        if !formats.is_empty() {
            self.formatted.push(Formatted { range: start..self.text.len(), formats });
        }
    }

    pub(super) fn put(&mut self, text: &str) -> Span {
        let (start, line) = (self.text.len(), self.line);
        self.text.push_str(text);
        self.line += text.matches('\n').count();
        Span::new(self.id, start, self.text.len(), line)
    }

    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.put("\n");
        }
    }

    /// The place where the next text will stand.
    pub(super) fn here(&self) -> Span {
        Span::new(self.id, self.text.len(), self.text.len(), self.line)
    }

    pub(super) fn file(&self) -> FileId {
        self.id
    }

    pub(super) fn finish(self) -> (String, Vec<Seen>, Vec<Formatted>) {
        (self.text, self.seen, self.formatted)
    }
}

/// The notes met so far, in their order.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) notes: Vec<NoteKey>,
    places: BTreeMap<NoteKey, usize>,
}

impl Met {
    fn reference(&mut self, file: FileId, key: &NoteKey) -> Inline {
        let next = self.notes.len();
        let k = *self.places.entry(key.clone()).or_insert(next);
        if k == next {
            self.notes.push(key.clone());
        }
        Inline::NoteRef { note: note_id(file, k), label: (k + 1).to_string() }
    }
}

/// A name for a note that is unique among the files of a book.
pub(super) fn note_id(file: FileId, k: usize) -> NodeId {
    NodeId::new(format!("note-{}-{k}", file.0))
}

/// How a paragraph's characters look, taken together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Whole {
    pub(super) is_bold: bool,
    pub(super) is_heading_face: bool,
    pub(super) is_stressed: bool,
    /// The size most of them have.
    pub(super) size: u16,
    /// Blanks before the first.
    pub(super) blanks: usize,
}

impl Whole {
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let shown = |p: &&Piece| !p.is_blank() && matches!(p.what, What::Text(_));
        let mut sizes: Vec<(u16, usize)> = Vec::new();
        let mut whole = Whole { is_bold: true, is_heading_face: true, is_stressed: true, ..Whole::default() };
        for piece in pieces.iter().filter(shown) {
            let What::Text(text) = &piece.what else { continue };
            let count = text.chars().filter(|c| !is_blank(*c)).count();
            match sizes.iter_mut().find(|(size, _)| *size == piece.look.size) {
                Some((_, sum)) => *sum += count,
                None => sizes.push((piece.look.size, count)),
            }
            whole.is_bold &= piece.look.is_bold;
            whole.is_stressed &= piece.look.is_italic;
            // Digits and marks may be of another face.
            whole.is_heading_face &= piece.look.is_heading_face || !text.chars().any(is_hanzi);
        }
        whole.is_bold &= !sizes.is_empty();
        whole.is_heading_face &= pieces.iter().filter(shown).any(|p| p.look.is_heading_face);
        whole.size = sizes.iter().max_by_key(|(_, count)| *count).map_or(0, |(size, _)| *size);
        for piece in pieces {
            match &piece.what {
                What::Text(text) => {
                    whole.blanks += text.chars().take_while(|c| is_blank(*c)).count();
                    if !piece.is_blank() {
                        break;
                    }
                }
                What::Break => whole.blanks = 0,
                What::Note(_) | What::NoteAt { .. } => break,
            }
        }
        whole
    }
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// A run with what it stands in.
struct Marked {
    inline: Inline,
    is_strong: bool,
    is_stressed: bool,
    link: Option<Rc<str>>,
}

/// Writes the pieces as one line and gives its inlines, blanks at both ends left out of them, and the
/// span from first to last.
pub(super) fn set(
    lines: &mut Lines,
    met: &mut Met,
    pieces: &[Piece],
    label: Option<&str>,
    strong: impl Fn(&RunLook) -> bool,
) -> (Vec<Inline>, Span) {
    let is_shown = |p: &Piece| !p.is_blank();
    let first = pieces.iter().position(is_shown).unwrap_or(pieces.len());
    let last = pieces.iter().rposition(is_shown).map_or(0, |k| k + 1).max(first);
    for piece in pieces.iter().take(first) {
        put_blank(lines, piece);
        lines.see(piece, lines.text.len());
    }
    let mut runs: Vec<Marked> = Vec::new();
    let mut label = label;
    let shown = pieces.get(first..last).unwrap_or_default();
    for (k, piece) in shown.iter().enumerate() {
        let marks = (strong(&piece.look), piece.look.is_italic);
        let text = match &piece.what {
            What::Text(text) => text.as_str(),
            What::Break => {
                lines.put("\n");
                lines.see(piece, lines.text.len());
                runs.push(between(Inline::Break, shown, k, &strong));
                continue;
            }
            What::Note(key) => {
                let reference = met.reference(lines.file(), key);
                runs.push(between(reference, shown, k, &strong));
                continue;
            }
            What::NoteAt { .. } => continue,
        };
        let text = if k == 0 {
            let inner = text.trim_start_matches(is_blank);
            lines.put(&text[..text.len() - inner.len()]);
            inner
        } else {
            text
        };
        let kept = if k + 1 == shown.len() { text.trim_end_matches(is_blank) } else { text };
        // A blank takes the look of what it follows.
        let marks = match runs.last() {
            Some(before) if kept.chars().all(is_blank) => (before.is_strong, before.is_stressed),
            _ => marks,
        };
        let label = label.take().unwrap_or_default();
        let full = format!("{label}{kept}");
        let span = lines.put(&full);
        lines.see(piece, span.start + label.len());
        lines.put(&text[kept.len()..]);
        push_text(&mut runs, full, span, marks, piece.link.clone());
    }
    if let Some(label) = label.take() {
        // A note's mark stands first.
        let text = label.to_owned();
        let span = lines.put(&text);
        runs.insert(
            0,
            Marked {
                inline: Inline::Text { text, span: Some(span) },
                is_strong: false,
                is_stressed: false,
                link: None,
            },
        );
    }
    let end = lines.text.len();
    for piece in pieces.iter().skip(last) {
        put_blank(lines, piece);
        if let Some(marks) = &piece.marks {
            lines.seen.push((Rc::clone(marks), end..end));
        }
    }
    let here = lines.here();
    let spans: Vec<Span> = runs
        .iter()
        .filter_map(|r| match &r.inline {
            Inline::Text { span, .. } => *span,
            _ => None,
        })
        .collect();
    let span = spans.iter().copied().reduce(Span::to).unwrap_or(here);
    lines.end_line();
    (nested(runs), span)
}

fn put_blank(lines: &mut Lines, piece: &Piece) {
    if let What::Text(text) = &piece.what {
        lines.put(text);
    }
}

/// So far a mark looks for the text beside it; with thousands of marks in a row that takes its time.
const NEAR: usize = 64;

/// A break or a note's mark is inside what stands on both of its sides.
fn between(inline: Inline, shown: &[Piece], k: usize, strong: &impl Fn(&RunLook) -> bool) -> Marked {
    let is_text = |p: &&Piece| matches!(p.what, What::Text(_)) && !p.is_blank();
    let before = shown.get(..k).and_then(|s| s.iter().rev().take(NEAR).find(is_text));
    let after = shown.get(k + 1..).and_then(|s| s.iter().take(NEAR).find(is_text));
    let both = |of: &dyn Fn(&RunLook) -> bool| {
        before.is_some_and(|p| of(&p.look)) && after.is_some_and(|p| of(&p.look))
    };
    let link = before.and_then(|p| p.link.clone()).filter(|l| after.and_then(|p| p.link.as_ref()) == Some(l));
    Marked { inline, is_strong: both(strong), is_stressed: both(&|l: &RunLook| l.is_italic), link }
}

fn push_text(
    runs: &mut Vec<Marked>,
    new: String,
    new_span: Span,
    marks: (bool, bool),
    link: Option<Rc<str>>,
) {
    if new.is_empty() {
        return;
    }
    if let Some(Marked {
        inline: Inline::Text { text, span: Some(span) },
        is_strong,
        is_stressed,
        link: other,
    }) = runs.last_mut()
        && (*is_strong, *is_stressed) == marks
        && *other == link
        && span.end == new_span.start
    {
        text.push_str(&new);
        span.end = new_span.end;
        return;
    }
    let inline = Inline::Text { text: new, span: Some(new_span) };
    runs.push(Marked { inline, is_strong: marks.0, is_stressed: marks.1, link });
}

/// Links around strong around stressed runs.
fn nested(runs: Vec<Marked>) -> Vec<Inline> {
    grouped(
        runs,
        |r| r.link.clone(),
        |link, runs| {
            let content = grouped(
                runs,
                |r| r.is_strong,
                |is_strong, runs| {
                    let content = grouped(
                        runs,
                        |r| r.is_stressed,
                        |is_stressed, runs| {
                            let content: Vec<Inline> = runs.into_iter().map(|r| r.inline).collect();
                            if is_stressed { vec![Inline::Emphasis { content }] } else { content }
                        },
                    );
                    if is_strong { vec![Inline::Strong { content }] } else { content }
                },
            );
            match link {
                Some(href) => {
                    vec![Inline::Link { href: href.to_string(), content: plain_address(content, &href) }]
                }
                None => content,
            }
        },
    )
}

fn grouped<K: PartialEq>(
    runs: Vec<Marked>,
    key: impl Fn(&Marked) -> K,
    wrap: impl Fn(K, Vec<Marked>) -> Vec<Inline>,
) -> Vec<Inline> {
    let mut groups: Vec<(K, Vec<Marked>)> = Vec::new();
    for run in runs {
        let k = key(&run);
        match groups.last_mut() {
            Some((last, group)) if *last == k => group.push(run),
            _ => groups.push((k, vec![run])),
        }
    }
    groups.into_iter().flat_map(|(k, group)| wrap(k, group)).collect()
}

/// An address that stands for itself is no prose.
fn plain_address(mut content: Vec<Inline>, href: &str) -> Vec<Inline> {
    if let [Inline::Text { text, span }] = content.as_mut_slice()
        && text == href
    {
        *span = None;
    }
    content
}

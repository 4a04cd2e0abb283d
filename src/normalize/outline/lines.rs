//! The blocks of a file with what each looks like by itself.

use rayon::prelude::*;

use crate::normalize::outline::joins;
use crate::normalize::speaker::label::{self, Label, is_ornament};
use crate::normalize::{heading, speaker};
use crate::source::RawBlock;
use crate::tree::{BlockKind, Inline, plain_text};

/// A longer line without a mark at its end is a sentence that lost it.
const LONGEST_HEADING: usize = 54;

/// What a block looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading that the form says is one.
    Heading(u8),
    /// A paragraph that could be a heading.
    Short,
    /// A line that names who speaks.
    Speaker,
    /// A paragraph that begins by naming who speaks.
    RunIn,
    /// A paragraph.
    Text,
    /// A table, a list, a picture, a quotation.
    Other,
}

/// How a heading is set off from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    /// The level of a heading that is one by its form.
    pub(super) level: Option<u8>,
    /// The mark it begins with.
    pub(super) mark: Option<char>,
    pub(super) bold: bool,
    pub(super) centred: bool,
    pub(super) face: bool,
    /// Its size above the text's, in half-points.
    pub(super) larger: u16,
}

impl Style {
    /// Whether it is set off at all.
    pub(super) fn is_distinct(&self) -> bool {
        *self != Style::default()
    }
}

/// A block and what it looks like.
pub(super) struct Line {
    pub(super) raw: RawBlock,
    pub(super) kind: Kind,
    pub(super) style: Style,
    pub(super) text: String,
    /// Few lines have one, and it is large.
    pub(super) label: Option<Box<Label>>,
    /// Whether it begins with a dash: behind words, a name so set off is theirs.
    pub(super) dashed: bool,
}

impl Line {
    pub(super) fn is_heading(&self) -> bool {
        matches!(self.kind, Kind::Heading(_))
    }

    /// A heading, or what could be one.
    pub(super) fn is_head(&self) -> bool {
        matches!(self.kind, Kind::Heading(_) | Kind::Short)
    }

    pub(super) fn is_start(&self) -> bool {
        matches!(self.kind, Kind::Speaker | Kind::RunIn)
    }

    pub(super) fn inlines(&self) -> &[Inline] {
        match &self.raw.block.kind {
            BlockKind::Paragraph(p) => &p.inlines,
            BlockKind::Heading(h) => &h.inlines,
            _ => &[],
        }
    }

    /// Its text as the inlines hold it.
    pub(super) fn raw_text(&self) -> String {
        plain_text(self.inlines())
    }

    /// Gives up the label: the line is an ordinary one.
    pub(super) fn unlabel(&mut self) {
        self.label = None;
        self.kind = plain_kind(&self.text, &self.style);
    }

    /// Whether its heading has several clauses.
    pub(super) fn has_clauses(&self) -> bool {
        self.is_head() && heading::has_clauses(self.inlines())
    }

    /// Whether a number such as 一、 opens it.
    pub(super) fn is_numbered(&self) -> bool {
        heading::number(&self.text).is_some()
    }
}

/// The lines of a file.
pub(super) fn of(raw: Vec<RawBlock>) -> Vec<Line> {
    let body_size = usual_size(&raw);
    joins::joined(raw).into_par_iter().map(|raw| line(raw, body_size)).collect()
}

fn line(raw: RawBlock, body_size: u16) -> Line {
    let text = raw.block.text().trim().to_owned();
    let span = raw.block.span;
    let mut style = Style {
        centred: raw.look.centred,
        face: raw.look.heading_face,
        larger: raw.look.size.map_or(0, |size| size.saturating_sub(body_size)),
        mark: text.chars().next().filter(|c| is_ornament(*c) || *c == '【'),
        ..Style::default()
    };
    let (kind, label) = match &raw.block.kind {
        BlockKind::Heading(h) => {
            style.level = Some(h.level);
            (Kind::Heading(h.level), None)
        }
        BlockKind::Paragraph(p) => {
            style.bold = is_bold(&p.inlines);
            let length = plain_text(&p.inlines).len();
            let label = speaker::speakers(&p.inlines, span)
                .map(|lines| Label::of_lines(lines, length))
                .or_else(|| label::of(&p.inlines, span))
                .or_else(|| label::alone(&p.inlines, span));
            match label {
                Some(label) if label.body >= length => (Kind::Speaker, Some(label)),
                Some(label) => (Kind::RunIn, Some(label)),
                None => (plain_kind(&text, &style), None),
            }
        }
        _ => (Kind::Other, None),
    };
    let dashed = text.starts_with(['—', '─', '－']) || text.starts_with("--");
    Line { raw, kind, style, text, label: label.map(Box::new), dashed }
}

/// Whether words could be a heading.
pub(super) fn is_heading_like(text: &str) -> bool {
    plain_kind(text.trim(), &Style::default()) == Kind::Short
}

fn plain_kind(text: &str, style: &Style) -> Kind {
    let count = text.chars().count();
    let is_bracketed =
        text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && heading::number(text).is_none();
    let ends = text.ends_with(['。', '；', ';', '，', ',', '、', '：', ':', '…']);
    let asks = text.ends_with(['！', '？', '!', '?']) && !style.is_distinct();
    let has_words = text.chars().any(|c| c.is_alphabetic());
    let is_short = count > 0
        && count <= LONGEST_HEADING
        && has_words
        && !ends
        && !asks
        && !is_bracketed
        && !text.contains('。');
    if is_short && !is_date(text) { Kind::Short } else { Kind::Text }
}

/// `2026年1月7日`, `1月7日上午`
pub(super) fn is_date(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    compact.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '二' | '一'))
        && compact.contains('月')
        && (compact.contains('日') || compact.contains('年'))
        && compact.chars().count() <= 16
}

/// Whether every character of it is bold.
fn is_bold(inlines: &[Inline]) -> bool {
    let is_blank = |i: &Inline| {
        matches!(i, Inline::Text { text, .. } if text.trim().is_empty())
            || matches!(i, Inline::NoteRef { .. } | Inline::Break)
    };
    inlines.iter().any(|i| matches!(i, Inline::Strong { .. }))
        && inlines.iter().all(|i| matches!(i, Inline::Strong { .. }) || is_blank(i))
}

/// The size that most characters have.
fn usual_size(raw: &[RawBlock]) -> u16 {
    let mut sizes: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for raw in raw {
        if let Some(size) = raw.look.size {
            *sizes.entry(size).or_default() += raw.block.text().chars().count();
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(u16::MAX, |(size, _)| size)
}

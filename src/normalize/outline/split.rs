//! One paragraph as two: the speaker and the words.

use crate::normalize::outline::lines::{Kind, Line};
use crate::normalize::speaker::label::{self, Label};
use crate::source::RawBlock;
use crate::tree::{Block, BlockKind, Inline, Span, split_inlines};

/// The label's own inlines and the words behind it.
pub(super) fn at_label(line: &Line, label: &Label) -> (Block, Option<Block>) {
    let inlines = line.inlines();
    let (before, _) = split_inlines(inlines, label.range.end);
    let (_, name) = split_inlines(&before, label.range.start);
    let (_, mut words) = split_inlines(inlines, label.body);
    if label.timed {
        drop_time(&mut words);
    }
    let span = line.raw.block.span;
    let words = (!words.is_empty()).then(|| block(words, span));
    (block(name, span), words)
}

/// `好。[03-06 17:13]`: the time is not the words'.
fn drop_time(words: &mut Vec<Inline>) {
    let text = crate::tree::plain_text(words);
    let trimmed = text.trim_end();
    if let Some(open) = trimmed.ends_with([']', '］']).then(|| trimmed.rfind(['[', '［'])).flatten() {
        *words = split_inlines(words, open).0;
    }
}

/// Who speaks in `林颂委员的发言`, `林颂书记在全市会议上的讲话`.
pub(super) fn named_in_heading(line: &Line) -> Option<(Block, Label)> {
    let text = line.raw_text();
    let kinds = ["的发言", "的讲话", "的书面发言", "的大会发言"];
    let rest = kinds.iter().find_map(|w| text.trim_end().strip_suffix(w))?;
    let rest = rest.split('在').next().unwrap_or(rest);
    let (name, _) = split_inlines(line.inlines(), rest.len());
    let label = label::alone(&name, line.raw.block.span)?;
    Some((block(name, line.raw.block.span), label))
}

fn block(inlines: Vec<Inline>, whole: Option<Span>) -> Block {
    let span = crate::normalize::structure::extent(&inlines).or(whole);
    Block::paragraph(inlines, span)
}

/// `“……。”——省政协委员林颂`: the words and, as a line of its own, who said them.
pub(super) fn tails(lines: Vec<Line>) -> Vec<Line> {
    lines.into_iter().flat_map(tail).collect()
}

/// Where the name behind the words begins.
pub(super) fn tail_at(line: &Line) -> Option<usize> {
    if line.kind != Kind::Text || line.dashed {
        return None;
    }
    let text = crate::tree::plain_text(line.inlines());
    let at = text.rfind('—').map(|at| text[..at + '—'.len_utf8()].trim_end_matches('—').len())?;
    let before = text[..at].trim_end();
    let (_, name) = split_inlines(line.inlines(), at);
    let closes = before.ends_with(['”', '。', '！', '？', '…', '」']);
    (closes && label::alone(&name, line.raw.block.span).is_some()).then_some(at)
}

fn tail(line: Line) -> Vec<Line> {
    let Some(at) = tail_at(&line) else { return vec![line] };
    let (words, name) = split_inlines(line.inlines(), at);
    let span = line.raw.block.span;
    let mut made = crate::normalize::outline::lines::of(vec![
        RawBlock { block: block(words, span), look: line.raw.look },
        RawBlock { block: block(name, span), look: crate::source::Look::default() },
    ]);
    debug_assert!(matches!(made[0].raw.block.kind, BlockKind::Paragraph(_)));
    if let Some(words) = made.first_mut() {
        words.label = None;
        words.kind = Kind::Text;
    }
    made
}

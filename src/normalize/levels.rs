//! What headings tell by themselves: their levels, and what stands around each.

use crate::normalize::{heading, speaker};
use crate::tree::{Block, BlockKind, Inline, plain_text};

/// The headings of one file.
#[derive(Default)]
pub(super) struct Shape {
    /// Levels of all headings in order.
    pub(super) levels: Vec<u8>,
    /// Levels of those that a speaker line follows.
    pub(super) speech_levels: Vec<u8>,
    /// Whether the last heading has clauses parted by a blank, as speeches' headings have.
    pub(super) last_has_clauses: bool,
}

impl Shape {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut shape = Shape { levels: Vec::new(), speech_levels: Vec::new(), last_has_clauses: false };
        for (k, block) in blocks.iter().enumerate() {
            if let BlockKind::Heading(h) = &block.kind {
                shape.levels.push(h.level);
                shape.last_has_clauses = heading::has_clauses(&h.inlines);
                if heads_speaker(blocks, k) {
                    shape.speech_levels.push(h.level);
                }
            }
        }
        shape
    }

    /// The level of this file's speeches.
    pub(super) fn speech_level(&self, common: Option<u8>) -> Option<u8> {
        if let Some(level) = most_common(self.speech_levels.iter().copied()) {
            return Some(level);
        }
        if common.is_some() {
            // Other files name their speakers, this one holds none: headings of the common level
            // are speeches without a speaker, and a file without them is front matter.
            return common;
        }
        // Nobody is named anywhere: the uppermost level that has several headings is the speeches'.
        let mut counts = [0usize; 256];
        self.levels.iter().for_each(|l| counts[usize::from(*l)] += 1);
        let several = |level: &u8| counts[usize::from(*level)] > 1;
        let below = || self.levels.iter().skip(1).copied();
        if let Some(level) = below().filter(several).min() {
            return Some(level);
        }
        // One heading a level: the last is a speech's, unless all there is beside the title is the
        // event under it.
        let last = below().last()?;
        (self.levels.len() > 2 || last > 2 || self.last_has_clauses).then_some(last)
    }
}

pub(crate) fn names_speaker(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(p) => {
            speaker::speakers(&p.inlines, block.span).is_some()
                || speaker::first_line(&p.inlines, block.span).is_some()
        }
        _ => false,
    }
}

/// Whether the block under heading `k` names who speaks. A heading without words has no other purpose,
/// so that under it a name and a colon do.
pub(super) fn heads_speaker(blocks: &[Block], k: usize) -> bool {
    let is_heading = blocks.get(k).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    let Some(next) = blocks.get(k + 1).filter(|_| is_heading) else { return false };
    let named_bare = || match &next.kind {
        BlockKind::Paragraph(p) => speaker::label::under_bare_heading(&p.inlines, next.span).is_some(),
        _ => false,
    };
    names_speaker(next) || is_bare(&blocks[k]) && named_bare()
}

/// Whether a block is a heading without words.
pub(super) fn is_bare(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading(h) if plain_text(&h.inlines).trim().is_empty())
}

pub(super) fn most_common(levels: impl Iterator<Item = u8>) -> Option<u8> {
    let mut counts = [0usize; 8];
    levels.for_each(|l| counts[usize::from(l.min(7))] += 1);
    (1..8u8).rev().filter(|l| counts[usize::from(*l)] > 0).max_by_key(|l| counts[usize::from(*l)])
}

/// What a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Event,
    Part,
    Speech,
    /// A heading inside a speech, so many levels below it.
    Sub(u8),
}

/// A heading and what stands around it in its file.
pub(super) struct Seen {
    pub(super) level: u8,
    /// The level of the file's speeches.
    pub(super) speech_level: Option<u8>,
    /// Whether a speaker's line follows.
    pub(super) names_speaker: bool,
    /// Whether a heading of the speeches' level follows at once.
    pub(super) next_is_speech: bool,
    /// Whether another heading above the speeches' level follows anywhere.
    pub(super) upper_follows: bool,
    /// Whether the title stands right before.
    pub(super) follows_title: bool,
    /// Whether no heading of the file is followed by a speaker's line.
    pub(super) names_nobody: bool,
}

/// Whether a heading reads like the name of a meeting, not of a theme or a part.
pub(super) fn names_meeting(inlines: &[Inline]) -> bool {
    names_meeting_text(plain_text(inlines).trim())
}

pub(super) fn names_meeting_text(text: &str) -> bool {
    // What is made of a meeting's speeches is no meeting.
    let papers = ["汇编", "摘登", "选登", "摘要", "摘编", "摘录", "选编", "实录", "材料", "专辑", "集锦"];
    if papers.iter().any(|p| text.ends_with(p)) {
        return false;
    }
    let meeting =
        ["会议", "大会", "全会", "论坛", "协商会", "座谈会", "研讨会"].iter().any(|m| text.contains(m));
    (meeting || text.ends_with('会')) && text.chars().count() > 6
}

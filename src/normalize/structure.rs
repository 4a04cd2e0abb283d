//! Which heading is the title, the event, a part, a speech, a sub-heading.
//!
//! Levels alone do not say it: one office writes speeches as `###`, another as `#` in a file each.
//! What tells a speech is the line under its heading that names a speaker; the level most such
//! headings have in a file is the speech level of that file. Without any such line the shape of
//! the levels decides.

use std::collections::BTreeSet;

use crate::normalize::levels::{
    Role, Seen, Shape, heads_speaker, is_bare, most_common, names_meeting, names_speaker,
};
use crate::normalize::marked::resolve;
use crate::normalize::notes::Notes;
use crate::normalize::outline::{self, Plan};
use crate::normalize::{Context, Known, Observation, caption, heading, lead, prose, speaker, subtitle};
use crate::source::RawBlock;
use crate::tree::{
    Block, BlockKind, FileId, Heading, Inline, Meta, NodeId, Part, Proceedings, Span, Speech, plain_text,
    split_inlines,
};

/// Why blocks are not a book.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum StructureError {
    /// No heading that could be the title, and none given.
    #[error("no title")]
    NoTitle {
        /// The first file.
        file: FileId,
        /// Whether its first heading was read as a speech's, since a speaker stands under it.
        heading_is_speech: bool,
    },
    /// No heading that could be a speech's.
    #[error("no speech")]
    NoSpeech {
        /// The first file.
        file: FileId,
    },
}

/// The blocks of one file.
pub(super) struct RawFile {
    pub(super) id: FileId,
    pub(super) is_markdown: bool,
    pub(super) blocks: Vec<RawBlock>,
}

/// Builds the tree; ids, files and edits are still missing.
pub(super) fn build(
    files: Vec<RawFile>,
    known: Known,
    context: &mut Context<'_>,
) -> Result<Proceedings, StructureError> {
    let first = files.first().map_or(FileId(0), |f| f.id);
    let is_page = matches!(files.as_slice(), [only] if !only.is_markdown);
    let mut meta = known.meta;
    let said: BTreeSet<String> = meta.other.keys().cloned().collect();
    let mut plans = Vec::new();
    for file in files {
        let blocks = without_empty_headings(file.blocks);
        let (plan, facts) = outline::plan(subtitle::join(blocks), file.is_markdown, context);
        let facts = facts.into_iter().filter(|(key, _)| !said.contains(*key));
        facts.for_each(|(key, value)| add_fact(&mut meta, key, value));
        let shape = match &plan {
            Plan::ByLevels(blocks) => Shape::of(blocks),
            Plan::Marked(_) => Shape::default(),
        };
        plans.push((plan, shape));
    }
    let common = most_common(plans.iter().flat_map(|(_, s)| &s.speech_levels).copied());
    let mut builder = Builder {
        has_common_level: common.is_some(),
        tree: Proceedings { meta, ..Proceedings::default() },
        ..Builder::new(context)
    };
    for (plan, shape) in plans {
        match plan {
            Plan::ByLevels(mut blocks) => {
                let level = shape.speech_level(common);
                builder.take_notes(&mut blocks);
                builder.file(blocks, level, shape.speech_levels.is_empty());
            }
            Plan::Marked(marked) => {
                let (mut notes, marked): (Vec<_>, Vec<_>) =
                    marked.into_iter().partition(|m| matches!(m.block.kind, BlockKind::Note(_)));
                let mut notes: Vec<Block> = notes.drain(..).map(|m| m.block).collect();
                builder.take_notes(&mut notes);
                builder.marked(marked);
            }
        }
    }
    let is_report = builder.context.observations.iter().any(|o| matches!(o, Observation::Report { .. }));
    let mut tree = builder.finish();
    if let Some(title) = known.title.filter(|_| tree.title.is_empty()) {
        tree.title = title;
    }
    // A page with one speech is called as the speech is. A source is written for a book: there a
    // missing title is somebody's oversight.
    if let ([speech], true, true) = (tree.speeches.as_slice(), is_page, tree.title.is_empty()) {
        tree.title.clone_from(&speech.heading.text);
    }
    tree.event = tree.event.or(known.event);
    if tree.title.is_empty() {
        let heading_is_speech = !tree.speeches.is_empty();
        return Err(StructureError::NoTitle { file: first, heading_is_speech });
    }
    if tree.speeches.is_empty() && !is_report {
        return Err(StructureError::NoSpeech { file: first });
    }
    Ok(tree)
}

/// Leaves out headings without words that head no speaker: somebody's slip.
fn without_empty_headings(raw: Vec<RawBlock>) -> Vec<RawBlock> {
    if !raw.iter().any(|raw| is_bare(&raw.block)) {
        return raw;
    }
    let blocks: Vec<Block> = raw.iter().map(|raw| raw.block.clone()).collect();
    let is_empty = |k: usize| is_bare(&blocks[k]) && !heads_speaker(&blocks, k);
    raw.into_iter().enumerate().filter(|(k, _)| !is_empty(*k)).map(|(_, raw)| raw).collect()
}

/// Adds what a page says of itself, unless the settings said it.
fn add_fact(meta: &mut Meta, key: &'static str, value: String) {
    if key == "source" {
        meta.source.get_or_insert(value);
        return;
    }
    let other = meta.other.entry(key.to_owned()).or_default();
    if !other.is_empty() && !other.split('、').any(|known| known == value) {
        other.push('、');
    }
    if !other.split('、').any(|known| known == value) {
        other.push_str(&value);
    }
}

/// `（2026年1月7日）`
fn is_bracketed(block: &Block) -> bool {
    let text = block.text();
    matches!(block.kind, BlockKind::Paragraph(_))
        && text.starts_with(['（', '('])
        && text.ends_with(['）', ')'])
        && text.chars().count() <= 40
}

pub(super) struct Builder<'c, 'd> {
    pub(super) context: &'c mut Context<'d>,
    pub(super) tree: Proceedings,
    notes: Notes,
    /// The part that speeches belong to.
    pub(super) part: Option<NodeId>,
    /// Whether the part is still without a speech.
    pub(super) part_is_new: bool,
    /// Whether title and event may still come: no speech has been met in any file.
    pub(super) front_open: bool,
    /// Whether any file names speakers, so that the level of speeches is known.
    has_common_level: bool,
}

impl<'c, 'd> Builder<'c, 'd> {
    fn new(context: &'c mut Context<'d>) -> Self {
        Self {
            context,
            tree: Proceedings::default(),
            notes: Notes::default(),
            part: None,
            part_is_new: false,
            front_open: true,
            has_common_level: false,
        }
    }

    fn file(&mut self, blocks: Vec<Block>, speech_level: Option<u8>, names_nobody: bool) {
        let followed: Vec<bool> = (0..blocks.len()).map(|k| heads_speaker(&blocks, k)).collect();
        let upper: Vec<usize> = heading_places(&blocks, |level| speech_level.is_none_or(|s| level < s));
        let first = self.tree.speeches.len();
        let mut takes_speakers = false;
        let mut follows_title = false;
        let mut follows_heading = false;
        let blocks: Vec<(usize, Block)> = blocks
            .into_iter()
            .enumerate()
            .flat_map(|(k, block)| {
                let is_heading = matches!(block.kind, BlockKind::Heading(_));
                let parted = if follows_heading { Self::part_speaker_line(block) } else { vec![block] };
                follows_heading = is_heading;
                parted.into_iter().map(move |b| (k, b))
            })
            .collect();
        let mut blocks = blocks.into_iter().peekable();
        while let Some((k, mut block)) = blocks.next() {
            let BlockKind::Heading(h) = &block.kind else {
                follows_title = false;
                if takes_speakers && self.take_speakers(&block) {
                    continue;
                }
                // A portrait or a date in brackets may stand before the speaker's line.
                let comes_between = matches!(block.kind, BlockKind::Figure(_)) || is_bracketed(&block);
                takes_speakers &= comes_between && blocks.peek().is_some_and(|(_, b)| names_speaker(b));
                self.body(&mut block);
                continue;
            };
            let seen = Seen {
                level: h.level,
                speech_level,
                names_speaker: followed[k],
                next_is_speech: blocks.peek().is_some_and(
                    |(_, b)| matches!(&b.kind, BlockKind::Heading(h) if speech_level == Some(h.level)),
                ),
                upper_follows: upper.last().is_some_and(|last| *last > k),
                follows_title,
                names_nobody,
            };
            let role = if is_bare(&block) { Role::Speech } else { self.role(&seen, &h.inlines) };
            follows_title = role == Role::Title;
            takes_speakers = role == Role::Speech;
            match role {
                Role::Title => self.title(&mut block),
                Role::Event => self.event(&mut block),
                Role::Part => self.open_part(&mut block),
                Role::Speech => self.speech(&mut block),
                Role::Sub(level) => self.sub_heading(&mut block, level),
            }
        }
        // Turns of a talk: who spoke before is not introduced again.
        let is_turn = |speech: &Speech| speech.heading.text.is_empty();
        resolve(&mut self.tree.speeches[first..], &self.tree.lede, is_turn);
    }

    /// What a heading is, by its level, what stands around it and what was found before.
    fn role(&self, seen: &Seen, inlines: &[Inline]) -> Role {
        let is_upper = seen.speech_level.is_none_or(|s| seen.level < s);
        if self.front_open && self.tree.title.is_empty() && !seen.names_speaker {
            return Role::Title;
        }
        // In a file that names nobody, before any speech, the heading straight under the title is
        // the event even at the level that speeches have in other files.
        let is_bare_event = seen.names_nobody && self.has_common_level && seen.follows_title;
        if is_bare_event && self.tree.event.is_none() && !heading::has_clauses(inlines) {
            return Role::Event;
        }
        if seen.speech_level == Some(seen.level) || is_upper && seen.names_speaker {
            return Role::Speech;
        }
        if !is_upper {
            return Role::Sub(seen.level - seen.speech_level.unwrap_or(0));
        }
        // Straight after the title stands the event, unless it is the first of several parts: then
        // others of its kind follow, and a speech comes at once or its name is no meeting's.
        let is_first_part = seen.upper_follows && (seen.next_is_speech || !names_meeting(inlines));
        let at_front = self.front_open && self.tree.lede.is_empty() && self.tree.parts.is_empty();
        if at_front && self.tree.event.is_none() && !is_first_part { Role::Event } else { Role::Part }
    }

    pub(super) fn title(&mut self, block: &mut Block) {
        let (text, span) = self.plain_heading(block);
        self.tree.title = text;
        self.tree.front.title.span = span;
    }

    pub(super) fn event(&mut self, block: &mut Block) {
        let (text, span) = self.plain_heading(block);
        self.tree.event = Some(text);
        self.tree.front.event.span = span;
    }

    pub(super) fn plain_heading(&mut self, block: &mut Block) -> (String, Option<Span>) {
        let BlockKind::Heading(h) = &mut block.kind else { return (String::new(), None) };
        let span = prose::normalise_heading(&mut h.inlines, block.span, self.context);
        // A line end that is forced parts clauses, as in a speech's heading.
        (plain_text(&h.inlines).replace('\n', " "), span)
    }

    pub(super) fn open_part(&mut self, block: &mut Block) {
        self.settle();
        self.dissolve_part();
        let (title, span) = self.plain_heading(block);
        let id = NodeId::new(format!("part-{}", self.tree.parts.len()));
        self.tree.parts.push(Part::new(id.clone(), title, span));
        self.part = Some(id);
        self.part_is_new = true;
    }

    pub(super) fn speech(&mut self, block: &mut Block) {
        self.settle();
        let BlockKind::Heading(h) = &block.kind else { return };
        let heading = heading::heading(&h.inlines, block.span, self.context);
        let mut speech = Speech::new(heading);
        speech.part.clone_from(&self.part);
        self.tree.speeches.push(speech);
        self.part_is_new = false;
        self.front_open = false;
    }

    fn take_speakers(&mut self, block: &Block) -> bool {
        let BlockKind::Paragraph(p) = &block.kind else { return false };
        let Some(speech) = self.tree.speeches.last() else { return false };
        let is_bare = speech.heading.text.is_empty() && speech.speakers.is_empty();
        let lines = match is_bare {
            true => speaker::label::under_bare_heading(&p.inlines, block.span),
            false => speaker::speakers(&p.inlines, block.span),
        };
        let Some(lines) = lines else { return false };
        if !speech.speakers.is_empty() && !lines.all_have_roles() {
            return false;
        }
        self.accept(lines, block);
        true
    }

    /// Gives the last speech the speakers of a line.
    pub(super) fn accept(&mut self, lines: speaker::Lines, block: &Block) {
        let BlockKind::Paragraph(p) = &block.kind else { return };
        let Some(speech) = self.tree.speeches.last_mut() else { return };
        let named = lines.accept(self.context);
        // One speaker is the rule, and speakers are large.
        speech.speakers.reserve_exact(named.len());
        speech.speakers.extend(named);
        // A speaker has no place for the mark of a note; the heading above has.
        speech
            .heading
            .inlines
            .extend(p.inlines.iter().filter(|i| matches!(i, Inline::NoteRef { .. })).cloned());
        extend_span(speech, block);
    }

    /// Sets the notes of a file aside until speeches refer to them.
    fn take_notes(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks.iter_mut().filter(|b| matches!(b.kind, BlockKind::Note(_))) {
            self.prose(block, false);
        }
        self.notes.take(blocks);
    }

    /// Parts a paragraph whose first line is the speaker's and whose rest is the speech's: a blank
    /// line was forgotten.
    fn part_speaker_line(block: Block) -> Vec<Block> {
        let BlockKind::Paragraph(p) = &block.kind else { return vec![block] };
        let Some(length) = speaker::first_line(&p.inlines, block.span) else { return vec![block] };
        let (line, rest) = split_inlines(&p.inlines, length);
        let (_, rest) = split_inlines(&rest, 1);
        let of = |inlines: Vec<Inline>| {
            let span = block.span.and_then(|s| {
                extent(&inlines).map(|e| Span { start: e.start, end: e.end, line: e.line, ..s })
            });
            Block::paragraph(inlines, span.or(block.span))
        };
        vec![of(line), of(rest)]
    }

    pub(super) fn sub_heading(&mut self, block: &mut Block, level: u8) {
        let BlockKind::Heading(h) = &block.kind else { return };
        let (sub, span) = heading::sub_heading(level, &h.inlines, block.span, self.context);
        let heading = Block::new(BlockKind::Heading(sub), span);
        self.push(heading);
    }

    pub(super) fn body(&mut self, block: &mut Block) {
        let is_speech_text = !self.part_is_new && !self.tree.speeches.is_empty();
        self.prose(block, is_speech_text);
        self.push(std::mem::replace(block, Block::paragraph(Vec::new(), None)));
    }

    fn prose(&mut self, block: &mut Block, leads: bool) {
        match &mut block.kind {
            BlockKind::Paragraph(p) => {
                block.span = prose::normalise(&mut p.inlines, block.span, self.context);
                if leads {
                    p.lead = lead::length(&plain_text(&p.inlines));
                }
            }
            BlockKind::Heading(h) => {
                // Inside a quotation or an item a heading has no place in the order of levels.
                let (sub, span) = heading::sub_heading(4, &h.inlines, block.span, self.context);
                *h = sub;
                block.span = span;
            }
            BlockKind::List(list) => {
                list.items.iter_mut().flat_map(|i| &mut i.blocks).for_each(|b| self.prose(b, false));
            }
            BlockKind::Quote(quote) => quote.blocks.iter_mut().for_each(|b| self.prose(b, false)),
            BlockKind::Note(note) => note.blocks.iter_mut().for_each(|b| self.prose(b, false)),
            BlockKind::Table(_) | BlockKind::Figure(_) => {
                let context = &mut *self.context;
                block.inline_lists_mut(&mut |inlines| {
                    prose::normalise(inlines, None, context);
                });
            }
        }
    }

    /// Puts a block where it belongs: a new part's introduction, the speech, or the lede.
    fn push(&mut self, block: Block) {
        if self.part_is_new
            && let Some(part) = self.tree.parts.last_mut()
        {
            caption::push(&mut part.intro, block);
        } else if let Some(speech) = self.tree.speeches.last_mut() {
            extend_span(speech, &block);
            caption::push(&mut speech.body, block);
        } else {
            caption::push(&mut self.tree.lede, block);
        }
    }

    /// Gives the speech, introduction or lede that ends here its notes.
    pub(super) fn settle(&mut self) {
        if self.part_is_new {
            if let Some(part) = self.tree.parts.last_mut() {
                place_notes(&mut self.notes, &mut [], &mut part.intro);
            }
        } else if let Some(speech) = self.tree.speeches.last_mut() {
            place_notes(&mut self.notes, &mut speech.heading.inlines, &mut speech.body);
        } else {
            place_notes(&mut self.notes, &mut [], &mut self.tree.lede);
        }
    }

    /// A part that no speech followed is a speech whose speaker is not named: closing words, a
    /// report. Its words must not depend on a speech coming after them.
    fn dissolve_part(&mut self) {
        if !std::mem::take(&mut self.part_is_new) {
            return;
        }
        self.part = None;
        if let Some(part) = self.tree.parts.pop() {
            let mut heading = Heading::of_clauses(vec![part.title]);
            heading.span = part.span;
            let mut speech = Speech::new(heading);
            for block in part.intro {
                extend_span(&mut speech, &block);
                speech.body.push(block);
            }
            self.tree.speeches.push(speech);
        }
    }

    fn finish(mut self) -> Proceedings {
        self.settle();
        self.dissolve_part();
        let mut tree = self.tree;
        if let Some(speech) = tree.speeches.last_mut() {
            self.notes.place_rest(&mut speech.body);
        }
        tree
    }
}

/// From the first run to the last.
pub(super) fn extent(inlines: &[Inline]) -> Option<Span> {
    let spans = |inline: &Inline| match inline {
        Inline::Text { span, .. } => *span,
        Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
            extent(content)
        }
        Inline::NoteRef { .. } | Inline::Break => None,
    };
    inlines.iter().filter_map(spans).reduce(Span::to)
}

fn place_notes(notes: &mut Notes, head: &mut [Inline], blocks: &mut Vec<Block>) {
    let has_notes = blocks.iter().any(|b| matches!(b.kind, BlockKind::Note(_)));
    if !has_notes {
        notes.place(head, blocks);
    }
}

fn extend_span(speech: &mut Speech, block: &Block) {
    speech.span = match (speech.span, block.span) {
        (Some(a), Some(b)) => Some(a.to(b)),
        (a, b) => a.or(b),
    };
}

fn heading_places(blocks: &[Block], wanted: impl Fn(u8) -> bool) -> Vec<usize> {
    let is = |b: &Block| matches!(&b.kind, BlockKind::Heading(h) if wanted(h.level));
    blocks.iter().enumerate().filter(|(_, b)| is(b)).map(|(k, _)| k).collect()
}

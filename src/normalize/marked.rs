//! The tree of a file whose blocks carry marks.

use std::collections::BTreeMap;

use crate::normalize::outline::{Mark, Marked};
use crate::normalize::speaker::label::is_ornament;
use crate::normalize::structure::{Builder, extent};
use crate::normalize::{Context, heading, speaker};
use crate::tree::{
    Block, BlockKind, Heading, Inline, Speaker, Speech, SubHeading, plain_text, split_inlines,
};

impl Builder<'_, '_> {
    /// Adds a file of marked blocks.
    pub(super) fn marked(&mut self, blocks: Vec<Marked>) {
        let first = self.tree.speeches.len();
        for Marked { mark, mut block, label } in blocks {
            if matches!(
                mark,
                Mark::Title
                    | Mark::TitleGoesOn
                    | Mark::Event
                    | Mark::EventGoesOn
                    | Mark::Part
                    | Mark::Speech
                    | Mark::Sub(_)
            ) {
                block = as_heading(block);
            }
            let front_is_taken = !self.front_open || !self.tree.title.is_empty();
            match mark {
                // A second file of the book brings its own title: it is that file's theme.
                Mark::Title if front_is_taken => self.open_part(&mut block),
                Mark::Title => self.title(&mut block),
                Mark::TitleGoesOn => self.title_goes_on(&mut block),
                Mark::EventGoesOn if self.tree.event.is_some() && self.front_open => {
                    self.event_goes_on(&mut block);
                }
                Mark::Event if self.tree.event.is_none() && self.front_open => self.event(&mut block),
                Mark::Event | Mark::EventGoesOn => self.body(&mut into_paragraph(block)),
                Mark::Part => self.open_part(&mut block),
                Mark::Speech => self.speech(&mut block),
                Mark::Sub(level) => self.sub_heading(&mut block, level),
                Mark::Body if self.signs(&block) => {}
                Mark::Body => self.body(&mut block),
                Mark::GoesOn => {}
                Mark::Turn | Mark::Speaker => {
                    let Some(label) = label else { continue };
                    if mark == Mark::Turn {
                        self.turn(&block);
                    }
                    self.accept(label.lines, &block);
                }
            }
        }
        resolve(&mut self.tree.speeches[first..], &self.tree.lede, |_| true);
        // One speech under the page's only heading: the book is called as the speech.
        if let [speech] = self.tree.speeches.as_slice()
            && self.tree.title.is_empty()
            && !speech.heading.text.is_empty()
        {
            self.tree.title = speech.heading.text.clone();
        }
    }

    fn turn(&mut self, block: &Block) {
        self.settle();
        let mut heading = Heading::of_clauses(Vec::new());
        heading.inlines.clear();
        heading.span = block.span.map(|s| crate::tree::Span { end: s.start, ..s });
        let mut speech = Speech::new(heading);
        speech.part.clone_from(&self.part);
        self.tree.speeches.push(speech);
        self.part_is_new = false;
        self.front_open = false;
    }

    /// Takes what stands under the words about the one who spoke them.
    fn signs(&mut self, block: &Block) -> bool {
        let BlockKind::Paragraph(p) = &block.kind else { return false };
        let Some(speech) = self.tree.speeches.last_mut() else { return false };
        let [speaker] = speech.speakers.as_mut_slice() else { return false };
        let is_free = speaker.roles.is_empty() && !speaker.name.is_empty() && speaker.organisation.is_none();
        let Some(said) = speaker::signed_below(&p.inlines).filter(|_| is_free) else { return false };
        let own = std::mem::take(speaker);
        *speaker = Speaker { id: own.id, name: own.name, span: own.span, notes: own.notes, ..said };
        true
    }

    fn title_goes_on(&mut self, block: &mut Block) {
        let (text, span) = self.plain_heading(block);
        // A 副题 has its dash, and what breaks off goes on; other lines are clauses.
        let is_one = text.starts_with('—') || heading::breaks_off(&self.tree.title, &text);
        self.tree.title.push_str(if is_one { "" } else { " " });
        self.tree.title.push_str(&text);
        self.tree.front.title.span = self.tree.front.title.span.zip(span).map(|(a, b)| a.to(b));
    }

    fn event_goes_on(&mut self, block: &mut Block) {
        let (text, span) = self.plain_heading(block);
        self.tree.event.get_or_insert_default().push_str(&text);
        self.tree.front.event.span = self.tree.front.event.span.zip(span).map(|(a, b)| a.to(b));
    }
}

/// A heading block of a paragraph: what only sets it off (bold, 【】, ■) is gone.
pub(super) fn as_heading(block: Block) -> Block {
    let BlockKind::Paragraph(p) = block.kind else { return block };
    let mut inlines = Vec::new();
    for inline in p.inlines {
        match inline {
            Inline::Strong { content } => inlines.extend(content),
            other => inlines.push(other),
        }
    }
    let text = plain_text(&inlines);
    let inner = text.trim_start_matches(|c: char| is_ornament(c) || c.is_whitespace());
    let from = text.len() - inner.len();
    let (from, to) = match inner.trim_end().strip_prefix('【').and_then(|i| i.strip_suffix('】')) {
        Some(bare) if !bare.contains(['【', '】']) => {
            (from + '【'.len_utf8(), from + '【'.len_utf8() + bare.len())
        }
        _ => (from, text.len()),
    };
    if from > 0 || to < text.len() {
        inlines = split_inlines(&split_inlines(&inlines, to).0, from).1;
    }
    let span = extent(&inlines).or(block.span);
    Block::new(BlockKind::Heading(SubHeading::new(1, None, inlines)), span)
}

fn into_paragraph(block: Block) -> Block {
    match block.kind {
        BlockKind::Heading(h) => Block::paragraph(h.inlines, block.span),
        kind => Block::new(kind, block.span),
    }
}

/// Roles stand with the first mention of a name; later ones are the same person, where `is_meant` says
/// so of their speech. A surname with or without an office is the one person so called before.
pub(super) fn resolve(speeches: &mut [Speech], lede: &[Block], is_meant: impl Fn(&Speech) -> bool) {
    let mut known: BTreeMap<String, Speaker> = BTreeMap::new();
    if speeches.iter().flat_map(|s| &s.speakers).any(|s| s.name.chars().count() == 1) {
        let names = lede.iter().flat_map(|b| names_in(&b.text()));
        known.extend(names.map(|name| (name.clone(), Speaker::named(name))));
    }
    known.extend(lede.iter().flat_map(cast).map(|s| (s.name.clone(), s)));
    for speech in speeches {
        let is_meant = is_meant(speech);
        for speaker in &mut speech.speakers {
            let same = if is_meant { same_as(speaker, &known) } else { None };
            if let Some(same) = same {
                let (id, span) = (speaker.id.clone(), speaker.span);
                let title = std::mem::take(&mut speaker.title);
                let notes = if speaker.notes.is_empty() { &same.notes } else { &speaker.notes }.clone();
                *speaker = Speaker { id, span, notes, title, ..same.clone() };
            } else if speaker.name.chars().count() > 1 && !known.contains_key(&speaker.name) {
                known.insert(speaker.name.clone(), speaker.clone());
            }
        }
    }
}

/// Who a speaker was before, if that says more: 林颂, 林书记, 主持人.
fn same_as<'k>(speaker: &Speaker, known: &'k BTreeMap<String, Speaker>) -> Option<&'k Speaker> {
    let only = |fits: &dyn Fn(&&Speaker) -> bool| {
        let mut fitting = known.values().filter(fits);
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let has = |k: &Speaker, office: &str| k.roles.iter().any(|r| r.ends_with(office));
    match speaker.name.chars().count() {
        0 => {
            let voice = speaker.organisation.as_deref()?;
            only(&|k: &&Speaker| k.title == voice)
        }
        1 => {
            let office = &speaker.title;
            only(&|k: &&Speaker| {
                k.name.starts_with(&speaker.name)
                    && (office.is_empty() || k.title.contains(office) || has(k, office))
            })
        }
        _ => {
            let says_nothing = speaker.roles.is_empty() && speaker.organisation.is_none();
            let says_less = |k: &Speaker| match speaker.roles.as_slice() {
                [office] => !k.roles.contains(office) && has(k, office),
                _ => false,
            };
            known.get(&speaker.name).filter(|k| says_nothing || says_less(k))
        }
    }
}

/// Who is introduced before anybody speaks: `林颂 县文化馆馆长`.
fn cast(block: &Block) -> Vec<Speaker> {
    let BlockKind::Paragraph(p) = &block.kind else { return Vec::new() };
    // 主持人：林颂, 嘉宾：于博 县文化馆馆长
    let text = plain_text(&p.inlines);
    let (label, at) = match text.find('：').filter(|at| *at <= "对话嘉宾".len()) {
        Some(at) => (&text[..at], at + '：'.len_utf8()),
        None => ("", 0),
    };
    let found = speaker::speakers(&split_inlines(&p.inlines, at).1, block.span);
    let mut found = found.map(|l| l.accept(&mut Context::default())).unwrap_or_default();
    if label.starts_with("主持") {
        let hosts = found.iter_mut().filter(|s| s.roles.is_empty());
        hosts.for_each(|s| (s.roles, s.title) = (vec!["主持人".into()], "主持人".into()));
    }
    found.retain(|s| !s.name.is_empty() && !s.roles.is_empty());
    found
}

/// Names that a list or a sentence of introduction holds: `沈怀瑾/秦守拙`, `老工程师沈怀瑾（以下简称“沈”）`.
fn names_in(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !crate::normalize::chars::is_han(c) && c != '·');
    let names = words.filter_map(|word| {
        let chars: Vec<char> = word.chars().collect();
        let tails = [chars.len(), 3, 2].into_iter().filter(|n| *n <= chars.len());
        let mut tails = tails.map(|n| (n, chars[chars.len() - n..].iter().collect::<String>()));
        let is_name = |(n, tail): &(usize, String)| {
            let before: String = chars[..chars.len() - n].iter().collect();
            speaker::is_person(tail)
                && (before.is_empty() || crate::normalize::role::is_role(&before) || before.ends_with('人'))
        };
        tails.find(is_name).map(|(_, name)| name)
    });
    names.collect()
}

//! The lines under a speech's heading that say who speaks.

pub(super) mod label;
mod names;
mod roles;
mod shape;
mod words;

use std::ops::Range;

use crate::normalize::flat::Flat;
use crate::normalize::{Context, Reason, chars, role};
use crate::tree::{Inline, Span, Speaker, plain_text, split_inlines};
use shape::{Shape, parse, text, trim};

/// No speaker's line is longer, however many offices one holds.
const LONGEST_LINE: usize = 400;

/// No paragraph of speakers is longer, however many sign together.
const LONGEST: usize = 8_000;

/// Whether a word is a person's name by itself.
pub(super) fn is_person(word: &str) -> bool {
    names::is_name_alone(word)
}

/// What `（作者系市政协委员、市供销社副主任）` under the words says of who spoke them: a speaker without a
/// name.
pub(super) fn signed_below(inlines: &[Inline]) -> Option<Speaker> {
    let whole = plain_text(inlines);
    let inner = whole.trim().strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let says = ["作者系", "作者为", "作者是", "作者单位：", "发言人系", "发言者系"];
    let title = says.iter().find_map(|w| inner.strip_prefix(w))?.trim();
    roles::are(title).then(|| {
        let flat = Flat::of(&[Inline::text(title)]);
        let shape = Shape { roles: Some(0..flat.glyphs.len()), ..Shape::default() };
        speaker_of(&shape, &flat)
    })
}

/// Whether a line is the name of a body that may speak.
pub(super) fn is_body(line: &str) -> bool {
    roles::is_body(line)
}

/// Whether a line is nothing but roles, in brackets or bare.
pub(super) fn is_roles(line: &str) -> bool {
    line.chars().count() <= 80 && !line.contains(['。', '！', '？', '；', '“']) && roles::are_all(line)
}

/// The speakers a paragraph names, or none when it is not such a paragraph.
pub(super) fn speakers(inlines: &[Inline], span: Option<Span>) -> Option<Lines> {
    if is_prose(inlines, &mut false) {
        return None;
    }
    let mut flat = Flat::of(inlines);
    if flat.glyphs.len() > LONGEST {
        return None;
    }
    join_roles(&mut flat);
    let found = found(&flat).or_else(|| {
        // A program that cuts lines at blanks does so between roles too.
        unwrap(&mut flat);
        found(&flat)
    })?;
    Some(Lines { flat, found, span })
}

/// Line ends that are nobody's will, as the blanks they were.
fn unwrap(flat: &mut Flat) {
    for k in (0..flat.glyphs.len()).rev().filter(|k| flat.glyphs[*k].c == '\n').collect::<Vec<_>>() {
        if flat.is_soft(k) {
            let bytes = flat.bytes(k..k + 1);
            flat.collapse(k..k + 1, Some(' '), bytes, Reason::SoftWrap);
        }
    }
}

fn found(flat: &Flat) -> Option<Vec<(Shape, Range<usize>)>> {
    let lines = lines(flat);
    // A full stop may end a line, nothing may go on behind it.
    let goes_on =
        |line: &Range<usize>| (line.start..line.end - 1).any(|k| chars::ends_sentence(flat.glyphs[k].c));
    if lines.is_empty() || lines.iter().any(|l| l.len() > LONGEST_LINE || goes_on(l)) {
        return None;
    }
    let mut found = Vec::new();
    let mut k = 0;
    while k < lines.len() {
        // The roles on one line, the name on the next.
        if let Some(shape) = name_below(flat, &lines, k) {
            found.push((shape, lines[k].start..lines[k + 1].end));
            k += 2;
            continue;
        }
        let shape = parse(flat, lines[k].clone())?;
        let next = lines.get(k + 1).filter(|next| {
            // A name alone, the roles on the next line.
            shape.name.is_some()
                && shape.roles.is_none()
                && parse(flat, (*next).clone()).is_none_or(|s| s.name.is_none())
                && roles::are(&text(flat, next))
        });
        let (shape, used) = match next {
            Some(next) => (Shape { roles: Some(next.clone()), ..shape }, 2),
            None => (shape, 1),
        };
        found.push((shape, lines[k].start..lines[k + used - 1].end));
        k += used;
    }
    Some(found)
}

fn name_below(flat: &Flat, lines: &[Range<usize>], k: usize) -> Option<Shape> {
    let (above, below) = (&lines[k], lines.get(k + 1)?);
    let is_roles = is_roles(&text(flat, above)) && !is_person(&text(flat, above));
    let is_parted = flat.glyphs[above.end..below.start].iter().any(|g| g.c == '\n');
    let names_nobody = parse(flat, above.clone()).is_none_or(|shape| shape.name.is_none());
    if !is_roles || !names_nobody || !is_parted || !is_person(&text(flat, below)) {
        return None;
    }
    parse(flat, above.start..below.end)
}

/// Whether something goes on behind a full stop, so that nothing here is a speaker's line: found out before
/// a row is made of the paragraph, which most paragraphs need not be.
fn is_prose(inlines: &[Inline], has_ended: &mut bool) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text { text, .. } => text.chars().any(|c| {
            let goes_on = *has_ended && !c.is_whitespace();
            match c {
                // What may part lines.
                '\n' | '；' | '/' | '／' | '|' => *has_ended = false,
                _ if goes_on => return true,
                _ => *has_ended |= chars::ends_sentence(c),
            }
            false
        }),
        Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
            is_prose(content, has_ended)
        }
        Inline::Break => {
            *has_ended = false;
            false
        }
        Inline::NoteRef { .. } => false,
    })
}

/// A paragraph whose first line names the speaker and whose other lines are the speech's first
/// words, without a blank line between: the length in bytes of that first line.
pub(super) fn first_line(inlines: &[Inline], span: Option<Span>) -> Option<usize> {
    let whole = plain_text(inlines);
    let length = whole.find('\n').filter(|at| at + 1 < whole.len())?;
    let (line, _) = split_inlines(inlines, length);
    let lines = speakers(&line, span)?;
    let has_roles = lines.found.iter().all(|(shape, _)| shape.roles.is_some());
    let goes_on = whole[length..].contains(chars::ends_sentence);
    (has_roles && goes_on).then_some(length)
}

/// Speaker lines that were recognised.
pub(super) struct Lines {
    flat: Flat,
    found: Vec<(Shape, Range<usize>)>,
    span: Option<Span>,
}

impl Lines {
    /// What the speakers are called, without blanks: names, else the body, else the roles.
    fn key(&self) -> String {
        let one = |shape: &Shape| {
            let range = shape.name.as_ref().or(shape.organisation.as_ref()).or(shape.roles.as_ref());
            range.map_or_else(String::new, |r| text(&self.flat, r))
        };
        let key: Vec<String> = self.found.iter().map(|(shape, _)| one(shape)).collect();
        key.join("、").chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// Whether every speaker stands with roles or is a body: what is asked of a second paragraph,
    /// since 谢谢 is no speaker.
    pub(super) fn all_have_roles(&self) -> bool {
        self.found.iter().all(|(shape, _)| shape.roles.is_some() || shape.organisation.is_some())
    }

    /// Makes the speakers and records the changes that reading them took.
    pub(super) fn accept(mut self, context: &mut Context<'_>) -> Vec<Speaker> {
        let mut speakers: Vec<Speaker> = Vec::new();
        // From the last to the first, so that dropping padding leaves the ranges before it valid.
        for (shape, line) in std::mem::take(&mut self.found).into_iter().rev() {
            let mut speaker = speaker_of(&shape, &self.flat);
            speaker.span = self.span_of(&line, context);
            let named = shape.joint.iter().chain(&shape.name).cloned().collect::<Vec<_>>();
            let joint: Vec<Speaker> = shape
                .joint
                .iter()
                .map(|range| {
                    // The roles are shared; they are printed once, behind the last name.
                    let mut joint = Speaker { notes: Vec::new(), title: String::new(), ..speaker.clone() };
                    joint.name = name_of(&text(&self.flat, range));
                    joint.span = self.span_of(range, context);
                    joint
                })
                .collect();
            if let (Some(name), false) = (&shape.name, shape.joint.is_empty()) {
                speaker.span = self.span_of(&(name.start..line.end), context);
            }
            speakers.push(speaker);
            speakers.extend(joint.into_iter().rev());
            for name in named.into_iter().rev() {
                drop_padding(&mut self.flat, name);
            }
        }
        self.flat.commit(context);
        speakers.reverse();
        speakers
    }

    fn span_of(&self, range: &Range<usize>, context: &Context<'_>) -> Option<Span> {
        match (self.span, self.flat.bytes(range.clone())) {
            (Some(whole), Some((file, start, end))) => {
                let line = context.document(file).map_or(whole.line, |d| d.lines.line(start));
                Some(Span::new(file, start, end, line))
            }
            (whole, _) => whole,
        }
    }
}

fn speaker_of(shape: &Shape, flat: &Flat) -> Speaker {
    let mut speaker =
        Speaker::named(shape.name.as_ref().map_or_else(String::new, |r| name_of(&text(flat, r))));
    speaker.notes = shape.notes.as_ref().map_or_else(Vec::new, |r| roles::split(&text(flat, r)));
    if let Some(range) = &shape.roles {
        let (notes, title) = roles::part_notes(&one_line(&text(flat, range)));
        speaker.notes.extend(notes);
        speaker.title = title;
        match speaker.title.strip_prefix("代表") {
            None if shape.organisation.is_some() => {}
            Some(body) if !body.is_empty() => speaker.organisation = Some(body.to_owned()),
            _ => speaker.roles = roles::split(&speaker.title),
        }
    }
    let represented = || speaker.notes.iter().find_map(|n| n.strip_prefix("代表")).map(str::to_owned);
    let alone = shape.organisation.as_ref().map(|r| text(flat, r).trim().to_owned());
    speaker.organisation = speaker.organisation.clone().or(alone).or_else(represented);
    let body: Vec<String> = speaker.organisation.iter().cloned().collect();
    let party = role::party(&speaker.roles).or_else(|| role::party(&body));
    speaker.party = party.or_else(|| role::party(&speaker.notes));
    let words = || speaker.roles.iter().chain(&speaker.notes).chain(&body);
    speaker.affiliation = role::affiliation(words());
    speaker.sector = role::sector(words());
    speaker
}

/// Lines of the row, blanks at their ends left out. A ； or a stroke between blanks parts speakers
/// on one line.
fn lines(flat: &Flat) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let blank = |k: usize| flat.glyphs.get(k).is_some_and(|g| g.c.is_whitespace());
    for k in 0..=flat.glyphs.len() {
        let parts = flat.glyphs.get(k).is_none_or(|g| match g.c {
            '\n' | '；' => true,
            '/' | '／' | '|' => k > 0 && blank(k - 1) && blank(k + 1),
            _ => false,
        });
        if parts {
            let trimmed = trim(flat, start..k);
            if !trimmed.is_empty() {
                lines.push(trimmed);
            }
            start = k + 1;
        }
    }
    lines
}

/// Roles that go on in the next line: a line end behind ， or 、 parts nothing.
fn join_roles(flat: &mut Flat) {
    for k in (1..flat.glyphs.len()).rev() {
        if flat.is_soft(k) && matches!(flat.glyphs[k - 1].c, '，' | '、') {
            let bytes = flat.bytes(k..k + 1);
            flat.collapse(k..k + 1, None, bytes, Reason::SoftWrap);
        }
    }
}

/// A name without padding; the blanks of a Latin name stay.
fn name_of(text: &str) -> String {
    if names::is_latin(text) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Roles written over two lines, as one.
fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).collect()
}

fn drop_padding(flat: &mut Flat, name: Range<usize>) {
    if names::is_latin(&text(flat, &name)) {
        return;
    }
    let blank = |flat: &Flat, k: usize| flat.glyphs[k].c.is_whitespace();
    for start in name.clone().rev() {
        let opens = blank(flat, start) && (start == name.start || !blank(flat, start - 1));
        if opens {
            let end = start + (start..flat.glyphs.len()).take_while(|k| blank(flat, *k)).count();
            let bytes = flat.bytes(start..end);
            flat.collapse(start..end, None, bytes, Reason::Spacing);
        }
    }
}

#[cfg(test)]
mod tests;

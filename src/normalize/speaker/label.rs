//! Who speaks, as a label before the words: `林颂委员：`, `市委书记林颂：`, `【市政协委员 林颂】`,
//! `[林颂]`, `记者：`, `SPEAKER_00 [2.7s]:`.

use std::ops::Range;

use crate::normalize::chars::is_han;
use crate::normalize::flat::Flat;
use crate::normalize::fold::folded;
use crate::normalize::role::is_role;
use crate::normalize::speaker::names::{is_compound, is_dot, is_name_alone, is_surname};
use crate::normalize::speaker::shape::{self, Shape, is_latin_word, text, trim};
use crate::normalize::speaker::words::{TITLES, VOICES, is_heading_word};
use crate::normalize::speaker::{Lines, roles};
use crate::tree::{Inline, Span, plain_text, split_inlines};

/// No label is longer.
const LONGEST: usize = 60;

/// How sure it is that a label names a speaker; the file as a whole decides about the less sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::normalize) enum Sureness {
    /// A word of two to four hanzi that could be a name: 格桑卓嘎.
    Guess,
    /// One surname, or a surname and an office: 张, 王书记.
    Short,
    /// A voice without a name: 记者, 群众, 问.
    Voice,
    /// A name without anything beside it.
    Name,
    /// A name with an office, brackets or a mark that only speakers have.
    Sure,
}

/// A label and what stands behind it.
pub(in crate::normalize) struct Label {
    /// The speakers.
    pub(in crate::normalize) lines: Lines,
    /// How sure it is.
    pub(in crate::normalize) sureness: Sureness,
    /// What the speaker is called, to tell the same voice again.
    pub(in crate::normalize) key: String,
    /// Bytes of the label proper in the paragraph's text: what the speaker's line is made of.
    pub(in crate::normalize) range: Range<usize>,
    /// Where the words begin; the end of the text when the label stands alone.
    pub(in crate::normalize) body: usize,
    /// Whether it has a time, as transcripts and live reports do.
    pub(in crate::normalize) timed: bool,
}

/// The label that opens a paragraph, or is all of it.
pub(in crate::normalize) fn of(inlines: &[Inline], span: Option<Span>) -> Option<Label> {
    let whole = plain_text(inlines);
    let (range, mut body, sure, timed) = extent(&whole)?;
    let (before, _) = split_inlines(inlines, range.end);
    let (_, mut label) = split_inlines(&before, range.start);
    if let Some(roles) = roles_behind(&whole, range.end) {
        label.extend(split_inlines(&split_inlines(inlines, roles.end).0, roles.start).1);
        body = roles.end + (whole[roles.end..].len() - whole[roles.end..].trim_start().len());
    }
    let flat = Flat::of(&label);
    let (shape, sureness) = parse(&flat, 0..flat.glyphs.len())?;
    // A bracket that also opens prose (【摘要】) is no proof by itself, a name in it is.
    let sureness = if sure && sureness == Sureness::Name { Sureness::Sure } else { sureness };
    let found = vec![(shape, 0..flat.glyphs.len())];
    let lines = Lines { flat, found, span };
    Some(Label { key: lines.key(), lines, sureness, range, body, timed })
}

/// `【林颂】（市政协委员）`: the bracket with roles behind a label that ends at `end`.
fn roles_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = text[end..].strip_prefix(['】', ']', '］'])?;
    let start = text.len() - rest.len();
    let inner = rest.strip_prefix(['（', '('])?;
    let length = inner.find(['）', ')'])?;
    let close = inner[length..].chars().next()?.len_utf8();
    let end = text.len() - inner.len() + length + close;
    roles::are_all(&inner[..length]).then_some(start..end)
}

/// A speaker's line by itself, without a colon: 市委书记林颂, 由林颂代表民革市委会发言, 民革市委会（林颂宣读）.
/// Only sure ones count; a dash before the line, brackets around it are its own.
pub(in crate::normalize) fn alone(inlines: &[Inline], span: Option<Span>) -> Option<Label> {
    let whole = plain_text(inlines);
    if whole.chars().count() > LONGEST * 2 || whole.contains(['。', '！', '？', '“', '\n']) {
        return None;
    }
    if let Some(label) = at_time(inlines, span) {
        return Some(label);
    }
    let inner = after_marks(whole.trim_start_matches(|c: char| {
        matches!(c, '—' | '－' | '-' | '─') || is_ornament(c) || c.is_whitespace()
    }));
    let start = whole.len() - inner.len();
    let inner = match inner.strip_prefix(['（', '(']).and_then(|i| i.strip_suffix(['）', ')'])) {
        Some(bare) if !bare.contains(['（', '(']) => bare,
        _ => inner,
    };
    let start = start
        + (whole[start..].len() - whole[start..].trim_start_matches(['（', '(']).len())
            * usize::from(whole[start..].starts_with(['（', '(']) && inner.len() < whole.len() - start);
    let by = inner.strip_prefix('由').unwrap_or(inner);
    let start = start + (inner.len() - by.len());
    let end = ["作大会发言", "作口头发言", "作书面发言", "作发言", "代为发言", "发言", "宣读"]
        .iter()
        .find_map(|v| by.strip_suffix(v).filter(|_| by.contains("代表")))
        .unwrap_or(by);
    let range = start..start + end.trim_end().len();
    let (before, _) = split_inlines(inlines, range.end);
    let (_, label) = split_inlines(&before, range.start);
    let flat = Flat::of(&label);
    let all = 0..flat.glyphs.len();
    let (shape, sureness) =
        read_by(&flat, &all).map(|s| (s, Sureness::Sure)).or_else(|| parse(&flat, all.clone()))?;
    // An ornament sets a name off; whether it is one, the file as a whole tells.
    let is_set_off = whole.starts_with(is_ornament) && sureness == Sureness::Name;
    (sureness == Sureness::Sure || is_set_off).then(|| {
        let lines = Lines { flat, found: vec![(shape, all)], span };
        Label { key: lines.key(), lines, sureness, range, body: whole.len(), timed: false }
    })
}

/// 林颂 00:01:12, 00:01:12 说话人1: a line of a transcript, whose words stand below.
fn at_time(inlines: &[Inline], span: Option<Span>) -> Option<Label> {
    let whole = plain_text(inlines);
    let is_time = |word: &str| {
        let word = word.trim_matches(|c: char| "[]()（）［］".contains(c));
        word.contains([':', '：']) && word.starts_with(|c: char| c.is_ascii_digit()) && looks_timed(word)
    };
    let trimmed = whole.trim();
    let start = whole.len() - whole.trim_start().len();
    let (first, rest) = trimmed.split_once(char::is_whitespace)?;
    let (before, last) = trimmed.rsplit_once(char::is_whitespace)?;
    let range = match (is_time(first), is_time(last)) {
        (true, false) => start + trimmed.len() - rest.trim_start().len()..start + trimmed.len(),
        (false, true) => start..start + before.trim_end().len(),
        _ => return None,
    };
    let (label, _) = split_inlines(inlines, range.end);
    let (_, label) = split_inlines(&label, range.start);
    let flat = Flat::of(&label);
    let all = 0..flat.glyphs.len();
    let (shape, sureness) = parse(&flat, all.clone()).filter(|(_, s)| *s >= Sureness::Voice)?;
    let lines = Lines { flat, found: vec![(shape, all)], span };
    Some(Label { key: lines.key(), lines, sureness, range, body: whole.len(), timed: true })
}

/// How the one who reads for a body is introduced, before the name and behind it.
const READS: &[&str] = &["宣读人：", "发言人：", "执笔人：", "执笔：", "宣读："];
const IS_READ_BY: &[&str] = &["代表发言", "宣读", "执笔", "发言"];

/// （执笔人：林颂）
pub(in crate::normalize) fn is_reader(line: &str) -> bool {
    let inner = line.strip_prefix(['（', '(']).and_then(|l| l.strip_suffix(['）', ')']));
    let Some(inner) = inner else { return false };
    let before = READS.iter().find_map(|w| inner.strip_prefix(w));
    let behind = IS_READ_BY.iter().find_map(|w| inner.strip_suffix(w));
    before.or(behind).is_some_and(|name| is_name_alone(name.trim()))
}

/// 民革市委会（林颂宣读）, 民革市委会（执笔：林颂）
fn read_by(flat: &Flat, range: &Range<usize>) -> Option<Shape> {
    let (body, inner, tail) = shape::with_brackets(flat, range.clone());
    let inner = trim(flat, inner.filter(|_| tail == range.end)?);
    let words = text(flat, &inner);
    let prefix = READS.iter().find(|p| words.starts_with(**p));
    let suffix = IS_READ_BY.iter().find(|s| words.ends_with(**s));
    let from = inner.start + prefix.map_or(0, |p| p.chars().count());
    let name = trim(flat, from..inner.end - suffix.map_or(0, |s| s.chars().count()));
    let fits = (prefix.is_some() || suffix.is_some())
        && is_name_alone(&text(flat, &name))
        && roles::is_body(&text(flat, &body));
    let shape = Shape { name: Some(name), roles: Some(body.clone()), ..Shape::default() };
    fits.then_some(Shape { organisation: Some(body), ..shape })
}

impl Label {
    /// The label of a paragraph that is wholly a speaker's line.
    pub(in crate::normalize) fn of_lines(lines: Lines, length: usize) -> Self {
        let sureness = if lines.all_have_roles() { Sureness::Sure } else { Sureness::Name };
        Self { key: lines.key(), lines, sureness, range: 0..length, body: length, timed: false }
    }
}

/// The line under a heading without words, which is there for a speaker's sake: `林颂：`, `记者：`.
pub(in crate::normalize) fn under_bare_heading(inlines: &[Inline], span: Option<Span>) -> Option<Lines> {
    super::speakers(inlines, span).or_else(|| {
        let label = of(inlines, span).filter(|l| l.body >= plain_text(inlines).len())?;
        Some(label.lines)
    })
}

/// Where the label stands in a text, where the words begin, whether its marks are a speaker's own,
/// and whether it has a time.
fn extent(text: &str) -> Option<(Range<usize>, usize, bool, bool)> {
    let start = text.len() - after_marks(text).len();
    let rest = &text[start..];
    let skip = |at: usize| at + (text[at..].len() - text[at..].trim_start().len());
    for (open, close) in [('【', '】'), ('[', ']'), ('［', '］')] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let length = inner.find(close)?;
        let from = start + open.len_utf8();
        let mut body = from + length + close.len_utf8();
        let after = &text[body..];
        if looks_timed(&inner[..length]) {
            // [00:00:04] 林颂：
            let (range, end, _, _) = extent(after)?;
            return Some((body + range.start..body + range.end, body + end, true, true));
        }
        body += after.len() - after.trim_start_matches(['：', ':']).len();
        // [林颂]…[03-06 17:13]
        let timed =
            text.trim_end().ends_with([']', '］']) && text.rfind(['[', '［']).is_some_and(|k| k > body);
        let fits = inner[..length].chars().count() <= LONGEST;
        return fits.then(|| (from..from + length, skip(body), true, timed));
    }
    let mut length = rest.char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, '：' | ':'))?.0;
    // SPEAKER_00 [2.74, 3.72s]: and 00:00:01 林颂：, whose first colons are the time's.
    let stamp = rest[..length]
        .find(['[', '(', '（'])
        .filter(|k| rest[*k..].chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
    if let Some(open) = stamp
        && let Some(close) = rest[open..].find([']', ')', '）'])
        && looks_timed(rest[open..open + close].trim_start_matches(['[', '(', '（']))
    {
        let after = &rest[open + close..];
        let after_close = after.char_indices().nth(1).map_or(after.len(), |(k, _)| k);
        let tail = &after[after_close..];
        if let Some(words) = tail.trim_start().strip_prefix(['：', ':']) {
            let body = text.len() - words.len();
            return Some((start..start + rest[..open].trim_end().len(), skip(body), true, true));
        }
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let time =
            rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '>' | ' ' | ',')))?;
        if rest[..time].contains(':') && looks_timed(&rest[..time]) {
            let (range, end, sure, _) = extent(&rest[time..])?;
            let base = start + time;
            return Some((base + range.start..base + range.end, base + end, sure, true));
        }
    }
    let label = &rest[..length];
    if label.contains(['。', '！', '？', '；', '“', '”', '《', '》', '\n', '!', '?', ';', '/']) {
        return None;
    }
    let colon = rest[length..].chars().next().map_or(0, char::len_utf8);
    let body = start + length + colon;
    // 主持人：[林颂]：
    if let Some(inner) = text[body..].strip_prefix('[')
        && let Some(close) = inner.find(']')
        && inner[close + 1..].starts_with([':', '：'])
    {
        let end = body + 1 + close + 1;
        let words = end + text[end..].chars().next().map_or(0, char::len_utf8);
        return Some((body + 1..body + 1 + close, skip(words), true, false));
    }
    length = label.trim_end().len();
    (length > 0).then(|| (start..start + length, skip(body), false, false))
}

/// The text behind ornaments and a number that open a line.
fn after_marks(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| is_ornament(c) || c.is_whitespace());
    let number =
        crate::normalize::heading::number(text).filter(|(label, _)| !label.starts_with(['①', '②', '③']));
    number.map_or(text, |(label, _)| text[label.len()..].trim_start())
}

/// Marks that newspapers put before a theme or a speaker.
pub(in crate::normalize) fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '■' | '□'
            | '◆'
            | '◇'
            | '●'
            | '○'
            | '◎'
            | '▲'
            | '△'
            | '★'
            | '☆'
            | '▍'
            | '▌'
            | '►'
            | '▶'
            | '➤'
            | '※'
            | '▪'
            | '•'
    )
}

fn looks_timed(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 2
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '>' | ',' | ' ' | 's' | '：' | '/'))
}

/// Reads a label.
fn parse(flat: &Flat, range: Range<usize>) -> Option<(Shape, Sureness)> {
    let range = trim(flat, range);
    let whole = text(flat, &range);
    if range.is_empty() || range.len() > LONGEST {
        return None;
    }
    if is_numbered_voice(&whole) {
        return Some((Shape { name: Some(range), ..Shape::default() }, Sureness::Sure));
    }
    if is_heading_word(&whole) {
        return None;
    }
    let short = || name_and_title(flat, &range, None).filter(|(_, sureness)| *sureness == Sureness::Short);
    if let Some(found) = asks_or_answers(flat, &range).or_else(short) {
        return Some(found);
    }
    if let Some(shape) = shape::parse(flat, range.clone()) {
        let sureness = match (&shape.roles, &shape.organisation, &shape.notes) {
            (None, None, None) if shape.joint.is_empty() => Sureness::Name,
            _ => Sureness::Sure,
        };
        return Some((shape, sureness));
    }
    let (core, notes, tail) = shape::with_brackets(flat, range.clone());
    let core = if tail == range.end { core } else { range.clone() };
    let notes = notes.filter(|_| tail == range.end);
    joint(flat, &core, notes.as_ref())
        .or_else(|| name_and_title(flat, &core, notes.as_ref()))
        .or_else(|| title_and_name(flat, &core, notes.as_ref()))
        .or_else(|| office_of(flat, &core, notes.as_ref()))
        .or_else(|| voice(flat, &range))
        .or_else(|| guess(flat, &core, notes.as_ref()))
}

/// 主持人（林颂）
fn office_of(flat: &Flat, core: &Range<usize>, notes: Option<&Range<usize>>) -> Option<(Shape, Sureness)> {
    let name = notes.map(|n| trim(flat, n.clone())).filter(|n| is_name_alone(&text(flat, n)))?;
    let office = text(flat, core);
    let fits = roles::are_all(&office) && !is_name_alone(&office);
    let shape = Shape { name: Some(name), roles: Some(core.clone()), ..Shape::default() };
    fits.then_some((shape, Sureness::Sure))
}

/// 林颂委员, 于博常委, 张书记
fn name_and_title(
    flat: &Flat,
    core: &Range<usize>,
    notes: Option<&Range<usize>>,
) -> Option<(Shape, Sureness)> {
    let whole = folded(&text(flat, core));
    let title = TITLES.iter().find(|t| whole.ends_with(**t) && whole.len() > t.len())?;
    let border = core.end - title.chars().count();
    let name = trim(flat, core.start..border);
    let words = text(flat, &name);
    let roles = Some(border..core.end);
    let shape = Shape { name: Some(name), roles, notes: notes.cloned(), ..Shape::default() };
    if is_name_alone(&words) {
        return Some((shape, Sureness::Sure));
    }
    let is_short = words.chars().count() == 1 && words.chars().all(is_surname)
        || is_compound(&words) && words.chars().count() == 2;
    is_short.then_some((shape, Sureness::Short))
}

/// 市委书记林颂, 全国人大代表、市委书记林颂, 主持人 林颂
fn title_and_name(
    flat: &Flat,
    core: &Range<usize>,
    notes: Option<&Range<usize>>,
) -> Option<(Shape, Sureness)> {
    let length = |name: &Range<usize>| {
        let words = text(flat, name);
        is_name_alone(&words) || words.contains(is_dot) && words.chars().all(|c| is_han(c) || is_dot(c))
    };
    let dotted = (core.start..core.end).find(|k| is_dot(flat.glyphs[*k].c));
    let longest = if dotted.is_some() { core.len().min(20) } else { 4 };
    // Three characters are commonest; where a compound surname fits, four.
    let mut lengths: Vec<usize> = vec![3, 2];
    lengths.extend(4..=longest.max(4));
    if dotted.is_some() {
        lengths = (3..=longest).collect();
    }
    lengths.into_iter().filter(|n| *n < core.len()).find_map(|n| {
        let name = core.end - n..core.end;
        let roles = trim(flat, core.start..name.start);
        let words = text(flat, &roles);
        let fits =
            length(&name) && !is_role(&text(flat, &name)) && is_role(last_role(&words)) && roles::are(&words);
        let shape = Shape { name: Some(name), roles: Some(roles), notes: notes.cloned(), ..Shape::default() };
        fits.then_some((shape, Sureness::Sure))
    })
}

fn last_role(words: &str) -> &str {
    words.rsplit(['、', '，', ',', ' ']).next().unwrap_or(words)
}

/// 林颂、于博 · 林某、于某常委
fn joint(flat: &Flat, core: &Range<usize>, notes: Option<&Range<usize>>) -> Option<(Shape, Sureness)> {
    let parts: Vec<Range<usize>> = parts(flat, core);
    if parts.len() < 2 {
        return None;
    }
    let (last, first) = parts.split_last()?;
    if !first.iter().all(|p| is_name_alone(&text(flat, p))) {
        return None;
    }
    let (shape, _) = match is_name_alone(&text(flat, last)) {
        true => (Shape { name: Some(last.clone()), ..Shape::default() }, Sureness::Name),
        false => name_and_title(flat, last, None)?,
    };
    let roles = shape.roles.or_else(|| notes.cloned().filter(|r| roles::are(&text(flat, r))));
    let sureness = if roles.is_some() { Sureness::Sure } else { Sureness::Name };
    Some((Shape { joint: first.to_vec(), roles, ..shape }, sureness))
}

fn parts(flat: &Flat, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for k in range.clone().chain([range.end]) {
        if k == range.end || matches!(flat.glyphs[k].c, '、' | '，') {
            let part = trim(flat, start..k);
            if !part.is_empty() {
                parts.push(part);
            }
            start = k + 1;
        }
    }
    parts
}

/// 林颂答, 记者提问: who, without the verb.
fn asks_or_answers(flat: &Flat, range: &Range<usize>) -> Option<(Shape, Sureness)> {
    let whole = folded(&text(flat, range));
    let verb = ["提问", "回答", "发问", "追问", "问", "答"]
        .iter()
        .find(|v| whole.ends_with(**v) && whole.len() > v.len())?;
    if is_role(&whole) {
        return None;
    }
    let who = trim(flat, range.start..range.end - verb.chars().count());
    let (shape, sureness) = parse(flat, who)?;
    let sureness = if sureness == Sureness::Name { Sureness::Sure } else { sureness };
    (sureness != Sureness::Guess).then_some((shape, sureness))
}

/// 记者, 中国日报记者, 群众, 问
fn voice(flat: &Flat, range: &Range<usize>) -> Option<(Shape, Sureness)> {
    let whole = folded(&text(flat, range));
    let is_voice =
        VOICES.iter().any(|v| whole.ends_with(v)) && whole.chars().count() <= 16 && !whole.contains('，')
            || matches!(whole.as_str(), "问" | "答" | "Q" | "A" | "甲" | "乙" | "丙");
    is_voice.then(|| (Shape { organisation: Some(range.clone()), ..Shape::default() }, Sureness::Voice))
}

/// 张 · 格桑卓嘎
fn guess(flat: &Flat, core: &Range<usize>, notes: Option<&Range<usize>>) -> Option<(Shape, Sureness)> {
    let whole = text(flat, core);
    let count = whole.chars().count();
    let shape = Shape { name: Some(core.clone()), notes: notes.cloned(), ..Shape::default() };
    if count == 1 && whole.chars().all(is_surname) {
        return Some((shape, Sureness::Short));
    }
    // Maria Keller：
    let words: Vec<&str> = whole.split_whitespace().collect();
    if (2..=4).contains(&words.len()) && words.iter().all(|w| is_latin_word(w)) {
        return Some((shape, Sureness::Name));
    }
    let is_word = (2..=8).contains(&count) && whole.chars().all(is_han);
    // A name that is not known for one, with roles in brackets: 古丽巴哈尔（市政协委员）.
    if is_word
        && let Some(notes) = notes
        && roles::are(&text(flat, notes))
    {
        let shape = Shape { roles: Some(notes.clone()), notes: None, ..shape };
        return Some((shape, Sureness::Sure));
    }
    (is_word && count <= 6 && !is_role(&whole)).then_some((shape, Sureness::Guess))
}

/// What transcribing programs call voices, and what people call themselves: `SPEAKER_00`, `@江边的猫`.
fn is_numbered_voice(text: &str) -> bool {
    if let Some(own) = text.strip_prefix('@') {
        return (1..=16).contains(&own.chars().count()) && own.chars().all(char::is_alphanumeric);
    }
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = text[..text.len() - digits.len()].trim_end_matches(['_', ' ', '-']).to_lowercase();
    let is_number = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    is_number && matches!(word.as_str(), "speaker" | "说话人" | "发言人" | "讲话人" | "spk")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Context;

    fn label(text: &str) -> Option<(String, String, Sureness, String)> {
        let found = of(&[Inline::text(text)], None)?;
        let mut context = Context::default();
        let body = text[found.body..].to_owned();
        let sureness = found.sureness;
        let speakers = found.lines.accept(&mut context);
        let names: Vec<&str> = speakers.iter().map(|s| s.name.as_str()).collect();
        let roles =
            speakers.last().map_or_else(String::new, |s| s.organisation.clone().unwrap_or(s.title.clone()));
        Some((names.join("+"), roles, sureness, body))
    }

    #[test]
    fn labels() {
        use Sureness::{Guess, Name, Short, Sure, Voice};
        for (text, name, roles, sureness, body) in [
            ("林颂：各位好。", "林颂", "", Name, "各位好。"),
            ("林颂（00:01）：各位好。", "林颂", "", Sure, "各位好。"),
            ("林颂委员：各位好。", "林颂", "委员", Sure, "各位好。"),
            ("林颂（市政协委员）：各位好。", "林颂", "市政协委员", Sure, "各位好。"),
            ("林颂(市政协委员):各位好。", "林颂", "市政协委员", Sure, "各位好。"),
            ("市委书记林颂：各位好。", "林颂", "市委书记", Sure, "各位好。"),
            ("全国人大代表、市委书记欧阳娜娜：好。", "欧阳娜娜", "全国人大代表、市委书记", Sure, "好。"),
            ("80后创业者林颂：好。", "林颂", "80后创业者", Sure, "好。"),
            ("林颂常委（经济界）：好。", "林颂", "常委", Sure, "好。"),
            ("主持人（王远志）：好。", "王远志", "主持人", Sure, "好。"),
            ("主持人王远志：好。", "王远志", "主持人", Sure, "好。"),
            ("市政协委员 林颂：好。", "林颂", "市政协委员", Sure, "好。"),
            ("【市政协委员 林颂】好。", "林颂", "市政协委员", Sure, "好。"),
            ("【江城日报记者】请问。", "", "江城日报记者", Voice, "请问。"),
            ("【林颂】（市政协委员）好。", "林颂", "市政协委员", Sure, "好。"),
            ("[林颂]好。[03-06 17:13]", "林颂", "", Sure, "好。[03-06 17:13]"),
            ("主持人:[林颂]:好。", "林颂", "", Sure, "好。"),
            ("SPEAKER_00 [2.74, 3.72s]: 好。", "SPEAKER_00", "", Sure, "好。"),
            ("[00:00:04] 林颂：好。", "林颂", "", Sure, "好。"),
            ("记者提问：请问。", "", "记者", Voice, "请问。"),
            ("林颂答：好。", "林颂", "", Sure, "好。"),
            ("群众：好。", "", "群众", Voice, "好。"),
            ("张：好。", "张", "", Short, "好。"),
            ("张书记：好。", "张", "书记", Short, "好。"),
            ("Maria Keller（德国）：好。", "Maria Keller", "", Name, "好。"),
            ("格桑卓嘎：好。", "格桑卓嘎", "", Name, "好。"),
            ("次仁吉：好。", "次仁吉", "", Guess, "好。"),
            ("帕巴拉·格列朗杰：好。", "帕巴拉·格列朗杰", "", Name, "好。"),
            ("古丽巴哈尔（市政协委员）：好。", "古丽巴哈尔", "市政协委员", Sure, "好。"),
            ("林颂、于博：好。", "林颂+于博", "", Sure, "好。"),
            ("林颂、于博常委：好。", "林颂+于博", "常委", Sure, "好。"),
            ("■ 林颂委员：好。", "林颂", "委员", Sure, "好。"),
            ("1．林颂委员：好。", "林颂", "委员", Sure, "好。"),
            ("林颂委员：", "林颂", "委员", Sure, ""),
            ("于 博：好。", "于博", "", Name, "好。"),
        ] {
            let found = label(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found, (name.into(), roles.into(), sureness, body.into()), "{text}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "时间：三月十二日",
            "近年来，我市提出：要抓落实。",
            "他说：“好。”",
            "12:30开会",
            "目标：提高。",
            "全文如下：",
            "各位委员、同志们：",
            "让社区医院强起来：",
            "https://a.cn/b",
        ] {
            assert!(label(text).is_none_or(|l| l.2 == Sureness::Guess), "{text}: {:?}", label(text));
        }
    }
}

//! The forms a speaker line takes: each is tried in turn, the surest first.

use std::ops::Range;

use crate::normalize::chars;
use crate::normalize::flat::Flat;
use crate::normalize::role::{is_plain_office, is_role};
use crate::normalize::speaker::names::{self, is_compound, is_latin, is_name, is_name_alone};
use crate::normalize::speaker::roles;
use crate::normalize::speaker::words::is_common_word;

/// Where the parts of a line stand in the row.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    pub(super) name: Option<Range<usize>>,
    pub(super) notes: Option<Range<usize>>,
    pub(super) roles: Option<Range<usize>>,
    pub(super) organisation: Option<Range<usize>>,
    /// Speakers named before this one who share its roles.
    pub(super) joint: Vec<Range<usize>>,
}

/// Reads one line.
pub(super) fn parse(flat: &Flat, line: Range<usize>) -> Option<Shape> {
    let line = core(flat, line);
    let words = words(flat, &line);
    let first = words.first()?.clone();
    name_first(flat, &line, &words)
        .or_else(|| name_and_mark(flat, &line))
        .or_else(|| representing(flat, &line))
        .or_else(|| name_last(flat, &line, &words))
        .or_else(|| body_and_name(flat, &line, &words))
        .or_else(|| {
            let is_body = words.len() == 1 && roles::is_body(&text(flat, &first));
            is_body.then(|| Shape { organisation: Some(first), ..Shape::default() })
        })
}

/// The line without a label (`发言人：`), a dash before it or brackets around it.
fn core(flat: &Flat, line: Range<usize>) -> Range<usize> {
    const LABELS: &[&str] = &["发言人：", "发言者：", "作者：", "姓名："];
    let c = |k: usize| flat.glyphs[k].c;
    let mut line = line;
    let whole = text(flat, &line);
    if let Some(label) = LABELS.iter().find(|label| whole.starts_with(**label)) {
        line = trim(flat, line.start + label.chars().count()..line.end);
    }
    while line.len() > 1 && c(line.start) == '—' {
        line = trim(flat, line.start + 1..line.end);
    }
    let inner = line.start + 1..line.end.saturating_sub(1);
    let is_wrapped = line.len() > 2 && c(line.start) == '（' && c(line.end - 1) == '）';
    if is_wrapped && !inner.clone().any(|k| matches!(c(k), '（' | '）')) {
        line = trim(flat, inner);
    }
    line
}

/// 姓名 职务 · 姓 名 职务 · 姓名（女） 职务 · 姓名（女）职务 · 姓名、姓名 职务 · 姓名
fn name_first(flat: &Flat, line: &Range<usize>, words: &[Range<usize>]) -> Option<Shape> {
    let first = words.first()?;
    for count in name_lengths(flat, words) {
        let last = &words[count - 1];
        let whole = first.start..last.end;
        let (name, notes, tail) = with_brackets(flat, whole);
        let mut names = names_of(flat, name);
        let name = names.pop()?;
        if !names.iter().chain([&name]).all(|n| is_name(&text(flat, n))) {
            continue;
        }
        let mut rest = trim(flat, tail..line.end);
        // 姓名（女），职务
        if notes.is_some()
            && rest.clone().next().is_some_and(|k| matches!(flat.glyphs[k].c, '，' | '：' | '、'))
        {
            rest = trim(flat, rest.start + 1..rest.end);
        }
        let shape = Shape { name: Some(name.clone()), notes, joint: names, ..Shape::default() };
        if rest.is_empty() {
            return alone(flat, shape, words.len() == count);
        }
        let text_of_rest = text(flat, &rest);
        let title = text(flat, &name);
        if is_common_word(&title) {
            continue;
        }
        let is_known = names::is_name_alone(&title) || is_latin(&title)
            // Brackets at the end of a heading may hold offices too.
            || is_plain_office(&text_of_rest) && !text_of_rest.ends_with('）');
        if text_of_rest.starts_with("代表")
            || is_known && roles::are(&text_of_rest) && !is_role_not_name(&title)
        {
            return Some(Shape { roles: Some(rest), ..shape });
        }
        // 姓名 某会: the body is what the person speaks for.
        if is_name_alone(&title) && roles::is_body(&text_of_rest) {
            return Some(Shape { roles: Some(rest.clone()), organisation: Some(rest), ..shape });
        }
    }
    None
}

/// How many words the name may take: padded hanzi and compound surnames two, Latin names any.
fn name_lengths(flat: &Flat, words: &[Range<usize>]) -> Vec<usize> {
    let word = |k: usize| words.get(k).map(|w| text(flat, w)).unwrap_or_default();
    let latin = (0..words.len()).take_while(|k| is_latin_word(&word(*k))).count();
    // John Smith（女，回族）: the brackets stand at the last word.
    let noted = words.get(latin).is_some_and(|w| {
        let (name, notes, _) = with_brackets(flat, w.clone());
        notes.is_some() && is_latin_word(&text(flat, &name))
    });
    if latin > 0 {
        return vec![latin + usize::from(noted)];
    }
    let single = |k: usize| {
        words.get(k).is_some_and(|w| {
            let (name, _, _) = with_brackets(flat, w.clone());
            name.len() == 1 && chars::is_han(flat.glyphs[name.start].c)
        })
    };
    let padded = (0..words.len().min(4)).take_while(|k| single(*k)).count();
    let given = words.get(1).map_or(0, |w| with_brackets(flat, w.clone()).0.len());
    let split_compound = is_compound(&word(0))
        && word(0).chars().count() == 2
        && (1..=2).contains(&given)
        && !is_role(&word(1));
    let two_names =
        words.len() > 2 && is_name_alone(&word(0)) && is_name_alone(&word(1)) && !is_role_not_name(&word(1));
    match padded {
        2.. => (1..=padded).rev().collect(),
        _ if split_compound || two_names => vec![2, 1],
        _ => vec![1],
    }
}

pub(super) fn is_latin_word(word: &str) -> bool {
    is_latin(word)
        || word.len() == 2 && word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The names in `林颂、于博` or `林颂 于博`; one name padded by a blank stays one.
fn names_of(flat: &Flat, range: Range<usize>) -> Vec<Range<usize>> {
    let whole = text(flat, &range);
    let is_joint = whole.contains('、');
    let parted: Vec<Range<usize>> = range
        .clone()
        .filter(|k| flat.glyphs[*k].c == '、' || !is_joint && flat.glyphs[*k].c.is_whitespace())
        .chain([range.end])
        .scan(range.start, |start, end| {
            let part = *start..end;
            *start = end + 1;
            Some(part)
        })
        .map(|part| trim(flat, part))
        .filter(|part| !part.is_empty())
        .collect();
    let all_names = parted.len() > 1 && parted.iter().all(|p| is_name_alone(&text(flat, p)));
    if all_names && !is_compound_alone(flat, &parted) { parted } else { vec![range] }
}

/// `欧阳 娜娜`: the first part is only a surname.
fn is_compound_alone(flat: &Flat, parts: &[Range<usize>]) -> bool {
    parts.first().is_some_and(|p| p.len() == 2 && is_compound(&text(flat, p)))
}

/// A name without roles beside it; what stands in brackets may be them.
fn alone(flat: &Flat, shape: Shape, is_whole_line: bool) -> Option<Shape> {
    let name = text(flat, shape.name.as_ref()?);
    if let Some(inner) = shape.notes.clone()
        && roles::are(&text(flat, &inner))
        && !text(flat, &inner).starts_with("代表")
    {
        return Some(Shape { roles: Some(inner), notes: None, ..shape });
    }
    let is_body = shape.notes.is_none() && roles::is_body(&name);
    (is_whole_line && is_name_alone(&name) && !is_body && !name.ends_with("委员")).then_some(shape)
}

/// 姓名，职务 · 姓名：职务
fn name_and_mark(flat: &Flat, line: &Range<usize>) -> Option<Shape> {
    let mark = line.clone().find(|k| matches!(flat.glyphs[*k].c, '，' | '：'))?;
    let (name, notes, tail) = with_brackets(flat, trim(flat, line.start..mark));
    let rest = trim(flat, mark + 1..line.end);
    let is_speaker = tail == trim(flat, line.start..mark).end
        && is_name_alone(&text(flat, &name))
        && roles::are_all(&text(flat, &rest));
    is_speaker.then(|| Shape { name: Some(name), notes, roles: Some(rest), ..Shape::default() })
}

/// 姓名代表某会
fn representing(flat: &Flat, line: &Range<usize>) -> Option<Shape> {
    let whole = text(flat, line);
    let at = whole.find("代表")?;
    let border = line.start + whole[..at].chars().count();
    let name = trim(flat, line.start..border);
    let is_speaker =
        is_name_alone(&text(flat, &name)) && roles::is_body(&text(flat, &(border + 2..line.end)));
    is_speaker.then(|| Shape { name: Some(name), roles: Some(border..line.end), ..Shape::default() })
}

/// 职务 姓名
fn name_last(flat: &Flat, line: &Range<usize>, words: &[Range<usize>]) -> Option<Shape> {
    let last = words.last().filter(|_| words.len() > 1)?;
    let (name, notes, tail) = with_brackets(flat, last.clone());
    let before = trim(flat, line.start..last.start);
    let title = text(flat, &name);
    let is_speaker = tail == last.end
        && is_name(&title)
        && !is_role_not_name(&title)
        && roles::are(&text(flat, &before))
        && (names::is_name_alone(&title) || is_plain_office(&text(flat, &before)));
    is_speaker.then(|| Shape { name: Some(name), notes, roles: Some(before), ..Shape::default() })
}

/// 某会 姓名: as [`name_first`] reads 姓名 某会.
fn body_and_name(flat: &Flat, line: &Range<usize>, words: &[Range<usize>]) -> Option<Shape> {
    let last = words.last().filter(|_| words.len() == 2)?;
    let (name, notes, tail) = with_brackets(flat, last.clone());
    let body = trim(flat, line.start..last.start);
    let is_speaker =
        tail == last.end && is_name_alone(&text(flat, &name)) && roles::is_body(&text(flat, &body));
    let shape = Shape { name: Some(name), notes, organisation: Some(body.clone()), ..Shape::default() };
    is_speaker.then_some(Shape { roles: Some(body), ..shape })
}

/// 政协委员 could be a name by its length and is none.
fn is_role_not_name(word: &str) -> bool {
    is_role(word) && !is_name_alone(word)
}

/// A name with what stands in brackets behind it, and where the rest begins.
pub(super) fn with_brackets(flat: &Flat, word: Range<usize>) -> (Range<usize>, Option<Range<usize>>, usize) {
    let c = |k: usize| flat.glyphs[k].c;
    let open = word.clone().find(|k| matches!(c(*k), '（' | '('));
    let close = word.clone().find(|k| matches!(c(*k), '）' | ')'));
    match (open, close) {
        (Some(open), Some(close)) if open > word.start && open < close => {
            (trim(flat, word.start..open), Some(open + 1..close), close + 1)
        }
        _ => (word.clone(), None, word.end),
    }
}

pub(super) fn text(flat: &Flat, range: &Range<usize>) -> String {
    flat.glyphs[range.clone()].iter().map(|g| g.c).collect()
}

/// A range without blanks at its ends.
pub(super) fn trim(flat: &Flat, range: Range<usize>) -> Range<usize> {
    let blank = |k: &usize| flat.glyphs[*k].c.is_whitespace();
    let start = range.start + range.clone().take_while(blank).count();
    let end = range.end - (start..range.end).rev().take_while(blank).count();
    start..end
}

/// Words of a line: the ranges between blanks, brackets kept whole.
fn words(flat: &Flat, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut depth = 0usize;
    for k in line.clone().chain([line.end]) {
        let c = if k == line.end { ' ' } else { flat.glyphs[k].c };
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let blank = k == line.end || c.is_whitespace() && depth == 0;
        match (blank, start) {
            (true, Some(s)) => {
                words.push(s..k);
                start = None;
            }
            (false, None) => start = Some(k),
            _ => {}
        }
    }
    words
}

//! The lines under a speech's heading that say who speaks.

use std::ops::Range;

use crate::normalize::flat::Flat;
use crate::normalize::{Context, Reason, chars, punctuation, role};
use crate::tree::{Inline, Span, Speaker};

/// No speaker line is longer, however many offices one holds.
const LONGEST: usize = 160;

/// The speakers a paragraph names, or none when it is not such a paragraph.
pub(super) fn speakers(inlines: &[Inline], span: Option<Span>) -> Option<Lines> {
    let mut flat = Flat::of(inlines);
    if flat.glyphs.len() > LONGEST || flat.glyphs.iter().any(|g| chars::ends_sentence(g.c)) {
        return None;
    }
    punctuation::standardise(&mut flat);
    let lines = lines(&flat);
    let mut found = Vec::new();
    let mut k = 0;
    while k < lines.len() {
        let line = &lines[k];
        let next = lines.get(k + 1);
        let parsed = parse(&flat, line.clone());
        let (shape, used) = match (parsed, next) {
            // A name alone, the roles on the next line.
            (Some(Shape { name: Some(name), roles: None, notes, .. }), Some(next))
                if parse(&flat, next.clone()).is_none_or(|s| s.name.is_none())
                    && is_roles(&text(&flat, next)) =>
            {
                (Shape { name: Some(name), roles: Some(next.clone()), notes, organisation: None }, 2)
            }
            (Some(shape), _) => (shape, 1),
            (None, _) => return None,
        };
        found.push((shape, line.start..lines[k + used - 1].end));
        k += used;
    }
    (!found.is_empty()).then_some(Lines { flat, found, span })
}

/// Speaker lines that were recognised.
pub(super) struct Lines {
    flat: Flat,
    found: Vec<(Shape, Range<usize>)>,
    span: Option<Span>,
}

impl Lines {
    /// Makes the speakers and records the changes that reading them took.
    pub(super) fn accept(mut self, context: &mut Context<'_>) -> Vec<Speaker> {
        let mut speakers: Vec<Speaker> = Vec::new();
        // From the last to the first, so that dropping padding leaves the ranges before it valid.
        for (shape, line) in std::mem::take(&mut self.found).into_iter().rev() {
            let bytes = self.flat.bytes(line.clone());
            let span = match (self.span, bytes) {
                (Some(whole), Some((file, start, end))) => {
                    let line = context.document(file).map_or(whole.line, |d| d.lines.line(start));
                    Some(Span::new(file, start, end, line))
                }
                (whole, _) => whole,
            };
            let mut speaker = shape.speaker(&self.flat);
            speaker.span = span;
            if let Some(name) = &shape.name {
                drop_padding(&mut self.flat, name.clone());
            }
            speakers.push(speaker);
        }
        self.flat.commit(context);
        speakers.reverse();
        speakers
    }
}

/// Where the parts of a line stand in the row.
#[derive(Debug, Clone)]
struct Shape {
    name: Option<Range<usize>>,
    notes: Option<Range<usize>>,
    roles: Option<Range<usize>>,
    organisation: Option<Range<usize>>,
}

impl Shape {
    fn speaker(&self, flat: &Flat) -> Speaker {
        let mut speaker =
            Speaker::named(self.name.as_ref().map_or_else(String::new, |r| compact(&text(flat, r))));
        speaker.notes = self.notes.as_ref().map_or_else(Vec::new, |r| split_roles(&text(flat, r)));
        if let Some(roles) = &self.roles {
            speaker.title = one_line(&text(flat, roles));
            speaker.roles = split_roles(&speaker.title);
        }
        speaker.organisation = self.organisation.as_ref().map(|r| text(flat, r).trim().to_owned());
        let represented = speaker.notes.iter().find_map(|n| n.strip_prefix("代表")).map(str::to_owned);
        speaker.organisation = speaker.organisation.or(represented);
        let body: Vec<String> = speaker.organisation.iter().cloned().collect();
        speaker.party = role::party(&speaker.roles)
            .or_else(|| role::party(&body))
            .or_else(|| role::party(&speaker.notes));
        let words = || speaker.roles.iter().chain(&speaker.notes).chain(&body);
        speaker.affiliation = role::affiliation(words());
        speaker.sector = role::sector(words());
        speaker
    }
}

fn text(flat: &Flat, range: &Range<usize>) -> String {
    flat.glyphs[range.clone()].iter().map(|g| g.c).collect()
}

/// Lines of the row, blanks at their ends left out.
fn lines(flat: &Flat) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for k in 0..=flat.glyphs.len() {
        let at_end = k == flat.glyphs.len();
        if at_end || flat.glyphs[k].c == '\n' || flat.glyphs[k].c == '；' {
            let trimmed = trim(flat, start..k);
            if !trimmed.is_empty() {
                lines.push(trimmed);
            }
            start = k + 1;
        }
    }
    lines
}

fn trim(flat: &Flat, range: Range<usize>) -> Range<usize> {
    let blank = |k: &usize| flat.glyphs[*k].c.is_whitespace();
    let start = range.start + range.clone().take_while(blank).count();
    let end = range.end - (start..range.end).rev().take_while(blank).count();
    start..end
}

/// Words of a line: the ranges between blanks.
fn words(flat: &Flat, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for k in range.clone().chain([range.end]) {
        let blank = k == range.end || flat.glyphs[k].c.is_whitespace();
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

fn parse(flat: &Flat, line: Range<usize>) -> Option<Shape> {
    let line = after_label(flat, line);
    let words = words(flat, line.clone());
    let first = words.first()?.clone();
    let bare = Shape { name: None, notes: None, roles: None, organisation: None };
    // 姓 名 职务, 姓名（女） 职务, 姓名
    for count in [2, 1] {
        let Some(last) = words.get(count - 1) else { continue };
        let whole = first.start..last.end;
        let (name, notes) = with_brackets(flat, whole.clone());
        if count == 2 && !is_padded(flat, &words) || !is_name(&text(flat, &name)) {
            continue;
        }
        let rest = trim(flat, whole.end..line.end);
        if rest.is_empty() {
            if count == 1
                && words.len() == 1
                && role::is_role(&text(flat, &name))
                && text(flat, &name).ends_with("委员")
            {
                continue;
            }
            // 姓名（单位职务）: what stands in the brackets is the roles.
            return Some(match notes {
                Some(inner) if is_roles(&text(flat, &inner)) && !text(flat, &inner).starts_with("代表") => {
                    Shape { name: Some(name), roles: Some(inner), ..bare }
                }
                notes => Shape { name: Some(name), notes, ..bare },
            });
        }
        if is_roles(&text(flat, &rest)) {
            return Some(Shape { name: Some(name), notes, roles: Some(rest), ..bare });
        }
    }
    // 职务 姓名
    if let Some(last) = words.last().filter(|_| words.len() > 1) {
        let (name, notes) = with_brackets(flat, last.clone());
        let before = trim(flat, line.start..last.start);
        if is_name(&text(flat, &name)) && !role::is_role(&text(flat, &name)) && is_roles(&text(flat, &before))
        {
            return Some(Shape { name: Some(name), notes, roles: Some(before), ..bare });
        }
    }
    (words.len() == 1 && is_body(&text(flat, &first))).then_some(Shape { organisation: Some(first), ..bare })
}

/// Skips `发言人：` and the like.
fn after_label(flat: &Flat, line: Range<usize>) -> Range<usize> {
    const LABELS: &[&str] = &["发言人：", "发言者：", "作者：", "姓名："];
    let whole = text(flat, &line);
    match LABELS.iter().find(|label| whole.starts_with(**label)) {
        Some(label) => trim(flat, line.start + label.chars().count()..line.end),
        None => line,
    }
}

/// A word with what stands in brackets at its end: `姓名（女，回族）`.
fn with_brackets(flat: &Flat, word: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let c = |k: usize| flat.glyphs[k].c;
    let open = word.clone().find(|k| matches!(c(*k), '（' | '('));
    match open {
        Some(open) if open > word.start && matches!(c(word.end - 1), '）' | ')') => {
            (trim(flat, word.start..open), Some(open + 1..word.end - 1))
        }
        _ => (word, None),
    }
}

/// `于 博 职务`: two single hanzi parted by blanks are one name.
fn is_padded(flat: &Flat, words: &[Range<usize>]) -> bool {
    let single = |w: &Range<usize>| w.len() == 1 && chars::is_han(flat.glyphs[w.start].c);
    words.len() > 1 && single(&words[0]) && {
        let (name, _) = with_brackets(flat, words[1].clone());
        single(&name)
    }
}

/// Two to four hanzi, or parts joined by `·`; Latin names are not told from other words.
fn is_name(text: &str) -> bool {
    let compact = compact(text);
    let count = compact.chars().count();
    if compact.contains('·') {
        return count >= 3 && compact.chars().all(|c| chars::is_han(c) || c == '·');
    }
    (2..=4).contains(&count) && compact.chars().all(chars::is_han)
}

/// At least one role, and every one of a length that roles have.
fn is_roles(text: &str) -> bool {
    let roles = split_roles(text);
    roles.iter().any(|r| role::is_role(r)) && roles.iter().all(|r| r.chars().count() <= 60)
}

/// A body that speaks without a person: 民革市委会, 市工商联.
fn is_body(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "委会",
        "委员会",
        "市委",
        "省委",
        "区委",
        "县委",
        "联",
        "总工会",
        "支部",
        "协会",
        "学会",
        "课题组",
        "小组",
    ];
    text.chars().count() >= 4 && text.chars().all(chars::is_han) && ENDINGS.iter().any(|e| text.ends_with(e))
}

/// Roles parted by ， or 、, brackets kept whole.
fn split_roles(text: &str) -> Vec<String> {
    let mut roles = Vec::new();
    let mut depth = 0usize;
    let mut role = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '，' | '、' | ',' if depth == 0 => {
                roles.push(std::mem::take(&mut role));
                continue;
            }
            _ => {}
        }
        role.push(c);
    }
    roles.push(role);
    roles.iter().map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()).collect()
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Roles written over two lines, as one.
fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).collect()
}

fn drop_padding(flat: &mut Flat, name: Range<usize>) {
    let blank = |k: &usize| flat.glyphs[*k].c.is_whitespace();
    let Some(start) = name.clone().find(blank) else { return };
    let end = start + (start..name.end).take_while(blank).count();
    let bytes = flat.bytes(start..end);
    flat.collapse(start..end, None, bytes, Reason::Spacing);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Party;

    fn of(text: &str) -> Option<Vec<Speaker>> {
        let mut context = Context { documents: &[], edits: Vec::new() };
        Some(speakers(&[Inline::text(text)], None)?.accept(&mut context))
    }

    #[test]
    fn name_and_roles() {
        let found = of("林颂 市政协常委，台盟省委副主委，江城大学常务副院长、研究所副所长").unwrap();
        assert_eq!(found[0].name, "林颂");
        assert_eq!(found[0].roles, ["市政协常委", "台盟省委副主委", "江城大学常务副院长", "研究所副所长"]);
        assert_eq!(found[0].title, "市政协常委，台盟省委副主委，江城大学常务副院长、研究所副所长");
        assert_eq!(found[0].party, Some(Party::Taimeng));
    }

    #[test]
    fn other_orders_and_forms() {
        for (text, name, roles) in [
            ("于 博 市政协委员", "于博", &["市政协委员"][..]),
            ("于　博　市政协委员", "于博", &["市政协委员"]),
            ("市政协委员 林颂", "林颂", &["市政协委员"]),
            ("政协委员 林颂", "林颂", &["政协委员"]),
            ("林颂（市政协委员，江城中学校长）", "林颂", &["市政协委员", "江城中学校长"]),
            ("发言人：林颂 市政协委员", "林颂", &["市政协委员"]),
            ("格桑·卓嘎 市政协委员", "格桑·卓嘎", &["市政协委员"]),
            ("林颂\n市政协委员，江城中学校长", "林颂", &["市政协委员", "江城中学校长"]),
            ("林颂 市商会（江城，汉口）会长", "林颂", &["市商会（江城，汉口）会长"]),
        ] {
            let found = of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.len(), found[0].name.as_str()), (1, name), "{text}");
            assert_eq!(found[0].roles, roles, "{text}");
        }
    }

    #[test]
    fn several_speakers() {
        let found = of("林颂 市政协委员\n于博 市政协常委").unwrap();
        assert_eq!(found.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["林颂", "于博"]);
        assert_eq!(of("林颂 市政协委员；于博 市政协常委").unwrap().len(), 2);
    }

    #[test]
    fn notes_and_bodies() {
        let found = of("马小云（女，回族） 市政协委员").unwrap();
        assert_eq!(found[0].notes, ["女", "回族"]);
        assert_eq!(found[0].display_name(), "马小云（女，回族）");
        let found = of("林颂（代表民革市委会）").unwrap();
        assert_eq!(found[0].organisation.as_deref(), Some("民革市委会"));
        assert_eq!(found[0].party, Some(Party::Rcck));
        let found = of("民进江城市委会").unwrap();
        assert_eq!((found[0].name.as_str(), found[0].organisation.as_deref()), ("", Some("民进江城市委会")));
    }

    #[test]
    fn prose_is_not_a_speaker() {
        for text in [
            "夯实基础。完善设施，提升能力。",
            "江城市 第十四届委员会第五次会议",
            "2026年1月7日",
            "加强领导，明确责任，狠抓落实",
            "一、 总体要求",
            "各位委员",
        ] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}

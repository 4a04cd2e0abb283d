//! The lines over the first speech: title, event, and what stands between them and the words.

use std::ops::Range;

use crate::normalize::levels::names_meeting_text;
use crate::normalize::outline::lines::{Line, Style};
use crate::normalize::outline::marks::Mark;
use crate::normalize::speaker;

/// Lines that are one: a meeting's name cut in two.
struct Head<'a> {
    range: Range<usize>,
    text: String,
    line: &'a Line,
}

impl Head<'_> {
    fn is_meeting(&self) -> bool {
        names_meeting_text(&self.text)
    }

    /// The name of a column, which stands over the title.
    fn is_column(&self) -> bool {
        const NAMES: &[&str] = &[
            "特稿",
            "特别报道",
            "特别策划",
            "专题",
            "专版",
            "圆桌",
            "访谈",
            "对话",
            "议政",
            "建言",
            "声音",
            "关注",
            "聚焦",
            "要闻",
            "话题",
            "本期话题",
            "本期关注",
        ];
        NAMES.contains(&self.text.as_str())
    }

    /// A list of names, a numbered heading, a column's name and a 副题 are no event.
    fn can_be_event(&self) -> bool {
        let is_list = |text: &str| {
            let names: Vec<&str> =
                text.split(['/', '／', '、', ' ', '\u{3000}', '，']).filter(|n| !n.is_empty()).collect();
            !names.is_empty() && names.iter().all(|n| speaker::is_person(n))
        };
        let is_cast =
            ["嘉宾", "主持", "主持人", "对谈人", "与谈人", "发言嘉宾"].contains(&self.text.as_str());
        // 协商主题：…, a fact of the minutes; 发言嘉宾：…, a list.
        let is_fact = self
            .text
            .split_once(['：', ':'])
            .is_some_and(|(word, rest)| word.chars().count() <= 6 || is_list(rest));
        let is_other =
            is_list(&self.text) || is_cast || is_fact || self.is_column() || self.line.is_numbered();
        !is_other && (!self.line.dashed || self.is_meeting())
    }
}

/// What each of the first heads is. 引题, 主题 and 副题 are three lines of which the largest, or the
/// middle one, is the title; a line that names the meeting is the event.
pub(super) fn marks(lines: &[Line]) -> Vec<Mark> {
    let mut marks = vec![Mark::Body; lines.len()];
    let heads = heads(lines);
    let Some(title) = title_of(&heads) else { return marks };
    put(&mut marks, &heads[title], Mark::Title, Mark::TitleGoesOn);
    // A title set over two lines alike, or its 副题.
    let mut last = title;
    while last + 1 < heads.len() && goes_on(heads[last].line, &heads[last + 1]) {
        last += 1;
        put(&mut marks, &heads[last], Mark::TitleGoesOn, Mark::TitleGoesOn);
    }
    let free = |k: &usize| marks[heads[*k].range.start] == Mark::Body && heads[*k].can_be_event();
    let named = (0..heads.len()).filter(free).find(|k| heads[*k].is_meeting());
    let next = Some(last + 1).filter(|k| *k < heads.len()).filter(free);
    if let Some(event) = named.or(next) {
        put(&mut marks, &heads[event], Mark::Event, Mark::EventGoesOn);
    }
    marks
}

fn put(marks: &mut [Mark], head: &Head<'_>, first: Mark, others: Mark) {
    marks[head.range.clone()].fill(others);
    marks[head.range.start] = first;
}

fn heads(lines: &[Line]) -> Vec<Head<'_>> {
    let mut heads: Vec<Head<'_>> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        match heads.last_mut().filter(|head| is_cut(&head.text, line)) {
            Some(head) => {
                head.range.end = k + 1;
                head.text.push_str(&line.text);
            }
            None => heads.push(Head { range: k..k + 1, text: line.text.clone(), line }),
        }
    }
    heads
}

/// Whether a line goes on with the one above: `政协某市` `第五届委员会第三次会议`.
fn is_cut(above: &str, line: &Line) -> bool {
    const BODIES: &[&str] = &["政协", "省", "市", "区", "县", "州", "委员会", "人大", "联合会", "人民"];
    let is_body = BODIES.iter().any(|b| above.ends_with(b)) && above.chars().count() <= 20;
    let opens = ["第", "常务委员会", "主席会议"].iter().any(|w| line.text.starts_with(w));
    is_body && opens && names_meeting_text(&line.text)
}

fn title_of(heads: &[Head<'_>]) -> Option<usize> {
    let first = heads.first()?;
    if heads.len() > 1 && first.is_column() && first.line.style.level.is_none() {
        return Some(1);
    }
    let level = heads.iter().filter_map(|h| h.line.style.level).min();
    if let Some(level) = level {
        return heads.iter().position(|h| h.line.style.level == Some(level));
    }
    let largest = heads.iter().map(|h| h.line.style.larger).max().unwrap_or(0);
    if largest > first.line.style.larger || largest > 0 {
        return heads.iter().position(|h| h.line.style.larger == largest);
    }
    let is_meeting = |k: usize| heads[k].is_meeting();
    match heads.len() {
        // 引题 names the meeting, the line under it the matter.
        3.. if is_meeting(0) && !is_meeting(1) => Some(1),
        2 if is_meeting(0)
            && !is_meeting(1)
            && !heads[1].line.dashed
            && (heads[1].text.chars().count() >= 6 || heads[1].text.ends_with("发言")) =>
        {
            Some(1)
        }
        _ => Some(0),
    }
}

/// Whether a second line of a title stands under its first.
fn goes_on(title: &Line, next: &Head<'_>) -> bool {
    let alike = |a: &Style, b: &Style| {
        a.level == b.level && a.larger == b.larger && a.bold == b.bold && a.centred == b.centred
    };
    if next.is_meeting() {
        return false;
    }
    let is_set_off = title.style.larger > 0 && title.style.level.is_none();
    let is_second = is_set_off && alike(&title.style, &next.line.style) && !next.line.raw.look.gap;
    next.line.dashed || is_second
}

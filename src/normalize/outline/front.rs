//! The lines over the first speech: title, event, and what stands between them and the words.

use crate::normalize::levels::names_meeting_text;
use crate::normalize::outline::lines::{Line, Style};
use crate::normalize::outline::marks::Mark;
use crate::normalize::speaker;

/// What each of the first heads is. 引题, 主题 and 副题 are three lines of which the largest, or the
/// middle one, is the title; a line that names the meeting is the event.
pub(super) fn marks(heads: &[Line]) -> Vec<Mark> {
    let mut marks = vec![Mark::Body; heads.len()];
    let Some(title) = title_of(heads) else { return marks };
    marks[title] = Mark::Title;
    // A title set over two lines alike.
    let mut last = title;
    while last + 1 < heads.len() && goes_on(&heads[last], &heads[last + 1]) {
        last += 1;
        marks[last] = Mark::TitleGoesOn;
    }
    let is_list = |text: &str| {
        let names: Vec<&str> =
            text.split(['/', '／', '、', ' ', '\u{3000}']).filter(|n| !n.is_empty()).collect();
        !names.is_empty() && names.iter().all(|n| speaker::is_person(n))
    };
    let free = |k: &usize| marks[*k] == Mark::Body && !is_list(&heads[*k].text);
    let named = (0..heads.len()).filter(free).find(|k| names_meeting_text(&heads[*k].text));
    let dashed = (0..heads.len()).filter(free).find(|k| heads[*k].dashed);
    let next = Some(last + 1).filter(|k| *k < heads.len()).filter(free);
    if let Some(event) = named.or(dashed).or(next) {
        marks[event] = Mark::Event;
    }
    marks
}

fn title_of(heads: &[Line]) -> Option<usize> {
    let first = heads.first()?;
    let level = heads.iter().filter_map(|h| h.style.level).min();
    if let Some(level) = level {
        return heads.iter().position(|h| h.style.level == Some(level));
    }
    let largest = heads.iter().map(|h| h.style.larger).max().unwrap_or(0);
    if largest > first.style.larger || largest > 0 {
        return heads.iter().position(|h| h.style.larger == largest);
    }
    let is_meeting = |k: usize| names_meeting_text(&heads[k].text);
    match heads.len() {
        // 引题 names the meeting, the line under it the matter.
        3.. if is_meeting(0) && !is_meeting(1) => Some(1),
        2 if is_meeting(0) && !is_meeting(1) && !heads[1].dashed && heads[1].text.chars().count() >= 6 => {
            Some(1)
        }
        _ => Some(0),
    }
}

/// Whether a second line of a title stands under its first.
fn goes_on(title: &Line, next: &Line) -> bool {
    let alike = |a: &Style, b: &Style| {
        a.level == b.level && a.larger == b.larger && a.bold == b.bold && a.centred == b.centred
    };
    let is_set_off = title.style.larger > 0 && title.style.level.is_none();
    is_set_off
        && alike(&title.style, &next.style)
        && !names_meeting_text(&next.text)
        && !next.dashed
        && !next.raw.look.gap
}

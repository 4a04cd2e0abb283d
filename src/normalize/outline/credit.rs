//! Who wrote a page and when, where no colon says so: `本报记者 方小舟`, `文/方小舟 图/李永和`,
//! `（方小舟）` at the end, `禾城政协 2026-01-20 18:00`.

use crate::normalize::outline::Facts;
use crate::normalize::outline::furniture::{facts_of, is_moment};
use crate::normalize::speaker::is_person;

/// The lines that credit the page, by their places. `texts` are the paragraphs, none for other blocks.
pub(super) fn find(texts: &[Option<String>]) -> Vec<(usize, Facts)> {
    signed(texts).into_iter().chain(headed(texts)).collect()
}

/// `（王 璐）` as the last words of a file: who wrote it.
fn signed(texts: &[Option<String>]) -> Option<(usize, Facts)> {
    let name = |text: &Option<String>| {
        let inner = text.as_deref()?.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
        let compact: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
        is_person(&compact).then_some(compact)
    };
    let mut named = texts.iter().enumerate().filter_map(|(k, text)| name(text).map(|n| (k, n)));
    let (Some((k, name)), None) = (named.next(), named.next()) else { return None };
    let last =
        texts.iter().rposition(|t| t.as_deref().is_none_or(|t| !t.is_empty() && facts_of(t).is_none()))?;
    (texts.len() > 3 && k == last).then(|| (k, vec![("author", name)]))
}

/// A reporter's line. Where several stand in a file, each over another text, they are its speakers.
fn headed(texts: &[Option<String>]) -> Option<(usize, Facts)> {
    let mut lines = texts.iter().enumerate().filter_map(|(k, text)| Some((k, reporters(text.as_deref()?)?)));
    let first = lines.next()?;
    lines.next().is_none().then_some(first)
}

/// `本报记者 方小舟 通讯员 李永和`, `文/方小舟`, `方小舟 文/图`
fn reporters(text: &str) -> Option<Facts> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "□■◎（）()【】".contains(c));
    if text.chars().count() > 40 || text.contains(['：', ':', '。', '，', ',']) {
        return None;
    }
    let mut facts = Facts::new();
    let (mut key, mut pending, mut before) = (None, Vec::new(), ' ');
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '/' | '／' | '、')) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '／' | '、'));
        let stroke =
            matches!(std::mem::replace(&mut before, piece.chars().last().unwrap_or(' ')), '/' | '／');
        if word.is_empty() {
            continue;
        }
        match (office(word), facts.last_mut()) {
            // 特约记者 方小舟/文: what is said behind the name is said of it.
            (Some(office), Some((own, _))) if stroke => *own = office,
            // 方小舟 文/图
            (Some(office), _) if !pending.is_empty() => {
                facts.extend(pending.drain(..).map(|name| (office, name)));
            }
            (Some(office), _) => key = Some(office),
            (None, _) if is_person(word) => match key {
                Some(office) => facts.push((office, word.to_owned())),
                None => pending.push(word.to_owned()),
            },
            (None, _) => return None,
        }
    }
    (pending.is_empty() && !facts.is_empty()).then_some(facts)
}

/// A name without the office before it: 本报记者 方小舟.
pub(super) fn name(value: &str) -> &str {
    match value.split_once(char::is_whitespace) {
        Some((word, name)) if office(word).is_some() && is_person(name) => name.trim(),
        _ => value,
    }
}

/// What the word before a name makes of its bearer.
fn office(word: &str) -> Option<&'static str> {
    const WRITERS: &[&str] = &["文", "文字", "撰文", "撰稿", "采写", "整理", "通讯员"];
    const PHOTOGRAPHERS: &[&str] = &["图", "摄", "摄影", "供图"];
    if PHOTOGRAPHERS.contains(&word) {
        return Some("photographer");
    }
    let is_writer = WRITERS.contains(&word) || word.ends_with("记者") && word.chars().count() <= 8;
    is_writer.then_some("author")
}

/// `禾城政协 2026-01-20 18:00`, `2026-01-20 18:00 禾城政协网`: the site and its clock.
pub(super) fn dateline(text: &str) -> Option<Facts> {
    let is_date = |word: &str| is_moment(word) && word.contains(['-', '/']);
    let is_time = |word: &str| is_moment(word) && word.contains([':', '：']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let (moment, site): (Vec<&str>, Vec<&str>) = words.iter().partition(|w| is_moment(w));
    let is_site = |w: &&str| {
        (2..=14).contains(&w.chars().count()) && w.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_digit())
    };
    // A date of year, month and day alone may sign a text; with a clock it is a page's.
    let is_clock = moment.iter().any(|w| is_date(w)) || moment.iter().any(|w| is_time(w)) && moment.len() > 1;
    let fits = is_clock && moment.len() <= 2 && site.len() <= 1 && site.iter().all(is_site);
    let side_by_side =
        words.first().is_some_and(|w| is_moment(w)) || words.last().is_some_and(|w| is_moment(w));
    (fits && side_by_side).then(|| {
        let source = site.first().map(|site| ("source", (*site).to_owned()));
        source.into_iter().chain([("published", moment.join(" "))]).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(facts: Option<Facts>) -> String {
        let facts = facts.unwrap_or_default();
        facts.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reporters_and_sites() {
        for (text, facts) in [
            ("本报记者 方小舟", "author=方小舟"),
            ("□ 江城日报记者 方小舟 通讯员 李永和", "author=方小舟 author=李永和"),
            ("文/方小舟　图/李永和", "author=方小舟 photographer=李永和"),
            ("方小舟 文/图", "photographer=方小舟"),
            ("□ 特约记者 方小舟/文 本报记者 李永和/图", "author=方小舟 photographer=李永和"),
            ("记者：方小舟", ""),
            ("市政协委员 方小舟", ""),
            ("方小舟 李永和", ""),
            ("记者节 快乐", ""),
        ] {
            assert_eq!(shown(reporters(text)), facts, "{text}");
        }
        for (text, facts) in [
            ("禾城政协 2026-01-20 18:00", "source=禾城政协 published=2026-01-20 18:00"),
            ("2026年1月20日 18:00 禾城政协网", "source=禾城政协网 published=2026年1月20日 18:00"),
            ("2026-01-20", "published=2026-01-20"),
            ("澜州 2026年1月20日", ""),
            ("2026年1月20日", ""),
            ("林颂 市政协委员", ""),
            ("实现 2026/2030 目标", ""),
            ("", ""),
        ] {
            assert_eq!(shown(dateline(text)), facts, "{text}");
        }
    }

    #[test]
    fn one_reporter_is_credited_several_speak() {
        let texts = |lines: &[&str]| lines.iter().map(|l| Some((*l).to_owned())).collect::<Vec<_>>();
        assert_eq!(find(&texts(&["题", "本报记者 方小舟", "文。"])).len(), 1);
        assert!(find(&texts(&["题", "本报记者 方小舟", "文。", "本报记者 李永和", "文。"])).is_empty());
    }
}

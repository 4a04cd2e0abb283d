//! A mark for every block: what it is in the book.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::normalize::heading;
use crate::normalize::marked::as_heading;
use crate::normalize::outline::evidence::follows_speaker;
use crate::normalize::outline::lines::{Kind, Line, Style, is_date};
use crate::normalize::outline::{Marked, front, lines, split};
use crate::normalize::subtitle::append;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::normalize) enum Mark {
    /// The book's title.
    Title,
    /// A further line of it.
    TitleGoesOn,
    /// The meeting.
    Event,
    /// A further line of its name.
    EventGoesOn,
    /// A theme over several speeches.
    Part,
    /// A speech's heading.
    Speech,
    /// A speech without a heading begins; the block is its speaker's line.
    Turn,
    /// The line of a further speaker, or of the speaker under a heading.
    Speaker,
    /// The words of whoever spoke last go on: a transcript cut by its clock.
    GoesOn,
    /// A heading inside a speech.
    Sub(u8),
    /// Anything else.
    Body,
}

/// Names that parts of a book have.
fn is_part_name(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "大会发言",
        "书面发言",
        "口头发言",
        "交流发言",
        "联组发言",
        "小组发言",
        "分组发言",
        "发言摘登",
        "发言摘要",
        "会议发言",
        "自由发言",
        "互动交流",
    ];
    let compact: String =
        text.trim_matches(|c: char| !c.is_alphanumeric()).chars().filter(|c| !c.is_whitespace()).collect();
    let group = compact.starts_with('第')
        && (compact.ends_with('组') || compact.ends_with("联组") || compact.ends_with("专场"));
    let item = ["专题", "议题", "主题", "板块", "篇章"].iter().any(|w| compact.starts_with(w))
        && compact.chars().count() <= 24;
    NAMES.contains(&compact.as_str()) || group || item
}

/// A report: its headings and paragraphs, no speech.
pub(super) fn of_report(lines: Vec<Line>) -> Vec<Marked> {
    let heads = leading_heads(&lines);
    let marks = front::marks(&lines[..heads]);
    lines
        .into_iter()
        .enumerate()
        .map(|(k, line)| match (marks.get(k), line.kind) {
            (Some(mark), _) => plain(*mark, line),
            (None, Kind::Heading(level)) => plain(Mark::Sub(level.saturating_sub(1).max(1)), line),
            (None, Kind::Short) if line.is_numbered() => plain(Mark::Sub(1), line),
            (None, _) => plain(Mark::Body, line),
        })
        .collect()
}

/// Speeches that name nobody: their headings are alike.
pub(super) fn of_unnamed(lines: Vec<Line>) -> Vec<Marked> {
    let is_candidate =
        |k: usize| k > 0 && lines[k].is_head() && lines.get(k + 1).is_some_and(|n| !n.is_head());
    let kind_of = |line: &Line| {
        (
            line.style,
            heading::number(&line.text).map(|(label, _)| {
                label
                    .chars()
                    .filter(|c| !c.is_numeric() && !"一二三四五六七八九十".contains(*c))
                    .collect::<String>()
            }),
        )
    };
    let set_off: Vec<usize> = (0..lines.len())
        .filter(|k| {
            is_candidate(*k)
                && (lines[*k].style.is_distinct() || lines[*k].is_numbered() || lines[*k].has_clauses())
        })
        .collect();
    if let Some(only) = addressed(&lines) {
        return of_one(lines, only);
    }
    let first_kind = set_off.first().map(|k| kind_of(&lines[*k]));
    let speeches: Vec<usize> =
        set_off.into_iter().filter(|k| first_kind.as_ref() == Some(&kind_of(&lines[*k]))).collect();
    let heads = leading_heads(&lines).min(speeches.first().copied().unwrap_or(usize::MAX));
    let marks = front::marks(&lines[..heads]);
    let enough = speeches.len() >= 2;
    let mut in_speech = false;
    lines
        .into_iter()
        .enumerate()
        .map(|(k, line)| {
            if let Some(mark) = marks.get(k) {
                return plain(*mark, line);
            }
            if enough && speeches.contains(&k) {
                in_speech = true;
                return plain(Mark::Speech, line);
            }
            let is_sub = in_speech && line.is_head() && (line.style.is_distinct() || line.is_numbered());
            plain(if is_sub { Mark::Sub(1) } else { Mark::Body }, line)
        })
        .collect()
}

/// The head over words that are spoken to somebody (各位委员：): the page is one speech, whoever gives it.
fn addressed(lines: &[Line]) -> Option<usize> {
    let heads = leading_heads(lines);
    let first = lines[heads..].iter().find(|l| !is_passed_over(l))?;
    let is_call = ["各位", "尊敬的", "同志们", "主席、", "主任、"].iter().any(|w| first.text.starts_with(w));
    let is_address =
        is_call && first.text.ends_with(['：', ':', '！', '!']) && first.text.chars().count() <= 40;
    heads.checked_sub(1).filter(|_| is_address)
}

/// One speech under the last of the first heads; its headings have numbers or are set off.
fn of_one(lines: Vec<Line>, head: usize) -> Vec<Marked> {
    let front = front::marks(&lines[..head]);
    let mut ranks = Vec::new();
    let heads = SpeechHeads { style: None, clauses: false, numbered: false, turns: false };
    let marks: Vec<Mark> = (0..lines.len())
        .map(|k| match front.get(k) {
            Some(mark) => *mark,
            None if k == head => Mark::Speech,
            None => mark_inside(&lines, k, heads, &mut ranks),
        })
        .collect();
    let mut out = Vec::with_capacity(lines.len() + 1);
    for (line, mark) in lines.into_iter().zip(marks) {
        let named = (mark == Mark::Speech).then(|| split::named_in_heading(&line)).flatten();
        out.push(plain(mark, line));
        out.extend(named.map(|(block, label)| Marked { mark: Mark::Speaker, block, label: Some(label) }));
    }
    out
}

/// How many heads open a file; a numbered one is the first of its text.
fn leading_heads(lines: &[Line]) -> usize {
    let is_front = |(k, line): &(usize, &Line)| line.is_head() && (*k == 0 || !line.is_numbered());
    lines.iter().enumerate().take_while(is_front).count()
}

fn plain(mark: Mark, line: Line) -> Marked {
    Marked { mark, block: line.raw.block, label: None }
}

/// A file that names its speakers.
pub(super) fn of(lines: Vec<Line>) -> Vec<Marked> {
    let mut lines = split::tails(lines);
    unlabel_cast(&mut lines);
    unlabel_signatures(&mut lines);
    part_headings_behind_labels(&mut lines);
    swap_headings_below(&mut lines);
    let starts: Vec<usize> =
        (0..lines.len()).filter(|k| lines[*k].is_start() && !follows_speaker(&lines, *k)).collect();
    let behind = |k: &usize| lines[*k].dashed && *k > 0 && !lines[*k - 1].is_head();
    let behind = starts.iter().filter(|k| behind(k)).count();
    if behind * 2 > starts.len() { said_before(lines) } else { said_after(lines, &starts) }
}

/// Who takes part, listed before the first word: `林颂 县文化馆馆长`, and later `林颂：…`.
fn unlabel_cast(lines: &mut [Line]) {
    let key = |line: &Line| line.label.as_ref().map(|l| l.key.clone());
    let spoken: Vec<String> = lines.iter().filter(|l| l.kind == Kind::RunIn).filter_map(key).collect();
    let Some(first) = lines.iter().position(|l| l.kind == Kind::RunIn) else { return };
    let listed = lines[..first].iter().rev().take_while(|l| l.is_head() || l.kind == Kind::Speaker).count();
    let cast: Vec<usize> = (first - listed..first)
        .filter(|k| lines[*k].kind == Kind::Speaker && key(&lines[*k]).is_some_and(|k| spoken.contains(&k)))
        .collect();
    let Some(from) = cast.first().copied() else { return };
    // What stands between them heads the list: 嘉宾, 主持.
    for line in &mut lines[from..first] {
        line.label = None;
        line.kind = Kind::Text;
    }
}

/// A name under the words with nothing but a date below it signs them.
fn unlabel_signatures(lines: &mut [Line]) {
    for k in 1..lines.len() {
        let is_alone = lines[k].kind == Kind::Speaker && !lines[k].dashed && lines[k - 1].kind == Kind::Text;
        let below = lines[k + 1..].iter().find(|l| !is_date(&l.text) && !l.text.is_empty());
        let ends = below.is_none_or(|l| l.is_head() || l.kind == Kind::Speaker);
        // The last of several lines of speakers stands over words, or a heading under the name does.
        let heads_words = lines.get(k + 1).is_some_and(|l| l.is_head() || l.kind == Kind::Speaker);
        if is_alone && ends && !heads_words {
            lines[k].label = None;
            lines[k].kind = Kind::Text;
        }
    }
}

/// `民革市委会：关于某事的建议`, paragraphs below: what stands behind the colon is the heading.
fn part_headings_behind_labels(lines: &mut Vec<Line>) {
    let starts: Vec<usize> = (0..lines.len()).filter(|k| lines[*k].kind == Kind::RunIn).collect();
    let is_headed = |k: &usize| {
        let text = lines[*k].raw_text();
        let words = lines[*k].label.as_ref().and_then(|l| text.get(l.body..)).unwrap_or_default();
        let is_heading = !words.is_empty() && lines::is_heading_like(words);
        is_heading && lines.get(k + 1).is_some_and(|l| l.kind == Kind::Text)
    };
    let headed: Vec<usize> = starts.iter().copied().filter(is_headed).collect();
    if headed.len() < 2 || headed.len() * 3 < starts.len() * 2 {
        return;
    }
    for k in headed.into_iter().rev() {
        let Some(label) = lines[k].label.take() else { continue };
        let (name, Some(words)) = split::at_label(&lines[k], &label) else { continue };
        let look = lines[k].raw.look;
        let heading = lines::of(vec![crate::source::RawBlock { block: words, look }]);
        lines[k].raw.block = name;
        lines[k].kind = Kind::Speaker;
        lines[k].label = Some(label);
        for mut line in heading {
            (line.kind, line.label) = (Kind::Short, None);
            lines.insert(k, line);
        }
    }
}

/// Some papers print the name first and the heading under it: where most speeches are so, the two
/// change places.
fn swap_headings_below(lines: &mut [Line]) {
    let starts: Vec<usize> =
        (0..lines.len()).filter(|k| lines[*k].kind == Kind::Speaker && !follows_speaker(lines, *k)).collect();
    let is_between_texts = |k: &usize| {
        let below = lines.get(k + 1).is_some_and(|l| l.is_head() && !is_part_name(&l.text));
        below && lines.get(k + 2).is_some_and(|l| l.kind == Kind::Text)
    };
    let below: Vec<usize> = starts.iter().copied().filter(is_between_texts).collect();
    let above = starts.iter().skip(1).filter(|k| lines[**k - 1].is_head()).count();
    if starts.len() >= 2 && below.len() * 2 > starts.len() && above == 0 {
        below.into_iter().for_each(|k| lines.swap(k, k + 1));
    }
}

/// What stands over a speaker, and how it is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heads {
    /// The heading of that speech, so many lines long.
    Headings(usize),
    /// A theme of several speeches.
    Parts,
    /// Nothing stands there.
    None,
}

/// The heads right over line `k`: dates and brackets between them and the line are looked through.
fn run_before(lines: &[Line], k: usize) -> Range<usize> {
    let is_between = |line: &Line| line.kind == Kind::Other || is_bracketed(line) || is_date(&line.text);
    let between = lines[..k].iter().rev().take_while(|l| is_between(l)).count();
    let end = k - between;
    let length = lines[..end].iter().rev().take_while(|l| l.is_head()).count();
    if length == 0 { k..k } else { end - length..end }
}

/// Speakers stand before their words.
fn said_after(lines: Vec<Line>, starts: &[usize]) -> Vec<Marked> {
    let runs: Vec<Range<usize>> = starts.iter().map(|k| run_before(&lines, *k)).collect();
    let heads = heads_of(&lines, starts, &runs);
    let first = runs.first().cloned().unwrap_or(0..0);
    let front_end = front_end(&lines, &first, heads, starts.len());
    let mut marks: Vec<Option<Mark>> = vec![None; lines.len()];
    let leading = leading_heads(&lines[..front_end]);
    for (k, mark) in front::marks(&lines[..leading]).into_iter().enumerate() {
        marks[k] = Some(mark);
    }
    marks[leading..front_end].fill(Some(Mark::Body));
    for (at, run) in runs.iter().enumerate() {
        let run = if at == 0 { front_end.max(run.start)..run.end } else { run.clone() };
        mark_run(&lines, run, heads, &mut marks);
    }
    for k in starts {
        let headed = (0..*k)
            .rev()
            .find(|j| !is_passed_over(&lines[*j]))
            .is_some_and(|j| marks[j] == Some(Mark::Speech));
        marks[*k] = Some(if headed { Mark::Speaker } else { Mark::Turn });
    }
    let heads = SpeechHeads::of(&lines, &marks);
    let mut ranks: Vec<String> = Vec::new();
    for (k, mark) in marks.iter_mut().enumerate() {
        match mark {
            Some(Mark::Speech | Mark::Turn) => ranks.clear(),
            Some(_) => {}
            None => *mark = Some(mark_inside(&lines, k, heads, &mut ranks)),
        }
    }
    assemble(lines, &marks)
}

/// `（2026年1月7日）`; a heading may begin with its number in brackets.
fn is_bracketed(line: &Line) -> bool {
    line.text.starts_with(['（', '(']) && !line.is_head()
}

fn is_passed_over(line: &Line) -> bool {
    line.kind == Kind::Other || is_bracketed(line) || is_date(&line.text)
}

fn heads_of(lines: &[Line], starts: &[usize], runs: &[Range<usize>]) -> Heads {
    let later = runs.iter().skip(1);
    let headed = later.clone().filter(|r| !r.is_empty()).count();
    if starts.len() == 1 {
        // One speech: its heading stands under the title, or there is none but the title.
        let has_more = runs[0].len() > 1 || runs[0].start > 0;
        return if has_more && !runs[0].is_empty() { Heads::Headings(1) } else { Heads::None };
    }
    if headed == 0 {
        return Heads::None;
    }
    let unheaded = later.clone().filter(|r| r.is_empty()).count();
    let is_named_part =
        later.clone().filter(|r| !r.is_empty()).all(|r| r.len() == 1 && is_part_name(&lines[r.start].text));
    if unheaded >= headed || is_named_part && unheaded > 0 {
        return Heads::Parts;
    }
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for run in later.filter(|r| !r.is_empty()) {
        let parts = run.clone().take_while(|k| is_part_name(&lines[*k].text)).count();
        *lengths.entry((run.len() - parts).max(1)).or_default() += 1;
    }
    // Of lengths equally common, the shorter: what stands above is a theme.
    let usual = lengths.iter().max_by_key(|(length, count)| (**count, std::cmp::Reverse(**length)));
    Heads::Headings(usual.map_or(1, |(length, _)| *length))
}

/// Where the lines over the first speech end.
fn front_end(lines: &[Line], first: &Range<usize>, heads: Heads, speeches: usize) -> usize {
    let has_text_above = first.start > 0;
    match heads {
        Heads::None => first.end.max(first.start),
        Heads::Headings(_) if has_text_above => first.start,
        Heads::Headings(usual) if first.len() > usual => {
            // The theme over the first speech is no line of the title.
            let end = first.end - usual;
            let part = (first.start + 1..end).rev().take_while(|k| is_part_name(&lines[*k].text)).count();
            end - part
        }
        Heads::Headings(_) if speeches == 1 => first.end,
        Heads::Headings(_) => first.start,
        Heads::Parts if has_text_above => first.start,
        Heads::Parts if first.len() > 1 => first.end - 1,
        Heads::Parts => first.end,
    }
}

/// Marks the heads over one speech.
fn mark_run(lines: &[Line], run: Range<usize>, heads: Heads, marks: &mut [Option<Mark>]) {
    let usual = match heads {
        Heads::Headings(usual) => usual,
        Heads::Parts => 0,
        Heads::None => return,
    };
    let own = run.end.saturating_sub(usual).max(run.start);
    for k in run.clone() {
        let is_part = heads == Heads::Parts || is_part_name(&lines[k].text);
        let is_above = k < own && lines[k].style != lines[run.end - 1].style;
        marks[k] = Some(if is_part || is_above { Mark::Part } else { Mark::Speech });
    }
}

/// What most speeches' headings have in common.
#[derive(Debug, Clone, Copy)]
struct SpeechHeads {
    /// How they are set off.
    style: Option<Style>,
    /// Whether nearly all have clauses parted by a blank.
    clauses: bool,
    numbered: bool,
    /// Whether several speeches have none.
    turns: bool,
}

impl SpeechHeads {
    fn of(lines: &[Line], marks: &[Option<Mark>]) -> Self {
        let heads: Vec<&Line> =
            lines.iter().zip(marks).filter(|(_, m)| **m == Some(Mark::Speech)).map(|(l, _)| l).collect();
        let mut styles: Vec<(Style, usize)> = Vec::new();
        for line in &heads {
            match styles.iter_mut().find(|(s, _)| *s == line.style) {
                Some((_, count)) => *count += 1,
                None => styles.push((line.style, 1)),
            }
        }
        let with_clauses = heads.iter().filter(|l| l.has_clauses()).count();
        Self {
            style: styles.into_iter().max_by_key(|(_, count)| *count).map(|(style, _)| style),
            clauses: heads.len() >= 2 && with_clauses * 5 >= heads.len() * 4,
            turns: marks.iter().filter(|m| **m == Some(Mark::Turn)).count() > 1,
            numbered: heads.iter().filter(|l| l.is_numbered()).count() * 2 > heads.len(),
        }
    }
}

/// What a line is that stands over no speaker.
fn mark_inside(lines: &[Line], k: usize, heads: SpeechHeads, ranks: &mut Vec<String>) -> Mark {
    let line = &lines[k];
    if line.kind == Kind::Speaker {
        return Mark::Speaker;
    }
    if !line.is_head() {
        return Mark::Body;
    }
    if is_part_name(&line.text) {
        return Mark::Part;
    }
    let followed = lines.get(k + 1).is_some_and(|n| matches!(n.kind, Kind::Text | Kind::Other));
    // Where speeches' headings have no numbers, one that has belongs inside.
    let is_inner = line.is_numbered() && !heads.numbered;
    let style = heads.style;
    let like_a_speech = !is_inner && style.is_some_and(|s| s.is_distinct() && s == line.style)
        || !line.is_numbered() && heads.clauses && line.has_clauses() && style == Some(line.style);
    if followed && like_a_speech {
        return Mark::Speech;
    }
    if let Some((label, _)) = heading::number(&line.text) {
        // The order in which kinds of numbers appear is the order of their levels.
        let kind: String = label
            .chars()
            .filter(|c| !c.is_ascii_digit() && !"一二三四五六七八九十百".contains(*c))
            .chain(label.chars().any(|c| c.is_ascii_digit()).then_some('1'))
            .collect();
        let rank = ranks.iter().position(|r| *r == kind).unwrap_or_else(|| {
            ranks.push(kind);
            ranks.len() - 1
        });
        return Mark::Sub(u8::try_from(rank + 1).unwrap_or(4).min(4));
    }
    match (line.style.level, style.and_then(|s| s.level)) {
        (Some(own), Some(speech)) if own > speech => Mark::Sub(own - speech),
        // Between the turns of a talk a heading is of the talk, not of who spoke last.
        (Some(_), None) if heads.turns => Mark::Part,
        // The title stands one above.
        (Some(own), None) => Mark::Sub(own.saturating_sub(1).clamp(1, 4)),
        (Some(_), Some(_)) => Mark::Part,
        (None, _) if line.style.is_distinct() && followed => {
            Mark::Sub(u8::try_from(ranks.len() + 1).unwrap_or(4).min(4))
        }
        (None, _) => Mark::Body,
    }
}

/// The marked blocks: labels parted from their words, lines of one heading joined.
fn assemble(lines: Vec<Line>, marks: &[Option<Mark>]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::with_capacity(lines.len());
    let mut last_key = String::new();
    for (mut line, mark) in lines.into_iter().zip(marks) {
        let mark = mark.unwrap_or(Mark::Body);
        if mark == Mark::Speech {
            let heading = as_heading(line.raw.block);
            match out.last_mut().filter(|m| m.mark == Mark::Speech) {
                Some(last) => append(&mut last.block, heading),
                None => out.push(Marked { mark, block: heading, label: None }),
            }
            continue;
        }
        let Some(label) = line.label.take().filter(|_| matches!(mark, Mark::Turn | Mark::Speaker)) else {
            out.push(plain(mark, line));
            continue;
        };
        let goes_on = mark == Mark::Turn && label.timed && label.key == last_key;
        last_key.clone_from(&label.key);
        // A line whose heading was parted from it before holds the name only.
        let is_parted = line.kind == Kind::Speaker && line.raw_text().len() < label.body;
        let (name, words) = if is_parted { (line.raw.block, None) } else { split::at_label(&line, &label) };
        out.push(Marked {
            mark: if goes_on { Mark::GoesOn } else { mark },
            block: name,
            label: Some(*label),
        });
        out.extend(words.map(|block| Marked { mark: Mark::Body, block, label: None }));
    }
    out
}

/// The words stand first and who said them behind: `——省政协委员林颂`.
fn said_before(lines: Vec<Line>) -> Vec<Marked> {
    let leading = leading_heads(&lines);
    let ends: Vec<usize> = (0..lines.len()).filter(|k| lines[*k].is_start() && lines[*k].dashed).collect();
    let between = |a: usize, b: usize| b.saturating_sub(a);
    let usual = ends.windows(2).map(|w| between(w[0] + 1, w[1])).max().unwrap_or(1).max(1);
    let mut marks: Vec<Option<Mark>> = vec![None; lines.len()];
    for (k, mark) in front::marks(&lines[..leading]).into_iter().enumerate() {
        marks[k] = Some(mark);
    }
    let mut out: Vec<Marked> = Vec::new();
    let mut pending: Vec<(usize, Line)> = Vec::new();
    let mut is_first = true;
    for (k, mut line) in lines.into_iter().enumerate() {
        if let Some(mark) = marks[k] {
            out.push(plain(mark, line));
            continue;
        }
        if !ends.contains(&k) {
            pending.push((k, line));
            continue;
        }
        let Some(label) = line.label.take() else { continue };
        // What stands above the first words is the lede.
        let mut taken = std::mem::take(&mut pending);
        if std::mem::take(&mut is_first) && taken.len() > usual {
            let lede = taken.drain(..taken.len() - usual).collect::<Vec<_>>();
            out.extend(lede.into_iter().map(|(_, line)| plain(Mark::Body, line)));
        }
        let head = taken
            .iter()
            .take_while(|(_, l)| l.is_head() && (l.style.is_distinct() || l.has_clauses()))
            .count();
        let mut taken = taken.into_iter().map(|(_, l)| l);
        let heads: Vec<Line> = taken.by_ref().take(head).collect();
        let has_heading = !heads.is_empty();
        for (n, head) in heads.into_iter().enumerate() {
            let block = as_heading(head.raw.block);
            match out.last_mut().filter(|_| n > 0) {
                Some(last) => append(&mut last.block, block),
                None => out.push(Marked { mark: Mark::Speech, block, label: None }),
            }
        }
        let (name, _) = split::at_label(&line, &label);
        let mark = if has_heading { Mark::Speaker } else { Mark::Turn };
        out.push(Marked { mark, block: name, label: Some(*label) });
        out.extend(taken.map(|l| plain(Mark::Body, l)));
    }
    out.extend(pending.into_iter().map(|(_, line)| plain(Mark::Body, line)));
    out
}

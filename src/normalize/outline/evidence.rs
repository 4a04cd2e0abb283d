//! Which labels of a file are speakers: a name and a colon once could be anything, twenty times they
//! are turns.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalize::outline::lines::{Kind, Line};
use crate::normalize::speaker::label::Sureness;

/// What the labels of a file say together.
pub(super) struct Evidence {
    /// How often each label occurs.
    counts: BTreeMap<String, usize>,
    /// Names that are sure.
    known: BTreeSet<String>,
    /// Different bare names before words.
    names: usize,
    /// Different single surnames.
    shorts: usize,
    /// Voices without a name.
    voices: usize,
}

impl Evidence {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut known = BTreeSet::new();
        let mut kinds: BTreeMap<Sureness, BTreeSet<&str>> = BTreeMap::new();
        let mut voices = 0;
        for line in lines {
            let Some(label) = &line.label else { continue };
            *counts.entry(label.key.clone()).or_default() += 1;
            kinds.entry(label.sureness).or_default().insert(&label.key);
            voices += usize::from(label.sureness == Sureness::Voice);
            if label.sureness == Sureness::Sure {
                known.extend(label.key.split('、').map(str::to_owned));
            }
        }
        let distinct = |s: Sureness| kinds.get(&s).map_or(0, BTreeSet::len);
        let (names, shorts) = (distinct(Sureness::Name), distinct(Sureness::Short));
        Self { counts, known, names, shorts, voices }
    }

    /// Takes the label from every line that is no speaker's after all.
    pub(super) fn settle(&self, lines: &mut [Line]) {
        let facts = minutes_head(lines);
        for k in &facts {
            lines[*k].label = None;
            lines[*k].kind = Kind::Text;
        }
        for k in 0..lines.len() {
            let Some(label) = &lines[k].label else { continue };
            let behind_head = k > 0 && lines[k - 1].is_head();
            let is_own_line = lines[k].kind == Kind::Speaker;
            let under_bare = k > 0 && lines[k - 1].is_heading() && lines[k - 1].text.is_empty();
            let accepted = label.timed
                || under_bare
                || self.accepts(&label.key, label.sureness, is_own_line, behind_head);
            if !accepted {
                lines[k].unlabel();
            }
        }
    }

    fn accepts(&self, key: &str, sureness: Sureness, is_own_line: bool, behind_head: bool) -> bool {
        let count = self.counts.get(key).copied().unwrap_or(0);
        let somebody = !self.known.is_empty() || self.names >= 2;
        match sureness {
            Sureness::Sure => true,
            Sureness::Name if is_own_line => {
                behind_head || self.known.contains(key) || count >= 2 || self.names >= 2
            }
            Sureness::Name => self.known.contains(key) || count >= 2 || somebody,
            // 甲, 问: one character alone could be anything.
            Sureness::Voice => self.voices >= 2 || somebody && key.chars().count() > 1,
            Sureness::Short => self.shorts >= 2 && count >= 1 || self.is_short_for_known(key),
            Sureness::Guess => count >= 2 && (somebody || self.voices >= 1),
        }
    }

    fn is_short_for_known(&self, key: &str) -> bool {
        key.chars().next().is_some_and(|c| self.known.iter().any(|k| k.starts_with(c)))
    }

    /// Whether anybody is named at all.
    pub(super) fn names_somebody(&self) -> bool {
        !self.known.is_empty() || self.names > 0
    }

    /// How many speeches begin by naming somebody.
    pub(super) fn starts(&self, lines: &[Line]) -> usize {
        lines.iter().filter(|l| l.is_start()).count()
    }

    /// Whether the headings of a file say its structure: they stand over the speakers, or nobody is
    /// named.
    pub(super) fn is_by_levels(&self, lines: &[Line], has_headings: bool, is_markdown: bool) -> bool {
        if !has_headings {
            // Nothing but paragraphs in Markdown: what is missing is to be said, unless the file
            // tells its speeches in another way.
            return is_markdown && self.starts(lines) == 0 && !lines.iter().any(|l| l.style.bold);
        }
        // A date or roles in brackets may stand between; a heading may begin with its number in them.
        let comes_between = |l: &Line| !l.is_heading() && l.text.starts_with(['（', '(']);
        let before = |k: usize| lines[..k].iter().rev().find(|l| l.kind != Kind::Other && !comes_between(l));
        let starts: Vec<usize> =
            (0..lines.len()).filter(|k| lines[*k].is_start() && !follows_speaker(lines, *k)).collect();
        let headed = starts.iter().filter(|k| before(**k).is_some_and(Line::is_heading)).count();
        // The first speaker may stand under the page's title, which heads no speech.
        headed * 2 > starts.len() && (headed > 1 || starts.len() == 1) || starts.is_empty()
    }
}

/// A second line of speakers belongs to the first.
pub(super) fn follows_speaker(lines: &[Line], k: usize) -> bool {
    k > 0 && lines[k].kind == Kind::Speaker && lines[k - 1].kind == Kind::Speaker && !lines[k].dashed
}

/// 时间 地点 主持人 出席人 …: the head of minutes, where 主持人 speaks no word.
fn minutes_head(lines: &[Line]) -> BTreeSet<usize> {
    const WORDS: &[&str] = &["时间", "会议时间", "地点", "会议地点", "日期"];
    const CAST: &[&str] = &[
        "主持人",
        "主持",
        "嘉宾",
        "对谈人",
        "对话嘉宾",
        "发言嘉宾",
        "受访人",
        "受访者",
        "采访人",
        "记录",
        "整理",
    ];
    const OTHERS: &[&str] = &[
        "主持人",
        "主持",
        "出席",
        "出席人",
        "出席人员",
        "列席",
        "列席人",
        "列席人员",
        "缺席",
        "缺席人",
        "缺席人员",
        "请假",
        "参加",
        "参加人",
        "参加人员",
        "参会人员",
        "与会人员",
        "记录",
        "记录人",
        "记录员",
        "议题",
        "会议议题",
        "会议名称",
        "会议内容",
        "内容",
        "主题",
        "受访人",
        "采访人",
        "整理",
        "整理人",
    ];
    let fact = |k: usize| {
        let word = lines[k].text.split(['：', ':']).next().unwrap_or_default();
        let compact: String = word.chars().filter(|c| !c.is_whitespace()).collect();
        (lines[k].text.contains(['：', ':']) && compact.chars().count() <= 8).then_some(compact)
    };
    let mut found = BTreeSet::new();
    for k in 0..lines.len() {
        // 主持人：林颂, 嘉宾：于博 one under the other name who takes part.
        let is_cast = |k: usize| {
            let listed = fact(k).is_some_and(|word| CAST.contains(&word.as_str()));
            listed && !lines[k].text.contains(['。', '？', '！', '，'])
        };
        if is_cast(k) && k + 1 < lines.len() && is_cast(k + 1) && fact(k) != fact(k + 1) {
            found.extend([k, k + 1]);
        }
        if fact(k).is_some_and(|word| WORDS.contains(&word.as_str())) {
            let is_fact = |k: &usize| {
                fact(*k).is_some_and(|word| WORDS.contains(&word.as_str()) || OTHERS.contains(&word.as_str()))
            };
            found.extend((k..lines.len()).take_while(is_fact));
            found.extend((0..k).rev().take_while(is_fact));
        }
    }
    found
}

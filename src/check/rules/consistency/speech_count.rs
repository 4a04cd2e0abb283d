//! 导语、标题说的发言人数或篇数与书中不符。
//!
//! 为什么：漏编一篇发言，或临时增减了人而导语没有改，最容易在这里露出来。只核对同一句里与“发言”“刊发”连着的数；发言篇数、发言人数有一个相符就算对，联合发言不会误报；出席人数、收到的材料份数、往年的数都不管。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! 3月12日，1位市政协副主席和2位委员作大会发言。
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! 3月12日，1位市政协副主席和1位委员作大会发言。
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! 修改：不自动改。是数写错了，还是少了一篇，要人来定。
//!
//! 依据：校对惯例（核对篇数、人数）。
//! ---
//! The number of speeches or speakers that lede or title tell is not what the book holds.
//!
//! Why: a speech that was forgotten, or a lede that was not changed after somebody joined or left,
//! shows here first. Only numbers tied to speaking or printing in the same sentence are looked at;
//! one that fits the speeches or the persons is right, so joint speakers raise no alarm. Attendance,
//! papers sent in and other years' numbers are left alone.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! 3月12日，1位市政协副主席和2位委员作大会发言。
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! 3月12日，1位市政协副主席和1位委员作大会发言。
//!
//! ### 把小绿地建到家门口
//!
//! 沈怀瑾 市政协副主席，民盟市委主委
//!
//! 先登记空地，再动手种树。
//!
//! ### 让老店重新开门
//!
//! 秦守拙 市政协委员，市工商联副主席
//!
//! 一店一策，解决房租难题。
//! ```
//!
//! Fix: none. Whether the number is wrong or a speech is missing is for a person to say.
//!
//! Source: proof-readers' practice.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::counts::{self, Count, Manner, Sentence};
use crate::check::finding::Findings;
use crate::check::{Passage, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::{NodeId, Proceedings, Speech};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/speech-count",
    severity: Severity::Warning,
    on: true,
    file: include_str!("speech_count.rs"),
    check,
};

/// Words that say only some of the speeches stand here.
const CHOICE: &[&str] =
    &["部分发言", "部分大会发言", "部分委员", "选登", "选刊", "摘选", "择要", "分期", "陆续"];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let shelf = Shelf::of(subject.tree);
    let mut part = None;
    let mut scope: Vec<&Passage> = Vec::new();
    for passage in &subject.passages {
        let opens_part = passage.kind == PassageKind::Part;
        if opens_part || passage.speech.is_some() {
            examine(&shelf, part, &std::mem::take(&mut scope), findings);
        }
        if opens_part {
            part = Some(&passage.node);
        }
        if passage.speech.is_none() {
            scope.push(passage);
        }
    }
    examine(&shelf, part, &scope, findings);
}

/// Holds what title and lede, or a part's title and introduction, say against what follows.
fn examine(shelf: &Shelf<'_>, part: Option<&NodeId>, scope: &[&Passage], findings: &mut Findings) {
    let mut read: Vec<(&Passage, Sentence)> = Vec::new();
    for passage in scope {
        read.extend(counts::of(&passage.text).into_iter().map(|s| (*passage, s)));
    }
    if read.is_empty() {
        return;
    }
    let is_choice = scope.iter().any(|p| CHOICE.iter().any(|w| p.text.contains(w)));
    let has_printed = read.iter().any(|(_, s)| s.counts.iter().any(|c| c.is_printed));
    if is_choice || has_printed {
        read.iter_mut().for_each(|(_, s)| s.counts.retain(|c| c.is_printed));
    }
    let may_choose = scope.iter().any(|p| p.text.contains("摘登"));
    let book = Book { may_choose, ..Book::of(shelf, part) };
    let all: u64 = read.iter().flat_map(|(_, s)| &s.counts).fold(0, |sum, c| sum.saturating_add(c.value));
    if book.whole(Manner::Any).holds(all) {
        return;
    }
    let mut said = BTreeSet::new();
    for (passage, sentence) in &read {
        for count in book.wrong(sentence) {
            if said.insert(count.value) {
                let whole = book.whole(count.manner);
                let say = Say::new("check-speech-count")
                    .with("said", &passage.text[count.range.clone()])
                    .with("number", count.value)
                    .count("speeches", whole.speeches)
                    .count("persons", whole.persons);
                let help = Say::new("check-speech-count-help");
                findings.push(passage.span(count.range.clone()), say).help(help);
            }
        }
    }
}

/// The speeches of a book by their parts, looked through once.
struct Shelf<'a> {
    speeches: Vec<(&'a Speech, Manner)>,
    by_part: BTreeMap<&'a str, Vec<(&'a Speech, Manner)>>,
    all: Tally,
}

impl<'a> Shelf<'a> {
    fn of(tree: &'a Proceedings) -> Self {
        let manners: BTreeMap<&str, Manner> =
            tree.parts.iter().map(|p| (p.id.as_str(), manner_of(&p.title))).collect();
        let mut by_part: BTreeMap<&str, Vec<(&Speech, Manner)>> = BTreeMap::new();
        let mut speeches = Vec::new();
        for speech in &tree.speeches {
            let part = speech.part.as_ref().map(NodeId::as_str);
            let manner = part.and_then(|p| manners.get(p)).copied().unwrap_or(Manner::Any);
            speeches.push((speech, manner));
            if let Some(part) = part {
                by_part.entry(part).or_default().push((speech, manner));
            }
        }
        Self { speeches, by_part, all: Tally::of(tree.speeches.iter()) }
    }
}

/// How the speeches of a part were given, by its title.
fn manner_of(title: &str) -> Manner {
    if title.contains("书面") {
        Manner::Written
    } else if ["口头", "大会发言", "现场"].iter().any(|w| title.contains(w)) {
        Manner::Spoken
    } else {
        Manner::Any
    }
}

/// What there is to be counted.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    speeches: usize,
    /// Speeches that name a speaker: a closing word is not always counted.
    named: usize,
    persons: usize,
    /// Persons who do not only lead through the meeting.
    guests: usize,
}

impl Tally {
    fn of<'a>(speeches: impl Iterator<Item = &'a Speech>) -> Self {
        let mut tally = Self::default();
        let (mut persons, mut guests) = (BTreeSet::new(), BTreeSet::new());
        for speech in speeches {
            tally.speeches += 1;
            tally.named += usize::from(!speech.speakers.is_empty());
            for speaker in &speech.speakers {
                let who = (speaker.name.as_str(), speaker.organisation.as_deref().unwrap_or_default());
                let who = if who.0.is_empty() { who.1 } else { who.0 };
                persons.insert(who);
                if !speaker.roles.iter().any(|r| r.contains("主持") || r.contains("记者")) {
                    guests.insert(who);
                }
            }
        }
        (tally.persons, tally.guests) = (persons.len(), guests.len());
        tally
    }

    fn numbers(&self) -> [u64; 4] {
        [self.speeches, self.named, self.persons, self.guests].map(|n| n as u64)
    }

    fn holds(&self, value: u64) -> bool {
        self.numbers().contains(&value)
    }

    /// Whether a number is near enough to be meant for this: five hundred members who 建言 are not.
    fn is_near(&self, count: &Count) -> bool {
        let found = self.speeches.max(self.persons) as u64;
        let (wide, narrow) = if count.is_weak { (3, 2) } else { (3, 1) };
        count.value.saturating_mul(narrow) <= found * wide
            && found * narrow <= count.value.saturating_mul(wide)
    }
}

/// The speeches a lede is about.
struct Book {
    all: Tally,
    /// The book itself, where a part is looked at.
    around: Tally,
    /// 摘登 may be of all speeches, shortened, or of some: then one more than is here is a speech
    /// that was forgotten, several are a choice.
    may_choose: bool,
    spoken: Option<Tally>,
    written: Option<Tally>,
}

impl Book {
    fn of(shelf: &Shelf<'_>, part: Option<&NodeId>) -> Self {
        let mine = match part {
            None => shelf.speeches.as_slice(),
            Some(part) => shelf.by_part.get(part.as_str()).map_or(&[][..], Vec::as_slice),
        };
        let of = |wanted: &dyn Fn(Manner) -> bool| {
            Tally::of(mine.iter().filter(|(_, m)| wanted(*m)).map(|(s, _)| *s))
        };
        let has = |manner: Manner| mine.iter().any(|(_, m)| *m == manner);
        let told = has(Manner::Spoken) || has(Manner::Written);
        let spoken = || match has(Manner::Spoken) {
            true => of(&|m| m == Manner::Spoken),
            false => of(&|m| m != Manner::Written),
        };
        let written = || match has(Manner::Written) {
            true => of(&|m| m == Manner::Written),
            false => of(&|m| m != Manner::Spoken),
        };
        Book {
            all: of(&|_| true),
            around: shelf.all,
            may_choose: false,
            spoken: told.then(spoken),
            written: told.then(written),
        }
    }

    fn whole(&self, manner: Manner) -> Tally {
        match manner {
            Manner::Any => self.all,
            Manner::Spoken => self.spoken.unwrap_or(self.all),
            Manner::Written => self.written.unwrap_or(self.all),
        }
    }

    /// Whether a number that does not fit is meant for what is here.
    fn is_meant(&self, tally: Tally, count: &Count) -> bool {
        let found = tally.speeches.max(tally.persons) as u64;
        tally.is_near(count) && !(self.may_choose && count.value > found + 1)
    }

    /// The counts of a sentence that nothing fits.
    fn wrong<'s>(&self, sentence: &'s Sentence) -> Vec<&'s Count> {
        let counts = &sentence.counts;
        let told = self.spoken.is_some();
        let fits = |count: &Count| {
            let alone = self.whole(count.manner).holds(count.value);
            let either = count.manner == Manner::Any
                && [self.spoken, self.written].iter().flatten().any(|t| t.holds(count.value));
            let rest = sentence.has_rest && count.value <= self.all.speeches.max(self.all.persons) as u64;
            // What a part's introduction tells of the whole book.
            let around = self.around.holds(count.value) && self.around.speeches != self.all.speeches;
            alone || either || rest || around
        };
        let near = |count: &&Count| self.is_meant(self.whole(count.manner), count);
        let failing: Vec<&Count> = counts.iter().filter(|c| !fits(c)).collect();
        if counts.len() == 1 || told && counts.iter().all(|c| c.manner != Manner::Any) {
            return failing.into_iter().filter(near).collect();
        }
        // Several numbers without parts that tell them apart: the sum, or one of them, is what is here.
        let sum = counts.iter().fold(0u64, |sum, c| sum.saturating_add(c.value));
        if self.all.holds(sum) || failing.len() < counts.len() {
            return Vec::new();
        }
        let is_near = |count: &&Count| self.is_meant(self.all, &Count { value: sum, ..(*count).clone() });
        failing.into_iter().take(1).filter(is_near).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    /// A book with a lede and so many speeches, in parts if they are named.
    fn book(lede: &str, parts: &[(&str, usize)]) -> String {
        const NAMES: &[&str] = &["沈怀瑾", "陆文", "秦守拙", "罗一鸣", "闻人静", "佟雨青", "段小满"];
        let mut text = format!("# 建言新城\n\n{lede}\n\n");
        let mut k = 0;
        for (part, count) in parts {
            if !part.is_empty() {
                text += &format!("## {part}\n\n");
            }
            for _ in 0..*count {
                text += &format!(
                    "### 第{k}件事要办好\n\n{} 市政协委员\n\n先办这件事。\n\n",
                    NAMES[k % NAMES.len()]
                );
                k += 1;
            }
        }
        text
    }

    #[test]
    fn right_counts_are_silent() {
        for (lede, parts) in [
            ("1位副主席和4位委员作大会发言。", &[("", 5)][..]),
            ("五位委员作大会发言。", &[("", 5)]),
            ("会议应到52人，实到50人。五位委员作大会发言。", &[("", 5)]),
            ("共收到大会发言材料9篇，现刊发5篇。", &[("", 5)]),
            ("9位委员作大会发言，现将部分发言摘编如下。", &[("", 5)]),
            ("3位委员作口头发言，其余书面交流。", &[("", 5)]),
            ("3位委员作大会发言，另有2位委员作书面发言。", &[("", 5)]),
            ("3位委员作大会发言，另有2位委员作书面发言。", &[("", 3)]),
            ("3位委员作大会发言，2位委员作书面发言。", &[("大会发言", 3), ("书面发言", 2)]),
            ("5位委员发言。", &[("大会发言", 3), ("书面发言", 2)]),
            ("3位委员作大会发言。", &[("大会发言", 3), ("书面发言", 2)]),
            ("500名委员建言献策。", &[("", 5)]),
            ("9位委员作大会发言，现将发言摘登如下。", &[("", 5)]),
            ("第一次会议3位委员作大会发言。第二次会议2位委员作大会发言。", &[("", 5)]),
            ("会上没有说有多少人。", &[("", 5)]),
        ] {
            assert_eq!(found(&RULE, &book(lede, parts)), [""; 0], "{lede}");
        }
    }

    #[test]
    fn wrong_counts_are_found() {
        for (lede, parts, place) in [
            ("1位副主席和5位委员作大会发言。", &[("", 5)][..], "1位副主席和5"),
            ("六位委员作大会发言。", &[("", 5)], "六"),
            ("4位委员登台建言。", &[("", 5)], "4"),
            ("会议应到52人，实到50人，6位委员围绕民生，作大会发言。", &[("", 5)], "6"),
            ("共收到大会发言材料9篇，现刊发6篇。", &[("", 5)], "6"),
            ("大会发言摘编（4篇）", &[("", 5)], "4"),
            ("6位委员作大会发言，现将发言摘登如下。", &[("", 5)], "6"),
            ("4位委员作大会发言，另有2位委员作书面发言。", &[("", 5)], "4"),
            ("4位委员作大会发言，2位委员作书面发言。", &[("大会发言", 3), ("书面发言", 2)], "4"),
            ("3位委员作大会发言，3位委员作书面发言。", &[("大会发言", 3), ("书面发言", 2)], "3"),
            ("6位委员作口头发言，其余书面交流。", &[("", 5)], "6"),
        ] {
            assert_eq!(found(&RULE, &book(lede, parts)), [place], "{lede}");
        }
    }

    #[test]
    fn joint_speakers_make_two_right_numbers() {
        for number in ["2", "3"] {
            let text = format!(
                "# 建言新城\n\n{number}位委员作大会发言。\n\n### 甲事\n\n林颂、于博 市政协委员\n\n办好。\n\n\
                 ### 乙事\n\n沈怀瑾 市政协委员\n\n办好。\n"
            );
            assert_eq!(found(&RULE, &text), [""; 0]);
        }
        let text = "# 建言新城\n\n4位委员作大会发言。\n\n### 甲事\n\n林颂、于博 市政协委员\n\n办好。\n\n\
                    ### 乙事\n\n沈怀瑾 市政协委员\n\n办好。\n";
        assert_eq!(found(&RULE, text), ["4"]);
    }

    #[test]
    fn a_part_is_held_against_its_own_speeches() {
        let of = |count: &str| {
            format!(
                "# 建言新城\n\n## 第一单元\n\n本单元有{count}位委员发言。\n\n### 甲事\n\n林颂 市政协委员\n\n办好。\n\n\
                 ### 乙事\n\n于博 市政协委员\n\n办好。\n\n## 第二单元\n\n### 丙事\n\n沈怀瑾 市政协委员\n\n办好。\n"
            )
        };
        assert_eq!(found(&RULE, &of("两")), [""; 0]);
        assert_eq!(found(&RULE, &of("4")), ["4"]);
    }
}

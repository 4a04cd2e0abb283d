//! 两篇发言的标题相同，或正文大半相同。
//!
//! 为什么：同一篇贴了两次，或者换了标题没有换正文，在几十篇稿子里很难看出来。比较正文时只看大段相同，套话相同不报；许多篇共用一个标题（如“书面发言”）也不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号，每小时上传一次数据。
//!
//! ### 守好一江清水
//!
//! 闻人静 市政协委员，市第二中学教师
//!
//! 书屋要走到人身边去，每个月换一次新书。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号，每小时上传一次数据。
//!
//! ### 点亮古镇的书院灯火
//!
//! 闻人静 市政协委员，市第二中学教师
//!
//! 书屋要走到人身边去，每个月换一次新书。
//! ```
//!
//! 修改：不自动改。删去重复的一篇，或换上正确的标题、正文。
//!
//! 依据：校对惯例。
//! ---
//! Two speeches with the same heading or mostly the same text.
//!
//! Why: a speech pasted twice, or a heading changed and its text not, is hard to see among dozens. Only long
//! shared stretches count, stock phrases do not; a heading that many speeches share (书面发言) is left alone.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号，每小时上传一次数据。
//!
//! ### 守好一江清水
//!
//! 闻人静 市政协委员，市第二中学教师
//!
//! 书屋要走到人身边去，每个月换一次新书。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号，每小时上传一次数据。
//!
//! ### 点亮古镇的书院灯火
//!
//! 闻人静 市政协委员，市第二中学教师
//!
//! 书屋要走到人身边去，每个月换一次新书。
//! ```
//!
//! Fix: none. Take one out, or put the right heading or text in.
//!
//! Source: proof-readers' practice.

use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher};

use crate::check::finding::Findings;
use crate::check::rules::scan::is_han;
use crate::check::{PassageKind, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/duplicate-speech",
    severity: Severity::Warning,
    on: true,
    file: include_str!("duplicate_speech.rs"),
    check,
};

/// Without a seed of chance: the same text gives the same findings.
type Fixed = BuildHasherDefault<DefaultHasher>;

/// Hanzi, letters and digits in a row that are compared as one.
const SHINGLE: usize = 12;

/// One shingle in so many is kept, always the same ones.
const KEPT: u64 = 8;

/// Fewer kept shingles say nothing; such bodies are compared as a whole.
const ENOUGH: usize = 6;

/// Shorter bodies and headings may be alike by chance.
const SHORTEST: usize = 15;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let speeches = &subject.tree.speeches;
    let mut headings: HashMap<String, Vec<usize>, Fixed> = HashMap::default();
    for (k, speech) in speeches.iter().enumerate() {
        let heading: String = speech.heading.text.chars().filter(|c| c.is_alphanumeric()).collect();
        if heading.chars().count() >= 6 {
            headings.entry(heading).or_default().push(k);
        }
    }
    // A heading that three or more share is a label.
    let mut twins: Vec<(usize, usize, bool)> =
        headings.values().filter(|v| v.len() == 2).map(|v| (v[1], v[0], false)).collect();
    let named: HashSet<usize> = twins.iter().map(|(later, ..)| *later).collect();
    let alike = alike(subject).into_iter().filter(|(later, _)| !named.contains(later));
    twins.extend(alike.map(|(later, first)| (later, first, true)));
    twins.sort_unstable();
    for (later, first, by_text) in twins {
        let (later, first) = (&speeches[later], &speeches[first]);
        let id = if by_text { Say::new("check-duplicate-text") } else { Say::new("check-duplicate-heading") };
        let who = first.speakers.first().map(|s| s.display_name()).unwrap_or_default();
        let say = id.with("heading", &later.heading.text).with("first", &first.heading.text).with("who", who);
        findings.push(later.heading.span.or(later.span), say).help(Say::new("check-duplicate-help"));
    }
}

/// A speech's words as they come: kept shingles, and a hash of all.
#[derive(Default)]
struct Words {
    window: std::collections::VecDeque<u64>,
    rolling: u64,
    kept: Vec<u64>,
    whole: u64,
    length: usize,
}

/// Any odd number of 64 bits serves; this one has its bits well spread.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

impl Words {
    fn push(&mut self, c: char, top: u64) {
        let value = u64::from(c) + 1;
        if self.window.len() == SHINGLE
            && let Some(first) = self.window.pop_front()
        {
            self.rolling = self.rolling.wrapping_sub(first.wrapping_mul(top));
        }
        self.window.push_back(value);
        self.rolling = self.rolling.wrapping_mul(BASE).wrapping_add(value);
        self.whole = self.whole.wrapping_mul(BASE).wrapping_add(value);
        self.length += 1;
        if self.window.len() == SHINGLE {
            let mixed = (self.rolling ^ (self.rolling >> 32)).wrapping_mul(BASE);
            if (mixed >> 40).is_multiple_of(KEPT) {
                self.kept.push(mixed);
            }
        }
    }
}

/// Speeches most of whose text stands in an earlier one, with that one.
fn alike(subject: &Subject<'_>) -> Vec<(usize, usize)> {
    let top = (1..SHINGLE).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut sizes: Vec<usize> = Vec::new();
    let mut owners: HashMap<u64, u32, Fixed> = HashMap::default();
    let mut wholes: HashMap<u64, usize, Fixed> = HashMap::default();
    let mut found = Vec::new();
    let mut passages = subject
        .passages
        .iter()
        .filter(|p| p.speech.is_some() && !matches!(p.kind, PassageKind::Heading | PassageKind::Speaker))
        .peekable();
    for k in 0..subject.tree.speeches.len() {
        let mut words = Words::default();
        while let Some(passage) = passages.next_if(|p| p.speech == Some(k)) {
            passage
                .text
                .chars()
                .filter(|c| is_han(*c) || c.is_alphanumeric())
                .for_each(|c| words.push(c, top));
        }
        words.kept.sort_unstable();
        words.kept.dedup();
        sizes.push(words.kept.len());
        let mut votes: HashMap<u32, usize, Fixed> = HashMap::default();
        for shingle in &words.kept {
            let owner = *owners.entry(*shingle).or_insert(k as u32);
            if owner != k as u32 {
                *votes.entry(owner).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by_key(|(owner, count)| (*count, u32::MAX - owner));
        let shared = best.and_then(|(owner, count)| {
            let smaller = sizes.get(owner as usize).copied().unwrap_or(0).min(words.kept.len());
            (smaller >= ENOUGH && count * 10 >= smaller * 6).then_some(owner as usize)
        });
        let same = if words.length >= SHORTEST { wholes.get(&words.whole).copied() } else { None };
        wholes.entry(words.whole).or_insert(k);
        found.extend(same.or(shared).map(|first| (k, first)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    const LONG: &str = "把零碎空地用起来。老城人多地少，成片建公园并不现实，但墙角、桥下和拆房后的边角地加起来并不少。建议由园林部门牵头，用一年时间把闲置地块逐一登记，公布位置和权属，能种树的种树，能放长椅的放长椅，先解决有没有，再讲究好不好。";
    const OTHER: &str = "让老字号活出新样子。有名号可考的老店四十七家，如今常年开门的只剩十九家。建议为它们建立档案，一店一策解决房租、传承人和食品许可难题，头三年免租金，邀请青年设计师与老师傅结对，把绸扇、酱园、茶食做成伴手礼。";

    fn book(speeches: &[(&str, &str)]) -> String {
        let who = ["林颂", "于博", "沈怀瑾", "秦守拙"];
        let one =
            |k: usize, (h, b): &(&str, &str)| format!("### {h}\n\n{} 市政协委员\n\n{b}\n\n", who[k % 4]);
        let all: String = speeches.iter().enumerate().map(|(k, s)| one(k, s)).collect();
        format!("# 建言新城\n\n{all}")
    }

    #[test]
    fn twins() {
        let changed = LONG.replace("园林部门", "城管部门").replace("长椅", "木椅");
        let longer = format!("{LONG}{OTHER}");
        for (first, second) in [
            (("守好一江清水", LONG), ("守好一江清水", OTHER)),
            (("守好一江清水", LONG), ("守好一江 清水", OTHER)),
            (("守好一江清水", LONG), ("让老店开门", LONG)),
            (("守好一江清水", LONG), ("让老店开门", changed.as_str())),
            (("守好一江清水", LONG), ("让老店开门", longer.as_str())),
            (("守好一江清水", longer.as_str()), ("让老店开门", OTHER)),
            (
                ("守好一江清水", "给每个排口编上号，每小时上传一次。"),
                ("让老店开门", "给每个排口编上号，每小时上传一次。"),
            ),
            (("推进“AI+”行动计划", LONG), ("推进AI+行动计划", OTHER)),
        ] {
            let text = book(&[first, ("点亮书院灯火", "书屋要走到人身边去，每月换一次书。"), second]);
            assert_eq!(found(&RULE, &text).len(), 1, "{} {}", first.0, second.0);
        }
    }

    #[test]
    fn likeness_that_is_none() {
        let opening = "大家好，我代表界别发言。";
        let (a, b) = (format!("{opening}{LONG}"), format!("{opening}{OTHER}"));
        for speeches in [
            &[("守好一江清水", LONG), ("让老店开门", OTHER)][..],
            &[("打造“药谷”", LONG), ("打造“星谷”", OTHER)],
            &[("守好一江清水", a.as_str()), ("让老店开门", b.as_str())],
            &[
                ("委员书面发言", LONG),
                ("委员书面发言", OTHER),
                ("委员书面发言", "书屋要走到人身边去，每月换一次书。"),
            ],
            &[("发言", LONG), ("发言", OTHER)],
            &[("守好一江清水", "谢谢大家。"), ("让老店开门", "谢谢大家。")],
            &[("守好一江清水", LONG)],
            &[("推进东城区建设", LONG), ("推进西城区建设", OTHER)],
        ] {
            assert_eq!(
                found(&RULE, &book(speeches)),
                [""; 0],
                "{:?}",
                speeches.iter().map(|s| s.0).collect::<Vec<_>>()
            );
        }
    }
}

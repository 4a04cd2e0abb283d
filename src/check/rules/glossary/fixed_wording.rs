//! 固定用语写得不准，或排序和用语表不一致。
//!
//! 为什么：会议名称、机构名称、固定提法只有一种写法，差一个字就是错。用语表是经办人自己的：列明的误写都报；六个字以上的用语，中间差一个字（十二个字以上差两个字以内）也报，首尾的字不算差错，所以不会把更长、更短的别的说法当作误写；出现在另一条用语里的不报。没有在设置里写 glossary 就不查。
//!
//! 用语表：
//!
//! ```csv
//! 用语,误写,次序
//! 全过程人民民主,全程人民民主,
//! 澜州市人民代表大会常务委员会,,
//! 市委,,1
//! 市政府,,2
//! ```
//!
//! 例：
//!
//! ```text
//! 发展全过程的人民民主。
//! ```
//!
//! ```text
//! 市政府、市委高度重视。
//! ```
//!
//! 改为：
//!
//! ```text
//! 发展全过程人民民主。
//! ```
//!
//! ```text
//! 市委、市政府高度重视。
//! ```
//!
//! 修改：表里列明的误写改成正确写法，是可靠的；差一两个字的要人看过（--unsafe-fixes）；次序没有修改。
//!
//! 依据：用语表自己的依据；匹配用编辑距离。
//! ---
//! A fixed wording that is not quite right, or words in another order than the table's.
//!
//! Why: titles of meetings, names of bodies and set phrases have one form, and a character more or less
//! is a mistake. The table is the user's own. The wrong forms it lists are told; of a wording of six
//! characters and more also what differs by one character inside (by two from twelve characters on).
//! First and last character must agree, so that longer and shorter phrases are not taken for it; what
//! stands inside another wording is left alone. Without `glossary` nothing is looked for.
//!
//! Table:
//!
//! ```csv
//! 用语,误写,次序
//! 全过程人民民主,全程人民民主,
//! 澜州市人民代表大会常务委员会,,
//! 市委,,1
//! 市政府,,2
//! ```
//!
//! Example:
//!
//! ```text
//! 发展全过程的人民民主。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 发展全过程人民民主。
//! ```
//!
//! Fix: a wrong form that the table lists becomes the right one, which is safe; what differs by one or
//! two characters needs a person (--unsafe-fixes); there is none for an order.
//!
//! Source: whatever the table follows; matching is by edit distance.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::check::finding::Findings;
use crate::check::tables::Glossary;
use crate::check::{Fix, Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "glossary/fixed-wording",
    severity: Severity::Warning,
    on: true,
    file: include_str!("fixed_wording.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(glossary) = subject.glossary else { return };
    let Some(searcher) = Searcher::new(glossary) else { return };
    let mut text = Characters::default();
    for passage in &subject.passages {
        let mut taken = searcher.exact(passage, findings);
        text.set(&passage.text);
        searcher.near(passage, &text, &mut taken, findings);
    }
    for order in &glossary.orders {
        precedence(order, subject, findings);
    }
}

/// The longest of the usual wordings: a bound for what is compared.
const LONGEST: usize = 60;

/// What finds the wordings of a table.
struct Searcher<'a> {
    glossary: &'a Glossary,
    /// Right wordings, then wrong forms; `meant` tells for each pattern the wording and whether it is it.
    patterns: AhoCorasick,
    meant: Vec<(usize, bool)>,
    /// Wordings that near misses are looked for of, as characters.
    long: Vec<(usize, Vec<char>)>,
    /// Pairs of neighbours in those, few and rare, with the wording and the place in it. However
    /// few edits are made, one of a wording's pairs stays whole.
    pairs: HashMap<(char, char), Vec<(usize, usize)>>,
}

impl<'a> Searcher<'a> {
    fn new(glossary: &'a Glossary) -> Option<Self> {
        let right = glossary.wordings.iter().enumerate().map(|(k, w)| (w.text.as_str(), (k, true)));
        let wrong = glossary.wordings.iter().enumerate();
        let wrong = wrong.flat_map(|(k, w)| w.wrong.iter().map(move |text| (text.as_str(), (k, false))));
        let (texts, meant): (Vec<&str>, Vec<(usize, bool)>) = right.chain(wrong).unzip();
        let patterns = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok()?;
        let long: Vec<(usize, Vec<char>)> = glossary
            .wordings
            .iter()
            .enumerate()
            .map(|(k, w)| (k, w.text.chars().collect::<Vec<char>>()))
            .filter(|(_, chars)| (6..=LONGEST).contains(&chars.len()))
            .collect();
        let pairs = rare_pairs(&long);
        Some(Self { glossary, patterns, meant, long, pairs })
    }

    /// Finds wordings and their wrong forms; gives the ranges of both, in order.
    fn exact(&self, passage: &Passage, findings: &mut Findings) -> Vec<Range<usize>> {
        let mut taken = Vec::new();
        for found in self.patterns.find_iter(&passage.text) {
            taken.push(found.range());
            if let Some((wording, false)) = self.meant.get(found.pattern().as_usize()) {
                self.tell("wording-wrong", true, *wording, passage, found.range(), findings);
            }
        }
        taken
    }

    /// Finds what differs from a wording by few characters, beside what is `taken`.
    fn near(
        &self,
        passage: &Passage,
        text: &Characters,
        taken: &mut Vec<Range<usize>>,
        findings: &mut Findings,
    ) {
        if self.pairs.is_empty() {
            return;
        }
        for (k, pair) in text.chars.windows(2).enumerate() {
            let Some(places) = pair.first().zip(pair.last()).and_then(|(a, b)| self.pairs.get(&(*a, *b)))
            else {
                continue;
            };
            for (wording, at) in places {
                let Some((index, wanted)) = self.long.get(*wording) else { continue };
                let Some(found) = alike(&text.chars, wanted, k, *at) else { continue };
                let range = text.bytes(found);
                if taken.iter().any(|t| t.start < range.end && range.start < t.end) {
                    continue;
                }
                self.tell("wording-near", false, *index, passage, range.clone(), findings);
                taken.push(range);
            }
        }
    }

    fn tell(
        &self,
        id: &'static str,
        safe: bool,
        wording: usize,
        passage: &Passage,
        range: Range<usize>,
        findings: &mut Findings,
    ) {
        let Some(wording) = self.glossary.wordings.get(wording) else { return };
        let found = passage.text.get(range.clone()).unwrap_or_default();
        let say = Say { id, args: Vec::new() }.with("found", found).with("wording", &wording.text);
        let span = passage.span(range.clone());
        let finding = findings.push(span, say);
        if let Some(span) = span.filter(|_| passage.is_exact(range)) {
            finding.fix(Fix::one(safe, span, wording.text.clone()));
        }
    }
}

/// How many edits a wording of so many characters may be away.
fn allowed(length: usize) -> usize {
    if length < 12 { 1 } else { 2 }
}

/// For every wording pairs of neighbours that do not overlap, those that fewest wordings have: two
/// more than edits are allowed, since two characters exchanged spoil two pairs.
fn rare_pairs(wordings: &[(usize, Vec<char>)]) -> HashMap<(char, char), Vec<(usize, usize)>> {
    let pair = |chars: &[char], at: usize| Some((*chars.get(at)?, *chars.get(at + 1)?));
    let mut common: HashMap<(char, char), usize> = HashMap::new();
    for (_, chars) in wordings {
        for at in 0..chars.len() {
            if let Some(pair) = pair(chars, at) {
                *common.entry(pair).or_default() += 1;
            }
        }
    }
    let mut pairs: HashMap<(char, char), Vec<(usize, usize)>> = HashMap::new();
    for (k, (_, chars)) in wordings.iter().enumerate() {
        let wanted = allowed(chars.len()) + 2;
        let mut places: Vec<usize> = (0..chars.len() - 1).collect();
        places.sort_by_key(|at| pair(chars, *at).and_then(|p| common.get(&p)).copied());
        let mut chosen: Vec<usize> = Vec::new();
        for at in places {
            if chosen.len() < wanted && chosen.iter().all(|c| c.abs_diff(at) > 1) {
                chosen.push(at);
            }
        }
        if chosen.len() < wanted {
            chosen = (0..chars.len() - 1).step_by(2).collect();
        }
        for at in chosen {
            if let Some(pair) = pair(chars, at) {
                pairs.entry(pair).or_default().push((k, at));
            }
        }
    }
    pairs
}

/// The stretch of `text` that is a few edits away from `wanted`, whose pair at `at` stands at `k`.
/// It begins and ends as the wording does. Nothing when it is the wording itself.
fn alike(text: &[char], wanted: &[char], k: usize, at: usize) -> Option<Range<usize>> {
    let (first, last) = (wanted.first()?, wanted.last()?);
    let edits = allowed(wanted.len());
    let earliest = k.saturating_sub(at + edits);
    let mut best: Option<(usize, Range<usize>)> = None;
    for start in earliest..=(k + edits).saturating_sub(at).min(k) {
        if text.get(start) != Some(first) {
            continue;
        }
        for length in wanted.len() - edits..=wanted.len() + edits {
            let Some(window) = text.get(start..start + length).filter(|w| w.last() == Some(last)) else {
                continue;
            };
            let distance = distance(window, wanted, edits)?.min(edits + 1);
            if distance == 0 {
                return None;
            }
            if distance <= edits && best.as_ref().is_none_or(|(d, _)| distance < *d) {
                best = Some((distance, start..start + length));
            }
        }
    }
    best.map(|(_, range)| range)
}

/// Edit distance, exchanged neighbours counting once; more than `most` is not told apart.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    // What begins and ends alike needs no table.
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..)?, b.get(head..)?);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail)?, b.get(..b.len() - tail)?);
    if a.len().abs_diff(b.len()) > most {
        return Some(most + 1);
    }
    let text = |chars: &[char]| chars.iter().collect::<String>();
    Some(strsim::osa_distance(&text(a), &text(b)))
}

/// The characters of a text with their places.
#[derive(Default)]
struct Characters {
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl Characters {
    fn set(&mut self, text: &str) {
        self.chars.clear();
        self.starts.clear();
        for (at, c) in text.char_indices() {
            self.chars.push(c);
            self.starts.push(at);
        }
        self.starts.push(text.len());
    }

    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let at = |k: usize| self.starts.get(k).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    }
}

/// Names in a row (`甲、乙和丙`) must not fall behind each other.
fn precedence(order: &[String], subject: &Subject<'_>, findings: &mut Findings) {
    let Ok(names) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(order) else {
        return;
    };
    for passage in &subject.passages {
        let mut row: Vec<(usize, Range<usize>)> = Vec::new();
        for found in names.find_iter(&passage.text).map(Some).chain([None]) {
            let joined = found.is_some_and(|f| {
                row.last()
                    .is_some_and(|(_, last)| passage.text.get(last.end..f.start()).is_some_and(is_joint))
            });
            if !joined {
                tell_row(&row, order, passage, findings);
                row.clear();
            }
            row.extend(found.map(|f| (f.pattern().as_usize(), f.range())));
        }
    }
}

fn is_joint(between: &str) -> bool {
    matches!(between, "、" | "，" | "和" | "与" | "及" | "以及" | " ")
}

fn tell_row(row: &[(usize, Range<usize>)], order: &[String], passage: &Passage, findings: &mut Findings) {
    let (Some((_, first)), Some((_, last))) = (row.first(), row.last()) else { return };
    if row.windows(2).all(|pair| pair.first().map(|p| p.0) <= pair.last().map(|p| p.0)) {
        return;
    }
    let range = first.start..last.end;
    let mut right: Vec<usize> = row.iter().map(|(k, _)| *k).collect();
    right.sort_unstable();
    let right: Vec<&str> = right.iter().filter_map(|k| order.get(*k)).map(String::as_str).collect();
    let say = Say::new("wording-order")
        .with("found", passage.text.get(range.clone()).unwrap_or_default())
        .with("order", right.join("、"));
    findings.push(passage.span(range), say);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::findings_with;

    const TABLE: &str = "用语,误写,次序\n\
        全过程人民民主,全程人民民主,\n\
        澜州市人民代表大会常务委员会,,\n\
        澜州市人民代表大会财经委员会,,\n\
        政治协商、民主监督、参政议政,,\n\
        社会主义核心价值观,,\n\
        市委,,1\n市人大,,2\n市政府,,3\n市政协,,4\n";

    fn found(body: &str) -> Vec<String> {
        let source = format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。{body}。\n");
        let glossary = Glossary::parse("t.csv", TABLE.as_bytes()).unwrap();
        let found = findings_with(&RULE, &source, Some(&glossary), None);
        found.iter().map(|f| f.span.map_or("", |s| &source[s.start..s.end]).to_owned()).collect()
    }

    #[test]
    fn near_misses_and_listed_forms_are_found() {
        for (body, expected) in [
            ("发展全程人民民主", "全程人民民主"),
            ("发展全过程人民的民主", "全过程人民的民主"),
            ("发展全过程人们民主", "全过程人们民主"),
            ("发展全程过人民民主", "全程过人民民主"),
            ("践行社会主义核心价值关观", "社会主义核心价值关观"),
            ("践行社会主义核心介值观", "社会主义核心介值观"),
            ("报澜州市人民代表大会常务委员员会", "澜州市人民代表大会常务委员员会"),
            ("履行政治协商、民主监督和参政议政职能", "政治协商、民主监督和参政议政"),
            ("请市政府、市委研究", "市政府、市委"),
            ("请市委、市政协和市政府研究", "市委、市政协和市政府"),
        ] {
            assert_eq!(found(body), [expected], "{body}");
        }
    }

    #[test]
    fn right_wordings_and_other_phrases_are_left_alone() {
        for body in [
            "发展全过程人民民主，保障人民民主",
            "全过程民主",
            "社会主义核心价值",
            "澜州市人民代表大会常务委员会和澜州市人民代表大会财经委员会",
            "澜州市人民代表大会",
            "市委、市人大、市政府、市政协",
            "市政协委员建议，市委研究",
            "市政府研究。市委同意",
            "社会主义市场经济",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }

    #[test]
    fn listed_forms_are_mended_safely_and_others_not() {
        let fixes = |body: &str| {
            let source = format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。{body}。\n");
            let glossary = Glossary::parse("t.csv", TABLE.as_bytes()).unwrap();
            let found = findings_with(&RULE, &source, Some(&glossary), None);
            found.into_iter().map(|f| f.fix.map(|f| f.safe)).collect::<Vec<_>>()
        };
        assert_eq!(fixes("发展全程人民民主"), [Some(true)]);
        assert_eq!(fixes("发展全过程人们民主"), [Some(false)]);
        assert_eq!(fixes("请市政府、市委研究"), [None]);
    }
}

//! 简体文章里的繁体字，或繁体文章里的简体字。
//!
//! 为什么：从网页、港台材料复制文字会带进另一种字体。只看哪一种占绝大多数、另一种零星出现；发言人姓名、
//! 书名号和引号里的文字不算。同一个词只报一次。两种字差不多一样多时，只在第一处报一次。
//!
//! 例：
//!
//! ```text
//! 我们要动员各个单位，让这条老街的發展惠及每户居民，让来过的人还会再来，让说过的话都能实现。
//! ```
//!
//! 改为：
//!
//! ```text
//! 我们要动员各个单位，让这条老街的发展惠及每户居民，让来过的人还会再来，让说过的话都能实现。
//! ```
//!
//! 修改：没有。一繁对多简、一简对多繁，要人来定。
//!
//! 依据：《通用规范汉字表》（国务院2013年公布）；繁简对照取自OpenCC的字表。
//! ---
//! Traditional characters in a simplified text, or the reverse.
//!
//! Why: text copied from web pages or from Hong Kong and Taiwan brings them in. One script must have the
//! large majority; speakers' names and what stands in title marks or quotes are left out. A word is named
//! once. Where both scripts are about equally common, one finding stands at the first place.
//!
//! Example:
//!
//! ```text
//! 我们要动员各个单位，让这条老街的發展惠及每户居民，让来过的人还会再来，让说过的话都能实现。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 我们要动员各个单位，让这条老街的发展惠及每户居民，让来过的人还会再来，让说过的话都能实现。
//! ```
//!
//! Fix: none; one character of one script may be several of the other.
//!
//! Source: 通用规范汉字表 (State Council, 2013); the pairs are from the tables of OpenCC.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::check::finding::Findings;
use crate::check::rules::scan::running;
use crate::check::{Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/mixed-script",
    severity: Severity::Warning,
    on: true,
    file: include_str!("mixed_script.rs"),
    check,
};

/// A script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Traditional,
    Simplified,
}

/// The script of each of the characters U+4E00 to U+9FFF that tells it: one byte a character.
static SCRIPTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut table = vec![0; 0x5200];
    let mut kind = 0;
    for line in include_str!("scripts.txt").lines().filter(|l| !l.starts_with('#')) {
        match line {
            "T" => kind = 1,
            "S" => kind = 2,
            _ => line.chars().for_each(|c| {
                if let Some(place) = table.get_mut((c as usize).wrapping_sub(0x4e00)) {
                    *place = kind;
                }
            }),
        }
    }
    table
});

fn script(table: &[u8], c: char) -> Option<Script> {
    match table.get((c as usize).wrapping_sub(0x4e00)) {
        Some(1) => Some(Script::Traditional),
        Some(2) => Some(Script::Simplified),
        _ => None,
    }
}

/// How many of the other script there must be to one of the rare one.
const MAJORITY: usize = 8;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let table: &[u8] = &SCRIPTS;
    let (mut traditional, mut simplified) = (0, 0);
    for passage in running(subject) {
        for c in passage.text.chars() {
            match script(table, c) {
                Some(Script::Traditional) => traditional += 1,
                Some(Script::Simplified) => simplified += 1,
                None => {}
            }
        }
    }
    if traditional == 0 || simplified == 0 {
        return;
    }
    let rare = if traditional <= simplified { Script::Traditional } else { Script::Simplified };
    let is_mixed = traditional.min(simplified) * MAJORITY > traditional.max(simplified);
    let names: String =
        subject.tree.speeches.iter().flat_map(|s| &s.speakers).map(|s| s.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for passage in running(subject) {
        for word in words(table, passage, rare) {
            let text = passage.text.get(word.clone()).unwrap_or_default();
            if names.contains(text) || !seen.insert(text) {
                continue;
            }
            let say = match (is_mixed, rare) {
                (true, _) => Say::new("mixed-script-both").with("word", text),
                (false, Script::Traditional) => Say::new("mixed-script-traditional").with("word", text),
                (false, Script::Simplified) => Say::new("mixed-script-simplified").with("word", text),
            };
            findings.push(passage.span(word), say);
            if is_mixed {
                return;
            }
        }
    }
}

/// Neighbouring characters of one script, outside of quotes and title marks.
fn words(table: &[u8], passage: &Passage, rare: Script) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (at, c) in passage.text.char_indices() {
        match c {
            '“' | '‘' | '「' | '『' | '《' | '〈' => depth += 1,
            '”' | '’' | '」' | '』' | '》' | '〉' => depth = depth.saturating_sub(1),
            _ if depth == 0 && script(table, c) == Some(rare) => match words.last_mut() {
                Some(last) if last.end == at => last.end = at + c.len_utf8(),
                _ => words.push(at..at + c.len_utf8()),
            },
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{RULE, SCRIPTS, Script, script};
    use crate::check::rules::sample::holds;
    use crate::check::rules::testing::found;

    /// Enough simplified characters to be the rule.
    const PLAIN: &str = "我们要动员各个单位，让这条老街惠及每户居民，让来过的人还会再来，让说过的话都能实现，\
        让产业发展、环境优化、设备齐备、权责对应、资金到账、监督有力。";

    #[test]
    fn table() {
        let with = |s: &str| format!("{PLAIN}{s}");
        let fires = ["老街的發展", "設計图", "對外开放", "会後整理"].map(with);
        let slices = ["發", "設計", "對", "後"];
        let fires: Vec<_> = fires.iter().map(String::as_str).zip(slices).collect();
        let silent = [
            "老街的发展",
            "《後漢書》里有这条街",
            "“國泰民安”的匾",
            "于乾坤大道著书，一目了瞭",
            "喆堃昇淼等用字",
            "么了什",
            "藉此机会，夥伴不分",
            "覆盖全城，回复来信",
            "二噁英",
        ]
        .map(with);
        holds(&RULE, &fires, &silent.iter().map(String::as_str).collect::<Vec<_>>());
        let once = with("老街的發展，再發展");
        holds(&RULE, &[(once.as_str(), "發")], &[]);
    }

    #[test]
    fn the_other_way_about_and_half_and_half() {
        let head = "# 讓老街亮起來\n\n### 修好老街 留住鄰里\n\n沈懷瑾 市政協委員\n\n";
        let body = "我們要動員各個單位，讓這條老街惠及每戶居民，讓來過的人還會再來，讓說過的話都能實現";
        assert_eq!(found(&RULE, &format!("{head}{body}，让产業發展。\n")), ["让产"]);
        assert!(found(&RULE, &format!("{head}{body}。\n")).is_empty());
        assert_eq!(found(&RULE, &format!("{head}{body}。{PLAIN}\n")).len(), 1);
    }

    #[test]
    fn names_of_speakers_are_theirs() {
        let source = format!("# 让老街亮起来\n\n### 甲 乙\n\n鍾怀瑾 市政协委员\n\n{PLAIN}鍾怀瑾说。\n");
        assert!(found(&RULE, &source).is_empty());
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(SCRIPTS.iter().filter(|k| **k == 1).count(), 2782);
        assert_eq!(SCRIPTS.iter().filter(|k| **k == 2).count(), 2114);
        assert!(
            script(&SCRIPTS, '國') == Some(Script::Traditional)
                && script(&SCRIPTS, '国') == Some(Script::Simplified)
        );
        assert!(script(&SCRIPTS, '中').is_none());
    }
}

//! 所用字体里没有的字。
//!
//! 为什么：人名里常有生僻字，字体没有就印成〓，名字印错是大事。每个字只报一次，人名里的先报，位置是它第一次出现的地方；另有字体可以代替的字不报。
//!
//! 例：
//!
//! ```text
//! 灯会挂出🏮三百盏。
//! ```
//!
//! 改为：
//!
//! ```text
//! 灯会挂出灯笼三百盏。
//! ```
//!
//! 修改：没有；在 jianbao.toml 的 [fonts] 里换一种收字更多的字体，或改用别的字。
//!
//! 依据：GB/T 9704-2012 第 5.2.2 条对字体的要求；GB 18030-2022 规定的汉字，实现时应能显示。缺字以〓代替是印刷业的惯例。
//! ---
//! A character that none of the fonts has.
//!
//! Why: names hold rare hanzi; where no font has one, 〓 is printed, and a name printed wrong is no
//! small thing. Each character is told once, at its first place, in a name rather than in the text.
//! Characters that another of the fonts can show are not told.
//!
//! Example:
//!
//! ```text
//! 灯会挂出🏮三百盏。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 灯会挂出灯笼三百盏。
//! ```
//!
//! Fix: none; name a font with more characters under [fonts] in jianbao.toml, or write another word.
//!
//! Source: GB/T 9704-2012, 5.2.2, on typefaces; GB 18030-2022 on the hanzi a system must show. Printers
//! set 〓 for a missing sort.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::finding::Findings;
use crate::check::{Passage, PassageKind, Rule, Severity, Subject};
use crate::fonts::{Coverage, is_mark};
use crate::messages::Say;
use crate::tree::{Block, BlockKind, Span, Speech, Visit, walk_block, walk_speech};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "font/missing-glyph",
    severity: Severity::Warning,
    on: true,
    file: include_str!("missing_glyph.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(fonts) = subject.fonts else { return };
    let mut coverage = Coverage::of(fonts);
    let mut suspects = Suspects::default();
    let mut lost = BTreeSet::new();
    let mut labels = Labels(Vec::new());
    labels.proceedings(subject.tree);
    for text in subject.passages.iter().map(|p| &p.text).chain(&labels.0) {
        if suspects.any(text, &mut coverage) {
            coverage.printed(text, |c| {
                lost.insert(c);
            });
        }
    }
    for c in lost {
        let names = subject.passages.iter().filter(|p| p.kind == PassageKind::Speaker);
        let place = names.chain(&subject.passages).find_map(|p| Some((p, place(p, c)?)));
        let in_name = place.is_some_and(|(p, _)| p.kind == PassageKind::Speaker);
        let id = match (is_mark(c), in_name) {
            (true, _) => "mark-missing",
            (false, true) => "glyph-missing-name",
            (false, false) => "glyph-missing",
        };
        let say = Say { id, args: Vec::new() }
            .with("char", shown(c))
            .with("code", format!("U+{:04X}", u32::from(c)));
        findings.push(place.map(|(_, span)| span), say).help(Say::new("glyph-missing-help"));
    }
}

fn place(passage: &Passage, c: char) -> Option<Span> {
    let at = passage.text.find(c)?;
    passage.span(at..at + c.len_utf8())
}

/// A mark is shown on the circle that stands for any letter.
fn shown(c: char) -> String {
    if is_mark(c) { format!("\u{25CC}{c}") } else { c.to_string() }
}

/// The numbers of headings, which are printed and belong to no passage.
struct Labels(Vec<String>);

impl Visit for Labels {
    fn speech(&mut self, speech: &Speech) {
        self.0.extend(speech.heading.number.iter().map(|n| n.label.clone()));
        walk_speech(self, speech);
    }

    fn block(&mut self, block: &Block) {
        if let BlockKind::Heading(heading) = &block.kind {
            self.0.extend(heading.number.iter().map(|n| n.label.clone()));
        }
        walk_block(self, block);
    }
}

/// Characters met before: most pieces hold none that could be lost, and are not set in full.
#[derive(Default)]
struct Suspects(BTreeMap<u32, [Option<bool>; 32]>);

impl Suspects {
    fn any(&mut self, text: &str, coverage: &mut Coverage<'_>) -> bool {
        // No short cut: every character is to be known afterwards, and each is looked up once.
        text.chars().filter(|c| !c.is_ascii()).fold(false, |found, c| found | self.is(c, coverage))
    }

    fn is(&mut self, c: char, coverage: &mut Coverage<'_>) -> bool {
        let n = u32::from(c);
        let known = &mut self.0.entry(n / 32).or_default()[(n % 32) as usize];
        *known.get_or_insert_with(|| {
            let mut lost = is_mark(c);
            coverage.printed(c.encode_utf8(&mut [0; 4]), |_| lost = true);
            lost
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules::testing::{found, said};

    fn source(speaker: &str, body: &str) -> String {
        format!("# 题\n\n### 甲 乙\n\n{speaker} 市政协委员\n\n首句。{body}\n")
    }

    #[test]
    fn what_no_font_has_is_told_once_and_names_first() {
        for (speaker, body, expected) in [
            ("林颂", "正文，café，龢𠮷。", &[][..]),
            ("林颂", "一🏮二🏮三", &["🏮"]),
            ("林颂", "私用\u{e000}字", &["\u{e000}"]),
            ("林\u{30000}", "字\u{30000}", &["\u{30000}"]),
        ] {
            assert_eq!(found(&super::RULE, &source(speaker, body)), expected, "{speaker} {body}");
        }
        let said = said(&super::RULE, &source("林\u{30000}", "先是\u{30000}。"));
        assert!(said[0].contains("name"), "{said:?}");
    }
}

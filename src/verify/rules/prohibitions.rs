//! 避头尾: no line begins with a mark that belongs to what stands before it, none ends with an opening
//! mark; dashes and ellipses, numbers, words and numbers with their units are not parted.
//!
//! Lines of one piece of text are looked at; where a new one begins, anything may. A word of twenty
//! letters and more may break.

use crate::messages::Say;
use crate::verify::rules::{grouped, marks};
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    name: "print/prohibitions",
    source: "CLREQ, prohibition rules for line start and line end, unbreakable marks; GB/T 15834-2011, 5.1",
    measure: Measure::Pages(measure),
};

/// A word this long may break.
const LONG_WORD: usize = 20;

fn measure(subject: &Subject<'_>) -> Measured {
    let mut breaks = 0;
    let mut findings = Vec::new();
    for (k, unit) in subject.units.iter().enumerate() {
        if !subject.is_whole(k) {
            continue;
        }
        let lines = subject.lines(k);
        let mut at = 0;
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            at += line.chars.len();
            breaks += 1;
            let before = at.checked_sub(1).and_then(|b| unit.text.get(b)).copied();
            let (Some(a), Some(b)) = (before, unit.text.get(at).copied()) else { continue };
            let say = if unit.behind_blank.contains(&at) {
                None
            } else if marks::hold_together(a, b) && !is_in_long_word(&unit.text, at) {
                Some(Say::new("verify-parted").with("before", a).with("after", b))
            } else if marks::is_closing(b) {
                Some(Say::new("verify-line-start").with("mark", b))
            } else {
                marks::is_opening(a).then(|| Say::new("verify-line-end").with("mark", a))
            };
            findings.extend(say.map(|say| Finding::on(next.row.page, say).at(unit.span)));
        }
    }
    Measured::of(Say::new("verify-prohibitions-figure").with("breaks", grouped(breaks)), findings)
}

fn is_in_long_word(text: &[char], at: usize) -> bool {
    let is_letter = |c: &&char| c.is_ascii_graphic();
    let before = text.get(..at).unwrap_or_default().iter().rev().take_while(is_letter).count();
    before + text.get(at..).unwrap_or_default().iter().take_while(is_letter).count() >= LONG_WORD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::UnitKind;
    use crate::verify::rules::testing::Sheets;

    fn broken(a: &str, b: &str) -> Vec<&'static str> {
        let mut sheets = Sheets::new(1);
        sheets.unit(UnitKind::Paragraph, &[(0, 1, a), (0, 2, b)]);
        sheets.finds(&RULE).iter().map(|f| f.0).collect()
    }

    #[test]
    fn marks_at_the_ends_of_lines() {
        for b in ["，再谈", "。再谈", "）再谈", "”再谈", "—再谈", "·再谈", "％再谈", "…再谈"]
        {
            assert_eq!(broken("先理顺", b), ["verify-line-start"], "{b}");
        }
        for a in ["先理顺（", "先理顺《", "先理顺“"] {
            assert_eq!(broken(a, "再谈"), ["verify-line-end"], "{a}");
        }
        assert!(broken("先理顺，", "“再谈”").is_empty());
    }

    #[test]
    fn what_is_not_parted() {
        for (a, b) in [
            ("理顺—", "—再谈"),
            ("理顺…", "…再谈"),
            ("增长20", "26年"),
            ("占5", "%以上"),
            ("第", "14届"),
            ("用A", "I管"),
        ] {
            assert_eq!(broken(a, b), ["verify-parted"], "{a}|{b}");
        }
        for (a, b) in [
            ("Open ", "AI平台"),
            ("理顺——", "再谈"),
            ("增长5%", "以上"),
            ("https://a.example/aaaaaaa", "aaaaaaaaaaaa"),
        ] {
            assert!(broken(a, b).is_empty(), "{a}|{b}");
        }
    }
}

//! 像发言而放不进书里的文字。
//!
//! 为什么：看上去是发言、标题或发言人的一行，没有认出来，会被当作普通段落；或者全文是“某某委员发言说”的报道，里面没有一篇篇的发言，不会替人编造。
//!
//! 例：
//!
//! ```text
//! # 市政协举行大会发言
//!
//! 3月12日，市政协举行大会发言。
//!
//! 秦守拙委员代表市工商联发言说，要让老店重新开门，一店一策解决房租难题。
//!
//! 罗一鸣委员在发言中建议，给每个排口编上号。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
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
//! 修改：不自动改。按“标题、姓名 职务、正文”的次序改写。
//!
//! 依据：本程序读稿的规则。
//! ---
//! Words that look like a speech and have no place in the book.
//!
//! Why: a line that looks like a speech, a heading or a speaker was not understood and stands as a plain
//! paragraph; or the whole text is a report (so-and-so said), which holds no speeches, and none are invented.
//!
//! Example:
//!
//! ```text
//! # 市政协举行大会发言
//!
//! 3月12日，市政协举行大会发言。
//!
//! 秦守拙委员代表市工商联发言说，要让老店重新开门，一店一策解决房租难题。
//!
//! 罗一鸣委员在发言中建议，给每个排口编上号。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
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
//! Fix: none. Write it as heading, `name roles`, text.
//!
//! Source: how jianbao reads.

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;
use crate::normalize::Observation;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/unreadable-shape",
    severity: Severity::Warning,
    on: true,
    file: include_str!("unreadable_shape.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for observation in subject.observations {
        match observation {
            Observation::Report { span } => {
                findings.push(*span, Say::new("check-report")).help(Say::new("check-report-help"));
            }
            Observation::Unreadable { span } => {
                findings.push(*span, Say::new("check-unreadable")).help(Say::new("check-unreadable-help"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::SourceText;
    use crate::config::Config;
    use crate::tree::{FileId, Proceedings, Span};

    #[test]
    fn every_observation_is_said_at_its_place() {
        let text = "某某委员发言说。\n甲乙丙\n";
        let texts = [SourceText::new(FileId(0), "a.txt", text, true)];
        let place = |start, end, line| Some(Span::new(FileId(0), start, end, line));
        let observations = [
            Observation::Report { span: place(0, 24, 1) },
            Observation::Unreadable { span: place(25, 34, 2) },
            Observation::Report { span: None },
        ];
        let (tree, config) = (Proceedings::default(), Config::default());
        let subject = Subject::new(&tree, &texts, &observations, &config);
        let found: Vec<_> = crate::check::rules::testing::run_one(&RULE, &subject)
            .into_iter()
            .map(|f| (f.say.id, f.span.map(|s| s.start)))
            .collect();
        assert_eq!(
            found,
            [("check-report", None), ("check-report", Some(0)), ("check-unreadable", Some(25))]
        );
        let clean = Subject::new(&tree, &texts, &[], &config);
        assert_eq!(crate::check::rules::testing::run_one(&RULE, &clean), []);
    }
}

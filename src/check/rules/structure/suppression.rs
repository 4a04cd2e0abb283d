//! “忽略”注释不完整、写错规则名，或已经用不着。
//!
//! 为什么：`<!-- jianbao: ignore 规则 理由 -->` 让一条提醒不再出现。不写理由，以后没有人知道当初为什么放过；规则名写错，注释不起作用；文字改好之后注释还留着，会放过新的差错。没有这种注释的稿子不会有这条提醒。
//!
//! 例：
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀瑾 市政协委员
//!
//! <!-- jianbao: ignore text/doubled-word -->
//! 先把电线理顺。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀瑾 市政协委员
//!
//! 先把电线理顺。
//! ```
//!
//! 修改：用不着的注释可以删去，删去是可靠的；其余的没有修改，理由要由人来写。
//!
//! 依据：通行的做法：放过一处提醒，要写明理由。
//! ---
//! A comment that says `ignore` lacks its reason, names no rule, or is no longer needed.
//!
//! Why: `<!-- jianbao: ignore RULE reason -->` silences a finding. Without a reason nobody will know
//! why; with a wrong name it does nothing; left behind after the text was mended it hides the next
//! mistake. A source without such comments never has this finding.
//!
//! Example:
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀瑾 市政协委员
//!
//! <!-- jianbao: ignore text/doubled-word -->
//! 先把电线理顺。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀瑾 市政协委员
//!
//! 先把电线理顺。
//! ```
//!
//! Fix: a comment that is not needed is deleted, which is safe; there is none for the others, since a
//! person must write the reason.
//!
//! Source: common practice: what is let pass is let pass with a reason.

use crate::check::finding::Findings;
use crate::check::suppress::{self, Suppression};
use crate::check::{Choice, Finding, Fix, Rule, Severity, Subject, choice};
use crate::messages::Say;
use crate::tree::Span;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "structure/suppression",
    severity: Severity::Warning,
    on: true,
    file: include_str!("suppression.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for suppression in suppress::find(subject).iter().filter(|s| !s.is_valid()) {
        let say = match suppression.unknown() {
            _ if suppression.rules.is_empty() => Say::new("suppression-no-rule"),
            Some((name, _)) => Say::new("suppression-unknown-rule").with("rule", name),
            None => Say::new("suppression-no-reason").with("rule", suppression.rules.join(", ")),
        };
        let finding = findings.push(Some(suppression.span), say);
        match suppression.unknown() {
            Some((_, Some(nearest))) => finding.help(Say::new("config-nearest").with("nearest", nearest)),
            _ => finding.help(Say::new("suppression-help")),
        };
    }
}

/// The comments whose rules ran and found nothing there.
pub(in crate::check) fn unused(
    subject: &Subject<'_>,
    choice: &Choice,
    suppressions: &[Suppression],
    used: &[bool],
) -> Vec<Finding> {
    let Some(chosen) = choice.rules().iter().find(|c| c.rule.name == RULE.name) else { return Vec::new() };
    let mut findings = Findings::new(&RULE);
    for (suppression, _) in suppressions.iter().zip(used).filter(|(s, used)| s.is_valid() && !**used) {
        let ran = |name: &String| choice.rules().iter().any(|c| choice::means(name, c.rule.name));
        if suppression.rules.iter().all(ran) {
            let say = Say::new("suppression-unused").with("rule", suppression.rules.join(", "));
            let finding = findings.push(Some(suppression.span), say);
            finding.severity = chosen.severity.unwrap_or(Severity::Info);
            if let Some(span) = deletable(subject, suppression.span) {
                finding.fix(Fix::one(true, span, ""));
            }
        }
    }
    findings.finish()
}

/// The comment with the blanks before it; with its line, when nothing else stands there.
fn deletable(subject: &Subject<'_>, span: Span) -> Option<Span> {
    let text = subject.text(span.file)?;
    let start = text.get(..span.start)?.trim_end_matches([' ', '\t']).len();
    let rest = text.get(span.end..)?;
    let after = rest.trim_start_matches([' ', '\t']);
    let is_alone = start == 0 || text[..start].ends_with('\n');
    let line_end = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'));
    match (is_alone, line_end) {
        (true, Some(next)) => Some(Span { start, end: text.len() - next.len(), ..span }),
        _ => Some(Span { start, ..span }),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::rules::testing::{found, said};

    const HEAD: &str = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n";

    #[test]
    fn incomplete_comments_are_told() {
        for (comment, expected) in [
            ("<!-- jianbao: ignore font/missing-glyph 原文如此 -->", 0),
            ("<!-- jianbao：忽略 font/missing-glyph、text 原文如此 -->", 0),
            ("<!-- 一般的注释 -->", 0),
            ("<!--> <!---> <!--", 0),
            ("<!-- jianbao: ignore font/missing-glyph -->", 1),
            ("<!-- jianbao: ignore 原文如此 -->", 1),
            ("<!-- jianbao: ignore font/missing 原文如此 -->", 1),
        ] {
            let source = format!("{HEAD}{comment}\n首句。正文。\n");
            assert_eq!(found(&super::RULE, &source).len(), expected, "{comment}");
        }
    }

    #[test]
    fn an_unknown_rule_is_told_with_the_nearest() {
        let source = format!("{HEAD}<!-- jianbao: ignore font/missing-gliph 原文如此 -->\n首句。正文。\n");
        assert!(said(&super::RULE, &source)[0].contains("font/missing-gliph"));
    }
}

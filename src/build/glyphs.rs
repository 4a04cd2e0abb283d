//! Characters that cannot be printed: what the rule `font/missing-glyph` finds, told by every build.

use crate::build::{Book, Problem};
use crate::check::Finding;
use crate::fonts::is_mark;
use crate::messages::Say;

/// So many characters are shown at their places; what is beyond is counted in one sentence.
const SHOWN: usize = 5;

/// Findings about characters that cannot be printed, those of names first, and all others.
pub(super) fn parted(findings: Vec<Finding>) -> (Vec<Finding>, Vec<Finding>) {
    let (mut glyphs, others): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|f| f.rule == "font/missing-glyph");
    glyphs.sort_by_key(|f| f.say.id != "glyph-missing-name");
    (glyphs, others)
}

/// Warnings about them.
pub(super) fn warnings(book: &Book, findings: &[Finding]) -> Vec<Problem> {
    let (shown, more) = findings.split_at(findings.len().min(SHOWN));
    let warning = |finding: &Finding| {
        let place = finding.span.and_then(|span| book.place(span));
        let problem = Problem::warning(finding.say.clone()).at(place);
        let problem = Problem { severity: finding.severity.min(problem.severity), ..problem };
        finding.help.iter().fold(problem, |problem, help| problem.help(help.clone()))
    };
    let mut problems: Vec<Problem> = shown.iter().map(warning).collect();
    if !more.is_empty() {
        let chars: Vec<String> = more.iter().map(named).collect();
        let say = Say::new("glyphs-more").count("count", more.len()).with("chars", chars.join(", "));
        problems.push(Problem::warning(say).help(Say::new("glyph-missing-help")));
    }
    problems
}

/// `㛃 U+36C3`
fn named(finding: &Finding) -> String {
    let texts = finding.say.args.iter().filter_map(|(_, arg)| match arg {
        crate::messages::Arg::Text(text) => Some(text.as_str()),
        crate::messages::Arg::Count(_) => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The warning about one character, where a backend meets it.
pub(super) fn missing_glyph(c: char) -> Problem {
    let key = if is_mark(c) { "mark-missing" } else { "glyph-missing" };
    let say = Say::new(key).with("char", c).with("code", format!("U+{:04X}", u32::from(c)));
    Problem::warning(say).help(Say::new("glyph-missing-help"))
}

//! What each block of a file is, where the form does not say it by headings.
//!
//! Most speeches arrive without marks: a bold line, a name and a colon, 【】, a dash and a name behind
//! the words. Which of these a file uses is decided once, for the file as a whole, by what occurs in
//! it; then every block is marked. A file whose headings already stand over its speakers is left to
//! [`levels`](super::levels).

mod credit;
mod evidence;
mod fields;
mod front;
mod furniture;
mod joins;
mod lines;
mod marks;
mod report;
mod split;

pub(super) use marks::Mark;

use crate::normalize::speaker::label::Label;
use crate::normalize::{Context, Observation};
use crate::source::RawBlock;
use crate::tree::Block;
use evidence::Evidence;

/// How the structure of a file is found.
pub(super) enum Plan {
    /// By the levels of its headings.
    ByLevels(Vec<Block>),
    /// By the marks put on its blocks.
    Marked(Vec<Marked>),
}

/// A block with its mark.
pub(super) struct Marked {
    pub(super) mark: Mark,
    pub(super) block: Block,
    /// The speakers that the block names, when it is their line.
    pub(super) label: Option<Label>,
}

/// Words that announce a speaker.
const LABELS: &[&str] =
    &["发言人：", "发言人:", "发言者：", "发言者:", "宣读人：", "宣读人:", "发言单位：", "发言单位:"];

/// Facts of a page that are no part of its text: 来源, 编辑.
pub(super) type Facts = Vec<(&'static str, String)>;

/// Finds the plan of one file. `is_markdown` tells that headings are written as such, so that a file
/// without any has none.
pub(super) fn plan(raw: Vec<RawBlock>, is_markdown: bool, context: &mut Context<'_>) -> (Plan, Facts) {
    let (raw, facts) = furniture::take(raw, is_markdown);
    let mut lines = lines::of(fields::unfold(raw));
    let evidence = Evidence::of(&lines);
    evidence.settle(&mut lines);
    // 发言人：, and then nothing that could be one.
    for line in lines.iter().filter(|l| !l.is_start() && LABELS.iter().any(|w| l.text.starts_with(w))) {
        context.observations.push(Observation::Unreadable { span: line.raw.block.span });
    }
    let has_headings = lines.iter().any(|l| l.is_heading());
    let plan = if evidence.is_by_levels(&lines, has_headings, is_markdown) {
        let is_report = !evidence.names_somebody() && report::find(&lines, context);
        match is_report {
            true => Plan::Marked(marks::of_report(lines)),
            false => Plan::ByLevels(lines.into_iter().map(|l| l.raw.block).collect()),
        }
    } else if evidence.starts(&lines) == 0 {
        match report::find(&lines, context) {
            true => Plan::Marked(marks::of_report(lines)),
            false => Plan::Marked(marks::of_unnamed(lines)),
        }
    } else {
        Plan::Marked(marks::of(lines))
    };
    (plan, facts)
}

//! A report tells about speeches (`林颂委员代表民革市委会发言说`); it holds none.

use crate::normalize::outline::lines::{Kind, Line};
use crate::normalize::speaker::is_person;
use crate::normalize::{Context, Observation};

/// What follows a person in a report.
const VERBS: &[&str] = &[
    "发言说",
    "发言时",
    "发言中",
    "的发言",
    "作发言",
    "作了",
    "建议",
    "认为",
    "表示",
    "提出",
    "指出",
    "呼吁",
    "谈到",
    "介绍",
    "强调",
    "说，",
    "说：",
    "说,",
    "说:",
    "代表",
];

/// Whether the text reports; then it is noted where.
pub(super) fn find(lines: &[Line], context: &mut Context<'_>) -> bool {
    let reports: Vec<&Line> =
        lines.iter().filter(|l| l.kind == Kind::Text && tells_of_speaking(&l.text)).collect();
    if let Some(first) = reports.first() {
        context.observations.push(Observation::Report { span: first.raw.block.span });
    }
    !reports.is_empty()
}

fn tells_of_speaking(text: &str) -> bool {
    let near = |from: usize| {
        let after: String = text[from..].chars().take(24).collect();
        let after = after.split('。').next().unwrap_or_default().to_owned();
        VERBS.iter().any(|v| after.contains(v))
    };
    for office in ["委员", "常委", "代表", "主委", "副主席"] {
        for (at, _) in text.match_indices(office) {
            let end = at + office.len();
            let before: Vec<char> = text[..at].chars().rev().take(3).collect();
            let name_before =
                (2..=before.len()).any(|n| is_person(&before[..n].iter().rev().collect::<String>()));
            let after: Vec<char> = text[end..].chars().take(3).collect();
            let name_after = (2..=after.len()).any(|n| is_person(&after[..n].iter().collect::<String>()));
            if (name_before || name_after) && near(end) {
                return true;
            }
        }
    }
    false
}

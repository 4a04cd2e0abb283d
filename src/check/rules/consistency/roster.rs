//! 发言人的姓名、职务或先后，和委员名单不一致。
//!
//! 为什么：姓名写错一字、职务用了旧的、先后颠倒，是简报里最不能有的差错；名单是经办人自己的，程序不带任何固定的排序。没有在设置里写 roster 就不查；名单没有写职务或顺序的人，不查职务或顺序；只有机构、没有姓名的发言不查。
//!
//! 名单：
//!
//! ```csv
//! 姓名,职务,顺序
//! 沈怀瑾,市政协委员、市第一医院院长,1
//! 陆鸣,市政协委员,2
//! ```
//!
//! 例：
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀谨 市政协委员，市第一医院院长
//!
//! 先把电线理顺。
//! ```
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀瑾 市政协委员，市第一医院副院长
//!
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
//! 沈怀瑾 市政协委员，市第一医院院长
//!
//! 先把电线理顺。
//! ```
//!
//! 修改：只差一个字的姓名可改成名单上的，要人看过（--unsafe-fixes）；职务和先后没有修改。
//!
//! 依据：主办单位的委员名单。
//! ---
//! A speaker's name, roles or place differ from the list of members.
//!
//! Why: a name with one wrong character, a role of last year, two speakers in the wrong order are the
//! mistakes a briefing must not have. The list is the user's own, and no order is built in. Without
//! `roster` in the settings nothing is looked for; what the list does not say of a member (roles, order)
//! is not compared; nor are speeches in the name of a body alone.
//!
//! List:
//!
//! ```csv
//! 姓名,职务,顺序
//! 沈怀瑾,市政协委员、市第一医院院长,1
//! 陆鸣,市政协委员,2
//! ```
//!
//! Example:
//!
//! ```text
//! # 澜州大会发言
//!
//! ### 修好老街 留住街坊
//!
//! 沈怀谨 市政协委员，市第一医院院长
//!
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
//! 沈怀瑾 市政协委员，市第一医院院长
//!
//! 先把电线理顺。
//! ```
//!
//! Fix: a name that differs in one character can become that of the list, when a person has looked
//! (--unsafe-fixes); there is none for roles and order.
//!
//! Source: the list of members of whoever holds the meeting.

use crate::check::finding::Findings;
use crate::check::tables::{Member, Roster};
use crate::check::{Fix, Passage, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::{Span, Speaker};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/roster",
    severity: Severity::Warning,
    on: true,
    file: include_str!("roster.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(roster) = subject.roster else { return };
    let lines = subject.passages.iter().filter(|p| p.kind == PassageKind::Speaker);
    let speakers = subject.tree.speeches.iter().flat_map(|s| &s.speakers);
    let mut ordered: Vec<(u32, &Speaker, Option<Span>)> = Vec::new();
    for (speaker, line) in speakers.zip(lines).filter(|(s, _)| !s.name.is_empty()) {
        let span = line.extent();
        let members: Vec<&Member> = roster.members.iter().filter(|m| m.name == speaker.name).collect();
        if members.is_empty() {
            stranger(speaker, line, roster, findings);
            continue;
        }
        if !members.iter().any(|m| m.roles.is_empty() || same_roles(&m.roles, &speaker.roles)) {
            let listed: Vec<String> = members.iter().map(|m| m.roles.join("、")).collect();
            let say = Say::new("roster-roles")
                .with("name", &speaker.name)
                .with("roles", speaker.roles.join("、"))
                .with("listed", listed.join("；"));
            findings.push(span, say).help(Say::new("roster-help"));
        }
        if let [Member { order: Some(order), .. }] = members.as_slice() {
            ordered.push((*order, speaker, span));
        }
    }
    let numbers: Vec<u32> = ordered.iter().map(|(order, ..)| *order).collect();
    let in_order = rising(&numbers);
    for (k, (order, speaker, span)) in ordered.iter().enumerate().filter(|(k, _)| !in_order[*k]) {
        // The nearest one that stands right and is to come first or last.
        let say = match (0..k).rev().find(|j| in_order[*j] && numbers[*j] > *order) {
            Some(j) => Say::new("roster-before").with("other", &ordered[j].1.name),
            None => match (k + 1..numbers.len()).find(|j| in_order[*j] && numbers[*j] < *order) {
                Some(j) => Say::new("roster-after").with("other", &ordered[j].1.name),
                None => continue,
            },
        };
        findings.push(*span, say.with("name", &speaker.name)).help(Say::new("roster-order-help"));
    }
}

fn stranger(speaker: &Speaker, line: &Passage, roster: &Roster, findings: &mut Findings) {
    let differs = |m: &&Member| strsim::osa_distance(&m.name, &speaker.name) == 1;
    let near = Some(&speaker.name).filter(|n| n.chars().count() > 1);
    let nearest = near.and_then(|_| roster.members.iter().find(differs));
    let range = line.text.find(&speaker.name).map(|at| at..at + speaker.name.len());
    let span = range.clone().and_then(|r| line.span(r)).or_else(|| line.extent());
    let finding = findings.push(span, Say::new("roster-stranger").with("name", &speaker.name));
    match nearest {
        Some(member) => finding.help(Say::new("config-nearest").with("nearest", &member.name)),
        None => finding.help(Say::new("roster-help")),
    };
    if let (Some(member), Some(range), Some(span)) = (nearest, range, span)
        && line.is_exact(range)
    {
        finding.fix(Fix::one(false, span, member.name.clone()));
    }
}

/// The same roles in the same order, whatever parts them.
fn same_roles(listed: &[String], printed: &[String]) -> bool {
    let bare = |roles: &[String]| -> String {
        roles
            .concat()
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '，' | '、' | ',' | '；'))
            .collect()
    };
    bare(listed) == bare(printed)
}

/// Which numbers belong to a longest run that never falls: the others stand out of order.
fn rising(numbers: &[u32]) -> Vec<bool> {
    // The end of the best run of each length, and for each number the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (k, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|e| numbers[*e] <= *number);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        ends.truncate(ends.len().max(length));
        if length == ends.len() { ends.push(k) } else { ends[length] = k }
    }
    let mut inside = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(k) = at {
        inside[k] = true;
        at = before[k];
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::findings_with;
    use crate::messages::{Catalog, Lang};

    const LIST: &str = "姓名,职务,顺序\n沈怀瑾,市政协委员、市医院院长,1\n于博,市政协委员,2\n古丽娜·艾山,,3\n秦岭,市政协委员,\n";

    fn said(speakers: &[&str]) -> Vec<String> {
        let speeches: Vec<String> =
            speakers.iter().map(|s| format!("### 甲 乙\n\n{s}\n\n首句。正文。\n\n")).collect();
        let source = format!("# 题\n\n{}", speeches.concat());
        let roster = Roster::parse(LIST.as_bytes()).unwrap();
        let catalog = Catalog::new(Lang::Zh);
        let found = findings_with(&RULE, &source, None, Some(&roster));
        found.iter().map(|f| catalog.say(&f.say)).collect()
    }

    #[test]
    fn silent_where_all_is_as_listed() {
        let right =
            ["沈怀瑾 市政协委员,市医院院长", "于　博 市政协委员", "古丽娜·艾山（女，维吾尔族） 市政协常委"];
        assert_eq!(said(&right), [""; 0]);
        assert_eq!(said(&["秦岭 市政协委员", "沈怀瑾 市政协委员，市医院院长"]), [""; 0]);
    }

    #[test]
    fn names_roles_and_order_are_told() {
        assert_eq!(said(&["沈怀谨 市政协委员"]).len(), 1);
        assert_eq!(said(&["沈怀瑾 市政协委员,市医院副院长"]).len(), 1);
        let swapped = said(&["于博 市政协委员", "沈怀瑾 市政协委员，市医院院长", "古丽娜·艾山 市政协委员"]);
        assert_eq!(swapped.len(), 1, "{swapped:?}");
    }

    #[test]
    fn the_fewest_are_out_of_order() {
        assert_eq!(rising(&[1, 2, 9, 3, 3, 4]), [true, true, false, true, true, true]);
        assert_eq!(rising(&[]), [false; 0]);
        assert_eq!(rising(&[5, 1, 2, 3]), [false, true, true, true]);
    }
}

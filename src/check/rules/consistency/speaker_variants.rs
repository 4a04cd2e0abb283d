//! 同一姓名有两套职务，或两个姓名只差一字而职务相同。
//!
//! 为什么：姓名错一个字是大事。同一个人职务前后不一，或“林颂”“林硕”职务完全一样，总有一处写错。后一次只写一部分职务、联合发言、姓名后注明性别民族以示区别的同名者，不报；只有“市政协委员”这类许多人都有的职务相同，也不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 管好养老饭桌
//!
//! 罗一鸣 市政协常委，市中医医院院长
//!
//! 每村至少一处助餐点。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 管好养老饭桌
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 每村至少一处助餐点。
//! ```
//!
//! 修改：不自动改。查名单，改正姓名或职务。
//!
//! 依据：校对惯例（姓名、职务与名单一致）。
//! ---
//! One name with two sets of roles, or two names one character apart with the same roles.
//!
//! Why: a wrong character in a name is a grave matter. When one person's roles differ, or 林颂 and 林硕 hold
//! exactly the same posts, one of the two is wrong. A second mention with some of the roles, joint speakers, namesakes
//! with different notes in brackets, and roles that many hold (市政协委员) raise no alarm.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 管好养老饭桌
//!
//! 罗一鸣 市政协常委，市中医医院院长
//!
//! 每村至少一处助餐点。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 给每个排口编上号。
//!
//! ### 管好养老饭桌
//!
//! 罗一鸣 市政协委员，市水文中心主任
//!
//! 每村至少一处助餐点。
//! ```
//!
//! Fix: none. Look at the list of members and mend name or roles.
//!
//! Source: proof-readers' practice.

use std::collections::BTreeMap;

use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;
use crate::tree::Speaker;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/speaker-variants",
    severity: Severity::Warning,
    on: true,
    file: include_str!("speaker_variants.rs"),
    check,
};

/// A role that more persons hold tells nobody from another.
const HELD_BY_MANY: usize = 8;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let speeches = subject.tree.speeches.iter().enumerate();
    let named: Vec<(usize, &Speaker)> = speeches
        .flat_map(|(k, s)| s.speakers.iter().map(move |who| (k, who)))
        .filter(|(_, s)| !s.name.is_empty())
        .collect();
    same_name(&named, findings);
    near_names(&named, findings);
}

/// One name with two sets of roles; the first mention may say more than the others.
fn same_name(named: &[(usize, &Speaker)], findings: &mut Findings) {
    let mut known: BTreeMap<&str, &Speaker> = BTreeMap::new();
    for (_, speaker) in named.iter().filter(|(_, s)| !s.roles.is_empty()) {
        let Some(first) = known.get(speaker.name.as_str()) else {
            known.insert(&speaker.name, speaker);
            continue;
        };
        let (a, b) = (&first.roles, &speaker.roles);
        let holds =
            |all: &[String], some: &[String]| some.iter().all(|r| all.iter().any(|o| o.contains(r.as_str())));
        // 王敏（女） and 王敏（回族） are two persons.
        let told_apart = !first.notes.is_empty() && !speaker.notes.is_empty() && first.notes != speaker.notes;
        if told_apart || holds(a, b) || holds(b, a) || is_host(first) || is_host(speaker) {
            continue;
        }
        let say = Say::new("check-two-sets-of-roles")
            .with("name", &speaker.name)
            .with("first", a.join("，"))
            .with("second", b.join("，"));
        findings.push(speaker.span, say).help(Say::new("check-two-sets-of-roles-help"));
    }
}

fn is_host(speaker: &Speaker) -> bool {
    speaker.roles.iter().any(|r| r.contains("主持"))
}

/// Two names one character apart that hold the same posts, in different speeches.
fn near_names(named: &[(usize, &Speaker)], findings: &mut Findings) {
    let mut holders: BTreeMap<&str, Vec<(usize, &Speaker)>> = BTreeMap::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (speech, speaker) in named {
        if seen.insert(&speaker.name, *speech).is_some() {
            continue;
        }
        for role in speaker.roles.iter().filter(|r| is_particular(r)) {
            let holders = holders.entry(role).or_default();
            if holders.len() <= HELD_BY_MANY {
                holders.push((*speech, speaker));
            }
        }
    }
    let mut pairs: BTreeMap<(usize, &str, &str), (&Speaker, &str)> = BTreeMap::new();
    for (role, holders) in holders.iter().filter(|(_, h)| h.len() <= HELD_BY_MANY) {
        for (k, (speech, later)) in holders.iter().enumerate() {
            for (other, first) in &holders[..k] {
                if other != speech && are_near(first, later) {
                    pairs.entry((*speech, &later.name, &first.name)).or_insert((later, role));
                }
            }
        }
    }
    for ((_, name, other), (speaker, role)) in pairs {
        let say = Say::new("check-near-names").with("name", name).with("other", other).with("role", role);
        findings.push(speaker.span, say).help(Say::new("check-near-names-help"));
    }
}

/// Whether hardly two persons of one book hold the post.
fn is_particular(role: &str) -> bool {
    const HEADS: &[&str] =
        &["主委", "主席", "院长", "校长", "会长", "董事长", "书记", "主任", "局长", "总经理", "馆长"];
    let count = role.chars().count();
    let is_of_conference = role.contains("政协")
        && (role.ends_with("委员") || role.ends_with("常委") || role.contains("副主席"));
    let is_head = HEADS.iter().any(|h| role.ends_with(h)) && !role.contains('副');
    !is_of_conference && (is_head && count >= 5 || count >= 8)
}

/// One character apart. With short names, which have little but the surname in common, all roles
/// must be the same.
fn are_near(a: &Speaker, b: &Speaker) -> bool {
    let length = a.name.chars().count().min(b.name.chars().count());
    let same_roles = a.roles == b.roles;
    length >= 2 && strsim::levenshtein(&a.name, &b.name) == 1 && (same_roles || length >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn book(lines: &[&str]) -> String {
        let one = |(k, line): (usize, &&str)| format!("### 第{k}件事\n\n{line}\n\n办好这件事。\n\n");
        format!("# 建言新城\n\n{}", lines.iter().enumerate().map(one).collect::<String>())
    }

    #[test]
    fn variants() {
        for lines in [
            &["林颂 市政协常委，江城大学院长", "林颂 市政协委员，江城中学校长"][..],
            &["林颂 市政协常委，台盟市委副主委", "林颂 市政协常委，民盟市委副主委"],
            &["林颂 市政协常委，江城大学社会学院教授", "林硕 市政协常委，江城大学社会学院教授"],
            &["林颂 江城大学校长", "林硕 江城大学校长"],
            &["沈怀瑾 市政协常委，民盟市委主委", "沈怀谨 市政协常委，民盟市委主委"],
            &["沈怀瑾 市政协常委，民盟市委主委", "沈怀谨 市政协委员，民盟市委主委"],
            &["欧阳娜娜 市政协委员，市歌舞剧院院长", "欧阳娜 市政协委员，市歌舞剧院院长"],
            &["林颂、于博 市政协委员，江城大学医学院教授", "林硕 市政协委员，江城大学医学院教授"],
        ] {
            assert_eq!(found(&RULE, &book(lines)).len(), 1, "{lines:?}");
        }
    }

    #[test]
    fn persons_who_may_be_two_or_one() {
        for lines in [
            &["林颂 市政协常委，江城大学院长", "林颂 市政协常委，江城大学院长"][..],
            &["林颂 市政协常委，江城大学院长", "林颂 市政协常委"],
            &["林颂 市政协常委", "林颂 市政协常委，江城大学院长"],
            &["林颂 市政协委员", "林硕 市政协委员"],
            &["林颂 市政协委员，民盟市委委员", "林硕 市政协委员，民盟市委委员"],
            &["林颂、林硕 市政协委员，江城大学医学院教授"],
            &["王敏（女） 市政协委员，江城大学院长", "王敏（回族） 市政协委员，江城中学校长"],
            &["林颂 市政协常委，江城大学社会学院教授", "于博 市政协常委，江城大学社会学院教授"],
            &["林颂 市政协常委，江城大学社会学院教授", "林硕 市政协常委，江城大学机械学院教授"],
            &["林颂 市政协副主席", "林硕 市政协副主席"],
            &["市工商联", "市妇联"],
        ] {
            assert_eq!(found(&RULE, &book(lines)), [""; 0], "{lines:?}");
        }
    }
}

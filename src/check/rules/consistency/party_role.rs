//! 发言人的党派前后矛盾。
//!
//! 为什么：一个人不会同时是两个民主党派的成员，也不会既是无党派人士又是党派成员；各党派成员的称呼也是固定的（民盟盟员、民建会员、九三学社社员）。民主党派成员在中共党校任教、兼有中共党籍等情形确有其例，不报。
//!
//! 例：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，民盟市委副主委，民建市委委员
//!
//! 给每个排口编上号。
//! ```
//!
//! 改为：
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，民盟市委副主委，市水文中心主任
//!
//! 给每个排口编上号。
//! ```
//!
//! 修改：不自动改。查名单，改正党派。
//!
//! 依据：各民主党派章程；中国人民政治协商会议章程。
//! ---
//! A speaker's roles contradict each other about the party.
//!
//! Why: nobody belongs to two of the eight democratic parties, or is 无党派 and a party's member; and each party
//! calls its members by a fixed word (民盟盟员, 民建会员, 九三学社社员). Members of these parties who teach at a
//! Party school or also belong to the CPC exist and raise no alarm.
//!
//! Example:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，民盟市委副主委，民建市委委员
//!
//! 给每个排口编上号。
//! ```
//!
//! Use instead:
//!
//! ```text
//! # 为建设宜居新城建言
//!
//! ### 守好一江清水
//!
//! 罗一鸣 市政协委员，民盟市委副主委，市水文中心主任
//!
//! 给每个排口编上号。
//! ```
//!
//! Fix: none. Look at the list of members and mend the party.
//!
//! Source: the parties' constitutions; the charter of the CPPCC.

use std::collections::HashMap;

use crate::check::finding::Findings;
use crate::check::{Passage, PassageKind, Rule, Severity, Subject};
use crate::messages::Say;
use crate::normalize::party;
use crate::tree::{Party, Speaker};

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/party-role",
    severity: Severity::Warning,
    on: true,
    file: include_str!("party_role.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lines = subject.passages.iter().filter(|p| p.kind == PassageKind::Speaker);
    let lines: HashMap<&str, &Passage> = lines.map(|p| (p.node.as_str(), p)).collect();
    for speaker in subject.tree.speeches.iter().flat_map(|s| &s.speakers) {
        // Joint speakers share roles, which are printed with the last.
        if speaker.title.is_empty() && !speaker.roles.is_empty() {
            continue;
        }
        let Some((word, say)) = contradiction(speaker) else { continue };
        let line = lines.get(speaker.id.as_str());
        let place = line.and_then(|p| p.span(p.text.find(word).map(|at| at..at + word.len())?));
        findings.push(place.or(speaker.span), say).help(Say::new("check-party-help"));
    }
}

/// The words that cannot be true beside others, and why.
fn contradiction(speaker: &Speaker) -> Option<(&str, Say)> {
    let words = || speaker.roles.iter().chain(&speaker.notes);
    for word in words() {
        if let Some((party, wrong)) = misnamed(word) {
            let right = member_word(party);
            let say =
                Say::new("check-party-member").with("party", party).with("wrong", wrong).with("right", right);
            return Some((word, say));
        }
    }
    let mut belongs: Option<Party> = None;
    let mut is_without = false;
    for word in words().chain(&speaker.organisation) {
        is_without |= is_without_party(word);
        let Some(party) = membership(word) else { continue };
        // Of the CPC one may be beside a democratic party.
        if party == Party::Cpc && belongs.is_some() {
            continue;
        }
        match belongs {
            Some(first) if first != party && first != Party::Cpc => {
                return Some((
                    word,
                    Say::new("check-two-parties").with("first", first).with("second", party),
                ));
            }
            _ => belongs = Some(party),
        }
    }
    let without = words().find(|w| is_without_party(w)).filter(|_| is_without)?;
    belongs.map(|party| (without.as_str(), Say::new("check-party-and-none").with("party", party)))
}

/// 无党派, 无党派人士, 无党派人士界; an association of such persons is none.
fn is_without_party(word: &str) -> bool {
    let place = word.trim_start_matches(['省', '市', '区', '县']);
    ["无党派", "无党派人士", "无党派界", "无党派人士界", "无党派代表人士"].contains(&place)
}

/// The party whose member or officer a role says one is. A party's school, hospital or studio
/// takes others too.
fn membership(word: &str) -> Option<Party> {
    const OFFICES: &[&str] = &[
        "主委",
        "委员",
        "常委",
        "主席",
        "秘书长",
        "党员",
        "盟员",
        "会员",
        "社员",
        "成员",
        "主任",
        "委会",
        "委员会",
        "市委",
        "省委",
        "区委",
        "县委",
        "界",
        "中央",
    ];
    let party = party(std::slice::from_ref(&word.to_owned()))?;
    let core = word.trim_end_matches(['）', ')']);
    let is_office =
        core == party.short() || core == party.full() || OFFICES.iter().any(|o| core.ends_with(o));
    // 代表民革、民盟市委会 names two bodies, neither of them the speaker's.
    let names_several = Party::ALL.iter().filter(|p| core.contains(p.short())).count() > 1;
    (is_office && !names_several).then_some(party)
}

fn member_word(party: Party) -> &'static str {
    match party {
        Party::Cpc | Party::Rcck | Party::Cpwdp | Party::Zhigong => "党员",
        Party::Cdl | Party::Taimeng => "盟员",
        Party::Cndca | Party::Capd => "会员",
        Party::Jiusan => "社员",
    }
}

/// 民建盟员: the word of another party.
fn misnamed(word: &str) -> Option<(Party, &'static str)> {
    Party::ALL.into_iter().find_map(|party| {
        let wrong = ["党员", "盟员", "会员", "社员"].into_iter().find(|w| {
            *w != member_word(party)
                && word.strip_suffix(w).is_some_and(|p| p == party.short() || p == party.full())
        });
        wrong.map(|w| (party, w))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn book(line: &str) -> String {
        format!("# 建言新城\n\n### 甲事要办好\n\n{line}\n\n办好这件事。\n")
    }

    #[test]
    fn contradictions() {
        for (line, place) in [
            ("林颂 市政协委员，民盟市委主委，民建市委委员", "民建市委委员"),
            ("林颂 市政协常委，九三学社市委副主委，台盟盟员", "台盟盟员"),
            ("林颂 民革党员，中国民主同盟盟员", "中国民主同盟盟员"),
            ("林颂 市政协委员，无党派人士，民进市委委员", "无党派人士"),
            ("林颂 市政协委员，中共党员，无党派人士", "无党派人士"),
            ("林颂 市政协委员，民建盟员", "民建盟员"),
            ("林颂 市政协委员，九三学社会员", "九三学社会员"),
            ("林颂（民建） 市政协委员，民盟市委委员", "民建"),
            ("林颂 市政协委员，致公党市委主委，农工党市委副主委", "农工党市委副主委"),
        ] {
            assert_eq!(found(&RULE, &book(line)), [place], "{line}");
        }
    }

    #[test]
    fn what_may_stand_together() {
        for line in [
            "林颂 市政协委员，民盟市委主委，江城大学教授",
            "林颂 市政协委员，民盟市委主委，民盟中央常委",
            "林颂 市政协委员，民盟市委主委，中共江城市委党校教授",
            "林颂 市政协委员，中共党员，民盟盟员",
            "林颂 市政协委员，九三学社社员",
            "林颂 市政协委员，市无党派人士联谊会会长，民盟盟员",
            "林颂 市政协委员，市人民建议征集办公室主任，民盟盟员",
            "林颂 市政协委员，民革中央画院画师，民盟盟员",
            "林颂 市政协委员，市工商联副主席，民建会员",
            "林颂（无党派） 市政协委员",
            "林颂 市政协委员，农工党党员",
            "林颂、于博 市政协委员，民盟盟员",
            "林颂（代表民革市委会）",
        ] {
            assert_eq!(found(&RULE, &book(line)), [""; 0], "{line}");
        }
    }
}

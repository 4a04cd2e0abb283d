//! What a role says of its bearer: party, affiliation, sector.

use crate::normalize::fold::folded;
use crate::tree::Party;

/// People's organisations that are sectors of the conference, and 无党派, with the short name each
/// is listed by. Source: the sectors (界别) of the national committee of the CPPCC.
const AFFILIATIONS: &[(&str, &str)] = &[
    ("工商业联合会", "工商联"),
    ("工商联", "工商联"),
    ("无党派", "无党派"),
    ("总工会", "总工会"),
    ("妇女联合会", "妇联"),
    ("妇联", "妇联"),
    ("共青团", "共青团"),
    ("青年联合会", "青联"),
    ("青联", "青联"),
    ("科学技术协会", "科协"),
    ("科协", "科协"),
    ("归国华侨联合会", "侨联"),
    ("侨联", "侨联"),
    ("台湾同胞联谊会", "台联"),
    ("台联", "台联"),
];

/// The sectors (界别) a role may name.
const SECTORS: &[&str] = &[
    "文化艺术界",
    "文艺界",
    "科学技术界",
    "科技界",
    "社会科学界",
    "社科界",
    "经济界",
    "农业和农村界",
    "农业界",
    "教育界",
    "体育界",
    "新闻出版界",
    "医药卫生界",
    "对外友好界",
    "社会福利和社会保障界",
    "少数民族界",
    "宗教界",
    "环境资源界",
    "特邀界",
    "法律界",
];

/// What may follow a party's short name where it is the party and not a piece of another word:
/// 民建市委 is one, 人民建议 is none.
const AFTER_PARTY: &[&str] = &[
    "中央",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
    "委",
    "总支",
    "支部",
    "基层",
    "党员",
    "盟员",
    "会员",
    "社员",
    "成员",
    "主委",
    "副主委",
    "主席",
    "副主席",
    "界",
    "党组",
    "党委",
    "书记",
];

/// The first party that any of the roles names.
pub(crate) fn party(roles: &[String]) -> Option<Party> {
    roles.iter().find_map(|role| Party::ALL.into_iter().find(|party| names_party(role, *party)))
}

fn names_party(role: &str, party: Party) -> bool {
    if role.starts_with(party.short()) || role.contains(party.full()) {
        return true;
    }
    // Inside a role (武汉市民建副主委) only between a place or nothing and an office.
    role.match_indices(party.short()).any(|(at, short)| {
        let after = &role[at + short.len()..];
        let place = role[..at].ends_with(['省', '市', '区', '县', '州', '任', '兼']);
        place && AFTER_PARTY.iter().any(|word| after.starts_with(word))
    })
}

/// The first affiliation that any of the roles or notes names.
pub(super) fn affiliation<'a>(words: impl IntoIterator<Item = &'a String>) -> Option<String> {
    words.into_iter().find_map(|word| {
        AFFILIATIONS.iter().find(|(name, _)| word.contains(name)).map(|(_, short)| (*short).to_owned())
    })
}

/// The first sector that any of the roles or notes names.
pub(super) fn sector<'a>(words: impl IntoIterator<Item = &'a String>) -> Option<String> {
    words.into_iter().find_map(|word| {
        SECTORS.iter().find(|sector| word.contains(*sector)).map(|sector| (*sector).to_owned())
    })
}

/// What the words of an office or profession end in.
const OFFICES: &[&str] = &[
    "委员",
    "常委",
    "政委",
    "主席",
    "主委",
    "书记",
    "主任",
    "代表",
    "长",
    "员",
    "师",
    "教授",
    "院士",
    "理事",
    "监事",
    "董事",
    "经理",
    "总裁",
    "总监",
    "秘书",
    "参事",
    "顾问",
    "专家",
    "学者",
    "主编",
    "总编",
    "编辑",
    "记者",
    "导演",
    "编剧",
    "作家",
    "画家",
    "书法家",
    "艺术家",
    "企业家",
    "科学家",
    "作曲家",
    "收藏家",
    "指挥",
    "检察官",
    "法官",
    "警官",
    "医生",
    "农民",
    "工人",
    "职工",
    "司机",
    "支书",
    "法人",
    "负责人",
    "合伙人",
    "传承人",
    "创始人",
    "发起人",
    "带头人",
    "主持人",
    "发言人",
    "召集人",
    "联络人",
    "经纪人",
    "干事",
    "干部",
    "博士",
    "硕士",
    "助理",
    "协理",
    "领事",
    "大使",
    "参赞",
    "学生",
    "研究生",
    "志愿者",
    "劳模",
    "劳动模范",
    "工作者",
    "创业者",
    "村民",
    "导师",
    "代办",
    "馆主",
    "会首",
    "CEO",
    "CTO",
    "CFO",
    "COO",
    "CIO",
    "大学",
    "学院",
    "公司",
    "集团",
    "医院",
    "研究所",
    "研究院",
    "中学",
    "小学",
    "界别组",
];

/// Offices that no common phrase ends in: beside one of these a word need not be a known name.
const PLAIN_OFFICES: &[&str] = &[
    "政协",
    "人大",
    "委员",
    "常委",
    "主席",
    "主委",
    "书记",
    "会长",
    "局长",
    "院长",
    "校长",
    "教授",
    "董事长",
    "总经理",
    "理事长",
    "主任",
    "研究员",
    "工程师",
];

/// Whether the words name an office beyond doubt.
pub(super) fn is_plain_office(text: &str) -> bool {
    PLAIN_OFFICES.iter().any(|office| text.contains(office))
}

/// Words that end like an office and are none.
const NO_OFFICES: &[&str] =
    &["成长", "增长", "延长", "特长", "生长", "助长", "擅长", "拉长", "动员", "全员", "人员", "出师", "会师"];

/// Whether the words end like an office or profession, or name a party or organisation: 委员, 院长,
/// 工程师, 民盟.
pub(crate) fn is_role(text: &str) -> bool {
    const MEETINGS: &[&str] = &["会议", "大会", "全会", "届"];
    let folded = folded(text);
    let core = folded.trim_end_matches(['）', ')', '。', '；']);
    // Who is addressed speaks not: 各位委员.
    if ["各位", "尊敬的", "亲爱的", "全体", "诸位"].iter().any(|w| core.starts_with(w)) {
        return false;
    }
    // 让社区医院: what is to be done with it.
    if core.starts_with(['让', '把', '使']) {
        return false;
    }
    if core.chars().any(|c| c.is_whitespace()) && core.split_whitespace().count() > 3 {
        return false;
    }
    if MEETINGS.iter().chain(NO_OFFICES).any(|m| core.ends_with(m)) {
        return false;
    }
    let names_body =
        Party::ALL.iter().any(|p| core == p.short()) || AFFILIATIONS.iter().any(|(name, _)| core == *name);
    names_body || OFFICES.iter().any(|office| core.ends_with(office) && core.len() > "长".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(role: &str) -> (Option<Party>, Option<String>) {
        let roles = [role.to_owned()];
        (party(&roles), affiliation(&roles))
    }

    #[test]
    fn parties_and_what_only_looks_like_one() {
        for (role, expected) in [
            ("九三学社市委主委", Some(Party::Jiusan)),
            ("民建江城市委副主委", Some(Party::Cndca)),
            ("市民进副主委", Some(Party::Capd)),
            ("台盟省委副主委", Some(Party::Taimeng)),
            ("中国民主同盟盟员", Some(Party::Cdl)),
            ("中共江城市委副书记", Some(Party::Cpc)),
            ("市人民建议征集办公室主任", None),
            ("市民进修学校校长", None),
            ("农民革命史馆馆长", None),
            ("市政协委员", None),
        ] {
            assert_eq!(of(role).0, expected, "{role}");
        }
    }

    #[test]
    fn organisations_are_affiliations() {
        assert_eq!(of("市工商联副主席"), (None, Some("工商联".into())));
        assert_eq!(of("市妇女联合会主席"), (None, Some("妇联".into())));
        assert_eq!(of("市贸促会会长"), (None, None));
        assert_eq!(sector(&["教育界委员".to_owned()]), Some("教育界".into()));
    }
}

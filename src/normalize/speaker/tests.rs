//! Speaker lines as offices write them, and lines that only look like some.

use super::*;
use crate::tree::Party;

fn of(text: &str) -> Option<Vec<Speaker>> {
    let mut context = Context::default();
    Some(speakers(&[Inline::text(text)], None)?.accept(&mut context))
}

#[test]
fn name_and_roles() {
    let found = of("林颂 市政协常委，台盟省委副主委，江城大学常务副院长、研究所副所长").unwrap();
    assert_eq!(found[0].name, "林颂");
    assert_eq!(found[0].roles, ["市政协常委", "台盟省委副主委", "江城大学常务副院长", "研究所副所长"]);
    assert_eq!(found[0].title, "市政协常委，台盟省委副主委，江城大学常务副院长、研究所副所长");
    assert_eq!(found[0].party, Some(Party::Taimeng));
}

#[test]
fn other_orders_and_forms() {
    for (text, name, roles) in [
        ("于 博 市政协委员", "于博", &["市政协委员"][..]),
        ("于　博　市政协委员", "于博", &["市政协委员"]),
        ("司马 迁 市政协常委", "司马迁", &["市政协常委"]),
        ("欧阳 娜娜 市政协委员", "欧阳娜娜", &["市政协委员"]),
        ("市政协委员 林颂", "林颂", &["市政协委员"]),
        ("政协委员 林颂", "林颂", &["政协委员"]),
        ("林颂（市政协委员，江城中学校长）", "林颂", &["市政协委员", "江城中学校长"]),
        ("林颂 （市政协委员）", "林颂", &["市政协委员"]),
        ("发言人：林颂 市政协委员", "林颂", &["市政协委员"]),
        ("格桑·卓嘎 市政协委员", "格桑·卓嘎", &["市政协委员"]),
        ("阿卜杜拉•买买提 市政协委员", "阿卜杜拉•买买提", &["市政协委员"]),
        ("古丽巴哈尔 市政协委员", "古丽巴哈尔", &["市政协委员"]),
        ("John Smith 市政协港澳委员", "John Smith", &["市政协港澳委员"]),
        ("林颂\n市政协委员，江城中学校长", "林颂", &["市政协委员", "江城中学校长"]),
        ("林颂 市商会（江城，汉口）会长", "林颂", &["市商会（江城，汉口）会长"]),
        ("林颂，市政协委员", "林颂", &["市政协委员"]),
        ("林颂：市政协委员，江城中学校长", "林颂", &["市政协委员", "江城中学校长"]),
        ("林颂 市政协委员。", "林颂", &["市政协委员"]),
        ("（林颂 市政协委员）", "林颂", &["市政协委员"]),
        ("——林颂 市政协委员", "林颂", &["市政协委员"]),
        ("林颂 市政协委员 民盟市委副主委", "林颂", &["市政协委员", "民盟市委副主委"]),
        ("林颂 江城日报社总编辑", "林颂", &["江城日报社总编辑"]),
        ("林颂 江城科技公司CEO", "林颂", &["江城科技公司CEO"]),
        ("林颂 民盟", "林颂", &["民盟"]),
        ("陈和 市政协委员", "陈和", &["市政协委员"]),
        ("市政协委员\n李永和", "李永和", &["市政协委员"]),
        ("古丽巴哈尔 江城公司经理", "古丽巴哈尔", &["江城公司经理"]),
    ] {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found.len(), found[0].name.as_str()), (1, name), "{text}");
        assert_eq!(found[0].roles, roles, "{text}");
    }
}

#[test]
fn several_speakers() {
    for text in [
        "林颂 市政协委员\n于博 市政协常委",
        "林颂 市政协委员；于博 市政协常委",
        "林颂 市政协委员；于博，市政协常委",
        "林颂 市政协委员 / 于博 市政协常委",
    ] {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["林颂", "于博"], "{text}");
        assert_eq!(found[1].roles, ["市政协常委"], "{text}");
    }
    for text in ["林颂、于博 市政协委员", "林颂 于博 市政协委员"] {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["林颂", "于博"], "{text}");
        assert!(found.iter().all(|s| s.roles == ["市政协委员"]), "{text}");
        assert_eq!((found[0].title.as_str(), found[1].title.as_str()), ("", "市政协委员"), "{text}");
    }
}

#[test]
fn notes_and_bodies() {
    for text in
        ["马小云（女，回族） 市政协委员", "马小云（女，回族）市政协委员", "马小云（女，回族），市政协委员"]
    {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found[0].name.as_str(), found[0].notes.len()), ("马小云", 2), "{text}");
        assert_eq!(
            (found[0].roles.as_slice(), found[0].title.as_str()),
            (&["市政协委员".to_owned()][..], "市政协委员"),
            "{text}"
        );
        assert_eq!(found[0].display_name(), "马小云（女，回族）");
    }
    for text in ["John Smith（女，回族） 市政协委员", "J. R. Smith（女，回族）市政协委员"]
    {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found[0].display_name(), text.split("（").next().unwrap().to_owned() + "（女，回族）");
        assert_eq!(found[0].roles, ["市政协委员"], "{text}");
    }
    for text in ["林颂（代表民革市委会）", "林颂代表民革市委会", "林颂 代表民革市委会"]
    {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (found[0].name.as_str(), found[0].organisation.as_deref()),
            ("林颂", Some("民革市委会")),
            "{text}"
        );
        assert_eq!(found[0].party, Some(Party::Rcck), "{text}");
    }
    for text in ["林颂 民建江城市委会", "民建江城市委会　林颂"] {
        let found = of(text).unwrap();
        let speaker = (found[0].name.as_str(), found[0].organisation.as_deref());
        assert_eq!(speaker, ("林颂", Some("民建江城市委会")));
        assert_eq!(found[0].title, "民建江城市委会");
    }
    for (text, affiliation) in [
        ("民进江城市委会", None),
        ("市工商联", Some("工商联")),
        ("市妇联", Some("妇联")),
        ("无党派人士界别组", Some("无党派")),
    ] {
        let found = of(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((found[0].name.as_str(), found[0].organisation.as_deref()), ("", Some(text)));
        assert_eq!(found[0].affiliation.as_deref(), affiliation);
    }
}

#[test]
fn prose_is_not_a_speaker() {
    for text in [
        "夯实基础。完善设施，提升能力。",
        "江城市 第十四届委员会第五次会议",
        "2026年1月7日",
        "推进产业振兴 夯实强村之基（方知远 市政协委员）",
        "加强领导，明确责任，狠抓落实",
        "加强领导",
        "总体要求",
        "一、 总体要求",
        "各位委员",
        "各位委员：",
        "安全、生产 两手抓",
        "马上就办 真抓实干",
        "孔子说：仁者爱人",
        "施工方：市建工集团，监理方：市监理",
        "单位：江城大学",
        "周边 居民、商户 都是受益者",
        "江城 是我家",
        "成长 成才 成家",
        "谢谢",
    ] {
        assert!(of(text).is_none(), "{text}: {:?}", of(text));
    }
}

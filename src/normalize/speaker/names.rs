//! What a person's name looks like.

use crate::normalize::chars::is_han;
use crate::normalize::fold::fold;
use crate::normalize::role::is_role;
use crate::normalize::speaker::words::is_common_word;

/// The commonest surnames of one character; nearly all bearers of Chinese names have one of them.
/// Source: the 400 most frequent of the household registers, in the order of the character table.
const SURNAMES: &str = "丁万丘乐乔乜于云井亓亢仇介从付代令仲任伊伍伏何余佘佟侯俞倪储傅党全公六兰关兴冀冉农冯冷凌刁刘初别剧劳勾包\
匡华单卓南卜卞卢卫占印危厉厚原及双古叶司吉同后向吕吴呂周和咸员哈唐商喻嘉土坚垣堵塔塞夏多夷奚妥姚姜娄孔孙孟季宁宇安宋完\
宓官宗宣宦宫容宾宿寇富寻寿封尉尚尤尧尹居屈展岑岳崔左巨巩巫巴常干平庄库应庞康庾廉廖延张强归当彭徐德忻性怀思恽惠慎慕成戚戴户\
房扈扶折揭攀敖文方施时明昌易星晁晋晏晨智曲曹曾木朱朴李杜束来杨杭松林枚柏查柯柳柴栾桂桑梁梅楚楼樊欧殳殷母毕毛水江池汤汪汲沃沈沙\
沐法洪浦涂涪淳温游湛湯溥滑满滕漆潘濮焦燕牛牟牧狄王班甄甘生田由申白百皮盖益盛真睢矫石祁祖祝禄禹秋种秦程税穆窦章童端竺符第笪简管\
米糜索红纪终经缪罗羊羿翁翟耿聂聊肖胡胥能臧舒艾节芦花苍苏苗范茅茹荀荆荣莘莫莱萧董葛蒋蒙蒯蒲蓝蓟蓬蔚蔡蔺薄薛虎虞蚁衡袁裘裴襄覃解言訾许\
诸谈谌谢谭谷豆贝费贺贾赏赖赫赵路车轩辛边迟逄那邓邢邬邰邱邵邹郁郎郏郑郗郜郝郦郭都鄂鄢酆里金钟钭钮钱银锁锺门闫闵闻阎阙阚阮陆陈陶隆\
隗随雍雷霍靳鞏鞠韦韩韶项顾须颜饶马骆高魏鱼鲁鲍鹿麦麻黄黎龙龚";

/// Surnames of two characters.
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "司空", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "端木",
    "独孤", "南宫", "东方", "西门", "长孙", "宇文", "澹台", "公冶", "濮阳", "淳于", "单于", "太史", "申屠",
    "钟离", "闾丘", "东郭", "南门", "呼延", "万俟", "百里", "赫连", "轩辕", "拓跋", "第五", "完颜", "纳兰",
    "叶赫",
];

/// The dot between the parts of a name, as the input methods of the world write it.
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '．')
}

/// Two to six hanzi, parts joined by dots, or Latin words.
pub(super) fn is_name(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = compact.chars().count();
    if compact.contains(is_dot) {
        let ends = compact.starts_with(is_dot) || compact.ends_with(is_dot);
        return count >= 3 && !ends && compact.chars().all(|c| is_han(c) || is_dot(c));
    }
    is_latin(text) || (2..=6).contains(&count) && compact.chars().all(is_han)
}

/// `John Smith`, `J. R. Smith`
pub(super) fn is_latin(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().filter(|c| c.is_ascii_alphabetic()).count() >= 2
        && text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '.' | '-' | '\''))
}

/// A name that is one by itself, without roles beside it: a known surname and one or two more
/// characters, or a compound surname, or a dot. A phrase such as 加强领导 is none.
pub(super) fn is_name_alone(text: &str) -> bool {
    let length = text.chars().filter(|c| !c.is_whitespace()).count();
    if !(2..=7).contains(&length) && !text.contains(is_dot) {
        return false;
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = compact.chars().count();
    if compact.contains(is_dot) {
        return is_name(&compact) && count <= 20 && !is_role(&compact);
    }
    if is_compound(&compact) {
        return is_name(&compact) && (3..=4).contains(&count);
    }
    // 谢谢
    let is_doubled = count == 2 && compact.chars().next() == compact.chars().last();
    // 孔子说, 全市的, 于是, 经济界: what goes on behind a name, or no name at all.
    let goes_on = compact.ends_with(['说', '的', '是', '界']);
    let is_usual = is_name(&compact)
        && (2..=3).contains(&count)
        && !is_doubled
        && !goes_on
        && !compact.ends_with("起来")
        && !is_common_word(&compact)
        && compact.starts_with(is_surname);
    is_usual || is_transliterated(&compact)
}

/// Characters that names of Uyghurs, Kazakhs, Tibetans and Mongols are written with.
const TRANSLITERATING: &str = "丁主丽乃义乌买云亚仁伊佩依保先克公兰其凯切列则利别力加努勇勒卓占卡卫叙古叶吉吐吕君吾呼哈唐嘉嘎因图土坚坦堆塔夏多大央如姆娃娜孜孟安宗尔尕尚尤尼居左巴布师希帕平年库康开强当德戈才扎托拉拜措提斯新日旦旺昌\
明晁普智更曼曾朋朗木朱来杰松林查格桂桑梅次比毕永汉汗江沙泰泽洛海潘牙玉玛珍珠班生登白皮益盖祁穆策米索纳维罗美者耶肖肯艾芝苏若茂草荣萨衣西诺贝赛赫达迪里金铁门阿隆雅雪霍青顿马鲁麦麻";

/// A long name without a surname: 古丽巴哈尔, 格桑卓嘎. Four characters that all render sounds are
/// no phrase.
fn is_transliterated(compact: &str) -> bool {
    const SURE: &str = "古丽卓嘎尔孜姆旺扎桑措吾娜玛巴买";
    let count = compact.chars().count();
    (4..=7).contains(&count)
        && compact.chars().all(|c| TRANSLITERATING.contains(c))
        && compact.chars().filter(|c| SURE.contains(*c)).count() * 2 >= count
}

/// A surname of one character.
pub(super) fn is_surname(c: char) -> bool {
    SURNAMES.contains(c) || SURNAMES.contains(fold(c))
}

/// Whether a text begins with a surname of two characters.
pub(super) fn is_compound(text: &str) -> bool {
    COMPOUND.iter().any(|surname| text.starts_with(surname))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_phrases() {
        for name in [
            "林颂",
            "于博",
            "欧阳娜娜",
            "司马迁",
            "格桑·卓嘎",
            "阿卜杜拉•买买提",
            "陈和",
            "李永和",
            "林一方",
            "周立位",
            "古丽巴哈尔",
            "格桑卓嘎",
        ] {
            assert!(is_name_alone(name), "{name}");
        }
        for phrase in [
            "加强领导",
            "总体要求",
            "高度重视",
            "各位委员",
            "一",
            "2026年",
            "谢谢",
            "孔子说",
            "温和",
            "双方",
            "施工方",
            "单位",
            "全市的",
            "乌兹别克",
            "巴西",
        ] {
            assert!(!is_name_alone(phrase), "{phrase}");
        }
        assert!(is_name("古丽巴哈尔") && is_name("John Smith") && !is_name("AI+"));
    }
}

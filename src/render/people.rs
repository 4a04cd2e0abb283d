//! The order of people in indexes: by the strokes of their names (姓氏笔画), the custom of official
//! lists, and by pinyin with the readings surnames have of their own.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

use crate::tree::{NodeId, Party, Proceedings, Speaker};

/// One name of the index and the speeches it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The name, without notes and roles.
    pub name: String,
    /// The speeches, in the book's order.
    pub speeches: Vec<NodeId>,
}

/// The index in both orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct People {
    /// By number and kind of strokes.
    pub by_stroke: Vec<Person>,
    /// By pinyin.
    pub by_pinyin: Vec<Person>,
}

/// Surnames whose reading as a name is not the character's common one, with a character that has
/// the wanted reading. Two-character surnames stand first. Source: 现代汉语词典 (7th edition), the
/// entries marked 姓.
pub(super) const SURNAMES: &[(&str, &str)] = &[
    ("尉迟", "玉迟"),
    ("万俟", "莫奇"),
    ("令狐", "玲狐"),
    ("长孙", "掌孙"),
    ("澹台", "谈台"),
    ("单于", "蝉于"),
    ("单", "善"),
    ("曾", "增"),
    ("仇", "求"),
    ("解", "谢"),
    ("查", "渣"),
    ("区", "欧"),
    ("朴", "瓢"),
    ("翟", "宅"),
    ("盖", "葛"),
    ("葛", "葛"),
    ("任", "人"),
    ("华", "话"),
    ("乐", "月"),
    ("覃", "秦"),
    ("员", "运"),
    ("种", "虫"),
    ("折", "舌"),
    ("黑", "贺"),
    ("洗", "显"),
    ("缪", "妙"),
    ("秘", "毕"),
    ("谌", "陈"),
    ("牟", "木"),
    ("宁", "佞"),
    ("召", "邵"),
    ("逄", "旁"),
    ("重", "虫"),
    ("六", "路"),
    ("大", "代"),
    ("车", "扯"),
];

/// Surnames with 阝, which the collation counts as three strokes and the mainland as two (GB/T
/// 13000.1 字符集汉字字序（笔画序）规范, 1999): each with a character of the right number of strokes and
/// kind of first stroke, beside which it sorts.
const STROKES: &[(&str, &str)] = &[
    ("邓", "劝"),
    ("邝", "处"),
    ("邢", "动"),
    ("邬", "伍"),
    ("阮", "孙"),
    ("阳", "孙"),
    ("阴", "孙"),
    ("邦", "动"),
    ("那", "孙"),
    ("祁", "纪"),
    ("陆", "张"),
    ("陈", "张"),
    ("阿", "张"),
    ("邱", "何"),
    ("邹", "狄"),
    ("邵", "张"),
    ("邰", "张"),
    ("郑", "庞"),
    ("郁", "范"),
    ("郎", "宗"),
    ("郏", "范"),
    ("郄", "岳"),
    ("郗", "周"),
    ("陕", "孟"),
    ("郝", "胡"),
    ("郦", "胡"),
    ("郜", "钟"),
    ("郤", "钟"),
    ("郭", "高"),
    ("郯", "高"),
    ("都", "耿"),
    ("陶", "桑"),
    ("陵", "桑"),
    ("鄂", "崔"),
    ("鄢", "裴"),
    ("隆", "维"),
    ("隋", "维"),
    ("随", "维"),
];

impl People {
    /// The people of a book, each name once. Speakers without a personal name are left out.
    #[must_use]
    pub fn of(tree: &Proceedings) -> Self {
        let people = those(tree, |_| true);
        Self {
            by_stroke: by_stroke(&people),
            by_pinyin: sorted(&people, locale!("zh-u-co-pinyin").into(), pinyin_key),
        }
    }
}

/// A party or another body, and its people by strokes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Body {
    /// Its short name.
    pub name: String,
    /// The people who speak for it or belong to it.
    pub people: Vec<Person>,
}

impl Body {
    /// The parties that speak, in the customary order, then other bodies as the book names them.
    #[must_use]
    pub fn all(tree: &Proceedings) -> Vec<Self> {
        let speakers = || tree.speeches.iter().flat_map(|s| &s.speakers);
        let mut bodies = Vec::new();
        let mut add = |name: String, people: Vec<Person>| {
            if !people.is_empty() {
                bodies.push(Self { name, people: by_stroke(&people) });
            }
        };
        for party in Party::ALL {
            add(party.to_string(), those(tree, |s| s.party == Some(party)));
        }
        let mut seen: Vec<&str> = Vec::new();
        for name in speakers().filter_map(|s| s.affiliation.as_deref()) {
            if !seen.contains(&name) {
                seen.push(name);
                add(name.to_owned(), those(tree, |s| s.affiliation.as_deref() == Some(name)));
            }
        }
        bodies
    }
}

/// The people among the speakers that are wanted, each name once.
fn those(tree: &Proceedings, wanted: impl Fn(&Speaker) -> bool) -> Vec<Person> {
    let mut by_name: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for speech in &tree.speeches {
        for speaker in speech.speakers.iter().filter(|s| !s.name.is_empty() && wanted(s)) {
            let speeches = by_name.entry(&speaker.name).or_default();
            if speeches.last() != Some(&speech.id) {
                speeches.push(speech.id.clone());
            }
        }
    }
    by_name.into_iter().map(|(name, speeches)| Person { name: name.to_owned(), speeches }).collect()
}

fn by_stroke(people: &[Person]) -> Vec<Person> {
    sorted(people, locale!("zh-u-co-stroke").into(), stroke_key)
}

fn sorted(people: &[Person], order: CollatorPreferences, key: impl Fn(&str) -> Key<'_>) -> Vec<Person> {
    let collator = Collator::try_new(order, CollatorOptions::default()).ok();
    let collator = collator.as_ref();
    let mut keyed: Vec<(Key<'_>, &Person)> = people.iter().map(|p| (key(&p.name), p)).collect();
    keyed.sort_by(|(a, _), (b, _)| {
        compare(collator, a.reading, b.reading)
            .then_with(|| compare(collator, a.surname, b.surname))
            .then_with(|| compare(collator, a.given, b.given))
            .then_with(|| (a.surname, a.given).cmp(&(b.surname, b.given)))
    });
    keyed.into_iter().map(|(_, person)| person.clone()).collect()
}

/// What a name is sorted by: all bearers of a surname stand together.
struct Key<'a> {
    /// What the surname sorts as.
    reading: &'a str,
    surname: &'a str,
    given: &'a str,
}

/// Compares character by character, so that all bearers of a surname stand together.
fn compare(collator: Option<&CollatorBorrowed<'_>>, a: &str, b: &str) -> Ordering {
    let Some(collator) = collator else { return a.cmp(b) };
    let (mut xs, mut ys) = (a.chars(), b.chars());
    loop {
        match (xs.next(), ys.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => {
                let (mut p, mut q) = ([0; 4], [0; 4]);
                let order = collator.compare(x.encode_utf8(&mut p), y.encode_utf8(&mut q));
                if order != Ordering::Equal {
                    return order;
                }
            }
        }
    }
}

fn stroke_key(name: &str) -> Key<'_> {
    let (surname, given) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    let reading = STROKES.iter().find(|(c, _)| *c == surname).map_or(surname, |(_, stand_in)| stand_in);
    Key { reading, surname, given }
}

fn pinyin_key(name: &str) -> Key<'_> {
    match SURNAMES.iter().find(|(surname, _)| name.starts_with(surname)) {
        Some((surname, reading)) => {
            let (surname, given) = name.split_at(surname.len());
            Key { reading, surname, given }
        }
        None => {
            let (surname, given) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
            Key { reading: surname, surname, given }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Heading, Speaker, Speech};

    fn people_of(names: &[&str]) -> People {
        let mut tree = Proceedings::default();
        for name in names {
            let mut speech = Speech::new(Heading::of_clauses(vec!["题".into()]));
            speech.speakers = vec![Speaker::named(*name)];
            tree.speeches.push(speech);
        }
        crate::tree::assign_ids(&mut tree);
        People::of(&tree)
    }

    fn names(list: &[Person]) -> Vec<&str> {
        list.iter().map(|p| p.name.as_str()).collect()
    }

    #[test]
    fn surnames_are_sorted_by_their_own_readings() {
        let people = people_of(&["曾明", "单红", "仇英", "解放", "安宁", "成功", "赵一"]);
        // ān chéng qiú shàn xiè zēng zhào; the common readings would be dān, céng, chóu, jiě.
        assert_eq!(names(&people.by_pinyin), ["安宁", "成功", "仇英", "单红", "解放", "曾明", "赵一"]);
    }

    #[test]
    fn strokes_order_official_lists() {
        let people = people_of(&["徐莉", "王朋", "丁一", "陈昊", "黄芬", "刘俊"]);
        assert_eq!(names(&people.by_stroke), ["丁一", "王朋", "刘俊", "陈昊", "徐莉", "黄芬"]);
        let people = people_of(&[
            "郭一", "陈一", "于一", "林一", "邓一", "郑一", "张一", "邢一", "陶一", "陈乙", "张乙",
        ]);
        let strokes = |name: &str| match name.chars().next() {
            Some('于') => 3,
            Some('邓') => 4,
            Some('邢') => 6,
            Some('张' | '陈') => 7,
            Some('林' | '郑') => 8,
            _ => 10,
        };
        let counts: Vec<i32> = people.by_stroke.iter().map(|p| strokes(&p.name)).collect();
        assert_eq!(counts, [3, 4, 6, 7, 7, 7, 7, 8, 8, 10, 10], "{:?}", names(&people.by_stroke));
        let chens: Vec<usize> = people
            .by_stroke
            .iter()
            .enumerate()
            .filter(|(_, p)| p.name.starts_with('陈'))
            .map(|(k, _)| k)
            .collect();
        assert_eq!(chens[1] - chens[0], 1, "bearers of a surname stand together");
    }

    #[test]
    fn a_name_stands_once_with_all_its_speeches() {
        let people = people_of(&["王朋", "丁一", "王朋"]);
        assert_eq!(people.by_pinyin[1].speeches, [NodeId::new("s01"), NodeId::new("s03")]);
    }
}

//! Names of people in pinyin, as GB/T 28039-2011 (中国人名汉语拼音字母拼写规则) writes them, without tones: what
//! readers and libraries sort Chinese names by.

use pinyin::ToPinyin;

use crate::render::people::SURNAMES;

/// Surnames of two characters whose common readings are right; `SURNAMES` has the others.
const DOUBLE: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "司空", "皇甫", "公孙", "慕容", "夏侯", "端木", "东方", "南宫",
    "轩辕", "申屠", "独孤", "百里", "呼延", "闻人", "赫连", "拓跋", "公冶", "宗政", "濮阳", "淳于", "太叔",
    "钟离", "西门", "东郭", "左丘", "梁丘", "宇文", "鲜于", "闾丘", "公羊", "仲孙", "叔孙", "纳兰",
];

/// Who these names are in pinyin: `Zeng Ming`, `Ouyang Nana`; nothing for a name that is not all hanzi of known
/// reading.
///
/// A given name's characters have their commonest reading. The parts of a name such as 买买提·艾力 are a word each.
pub(super) fn name(name: &str) -> Option<String> {
    // Two characters are often set as wide as three.
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = name.split(['·', '•', '・', '‧', '．']).collect();
    if parts.len() > 1 {
        let words: Option<Vec<String>> = parts.into_iter().map(word).collect();
        return Some(words?.join(" "));
    }
    let count = name.chars().count();
    let own = SURNAMES.iter().find(|(surname, _)| name.starts_with(surname));
    let own = own.filter(|(surname, _)| count > surname.chars().count());
    let (surname, reading) = match own {
        Some((surname, reading)) => (*surname, *reading),
        None => match DOUBLE.iter().find(|d| count > 2 && name.starts_with(**d)) {
            Some(surname) => (*surname, *surname),
            None => {
                let first = &name[..name.chars().next()?.len_utf8()];
                (first, first)
            }
        },
    };
    let given = &name[surname.len()..];
    let surname = word(reading)?;
    if given.is_empty() { Some(surname) } else { Some(format!("{surname} {}", word(given)?)) }
}

/// Syllables as one word with a capital; an apostrophe parts what would be read otherwise (Xi'an).
fn word(hanzi: &str) -> Option<String> {
    let mut out = String::new();
    for (k, syllable) in hanzi.to_pinyin().enumerate() {
        let syllable = syllable?.plain();
        let mut letters = syllable.chars();
        match (k, letters.clone().next()?) {
            (0, _) => out.extend(letters.next()?.to_uppercase()),
            (_, 'a' | 'o' | 'e') => out.push('\''),
            _ => {}
        }
        out.push_str(letters.as_str());
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_the_standard_writes_them() {
        for (hanzi, expected) in [
            ("王朋", "Wang Peng"),
            ("李建国", "Li Jianguo"),
            ("丁　一", "Ding Yi"),
            ("欧阳娜娜", "Ouyang Nana"),
            ("欧阳", "Ou Yang"),
            ("曾明", "Zeng Ming"),
            ("单红", "Shan Hong"),
            ("单于红", "Chanyu Hong"),
            ("万俟春", "Moqi Chun"),
            ("尉迟敬", "Yuchi Jing"),
            ("长孙无忌", "Zhangsun Wuji"),
            ("令狐冲", "Linghu Chong"),
            ("澹台明", "Tantai Ming"),
            ("仇英", "Qiu Ying"),
            ("解放", "Xie Fang"),
            ("查明", "Zha Ming"),
            ("区一", "Ou Yi"),
            ("朴一", "Piao Yi"),
            ("翟一", "Zhai Yi"),
            ("盖一", "Ge Yi"),
            ("任一", "Ren Yi"),
            ("华一", "Hua Yi"),
            ("乐一", "Yue Yi"),
            ("覃一", "Qin Yi"),
            ("员一", "Yun Yi"),
            ("种一", "Chong Yi"),
            ("折一", "She Yi"),
            ("黑一", "He Yi"),
            ("洗一", "Xian Yi"),
            ("缪一", "Miao Yi"),
            ("秘一", "Bi Yi"),
            ("谌一", "Chen Yi"),
            ("牟一", "Mu Yi"),
            ("宁一", "Ning Yi"),
            ("召一", "Shao Yi"),
            ("逄一", "Pang Yi"),
            ("重一", "Chong Yi"),
            ("六一", "Lu Yi"),
            ("大一", "Dai Yi"),
            ("车一", "Che Yi"),
            ("刘西安", "Liu Xi'an"),
            ("吕绿", "Lü Lü"),
            ("买买提·艾力", "Maimaiti Aili"),
        ] {
            assert_eq!(name(hanzi).as_deref(), Some(expected), "{hanzi}");
        }
        for odd in ["", "John", "王A", "·"] {
            assert_eq!(name(odd), None, "{odd}");
        }
    }
}

//! 夹在汉字中间、不成词的拉丁字母。
//!
//! 为什么：输入法没有切换、误触键盘或机器翻译会在句子里留下“s”“and”这样的字母。缩写（AI、ESG）、带数字
//! 的（5G、PM2.5、K12）、单位（12km）、字母加汉字的词（A股、Z世代、X光、e签宝）、引号括号里的、外文词组
//! 都不算；拿不准的不报。全角字母也在此列。
//!
//! 例：
//!
//! ```text
//! 优化街区布局 and 服务结构，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 优化街区布局和服务结构，让居民得实惠。
//! ```
//!
//! 修改：单个字母删去，全角字母换成半角，都要人看过才改（`--unsafe-fixes`）；词要人来换。
//!
//! 依据：《国家通用语言文字法》第十一条：汉语文出版物应当符合国家通用语言文字的规范和标准。
//! ---
//! Latin letters stuck between hanzi that make no word.
//!
//! Why: an input method left off, a key touched by accident or a machine translation leaves an “s” or an
//! “and” in a sentence. Abbreviations (AI, ESG), letters with digits (5G, PM2.5, K12), units (12km), words of
//! letter and hanzi (A股, Z世代, X光, e签宝), what stands in quotes or brackets and foreign phrases are left
//! alone; so is whatever is not certain. Full-width letters count too.
//!
//! Example:
//!
//! ```text
//! 优化街区布局 and 服务结构，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 优化街区布局和服务结构，让居民得实惠。
//! ```
//!
//! Fix: a lone letter is removed and full-width letters become half-width, both only with
//! `--unsafe-fixes`; a word needs a person.
//!
//! Source: Law on the Standard Spoken and Written Chinese Language, article 11.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_chinese, is_han, is_mostly_chinese, marks, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/stray-latin",
    severity: Severity::Warning,
    on: true,
    file: include_str!("stray_latin.rs"),
    check,
};

/// English function words and the commonest pinyin syllables of function words: nobody means them in a
/// Chinese sentence.
const NEVER_MEANT: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "in", "is", "it", "its", "not",
    "of", "on", "or", "that", "the", "this", "to", "was", "we", "will", "with", "de", "le", "zai", "shi",
    "he", "wo",
];

/// Hanzi that make a word with a letter before them: A股, X光, T台, C位.
const BEHIND_A_LETTER: &str = "股级区座栋类型照证段站端轮线光台恤世位点口盘超罩柜面字形组卡展馆厅幢楼门弯店金版时网图种次个\
    年倍领淘市省县镇村公君先某同学女男队班列车路号款系键值轴币级基粉咖档调大层期房码片状槽钢肽族病毒肝";

/// Hanzi that make a word with a letter behind them: 大V, 乙B, 选项A.
const BEFORE_A_LETTER: &str = "大第型卡品档级类组号座区栋字图项案数值率比为于设点甲乙丙丁超三四双";

/// Small letters in words of one letter and hanzi: e签宝, i人, x光, n次.
const SMALL: &[(char, &str)] = &[
    ('e', ""),
    ('i', ""),
    ('x', "光轴射线"),
    ('k', "歌线"),
    ('n', "次个种年倍"),
    ('t', "恤台"),
    ('u', "盘"),
    ('p', "图值"),
    ('c', "位端"),
    ('b', "端超站"),
    ('g', "端"),
    ('q', "版"),
    ('v', "领"),
    ('y', "轴"),
    ('z', "轴世"),
    ('a', "股级站"),
    ('m', "站"),
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let mut is_chinese_text = None;
        let mut from = 0;
        for (start, c) in marks(text) {
            if start < from || !(c.is_ascii_alphanumeric() || is_wide(c)) {
                continue;
            }
            let end =
                start + text.get(start..).map_or(0, |rest| rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
            from = end.max(start + c.len_utf8());
            let Some(word) = text.get(start..end) else { continue };
            let wide = word.chars().any(is_wide);
            // A sign before it (+, -, #, @, \) makes it part of something else.
            let glued =
                before(text, start).is_some_and(|c| c.is_ascii_graphic() && !matches!(c, ',' | ')' | '"'));
            if glued || !wide && !is_stray(text, start, end, word) {
                continue;
            }
            if !*is_chinese_text.get_or_insert_with(|| is_mostly_chinese(text)) {
                break;
            }
            let range = start..end;
            let exact = passage.is_exact(range.clone());
            let span = passage.span(range);
            let finding = match wide {
                true => findings.push(span, Say::new("stray-latin-wide").with("letters", word)),
                false => findings.push(span, Say::new("stray-latin").with("letters", word)),
            };
            if let Some(span) = span.filter(|_| exact) {
                if wide {
                    finding.fix(Fix::one(false, span, word.chars().map(narrow).collect::<String>()));
                } else if word.len() == 1 {
                    finding.fix(Fix::one(false, span, ""));
                }
            }
        }
    }
}

/// A full-width Latin letter.
fn is_wide(c: char) -> bool {
    matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn narrow(c: char) -> char {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn in_word(c: char) -> bool {
    is_wide(c)
        || c.is_ascii_alphanumeric()
        || matches!(c, '+' | '-' | '.' | '/' | '&' | '\'' | '_' | '@' | '#' | ':')
}

fn is_stray(text: &str, start: usize, end: usize, word: &str) -> bool {
    if !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let (left, right) = (before(text, start), after(text, end));
    // Between blanks the word must stand against hanzi, not against more Latin.
    let beyond = |c: Option<char>, far: Option<char>| match c {
        Some(' ') => far,
        near => near,
    };
    let far_left = beyond(left, before(text, start.saturating_sub(1)));
    let far_right = beyond(right, after(text, end + 1));
    let sided =
        |c: Option<char>| c.is_none_or(|c| is_han(c) || is_chinese(c) && !matches!(c, '、' | '（' | '）'));
    let touches_han = far_left.is_some_and(is_han) || far_right.is_some_and(is_han);
    if !sided(far_left) || !sided(far_right) || !touches_han {
        return false;
    }
    if word.len() > 1 {
        return NEVER_MEANT.contains(&word);
    }
    let Some(letter) = word.chars().next() else { return false };
    if letter.is_ascii_lowercase() {
        let row = SMALL.iter().find(|(c, _)| *c == letter);
        let meant = row.is_some_and(|(_, behind)| {
            right.is_some_and(|c| is_han(c) && (behind.is_empty() || behind.contains(c)))
        });
        // t检验: at the start of a clause it may well be a word.
        return !meant && far_left.is_some_and(|c| is_han(c) && !BEFORE_A_LETTER.contains(c));
    }
    let (Some(left), Some(right)) = (left, right) else { return false };
    // 某A、某B, A公司: letters that stand for a name.
    let is_name = matches!(letter, 'A'..='D' | 'M' | 'N' | 'V' | 'X'..='Z');
    is_han(left)
        && is_han(right)
        && !is_name
        && !BEHIND_A_LETTER.contains(right)
        && !BEFORE_A_LETTER.contains(left)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{holds, mended};
    use crate::check::rules::testing::found;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("推动街区发展s现代服务业。", "s"),
                ("居民的a意见要听。", "a"),
                ("改造方案要听居民的a", "a"),
                ("优化设施 and 服务。", "and"),
                ("优化设施and服务。", "and"),
                ("让the居民满意。", "the"),
                ("老街de故事。", "de"),
                ("推进ＡＩ应用。", "ＡＩ"),
                ("推进建设ｓ服务。", "ｓ"),
                ("完善J街区服务。", "J"),
                ("加快推进 d 老街改造。", "d"),
            ],
            &[
                "推进AI、5G、2.0版和“AI+”应用，关注Z世代，披露ESG报告。",
                "发展K12教育，稳定A股，建设B2B平台，治理PM2.5，服务C919配套，提升CBD品质。",
                "使用e签宝和App，推广小程序ID，配备X光机，搭建T台，引进VC/PE机构，全长12km。",
                "外宾Sisowath Tesso（西索瓦·天索）到场，带来了the best of the region这句话。",
                "甲、乙两类用a、b表示，x轴为时间，其中A类占三成，B市与C市并列。",
                "“s”和（a）是记号，见图a，选项b正确，某D公司参加。",
                "a+b等于c，f(x)是函数，1m等于100cm，t检验。",
                "vlog、citywalk、logo、cosplay成为年轻人的新去处，HPV疫苗、CT、B超、U盘、T恤、4S店。",
                "请看https://a.example.cn/the/a/b，或写信到a@example.cn。",
                "推广i人e人的玩法，e家亲服务，n次往返，做大V、当C位。",
                "We are one of the best. 这是外文句子。",
                "\\a 和 #b 是记号，-c是参数。",
                "“VR+文旅”项目、“智慧城市 IP”打造。",
            ],
        );
    }

    #[test]
    fn a_title_and_a_latin_speech() {
        assert_eq!(found(&RULE, "# 让老街s亮起来\n\n### 甲 乙\n\n沈怀瑾 委员\n\n正文。\n"), ["s"]);
        let latin = "# 甲\n\n### 甲 乙\n\n沈怀瑾 委员\n\nThis is a 街 and the best of all streets.\n";
        assert!(found(&RULE, latin).is_empty());
    }

    #[test]
    fn letters_go_or_become_narrow() {
        assert_eq!(mended(&RULE, "发展s现代，推进ＡＩ。", false), "发展现代，推进AI。");
    }
}

//! 数字的写法。默认不查。
//!
//! 为什么：带“几”的概数、相邻两数表示的概数用汉字（十几、三五天）；阿拉伯数字后面可以跟“万”“亿”，不跟
//! “千”“百”“十”；年份里的零写“〇”；同一个日期、年代不混用两种数字；星期几、第一产业等定型词用汉字。
//!
//! 例：
//!
//! ```text
//! 今年改造老街10几条，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 今年改造老街十几条，让居民得实惠。
//! ```
//!
//! 修改：有唯一写法的换过来，要人看过才改（`--unsafe-fixes`）；其余不改。
//!
//! 依据：GB/T 15835-2011《出版物上数字用法》第4章、第5章。
//! ---
//! How numbers are written. Off by default.
//!
//! Why: round numbers with 几 and of two neighbouring digits are in hanzi (十几, 三五天); Arabic digits may be
//! followed by 万 and 亿, not by 千, 百 or 十; the zero of a year is 〇; one date or decade does not mix both kinds;
//! fixed words such as 星期五 and 第一产业 are in hanzi.
//!
//! Example:
//!
//! ```text
//! 今年改造老街10几条，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 今年改造老街十几条，让居民得实惠。
//! ```
//!
//! Fix: where there is one standard form it is put, after a look (`--unsafe-fixes`); the rest is left.
//!
//! Source: GB/T 15835-2011 (numerals in public texts), chapters 4 and 5.

use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_han, is_numeral, marks, running};
use crate::check::{Fix, Passage, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/numeral-form",
    severity: Severity::Warning,
    on: false,
    file: include_str!("numeral_form.rs"),
    check,
};

const HANZI: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// What is wrong with a number, where, and what it should be.
struct Form {
    range: Range<usize>,
    say: Say,
    wanted: Option<String>,
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let mut from = 0;
        for (at, c) in marks(text) {
            if at < from {
                continue;
            }
            let form = match c {
                '○' | '◯' | 'Ｏ' | 'O' | 'o' | '0' if is_zero_of_year(text, at, c) => {
                    let range = at..at + c.len_utf8();
                    let say = Say::new("numeral-zero").with("found", c);
                    Some(Form { range, say, wanted: Some("〇".to_owned()) })
                }
                '0'..='9' => {
                    let rest = text.get(at..).unwrap_or_default();
                    let end = at + rest.find(|c: char| !is_digit(c)).unwrap_or(rest.len());
                    from = end;
                    let glued = before(text, at)
                        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'));
                    if glued { None } else { arabic(text, at..end) }
                }
                _ => None,
            };
            if let Some(form) = form {
                from = from.max(form.range.end);
                report(passage, form, findings);
            }
        }
        for (at, word) in text.match_indices("年代") {
            century(text, at, word.len()).into_iter().for_each(|form| report(passage, form, findings));
        }
        // 二零二六年: a year counts nothing, so its zero is 〇.
        for (at, _) in text.match_indices('零') {
            let year = year_around(text, at);
            if year.len() == 4 * '零'.len_utf8() && text.get(year.end..).is_some_and(|r| r.starts_with('年'))
            {
                let range = at..at + '零'.len_utf8();
                let say = Say::new("numeral-zero").with("found", '零');
                report(passage, Form { range, say, wanted: Some("〇".to_owned()) }, findings);
            }
        }
    }
}

fn report(passage: &Passage, form: Form, findings: &mut Findings) {
    let exact = passage.is_exact(form.range.clone());
    let span = passage.span(form.range);
    let finding = findings.push(span, form.say);
    if let (Some(wanted), Some(span), true) = (form.wanted, span, exact) {
        finding.fix(Fix::one(false, span, wanted));
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

fn is_year_digit(c: char) -> bool {
    is_numeral(c) && !matches!(c, '十' | '百' | '千' | '万' | '亿' | '两')
}

/// The hanzi digits around a place.
fn year_around(text: &str, at: usize) -> Range<usize> {
    let head = text.get(..at).unwrap_or_default();
    let start = at - head.chars().rev().take_while(|c| is_year_digit(*c)).map(char::len_utf8).sum::<usize>();
    let rest = text.get(at..).unwrap_or_default();
    let end = at + rest.find(|c| !is_year_digit(c)).unwrap_or(rest.len());
    start..end
}

/// 二○二六: a sign between hanzi digits.
fn is_zero_of_year(text: &str, at: usize, c: char) -> bool {
    let end = at + c.len_utf8();
    before(text, at).is_some_and(is_year_digit) && after(text, end).is_some_and(is_year_digit)
}

/// A number of Arabic digits and what follows it.
fn arabic(text: &str, number: Range<usize>) -> Option<Form> {
    let digits = text.get(number.clone())?;
    let rest = text.get(number.end..)?;
    let next = rest.chars().next()?;
    let value: Option<usize> = digits.parse().ok();
    let head = text.get(..number.start)?;
    if next == '几' {
        let wanted = value.filter(|v| *v < 100 && *v > 0 && v.is_multiple_of(10)).and_then(|v| {
            let tens = if v == 10 { "" } else { *HANZI.get(v / 10)? };
            Some(format!("{tens}十几"))
        });
        let range = number.start..number.end + next.len_utf8();
        return Some(Form {
            range,
            say: Say::new("numeral-about").with("found", format!("{digits}几")),
            wanted,
        });
    }
    // 星期5, 第3产业.
    let is_week = ["星期", "礼拜"].iter().any(|w| head.ends_with(w));
    let is_industry = head.ends_with('第') && rest.starts_with("产业");
    if let Some(v) = value.filter(|v| (1..=7).contains(v) && digits.len() == 1 && (is_week || is_industry)) {
        let wanted = HANZI.get(v).map(|h| (*h).to_owned());
        return Some(Form { range: number, say: Say::new("numeral-word").with("found", digits), wanted });
    }
    // 3千人; 千克, 千米, 百分 are words of their own.
    let is_word = match next {
        '千' => after(rest, next.len_utf8()).is_some_and(|c| "克米瓦伏帕卡焦安赫字兆周升".contains(c)),
        '百' => after(rest, next.len_utf8()).is_some_and(|c| "分强年货姓家科余".contains(c)),
        '十' => false,
        '、' => return neighbours(text, number),
        _ if digits.len() == 4 && next == '年' => return date(text, number),
        _ => true,
    };
    if is_word || digits.contains([',']) {
        return None;
    }
    let range = number.start..number.end + next.len_utf8();
    Some(Form {
        range,
        say: Say::new("numeral-scale").with("found", format!("{digits}{next}")),
        wanted: None,
    })
}

/// 5、6个: two neighbouring digits that mean "about so many".
fn neighbours(text: &str, number: Range<usize>) -> Option<Form> {
    let first: usize = text.get(number.clone())?.parse().ok()?;
    let rest = text.get(number.end + '、'.len_utf8()..)?;
    let mut letters = rest.chars();
    let second = letters.next()?.to_digit(10)? as usize;
    let unit = letters.next()?;
    let counted = "个人天年次条家名件项户种倍本月位遍回趟里米间处座".contains(unit);
    // 第5、6个, 5、6、7人, 3月5、6日 are lists of numbers.
    let is_list = text.get(..number.start)?.ends_with(['第', '、', '月', '年', '—', '～', '有'])
        || letters.next().is_some_and(|c| c == '、');
    if !(1..=8).contains(&first) || second != first + 1 || !counted || is_list {
        return None;
    }
    let found = text.get(number.start..number.end + '、'.len_utf8() + 1)?;
    let wanted = format!("{}{}", HANZI.get(first)?, HANZI.get(second)?);
    let range = number.start..number.end + '、'.len_utf8() + 1;
    Some(Form { range, say: Say::new("numeral-about").with("found", found), wanted: Some(wanted) })
}

/// 2026年一月7日: one date in two kinds of numerals.
fn date(text: &str, year: Range<usize>) -> Option<Form> {
    let rest = text.get(year.end + '年'.len_utf8()..)?;
    let month = rest.find('月')?;
    let digits = rest.get(..month)?;
    let is_month = !digits.is_empty() && digits.chars().count() <= 2 && digits.chars().all(is_numeral);
    let behind = rest.get(month + '月'.len_utf8()..)?;
    let starts_day = behind.chars().next().is_some_and(|c| c.is_ascii_digit() || is_numeral(c));
    if !is_month || !starts_day {
        return None;
    }
    let day = behind.find('日').filter(|k| *k <= 9).map_or(0, |k| k + '日'.len_utf8());
    let range = year.start..year.end + '年'.len_utf8() + month + '月'.len_utf8() + day;
    let found = text.get(range.clone())?.to_owned();
    Some(Form { range, say: Say::new("numeral-mixed").with("found", found), wanted: None })
}

/// 20世纪九十年代, 二十世纪90年代.
fn century(text: &str, at: usize, length: usize) -> Option<Form> {
    let head = text.get(..at)?;
    let start = head.rfind("世纪").filter(|k| at - k <= 24)?;
    let decade = head.get(start + "世纪".len()..)?;
    let number = head.get(..start)?;
    let is_arabic = |c: char| c.is_ascii_digit();
    let century: usize =
        number.chars().rev().take_while(|c| is_arabic(*c) || is_numeral(*c)).map(char::len_utf8).sum();
    let ordinal = number.get(start - century..)?;
    let in_hanzi = |s: &str| !s.is_empty() && s.chars().all(|c| is_han(c) && is_numeral(c));
    let in_digits = |s: &str| !s.is_empty() && s.chars().all(is_arabic);
    let mixed = in_hanzi(ordinal) && in_digits(decade) || in_digits(ordinal) && in_hanzi(decade);
    let range = start - century..at + length;
    let found = text.get(range.clone())?.to_owned();
    mixed.then(|| Form { range, say: Say::new("numeral-mixed").with("found", found), wanted: None })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{holds, mended};

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("改造10几条街。", "10几"),
                ("改造20几条街。", "20几"),
                ("走访5、6个社区。", "5、6"),
                ("惠及3千人。", "3千"),
                ("惠及5百户。", "5百"),
                ("二○二六年开工。", "○"),
                ("二零二六年开工。", "零"),
                ("二0二六年开工。", "0"),
                ("20世纪九十年代建成。", "20世纪九十年代"),
                ("二十世纪90年代建成。", "二十世纪90年代"),
                ("2026年一月7日开会。", "2026年一月7日"),
                ("星期5开会。", "5"),
                ("发展第3产业。", "3"),
            ],
            &[
                "改造十几条街，惠及三千人、3,000人、3万人、1.5亿元。",
                "20世纪90年代，二十世纪九十年代，21世纪以来。",
                "二〇二六年一月七日，2026年1月7日，2026年春。",
                "重3千克，长5千米，功率2千瓦，占5百分点。",
                "第5、6个项目，1、2、3号楼，3月5、6日。",
                "星期五，第三产业，一二三产业融合。",
                "C919、10号线、5G，GB/T 15835。",
                "一百零二户，零距离，零二六号。",
                "走访五六个社区。",
            ],
        );
    }

    #[test]
    fn the_standard_form() {
        assert_eq!(
            mended(&RULE, "10几条，5、6个，二○二六年，星期5。", false),
            "十几条，五六个，二〇二六年，星期五。"
        );
    }
}

//! 日期与星期不符，没有这一天，或起止颠倒。
//!
//! 为什么：日期改了星期没有改，或者把2月写到30日，读者一查日历就知道。年份从同一处或简报的日期来；不知道年份时只报哪一年都不对的。农历、“每周三”、人名里的“周”不算。
//!
//! 例：
//!
//! ```text
//! 会议定于2026年1月7日（星期四）举行。
//! ```
//!
//! 改为：
//!
//! ```text
//! 会议定于2026年1月7日（星期三）举行。
//! ```
//!
//! 修改：不自动改：错的可能是日期，也可能是星期。
//!
//! 依据：公历（GB/T 7408）。
//! ---
//! A weekday that is not the date's, a day that does not exist, an end before its beginning.
//!
//! Why: when the date was changed and the weekday was not, any reader with a calendar sees it. The year is taken
//! from the same place or the issue's date; without one only what is wrong in every year is said. Dates of the old
//! calendar, 每周三 and the surname 周 are left alone.
//!
//! Example:
//!
//! ```text
//! 会议定于2026年1月7日（星期四）举行。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 会议定于2026年1月7日（星期三）举行。
//! ```
//!
//! Fix: none: the date may be wrong, or the weekday.
//!
//! Source: the calendar (GB/T 7408).

use crate::check::dates::{self, Date};
use crate::check::finding::Findings;
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "consistency/date-weekday",
    severity: Severity::Warning,
    on: true,
    file: include_str!("date_weekday.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let printed = subject.tree.meta.date.iter().chain(&subject.config.briefing.date);
    let known: Vec<i32> = printed.flat_map(|d| dates::years(d)).collect();
    for passage in &subject.passages {
        if !passage.text.contains('月') {
            continue;
        }
        let text = &passage.text;
        for date in dates::all(text) {
            if let Some((range, say)) = wrong(&date, text, &known) {
                findings.push(passage.span(range), say);
            }
        }
    }
}

/// What is wrong with a date, and where.
fn wrong(date: &Date, text: &str, known: &[i32]) -> Option<(std::ops::Range<usize>, Say)> {
    let printed = &text[date.range.clone()];
    if date.is_impossible() {
        // 二月三十日 may be of the old calendar.
        let may_be_lunar = date.in_hanzi && date.month <= 12 && date.day <= 30;
        return (!may_be_lunar)
            .then(|| (date.range.clone(), Say::new("check-no-such-day").with("date", printed)));
    }
    if date.ends_wrongly()
        && let Some(until) = &date.until
    {
        let range = date.range.start..until.end;
        let say = Say::new("check-days-backwards").with("days", &text[range.clone()]);
        return Some((range, say));
    }
    let (told, place) = date.weekday.as_ref()?;
    let years: Vec<i32> = match date.year {
        Some(year) => vec![year],
        None if date.is_of_another_year => Vec::new(),
        None => known.iter().copied().chain(dates::years(text)).collect(),
    };
    let days: Vec<_> = years.iter().filter_map(|y| Some((*y, date.weekday_in(*y)?))).collect();
    let (year, right) = *days.first()?;
    if days.iter().any(|(_, day)| day == told) {
        return None;
    }
    let full = if date.year.is_some() { printed.to_owned() } else { format!("{year}年{printed}") };
    let say = Say::new("check-weekday")
        .with("date", full)
        .with("told", dates::hanzi(*told))
        .with("right", dates::hanzi(right));
    Some((place.clone(), say))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::testing::found;

    fn book(text: &str) -> String {
        format!("# 建言新城\n\n### 甲事要办好\n\n林颂 市政协委员\n\n{text}\n")
    }

    #[test]
    fn wrong_dates() {
        for (text, place) in [
            ("2026年1月7日（星期四）举行。", "星期四"),
            ("2026年1月7日(星期二)举行。", "星期二"),
            ("2026年1月7日，星期一，全体会议举行。", "星期一"),
            ("2026年1月7日 周五上午举行。", "周五"),
            ("二〇二六年一月七日（星期日）举行。", "星期日"),
            ("2026年工作要早安排，1月7日（周四）就开会。", "周四"),
            ("截至2月30日。", "2月30日"),
            ("截至4月31日完成。", "4月31日"),
            ("到2025年2月29日止。", "2025年2月29日"),
            ("13月5日举行。", "13月5日"),
            ("6月0日举行。", "6月0日"),
            ("1月7日至5日举行。", "1月7日至5日"),
            ("1月7—5日举行。", "1月7—5日"),
            ("2026年3月7日至2026年1月5日举行。", "2026年3月7日至2026年1月5日"),
            ("3月7日到3月5日举行。", "3月7日到3月5日"),
            ("2月27日至30日举行。", "2月27日至30日"),
        ] {
            assert_eq!(found(&RULE, &book(text)), [place], "{text}");
        }
    }

    #[test]
    fn right_dates_and_what_is_none() {
        for text in [
            "2026年1月7日（星期三）举行。",
            "2026年1月7日，周三，举行。",
            "二〇二六年一月七日（星期三）举行。",
            "1月7日（星期四）举行。",
            "去年1月7日（星期四）举行，2026年也要举行。",
            "2025年已办成，2026年再办，1月7日（星期二）开会。",
            "2024年2月29日举行。",
            "2月29日举行。",
            "农历2月30日是传统节日。",
            "二月三十日赶集。",
            "2026年1月7日，周一至周五开放。",
            "2026年1月7日，周一鸣发言。",
            "2026年1月7日，每周五派车。",
            "12月28日至1月5日放假。",
            "2025年12月28日至2026年1月5日放假。",
            "1月7日至9日举行。",
            "1月7-9日举行。",
            "3月至1月的数据。",
            "1.5月30日均值。",
            "用3个月31天完成。",
            "1月7日到2号楼报到。",
        ] {
            assert_eq!(found(&RULE, &book(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_issue_tells_the_year() {
        let known = [2026];
        let of = |text: &str| dates::all(text).iter().filter(|d| wrong(d, text, &known).is_some()).count();
        assert_eq!(of("1月7日（星期三）举行。"), 0);
        assert_eq!(of("1月7日（星期四）举行。"), 1);
        assert_eq!(of("明年1月7日（星期四）举行。"), 0);
        assert_eq!(of("今年1月7日（星期四）举行。"), 1);
    }
}

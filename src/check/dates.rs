//! Dates in prose: `2026年1月7日`, `1月7日（星期三）`, `1月7日至9日`.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::check::numeral;

/// A date of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// Its bytes, year included.
    pub(super) range: Range<usize>,
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
    /// 去年, 次年: the year is another than that of the text.
    pub(super) is_of_another_year: bool,
    /// Written in hanzi, as dates of the old calendar are.
    pub(super) in_hanzi: bool,
    /// The weekday told behind it, with its bytes.
    pub(super) weekday: Option<(Weekday, Range<usize>)>,
    /// What `至` leads to.
    pub(super) until: Option<Until>,
}

/// The end of a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Until {
    pub(super) year: Option<i32>,
    /// None where only the day is written.
    pub(super) month: Option<u32>,
    pub(super) day: u32,
    /// The bytes behind it.
    pub(super) end: usize,
}

impl Date {
    /// The weekday in a year, if the year has that day.
    pub(super) fn weekday_in(&self, year: i32) -> Option<Weekday> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).map(|d| d.weekday())
    }

    /// Whether no year, or not the one told, has such a day.
    pub(super) fn is_impossible(&self) -> bool {
        // Every day there is, 2024 has.
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2024), self.month, self.day).is_none()
    }

    /// Whether the span ends before it begins, or on a day that does not exist.
    pub(super) fn ends_wrongly(&self) -> bool {
        let Some(until) = &self.until else { return false };
        let month = until.month.unwrap_or(self.month);
        let year = until.year.or(self.year);
        if NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, until.day).is_none() {
            return true;
        }
        match (self.year, until.year) {
            (Some(from), Some(to)) => (to, month, until.day) < (from, self.month, self.day),
            (None, Some(_)) => false,
            // From December into January is no mistake.
            _ => month == self.month && until.day < self.day,
        }
    }
}

/// The dates of a text in order.
pub(super) fn all(text: &str) -> Vec<Date> {
    text.match_indices('月').filter_map(|(at, _)| date(text, at)).collect()
}

/// The date around the 月 at `at`.
fn date(text: &str, at: usize) -> Option<Date> {
    let before = &text[..at];
    let month = numeral::at_end(before)?;
    let day_at = at + '月'.len_utf8();
    let day = numeral::at_start(&text[day_at..])?;
    if before[..month.range.start].ends_with(['.', '·', '第', '．']) || month.value > 99 || day.value > 99
    {
        return None;
    }
    let mut end = day_at + day.range.end;
    let closes = text[end..].starts_with(['日', '号']);
    let days = match closes {
        true => {
            end += '日'.len_utf8();
            None
        }
        // 1月7-9日
        false => Some(until(text, end).filter(|u| u.month.is_none())?),
    };
    let mut date = Date {
        range: month.range.start..end,
        year: None,
        month: u32::try_from(month.value).ok()?,
        day: u32::try_from(day.value).ok()?,
        is_of_another_year: false,
        in_hanzi: before[month.range.clone()].starts_with(numeral::is_chinese),
        weekday: None,
        until: days,
    };
    let head = &before[..month.range.start];
    let tail: String = head.chars().rev().take(6).collect();
    if ["历农", "历阴", "历旧", "历古", "闰"].iter().any(|w| tail.contains(w)) {
        return None;
    }
    if let Some(years) = head.strip_suffix('年') {
        match numeral::at_end(years) {
            Some(year) if (1000..=9999).contains(&year.value) => {
                date.year = i32::try_from(year.value).ok();
                date.range.start = year.range.start;
            }
            _ => date.is_of_another_year = !years.ends_with(['今', '本']),
        }
    }
    date.weekday = weekday(text, end);
    let after = date.weekday.as_ref().map_or(end, |(_, r)| {
        let closing = text[r.end..].chars().next().filter(|c| matches!(c, '）' | ')'));
        r.end + closing.map_or(0, char::len_utf8)
    });
    date.until = date.until.or_else(|| until(text, after));
    Some(date)
}

/// `至9日`, `—2月9日`
fn until(text: &str, at: usize) -> Option<Until> {
    const LINKS: &[&str] = &["——", "至", "到", "—", "－", "–", "-", "~", "～"];
    let rest = &text[at..];
    let link = LINKS.iter().find(|l| rest.starts_with(**l))?;
    let mut at = at + link.len();
    let (mut year, mut month) = (None, None);
    for _ in 0..3 {
        let number = numeral::at_start(&text[at..])?;
        let mark_at = at + number.range.end;
        let mark = text[mark_at..].chars().next()?;
        at = mark_at + mark.len_utf8();
        match mark {
            '年' if (1000..=9999).contains(&number.value) => year = i32::try_from(number.value).ok(),
            '月' if number.value <= 99 => month = u32::try_from(number.value).ok(),
            '日' if number.value <= 99 => {
                return Some(Until { year, month, day: u32::try_from(number.value).ok()?, end: at });
            }
            _ => return None,
        }
    }
    None
}

/// `（星期三）` `，周三` behind a date.
fn weekday(text: &str, at: usize) -> Option<(Weekday, Range<usize>)> {
    let rest = &text[at..];
    let inner = rest.trim_start().trim_start_matches(['（', '(', '，', ',', '、']).trim_start();
    let in_brackets = rest.trim_start().starts_with(['（', '(']);
    let start = at + rest.len() - inner.len();
    let word = ["星期", "礼拜", "周"].into_iter().find(|w| inner.starts_with(w))?;
    let mut chars = inner[word.len()..].chars();
    let day = chars.next()?;
    let weekday = named(day)?;
    let next = chars.next();
    // 周一至周五, 周三、周五 are hours of business, 周一鸣 a name.
    if matches!(next, Some('至' | '到' | '、' | '和' | '及' | '或' | '—' | '-' | '~' | '～' | '的'))
    {
        return None;
    }
    let parts = ['上', '下', '晚', '早', '凌', '中', '）', ')', '，', ',', '。', '；', '：', ' '];
    if word == "周" && !in_brackets && next.is_some_and(|c| !parts.contains(&c)) {
        return None;
    }
    Some((weekday, start..start + word.len() + day.len_utf8()))
}

fn named(c: char) -> Option<Weekday> {
    Some(match c {
        '一' => Weekday::Mon,
        '二' => Weekday::Tue,
        '三' => Weekday::Wed,
        '四' => Weekday::Thu,
        '五' => Weekday::Fri,
        '六' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    })
}

/// The hanzi behind 星期.
pub(super) fn hanzi(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "一",
        Weekday::Tue => "二",
        Weekday::Wed => "三",
        Weekday::Thu => "四",
        Weekday::Fri => "五",
        Weekday::Sat => "六",
        Weekday::Sun => "日",
    }
}

/// The years a text names: `2026年`, or at the head of `2026-01-07`.
pub(super) fn years(text: &str) -> impl Iterator<Item = i32> + '_ {
    let is_year = |n: &numeral::Numeral| {
        (1900..=2199).contains(&n.value)
            && n.range.len() >= 4
            && text[n.range.end..].starts_with(['年', '-', '.', '/'])
    };
    numeral::all(text).filter(is_year).filter_map(|n| i32::try_from(n.value).ok())
}

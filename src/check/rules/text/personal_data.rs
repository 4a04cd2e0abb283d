//! 电话号码和身份证号码。
//!
//! 为什么：会议材料公开印发，个人的手机、座机、身份证号码一旦印出就收不回来。热线（12345、110）、400和
//! 800开头的服务号、年份、金额、编号、已经隐去中间几位的号码不算；身份证号码按校验码核对。
//!
//! 例：
//!
//! ```text
//! 有意见请找社区，联系电话13800001234，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 有意见请找社区，或拨打12345热线，让居民得实惠。
//! ```
//!
//! 修改：没有。删去还是隐去中间几位，要人来定。
//!
//! 依据：《个人信息保护法》第二十五条：个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外；
//! 公民身份号码的构成和校验码见GB 11643-1999。
//! ---
//! Telephone numbers and identity numbers.
//!
//! Why: papers of a meeting are handed out; a private number once printed cannot be called back. Hot lines
//! (12345, 110), service numbers that begin with 400 or 800, years, sums, reference numbers and numbers with
//! digits masked are left alone; identity numbers are held against their check digit.
//!
//! Example:
//!
//! ```text
//! 有意见请找社区，联系电话13800001234，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 有意见请找社区，或拨打12345热线，让居民得实惠。
//! ```
//!
//! Fix: none; whether to remove or to mask it is for a person to say.
//!
//! Source: Personal Information Protection Law, article 25; GB 11643-1999 for identity numbers and their
//! check digit.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, marks};
use crate::check::{Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/personal-data",
    severity: Severity::Error,
    on: true,
    file: include_str!("personal_data.rs"),
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in &subject.passages {
        let text = passage.text.as_str();
        let mut from = 0;
        for (start, c) in marks(text) {
            if start < from || !c.is_ascii_digit() {
                continue;
            }
            let end = number_end(text, start);
            from = end;
            let Some(number) = text.get(start..end) else { continue };
            match kind(text, start, end, number) {
                Some(Kind::Telephone) => {
                    findings.push(
                        passage.span(start..end),
                        Say::new("personal-telephone").with("number", masked(number)),
                    );
                }
                Some(Kind::Identity) => {
                    findings.push(
                        passage.span(start..end),
                        Say::new("personal-identity").with("number", masked(number)),
                    );
                }
                None => {}
            }
        }
    }
}

enum Kind {
    Telephone,
    Identity,
}

/// Where a number that begins at `start` ends: digits, parted by single blanks, hyphens or brackets that
/// digits follow, and the X an identity number may end in.
fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        let rest = text.get(end..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { return end };
        let next = end + c.len_utf8();
        let digit_next = bytes.get(next).is_some_and(u8::is_ascii_digit);
        let closes = matches!(c, ')' | '）') && end - start <= 4 && digit_next;
        if closes || matches!(c, '-' | ' ' | '—' | '–') && digit_next {
            end = next;
        } else if matches!(c, 'X' | 'x') && bytes.get(next).is_none_or(|b| !b.is_ascii_alphanumeric()) {
            return next;
        } else {
            return end;
        }
    }
}

/// The first three and the last two characters; what is reported is not spread further.
fn masked(number: &str) -> String {
    let chars: Vec<char> = number.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let (head, tail) = (chars.iter().take(3), chars.iter().skip(chars.len().saturating_sub(2)));
    head.chain("****".chars().collect::<Vec<_>>().iter()).chain(tail).collect()
}

fn kind(text: &str, start: usize, end: usize, number: &str) -> Option<Kind> {
    // A fraction, a sum, a number glued to letters, a group of a longer row.
    let glued =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '/' | '_' | '=' | '#' | '%' | '@');
    let counted = |c: char| glued(c) || "元万亿个人吨年页字本平方米千克台户家件".contains(c);
    if before(text, start).is_some_and(|c| glued(c) || matches!(c, '¥' | '￥' | '$'))
        || after(text, end).is_some_and(counted)
    {
        return None;
    }
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let digits: String = groups.concat();
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let cue = |words: &[&str]| {
        let head = text.get(..start).unwrap_or_default();
        let from = head.char_indices().rev().nth(7).map_or(0, |(k, _)| k);
        head.get(from..).is_some_and(|h| words.iter().any(|w| h.contains(w)))
    };
    if cue(&["编号", "单号", "账号", "卡号", "代码", "文号", "序号", "书号", "刊号", "案号"])
    {
        return None;
    }
    let said = cue(&["电话", "手机", "座机", "传真", "致电", "拨打", "联系", "联络"]);
    let digits = match lengths.as_slice() {
        [2, ..] if digits.starts_with("86") && digits.len() > 10 => digits.get(2..)?.to_owned(),
        [4, ..] if digits.starts_with("0086") && digits.len() > 12 => digits.get(4..)?.to_owned(),
        _ => digits,
    };
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    let mobile = is_number
        && digits.len() == 11
        && digits.starts_with('1')
        && digits.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b));
    let mobile_groups = matches!(
        lengths.as_slice(),
        [11] | [3, 4, 4] | [3, 8] | [7, 4] | [2, 11] | [2, 3, 4, 4] | [4, 11] | [13]
    );
    if mobile && mobile_groups {
        return Some(Kind::Telephone);
    }
    let area = |n: usize| (3..=4).contains(&n) && digits.starts_with('0') && !digits.starts_with("00");
    let land = match lengths.as_slice() {
        [a, 7..=8] => area(*a),
        [a, 3..=4, 4] => area(*a),
        [n @ (7 | 8)] => said && *n == digits.len(),
        // 400 and 800 open service numbers.
        [3..=4, 4] => said && !digits.starts_with('0') && !matches!(groups.first(), Some(&("400" | "800"))),
        [10..=12] => said && digits.starts_with('0'),
        _ => false,
    };
    if is_number && land {
        return Some(Kind::Telephone);
    }
    (is_identity(&digits) && lengths.len() <= 4).then_some(Kind::Identity)
}

/// A resident identity number: 18 characters with the check digit of GB 11643-1999, or the older 15 digits.
fn is_identity(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let province = |v: &[u32]| {
        matches!(
            v,
            [1, 1..=5, ..]
                | [2, 1..=3, ..]
                | [3, 1..=7, ..]
                | [4, 1..=6, ..]
                | [5, 0..=4, ..]
                | [6, 1..=5, ..]
                | [7 | 8, 1..=3, ..]
        )
    };
    let date = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let two = |k: usize| values.get(k).zip(values.get(k + 1)).map_or(0, |(a, b)| a * 10 + b);
    if !province(&values) {
        return false;
    }
    match digits.len() {
        18 if values.len() >= 17 => {
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
            let sum: u32 = values.iter().zip(weights).map(|(v, w)| v * w).sum();
            let check = "10X98765432".chars().nth((sum % 11) as usize);
            let last = digits.chars().next_back().map(|c| c.to_ascii_uppercase());
            matches!(two(6), 18..=20) && date(two(10), two(12)) && check == last
        }
        15 => values.len() == 15 && date(two(8), two(10)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_identity, masked};
    use crate::check::rules::sample::holds;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("联系人电话13800001234。", "13800001234"),
                ("手机138-0000-1234。", "138-0000-1234"),
                ("手机138 0000 1234，请保存。", "138 0000 1234"),
                ("请拨+86 13800001234。", "86 13800001234"),
                ("座机027-80001234。", "027-80001234"),
                ("座机（027）80001234。", "027）80001234"),
                ("办公电话：80001234。", "80001234"),
                ("办公电话：8000-1234。", "8000-1234"),
                ("联系0710-8001234。", "0710-8001234"),
                ("身份证号11010519491231002X。", "11010519491231002X"),
                ("证号440524188001010014。", "440524188001010014"),
                ("老号110105491231002。", "110105491231002"),
                ("证号110105 19491231 002X。", "110105 19491231 002X"),
            ],
            &[
                "请拨打12345热线、110和119，客服95588。",
                "服务热线400-800-1234，咨询电话800-820-1234。",
                "2026年完成投资13800001234元，增加值13800001234.56。",
                "2026-2030年，2026-01-07，1949—2026。",
                "手机138****1234。",
                "订单编号13800001234，统一社会信用代码914201000000000000。",
                "证号11010519491231002A，身份证号110105194912310021。",
                "面积13800001234平方米，共13800001234人次。",
                "人口1,380,000,123人，比分12-10，航班CA1380001234。",
                "账号6222020000000000000。",
                "邮编430000，建于19491001。",
            ],
        );
    }

    #[test]
    fn the_check_digit() {
        assert!(is_identity("11010519491231002X") && is_identity("11010519491231002x"));
        assert!(!is_identity("110105194912310029") && !is_identity("110105194913310022"));
        assert_eq!(masked("138-0000-1234"), "138****34");
    }
}

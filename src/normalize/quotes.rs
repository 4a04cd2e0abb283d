//! Straight quotation marks in Chinese text become “ ” and ‘ ’ (GB/T 15834-2011, 4.8).
//!
//! Which of a pair opens is told by counting through the paragraph, and its neighbours must agree.
//! Where they do not, where one mark is left over, or where pairs of both kinds cross, all marks of
//! that kind in the paragraph stay: a wrong direction is worse than a straight mark. Apostrophes and
//! marks of inches, feet, minutes and seconds are not counted.

use crate::normalize::chars::is_chinese;
use crate::normalize::punctuation::{Row, is_mark};

/// Where marks stand that are to be curled, and what they become.
pub(super) fn curled(row: &Row) -> Vec<(usize, char)> {
    let double = pairs(row, '"').unwrap_or_default();
    let single = pairs(row, '\'').unwrap_or_default();
    if crosses(&double, &single) {
        return Vec::new();
    }
    let curl = |pairs: Vec<(usize, usize)>, open: char, close: char| {
        let chosen = pairs.into_iter().filter(|(a, b)| is_chinese_pair(row, *a, *b));
        chosen.flat_map(move |(a, b)| [(a, open), (b, close)]).collect::<Vec<_>>()
    };
    let mut changes = curl(double, '“', '”');
    changes.extend(curl(single, '‘', '’'));
    changes
}

/// Which half of a pair a paragraph holds alone, its other half standing in the next or the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Open,
    Close,
}

/// The one straight mark of a paragraph that is sure to be such a half: what opens stands at the start
/// or behind a colon, what closes stands at the end or behind a sentence.
pub(super) fn half(row: &Row, half: Half) -> Option<usize> {
    let mut straight = (0..row.own.len()).filter(|k| row.own[*k] == '"');
    let (Some(k), None) = (straight.next(), straight.next()) else { return None };
    let count = |c: char| row.own.iter().filter(|own| **own == c).count();
    if !row.is_free(k) || count('“') != count('”') {
        return None;
    }
    let (before, after) = (row.before(k), row.at(k + 1));
    let is_half = match half {
        Half::Open => before.is_none_or(|c| matches!(c, ':' | ',')) && after.is_some_and(is_chinese),
        Half::Close => {
            before.is_some_and(|c| is_chinese(c) || matches!(c, '!' | '?'))
                && (after.is_none() || before.is_some_and(|c| matches!(c, '。' | '!' | '?')))
        }
    };
    is_half.then_some(k)
}

/// Whether a pair of one kind begins inside one of the other and ends outside.
fn crosses(one: &[(usize, usize)], other: &[(usize, usize)]) -> bool {
    let mut ends: Vec<(usize, usize)> = one.iter().chain(other).copied().collect();
    ends.sort_unstable();
    let mut open: Vec<usize> = Vec::new();
    ends.into_iter().any(|(start, end)| {
        while open.last().is_some_and(|last| *last < start) {
            open.pop();
        }
        let crosses = open.last().is_some_and(|last| *last < end);
        open.push(end);
        crosses
    })
}

/// Pairs of the straight mark `mark`, in order; none where anything is unclear.
fn pairs(row: &Row, mark: char) -> Option<Vec<(usize, usize)>> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut open = None;
    for k in (0..row.own.len()).filter(|k| row.own[*k] == mark) {
        if mark == '\'' && is_apostrophe(row, k) {
            continue;
        }
        let follows_digit = row.before(k).is_some_and(|c| c.is_ascii_digit());
        match open {
            // 15" and 6' measure.
            None if follows_digit => continue,
            // Inside code and addresses a mark is neither counted nor changed.
            _ if row.is_fenced(k) => continue,
            _ if !row.is_free(k) => return None,
            None => open = Some(k),
            Some(start) => {
                pairs.push((start, k));
                open = None;
            }
        }
    }
    (open.is_none() && pairs.iter().all(|pair| is_sound(row, *pair, mark))).then_some(pairs)
}

/// don't, 1990's
fn is_apostrophe(row: &Row, k: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    latin(row.before(k)) && latin(row.at(k + 1))
}

/// Whether the neighbours agree that the first opens and the second closes.
fn is_sound(row: &Row, (open, close): (usize, usize), mark: char) -> bool {
    let inside = &row.own[open + 1..close];
    // A line may end right behind the first or before the second: lines of Chinese join closely.
    let is_line_end = |c: &&char| **c == '\n';
    let mut ends_of = inside.iter().skip_while(is_line_end);
    let (first, last) = (ends_of.next(), inside.iter().rev().find(|c| !is_line_end(c)));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '，' | '。'
                    | '、'
                    | '；'
                    | '：'
                    | '！'
                    | '？'
                    | '）'
                    | '》'
                    | '」'
                    | '』'
                    | '】'
                    | ','
                    | ';'
                    | ':'
                    | '?'
                    | '!'
                    | ')'
                    | '.'
            )
    };
    let begins = |c: char| c.is_whitespace() || matches!(c, '（' | '《' | '「' | '『' | '【' | '(');
    let doubled =
        row.before(open) == Some(mark) || row.at(close + 1) == Some(mark) || row.at(open + 1) == Some(mark);
    let (left, right) = if mark == '"' { ('“', '”') } else { ('‘', '’') };
    let mut depth = 0i32;
    let balanced = inside.iter().all(|c| {
        depth += i32::from(*c == left) - i32::from(*c == right);
        depth >= 0
    }) && depth == 0;
    !ends(*first) && !begins(*last) && !doubled && (balanced || mark == '\'')
}

/// A pair around Chinese words, or around Latin words in a Chinese sentence.
fn is_chinese_pair(row: &Row, open: usize, close: usize) -> bool {
    if row.has_chinese(open + 1..close) {
        return true;
    }
    let left = Side::of(row.chars[..open].iter().rev());
    let right = Side::of(row.chars[close + 1..].iter());
    let is_chinese = left == Side::Chinese || right == Side::Chinese;
    row.mostly_chinese && is_chinese && left != Side::Phrase && right != Side::Phrase
}

/// What a quotation stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Chinese,
    /// A Latin word with a blank between: He said "no".
    Phrase,
    /// Another quotation, the border of the paragraph, a sign.
    Open,
}

impl Side {
    fn of<'c>(mut chars: impl Iterator<Item = &'c char>) -> Self {
        let mut blank = false;
        let next = chars.find(|c| {
            blank |= c.is_whitespace();
            !(c.is_whitespace() || is_mark(**c) && **c != '"' && **c != '\'')
        });
        match next {
            Some(c) if is_chinese(*c) => Side::Chinese,
            Some(c) if blank && c.is_alphanumeric() => Side::Phrase,
            _ => Side::Open,
        }
    }
}

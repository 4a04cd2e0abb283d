//! Which characters may not begin a line, end one, or be parted from the next.

/// Must not begin a line (CLREQ, "Prohibition rules for line start and line end", and the marks the
/// customary print keeps there).
pub(super) fn is_closing(c: char) -> bool {
    "、，。；：？！）》〉」』】〕〗”’…—·％%‰".contains(c)
}

/// Must not end a line.
pub(super) fn is_opening(c: char) -> bool {
    "（《〈「『【〔〖“‘".contains(c)
}

/// A mark that is full width in Chinese and may be set narrower beside another, or at a line's end.
pub(super) fn is_mark(c: char) -> bool {
    is_closing(c) && !"%‰—…".contains(c) || is_opening(c)
}

/// Hanzi.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}' | '〇')
}

/// A full-width character: hanzi and Chinese marks.
pub(super) fn is_wide(c: char) -> bool {
    is_han(c)
        || is_mark(c)
        || "—…％　".contains(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}')
}

/// What a number is not parted from: percent, degrees, currency, and the units of time, money, length,
/// area, mass. Counting words (个, 名, 条) are many, and customary print lets them go.
pub(super) fn is_unit(c: char) -> bool {
    "%％‰℃°年月日时分秒元角万亿千百米吨克升亩里届".contains(c)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a line must not end between two characters that stand side by side in the text.
pub(super) fn hold_together(a: char, b: char) -> bool {
    let letters = a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric();
    let pair = (a == '—' && b == '—') || (a == '…' && b == '…');
    let unit = is_number(a) && is_unit(b);
    let ordinal = a == '第' && is_number(b);
    // 3.5, 1,000 and 12:30
    let inside = (is_number(a) && ".,:".contains(b)) || (".,:".contains(a) && is_number(b));
    letters || pair || unit || ordinal || inside
}

/// Whether a line may end between two characters. A sign before an amount stays with it, whatever the
/// amount is written in, and behind a word with it (UAX #14, LB 23a to 25).
pub(super) fn may_part(a: char, b: char) -> bool {
    const SIGNS: &str = "+±$¥￥£€№";
    let behind_word = a.is_ascii_alphanumeric() && SIGNS.contains(b);
    // UAX #14 (LB 19) parts no quotation mark from another, nor from a letter.
    let word = |c: char| c.is_ascii_alphanumeric();
    let quotes = "”’".contains(a) && ("“‘".contains(b) || word(b)) || word(a) && "“‘".contains(b);
    let before_word = "%‰℃°".contains(a) && (b.is_ascii_alphanumeric() || is_opening(b));
    !hold_together(a, b)
        && !is_closing(b)
        && !is_opening(a)
        && !SIGNS.contains(a)
        && !behind_word
        && !before_word
        && !quotes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_together() {
        for pair in ["——", "……", "15", "5%", "5％", "6月", "第1", "AB", "0."] {
            let mut chars = pair.chars();
            assert!(hold_together(chars.next().unwrap(), chars.next().unwrap()), "{pair}");
        }
        for pair in ["绿地", "，建", "月3", "5个", "A计"] {
            let mut chars = pair.chars();
            assert!(may_part(chars.next().unwrap(), chars.next().unwrap()), "{pair}");
        }
        for pair in ["地，", "“有", "义·", "了—"] {
            let mut chars = pair.chars();
            assert!(!may_part(chars.next().unwrap(), chars.next().unwrap()), "{pair}");
        }
    }
}

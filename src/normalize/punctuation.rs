//! Half-width marks in Chinese text become full-width (GB/T 15834-2011).
//!
//! A mark is changed only where its neighbours say that the text is Chinese. Marks inside numbers
//! (`1,000`), times (`12:30`), addresses, tags, Latin phrases and back-ticked words stay. Nothing is
//! guessed: a missing or doubled mark stays missing or doubled.
//!
//! Decisions look at a row in which the full-width forms are folded into the half-width ones. What
//! was changed looks as it did before, so that a second time changes nothing.

use std::ops::Range;

use crate::normalize::chars::{is_chinese, is_han, is_wrapping};
use crate::normalize::fence;
use crate::normalize::flat::Flat;
use crate::normalize::quotes::{self, Half};
use crate::tree::Reason;

/// Half-width marks and what they become.
const MARKS: [(char, char); 7] =
    [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）')];

/// A paragraph as decisions see it.
pub(super) struct Row {
    /// The characters, full-width marks as their half-width forms.
    pub(super) chars: Vec<char>,
    /// The characters as they stand.
    pub(super) own: Vec<char>,
    /// Code, addresses, tags.
    fenced: Vec<bool>,
    /// Whether the place in the source is known and nothing escapes it.
    placed: Vec<bool>,
    /// How many Chinese characters stand before each place.
    chinese: Vec<u32>,
    /// Whether the paragraph has no fewer hanzi than Latin letters.
    pub(super) mostly_chinese: bool,
}

impl Row {
    fn of(flat: &Flat, source: &str) -> Self {
        let own: Vec<char> = flat.glyphs.iter().map(|g| g.c).collect();
        let chars: Vec<char> = own.iter().map(|c| folded(*c)).collect();
        let mut fenced = vec![false; own.len()];
        for range in fence::ranges(&chars) {
            fenced[range].fill(true);
        }
        let placed = (0..own.len()).map(|k| is_placed(flat, k, source)).collect();
        let count = |count: &mut u32, c: &char| {
            *count += u32::from(is_chinese(*c));
            Some(*count)
        };
        let chinese = std::iter::once(0).chain(chars.iter().scan(0, count)).collect();
        let letters = chars.iter().filter(|c| c.is_ascii_alphabetic()).count();
        let mostly_chinese = chars.iter().filter(|c| is_han(**c)).count() >= letters;
        Self { chars, own, fenced, placed, chinese, mostly_chinese }
    }

    pub(super) fn is_fenced(&self, k: usize) -> bool {
        self.fenced.get(k).copied().unwrap_or(true)
    }

    pub(super) fn is_free(&self, k: usize) -> bool {
        !self.is_fenced(k) && self.placed.get(k).copied().unwrap_or(false)
    }

    pub(super) fn at(&self, k: usize) -> Option<char> {
        self.chars.get(k).copied()
    }

    pub(super) fn before(&self, k: usize) -> Option<char> {
        k.checked_sub(1).and_then(|k| self.at(k))
    }

    /// Whether a Chinese character stands in `range`.
    pub(super) fn has_chinese(&self, range: Range<usize>) -> bool {
        let at = |k: usize| self.chinese.get(k).copied().unwrap_or(0);
        at(range.end) > at(range.start)
    }

    /// What a change at `k` would make of it, when it is half-width.
    fn wider(&self, k: usize) -> Option<char> {
        MARKS.iter().find(|(half, _)| self.own.get(k) == Some(half)).map(|(_, full)| *full)
    }
}

/// The nearest character on either side of every place, looked for through marks.
struct Sides {
    /// Whether it is Chinese.
    left: Vec<Option<bool>>,
    right: Vec<Option<bool>>,
}

impl Sides {
    fn of(chars: &[char], through_blanks: bool) -> Self {
        let see = |near: &mut Option<bool>, c: &char| {
            let seen = *near;
            if !(is_mark(*c) || through_blanks && c.is_whitespace()) {
                *near = Some(is_chinese(*c));
            }
            Some(seen)
        };
        let left = chars.iter().scan(None, see).collect();
        let mut right: Vec<_> = chars.iter().rev().scan(None, see).collect();
        right.reverse();
        Self { left, right }
    }

    fn are_chinese(&self, k: usize) -> bool {
        let chinese = |near: &[Option<bool>]| near.get(k).copied().flatten() == Some(true);
        chinese(&self.left) || chinese(&self.right)
    }
}

/// Marks that normalising makes, as those it makes them of.
fn folded(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => MARKS.iter().find(|(_, full)| *full == c).map_or(c, |(half, _)| *half),
    }
}

/// A mark that normalising may change or have made: it says nothing of the text around it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'') || MARKS.iter().any(|(half, _)| *half == c)
}

/// Whether the place in the source is known and no backslash stands there that is not in the row:
/// a mark written `\,` would become two characters.
fn is_placed(flat: &Flat, k: usize, source: &str) -> bool {
    let Some((_, start, end)) = flat.glyphs[k].source() else { return false };
    let in_row = k > 0 && flat.glyphs[k - 1].source().is_some_and(|(_, _, end)| end == start);
    let slice = source.get(start..end);
    slice.is_some_and(|s| s.chars().eq([flat.glyphs[k].c])) && (in_row || !source[..start].ends_with('\\'))
}

/// Curls a quotation that opens in one paragraph and closes in the next. Whether it did.
pub(super) fn join_quotation(one: &mut Flat, next: &mut Flat, source: &str) -> bool {
    let half = |flat: &Flat, half| quotes::half(&Row::of(flat, source), half);
    let (Some(open), Some(close)) = (half(one, Half::Open), half(next, Half::Close)) else { return false };
    one.replace(open, '“', Reason::StraightQuote);
    next.replace(close, '”', Reason::StraightQuote);
    true
}

/// Replaces marks in one paragraph's row; `source` is the text its places are in. Whether any was.
pub(super) fn standardise(flat: &mut Flat, source: &str) -> bool {
    let is_candidate = |c: char| c.is_ascii() && is_mark(c);
    if !flat.glyphs.iter().any(|g| is_candidate(g.c)) || !flat.glyphs.iter().any(|g| is_chinese(g.c)) {
        return false;
    }
    let row = Row::of(flat, source);
    let mut changes: Vec<(usize, char, Reason)> = Vec::new();
    let (close_by, through_blanks) = (Sides::of(&row.chars, false), Sides::of(&row.chars, true));
    let lists = latin_lists(&row.chars);
    for k in (0..row.chars.len()).filter(|k| row.is_free(*k)) {
        // Behind a pause there may be a blank; what touches `!` and `?` alone counts for them.
        let sides = match row.chars[k] {
            ',' | ';' | ':' => &through_blanks,
            '!' | '?' => &close_by,
            _ => continue,
        };
        if let Some(full) = row.wider(k)
            && !is_sign(&row, k)
            && (sides.are_chinese(k) || row.mostly_chinese && is_between_latin(&row, k, &lists))
        {
            changes.push((k, full, Reason::HalfWidth));
        }
    }
    for (open, close) in bracket_pairs(&row.chars) {
        if row.is_free(open) && row.is_free(close) && is_chinese_pair(&row, open, close, &close_by) {
            let both = [open, close].into_iter();
            changes.extend(both.filter_map(|k| row.wider(k).map(|full| (k, full, Reason::HalfWidth))));
        }
    }
    changes.extend(quotes::curled(&row).into_iter().map(|(k, c)| (k, c, Reason::StraightQuote)));
    changes.iter().for_each(|(k, c, reason)| flat.replace(*k, *c, *reason));
    !changes.is_empty()
}

/// A mark of a number, a time, a character reference, of code.
fn is_sign(row: &Row, k: usize) -> bool {
    let (before, after) = (row.before(k), row.at(k + 1));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_code = |c: Option<char>| c.is_some_and(is_code_sign);
    match row.chars[k] {
        ',' => digit(before) && digit(after),
        ';' => ends_reference(&row.chars[..k]),
        ':' => digit(before) && digit(after) || is_code(before) || is_code(after),
        _ => is_code(before) || is_code(after),
    }
}

/// “5G”,“AI”: the words are Latin, the sentence is not.
fn is_between_latin(row: &Row, k: usize, lists: &[Range<usize>]) -> bool {
    let quoted = |c: Option<char>| c.is_some_and(is_wrapping);
    let in_list = || {
        let at = lists.partition_point(|list| list.end <= k);
        lists.get(at).is_some_and(|list| list.start < k && k + 1 < list.end)
    };
    quoted(row.before(k)) || quoted(row.at(k + 1)) || row.chars[k] == ',' && in_list()
}

/// 采用5G,AI,大数据: Latin words listed without blanks, hard against hanzi on one side.
fn latin_lists(chars: &[char]) -> Vec<Range<usize>> {
    let in_list = |c: &char| c.is_ascii_alphanumeric() || matches!(*c, '+' | '-' | '.' | '/' | ',');
    let chinese = |c: Option<&char>| c.is_some_and(|c| is_chinese(*c));
    let mut lists = Vec::new();
    let mut k = 0;
    while k < chars.len() {
        let end = k + chars[k..].iter().take_while(|c| in_list(c)).count();
        let touches = chinese(k.checked_sub(1).and_then(|k| chars.get(k))) || chinese(chars.get(end));
        if end > k && touches {
            lists.push(k..end);
        }
        k = end.max(k + 1);
    }
    lists
}

/// Signs that stand beside `:`, `!` and `?` in code, paths and markup, never in a sentence.
fn is_code_sign(c: char) -> bool {
    matches!(
        c,
        '\\' | '/'
            | ':'
            | '='
            | '<'
            | '>'
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '|'
            | '~'
            | '^'
            | '@'
            | '$'
            | '*'
            | '_'
    )
}

/// Whether `chars` end in `&name`, so that a `;` would close a character reference.
fn ends_reference(chars: &[char]) -> bool {
    let name = chars.iter().rev().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && chars.len() > name && chars[chars.len() - name - 1] == '&'
}

/// Pairs of brackets, innermost first; unpaired ones are left alone.
fn bracket_pairs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (k, c) in chars.iter().enumerate() {
        match c {
            '(' => open.push(k),
            ')' => pairs.extend(open.pop().map(|o| (o, k))),
            _ => {}
        }
    }
    pairs
}

fn is_chinese_pair(row: &Row, open: usize, close: usize, sides: &Sides) -> bool {
    let near = |side: &[Option<bool>], k: usize| side.get(k).copied().flatten();
    if row.has_chinese(open + 1..close) {
        return true;
    }
    match near(&sides.left, open) {
        Some(before) => before,
        None => near(&sides.right, close) == Some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read;
    use crate::tree::{FileId, Inline};

    /// (before, after, why)
    const PAIRS: &[(&str, &str, &str)] = &[
        ("甲乙,丙丁", "甲乙，丙丁", "between hanzi"),
        ("达到1,000人,增长", "达到1,000人，增长", "a number's comma stays"),
        ("12:30开会:议程", "12:30开会：议程", "a time's colon stays"),
        ("“甲”,“乙”", "“甲”，“乙”", "through quotes"),
        ("推广“5G”,“AI”应用", "推广“5G”，“AI”应用", "Latin words in quotes of a Chinese sentence"),
        ("版本2.0,打造", "版本2.0，打造", "a digit before, a hanzi after"),
        ("中国(湖北)自贸", "中国（湖北）自贸", "brackets around hanzi"),
        ("某某(Sisowath Tesso)代表", "某某（Sisowath Tesso）代表", "Latin in brackets after hanzi"),
        ("(1)加强", "（1）加强", "a number before hanzi"),
        ("甲;乙?丙!", "甲；乙？丙！", "the other marks"),
        ("末尾,", "末尾，", "nothing after"),
        ("GDP(gross)增长", "GDP(gross)增长", "Latin before Latin brackets"),
        ("见https://a.cn/b,c?d=1:2,详情", "见https://a.cn/b,c?d=1:2，详情", "an address"),
        ("用 `a,b` 与,丙", "用 `a,b` 与，丙", "back-ticks"),
        (
            "He said, \"no\": 甲",
            "He said, \"no\"： 甲",
            "a Latin phrase stays, the mark next to hanzi does not",
        ),
        ("Hello, world; yes?", "Hello, world; yes?", "no Chinese at all"),
        ("甲)乙(丙", "甲)乙(丙", "unpaired brackets are not guessed"),
        ("甲,,乙", "甲，，乙", "doubled marks stay doubled"),
        ("“影视+、演艺+”经济", "“影视+、演艺+”经济", "plus signs"),
        ("北京—上海", "北京—上海", "a single dash"),
        ("甲 <![CDATA[ 乙 C:\\temp ![w](x) 丙", "甲 <![CDATA[ 乙 C:\\temp ![w](x) 丙", "code"),
        ("甲:\\dir std::io <!DOCTYPE> a!=b", "甲:\\dir std::io <!DOCTYPE> a!=b", "more code"),
        ("其中(1)甲;(2)乙;(3)丙", "其中（1）甲；（2）乙；（3）丙", "numbers in brackets behind marks"),
        ("“十五五”(2026-2030)期间", "“十五五”（2026-2030）期间", "brackets behind a quotation"),
        ("采用5G,AI,大数据", "采用5G，AI，大数据", "Latin words in a Chinese list"),
        ("甲 ,乙 , 丙", "甲 ，乙 ， 丙", "blanks beside commas"),
        ("甲&copysr;乙", "甲&copysr;乙", "what looks like a character reference"),
        ("甲，乙", "甲，乙", "already standard"),
        ("甲,,,乙", "甲，，，乙", "tripled marks stay tripled"),
        ("A,,甲", "A，，甲", "decided at once, not one after the other"),
        ("（甲)与(乙）", "（甲）与（乙）", "half a pair was standard"),
        ("甲<a title=\"乙,丙\">丁</a>", "甲<a title=\"乙,丙\">丁</a>", "inside tags"),
        ("甲乙. 丙丁", "甲乙. 丙丁", "a half-width stop is not guessed"),
        ("ＡＢ，１２:３", "ＡＢ，１２：３", "full-width letters and digits are letters and digits"),
        ("围绕\"一江三区\"建设", "围绕“一江三区”建设", "straight quotes"),
        ("他说:\"用'双百'行动\"。", "他说：“用‘双百’行动”。", "quotes inside quotes"),
        ("推广\"5G\",\"AI\"应用", "推广“5G”，“AI”应用", "Latin words in straight quotes"),
        ("采用 \"5G\" 技术", "采用 “5G” 技术", "with blanks"),
        ("\"十四五\"和\"2025\"目标", "“十四五”和“2025”目标", "a digit before a quote that closes"),
        ("15\"屏与\"智慧\"平台", "15\"屏与“智慧”平台", "inches"),
        ("称\"甲\"乙\"丙", "称\"甲\"乙\"丙", "an odd one: nothing is guessed"),
        ("称\"\"甲\"\"乙", "称\"\"甲\"\"乙", "doubled quotes"),
        ("称 \" 甲 \" 乙", "称 \" 甲 \" 乙", "neighbours that do not agree"),
        ("\"甲'乙\"丙'丁", "\"甲'乙\"丙'丁", "crossed pairs"),
        ("“甲\"乙", "“甲\"乙", "half a pair of quotes"),
        ("don't用'甲'", "don't用‘甲’", "an apostrophe"),
        (
            "他读 Lincoln said \"yes\" and left 一书",
            "他读 Lincoln said \"yes\" and left 一书",
            "a Latin phrase",
        ),
        ("用 `\"甲\"` 与\"乙\"", "用 `\"甲\"` 与“乙”", "quotes in back-ticks"),
    ];

    fn standard(text: &str) -> String {
        let document = read(FileId(0), "a.md", text.as_bytes()).unwrap();
        let mut flat = Flat::of(&[Inline::Text {
            text: text.into(),
            span: Some(document.lines.span(FileId(0), 0..text.len())),
        }]);
        standardise(&mut flat, text);
        flat.text()
    }

    #[test]
    fn pairs() {
        let wrong: Vec<_> = PAIRS
            .iter()
            .map(|(before, after, why)| (standard(before), *after, *why))
            .filter(|(found, after, _)| found != after)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn twice_is_once() {
        for (before, _, _) in PAIRS {
            let once = standard(before);
            assert_eq!(standard(&once), once);
        }
    }

    /// A line of ten thousand marks takes no longer than one of ten thousand letters.
    #[test]
    fn long_rows_take_no_long_time() {
        let start = std::time::Instant::now();
        for piece in [",", "a,", "(", "(甲", ")", "\"甲", "'甲\"", "\"甲\"", "&a;", "`", "<a", "a@,"] {
            standard(&format!("甲{}", piece.repeat(20_000)));
        }
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}

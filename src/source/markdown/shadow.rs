//! The text the Markdown parser sees: the source with its marks disguised, byte for byte in place.
//!
//! CommonMark asks whether letters or marks stand beside a `**`, and has no answer for Chinese: in
//! `**夯实基础。**完善设施` it finds no end of emphasis, since a mark stands before the asterisks
//! and a letter behind. Here every non-ASCII mark is shown to the parser as a letter of the same
//! length, so that emphasis ends where its writer ended it. A half-width mark of Chinese text is
//! shown as a letter too where it stands beside an asterisk (`**注意:**甲乙`): it is the full-width
//! one to the writer, and making it standard must not move emphasis. Beside `_`, which opens between
//! marks only, all marks stay marks. The builder takes all text from the source itself, by the
//! ranges the parser gives.

/// The disguised text; every byte offset means the same place in both.
pub(super) fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.split_inclusive('\n').for_each(|line| disguise(line, &mut out));
    out
}

fn disguise(line: &str, out: &mut String) {
    let is_chinese = line.chars().any(|c| !c.is_ascii() && c.is_alphanumeric());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut syntax = Syntax::default();
    let mut before = None;
    // Behind a backslash that is none itself.
    let mut escaped = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let beside = |wanted: char| before == Some(wanted) || after == Some(wanted);
        out.push(match c {
            // Most characters of most texts; what Unicode says of each takes its time.
            '\u{4e00}'..='\u{9fff}' => c,
            // 5*3*2 is a product.
            '*' if digit(before) && digit(after) => 'x',
            c if is_chinese
                && !escaped
                && beside('*')
                && !beside('_')
                && syntax.is_free(c, before, after) =>
            {
                'x'
            }
            c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() || beside('_') => c,
            c => match c.len_utf8() {
                2 => 'é',
                3 => '字',
                _ => '𠮷',
            },
        });
        syntax.pass(c, before);
        escaped = c == '\\' && !escaped;
        before = Some(c);
    }
}

/// What a half-width mark could be besides a mark, as far as the line before it tells.
#[derive(Default)]
struct Syntax {
    /// An address (`](`, `]:`) or a tag (`<`) has begun on this line.
    address: bool,
    /// What stands behind the last `&`, when it could still be a character reference.
    reference: bool,
}

impl Syntax {
    fn is_free(&self, c: char, before: Option<char>, after: Option<char>) -> bool {
        match c {
            ',' | '?' => true,
            '!' => after != Some('['),
            ';' => !self.reference,
            ':' | '(' => before != Some(']'),
            ')' | '"' | '\'' => !self.address,
            _ => false,
        }
    }

    fn pass(&mut self, c: char, before: Option<char>) {
        self.address |= c == '<' || before == Some(']') && matches!(c, '(' | ':');
        self.reference = c == '&' || self.reference && (c.is_ascii_alphanumeric() || c == '#');
    }
}

/// What stands in the source where `piece` stands in the disguised text; looked for inside `range`
/// first (a link's own address), with and without the backslashes that escape there, then anywhere
/// (an address defined elsewhere).
pub(super) fn undisguised(source: &str, shadow: &str, range: std::ops::Range<usize>, piece: &str) -> String {
    let inside = shadow.get(range.clone()).unwrap_or_default();
    if let Some(at) = inside.rfind(piece).map(|at| range.start + at) {
        return source.get(at..at + piece.len()).unwrap_or(piece).to_owned();
    }
    let (seen, own) = unescaped(inside, source.get(range).unwrap_or_default());
    if let Some(at) = seen.rfind(piece) {
        return own.get(at..at + piece.len()).unwrap_or(piece).to_owned();
    }
    let elsewhere = shadow.find(piece).and_then(|at| source.get(at..at + piece.len()));
    elsewhere.unwrap_or(piece).to_owned()
}

/// Both texts without the backslashes that escape an ASCII mark.
fn unescaped(shadow: &str, source: &str) -> (String, String) {
    let (mut seen, mut own) = (String::new(), String::new());
    let mut pairs = shadow.chars().zip(source.chars()).peekable();
    while let Some((mut a, mut b)) = pairs.next() {
        if b == '\\' && pairs.peek().is_some_and(|(_, next)| next.is_ascii_punctuation()) {
            (a, b) = pairs.next().unwrap_or((a, b));
        }
        seen.push(a);
        own.push(b);
    }
    (seen, own)
}

#[cfg(test)]
mod tests {
    #[test]
    fn half_width_marks_beside_asterisks_are_letters() {
        for (text, shadow) in [
            ("**注意:**甲乙", "**注意x**甲乙"),
            ("甲**(一)**乙", "甲**x一x**乙"),
            ("**[甲](乙)**丙", "**[甲](乙)**丙"),
            ("**甲&amp;**乙", "**甲&amp;**乙"),
            ("甲,_乙_，丙", "甲,_乙_，丙"),
            ("*!* *a,*b", "*!* *a,*b"),
            ("*甲\\,*乙\\\\,*", "*甲\\,*乙\\\\x*"),
        ] {
            assert_eq!(super::of(text), shadow);
        }
    }

    #[test]
    fn offsets_agree() {
        let text = "甲**“乙”。**丙·…—é𠮷🙂 5*3 \u{3000}x";
        let shadow = super::of(text);
        assert_eq!(shadow.len(), text.len());
        assert!(text.char_indices().map(|(at, _)| at).eq(shadow.char_indices().map(|(at, _)| at)));
    }
}

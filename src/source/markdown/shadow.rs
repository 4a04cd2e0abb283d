//! The text the Markdown parser sees: the source with its marks disguised, byte for byte in place.
//!
//! CommonMark asks whether letters or marks stand beside a `**`, and has no answer for Chinese: in
//! `**夯实基础。**完善设施` it finds no end of emphasis, since a mark stands before the asterisks
//! and a letter behind. Here every non-ASCII mark is shown to the parser as a letter of the same
//! length, so that emphasis ends where its writer ended it. The builder takes all text from the
//! source itself, by the ranges the parser gives.

/// The disguised text; every byte offset means the same place in both.
pub(super) fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        out.push(match c {
            // 5*3*2 is a product.
            '*' if digit(before) && digit(chars.peek().copied()) => 'x',
            c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() => c,
            c => match c.len_utf8() {
                2 => 'é',
                3 => '字',
                _ => '𠮷',
            },
        });
        before = Some(c);
    }
    out
}

/// What stands in the source where `piece` stands in the disguised text; looked for inside `range`
/// first (a link's own address), then anywhere (an address defined elsewhere).
pub(super) fn undisguised(source: &str, shadow: &str, range: std::ops::Range<usize>, piece: &str) -> String {
    let inside = shadow.get(range.clone()).and_then(|s| s.rfind(piece)).map(|at| range.start + at);
    let place = inside.or_else(|| shadow.find(piece));
    place.and_then(|at| source.get(at..at + piece.len())).unwrap_or(piece).to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn offsets_agree() {
        let text = "甲**“乙”。**丙·…—é𠮷🙂 5*3 \u{3000}x";
        let shadow = super::of(text);
        assert_eq!(shadow.len(), text.len());
        assert!(text.char_indices().map(|(at, _)| at).eq(shadow.char_indices().map(|(at, _)| at)));
    }
}

//! How wide text is, in halves of a character's width: enough to break headings and share columns.

/// The width of text in half ems: hanzi and Chinese marks take two, Latin one.
pub(super) fn half_ems(text: &str) -> usize {
    text.chars().map(char_half_ems).sum()
}

/// The width of one character.
pub(super) fn char_half_ems(c: char) -> usize {
    match c {
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' => 2,
        c if c.is_control() => 0,
        c if c < '\u{1100}' => 1,
        _ => 2,
    }
}

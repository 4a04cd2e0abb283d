//! Characters and XML 1.0: which it can hold, and how they are written.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::escape::escape;

use crate::tree::Proceedings;

/// Stands where XML cannot hold a character.
const REPLACEMENT: char = '\u{FFFD}';

/// Production `Char` of XML 1.0 (fifth edition, 2.2).
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The text with every character XML cannot hold replaced by U+FFFD.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_char) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| if is_char(c) { c } else { REPLACEMENT }).collect())
    }
}

/// The text as character data or an attribute's value. A carriage return is written as a reference,
/// because a reader would turn a bare one into a line feed.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let text = match legal(text) {
        Cow::Borrowed(text) => escape(text),
        Cow::Owned(text) => Cow::Owned(escape(text).into_owned()),
    };
    if text.contains('\r') { Cow::Owned(text.replace('\r', "&#13;")) } else { text }
}

/// One line of text: white space of any length is one space. Fields that readers show in lists.
pub(super) fn one_line(text: &str) -> String {
    legal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The characters of the book's text that had to be replaced, each once.
pub(super) fn replaced(tree: &Proceedings) -> BTreeSet<char> {
    tree.pieces().iter().flat_map(|piece| piece.text.chars()).filter(|c| !is_char(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escaped("<a href=\"x\">&'\r"), "&lt;a href=&quot;x&quot;&gt;&amp;&apos;&#13;");
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(legal("一\u{0}二\u{1b}\u{FFFE}\t㛃"), "一\u{FFFD}二\u{FFFD}\u{FFFD}\t㛃");
    }
}

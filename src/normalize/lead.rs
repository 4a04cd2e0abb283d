//! 段首句: the topic sentence that opens a paragraph.

use crate::normalize::chars::closes;

/// A longer first sentence tells the matter, it does not announce it.
const LONGEST: usize = 48;

/// Half-width marks that were left half-width are no ends of sentences: `<!`, `a?b`.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// Length in bytes of the topic sentence that opens `text`; 0 when it has none. A paragraph of one
/// sentence has none: nothing follows that it could announce.
pub(super) fn length(text: &str) -> usize {
    let mut end = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        match end {
            None if count >= LONGEST => return 0,
            None if c == '\n' => return 0,
            None if ends_sentence(c) => end = Some(at + c.len_utf8()),
            Some(e) if e == at && (closes(c) || ends_sentence(c)) => end = Some(at + c.len_utf8()),
            Some(e) => return if text[e..].trim().is_empty() { 0 } else { e },
            None => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn a_short_first_sentence_leads() {
        for (text, lead) in [
            ("夯实基础。完善设施，提升能力。", "夯实基础。"),
            ("打造“样板”。加快建设。", "打造“样板”。"),
            ("有人问：“行不行？”我们说行。", "有人问：“行不行？”"),
            ("只有一句话。", ""),
            ("没有句号", ""),
            ("夯实基础。 ", ""),
        ] {
            assert_eq!(&text[..length(text)], lead, "{text}");
        }
    }

    #[test]
    fn a_long_first_sentence_does_not() {
        let text = format!("{}。后文。", "长".repeat(50));
        assert_eq!(length(&text), 0);
    }
}

//! Runs of text inside a block.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tree::{NodeId, Span};

/// One run of text, or what may stand between runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// Characters, never markup.
    Text {
        /// The characters as they are to be printed.
        text: String,
        /// Where they came from; absent for text that no file holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        span: Option<Span>,
    },
    /// Strong importance (bold or 黑体).
    Strong {
        /// What is strong.
        content: Vec<Inline>,
    },
    /// Stress emphasis (楷体 in Chinese print, where italics do not exist).
    Emphasis {
        /// What is stressed.
        content: Vec<Inline>,
    },
    /// A hyperlink.
    Link {
        /// Its destination, as written.
        href: String,
        /// What one clicks on.
        content: Vec<Inline>,
    },
    /// A reference to a [`crate::tree::Note`] of the same speech.
    NoteRef {
        /// The note's id.
        note: NodeId,
        /// The mark that is printed, `1` for the first note of a speech.
        label: String,
    },
    /// A forced line break.
    Break,
}

impl Inline {
    /// Text that no source file holds.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into(), span: None }
    }
}

/// The running text of some inlines: a break is `\n`, a note reference is nothing (its mark is
/// furniture, like a page number).
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
                push_plain(content, out);
            }
            Inline::NoteRef { .. } => {}
            Inline::Break => out.push('\n'),
        }
    }
}

/// Parts inlines at byte `at` of their [`plain_text`], splitting runs where needed.
///
/// `at` beyond the end gives everything and nothing. Inside a run it must be a character border,
/// otherwise the border before it is taken. A note reference standing exactly at the border stays
/// with what it follows. The spans of a split [`Inline::Text`] stay those of the whole run when
/// normalising changed its length in bytes, because a position inside it is then not known.
#[must_use]
pub fn split_inlines(inlines: &[Inline], at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let mut left = Vec::new();
    let mut right = Vec::new();
    let mut seen = 0;
    for inline in inlines {
        let len = plain_len(inline);
        if !right.is_empty() || (seen >= at && len > 0) {
            right.push(inline.clone());
        } else if seen + len <= at {
            left.push(inline.clone());
        } else {
            let (a, b) = split_one(inline, at - seen);
            left.extend(a);
            right.extend(b);
        }
        seen += len;
    }
    (left, right)
}

fn plain_len(inline: &Inline) -> usize {
    match inline {
        Inline::Text { text, .. } => text.len(),
        Inline::Strong { content } | Inline::Emphasis { content } | Inline::Link { content, .. } => {
            content.iter().map(plain_len).sum()
        }
        Inline::NoteRef { .. } => 0,
        Inline::Break => 1,
    }
}

fn split_one(inline: &Inline, at: usize) -> (Option<Inline>, Option<Inline>) {
    match inline {
        Inline::Text { text, span } => {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let (a, b) = text.split_at(at);
            let (a_span, b_span) = match span {
                Some(s) if s.end - s.start == text.len() => {
                    (Some(Span { end: s.start + at, ..*s }), Some(Span { start: s.start + at, ..*s }))
                }
                other => (*other, *other),
            };
            let part =
                |text: &str, span| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned(), span });
            (part(a, a_span), part(b, b_span))
        }
        Inline::Strong { content } => split_group(content, at, |content| Inline::Strong { content }),
        Inline::Emphasis { content } => split_group(content, at, |content| Inline::Emphasis { content }),
        Inline::Link { href, content } => {
            split_group(content, at, |content| Inline::Link { href: href.clone(), content })
        }
        Inline::NoteRef { .. } | Inline::Break => (Some(inline.clone()), None),
    }
}

fn split_group(
    content: &[Inline],
    at: usize,
    wrap: impl Fn(Vec<Inline>) -> Inline,
) -> (Option<Inline>, Option<Inline>) {
    let (a, b) = split_inlines(content, at);
    ((!a.is_empty()).then(|| wrap(a)), (!b.is_empty()).then(|| wrap(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<Inline> {
        vec![
            Inline::text("甲乙"),
            Inline::Strong { content: vec![Inline::text("丙。"), Inline::text("丁")] },
            Inline::NoteRef { note: NodeId::new("n"), label: "1".into() },
            Inline::text("戊"),
        ]
    }

    #[test]
    fn splitting_keeps_every_character() {
        let whole = plain_text(&sample());
        for at in 0..=whole.len() + 1 {
            let (a, b) = split_inlines(&sample(), at);
            assert_eq!(plain_text(&a) + &plain_text(&b), whole, "at {at}");
        }
    }

    #[test]
    fn splits_inside_strong() {
        let (a, b) = split_inlines(&sample(), "甲乙丙。".len());
        assert_eq!(plain_text(&a), "甲乙丙。");
        assert!(matches!(b[0], Inline::Strong { .. }));
        assert!(matches!(b[1], Inline::NoteRef { .. }));
    }

    #[test]
    fn a_note_mark_at_the_border_stays_with_what_it_follows() {
        let (a, b) = split_inlines(&sample(), "甲乙丙。丁".len());
        assert!(matches!(a.last(), Some(Inline::NoteRef { .. })));
        assert_eq!(plain_text(&b), "戊");
    }
}

//! Fields: what they show is text, what they are told to do is not.

use std::rc::Rc;

/// What a field means for the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Its result is text.
    Shown,
    /// A table of contents: Word made it, and will make it again.
    Contents,
    Link(Rc<str>),
    /// The mark of a note that stands elsewhere.
    NoteMark(String),
}

/// A field between its `begin` and its `end`.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) code: String,
    /// Whether `separate` has been met; then its kind is known.
    pub(super) kind: Option<Kind>,
    /// What a mark shows.
    pub(super) shown: String,
}

/// What a field code means.
pub(super) fn kind(code: &str) -> Kind {
    let words = words(code);
    let mut words = words.iter().map(String::as_str);
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    match name.as_str() {
        // Lists of tables and figures too are TOC fields.
        "TOC" | "INDEX" => Kind::Contents,
        "HYPERLINK" => {
            let mut target = String::new();
            let mut is_anchor = false;
            let mut is_hint = false;
            for word in words {
                match word {
                    "\\l" => is_anchor = true,
                    "\\o" | "\\t" => is_hint = true,
                    _ if word.starts_with('\\') => {}
                    _ if std::mem::take(&mut is_hint) => {}
                    _ if std::mem::take(&mut is_anchor) => {
                        if !target.is_empty() {
                            target.push('#');
                            target.push_str(word);
                        }
                    }
                    _ => target.push_str(word),
                }
            }
            if target.is_empty() { Kind::Shown } else { Kind::Link(target.into()) }
        }
        "NOTEREF" => words.next().map_or(Kind::Shown, |mark| Kind::NoteMark(mark.to_owned())),
        _ => Kind::Shown,
    }
}

/// The character in a circle of `EQ \o\ac(○,3)`, which is how Word writes ③ where it has a result of
/// no other form.
pub(super) fn circled(code: &str) -> Option<String> {
    let code = code.trim();
    let inner = code.get(..2).filter(|c| c.eq_ignore_ascii_case("eq")).and_then(|_| code.get(2..))?;
    let (_, inside) = inner.split_once('(')?;
    let inside = inside.strip_suffix(')')?;
    let (ring, text) = inside.split_once([',', '，', ';'])?;
    let text = text.trim();
    let is_ring = matches!(ring.trim().chars().last()?, '○' | '〇' | 'O');
    let number = text.parse::<u32>().ok().filter(|n| is_ring && (1..=20).contains(n));
    let is_plain = !text.is_empty() && !text.contains(['\\', '(', ')', ',']);
    match number {
        Some(n) => char::from_u32(0x2460 + n - 1).map(String::from),
        None => (is_ring && is_plain).then(|| text.to_owned()),
    }
}

/// Words of a code; quotation marks hold blanks together.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    let mut was_quoted = false;
    for c in code.chars() {
        match c {
            '"' | '“' | '”' => {
                is_quoted = !is_quoted;
                was_quoted = true;
            }
            c if c.is_whitespace() && !is_quoted => {
                if !word.is_empty() || std::mem::take(&mut was_quoted) {
                    words.push(std::mem::take(&mut word));
                }
                was_quoted = false;
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        assert_eq!(kind(" TOC \\o \"1-2\" \\h \\z "), Kind::Contents);
        assert_eq!(
            kind(" HYPERLINK \"https://example.org/甲 乙\" \\o \"提示\" "),
            Kind::Link("https://example.org/甲 乙".into())
        );
        assert_eq!(kind("HYPERLINK \"a.htm\" \\l \"b\""), Kind::Link("a.htm#b".into()));
        assert_eq!(kind("HYPERLINK \\l \"b\""), Kind::Shown);
        assert_eq!(kind("NOTEREF jb_n1 \\h"), Kind::NoteMark("jb_n1".into()));
        assert_eq!(kind("PAGE"), Kind::Shown);
        assert_eq!(kind(""), Kind::Shown);
    }

    #[test]
    fn circles() {
        assert_eq!(circled("eq \\o\\ac(○,3)").as_deref(), Some("③"));
        assert_eq!(circled(" eq \\o\\ac(○,二)").as_deref(), Some("二"));
        assert_eq!(circled("EQ \\f(1,2)"), None);
        assert_eq!(circled("EQ"), None);
        assert_eq!(circled("中"), None);
    }
}

//! Classes of characters.

/// A hanzi, with 〇 and 々.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}' | '々' | '〇')
}

/// A hanzi or a mark that only Chinese text uses. Quotation marks, dash and ellipsis are shared
/// with Latin text and say nothing.
pub(crate) fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff60}' | '\u{3040}'..='\u{30ff}')
}

/// Marks a look at the context looks through: quotes and round brackets.
pub(super) fn is_wrapping(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '(' | ')')
}

/// A mark that ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// A mark that may follow the end of a sentence and belongs to it.
pub(super) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | '》' | '」' | '』' | '】')
}

/// A text without the references to blanks that pages hold (`&nbsp;`).
pub(super) fn without_blank_references(text: &str) -> String {
    const NAMES: &[&str] = &["nbsp", "ensp", "emsp", "thinsp", "#160", "#12288", "#x3000", "#xa0"];
    let mut parts = text.split('&');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let length = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(part.len());
        match NAMES.contains(&part[..length].to_ascii_lowercase().as_str()) {
            true => kept.push_str(part[length..].strip_prefix(';').unwrap_or(&part[length..])),
            false => kept.extend(["&", part]),
        }
    }
    kept
}

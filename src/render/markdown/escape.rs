//! What must be escaped so that text is read back as the characters it is.

use crate::tree::Inline;

/// Where text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph, which may have several lines.
    Lines,
    /// In a heading.
    Line,
    /// In a cell of a table.
    Cell,
}

/// Escapes a run of text; `before` and `after` are the characters of what stands beside it.
pub(super) fn text(text: &str, before: Option<char>, after: Option<char>, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = before;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_last = chars.peek().is_none();
        let next = chars.peek().copied().or(after);
        let escapes = match c {
            '\\' | '`' | '*' | '[' | ']' => true,
            // Between letters it is a letter: snake_case.
            '_' => !before.is_some_and(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric),
            '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || "/!?<".contains(c)),
            '&' => next.is_none_or(|c| c.is_ascii_alphanumeric() || c == '#'),
            // ![, and [^1]:
            '!' => is_last && after == Some('['),
            ':' => before == Some(']'),
            '|' => place == Place::Cell,
            _ => false,
        };
        if escapes {
            out.push('\\');
        }
        // A line end inside a run is none of the text's own.
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        before = Some(c);
    }
    out
}

/// A character as a reference, for blanks where the parser would drop them.
pub(super) fn reference(c: char) -> String {
    format!("&#{};", u32::from(c))
}

/// Escapes what would begin a block at the start of a line whose inlines are escaped already.
pub(super) fn line_start(line: &str) -> String {
    let is_rule = |c: char| matches!(c, '-' | '=' | ':' | '|' | '+' | '~' | '_' | ' ' | '\t');
    let blank_or_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let escaped = || format!("\\{line}");
    if line.is_empty() {
        return String::new();
    }
    if line.starts_with(": ") || line.chars().all(is_rule) || line.starts_with('>') || line.starts_with("~~~")
    {
        return escaped();
    }
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && blank_or_end(&line[hashes..]) {
        return escaped();
    }
    if line.strip_prefix(['-', '+']).is_some_and(blank_or_end) {
        return escaped();
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marked = line[digits..].strip_prefix(['.', ')']);
    if (1..=9).contains(&digits) && marked.is_some_and(blank_or_end) {
        let (number, mark) = line.split_at(digits);
        return format!("{number}\\{mark}");
    }
    line.to_owned()
}

/// Escapes `#` at the end of a heading, which would be taken for its closing.
pub(super) fn heading_end(line: &str) -> String {
    let kept = line.trim_end_matches('#');
    if kept.len() < line.len() && (kept.is_empty() || kept.ends_with([' ', '\t'])) {
        return format!("{kept}\\{}", &line[kept.len()..]);
    }
    line.to_owned()
}

/// An address between `(` and `)`, in angle brackets where it needs them.
pub(super) fn address(address: &str) -> String {
    // `&name;` would be a character.
    let has_reference = address.contains('&') && address.contains(';');
    let is_plain = |c: char| c.is_alphanumeric() || "-.~:/?#@!$+,;=%&".contains(c);
    if !address.is_empty() && !has_reference && address.chars().all(is_plain) {
        return address.to_owned();
    }
    // What is escaped is looked for in vain by the reader when marks of Chinese stand beside it.
    let is_ascii = address.is_ascii();
    let mut out = String::from("<");
    for c in address.chars() {
        match c {
            '<' | '>' | '\\' if is_ascii => out.extend(['\\', c]),
            '&' if is_ascii && has_reference => out.extend(['\\', c]),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '\n' | '\r' => out.push_str("%0A"),
            c => out.push(c),
        }
    }
    out + ">"
}

/// Whether a link shows nothing but its address, and `<` and `>` around it say all.
pub(super) fn is_bare(href: &str, content: &[Inline]) -> bool {
    let is_scheme = |s: &str| {
        (2..=32).contains(&s.len())
            && s.bytes().all(|b| b.is_ascii_alphanumeric())
            && !s.as_bytes()[0].is_ascii_digit()
    };
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '&' | '\\');
    matches!(content, [Inline::Text { text, .. }] if text == href)
        && href.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
        && href.chars().all(is_plain)
}

/// A title behind an address, with the marks that it does not hold itself.
pub(super) fn title(title: &str) -> String {
    let title = title.replace(['\n', '\r'], " ");
    let marks = [('"', '"'), ('\'', '\''), ('(', ')')];
    let free = marks.into_iter().find(|(a, b)| !title.contains([*a, *b]));
    let (open, close) = free.unwrap_or(('"', '"'));
    let mut out = String::from(open);
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let escapes = c == close
            || c == '\\' && next.is_none_or(|c| c.is_ascii_punctuation())
            || c == '&' && next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#');
        if escapes {
            out.push('\\');
        }
        out.push(c);
    }
    out.push(close);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_escaped() {
        let of = |s: &str| text(s, None, None, Place::Lines);
        for (plain, escaped) in [
            ("甲，乙。2.0 AI+ snake_case 50% a@b.cn", "甲，乙。2.0 AI+ snake_case 50% a@b.cn"),
            ("a*b_ [x] `c` \\ &amp; <b> 1<2", "a\\*b\\_ \\[x\\] \\`c\\` \\\\ \\&amp; \\<b> 1<2"),
        ] {
            assert_eq!(of(plain), escaped);
        }
        for (plain, escaped) in [
            ("- 甲", "\\- 甲"),
            ("-甲", "-甲"),
            ("1. 甲", "1\\. 甲"),
            ("1.甲", "1.甲"),
            ("2026. ", "2026\\. "),
            ("# 甲", "\\# 甲"),
            ("#甲", "#甲"),
            ("> 甲", "\\> 甲"),
            ("---", "\\---"),
            ("==", "\\=="),
            (":-|-", "\\:-|-"),
            (": 甲", "\\: 甲"),
            ("—— 甲", "—— 甲"),
        ] {
            assert_eq!(line_start(plain), escaped);
        }
        assert_eq!(heading_end("C# 甲 ##"), "C# 甲 \\##");
        assert_eq!(heading_end("C#"), "C#");
        assert_eq!(address("https://a.cn/甲?b=1&c=2"), "https://a.cn/甲?b=1&c=2");
        assert_eq!(address("a?b&lt;c"), "<a?b\\&lt;c>");
        assert_eq!(address("图片（一）.png"), "<图片（一）.png>");
        assert_eq!(address("pictures/chart.png"), "pictures/chart.png");
        assert_eq!(title("图1 \"甲\""), "'图1 \"甲\"'");
    }
}

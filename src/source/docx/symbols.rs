//! `w:sym`: characters of the symbol fonts Word inserts, by their places in those fonts.

/// Shown for a symbol no character is known for: the printers' mark for a missing piece of type.
pub(super) const MISSING: char = '〓';

/// The places in Wingdings, Wingdings 2 and Symbol that texts use, and the characters they show.
const WINGDINGS: [(u8, char); 26] = [
    (0x21, '✏'),
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x46, '☞'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa4, '◉'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
const WINGDINGS_2: [(u8, char); 6] =
    [(0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0xa3, '□')];
const SYMBOL: [(u8, char); 12] = [
    (0xa3, '≤'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xd6, '√'),
    (0xe5, '∑'),
];

/// The character of a symbol, or none when no table tells it.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let font = font.to_lowercase();
    let table: &[(u8, char)] = match font.as_str() {
        "wingdings" => &WINGDINGS,
        "wingdings 2" => &WINGDINGS_2,
        "symbol" => &SYMBOL,
        _ => &[],
    };
    let is_private = (0xf000..=0xf0ff).contains(&code);
    if !table.is_empty() || is_private || font.starts_with("wingdings") || font == "webdings" {
        let place = u8::try_from(if is_private { code - 0xf000 } else { code }).ok()?;
        return table.iter().find(|(at, _)| *at == place).map(|(_, c)| *c);
    }
    char::from_u32(code).filter(|c| !c.is_control() && !('\u{e000}'..='\u{f8ff}').contains(c))
}

#[cfg(test)]
mod tests {
    #[test]
    fn symbols() {
        let character = super::character;
        assert_eq!(character("Wingdings", "F0FC"), Some('✓'));
        assert_eq!(character("Wingdings 2", "0052"), Some('☑'));
        assert_eq!(character("宋体", "2605"), Some('★'));
        assert_eq!(character("Wingdings", "F0AA"), None);
        assert_eq!(character("自造字", "E001"), None);
        assert_eq!(character("宋体", "x"), None);
    }
}

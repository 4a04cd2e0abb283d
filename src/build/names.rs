//! Names of outputs that every file system takes.

use crate::build::sources::Found;

/// Longest stem in bytes: room is left for an ending and for `(1)` put behind by others, within the
/// 255 bytes of common file systems.
const LONGEST: usize = 200;

/// The stem of a book's outputs: the manifest's `output_name`, else the source's own name, else
/// that of the manifest's folder.
pub(super) fn stem(output_name: Option<&str>, found: &Found) -> String {
    let from_file = || match found.files.as_slice() {
        [one] => one.file_stem().map(|s| s.to_string_lossy().into_owned()),
        [first, ..] => match &found.manifest {
            Some(_) => found.base.canonicalize().ok()?.file_name().map(|s| s.to_string_lossy().into_owned()),
            None => first.file_stem().map(|s| s.to_string_lossy().into_owned()),
        },
        [] => None,
    };
    let name = output_name.map(str::to_owned).or_else(from_file).unwrap_or_default();
    safe_name(&name)
}

/// `name` without what Windows, macOS or Linux refuse in a file name, and of a length that leaves
/// room for an ending. Never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let replaced: String = name
        .chars()
        .map(|c| match c {
            '<' => '＜',
            '>' => '＞',
            ':' => '：',
            '"' => '＂',
            '|' => '｜',
            '?' => '？',
            '*' => '＊',
            '/' => '／',
            '\\' => '＼',
            c if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}') =>
            {
                '_'
            }
            c => c,
        })
        .collect();
    let mut safe: String = replaced.trim().trim_end_matches(['.', ' ']).to_owned();
    while safe.len() > LONGEST {
        safe.pop();
    }
    let safe = safe.trim_end_matches(['.', ' ']).to_owned();
    let head = safe.split('.').next().unwrap_or_default().to_uppercase();
    let is_device = matches!(head.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (head.len() == 4
            && (head.starts_with("COM") || head.starts_with("LPT"))
            && head.ends_with(|c: char| c.is_ascii_digit()));
    match safe.as_str() {
        "" => "jianbao".to_owned(),
        _ if is_device || safe.starts_with('.') => format!("_{safe}"),
        _ => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn names_for_every_system() {
        for (name, safe) in [
            ("2026年大会发言", "2026年大会发言"),
            ("a/b\\c:d*e?", "a／b＼c：d＊e？"),
            ("con", "_con"),
            ("COM1.x", "_COM1.x"),
            (" 名 . ", "名"),
            ("...", "jianbao"),
            ("", "jianbao"),
            (".git", "_.git"),
            ("甲\u{202e}乙\n", "甲_乙_"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
        let long = safe_name(&"长".repeat(300));
        assert!(long.len() <= 200 && long.chars().all(|c| c == '长'));
    }
}

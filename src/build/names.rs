//! Names of outputs that every file system takes.

use crate::build::sources::Found;
use crate::config::Config;

/// Longest stem in bytes: room is left for an ending and for `(1)` put behind by others, within the
/// 255 bytes of common file systems.
const LONGEST: usize = 200;

/// The characters of a status that a name has room for.
const STATUS: usize = 16;

/// The stem of a book's outputs: the manifest's `output_name`, else the source's own name, else
/// that of the manifest's folder; with the status behind it while the text is not final, so that a proof is not
/// taken for the text.
pub(super) fn stem(config: &Config, found: &Found) -> String {
    let from_file = || match found.files.as_slice() {
        [one] => one.file_stem().map(|s| s.to_string_lossy().into_owned()),
        [first, ..] => match &found.manifest {
            Some(_) => found.base.canonicalize().ok()?.file_name().map(|s| s.to_string_lossy().into_owned()),
            None => first.file_stem().map(|s| s.to_string_lossy().into_owned()),
        },
        [] => None,
    };
    let name = config.output_name.clone().or_else(from_file).unwrap_or_default();
    let status = config.briefing.status.as_deref().map(str::trim).filter(|s| !s.is_empty());
    with_status(&safe_name(&name), status)
}

/// A safe name with a status behind it, which a long name gives room.
fn with_status(name: &str, status: Option<&str>) -> String {
    let Some(status) = status else { return name.to_owned() };
    let status: String = safe_name(status).chars().take(STATUS).collect();
    let behind = format!("（{status}）");
    if name.contains(&behind) {
        return name.to_owned();
    }
    let mut name = name.to_owned();
    while name.len() + behind.len() > LONGEST {
        name.pop();
    }
    safe_name(&(name + &behind))
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
    use super::{safe_name, with_status};

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
        assert_eq!(with_status("发言", Some("清样")), "发言（清样）");
        assert_eq!(with_status("发言（清样）", Some("清样")), "发言（清样）");
        assert_eq!(with_status("发言", Some("a/b")), "发言（a／b）");
        let long = with_status(&safe_name(&"长".repeat(300)), Some("征求意见稿"));
        assert!(long.len() <= 200 && long.ends_with("长（征求意见稿）"));
        let long = safe_name(&"长".repeat(300));
        assert!(long.len() <= 200 && long.chars().all(|c| c == '长'));
    }
}

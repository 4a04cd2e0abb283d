//! Settings between `---` or `+++` lines at the head of a file.

use crate::source::{FrontMatter, FrontSyntax};

/// The front matter, and the offset the text begins at.
pub(super) fn split(text: &str) -> (Option<FrontMatter>, usize) {
    let mut lines = Lines { text, at: 0 };
    let (mark, syntax) = match lines.next() {
        Some((_, "---")) => ("---", FrontSyntax::Yaml),
        Some((_, "+++")) => ("+++", FrontSyntax::Toml),
        _ => return (None, 0),
    };
    let start = lines.at;
    let mut first = None;
    while let Some((line_start, line)) = lines.next() {
        if line == mark {
            // A rule, prose and another rule is not front matter: settings begin with a key.
            let is_setting = |l: &str| l.starts_with(['#', '[']) || l.contains([':', '=']);
            if syntax == FrontSyntax::Yaml && !first.is_none_or(is_setting) {
                return (None, 0);
            }
            return (Some(FrontMatter { syntax, range: start..line_start }), lines.at);
        }
        if first.is_none() && !line.is_empty() {
            first = Some(line);
        }
    }
    (None, 0)
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The next line's start and text without trailing blanks.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = self.text.get(self.at..).filter(|r| !r.is_empty())?;
        let start = self.at;
        let length = rest.find('\n').map_or(rest.len(), |k| k + 1);
        self.at += length;
        Some((start, rest[..length].trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_syntaxes_and_neither() {
        let (front, at) = split("+++\noutput = 'x'\n+++\n# 题\n");
        assert_eq!(front.map(|f| f.syntax), Some(FrontSyntax::Toml));
        assert_eq!(at, 21);
        assert_eq!(split("---\r\noutput: x\r\n---\r\n# 题").1, 21);
        assert_eq!(split("---\n\n甲乙丙\n\n---\n丁"), (None, 0));
        assert_eq!(split("---\n没有结尾"), (None, 0));
        assert_eq!(split("# 题\n---\n"), (None, 0));
    }
}

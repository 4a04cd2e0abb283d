//! The page of a rule: the opening comment of its file, in Chinese and in English.

use crate::check::Rule;
use crate::messages::Lang;

impl Rule {
    /// The part of the name before `/`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name.split_once('/').map_or(self.name, |(group, _)| group)
    }

    /// The page in a language, as Markdown.
    #[must_use]
    pub fn page(&self, lang: Lang) -> String {
        let comment = self.file.lines().map_while(|l| l.strip_prefix("//!"));
        let lines: Vec<&str> = comment.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect();
        let middle = lines.iter().position(|l| *l == "---").unwrap_or(lines.len());
        let part = match lang {
            Lang::Zh => &lines[..middle],
            Lang::En => lines.get(middle + 1..).unwrap_or_default(),
        };
        part.join("\n").trim().to_owned()
    }

    /// The page's first paragraph: what the rule looks for.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        let page = self.page(lang);
        let first = page.split("\n\n").next().unwrap_or_default();
        // A sentence of two lines is joined: with a blank in English, without one in Chinese.
        first.replace('\n', if lang == Lang::Zh { "" } else { " " })
    }

    /// The fenced blocks under a heading of the page, such as `例：`.
    #[cfg(test)]
    pub(super) fn blocks(&self, lang: Lang, heading: &str) -> Vec<String> {
        let (mut found, mut under, mut open) = (Vec::<String>::new(), false, false);
        for line in self.page(lang).lines() {
            match (line.starts_with("```"), open) {
                (true, false) => {
                    open = true;
                    found.extend(under.then(String::new));
                }
                (true, true) => open = false,
                (false, true) if under => {
                    if let Some(block) = found.last_mut() {
                        block.push_str(line);
                        block.push('\n');
                    }
                }
                (false, false) if line.ends_with(['：', ':']) => under = line == heading,
                (false, false) if !line.trim().is_empty() => under = false,
                _ => {}
            }
        }
        found
    }
}

//! What an excerpt says of itself.

use crate::excerpt::spoken;

/// Of what an excerpt is a part, and who wants it back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Head {
    /// The book's title.
    pub title: String,
    /// Name of the briefing.
    pub name: Option<String>,
    /// Number of the issue.
    pub number: Option<String>,
    /// The issue's date as printed.
    pub date: Option<String>,
    /// Numbers of the speeches; none when it is the whole book.
    pub speeches: Vec<usize>,
    /// Who is to look it through.
    pub to: Option<String>,
    /// Who wants it back.
    pub return_to: Option<String>,
    /// When, as printed.
    pub due: Option<String>,
}

impl Head {
    /// The sentences, in Chinese as all that is printed: what it is part of; who returns it, if anyone said so.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let number = self.number.as_deref().map(issue);
        let issue: String = [self.name.clone(), number].into_iter().flatten().collect();
        let facts: Vec<String> =
            [Some(issue).filter(|i| !i.is_empty()), self.date.clone()].into_iter().flatten().collect();
        let facts = if facts.is_empty() { String::new() } else { format!("（{}）", facts.join("，")) };
        // Marks of a title that are in a title already turn single (GB/T 15834-2011, 4.15.3).
        let title = self.title.replace('\n', "").replace('《', "〈").replace('》', "〉");
        let what = match self.speeches.as_slice() {
            [] => format!("本件是《{title}》{facts}全文。"),
            some => format!("本件节选自《{title}》{facts}，收第{}篇发言。", spoken(some)),
        };
        let who = self.to.as_ref().map_or(String::new(), |to| format!("请{to}核改"));
        let when = self.due.as_ref().map_or(String::new(), |due| match due.ends_with(['前', '内']) {
            true => format!("于{due}"),
            false => format!("于{due}前"),
        });
        let back = match (&self.return_to, when.is_empty()) {
            (Some(office), _) => format!("{when}退{office}"),
            (None, false) => format!("{when}退回"),
            (None, true) => String::new(),
        };
        let asked = match (who.is_empty(), back.is_empty()) {
            (true, true) => None,
            (true, false) => Some(format!("请核改后{back}。")),
            (false, true) => Some(format!("{who}。")),
            (false, false) => Some(format!("{who}后{back}。")),
        };
        std::iter::once(what).chain(asked).collect()
    }
}

/// `第12期`; a number that is no bare number stays as it is.
fn issue(number: &str) -> String {
    let bare = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    if bare { format!("第{number}期") } else { number.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_known_is_said() {
        let head = Head {
            title: "贯彻《意见》发言汇编".into(),
            name: Some("政协简报".into()),
            number: Some("12".into()),
            date: Some("2026年1月7日".into()),
            speeches: vec![1, 3, 4, 5],
            to: Some("市农业农村局".into()),
            return_to: Some("市政协办公厅".into()),
            due: Some("2026年1月20日".into()),
        };
        assert_eq!(
            head.lines(),
            [
                "本件节选自《贯彻〈意见〉发言汇编》（政协简报第12期，2026年1月7日），收第1、3至5篇发言。",
                "请市农业农村局核改后于2026年1月20日前退市政协办公厅。",
            ]
        );
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let head = Head { title: "题".into(), ..Head::default() };
        assert_eq!(head.lines(), ["本件是《题》全文。"]);
        let due =
            Head { due: Some("周五下班前".into()), number: Some("增刊1".into()), ..head.clone() };
        assert_eq!(due.lines(), ["本件是《题》（增刊1）全文。", "请核改后于周五下班前退回。"]);
        let to = Head { to: Some("某局".into()), ..head };
        assert_eq!(to.lines()[1], "请某局核改。");
    }
}

//! Contents are at most two levels deep.
//!
//! Readers on e-ink show a third level indented off the screen or flatten it: Kindle's guide asks for no more
//! than two (Amazon Kindle Publishing Guidelines, on the NCX), and speeches in parts need no more.

use crate::messages::Say;
use crate::verify::flow::Place;
use crate::verify::rules::epub::entries::{self, Entry};
use crate::verify::rules::short;
use crate::verify::{Ebook, Finding, Measure, Measured, Rule};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "epub/contents-depth",
    source: "Amazon Kindle Publishing Guidelines, NCX; jianbao: contents of at most two levels",
    measure: Measure::Ebook(measure),
};

const DEEPEST: usize = 2;

fn measure(subject: &Ebook<'_>) -> Measured {
    let nav = subject.epub.nav_of("toc").map(|(d, nav)| (d.path.as_str(), entries::of_nav(d, nav)));
    let ncx = subject.epub.ncx.as_ref().map(|d| (d.path.as_str(), entries::of_ncx(d, "navPoint")));
    let lists: Vec<(&str, Vec<Entry>)> = [nav, ncx].into_iter().flatten().collect();
    let mut findings = Vec::new();
    for (path, list) in &lists {
        for entry in list.iter().filter(|e| e.depth > DEEPEST) {
            let say = Say::new("verify-depth").with("label", short(&entry.label)).count("depth", entry.depth);
            findings.push(Finding::of(say).in_file(Some(Place::line(path, entry.line))));
        }
    }
    let deepest = lists.iter().flat_map(|(_, list)| list).map(|e| e.depth).max().unwrap_or(0);
    Measured::of(Say::new("verify-depth-figure").count("depth", deepest), findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::epub::testing::Book;

    #[test]
    fn the_third_level_is_too_deep() {
        let inner = "<li><a href=\"s02.xhtml\">乙</a>@</li>";
        let nest = |depth: usize| {
            (0..depth).fold(String::new(), |inside, _| format!("<ol>{}</ol>", inner.replace('@', &inside)))
        };
        let nav = |depth| {
            let to = format!("沈怀瑾</span></a>{}</li>", nest(depth));
            Book::new().with("nav.xhtml", "沈怀瑾</span></a></li>", &to).finds(&RULE)
        };
        assert_eq!(nav(1), []);
        assert_eq!(nav(2), [("verify-depth", "nav.xhtml".to_owned())]);
        let point = "<navPoint><navLabel><text>乙</text></navLabel><content src=\"s02.xhtml\"/>@</navPoint>";
        let deep = point.replace('@', point).replace('@', "");
        let ncx = Book::new().with(
            "toc.ncx",
            "<content src=\"s01.xhtml\"/>",
            &format!("<content src=\"s01.xhtml\"/>{deep}"),
        );
        assert_eq!(ncx.finds(&RULE), [("verify-depth", "toc.ncx".to_owned())]);
    }
}

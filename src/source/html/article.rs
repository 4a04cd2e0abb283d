//! Which blocks of a page are its article.
//!
//! Losing a line of the article is worse than keeping one of the page's furniture: inside the
//! element that holds the article a block is dropped only for its wording or because nothing but
//! links is in it, and a page without furniture is kept whole.

use crate::source::html::dom::{Dom, Id, ROOT};
use crate::source::html::flow::Item;
use crate::source::html::furniture::{self, Weights};
use crate::source::html::names::{self, Kind};
use crate::tree::{Block, BlockKind, SubHeading};

/// Chooses the blocks of the article.
pub(super) struct Chooser<'a> {
    pub(super) dom: &'a Dom<'a>,
    pub(super) weights: &'a Weights,
    pub(super) ends: &'a [Id],
    pub(super) skipped: &'a [bool],
    /// The page's own title, blanks and the site's name removed.
    pub(super) title: String,
}

impl Chooser<'_> {
    /// The element the article stands in.
    pub(super) fn place(&self) -> Id {
        if self.is_bare() {
            return ROOT;
        }
        let mut place = self.named().unwrap_or_else(|| self.dense());
        // A run of text may hold an article too; its lines belong to the block around it.
        while place != ROOT && !matches!(names::kind(self.dom.name(place)), Kind::Block | Kind::Part) {
            place = self.dom.parent(place);
        }
        place
    }

    /// A page written by a converter, or by hand: nothing in it lays out a site.
    fn is_bare(&self) -> bool {
        let signs = |id: Id| {
            let name = self.dom.name(id);
            let is_sign = matches!(
                name,
                "div"
                    | "nav"
                    | "aside"
                    | "footer"
                    | "form"
                    | "script"
                    | "iframe"
                    | "center"
                    | "font"
                    | "article"
                    | "main"
            );
            is_sign
                || name == "td" && self.dom.attribute(id, "width").is_some()
                || self.is_written(id, "table")
        };
        let is_pandoc = |id: Id| {
            self.dom.name(id) == "meta"
                && self.dom.attribute(id, "content").is_some_and(|c| c.starts_with("pandoc"))
        };
        (1..self.dom.nodes.len()).any(is_pandoc) || !(1..self.dom.nodes.len()).any(signs)
    }

    /// A table in a table lays out.
    fn is_written(&self, id: Id, name: &str) -> bool {
        let mut at = self.dom.parent(id);
        while self.dom.name(id) == name && at != ROOT {
            if self.dom.name(at) == name {
                return true;
            }
            at = self.dom.parent(at);
        }
        false
    }

    /// The innermost element with a name articles have that holds nearly all that the best of them
    /// holds, if that is most of the page's prose.
    fn named(&self) -> Option<Id> {
        let prose = &self.weights.prose;
        let mut candidates = Vec::new();
        let mut past = 0;
        for id in 1..self.dom.nodes.len() {
            if id <= past {
                continue;
            }
            if self.skipped[id] {
                past = self.ends[id];
            } else if prose[id] > 0 && furniture::is_container(self.dom, id) {
                candidates.push(id);
            }
        }
        let most = candidates.iter().map(|id| prose[*id]).max()?;
        if most * 2 < prose[ROOT] {
            return None;
        }
        candidates.into_iter().rfind(|id| prose[*id] * 100 >= most * 95)
    }

    /// The lowest element that holds nearly all prose.
    fn dense(&self) -> Id {
        let prose = &self.weights.prose;
        let mut at = ROOT;
        let total: usize = self.dom.children(at).filter(|c| !self.skipped[*c]).map(|c| prose[c]).sum();
        loop {
            let lower = self.dom.children(at).find(|c| {
                let can_hold = matches!(
                    self.dom.name(*c),
                    "div"
                        | "section"
                        | "article"
                        | "main"
                        | "table"
                        | "tbody"
                        | "tr"
                        | "td"
                        | "center"
                        | "form"
                        | "span"
                        | "font"
                );
                can_hold && !self.skipped[*c] && total > 0 && prose[*c] * 100 >= total * 97
            });
            match lower {
                Some(lower) => at = lower,
                None => return at,
            }
        }
    }

    /// The article's blocks among all of the page.
    pub(super) fn choose(&self, items: Vec<Item>) -> Vec<Item> {
        let place = self.place();
        if self.is_bare() {
            return items;
        }
        let inside = |item: &Item| item.node >= place && item.node <= self.ends[place];
        let first = items.iter().position(inside).unwrap_or(items.len());
        let last = items.iter().rposition(inside).unwrap_or(0);
        let mut keep: Vec<bool> = items.iter().map(inside).collect();
        self.drop_furniture(&items, &mut keep);
        let own_title = (first..items.len().min(first + 8)).find(|k| self.is_title(&items[*k]));
        let outer_title = if own_title.is_none() { self.title_before(&items[..first]) } else { None };
        if let Some(title) = outer_title {
            self.keep_head(&items, title, first, &mut keep);
        }
        self.keep_foot(&items, last, &mut keep);
        let mut items = items;
        if let Some(item) = outer_title.or(own_title).and_then(|k| items.get_mut(k)) {
            make_heading(item);
        }
        let mut keep = keep.into_iter();
        items.retain(|_| keep.next().unwrap_or(false));
        items
    }

    /// Inside the article: lines for moving around, lists that lead elsewhere at its ends, what a
    /// site says of itself behind the last prose.
    fn drop_furniture(&self, items: &[Item], keep: &mut [bool]) {
        let is_article = |item: &Item| {
            !is_linkish(item) && furniture::is_prose(&item.text) && !furniture::is_copyright(&item.text)
        };
        let first_prose = items.iter().position(is_article).unwrap_or(0);
        let last_prose = items.iter().rposition(is_article).unwrap_or(items.len());
        let mut after_related = false;
        for (k, item) in items.iter().enumerate() {
            let is_end = k < first_prose || k > last_prose;
            let is_heading = matches!(item.raw.block.kind, BlockKind::Heading(_));
            let leads_away = is_linkish(item) && !item.text.is_empty() && !is_heading;
            let is_related = furniture::is_related(&item.text) && items.get(k + 1).is_some_and(is_linkish);
            after_related = is_related || after_related && leads_away;
            let is_gone = furniture::is_tool(&item.text)
                || after_related
                || leads_away && is_end
                || furniture::is_copyright(&item.text) && k > last_prose;
            if is_gone && let Some(keep) = keep.get_mut(k) {
                *keep = false;
            }
        }
    }

    /// Whether a block says what the page's title says.
    fn is_title(&self, item: &Item) -> bool {
        let is_h1 = matches!(&item.raw.block.kind, BlockKind::Heading(h) if h.level == 1);
        let is_text = matches!(item.raw.block.kind, BlockKind::Heading(_) | BlockKind::Paragraph(_));
        is_h1 && !is_linkish(item) || is_text && self.agrees(&item.text)
    }

    fn agrees(&self, text: &str) -> bool {
        let length = text.chars().count();
        (4..=100).contains(&length) && !self.title.is_empty() && self.title.starts_with(text)
    }

    /// The article's title among the blocks before it.
    fn title_before(&self, items: &[Item]) -> Option<usize> {
        let named = |item: &Item| {
            let words =
                ["title", "bt", "tit", "biaoti", "arti_title", "xl_title", "contitle", "article-title"];
            matches!(item.raw.block.kind, BlockKind::Paragraph(_))
                && !is_linkish(item)
                && self.dom.words(item.node).any(|w| words.contains(&w.as_str()))
        };
        let is_heading = |item: &Item, most: u8| {
            matches!(&item.raw.block.kind, BlockKind::Heading(h) if h.level <= most) && !is_linkish(item)
        };
        items
            .iter()
            .rposition(|item| self.agrees(&item.text) && !is_linkish(item))
            .or_else(|| items.iter().rposition(|item| is_heading(item, 1)))
            .or_else(|| items.iter().rposition(named))
            .or_else(|| items.iter().rposition(|item| is_heading(item, 2)))
    }

    /// Keeps the title, the lines above it that belong to it, and what stands between it and the text.
    fn keep_head(&self, items: &[Item], title: usize, first: usize, keep: &mut [bool]) {
        let frame = self.dom.parent(items[title].node);
        let belongs = |item: &Item| {
            let short = (2..=50).contains(&item.text.chars().count());
            short
                && item.linked == 0
                && frame != ROOT
                && self.dom.parent(item.node) == frame
                && !furniture::is_tool(&item.text)
                && !item.text.contains(['>', '|', '»'])
        };
        let above = items[..title].iter().rev().take(2).take_while(|item| belongs(item)).count();
        for k in title - above..first {
            let item = &items[k];
            keep[k] =
                !is_linkish(item) && !furniture::is_tool(&item.text) && !furniture::is_copyright(&item.text);
        }
    }

    /// Keeps lines about the article that stand below it.
    fn keep_foot(&self, items: &[Item], last: usize, keep: &mut [bool]) {
        for k in (last + 1..items.len()).take(12) {
            keep[k] |= furniture::is_about(&items[k].text) && !is_linkish(&items[k]);
        }
    }
}

fn is_linkish(item: &Item) -> bool {
    item.linked * 2 > item.text.chars().count()
}

/// The article's title is a heading of the first level, however the page sets it.
fn make_heading(item: &mut Item) {
    let kind =
        std::mem::replace(&mut item.raw.block.kind, BlockKind::Paragraph(crate::tree::Paragraph::default()));
    item.raw.block.kind = match kind {
        BlockKind::Paragraph(p) => BlockKind::Heading(SubHeading::new(1, None, p.inlines)),
        BlockKind::Heading(mut h) => {
            h.level = 1;
            BlockKind::Heading(h)
        }
        other => other,
    };
}

/// The title without the name of the site behind it: `标题_新闻中心_某网`, `标题-某政府网`.
pub(super) fn own_title(title: &str) -> &str {
    let title = title.split('_').find(|part| !part.trim().is_empty()).unwrap_or("").trim();
    let sites = ["网", "网站", "政府", "频道", "中心", "在线", "门户", "日报", "政协", "新闻", "客户端"];
    let mut kept = title;
    while let Some(at) = kept.rfind(['-', '|', '—', '–', '｜']) {
        let (head, tail) = kept.split_at(at);
        let tail =
            tail.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '|' | '—' | '–' | '｜'));
        let is_site = tail.chars().count() <= 20 && sites.iter().any(|s| tail.ends_with(s));
        if !is_site || head.trim().is_empty() {
            break;
        }
        kept =
            head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '|' | '—' | '–' | '｜'));
    }
    kept
}

/// Whether any block is a heading.
pub(super) fn has_heading(blocks: &[&Block]) -> bool {
    blocks.iter().any(|b| matches!(b.kind, BlockKind::Heading(_)))
}

#[cfg(test)]
mod tests {
    use super::own_title;

    #[test]
    fn titles_without_the_site() {
        let cases = [
            ("建言开新局_要闻_澄海市政协网", "建言开新局"),
            ("建言开新局 - 新闻频道 - 澄海在线", "建言开新局"),
            ("建言——献策-澄海市人民政府", "建言——献策"),
            ("2026-03-12 会议", "2026-03-12 会议"),
            ("某某网", "某某网"),
            ("", ""),
        ];
        for (title, own) in cases {
            assert_eq!(own_title(title), own, "{title}");
        }
    }
}

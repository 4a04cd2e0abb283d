//! A small tree of a page: elements and texts with their places in the file.
//!
//! Only what reading an article needs: the elements whose end tags may be left out are ended, a
//! bold that is closed too late does not swallow what follows, and no tree is deeper than
//! [`MAX_DEPTH`]. Nodes stand in the order of the file, parents before children.

use std::ops::Range;

use html5gum::{DefaultEmitter, HtmlString, Spanned, StartTag, Token, Tokenizer};

use crate::source::html::names::{self, Kind};

/// Deeper elements join what they stand in; walks over the tree recurse.
const MAX_DEPTH: usize = 120;

/// A node's place in [`Dom::nodes`].
pub(super) type Id = usize;

/// The root, which stands for the body: `html`, `head` and `body` tags make no nodes.
pub(super) const ROOT: Id = 0;

/// A page.
pub(super) struct Dom<'a> {
    /// The file.
    pub(super) text: &'a str,
    /// All nodes, the root first.
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    pub(super) parent: u32,
    first: u32,
    last: u32,
    next: u32,
    pub(super) data: Data,
}

/// What a node is.
pub(super) enum Data {
    /// An element by its name in lower case; a name nobody here asks for is empty.
    Element { name: &'static str, attributes: Vec<(&'static str, String)> },
    /// The bytes of a text, character references included.
    Text(Range<usize>),
    /// A text whose bytes are not what the tokenizer read.
    Strange(String),
}

impl Dom<'_> {
    /// Name of an element, empty for texts.
    pub(super) fn name(&self, id: Id) -> &'static str {
        match self.nodes.get(id).map(|n| &n.data) {
            Some(Data::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match self.nodes.get(id).map(|n| &n.data) {
            Some(Data::Element { attributes, .. }) => {
                attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    /// The words of `class` and `id` in lower case.
    pub(super) fn words(&self, id: Id) -> impl Iterator<Item = String> {
        let of = |name| self.attribute(id, name).unwrap_or("").split_whitespace().map(str::to_lowercase);
        of("class").chain(of("id"))
    }

    /// The children in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut at = self.nodes.get(id).map_or(0, |n| n.first);
        std::iter::from_fn(move || {
            let here = Some(at as usize).filter(|k| *k != ROOT)?;
            at = self.nodes.get(here).map_or(0, |n| n.next);
            Some(here)
        })
    }

    /// The node an element stands in.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(ROOT, |n| n.parent as usize)
    }

    /// For each node the last node inside it.
    pub(super) fn ends(&self) -> Vec<Id> {
        let mut ends: Vec<Id> = (0..self.nodes.len()).collect();
        for id in (1..self.nodes.len()).rev() {
            let parent = self.parent(id);
            ends[parent] = ends[parent].max(ends[id]);
        }
        ends
    }
}

/// Reads a page.
pub(super) fn parse(text: &str) -> Dom<'_> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let root = Node { parent: 0, first: 0, last: 0, next: 0, data: element("", Vec::new()) };
    let mut builder = Builder {
        dom: Dom { text, nodes: vec![root] },
        open: vec![Open { id: ROOT, depth: 0, name: "" }],
        beyond: 0,
        is_xml: text.trim_start().starts_with("<?xml"),
    };
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => builder.start(tag),
            Token::EndTag(tag) => builder.end(names::known(&tag.name)),
            Token::String(string) => builder.text(&string),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    builder.dom
}

fn element(name: &'static str, attributes: Vec<(&'static str, String)>) -> Data {
    Data::Element { name, attributes }
}

struct Open {
    id: Id,
    depth: usize,
    name: &'static str,
}

struct Builder<'a> {
    dom: Dom<'a>,
    open: Vec<Open>,
    /// How many elements are open beyond the greatest depth.
    beyond: usize,
    is_xml: bool,
}

impl Builder<'_> {
    fn text(&mut self, string: &Spanned<HtmlString, usize>) {
        let range = string.span.start..string.span.end;
        let data = match self.dom.text.get(range.clone()) {
            Some(slice) if is_same(slice, &string.value) => Data::Text(range),
            _ => Data::Strange(String::from_utf8_lossy(&string.value).into_owned()),
        };
        self.append(data);
    }

    fn start(&mut self, tag: StartTag<usize>) {
        let name = names::known(&tag.name);
        if matches!(name, "html" | "head" | "body") {
            return;
        }
        self.close_before(name);
        let attributes = || {
            tag.attributes
                .iter()
                .filter_map(|(key, value)| {
                    Some((names::attribute(key)?, String::from_utf8_lossy(&value.value).into_owned()))
                })
                .collect()
        };
        let kind = names::kind(name);
        if kind == Kind::Void || self.is_xml && tag.self_closing {
            let attributes = attributes();
            self.append(element(name, attributes));
            return;
        }
        if self.open.last().is_none_or(|o| o.depth >= MAX_DEPTH) {
            self.beyond += 1;
            // The border of a paragraph is kept.
            if kind != Kind::Inline && !self.ends_in_border() {
                self.append(element("p", Vec::new()));
            }
            return;
        }
        let attributes = attributes();
        let depth = self.open.last().map_or(1, |o| o.depth + 1);
        let id = self.append(element(name, attributes));
        self.open.push(Open { id, depth, name });
    }

    /// Ends the elements that cannot hold a `name`.
    fn close_before(&mut self, name: &'static str) {
        let kind = names::kind(name);
        if kind == Kind::Block || name == "hr" {
            self.close(&["p"], &["button"]);
        }
        match name {
            "li" => self.close(&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => self.close(&["dt", "dd"], &["dl"]),
            "td" | "th" => self.close_in_table(&["td", "th"], &["tr"]),
            "tr" => self.close_in_table(&["tr", "caption"], &["tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => self.close_in_table(&["tbody", "thead", "tfoot", "caption"], &[]),
            "option" => self.close(&["option"], &["select"]),
            "a" => self.close_inline("a"),
            _ if is_heading(name) && self.open.last().is_some_and(|o| is_heading(o.name)) => {
                self.open.pop();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &'static str) {
        match name {
            "html" | "head" | "body" => return,
            "br" => {
                self.append(element("br", Vec::new()));
                return;
            }
            _ => {}
        }
        if names::kind(name) == Kind::Void {
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            if names::kind(name) != Kind::Inline && !self.ends_in_border() {
                self.append(element("p", Vec::new()));
            }
            return;
        }
        match name {
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "table" => {
                self.close_in_table(&[name], &[]);
            }
            _ if is_heading(name) => self.close(&["h1", "h2", "h3", "h4", "h5", "h6"], &[]),
            _ if names::kind(name) == Kind::Inline => self.close_inline(name),
            _ => self.close(&[name], &[]),
        }
    }

    /// Ends the innermost of `wanted` and what is in it, unless one of `borders` or a cell stands
    /// between.
    fn close(&mut self, wanted: &[&str], borders: &[&str]) {
        for k in (1..self.open.len()).rev() {
            let name = self.open[k].name;
            if wanted.contains(&name) {
                self.open.truncate(k);
                return;
            }
            if borders.contains(&name) || matches!(name, "td" | "th" | "table" | "caption") {
                return;
            }
        }
    }

    fn close_in_table(&mut self, wanted: &[&str], borders: &[&str]) {
        for k in (1..self.open.len()).rev() {
            let name = self.open[k].name;
            if wanted.contains(&name) {
                self.open.truncate(k);
                return;
            }
            if borders.contains(&name) || name == "table" {
                return;
            }
        }
    }

    /// Ends a run of text; blocks opened inside it stay open, so that a paragraph is not cut.
    fn close_inline(&mut self, name: &str) {
        for k in (1..self.open.len()).rev() {
            let open = &self.open[k];
            if open.name == name && names::kind(open.name) == Kind::Inline {
                if self.open[k..].iter().all(|o| names::kind(o.name) == Kind::Inline) {
                    self.open.truncate(k);
                } else {
                    self.open.remove(k);
                }
                return;
            }
            if matches!(open.name, "td" | "th" | "table" | "caption") {
                return;
            }
        }
    }

    fn ends_in_border(&self) -> bool {
        let parent = self.open.last().map_or(ROOT, |o| o.id);
        let last = self.dom.nodes.get(parent).map_or(0, |n| n.last as usize);
        last != ROOT && self.dom.name(last) == "p" && self.dom.children(last).next().is_none()
    }

    fn append(&mut self, data: Data) -> Id {
        let parent = self.open.last().map_or(ROOT, |o| o.id);
        let id = self.dom.nodes.len();
        let short = u32::try_from(id).unwrap_or(u32::MAX);
        let node = Node { parent: u32::try_from(parent).unwrap_or(0), first: 0, last: 0, next: 0, data };
        self.dom.nodes.push(node);
        let last = std::mem::replace(&mut self.dom.nodes[parent].last, short) as usize;
        match last {
            ROOT => self.dom.nodes[parent].first = short,
            last => self.dom.nodes[last].next = short,
        }
        id
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether the bytes of a text are what the tokenizer read, as far as can be seen without decoding
/// references: then its places can be trusted.
fn is_same(slice: &str, value: &[u8]) -> bool {
    slice.as_bytes() == value
        || slice.contains(['&', '\r', '\0']) && {
            let plain = |b: &u8| !matches!(b, b'\r' | b'\n' | 0);
            let head = slice.bytes().filter(plain).take_while(|b| *b != b'&');
            head.eq(value
                .iter()
                .copied()
                .filter(plain)
                .take(slice.bytes().filter(plain).take_while(|b| *b != b'&').count()))
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        fn show(dom: &Dom<'_>, id: Id, out: &mut String) {
            match &dom.nodes[id].data {
                Data::Text(range) => out.push_str(&dom.text[range.clone()]),
                Data::Strange(text) => out.push_str(text),
                Data::Element { name, .. } => {
                    out.push_str(&format!("{name}("));
                    dom.children(id).for_each(|c| show(dom, c, out));
                    out.push(')');
                }
            }
        }
        let mut out = String::new();
        let dom = parse(text);
        dom.children(ROOT).for_each(|c| show(&dom, c, &mut out));
        out
    }

    #[test]
    fn end_tags_may_be_left_out() {
        assert_eq!(shown("<p>甲<p>乙<div>丙</div>"), "p(甲)p(乙)div(丙)");
        assert_eq!(shown("<ul><li>甲<li>乙<ul><li>丙</ul><li>丁</ul>"), "ul(li(甲)li(乙ul(li(丙)))li(丁))");
        assert_eq!(
            shown("<table><tr><td>甲<td>乙<tr><td>丙</table>丁"),
            "table(tr(td(甲)td(乙))tr(td(丙)))丁"
        );
        assert_eq!(shown("<h1>甲<h2>乙</h2>"), "h1(甲)h2(乙)");
    }

    #[test]
    fn tags_that_cross() {
        assert_eq!(shown("<b><p>甲</b>乙</p>丙"), "b(p(甲乙))丙");
        assert_eq!(shown("<div><table><tr><td>甲</div>乙</table>丙</div>"), "div(table(tr(td(甲乙)))丙)");
        assert_eq!(shown("<a>甲<a>乙</a>丙"), "a(甲)a(乙)丙");
        assert_eq!(shown("甲</p></div></b>乙<br/>丙</br>"), "甲乙br()丙br()");
    }

    #[test]
    fn depth_is_bounded_and_nothing_lost() {
        let deep = format!("{}甲{}乙", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let seen = shown(&deep);
        assert!(seen.contains('甲') && seen.ends_with('乙'), "{}", seen.len());
        let crossed = "<b><i><u><div></b></i></u>".repeat(5_000);
        assert!(shown(&crossed).len() > 10);
    }
}

//! Style sheets as a flat list of declarations: enough to know what is hidden, what sets a font and what sets
//! a colour. What it does not understand it passes over.

use crate::verify::package::{Node, Xml};

/// One declaration of one selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verify) struct Style {
    /// The sheet, or the document.
    pub(in crate::verify) part: String,
    pub(in crate::verify) line: usize,
    /// The at-rules around it, lower case: `@media (prefers-color-scheme: dark)`.
    pub(in crate::verify) around: String,
    pub(in crate::verify) selector: String,
    pub(in crate::verify) property: String,
    pub(in crate::verify) value: String,
}

/// A step of a selector: tag, classes, id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Step {
    /// Lower case; empty for any.
    tag: String,
    classes: Vec<String>,
    id: Option<String>,
}

/// A selector taken apart once, to be held against many elements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::verify) struct Selector {
    own: Step,
    /// What stands around it, the nearest first.
    outer: Vec<Step>,
    means_nothing: bool,
}

impl Selector {
    pub(in crate::verify) fn of(text: &str) -> Self {
        let pseudo = ["::", ":before", ":after", ":first-line", ":first-letter"];
        let step = |step: &str| {
            let (tag, classes, id) = parts(step);
            let tag = if tag == "*" { String::new() } else { tag.to_lowercase() };
            Step { tag, classes: classes.into_iter().map(str::to_owned).collect(), id: id.map(str::to_owned) }
        };
        let mut all = steps(text).into_iter().rev().map(step);
        let own = all.next();
        Self {
            means_nothing: own.is_none() || pseudo.iter().any(|p| text.contains(p)),
            own: own.unwrap_or_default(),
            outer: all.collect(),
        }
    }

    /// Whether it means an element. Pseudo-classes and attributes are taken as true, pseudo-elements mean no
    /// element, and every step between is taken as "somewhere inside".
    pub(in crate::verify) fn means(&self, xml: &Xml, node: usize) -> bool {
        if self.means_nothing || !self.own.means(&xml.nodes[node]) {
            return false;
        }
        let mut around = xml.around(node);
        self.outer.iter().all(|step| around.any(|n| step.means(n)))
    }
}

impl Step {
    fn means(&self, node: &Node) -> bool {
        let name = node.name();
        !name.is_empty()
            && (self.tag.is_empty() || self.tag.eq_ignore_ascii_case(name))
            && self.classes.iter().all(|c| node.says("class", c))
            && self.id.as_deref().is_none_or(|id| node.attribute("id") == Some(id))
    }
}

/// At-rules inside each other; nobody nests more than a few.
const MOST_NESTED: usize = 32;

/// Reads a sheet that begins on a line of its file.
pub(in crate::verify) fn parse(part: &str, text: &str, line: usize, out: &mut Vec<Style>) {
    let text = without_comments(text);
    let mut around: Vec<String> = Vec::new();
    let (mut prelude, mut rest, mut line) = (String::new(), text.as_str(), line);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        line += usize::from(c == '\n');
        match c {
            '{' if is_group(&prelude) => {
                if around.len() < MOST_NESTED {
                    around.push(prelude.trim().to_lowercase());
                }
                prelude.clear();
            }
            '{' => {
                let end = end_of_block(rest);
                let block = rest.get(..end).unwrap_or_default();
                declarations(part, line, &around.join(" "), &prelude, block, out);
                line += block.matches('\n').count();
                rest = rest.get(end..).unwrap_or_default();
                rest = rest.strip_prefix('}').unwrap_or(rest);
                prelude.clear();
            }
            '}' => {
                around.pop();
                prelude.clear();
            }
            ';' => prelude.clear(),
            _ => prelude.push(c),
        }
    }
}

/// The declarations of a `style` attribute.
pub(in crate::verify) fn inline(text: &str) -> Vec<(String, String)> {
    split(text, ';').into_iter().filter_map(declaration).collect()
}

fn is_group(prelude: &str) -> bool {
    let name = prelude.trim_start();
    ["@media", "@supports", "@layer", "@container", "@document"]
        .iter()
        .any(|at| name.get(..at.len()).is_some_and(|n| n.eq_ignore_ascii_case(at)))
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        let end = rest[at + 2..].find("*/").map_or(rest.len(), |e| at + 2 + e + 2);
        out.extend(rest[at..end].chars().filter(|c| *c == '\n'));
        out.push(' ');
        rest = &rest[end..];
    }
    out + rest
}

/// Where the `}` of a block stands; strings are passed over.
fn end_of_block(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') => return at,
            _ => {}
        }
    }
    text.len()
}

/// Cut at a character that stands in no string and no bracket.
fn split(text: &str, at: char) -> Vec<&str> {
    let (mut quote, mut depth, mut from) = (None, 0_usize, 0);
    let mut out = Vec::new();
    for (k, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, c) if c == at && depth == 0 => {
                out.push(&text[from..k]);
                from = k + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[from..]);
    out
}

fn declaration(text: &str) -> Option<(String, String)> {
    let (property, value) = text.split_once(':')?;
    let value = value.trim().trim_end_matches("!important").trim();
    Some((property.trim().to_lowercase(), value.to_owned()))
}

fn declarations(part: &str, line: usize, around: &str, selectors: &str, block: &str, out: &mut Vec<Style>) {
    for selector in split(selectors, ',').into_iter().map(str::trim).filter(|s| !s.is_empty()) {
        for (property, value) in inline(block) {
            out.push(Style {
                part: part.to_owned(),
                line,
                around: around.to_owned(),
                selector: selector.to_owned(),
                property,
                value,
            });
        }
    }
}

/// The parts of a selector between blanks, `>`, `+` and `~`.
pub(in crate::verify) fn steps(selector: &str) -> Vec<&str> {
    selector.split(|c: char| c.is_whitespace() || "> +~".contains(c)).filter(|s| !s.is_empty()).collect()
}

/// The tag of a step, its classes and its id.
pub(in crate::verify) fn parts(step: &str) -> (&str, Vec<&str>, Option<&str>) {
    let end = step.find([':', '[']).unwrap_or(step.len());
    let step = &step[..end];
    let tag = &step[..step.find(['.', '#']).unwrap_or(step.len())];
    let (mut classes, mut id) = (Vec::new(), None);
    let mut rest = &step[tag.len()..];
    while let Some(kind) = rest.chars().next() {
        let body = &rest[kind.len_utf8()..];
        let end = body.find(['.', '#']).unwrap_or(body.len());
        match kind {
            '.' => classes.push(&body[..end]),
            _ => id = Some(&body[..end]),
        }
        rest = &body[end..];
    }
    (tag, classes, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        parse("a.css", text, 1, &mut out);
        out.iter()
            .map(|s| format!("{}|{} {}:{} @{}", s.around, s.selector, s.property, s.value, s.line))
            .collect()
    }

    #[test]
    fn declarations_with_their_lines() {
        let text = "@charset \"utf-8\";\n/* a\nb */ p, .x > a { color : Red !important; content: \";}\" }\n\
            @media print {\n h1 { font: 1em \"A;B\" }\n}\nq{x:y";
        let wanted = [
            "|p color:Red @3",
            "|p content:\";}\" @3",
            "|.x > a color:Red @3",
            "|.x > a content:\";}\" @3",
            "@media print|h1 font:1em \"A;B\" @5",
            "|q x:y @7",
        ];
        assert_eq!(told(text), wanted);
    }

    #[test]
    fn selectors_mean_elements() {
        let xml = Xml::read("a", "<html><body class='b'><p class='x y' id='i'>甲</p></body></html>").unwrap();
        let p = xml.nodes.iter().position(|n| n.name() == "p").unwrap();
        for selector in ["p", "*", ".x", "p.x.y", "#i", "body p", ".b > p:first-child", "html .y"] {
            assert!(Selector::of(selector).means(&xml, p), "{selector}");
        }
        for selector in ["div", ".z", "#j", "div p", "p::before", ".x:after", ""] {
            assert!(!Selector::of(selector).means(&xml, p), "{selector}");
        }
    }
}

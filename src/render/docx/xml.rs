//! A small element tree: parts made by docx-rs are read into it, completed, and written again;
//! parts docx-rs has no words for are built of it. All escaping is quick-xml's.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

/// An element with its attributes and content, names with their prefixes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Element {
    /// `w:p`
    pub(super) name: String,
    /// In the order they are written.
    pub(super) attributes: Vec<(String, String)>,
    /// Elements and text in order.
    pub(super) children: Vec<Node>,
}

/// What stands inside an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Characters, unescaped.
    Text(String),
}

impl Element {
    /// An empty element.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// An element with a `w:val`.
    pub(super) fn val(name: &str, value: &str) -> Self {
        Self::new(name).attr("w:val", value)
    }

    /// With one more attribute.
    pub(super) fn attr(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// With one more child.
    pub(super) fn with(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With more children.
    pub(super) fn with_all(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// With text.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    /// Sets an attribute, in its place if it is there already.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// An attribute's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Takes an attribute away.
    pub(super) fn unset(&mut self, name: &str) {
        self.attributes.retain(|(n, _)| n != name);
    }

    /// The child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    /// The child elements, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// Takes the children of a name away.
    pub(super) fn remove(&mut self, name: &str) {
        self.children.retain(|n| !matches!(n, Node::Element(e) if e.name == name));
    }

    /// Calls `f` with this element and every one below it, outer ones first. The depth is that of
    /// our own documents, which nest no deeper than a run in a cell.
    pub(super) fn walk(&mut self, f: &mut impl FnMut(&mut Element)) {
        f(self);
        for child in self.elements_mut() {
            child.walk(f);
        }
    }

    /// Reads a part.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, quick_xml::Error> {
        let mut reader = Reader::from_reader(bytes);
        let mut stack = vec![Element::default()];
        loop {
            match reader.read_event()? {
                Event::Start(start) => stack.push(opened(&start)?),
                Event::Empty(start) => {
                    let element = opened(&start)?;
                    push(&mut stack, Node::Element(element));
                }
                Event::End(_) => {
                    if let Some(element) = stack.pop() {
                        push(&mut stack, Node::Element(element));
                    }
                }
                Event::Text(text) => push_text(&mut stack, &text.decode()?),
                Event::CData(text) => push_text(&mut stack, &text.decode()?),
                Event::GeneralRef(reference) => {
                    if let Some(c) = reference.resolve_char_ref()? {
                        push_text(&mut stack, c.encode_utf8(&mut [0; 4]));
                    } else if let Some(text) = resolve_predefined_entity(&reference.decode()?) {
                        push_text(&mut stack, text);
                    }
                }
                Event::Eof => break,
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        let root = stack.pop().and_then(|outer| outer.children.into_iter().find_map(into_element));
        Ok(root.unwrap_or_default())
    }

    /// The part's bytes, with the XML declaration.
    pub(super) fn to_part(&self) -> std::io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name.as_str());
        for (name, value) in &self.attributes {
            start.push_attribute((name.as_str(), value.as_str()));
        }
        if self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(writer)?,
                Node::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name.as_str())))
    }
}

/// Characters XML 1.0 has no place for are left out; no escape could carry them.
pub(super) fn is_xml_char(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text fit for an attribute or property: one line, legal characters only.
pub(super) fn one_line(text: &str) -> String {
    text.chars().filter(|c| is_xml_char(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn opened(start: &BytesStart<'_>) -> Result<Element, quick_xml::Error> {
    let decoder = start.decoder();
    let mut element = Element::new(&decoder.decode(start.name().as_ref())?);
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.decoded_and_normalized_value(XmlVersion::Implicit1_0, decoder)?;
        element.attributes.push((decoder.decode(attribute.key.as_ref())?.into_owned(), value.into_owned()));
    }
    Ok(element)
}

fn push(stack: &mut [Element], node: Node) {
    if let Some(parent) = stack.last_mut() {
        parent.children.push(node);
    }
}

/// Adds text to the text before it, so that entities don't split it.
fn push_text(stack: &mut [Element], text: &str) {
    let Some(parent) = stack.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn into_element(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let element = Element::new("w:t")
            .attr("w:a", "x \"&<>'")
            .text("a & b < c > d ]]> \" ' &amp; 中")
            .with(Element::val("w:b", "1"));
        let bytes = element.to_part().unwrap();
        assert_eq!(Element::parse(&bytes).unwrap(), element);
    }

    #[test]
    fn entities_do_not_split_text() {
        let read = Element::parse(b"<a>x&amp;y&#x4E2D;&lt;<b/>z</a>").unwrap();
        assert_eq!(read.children.len(), 3);
        assert_eq!(read.children[0], Node::Text("x&y中<".into()));
    }
}

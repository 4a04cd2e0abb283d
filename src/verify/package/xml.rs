//! XML of a stranger's file as a flat list of nodes in the order of the document: nothing is nested in
//! memory, so that nothing has to be recursed into.
//!
//! Names are known by namespace: XHTML's, OPF's and NCX's own stand bare, others behind the prefix this
//! room knows them by (`epub:type`, `w:p`). No entity is expanded but XML's five and references to
//! characters; any other becomes U+FFFD, which no text holds and a comparison finds.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::verify::PackageError;

/// Elements inside one another; a book has some thirty.
const MOST_DEPTH: usize = 256;
/// Nodes and attributes of a document: the text of ten million bytes has half as many.
const MOST_NODES: usize = 1_000_000;
/// Namespaces in force at one place, and attributes of an element.
const MOST_BINDINGS: usize = 512;
const MOST_ATTRIBUTES: usize = 256;

/// A document.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Xml {
    /// The nodes in the order of the document; the first is the root.
    pub(in crate::verify) nodes: Vec<Node>,
    /// Nodes and attributes, and bytes of text: what it takes to keep and to go through it.
    pub(in crate::verify) weight: usize,
    pub(in crate::verify) text_bytes: usize,
    /// The elements, and all that are around each of them.
    pub(in crate::verify) steps: usize,
}

/// An element, or text.
#[derive(Debug, Clone)]
pub(in crate::verify) struct Node {
    /// The element it stands in; the root stands in itself.
    pub(in crate::verify) parent: usize,
    /// Behind the last node inside it.
    pub(in crate::verify) end: usize,
    /// The line it begins on, from 1.
    pub(in crate::verify) line: usize,
    /// What it is.
    pub(in crate::verify) kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(in crate::verify) enum Kind {
    /// An element: its name and attributes.
    Element { name: String, attributes: Vec<(String, String)> },
    /// Characters.
    Text(String),
}

impl Node {
    /// The element's name; nothing for text.
    pub(in crate::verify) fn name(&self) -> &str {
        match &self.kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// The characters; none for an element.
    pub(in crate::verify) fn text(&self) -> &str {
        match &self.kind {
            Kind::Element { .. } => "",
            Kind::Text(text) => text,
        }
    }

    /// An attribute's value.
    pub(in crate::verify) fn attribute(&self, wanted: &str) -> Option<&str> {
        match &self.kind {
            Kind::Element { attributes, .. } => {
                attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
            }
            Kind::Text(_) => None,
        }
    }

    /// Whether one of the words of an attribute is this one: `class`, `epub:type`, `role`.
    pub(in crate::verify) fn says(&self, attribute: &str, word: &str) -> bool {
        self.attribute(attribute).is_some_and(|value| value.split_ascii_whitespace().any(|w| w == word))
    }
}

impl Xml {
    /// Reads a part.
    pub(in crate::verify) fn read(part: &str, text: &str) -> Result<Self, PackageError> {
        Reading {
            part,
            text,
            counted: 0,
            line: 1,
            weight: 0,
            bytes: 0,
            steps: 0,
            open: Vec::new(),
            nodes: Vec::new(),
        }
        .run()
    }

    /// The nodes inside one, itself not among them.
    pub(in crate::verify) fn inside(&self, node: usize) -> std::ops::Range<usize> {
        self.nodes.get(node).map_or(0..0, |n| node + 1..n.end)
    }

    /// The elements of a name inside a node.
    pub(in crate::verify) fn named<'x>(
        &'x self,
        node: usize,
        name: &'x str,
    ) -> impl Iterator<Item = usize> + 'x {
        self.inside(node).filter(move |k| self.nodes[*k].name() == name)
    }

    /// The elements in which a node stands, the nearest first, itself not among them.
    pub(in crate::verify) fn around(&self, node: usize) -> impl Iterator<Item = &Node> {
        let mut at = node;
        std::iter::from_fn(move || {
            let parent = self.nodes.get(at)?.parent;
            let found = (parent != at).then(|| &self.nodes[parent]);
            at = parent;
            found
        })
    }

    /// All characters inside a node.
    pub(in crate::verify) fn text(&self, node: usize) -> String {
        self.inside(node).map(|k| self.nodes[k].text()).collect()
    }
}

struct Reading<'a> {
    part: &'a str,
    text: &'a str,
    /// How far lines are counted.
    counted: usize,
    line: usize,
    weight: usize,
    bytes: usize,
    steps: usize,
    open: Vec<usize>,
    nodes: Vec<Node>,
}

impl Reading<'_> {
    fn run(mut self) -> Result<Xml, PackageError> {
        let mut reader = NsReader::from_str(self.text);
        reader.config_mut().expand_empty_elements = true;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
            let event = reader.read_event().map_err(|_| self.damaged())?;
            match event {
                Event::Start(tag) => {
                    let kind = self.element(&reader, &tag)?;
                    let node = self.push(at, kind)?;
                    self.open.push(node);
                    if self.open.len() > MOST_DEPTH {
                        return Err(PackageError::too_large(self.part));
                    }
                }
                Event::End(_) | Event::Empty(_) => {
                    let Some(node) = self.open.pop() else { return Err(self.damaged()) };
                    self.nodes[node].end = self.nodes.len();
                }
                Event::Text(text) => {
                    let text = text.xml10_content().map_err(|_| self.damaged())?.into_owned();
                    self.characters(at, &text)?;
                }
                Event::CData(data) => {
                    let text = data.xml10_content().map_err(|_| self.damaged())?.into_owned();
                    self.characters(at, &text)?;
                }
                Event::GeneralRef(name) => {
                    if let Some(c) = name.resolve_char_ref().map_err(|_| self.damaged())? {
                        self.characters(at, c.encode_utf8(&mut [0; 4]))?;
                        continue;
                    }
                    let entity = name.decode().map_err(|_| self.damaged())?;
                    let text = quick_xml::escape::resolve_predefined_entity(&entity).unwrap_or("\u{fffd}");
                    self.characters(at, text)?;
                }
                // What it declares is not read: a reference to it is found.
                Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() && !self.nodes.is_empty() => {
                    return Ok(Xml {
                        nodes: self.nodes,
                        weight: self.weight,
                        text_bytes: self.bytes,
                        steps: self.steps,
                    });
                }
                Event::Eof => return Err(self.damaged()),
            }
        }
    }

    fn damaged(&self) -> PackageError {
        PackageError::damaged(self.part)
    }

    /// The line of a byte; bytes are asked for in order.
    fn line_of(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line += bytes.iter().filter(|b| **b == b'\n').count();
        self.counted = at.max(self.counted);
        self.line
    }

    fn push(&mut self, at: usize, kind: Kind) -> Result<usize, PackageError> {
        let node = self.nodes.len();
        self.weight += 1;
        if self.weight > MOST_NODES {
            return Err(PackageError::too_large(self.part));
        }
        if node > 0 && self.open.is_empty() {
            return Err(self.damaged());
        }
        let parent = self.open.last().copied().unwrap_or(node);
        let line = self.line_of(at);
        self.nodes.push(Node { parent, end: node + 1, line, kind });
        Ok(node)
    }

    fn characters(&mut self, at: usize, text: &str) -> Result<(), PackageError> {
        self.bytes += text.len();
        if self.open.is_empty() {
            return if text.trim().is_empty() { Ok(()) } else { Err(self.damaged()) };
        }
        // Text in several pieces is one run.
        if let Some(Node { kind: Kind::Text(before), parent, .. }) = self.nodes.last_mut()
            && self.open.last() == Some(parent)
        {
            before.push_str(text);
            return Ok(());
        }
        self.push(at, Kind::Text(text.to_owned())).map(|_| ())
    }

    fn element(&mut self, reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<Kind, PackageError> {
        let resolver = reader.resolver();
        if resolver.bindings().count() > MOST_BINDINGS {
            return Err(PackageError::too_large(self.part));
        }
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| self.damaged());
        let (ns, local) = resolver.resolve_element(tag.name());
        let name = format!("{}{}", prefix(&ns), text(local.as_ref())?);
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| self.damaged())?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            if attributes.len() >= MOST_ATTRIBUTES {
                return Err(PackageError::too_large(self.part));
            }
            let (ns, local) = resolver.resolve_attribute(attribute.key);
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| self.damaged())?;
            let name = format!("{}{}", prefix(&ns), text(local.as_ref())?);
            attributes.push((name, value.into_owned()));
        }
        self.weight += attributes.len();
        self.steps += 1 + self.open.len();
        Ok(Kind::Element { name, attributes })
    }
}

/// The prefix this room knows a namespace by.
fn prefix(ns: &ResolveResult<'_>) -> &'static str {
    let uri = match ns {
        ResolveResult::Bound(ns) => ns.0,
        ResolveResult::Unbound => return "",
        ResolveResult::Unknown(_) => return "?:",
    };
    match uri {
        b"http://www.w3.org/1999/xhtml"
        | b"http://www.idpf.org/2007/opf"
        | b"http://www.daisy.org/z3986/2005/ncx/"
        | b"urn:oasis:names:tc:opendocument:xmlns:container" => "",
        b"http://www.idpf.org/2007/ops" => "epub:",
        b"http://purl.org/dc/elements/1.1/" => "dc:",
        b"http://www.w3.org/XML/1998/namespace" => "xml:",
        b"http://www.w3.org/2000/svg" => "svg:",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => "w:",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        | b"http://purl.oclc.org/ooxml/officeDocument/relationships" => "r:",
        b"http://schemas.openxmlformats.org/package/2006/relationships" => "",
        b"http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc:",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math" => "m:",
        b"http://schemas.openxmlformats.org/drawingml/2006/main"
        | b"http://purl.oclc.org/ooxml/drawingml/main" => "a:",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        | b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => "wp:",
        _ => "?:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, PackageError> {
        let xml = Xml::read("a.xml", text)?;
        let node = |n: &Node| match &n.kind {
            Kind::Element { name, .. } => format!("{name}@{}", n.line),
            Kind::Text(text) => format!("{text:?}"),
        };
        Ok(xml.nodes.iter().map(node).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn names_are_known_by_namespace_and_lines_are_counted() {
        let text =
            "<h:p xmlns:h='http://www.w3.org/1999/xhtml'>\n<h:b>甲&amp;&#20057;<![CDATA[<]]></h:b>\n</h:p>";
        assert_eq!(shown(text).unwrap(), "p@1 \"\\n\" b@2 \"甲&乙<\" \"\\n\"");
        let xml = Xml::read("a", text).unwrap();
        assert_eq!((xml.text(0), xml.named(0, "b").count()), ("\n甲&乙<\n".to_owned(), 1));
    }

    #[test]
    fn nothing_is_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'ccc'>]><a>&b;</a>";
        assert_eq!(shown(bomb).unwrap(), "a@1 \"\u{fffd}\"");
    }

    #[test]
    fn what_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert!(matches!(shown(&deep), Err(PackageError::TooLarge { .. })));
        for text in ["", "<a>", "<a></b>", "<a b=c/>", "<a>&#xFFFFFFFF;</a>", "</a>", "<a/><b/>", "<a/>x"] {
            assert!(matches!(shown(text), Err(PackageError::Damaged { .. })), "{text}");
        }
    }
}

//! XML of a stranger's file, event by event: names by namespace, depth bounded, nothing expanded.

use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::source::SourceError;

/// Elements inside one another; no program writes more than some thirty.
const MAX_DEPTH: usize = 256;
/// Namespace declarations in force at one place; Word writes some forty.
const MAX_BINDINGS: usize = 512;

/// Elements of a part that holds text; a book of ten million bytes has half as many.
const MOST_ELEMENTS: usize = 1_000_000;
/// Paragraphs, tables, rows and cells of such a part; that book has a third.
const MOST_BLOCKS: usize = 120_000;
/// Elements of any other part.
const MOST_SETTINGS: usize = 300_000;
/// Bytes of text in one part.
const MOST_TEXT: usize = 16 << 20;

/// The namespaces that mean something here, Strict and Transitional alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// WordprocessingML.
    W,
    /// Relationships named by an attribute.
    R,
    /// DrawingML.
    A,
    /// Drawings in Word.
    Wp,
    /// Formulas.
    M,
    /// Alternatives for older programs.
    Mc,
    /// VML.
    V,
    /// Office's own, around VML.
    O,
    /// Charts and diagrams.
    Graphic,
    /// Word's later additions, of which the text is understood.
    Later,
    /// No namespace, as attributes have.
    None,
    /// Any other.
    Other,
}

impl Ns {
    fn of(uri: &[u8]) -> Self {
        const OPEN: &str = "http://schemas.openxmlformats.org/";
        const STRICT: &str = "http://purl.oclc.org/ooxml/";
        let Ok(uri) = std::str::from_utf8(uri) else { return Ns::Other };
        if let Some(rest) = uri.strip_prefix(OPEN) {
            return match rest {
                "wordprocessingml/2006/main" => Ns::W,
                "officeDocument/2006/relationships" => Ns::R,
                "drawingml/2006/main" => Ns::A,
                "drawingml/2006/wordprocessingDrawing" => Ns::Wp,
                "officeDocument/2006/math" => Ns::M,
                "markup-compatibility/2006" => Ns::Mc,
                "drawingml/2006/chart" | "drawingml/2006/diagram" => Ns::Graphic,
                _ => Ns::Other,
            };
        }
        if let Some(rest) = uri.strip_prefix(STRICT) {
            return match rest {
                "wordprocessingml/main" => Ns::W,
                "officeDocument/relationships" => Ns::R,
                "drawingml/main" => Ns::A,
                "drawingml/wordprocessingDrawing" => Ns::Wp,
                "officeDocument/math" => Ns::M,
                "drawingml/chart" | "drawingml/diagram" => Ns::Graphic,
                _ => Ns::Other,
            };
        }
        match uri {
            "urn:schemas-microsoft-com:vml" => Ns::V,
            "urn:schemas-microsoft-com:office:office" => Ns::O,
            _ if uri.starts_with("http://schemas.microsoft.com/office/word/20") => Ns::Later,
            _ => Ns::Other,
        }
    }
}

/// An attribute.
#[derive(Debug)]
struct Attr {
    ns: Ns,
    name: String,
    value: String,
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) ns: Ns,
    pub(super) name: String,
    attrs: Vec<Attr>,
    is_preserved: bool,
}

impl Tag {
    pub(super) fn is(&self, ns: Ns, name: &str) -> bool {
        self.ns == ns && self.name == name
    }

    /// An attribute; the element's own may be written without a prefix.
    pub(super) fn attr(&self, ns: Ns, name: &str) -> Option<&str> {
        let found = |ns: Ns| self.attrs.iter().find(|a| a.ns == ns && a.name == name);
        found(ns).or_else(|| found(Ns::None).filter(|_| ns == self.ns)).map(|a| a.value.as_str())
    }

    /// `w:val`.
    pub(super) fn val(&self) -> Option<&str> {
        self.attr(Ns::W, "val")
    }

    /// An attribute without a namespace.
    pub(super) fn bare(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|a| a.ns == Ns::None && a.name == name).map(|a| a.value.as_str())
    }

    /// Whether the blanks at both ends of its text count.
    pub(super) fn keeps_blanks(&self) -> bool {
        self.is_preserved
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Event {
    Start(Tag),
    End,
    Text(String),
}

/// One part, read from its start to its end.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    depth: usize,
    /// How much more of each there may be.
    elements: usize,
    blocks: usize,
    text: usize,
    /// The depth that a namespace and a `xml:space` of the root hold for.
    root_preserves: bool,
}

impl<'a> Xml<'a> {
    /// A part of settings.
    pub(super) fn new(part: &'a str, text: &'a str) -> Self {
        Self::with(part, text, MOST_SETTINGS)
    }

    /// A part that holds text.
    pub(super) fn of_text(part: &'a str, text: &'a str) -> Self {
        Self::with(part, text, MOST_ELEMENTS)
    }

    fn with(part: &'a str, text: &'a str, elements: usize) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0, elements, blocks: MOST_BLOCKS, text: MOST_TEXT, root_preserves: false }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next event, or none at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event>, SourceError> {
        loop {
            let event = self.reader.read_event().map_err(|_| malformed(self.part))?;
            match event {
                Raw::Start(start) => return self.start(&start).map(|tag| Some(Event::Start(tag))),
                // Empty elements are expanded.
                Raw::Empty(_) | Raw::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Event::End));
                }
                Raw::Text(text) => {
                    let text = text.xml10_content().map_err(|_| malformed(self.part))?;
                    self.text = self.text.checked_sub(text.len()).ok_or_else(|| SourceError::TooLarge {
                        part: self.part.to_owned(),
                        limit: (MOST_TEXT >> 20) as u64,
                    })?;
                    return Ok(Some(Event::Text(text.into_owned())));
                }
                Raw::CData(data) => {
                    let text = data.xml10_content().map_err(|_| malformed(self.part))?;
                    return Ok(Some(Event::Text(text.into_owned())));
                }
                Raw::GeneralRef(name) => {
                    if let Some(c) = name.resolve_char_ref().map_err(|_| malformed(self.part))? {
                        return Ok(Some(Event::Text(c.to_string())));
                    }
                    let entity = name.decode().map_err(|_| malformed(self.part))?;
                    return match quick_xml::escape::resolve_predefined_entity(&entity) {
                        Some(text) => Ok(Some(Event::Text(text.to_owned()))),
                        None => Err(SourceError::UnknownEntity {
                            part: self.part.to_owned(),
                            entity: entity.chars().take(40).collect(),
                        }),
                    };
                }
                Raw::DocType(_) => return Err(SourceError::Doctype { part: self.part.to_owned() }),
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => {}
                Raw::Eof if self.depth > 0 => return Err(malformed(self.part)),
                Raw::Eof => return Ok(None),
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<Tag, SourceError> {
        self.depth += 1;
        let resolver = self.reader.resolver();
        if self.depth > MAX_DEPTH || resolver.bindings().count() > MAX_BINDINGS {
            return Err(SourceError::TooDeep { part: self.part.to_owned() });
        }
        let ns_of = |resolved: &ResolveResult<'_>| match resolved {
            ResolveResult::Bound(ns) => Ns::of(ns.0),
            ResolveResult::Unbound => Ns::None,
            ResolveResult::Unknown(_) => Ns::Other,
        };
        let text =
            |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| malformed(self.part));
        let (resolved, local) = resolver.resolve_element(start.name());
        let (ns, name) = (ns_of(&resolved), text(local.as_ref())?);
        let is_block = ns == Ns::W && matches!(name.as_str(), "p" | "tbl" | "tr" | "tc");
        for (left, taken) in [(&mut self.elements, true), (&mut self.blocks, is_block)] {
            *left = left
                .checked_sub(usize::from(taken))
                .ok_or_else(|| SourceError::TooManyElements { part: self.part.to_owned() })?;
        }
        let mut attrs = Vec::new();
        let mut space = None;
        for attr in start.attributes().with_checks(false) {
            let attr = attr.map_err(|_| malformed(self.part))?;
            if attr.key.as_namespace_binding().is_some() {
                continue;
            }
            let (resolved, local) = resolver.resolve_attribute(attr.key);
            let value = attr.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| malformed(self.part))?.into_owned();
            if attr.key.as_ref() == b"xml:space" {
                space = Some(value == "preserve");
            }
            attrs.push(Attr { ns: ns_of(&resolved), name: text(local.as_ref())?, value });
        }
        if self.depth == 1 {
            self.root_preserves = space == Some(true);
        }
        Ok(Tag { ns, name, attrs, is_preserved: space.unwrap_or(self.root_preserves) })
    }

    /// Passes over the rest of the element whose start was read last.
    pub(super) fn skip(&mut self) -> Result<(), SourceError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What a prefix stands for here.
    pub(super) fn prefix(&self, wanted: &str) -> Ns {
        let bound = self.reader.resolver().bindings().filter_map(|(prefix, ns)| match prefix {
            quick_xml::name::PrefixDeclaration::Named(name) if name == wanted.as_bytes() => {
                Some(Ns::of(ns.0))
            }
            _ => None,
        });
        bound.last().unwrap_or(Ns::None)
    }
}

fn malformed(part: &str) -> SourceError {
    SourceError::Malformed { part: part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'";

    fn all(text: &str) -> Result<Vec<String>, SourceError> {
        let mut xml = Xml::new("a.xml", text);
        let mut seen = Vec::new();
        while let Some(event) = xml.next()? {
            seen.push(match event {
                Event::Start(tag) => format!("{:?}:{}", tag.ns, tag.name),
                Event::End => "/".to_owned(),
                Event::Text(text) => text,
            });
        }
        Ok(seen)
    }

    #[test]
    fn names_are_known_by_namespace() {
        let seen = all(&format!("<x:p {W}><x:t x:val='1'>甲&amp;&#20057;</x:t><p/></x:p>")).unwrap();
        assert_eq!(seen, ["W:p", "W:t", "甲", "&", "乙", "/", "None:p", "/", "/"]);
    }

    #[test]
    fn what_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert!(matches!(all(&deep), Err(SourceError::TooDeep { .. })));
        let doctype = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        assert!(matches!(all(doctype), Err(SourceError::Doctype { .. })));
        assert!(matches!(all("<a>&b;</a>"), Err(SourceError::UnknownEntity { .. })));
        for text in ["<a>", "<a></b>", "<a b=c/>", "<a b='&c;'/>", "<a>&#xFFFFFFFF;</a>", "</a>"] {
            assert!(matches!(all(text), Err(SourceError::Malformed { .. })), "{text}");
        }
    }
}

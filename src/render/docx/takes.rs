//! What a file that is sent out takes along, so that it can be merged when it comes back: the texts of
//! [`crate::tree::Base`] as custom properties and, once more, in a custom XML part. Word, LibreOffice and
//! python-docx keep the properties; by way of odt LibreOffice loses the part. And bookmarks around
//! paragraphs, which all of them keep.

use std::io;

use docx_rs::{BookmarkEnd, BookmarkStart, Paragraph, ParagraphChild};

use crate::tree::{BASE_NAMESPACE, NodeId};

use super::parts::{self, Relation};
use super::writer::Writer;
use super::xml::Element;
use super::zip::Part;

/// Where the custom properties lie.
pub(super) const PROPERTIES: &str = "docProps/custom.xml";
const ITEM: &str = "customXml/item1.xml";
const ITEM_PROPERTIES: &str = "customXml/itemProps1.xml";
/// The identity of every part of ours; Word wants one and does not ask whose.
const ITEM_ID: &str = "{6A6A6A62-616F-4A42-8153-450000000001}";
/// The format of user-defined properties ([MS-OLEPS], 2.20).
const USER_DEFINED: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// The parts and their content types.
pub(super) fn parts(pairs: &[(String, String)]) -> io::Result<Vec<Part>> {
    let relation = Relation::part("rId1", "customXmlProps", "itemProps1.xml");
    Ok(vec![
        Part::new(PROPERTIES, properties(pairs)?),
        Part::new(ITEM, item(pairs)?),
        Part::new(ITEM_PROPERTIES, item_properties()?),
        Part::new("customXml/_rels/item1.xml.rels", parts::relations(&[relation])?),
    ])
}

/// The whole content types of the parts that have one of their own.
pub(super) const KINDS: [(&str, &str); 2] = [
    (PROPERTIES, "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    (ITEM_PROPERTIES, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
];

/// From the text to the custom XML part.
pub(super) fn relation() -> Relation {
    Relation::part("rIdTakes", "customXml", &format!("../{ITEM}"))
}

fn properties(pairs: &[(String, String)]) -> io::Result<Vec<u8>> {
    // Numbers 0 and 1 are the format's own.
    let all = pairs.iter().enumerate().map(|(k, (name, value))| {
        Element::new("property")
            .attr("fmtid", USER_DEFINED)
            .attr("pid", &(k + 2).to_string())
            .attr("name", name)
            .with(Element::new("vt:lpwstr").text(value))
    });
    Element::new("Properties")
        .attr("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties")
        .attr("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes")
        .with_all(all)
        .to_part()
}

fn item(pairs: &[(String, String)]) -> io::Result<Vec<u8>> {
    let all = pairs.iter().map(|(name, value)| Element::new("value").attr("name", name).text(value));
    Element::new("base").attr("xmlns", BASE_NAMESPACE).with_all(all).to_part()
}

fn item_properties() -> io::Result<Vec<u8>> {
    let schema = Element::new("ds:schemaRef").attr("ds:uri", BASE_NAMESPACE);
    Element::new("ds:datastoreItem")
        .attr("ds:itemID", ITEM_ID)
        .attr("xmlns:ds", "http://schemas.openxmlformats.org/officeDocument/2006/customXml")
        .with(Element::new("ds:schemaRefs").with(schema))
        .to_part()
}

impl Writer<'_> {
    /// The paragraph with the bookmark of its node around it, in a file that takes its base along. A node
    /// of several paragraphs has it around the first. Paragraphs of footnotes have none: LibreOffice renames
    /// those of all but the first note, and the note's mark has its own.
    pub(super) fn anchored(&mut self, mut paragraph: Paragraph, node: &NodeId) -> Paragraph {
        let takes = !self.in_note && self.job.excerpt.is_some_and(|e| !e.properties.is_empty());
        let Some(name) = node.bookmark().filter(|name| takes && self.claim(name)) else { return paragraph };
        let id = self.bookmark_id();
        paragraph.children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(id, name)));
        paragraph.children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
        paragraph
    }
}

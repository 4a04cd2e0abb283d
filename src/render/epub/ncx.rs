//! The contents of EPUB 2, which older readers need: epub-builder leaves out the identifier, takes the
//! heading of the contents for the book's title, and always claims one level.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::render::epub::metadata::{Metadata, element};
use crate::render::epub::plan::Plan;

/// The document mended.
pub(super) fn mend(
    text: &[u8],
    metadata: &Metadata,
    plan: &Plan,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let depth = plan.documents.iter().map(|d| d.level).max().unwrap_or(1).to_string();
    let mut reader = Reader::from_reader(text);
    let mut out = Writer::new(Vec::with_capacity(text.len() + 512));
    let (mut identified, mut titled) = (false, false);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) if tag.name().as_ref() == b"ncx" => {
                let mut tag = tag.into_owned();
                tag.push_attribute(("xml:lang", metadata.language));
                out.write_event(Event::Start(tag))?;
            }
            Event::Start(tag) if tag.name().as_ref() == b"head" => {
                reader.read_to_end(tag.name())?;
                out.write_event(Event::Start(tag))?;
                let fields = [
                    ("dtb:uid", metadata.identifier.as_str()),
                    ("dtb:depth", &depth),
                    ("dtb:totalPageCount", "0"),
                    ("dtb:maxPageNumber", "0"),
                ];
                for field in fields {
                    out.write_event(Event::Text(BytesText::new("\n    ")))?;
                    let attributes = [("name", field.0), ("content", field.1)];
                    out.create_element("meta").with_attributes(attributes).write_empty()?;
                }
                out.write_event(Event::Text(BytesText::new("\n  ")))?;
                out.write_event(Event::End(BytesEnd::new("head")))?;
                identified = true;
            }
            Event::Start(tag) if tag.name().as_ref() == b"docTitle" => {
                reader.read_to_end(tag.name())?;
                out.write_event(Event::Start(BytesStart::new("docTitle")))?;
                element(&mut out, "text", &[], &metadata.title)?;
                out.write_event(Event::End(BytesEnd::new("docTitle")))?;
                titled = true;
            }
            event => out.write_event(event)?,
        }
    }
    if identified && titled { Ok(out.into_inner()) } else { Err("no head or no title".into()) }
}

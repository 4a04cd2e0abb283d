//! The package document: our metadata in the place of epub-builder's, the contents in the spine.
//!
//! Of epub-builder's own it keeps manifest, spine and guide. Its metadata cannot stay: with a language
//! and an author it writes the id `epub-creator-0` twice, and it knows no publisher or contributor.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::render::epub::metadata::Metadata;
use crate::render::epub::model::WORDS;

/// The document mended.
pub(super) fn mend(text: &[u8], metadata: &Metadata) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut reader = Reader::from_reader(text);
    let mut out = Writer::new(Vec::with_capacity(text.len() * 2));
    let (mut described, mut listed) = (false, false);
    let mut before = metadata.has_cover;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) if tag.name().as_ref() == b"package" => {
                let mut tag = tag.into_owned();
                tag.push_attribute(("xml:lang", metadata.language));
                out.write_event(Event::Start(tag))?;
            }
            Event::Start(tag) if tag.name().as_ref() == b"metadata" => {
                reader.read_to_end(tag.name())?;
                let mut start = BytesStart::new("metadata");
                start.push_attribute(("xmlns:dc", "http://purl.org/dc/elements/1.1/"));
                out.write_event(Event::Start(start))?;
                out.write_event(Event::Text(BytesText::new("\n")))?;
                metadata.write(&mut out)?;
                out.write_event(Event::End(BytesEnd::new("metadata")))?;
                described = true;
            }
            Event::Empty(tag) if tag.name().as_ref() == b"itemref" && !listed => {
                // The contents are read after cover and title page.
                out.write_event(Event::Empty(tag))?;
                if std::mem::take(&mut before) {
                    continue;
                }
                out.write_event(Event::Text(BytesText::new("\n    ")))?;
                out.create_element("itemref").with_attribute(("idref", "nav")).write_empty()?;
                listed = true;
            }
            // Only what stands in the contents has a name to give.
            Event::Empty(tag) if is_cover(&tag) => {
                let attributes = [("type", "cover"), ("title", WORDS.cover), ("href", "cover.xhtml")];
                out.create_element("reference").with_attributes(attributes).write_empty()?;
            }
            event => out.write_event(event)?,
        }
    }
    if described && listed { Ok(out.into_inner()) } else { Err("no metadata or no spine".into()) }
}

fn is_cover(tag: &BytesStart<'_>) -> bool {
    let kind = tag.try_get_attribute("type").ok().flatten();
    tag.name().as_ref() == b"reference" && kind.is_some_and(|kind| kind.value.as_ref() == b"cover")
}

//! The contents of EPUB 2, which older readers need: epub-builder leaves out the identifier, takes the
//! heading of the contents for the book's title, and always claims one level.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::render::epub::metadata::{Metadata, element};
use crate::render::epub::model::WORDS;
use crate::render::epub::plan::Plan;

/// The document mended.
pub(super) fn mend(
    text: &[u8],
    metadata: &Metadata,
    plan: &Plan,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let depth = plan.documents.iter().map(|d| d.level).max().unwrap_or(1).to_string();
    let count = plan.pages.len().to_string();
    let most = plan.pages.iter().filter_map(|p| p.label.parse::<usize>().ok()).max().unwrap_or(0).to_string();
    let mut order = orders(plan);
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
                    ("dtb:totalPageCount", &count),
                    ("dtb:maxPageNumber", &most),
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
            // Pages stand between the chapters in the order of reading.
            Event::Start(tag) if tag.name().as_ref() == b"navPoint" => {
                let place = order.chapters.next().map(|n| n.to_string());
                let mut own = BytesStart::new("navPoint");
                for attribute in tag.attributes() {
                    let attribute = attribute?;
                    match (attribute.key.as_ref(), &place) {
                        (b"playOrder", Some(place)) => own.push_attribute(("playOrder", place.as_str())),
                        _ => own.push_attribute(attribute),
                    }
                }
                out.write_event(Event::Start(own))?;
            }
            Event::End(tag) if tag.name().as_ref() == b"navMap" => {
                out.write_event(Event::End(tag))?;
                page_list(&mut out, plan, &order.pages)?;
            }
            event => out.write_event(event)?,
        }
    }
    if identified && titled { Ok(out.into_inner()) } else { Err("no head or no title".into()) }
}

/// Where chapters and pages stand in the order of reading, from 1.
struct Orders {
    chapters: std::vec::IntoIter<usize>,
    pages: Vec<usize>,
}

fn orders(plan: &Plan) -> Orders {
    let (mut chapters, mut pages, mut place) = (Vec::new(), Vec::new(), 0);
    for document in &plan.documents {
        if !document.label.is_empty() {
            place += 1;
            chapters.push(place);
        }
        for _ in plan.pages.iter().filter(|p| p.file == document.file) {
            place += 1;
            pages.push(place);
        }
    }
    Orders { chapters: chapters.into_iter(), pages }
}

/// The printed pages (NCX 2005-1, `pageList`).
fn page_list(out: &mut Writer<Vec<u8>>, plan: &Plan, orders: &[usize]) -> std::io::Result<()> {
    if plan.pages.is_empty() {
        return Ok(());
    }
    out.write_event(Event::Start(BytesStart::new("pageList")))?;
    out.create_element("navLabel").write_inner_content(|out| element(out, "text", &[], WORDS.pages))?;
    for (page, order) in plan.pages.iter().zip(orders) {
        let order = order.to_string();
        let attributes = [
            ("id", page.id.as_str()),
            ("type", "normal"),
            ("value", page.label.as_str()),
            ("playOrder", order.as_str()),
        ];
        out.create_element("pageTarget").with_attributes(attributes).write_inner_content(|out| {
            out.create_element("navLabel")
                .write_inner_content(|out| element(out, "text", &[], &page.label))?;
            let src = format!("{}#{}", page.file, page.id);
            out.create_element("content").with_attribute(("src", src.as_str())).write_empty()?;
            Ok(())
        })?;
        out.write_event(Event::Text(BytesText::new("\n")))?;
    }
    out.write_event(Event::End(BytesEnd::new("pageList")))
}

//! Metadata without the claims that sheets cannot make good: to be PDF/A, PDF/UA or PDF/X.

use lopdf::Dictionary;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use quick_xml::writer::Writer;

/// Namespaces of claims, and of numbers of pages, which are no longer those.
const GONE: &[&[u8]] = &[
    b"http://www.aiim.org/pdfa/ns/id/",
    b"http://www.aiim.org/pdfa/ns/extension/",
    b"http://www.aiim.org/pdfua/ns/id/",
    b"http://www.npes.org/pdfx/ns/id/",
    b"http://ns.adobe.com/pdfx/1.3/",
    b"http://ns.adobe.com/xap/1.0/t/pg/",
];
/// Those of them that are claims.
const CLAIMS: usize = 5;

/// Takes the claims out of an XMP packet. None when it is not well-formed XML; else the packet, and
/// whether there was a claim.
pub(super) fn honest(xmp: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut reader = NsReader::from_reader(xmp);
    let mut writer = Writer::new(Vec::with_capacity(xmp.len()));
    let mut claimed = false;
    // How deep inside an element that goes.
    let mut inside = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Start(tag) => {
                if inside > 0 || is_gone(&reader, &tag, &mut claimed) {
                    inside += 1;
                    continue;
                }
                writer.write_event(Event::Start(stripped(&reader, &tag, &mut claimed)?)).ok()?;
            }
            Event::Empty(tag) if inside > 0 || is_gone(&reader, &tag, &mut claimed) => {}
            Event::Empty(tag) => {
                writer.write_event(Event::Empty(stripped(&reader, &tag, &mut claimed)?)).ok()?;
            }
            Event::End(_) if inside > 0 => inside -= 1,
            event if inside == 0 => writer.write_event(event).ok()?,
            _ => {}
        }
    }
    (inside == 0).then(|| (writer.into_inner(), claimed))
}

fn is_gone(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>, claimed: &mut bool) -> bool {
    judge(&reader.resolver().resolve_element(tag.name()).0, claimed)
}

fn judge(namespace: &ResolveResult<'_>, claimed: &mut bool) -> bool {
    let ResolveResult::Bound(namespace) = namespace else { return false };
    let Some(k) = GONE.iter().position(|gone| *gone == namespace.as_ref()) else { return false };
    *claimed |= k < CLAIMS;
    true
}

/// A tag without attributes that go.
fn stripped(
    reader: &NsReader<&[u8]>,
    tag: &BytesStart<'_>,
    claimed: &mut bool,
) -> Option<BytesStart<'static>> {
    let attributes: Vec<Attribute<'_>> = tag.attributes().collect::<Result<_, _>>().ok()?;
    let name = std::str::from_utf8(tag.name().as_ref()).ok()?.to_owned();
    let mut kept = BytesStart::new(name);
    for attribute in attributes {
        if !judge(&reader.resolver().resolve_attribute(attribute.key).0, claimed) {
            kept.push_attribute(attribute);
        }
    }
    Some(kept)
}

/// Takes the claims out of the document information; whether there was one.
pub(super) fn honest_info(info: &mut Dictionary) -> bool {
    let keys: [&[u8]; 4] =
        [b"GTS_PDFXVersion", b"GTS_PDFXConformance", b"GTS_PDFA1Version", b"ISO_PDFEVersion"];
    keys.into_iter().filter(|key| info.remove(key).is_some()).count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:a="http://www.aiim.org/pdfa/ns/id/" a:part="2">
<dc:title>老街 &amp; 新城</dc:title><a:conformance>A</a:conformance>
<u:part xmlns:u="http://www.aiim.org/pdfua/ns/id/">1</u:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#;

    #[test]
    fn claims_go_and_everything_else_stays() {
        let (packet, claimed) = honest(PACKET.as_bytes()).unwrap();
        let packet = String::from_utf8(packet).unwrap();
        assert!(claimed);
        let expected = PACKET
            .replace(r#" a:part="2""#, "")
            .replace("<a:conformance>A</a:conformance>", "")
            .replace(r#"<u:part xmlns:u="http://www.aiim.org/pdfua/ns/id/">1</u:part>"#, "");
        assert_eq!(packet, expected);
        assert_eq!(honest(packet.as_bytes()), Some((packet.clone().into_bytes(), false)));
    }

    #[test]
    fn what_is_no_xml_is_given_up() {
        assert_eq!(honest(b"<a><b></a>"), None);
        assert_eq!(honest(b"<a b=>"), None);
    }
}

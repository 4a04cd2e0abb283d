//! What a file says of itself: the standards in its XMP packet, tags, language, output intent.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use quick_xml::events::Event;

use crate::verify::page::Claims;

pub(super) fn of(pdf: &Pdf) -> Claims {
    let Some(catalogue) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return Claims::default() };
    let xmp = catalogue.get::<Stream<'_>>("Metadata").and_then(|s| s.decoded().ok().map(|d| d.into_owned()));
    let marked = catalogue.get::<Dict<'_>>("MarkInfo").and_then(|d| d.get::<bool>("Marked"));
    let intents = catalogue.get::<Array<'_>>("OutputIntents");
    let is_pdfa = |d: Dict<'_>| d.get::<Name<'_>>("S").is_some_and(|n| n.as_str() == "GTS_PDFA1");
    Claims {
        lang: catalogue.get::<PdfString<'_>>("Lang").map(|s| text(s.as_bytes())),
        marked: marked == Some(true),
        structure: catalogue.get::<Dict<'_>>("StructTreeRoot").is_some(),
        output_intent: intents.is_some_and(|a| a.iter::<Dict<'_>>().any(is_pdfa)),
        ..of_xmp(&xmp.unwrap_or_default())
    }
}

/// The three properties, as elements or as attributes of a description; their usual prefixes are
/// fixed by the standards themselves.
fn of_xmp(packet: &[u8]) -> Claims {
    let mut claims = Claims::default();
    let mut reader = quick_xml::Reader::from_reader(packet);
    let mut inside = String::new();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                inside = text(e.name().as_ref());
                for a in e.attributes().flatten() {
                    claim(&mut claims, &text(a.key.as_ref()), &text(&a.value));
                }
            }
            Ok(Event::Text(t)) => claim(&mut claims, &inside, &text(&t)),
            Ok(Event::End(_)) => inside.clear(),
            Ok(Event::Eof) | Err(_) => return claims,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn claim(claims: &mut Claims, name: &str, value: &str) {
    let value = value.trim();
    match name {
        "pdfaid:part" => claims.pdfa_part = value.parse().ok(),
        "pdfaid:conformance" => claims.pdfa_level = value.chars().next(),
        "pdfuaid:part" => claims.pdfua_part = value.parse().ok(),
        _ => {}
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_stand_in_elements_or_attributes() {
        let elements = "<x><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\
                        <pdfuaid:part> 1 </pdfuaid:part></x>";
        let attributes = r#"<rdf:Description pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1"/>"#;
        for packet in [elements, attributes] {
            let c = of_xmp(packet.as_bytes());
            assert_eq!((c.pdfa_part, c.pdfa_level, c.pdfua_part), (Some(2), Some('A'), Some(1)));
        }
        assert_eq!(of_xmp(b"<x><pdfaid:part>x").pdfa_part, None);
    }
}

//! Whether a document is well-formed XML: a template may be the user's own.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::render::epub::xml;

/// Nothing, or what is wrong and in which line of the document.
pub(super) fn check(document: &str) -> Result<(), String> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_comments = true;
    let mut depth = 0_usize;
    let mut roots = 0_usize;
    loop {
        let event = reader.read_event();
        let at = usize::try_from(reader.buffer_position().max(reader.error_position())).unwrap_or(usize::MAX);
        let wrong = |message: String| {
            let line = 1 + document.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
            Err(format!("line {line}: {message}"))
        };
        match event {
            Err(error) => return wrong(error.to_string()),
            Ok(Event::Start(tag)) => {
                if let Err(message) = check_attributes(&tag) {
                    return wrong(message);
                }
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Ok(Event::Empty(tag)) => {
                if let Err(message) = check_attributes(&tag) {
                    return wrong(message);
                }
                roots += usize::from(depth == 0);
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.decode().map_err(|e| e.to_string())?;
                if let Err(error) = unescape(&format!("&{name};")) {
                    return wrong(error.to_string());
                }
            }
            Ok(Event::Text(text)) => {
                let text = text.decode().map_err(|e| e.to_string())?;
                if text.contains("]]>") {
                    return wrong("`]]>` in text".to_owned());
                }
                if depth == 0 && !text.trim_start_matches('\u{FEFF}').trim().is_empty() {
                    return wrong("text outside the root element".to_owned());
                }
            }
            Ok(Event::Eof) if depth > 0 => return wrong("an element is not closed".to_owned()),
            Ok(Event::Eof) if roots != 1 => return wrong(format!("{roots} root elements")),
            Ok(Event::Eof) => break,
            Ok(_) => {}
        }
    }
    match document.chars().find(|c| !xml::is_char(*c)) {
        Some(c) => Err(format!("U+{:04X} cannot stand in XML", u32::from(c))),
        None => Ok(()),
    }
}

fn check_attributes(tag: &BytesStart<'_>) -> Result<(), String> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = std::str::from_utf8(&attribute.value).map_err(|e| e.to_string())?;
        if value.contains('<') {
            return Err("`<` in an attribute".to_owned());
        }
        unescape(value).map_err(|e| e.to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn sound_documents_pass() {
        assert_eq!(
            check("<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<a b=\"&lt;c\">&amp;&#x4e00;<d/>]]&gt;</a>\n"),
            Ok(())
        );
    }

    #[test]
    fn broken_documents_do_not() {
        for document in [
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "",
            "<a>&nbsp;</a>",
            "<a>]]></a>",
            "<a b=c/>",
            "<a b=\"1\" b=\"2\"/>",
            "<a>\u{1}</a>",
            "<a>&</a>",
            "<a b=\"<\"/>",
            "x<a/>",
        ] {
            assert!(check(document).is_err(), "{document:?}");
        }
        assert!(check("<a>\n\n<b>\n</a>").unwrap_err().starts_with("line 4"));
    }
}

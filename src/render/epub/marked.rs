//! Characters of finished documents put into spans: whatever template wrote them, a user's own too.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements whose text is no text of the page, or that may hold no span.
const NOT_INSIDE: [&[u8]; 6] = [b"head", b"svg", b"math", b"script", b"style", b"textarea"];

/// A piece of a text that is to stand in a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The span's attributes.
    pub(super) attributes: &'static str,
}

/// Selectors of a variant belong to the character before them.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The runs of characters that `wanted` names.
pub(super) fn runs(text: &str, attributes: &'static str, wanted: impl Fn(char) -> bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match spans.last_mut().filter(|s| s.range.end == at) {
            Some(span) if wanted(c) || is_selector(c) => span.range.end = end,
            _ if wanted(c) => spans.push(Span { range: at..end, attributes }),
            _ => {}
        }
    }
    spans
}

/// Tells `each` of every text of a well-formed document that stands on its page.
pub(super) fn texts(document: &str, mut each: impl FnMut(&str)) -> Result<(), quick_xml::Error> {
    walk(document, |piece, is_text| {
        if is_text {
            each(piece);
        }
    })
}

/// The document with the pieces of its texts that `find` names, in their order, in spans; all else byte for byte as
/// it was.
pub(super) fn marked(document: &str, find: impl Fn(&str) -> Vec<Span>) -> Result<String, quick_xml::Error> {
    let mut out = String::with_capacity(document.len() + 1024);
    walk(document, |piece, is_text| {
        let mut from = 0;
        for Span { range, attributes } in if is_text { find(piece) } else { Vec::new() } {
            for part in
                [&piece[from..range.start], "<span ", attributes, ">", &piece[range.clone()], "</span>"]
            {
                out.push_str(part);
            }
            from = range.end;
        }
        out.push_str(&piece[from..]);
    })?;
    Ok(out)
}

/// Goes through a document piece by piece, all of which together are the document; the second argument says
/// whether a piece is text of the page. Character references are pieces of their own and no text: the templates
/// write none but for marks.
fn walk(document: &str, mut each: impl FnMut(&str, bool)) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(document);
    let mut from = 0;
    let mut outside = 0_usize;
    loop {
        let event = reader.read_event()?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let piece = document.get(from..to).unwrap_or_default();
        let is_end = matches!(event, Event::Eof);
        let mut is_text = false;
        match event {
            Event::Start(tag) if outside > 0 || NOT_INSIDE.contains(&tag.name().as_ref()) => outside += 1,
            Event::End(_) if outside > 0 => outside -= 1,
            Event::Text(_) => is_text = outside == 0,
            _ => {}
        }
        each(piece, is_text);
        if is_end {
            return Ok(());
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_the_page_are_marked_and_no_others() {
        let document = "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html><head><title>方䶮</title></head>\
            <body title=\"䶮\"><!-- 䶮 --><p>方䶮㛃&amp;䶮\u{FE00}、<b>㛃</b>&lt;𠮷</p>\
            <svg><text>䶮</text><g/></svg><img alt=\"䶮\"/>䶮</body></html>\n";
        let rare = |text: &str| runs(text, "class=\"rare\"", |c| "䶮㛃𠮷".contains(c));
        let got = marked(document, rare).unwrap();
        assert_eq!(
            got,
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html><head><title>方䶮</title></head>\
            <body title=\"䶮\"><!-- 䶮 --><p>方<span class=\"rare\">䶮㛃</span>&amp;\
            <span class=\"rare\">䶮\u{FE00}</span>、<b><span class=\"rare\">㛃</span></b>&lt;\
            <span class=\"rare\">𠮷</span></p>\
            <svg><text>䶮</text><g/></svg><img alt=\"䶮\"/><span class=\"rare\">䶮</span></body></html>\n"
        );
        assert_eq!(marked(document, |_| Vec::new()).unwrap(), document);
        let mut said = String::new();
        texts(document, |text| said.push_str(text)).unwrap();
        assert_eq!(said.replace('\n', ""), "方䶮㛃䶮\u{FE00}、㛃𠮷䶮");
    }
}

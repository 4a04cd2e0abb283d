//! Completes the parts docx-rs makes: children in the schema's order, no empty property lists, no
//! numbers of its own counting, only the namespaces in use.

use super::order::reorder;
use super::parts;
use super::styles::TABLE_HEAD;
use super::xml::{Element, Node};

/// What every part needs.
pub(super) fn part(bytes: &[u8]) -> Result<Element, quick_xml::Error> {
    let mut root = Element::parse(bytes)?;
    root.attributes.clear();
    root.set("xmlns:w", parts::W);
    root.set("xmlns:r", parts::R);
    root.walk(&mut |e| {
        e.unset("w14:paraId");
        tidy(e);
        if e.name == "w:tr" && is_head_row(e) {
            repeat_on_every_page(e);
        }
    });
    // Only after inner lists were tidied can outer ones be seen to be empty.
    root.walk(&mut |e| {
        drop_empty(e);
        reorder(e);
    });
    Ok(root)
}

/// `word/document.xml` and `word/footnotes.xml`, which may hold pictures.
pub(super) fn text_part(bytes: &[u8]) -> Result<Element, quick_xml::Error> {
    let mut root = part(bytes)?;
    let mut drawings = false;
    root.walk(&mut |e| drawings |= e.name == "w:drawing");
    if drawings {
        root.set("xmlns:wp", parts::WP);
        root.set("xmlns:a", parts::A);
    }
    Ok(root)
}

fn tidy(e: &mut Element) {
    match e.name.as_str() {
        // Neither a style nor a level may hold run properties inside its paragraph properties, and
        // no paragraph mark here has any.
        "w:pPr" => e.remove("w:rPr"),
        "w:ind" if e.get("w:right") == Some("0") => e.unset("w:right"),
        "w:gridCol" => e.unset("w:type"),
        "w:instrText" => e.set("xml:space", "preserve"),
        "w:fldChar" if e.get("w:dirty") == Some("false") => e.unset("w:dirty"),
        _ => {}
    }
}

fn drop_empty(e: &mut Element) {
    e.children.retain(|n| match n {
        Node::Element(c) => {
            !matches!(c.name.as_str(), "w:rPr" | "w:pPr" | "w:trPr" | "w:tcPr" | "w:tblPr" | "w:ind")
                || !c.children.is_empty()
                || !c.attributes.is_empty()
        }
        Node::Text(_) => true,
    });
}

/// Its first paragraph has the style of head cells.
fn is_head_row(row: &Element) -> bool {
    let cell = row.child("w:tc").and_then(|c| c.child("w:p"));
    let style = cell.and_then(|p| p.child("w:pPr")).and_then(|p| p.child("w:pStyle"));
    style.and_then(|s| s.get("w:val")) == Some(TABLE_HEAD)
}

fn repeat_on_every_page(row: &mut Element) {
    if row.child("w:trPr").is_none() {
        row.children.insert(0, Node::Element(Element::new("w:trPr")));
    }
    for properties in row.elements_mut().filter(|e| e.name == "w:trPr") {
        properties.children.push(Node::Element(Element::new("w:tblHeader")));
    }
}

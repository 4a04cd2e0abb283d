//! From an archive to the parts of an e-book: container, package document, manifest, spine.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::verify::PackageError;
use crate::verify::epub::css;
use crate::verify::epub::model::{Document, Epub, Item};
use crate::verify::epub::reading::is_hiding;
use crate::verify::package::{Archive, Mimetype, Xml};

const CONTAINER: &str = "META-INF/container.xml";
/// Declarations of all style sheets; a large one has some thousand.
const MOST_STYLES: usize = 20_000;
/// Those that hide or set a font are held against each element and what is around it: so many steps in all.
const MOST_STEPS: usize = 200_000_000;
/// Nodes and attributes of all documents, and bytes of their text: a book of ten million bytes has half as many.
const MOST_NODES: usize = 2_000_000;
const MOST_TEXT: usize = 16 << 20;

/// Where the parts of a book are read from.
pub(in crate::verify) trait Files {
    fn names(&self) -> Vec<String>;
    fn has(&self, name: &str) -> bool;
    fn text(&self, name: &str) -> Result<Option<String>, PackageError>;
    fn mimetype(&self) -> Mimetype;
}

impl Files for Archive<'_> {
    fn names(&self) -> Vec<String> {
        Archive::names(self).map(str::to_owned).collect()
    }

    fn has(&self, name: &str) -> bool {
        Archive::has(self, name)
    }

    fn text(&self, name: &str) -> Result<Option<String>, PackageError> {
        Archive::text(self, name)
    }

    fn mimetype(&self) -> Mimetype {
        Archive::mimetype(self, "application/epub+zip")
    }
}

/// Reads what the container leads to.
pub(in crate::verify) fn read(files: &impl Files) -> Result<Epub, PackageError> {
    let container = xml(files, CONTAINER)?.ok_or(PackageError::NotOfForm)?;
    let rootfile =
        container.nodes.iter().find_map(|n| n.attribute("full-path").filter(|_| n.name() == "rootfile"));
    let path = rootfile.ok_or_else(|| PackageError::damaged(CONTAINER))?.to_owned();
    let opf = xml(files, &path)?.ok_or_else(|| PackageError::damaged(&path))?;
    let opf = Document { path, xml: opf };
    let items: Vec<Item> =
        opf.xml.nodes.iter().filter(|n| n.name() == "item").filter_map(|n| item(&opf, n)).collect();
    let by_id: BTreeMap<&str, usize> = items.iter().enumerate().map(|(k, i)| (i.id.as_str(), k)).collect();
    let spine = opf.xml.nodes.iter().filter(|n| n.name() == "itemref");
    let spine: Vec<usize> = spine.filter_map(|n| by_id.get(n.attribute("idref")?).copied()).collect();
    let is_document = |k: &usize| items[*k].media_type == "application/xhtml+xml";
    let in_spine: BTreeSet<usize> = spine.iter().copied().collect();
    let others = (0..items.len()).filter(|k| is_document(k) && !in_spine.contains(k));
    let mut epub = Epub {
        mimetype: files.mimetype(),
        names: files.names(),
        documents: Vec::new(),
        spine: 0,
        nav: None,
        ncx: None,
        styles: Vec::new(),
        missing: items.iter().map(|i| &i.path).filter(|p| !files.has(p)).cloned().collect(),
        opf: Document::default(),
        items: Vec::new(),
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut weight, mut text, mut steps) = (0, 0, 0);
    for (k, in_spine) in spine.iter().map(|k| (*k, true)).chain(others.map(|k| (k, false))) {
        let item = &items[k];
        // What is no document of text holds none: a drawing as a page.
        if !is_document(&k) || !seen.insert(&item.path) {
            continue;
        }
        let Some(xml) = xml(files, &item.path)? else { continue };
        (weight, text, steps) = (weight + xml.weight, text + xml.text_bytes, steps + xml.steps);
        if weight > MOST_NODES || text > MOST_TEXT {
            return Err(PackageError::too_large(&item.path));
        }
        let document = Document { path: item.path.clone(), xml };
        if has_word(&item.properties, "nav") {
            epub.nav = Some(epub.documents.len());
        }
        styles_of(&document, &mut epub);
        epub.documents.push(document);
        epub.spine += usize::from(in_spine);
    }
    let named = opf.xml.nodes.iter().find_map(|n| n.attribute("toc").filter(|_| n.name() == "spine"));
    let ncx = named.and_then(|id| items.iter().find(|i| i.id == id));
    let ncx = ncx.or_else(|| items.iter().find(|i| i.media_type == "application/x-dtbncx+xml"));
    if let Some(item) = ncx {
        let read = xml(files, &item.path)?;
        epub.ncx = read.map(|xml| Document { path: item.path.clone(), xml });
    }
    for item in items.iter().filter(|i| i.media_type == "text/css") {
        if let Some(text) = files.text(&item.path)? {
            css::parse(&item.path, &text, 1, &mut epub.styles);
        }
    }
    let is_held = |s: &&css::Style| is_hiding(s) || matches!(s.property.as_str(), "font" | "font-family");
    let held = epub.styles.iter().filter(is_held).count();
    if epub.styles.len() > MOST_STYLES || held.saturating_mul(steps) > MOST_STEPS {
        return Err(PackageError::too_large(""));
    }
    if epub.spine == 0 {
        return Err(PackageError::damaged(&opf.path));
    }
    (epub.opf, epub.items) = (opf, items);
    Ok(epub)
}

fn xml(files: &impl Files, path: &str) -> Result<Option<Xml>, PackageError> {
    files.text(path)?.map(|text| Xml::read(path, &text)).transpose()
}

/// Styles in the document itself.
fn styles_of(document: &Document, epub: &mut Epub) {
    for (k, node) in document.xml.nodes.iter().enumerate() {
        if node.name() == "style" {
            css::parse(&document.path, &document.xml.text(k), node.line, &mut epub.styles);
        }
    }
}

fn item(opf: &Document, node: &crate::verify::package::Node) -> Option<Item> {
    let text = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
    let (path, _) = resolved(&opf.path, node.attribute("href")?)?;
    Some(Item { id: text("id"), path, media_type: text("media-type"), properties: text("properties") })
}

fn has_word(text: &str, word: &str) -> bool {
    text.split_ascii_whitespace().any(|w| w == word)
}

/// The file and the place in it that a link inside the book leads to; none for one that leads out of it.
pub(in crate::verify) fn resolved(from: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.contains(':') || href.starts_with("//") {
        return None;
    }
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    if path.is_empty() {
        return Some((from.to_owned(), decoded(fragment)));
    }
    let mut steps: Vec<String> = Vec::new();
    if !path.starts_with('/') {
        steps.extend(from.split('/').map(str::to_owned));
        steps.pop();
    }
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(decoded(step)),
        }
    }
    Some((steps.join("/"), decoded(fragment)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_inside_the_book() {
        let to = |href| resolved("OEBPS/text/a.xhtml", href).map(|(p, f)| format!("{p}#{f}"));
        assert_eq!(to("b.xhtml#x").as_deref(), Some("OEBPS/text/b.xhtml#x"));
        assert_eq!(to("../%E7%94%B2.png").as_deref(), Some("OEBPS/甲.png#"));
        assert_eq!(to("#n.1").as_deref(), Some("OEBPS/text/a.xhtml#n.1"));
        assert_eq!(to("/c.css").as_deref(), Some("c.css#"));
        assert_eq!(to("../../../../up").as_deref(), Some("up#"));
        for href in ["https://example.org/a", "mailto:a@example.org", "data:text/plain,x", "//example.org"] {
            assert_eq!(to(href), None, "{href}");
        }
    }
}

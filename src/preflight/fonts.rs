//! The fonts of a PDF, and whether they are in it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document};
use schemars::JsonSchema;
use serde::Serialize;

use crate::preflight::{dictionary, entry, inner, name_of};

/// A font.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FontUse {
    /// Its name (PostScript), without the letters that mark a subset.
    pub name: String,
    /// `TrueType`, `CFF`, `Type1` or `Type3`.
    pub kind: String,
    /// Whether it is in the file.
    pub embedded: bool,
    /// Whether only the characters that are used are in the file.
    pub subset: bool,
    /// The roles it plays in the book: song, title, hei, kai, fang.
    pub roles: Vec<String>,
}

/// Fonts by their names as the file writes them.
#[derive(Default)]
pub(super) struct Fonts {
    found: BTreeMap<String, FontUse>,
}

impl Fonts {
    /// Notes the fonts of a page's or form's resources.
    pub(super) fn add(&mut self, document: &Document, resources: &Dictionary) {
        let Some(fonts) = inner(document, resources, b"Font") else { return };
        for (_, font) in fonts.iter() {
            if let Some(font) = dictionary(super::follow(document, font)) {
                self.font(document, font);
            }
        }
    }

    fn font(&mut self, document: &Document, font: &Dictionary) {
        let subtype = entry(document, font, b"Subtype").and_then(name_of).unwrap_or_default();
        let descendant = entry(document, font, b"DescendantFonts")
            .and_then(|list| list.as_array().ok()?.first())
            .and_then(|first| dictionary(super::follow(document, first)));
        let holder = descendant.unwrap_or(font);
        let full = entry(document, holder, b"BaseFont").and_then(name_of);
        let full = full.or_else(|| entry(document, font, b"Name").and_then(name_of)).unwrap_or_default();
        let descriptor = inner(document, holder, b"FontDescriptor");
        let has = |key: &[u8]| descriptor.is_some_and(|d| d.has(key));
        let (kind, embedded) = match subtype.as_str() {
            // Its glyphs are content streams of the file.
            "Type3" => ("Type3", true),
            _ if has(b"FontFile2") => ("TrueType", true),
            _ if has(b"FontFile3") => ("CFF", true),
            _ if has(b"FontFile") => ("Type1", true),
            _ => (subtype.as_str(), false),
        };
        let name = plain_name(&full);
        let subset = name.len() < full.len();
        let font = FontUse { name: name.to_owned(), kind: kind.to_owned(), embedded, subset, roles: vec![] };
        self.found.entry(full.clone()).or_insert(font);
    }

    /// Every font once.
    pub(super) fn finish(self) -> Vec<FontUse> {
        let mut fonts: Vec<FontUse> = self.found.into_values().collect();
        fonts.sort_by(|a, b| (&a.name, &a.kind).cmp(&(&b.name, &b.kind)));
        fonts.dedup();
        fonts
    }
}

/// `ABCDEF+Name` without the mark of a subset (ISO 32000-1, 9.6.4).
fn plain_name(full: &str) -> &str {
    match full.split_once('+') {
        Some((mark, name)) if mark.len() == 6 && mark.bytes().all(|b| b.is_ascii_uppercase()) => name,
        _ => full,
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_subsets_mark_is_no_part_of_the_name() {
        assert_eq!(plain_name("ABCDEF+NotoSerifSC-Bold"), "NotoSerifSC-Bold");
        assert_eq!(plain_name("Noto+Serif"), "Noto+Serif");
    }
}

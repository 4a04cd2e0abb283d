//! Characters that a reader's device may have no font for, and the fonts the book brings for them.
//!
//! The text itself has no font: the reader's own rules. Rare characters stand in spans of the class
//! `rare`, and the style sheet gives these the fonts of the book, each for the characters it holds.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::fonts::{FontRole, FontSet};
use crate::render::RenderError;
use crate::render::epub::marked::{marked, runs, texts};
use crate::render::epub::plan::Plan;

/// What the fonts are called; none of the names that makers of fonts reserve.
const FAMILY: &str = "Jianbao Rare";

/// The class of the spans.
const CLASS: &str = "rare";
const SPAN: &str = "class=\"rare\"";

/// Whose fonts are asked, in this order: 宋 is what most readers set, and fits the others least badly.
const ORDER: [FontRole; 5] = [FontRole::Song, FontRole::Hei, FontRole::Kai, FontRole::Title, FontRole::Fang];

/// The rare characters of a book.
#[derive(Debug, Default)]
pub(super) struct Rare {
    /// The fonts the book brings.
    pub(super) fonts: Vec<RareFont>,
    /// Characters no font was to be had for that may be put into a book.
    pub(super) left: BTreeSet<char>,
}

/// A font of the book.
#[derive(Debug)]
pub(super) struct RareFont {
    /// Its name in the book.
    pub(super) file: String,
    /// IANA media type, one of the core media types of EPUB 3.3 (3.2).
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
    characters: BTreeSet<char>,
}

/// Whether a device may have no font for it: a hanzi beyond the 20,902 of Unicode 1.1 (U+4E00 to U+9FA5, those of
/// GBK), which every Chinese font has had since the nineties. What was added later, extension A among it, fonts
/// have in part or not at all.
pub(super) fn is_rare(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{9FA6}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

impl Rare {
    /// Finds the rare characters of the book's documents, makes fonts for them and marks them.
    ///
    /// # Errors
    /// When a document cannot be read again.
    pub(super) fn mark(plan: &mut Plan, fonts: &FontSet) -> Result<Self, RenderError> {
        let defect = |e: quick_xml::Error| RenderError::defect("epub", e);
        let mut found = BTreeSet::new();
        let mut documents: Vec<&mut String> =
            plan.documents.iter_mut().map(|d| &mut d.xhtml).chain([&mut plan.nav]).collect();
        documents.retain(|document| document.chars().any(is_rare));
        for document in &documents {
            texts(document, |text| found.extend(text.chars().filter(|c| is_rare(*c)))).map_err(defect)?;
        }
        let rare = Self::of(found, fonts);
        let has = |c: char| rare.fonts.iter().any(|font| font.characters.contains(&c));
        for document in documents.into_iter().filter(|_| !rare.fonts.is_empty()) {
            *document = marked(document, |text| runs(text, SPAN, has)).map_err(defect)?;
        }
        Ok(rare)
    }

    /// The fonts for the characters: of each as many as it has.
    fn of(mut left: BTreeSet<char>, fonts: &FontSet) -> Self {
        let mut made: Vec<RareFont> = Vec::new();
        for role in ORDER {
            let font = fonts.get(role);
            let characters: BTreeSet<char> = left.iter().copied().filter(|c| font.has(*c)).collect();
            if characters.is_empty() || !font.is_open() {
                continue;
            }
            // Another font may do where one is odd; what none can give is told.
            let Ok(bytes) = font.subset(&characters, FAMILY) else { continue };
            left.retain(|c| !characters.contains(c));
            let is_cff = bytes.starts_with(b"OTTO");
            let (ending, media_type) = if is_cff { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
            let file = format!("fonts/rare-{}.{ending}", made.len() + 1);
            made.push(RareFont { file, media_type, bytes, characters });
        }
        Self { fonts: made, left }
    }

    /// The characters the book has fonts for.
    pub(super) fn characters(&self) -> BTreeSet<char> {
        self.fonts.iter().flat_map(|font| font.characters.iter().copied()).collect()
    }

    /// How many bytes the fonts have.
    pub(super) fn size(&self) -> usize {
        self.fonts.iter().map(|font| font.bytes.len()).sum()
    }

    /// The rules of the style sheet: every font has a name of its own, since old readers take two of one name
    /// for one, whatever the range.
    pub(super) fn style(&self) -> String {
        let mut out = String::new();
        if self.fonts.is_empty() {
            return out;
        }
        out.push_str("\n/* Characters that a device may have no font for. */\n");
        let mut families = Vec::new();
        for (k, font) in self.fonts.iter().enumerate() {
            let family = format!("\"{FAMILY} {}\"", k + 1);
            let range: Vec<String> =
                font.characters.iter().map(|c| format!("U+{:X}", u32::from(*c))).collect();
            let _ = writeln!(
                out,
                "@font-face {{ font-family: {family}; src: url(\"{}\"); unicode-range: {}; }}",
                font.file,
                range.join(", ")
            );
            families.push(family);
        }
        // The line's height is the text's.
        let _ = writeln!(out, ".{CLASS} {{ font-family: {}; line-height: 1; }}", families.join(", "));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FontRequest;

    #[test]
    fn what_is_rare() {
        for c in "䶮㛃𠮷㐀鿿龦𬭊﨎\u{2F800}\u{3134A}".chars() {
            assert!(is_rare(c), "{c}");
        }
        for c in "一龥喆珺昉旻镕囍〇，“a1é①㈱\u{E000}🏮".chars() {
            assert!(!is_rare(c), "{c}");
        }
    }

    #[test]
    fn each_font_has_what_those_before_it_lack() {
        let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
        let rare = Rare::of("䶮㛃𠮷\u{3134A}".chars().collect(), &fonts);
        let held: Vec<String> = rare.fonts.iter().map(|f| f.characters.iter().collect()).collect();
        assert_eq!(held, ["㛃䶮", "𠮷"]);
        assert_eq!(rare.left, ['\u{3134A}'].into());
        assert_eq!(
            rare.style(),
            "\n/* Characters that a device may have no font for. */\n\
            @font-face { font-family: \"Jianbao Rare 1\"; src: url(\"fonts/rare-1.ttf\"); unicode-range: U+36C3, U+4DAE; }\n\
            @font-face { font-family: \"Jianbao Rare 2\"; src: url(\"fonts/rare-2.ttf\"); unicode-range: U+20BB7; }\n\
            .rare { font-family: \"Jianbao Rare 1\", \"Jianbao Rare 2\"; line-height: 1; }\n"
        );
        assert_eq!(Rare::of(BTreeSet::new(), &fonts).style(), "");
    }
}

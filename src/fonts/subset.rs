//! Some characters of a font as a font of their own, which any program can use: the outlines subset by
//! `subsetter`, which writes fonts for PDF, and what a PDF does without added to it, `cmap`, `OS/2` and names.
//!
//! Substitutions and kerning are left out: hanzi set from left to right have none that they need.

use std::collections::BTreeSet;

use subsetter::GlyphRemapper;
use ttf_parser::{Face, RawFace, name_id};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::types::{GlyphId, NameId, Tag};

use crate::fonts::{Font, licence};
use crate::hash::sha256_hex;

/// Why a font could not be subset.
#[derive(Debug, thiserror::Error)]
#[error("a subset of `{family}` cannot be made: {message}")]
pub struct SubsetError {
    /// The font's family.
    pub family: String,
    /// What failed.
    pub message: String,
}

/// Where `OS/2` has its first and last character (OpenType 1.9, `usFirstCharIndex`, `usLastCharIndex`).
const FIRST_AND_LAST: std::ops::Range<usize> = 64..68;

/// Name ids that say whose work a font is and what one may do with it; they stay as they are.
const KEPT: [u16; 8] = [
    name_id::COPYRIGHT_NOTICE,
    name_id::TRADEMARK,
    name_id::MANUFACTURER,
    name_id::DESIGNER,
    name_id::VENDOR_URL,
    name_id::DESIGNER_URL,
    name_id::LICENSE,
    name_id::LICENSE_URL,
];

/// Windows, Unicode BMP, English of the United States: what every program reads.
const WINDOWS: (u16, u16, u16) = (3, 1, 0x409);

impl Font {
    /// Whether the font has the character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        Face::parse(self.bytes(), self.index).is_ok_and(|face| face.glyph_index(c).is_some_and(|g| g.0 != 0))
    }

    /// A font of the name `name` that has these characters and no others, of the same outline format and with
    /// the original's copyright and licence.
    ///
    /// The Open Font License wants another name for what was changed wherever the original's is reserved
    /// (clause 3), so the original's stands in the description alone. Behind `name` the file says which
    /// characters of which font it holds by eight digits: programs that know fonts by name must not take one
    /// book's for another's.
    ///
    /// # Errors
    /// When a character is missing, or the font's tables are not as OpenType wants them.
    pub fn subset(&self, characters: &BTreeSet<char>, name: &str) -> Result<Vec<u8>, SubsetError> {
        self.made(characters, name).map_err(|message| SubsetError { family: self.family.clone(), message })
    }

    fn made(&self, characters: &BTreeSet<char>, name: &str) -> Result<Vec<u8>, String> {
        let face = Face::parse(self.bytes(), self.index).map_err(|e| e.to_string())?;
        let mut glyphs = GlyphRemapper::new();
        let mut mapped = Vec::with_capacity(characters.len());
        for c in characters {
            let glyph = face.glyph_index(*c).filter(|g| g.0 != 0);
            let glyph = glyph.ok_or_else(|| format!("no U+{:04X}", u32::from(*c)))?;
            mapped.push((*c, GlyphId::new(u32::from(glyphs.remap(glyph.0)))));
        }
        let outlines = subsetter::subset(self.bytes(), self.index, &glyphs).map_err(|e| format!("{e:?}"))?;
        let outlines = RawFace::parse(&outlines, 0).map_err(|e| e.to_string())?;
        let mut builder = FontBuilder::new();
        for record in outlines.table_records {
            if let Some(table) = outlines.table(record.tag) {
                builder.add_raw(Tag::from_be_bytes(record.tag.to_bytes()), table.to_vec());
            }
        }
        let cmap = Cmap::from_mappings(mapped).map_err(|e| e.to_string())?;
        builder.add_table(&cmap).map_err(|e| e.to_string())?;
        builder.add_table(&self.names(&face, characters, name)).map_err(|e| e.to_string())?;
        builder.add_raw(Tag::new(b"OS/2"), os2(&face, characters)?);
        Ok(builder.build())
    }

    fn names(&self, face: &Face<'_>, characters: &BTreeSet<char>, name: &str) -> Name {
        let held: String = characters.iter().collect();
        let hash = sha256_hex(format!("{}\0{}\0{held}", self.family, self.weight).as_bytes());
        let name = format!("{name} {}", &hash[..8]);
        let postscript: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let about = format!("Some characters of {}, for one e-book; made by jianbao", self.family);
        let own = [
            (name_id::FAMILY, name.clone()),
            (name_id::SUBFAMILY, "Regular".to_owned()),
            (name_id::UNIQUE_ID, name.clone()),
            (name_id::FULL_NAME, name),
            (name_id::VERSION, "Version 1.000".to_owned()),
            (name_id::POST_SCRIPT_NAME, postscript),
            (name_id::DESCRIPTION, about),
        ];
        let kept = KEPT.into_iter().filter_map(|id| Some((id, licence::words(face, id)?)));
        let mut records: Vec<NameRecord> = own
            .into_iter()
            .chain(kept)
            .map(|(id, text)| {
                let (platform, encoding, language) = WINDOWS;
                NameRecord::new(platform, encoding, language, NameId::new(id), text.into())
            })
            .collect();
        records.sort();
        Name::new(records)
    }
}

/// The original's `OS/2` with the subset's first and last character.
fn os2(face: &Face<'_>, characters: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let table = face.raw_face().table(ttf_parser::Tag::from_bytes(b"OS/2"));
    let mut table = table.ok_or("no OS/2 table")?.to_vec();
    // What is beyond the first 65,536 counts as the last of them.
    let index = |c: Option<&char>| c.and_then(|c| u16::try_from(u32::from(*c)).ok()).unwrap_or(0xFFFF);
    let (first, last) = (index(characters.first()), index(characters.last()));
    let place = table.get_mut(FIRST_AND_LAST).ok_or("a short OS/2 table")?;
    place.copy_from_slice(&[first.to_be_bytes(), last.to_be_bytes()].concat());
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FontRequest, FontRole, FontSet};

    fn fonts() -> FontSet {
        FontSet::find(&FontRequest::from_environment()).unwrap()
    }

    /// Contours of a glyph, to be held against another's.
    #[derive(Default, PartialEq, Debug)]
    struct Outline(Vec<(u8, [f32; 6])>);

    impl ttf_parser::OutlineBuilder for Outline {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push((0, [x, y, 0.0, 0.0, 0.0, 0.0]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push((1, [x, y, 0.0, 0.0, 0.0, 0.0]));
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.push((2, [x1, y1, x, y, 0.0, 0.0]));
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.push((3, [x1, y1, x2, y2, x, y]));
        }
        fn close(&mut self) {
            self.0.push((4, [0.0; 6]));
        }
    }

    fn outline(face: &Face<'_>, c: char) -> (Outline, Option<u16>) {
        let glyph = face.glyph_index(c).unwrap();
        let mut outline = Outline::default();
        face.outline_glyph(glyph, &mut outline).unwrap();
        (outline, face.glyph_hor_advance(glyph))
    }

    #[test]
    fn a_subset_holds_what_was_asked_as_it_was() {
        let fonts = fonts();
        // TrueType of the basic plane and beyond it; CFF.
        for (role, text) in [
            (FontRole::Song, "䶮㛃𬭊"),
            (FontRole::Kai, "𠮷"),
            (FontRole::Title, "㛃"),
            (FontRole::Fang, "简报"),
        ] {
            let font = fonts.get(role);
            let wanted: BTreeSet<char> = text.chars().collect();
            let bytes = font.subset(&wanted, "Jianbao Rare").unwrap();
            let original = Face::parse(font.bytes(), font.index).unwrap();
            let face = Face::parse(&bytes, 0).unwrap();
            let mut held = BTreeSet::new();
            for subtable in face.tables().cmap.unwrap().subtables {
                subtable.codepoints(|c| held.extend(char::from_u32(c)));
            }
            held.remove(&'\u{FFFF}');
            assert_eq!(held, wanted, "{role:?}");
            assert_eq!(usize::from(face.number_of_glyphs()), wanted.len() + 1, "{role:?}");
            for c in text.chars() {
                assert_eq!(outline(&face, c), outline(&original, c), "{role:?} {c}");
            }
            assert_eq!(face.units_per_em(), original.units_per_em());
            assert_eq!((face.ascender(), face.descender()), (original.ascender(), original.descender()));
            assert!(bytes.len() < 6_000, "{role:?}: {}", bytes.len());
        }
    }

    #[test]
    fn a_subset_says_whose_work_it_is_and_has_a_name_of_its_own() {
        let fonts = fonts();
        for (role, text) in [(FontRole::Song, "㛃"), (FontRole::Hei, "㛃"), (FontRole::Kai, "𠮷")] {
            let font = fonts.get(role);
            let bytes = font.subset(&text.chars().collect(), "Jianbao Rare").unwrap();
            let (face, original) =
                (Face::parse(&bytes, 0).unwrap(), Face::parse(font.bytes(), font.index).unwrap());
            for id in [name_id::COPYRIGHT_NOTICE, name_id::LICENSE, name_id::LICENSE_URL] {
                assert_eq!(licence::words(&face, id), licence::words(&original, id), "{role:?} {id}");
                assert!(licence::words(&face, id).is_some(), "{role:?} {id}");
            }
            for id in [name_id::FAMILY, name_id::FULL_NAME, name_id::UNIQUE_ID, name_id::POST_SCRIPT_NAME] {
                let name = licence::words(&face, id).unwrap();
                assert!(name.starts_with("Jianbao"), "{name}");
                for reserved in ["Source", "LXGW", "霞鹜", "Noto", "Klee", "Fandol"] {
                    assert!(!name.contains(reserved), "{name}");
                }
            }
        }
        let name = |text: &str| {
            let bytes = fonts.get(FontRole::Song).subset(&text.chars().collect(), "X").unwrap();
            licence::words(&Face::parse(&bytes, 0).unwrap(), name_id::FULL_NAME).unwrap()
        };
        assert_ne!(name("㛃"), name("䶮"));
        assert_eq!(name("㛃䶮"), name("䶮㛃"));
    }

    #[test]
    fn what_the_font_lacks_is_an_error() {
        let error = fonts().get(FontRole::Song).subset(&['𠮷'].into(), "X").unwrap_err();
        assert_eq!(error.to_string(), "a subset of `Noto Serif SC` cannot be made: no U+20BB7");
    }
}

//! Fonts with the characters of one book alone, for the typesetter.
//!
//! A font of Chinese letters has tens of thousands of glyphs in some 15 MB, of which a book uses a thousand.
//! To tell fonts apart, to look characters up and to write the PDF's own subset the whole file is read each
//! time: more than half of what a booklet of twenty pages takes. What pages depend on stays: the names, the
//! measures, kerning and substitutions.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use write_fonts::read::collections::IntSet;
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::types::{NameId, Tag};

use crate::fonts::{Font, FontData, FontSet};

impl FontSet {
    /// The same fonts with these characters alone; none where leaving others out could change a page.
    ///
    /// Fonts with CFF outlines stay whole.
    #[must_use]
    pub fn slimmed(&self, characters: &BTreeSet<char>) -> Option<Self> {
        if !characters.iter().all(|c| stands_alone(*c)) {
            return None;
        }
        let files = self.files();
        let slim: Vec<Option<Vec<u8>>> = files.par_iter().map(|(font, _)| slim(font, characters)).collect();
        let made: Vec<(Font, Font)> = files
            .into_iter()
            .zip(slim)
            .filter_map(|((font, _), bytes)| {
                let data: FontData = Arc::new(bytes?);
                Some((font.clone(), Font { data, index: 0, ..font.clone() }))
            })
            .collect();
        let fonts = self.fonts.clone().map(|font| {
            let slim = made.iter().find(|(whole, _)| whole.path == font.path && whole.index == font.index);
            slim.map_or(font, |(_, slim)| slim.clone())
        });
        Some(Self { fonts })
    }
}

/// Whether the glyph of a character depends on no other character, and no other is put in its place where a
/// font lacks it (UAX 15: it has no decomposition but into the letters and marks of [`always`]).
fn stands_alone(c: char) -> bool {
    let n = u32::from(c);
    matches!(n,
        0x20..=0x24F              // Latin
        | 0x300..=0x36F           // marks on Latin letters
        | 0x391..=0x3C9           // Greek without accents
        | 0x400..=0x45F           // Cyrillic
        | 0x2000..=0x206F         // dashes, quotation marks, blanks
        | 0x2070..=0x209F | 0x20A0..=0x20BF
        | 0x2100..=0x2125 | 0x2127..=0x2129 | 0x212C..=0x218F
        | 0x2190..=0x2199         // arrows
        | 0x2200..=0x2203 | 0x2206..=0x2208 | 0x220A..=0x220B | 0x220D..=0x2223 | 0x2227..=0x222B
        | 0x2234..=0x223B | 0x2248 | 0x2252 | 0x2260..=0x2265
        | 0x2460..=0x26FF         // numbers in circles, lines, shapes
        | 0x3000..=0x303F | 0x3041..=0x30FF | 0x3105..=0x312F | 0x3200..=0x33FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xFF01..=0xFFE6
        | 0x20000..=0x2F7FF | 0x30000..=0x3FFFF)
        || matches!(c, '\n' | '\r' | '\t')
}

/// What is kept for whatever a text may be composed of or a template may add.
fn always() -> impl Iterator<Item = u32> {
    [
        0x20..=0x24F,
        0x300..=0x36F,
        0x391..=0x3C9,
        0x400..=0x45F,
        0x2000..=0x206F,
        0x3000..=0x303F,
        0xFF01..=0xFF65,
    ]
    .into_iter()
    .flatten()
}

fn slim(font: &Font, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let whole = FontRef::from_index(font.bytes(), font.index).ok()?;
    // `skera` would leave CFF outlines as they are and number the glyphs anew.
    whole.glyf().ok()?;
    let mut unicodes = IntSet::<u32>::empty();
    unicodes.extend(characters.iter().map(|c| u32::from(*c)).chain(always()));
    let mut all_tags = IntSet::<Tag>::empty();
    all_tags.invert();
    let mut names = IntSet::<NameId>::empty();
    names.invert();
    let mut languages = IntSet::<u16>::empty();
    languages.invert();
    let dropped: IntSet<Tag> =
        DEFAULT_DROP_TABLES.iter().copied().filter(|tag| *tag != Tag::new(b"kern")).collect();
    let mut features = IntSet::<Tag>::empty();
    features.extend(DEFAULT_LAYOUT_FEATURES.iter().copied());
    let flags = SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE | SubsetFlags::SUBSET_FLAGS_NO_PRUNE_UNICODE_RANGES;
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &whole,
        flags,
        &dropped,
        &all_tags,
        &features,
        &names,
        &languages,
    );
    subset_font(&whole, &plan).ok()
}

//! The characters of a page in the order of reading, and in one form.

use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::BidiClass;

use crate::verify::units::is_blank;
use crate::verify::{Char, Page};

/// The characters of a page. Letters that run from right to left are drawn from left to right, the last first:
/// runs of them are turned back.
pub(super) fn chars_of(number: usize, page: &Page) -> Vec<Char> {
    let mut chars: Vec<Char> = drawn(number, page).collect();
    let place = |c: &Char| (page.glyphs[c.glyph].x, page.glyphs[c.glyph].baseline);
    let is_one_run = |a: &Char, b: &Char| {
        let (a, b) = ((is_right_to_left(a.c), place(a).1), (is_right_to_left(b.c), place(b).1));
        a.0 == b.0 && (!a.0 || (a.1 - b.1).abs() < 1.0)
    };
    for run in chars.chunk_by_mut(is_one_run) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if is_right_to_left(first.c) && place(first).0 < place(last).0 {
            run.reverse();
            // What one glyph stands for is told in its order.
            run.chunk_by_mut(|a, b| a.glyph == b.glyph).for_each(<[Char]>::reverse);
        }
    }
    chars
}

fn is_right_to_left(c: char) -> bool {
    // Nothing before Hebrew is.
    c >= '\u{590}'
        && matches!(
            CodePointMapData::<BidiClass>::new().get(c),
            BidiClass::RightToLeft | BidiClass::ArabicLetter
        )
}

fn drawn(number: usize, page: &Page) -> impl Iterator<Item = Char> + '_ {
    page.glyphs.iter().enumerate().flat_map(move |(glyph, g)| {
        let seen = g.text.chars().filter(|c| !is_blank(*c));
        seen.map(move |c| Char { c, page: number, glyph, unit: None })
    })
}

/// Characters as they are compared: a file may tell a compatibility form of the same character.
#[derive(Default)]
pub(super) struct Folder(BTreeMap<char, char>);

impl Folder {
    pub(super) fn fold(&mut self, c: char) -> char {
        if c.is_ascii() {
            return c;
        }
        *self.0.entry(c).or_insert_with(|| {
            let normal =
                ComposingNormalizerBorrowed::new_nfkc().normalize(c.encode_utf8(&mut [0; 4])).into_owned();
            let mut chars = normal.chars();
            match (chars.next(), chars.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        })
    }
}

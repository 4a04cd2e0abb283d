//! What of a text the fonts can print, and what stands in for the rest.
//!
//! One place decides it for every program that sets pages and for the warnings, so that they agree.

use std::collections::BTreeMap;

use icu_normalizer::properties::CanonicalCompositionBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use ttf_parser::Face;

use crate::fonts::{FontRole, FontSet};

/// What may stand in for a missing sort, the best first: printers set the geta mark.
const STAND_INS: [char; 3] = ['〓', '□', '?'];

/// Whether a character has nothing to be seen: joiners, variation selectors, marks of direction
/// (Unicode: `Default_Ignorable_Code_Point`), and control characters other than blanks.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_control() && !c.is_whitespace();
    }
    (c.is_control() && c != '\u{85}') || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a character is set on the one before it (Unicode: general category M).
#[must_use]
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

/// The characters of the fonts of a set.
pub struct Coverage<'a> {
    faces: Vec<Face<'a>>,
    /// For every role the faces tried for it, by their place in `faces`.
    chains: Vec<Vec<usize>>,
    stand_in: char,
    known: BTreeMap<char, bool>,
}

impl std::fmt::Debug for Coverage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Coverage").field("chains", &self.chains).finish_non_exhaustive()
    }
}

impl<'a> Coverage<'a> {
    /// The coverage of a set.
    #[must_use]
    pub fn of(fonts: &'a FontSet) -> Self {
        let mut faces = Vec::new();
        let mut by_role: BTreeMap<FontRole, usize> = BTreeMap::new();
        for (font, roles) in fonts.files() {
            if let Ok(face) = Face::parse(font.bytes(), font.index) {
                by_role.extend(roles.into_iter().map(|role| (role, faces.len())));
                faces.push(face);
            }
        }
        let chain =
            |role: FontRole| FontSet::fallback(role).iter().filter_map(|r| by_role.get(r)).copied().collect();
        let chains = FontRole::ALL.map(chain).into();
        let stand_in = STAND_INS.into_iter().find(|c| faces.iter().any(|f| has(f, *c))).unwrap_or('?');
        Self { faces, chains, stand_in, known: BTreeMap::new() }
    }

    /// The text as it can be printed. What cannot be seen is left out; a character that no font
    /// has is one stand-in; a mark that no font can set on its letter is left out. `lost` is told of
    /// the latter two. Blanks of every kind but the ideographic stay one blank each.
    pub fn printed(&mut self, text: &str, mut lost: impl FnMut(char)) -> String {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().filter(|c| !is_invisible(*c)).peekable();
        while let Some(c) = chars.next() {
            let base = if is_mark(c) { None } else { Some(self.base(c, &mut lost)) };
            let mut marks = Vec::new();
            if base.is_none() {
                marks.push(c);
            }
            while let Some(mark) = chars.next_if(|c| is_mark(*c)) {
                marks.push(mark);
            }
            out.extend(base);
            if !marks.is_empty() {
                // A stand-in is no letter to set marks on.
                let letter = if base == Some(c) { base } else { None };
                self.marks(letter, &marks, base.is_some() && letter.is_none(), &mut out, &mut lost);
            }
        }
        out
    }

    fn base(&mut self, c: char, lost: &mut impl FnMut(char)) -> char {
        if c.is_ascii_graphic() || c == ' ' {
            return c;
        }
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            return ' ';
        }
        if self.has(c) {
            return c;
        }
        if c.is_whitespace() {
            return ' ';
        }
        lost(c);
        self.stand_in
    }

    /// Sets marks on the letter that was written last: as they are where the fonts of every role
    /// compose or have them, else, where any font has it, as one composed character.
    fn marks(
        &mut self,
        letter: Option<char>,
        marks: &[char],
        forbidden: bool,
        out: &mut String,
        lost: &mut impl FnMut(char),
    ) {
        let mut set = Vec::with_capacity(marks.len());
        let mut on = letter;
        for mark in marks {
            set.push(*mark);
            if !forbidden && self.sets(on, &set) {
                continue;
            }
            set.pop();
            let composed =
                on.filter(|_| set.is_empty()).and_then(|l| compose(l, *mark)).filter(|c| self.has(*c));
            if let Some(composed) = composed {
                out.pop();
                out.push(composed);
                on = Some(composed);
            } else {
                lost(*mark);
            }
        }
        out.extend(set);
    }

    /// Whether in every role some font has the letter and its marks, or their composition.
    fn sets(&self, letter: Option<char>, marks: &[char]) -> bool {
        !marks.iter().any(|c| is_forbidden(*c))
            && self.chains.iter().all(|chain| {
                chain.iter().filter_map(|k| self.faces.get(*k)).any(|face| shapes(face, letter, marks))
            })
    }

    fn has(&mut self, c: char) -> bool {
        let faces = &self.faces;
        *self.known.entry(c).or_insert_with(|| !is_forbidden(c) && faces.iter().any(|face| has(face, c)))
    }
}

/// Whether a shaper that composes where it can finds a glyph for everything.
fn shapes(face: &Face<'_>, letter: Option<char>, marks: &[char]) -> bool {
    let mut letter = letter;
    if letter.is_some_and(|l| !has(face, l)) {
        return false;
    }
    marks.iter().all(|mark| {
        let composed = letter.and_then(|l| compose(l, *mark)).filter(|c| has(face, *c));
        letter = composed.or(letter);
        composed.is_some() || has(face, *mark)
    })
}

fn compose(letter: char, mark: char) -> Option<char> {
    CanonicalCompositionBorrowed::new().compose(letter, mark)
}

fn has(face: &Face<'_>, c: char) -> bool {
    face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
}

/// Code points PDF/A-2a does not allow as text (ISO 19005-2, 6.2.11.7), and those that are none.
fn is_forbidden(c: char) -> bool {
    let n = u32::from(c);
    n & 0xFFFE == 0xFFFE || matches!(n, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF0000..=0x10FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FontRequest;

    #[track_caller]
    fn prints(text: &str, want: &str, want_lost: &str) {
        let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
        let mut lost = String::new();
        let got = Coverage::of(&fonts).printed(text, |c| lost.push(c));
        assert_eq!((got.as_str(), lost.as_str()), (want, want_lost));
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        let text = "\u{200B}甲\u{200D}乙\u{2060}丙\u{AD}丁\u{FE0F}戊\u{E0100}己\u{202E}庚\u{61C}辛\u{180E}壬\u{FEFF}癸\u{1}\u{7F}\u{9F}";
        prints(text, "甲乙丙丁戊己庚辛壬癸", "");
    }

    #[test]
    fn what_no_font_has_is_a_stand_in() {
        prints("字🏮字\u{E000}字", "字〓字〓字", "🏮\u{E000}");
        prints("👨\u{200D}👩", "〓〓", "👨👩");
    }

    #[test]
    fn blanks_are_blanks() {
        prints("a\tb\r\nc\u{85}d\u{2028}e\u{3000}f", "a b  c d e\u{3000}f", "");
    }

    #[test]
    fn marks_stand_on_their_letters_or_are_left_out() {
        prints("caf e\u{301} n\u{303}", "caf e\u{301} n\u{303}", "");
        prints("a\u{300}\u{302}b", "a\u{300}b", "\u{302}");
        prints("🏮\u{301}", "〓", "🏮\u{301}");
    }
}

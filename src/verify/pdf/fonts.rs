//! The fonts of a file, found again by the key the interpreter gives with each glyph.

use std::collections::BTreeMap;

use hayro_interpret::CacheKey;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use crate::verify::page::Font;

#[derive(Default)]
pub(super) struct Fonts {
    known: BTreeMap<u128, Font>,
    /// Those that a glyph was set in, in the order of their meeting.
    used: Vec<(u128, Font)>,
    last: Option<(u128, u32)>,
}

impl Fonts {
    /// Every font dictionary of the file, those inside resources that are no objects of their own
    /// included.
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut fonts = Self::default();
        for object in pdf.objects() {
            match object {
                Object::Dict(dict) => fonts.look(&dict, 0),
                Object::Stream(stream) => fonts.look(stream.dict(), 0),
                _ => {}
            }
        }
        fonts
    }

    fn look(&mut self, dict: &Dict<'_>, depth: usize) {
        let is_font = dict.get::<Name<'_>>("Type").is_some_and(|n| n.as_str() == "Font");
        if is_font {
            self.known.insert(dict.cache_key(), font(dict));
        }
        let inner = ["Resources", "Font"];
        if depth < 3 {
            for key in inner {
                let Some(held) = dict.get::<Dict<'_>>(key) else { continue };
                self.look(&held, depth + 1);
                if key == "Font" {
                    for (name, _) in held.entries() {
                        if let Some(font) = held.get::<Dict<'_>>(name) {
                            self.look(&font, 3);
                        }
                    }
                }
            }
        }
    }

    /// The number of a font that a glyph is set in.
    pub(super) fn meet(&mut self, key: u128) -> u32 {
        if let Some((last, number)) = self.last
            && last == key
        {
            return number;
        }
        let number = self.used.iter().position(|(k, _)| *k == key).unwrap_or_else(|| {
            let font = self.known.get(&key).cloned();
            self.used.push((key, font.unwrap_or(Font { name: String::new(), embedded: false })));
            self.used.len() - 1
        });
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.last = Some((key, number));
        number
    }

    /// A font whose letters are drawings of the file's own.
    pub(super) fn meet_drawn(&mut self) -> u32 {
        const DRAWN: u128 = u128::MAX;
        let font = || Font { name: "Type3".to_owned(), embedded: true };
        self.known.entry(DRAWN).or_insert_with(font);
        self.meet(DRAWN)
    }

    pub(super) fn used(self) -> Vec<Font> {
        self.used.into_iter().map(|(_, font)| font).collect()
    }
}

fn font(dict: &Dict<'_>) -> Font {
    // A composite font's file hangs on its descendant, whose name has no encoding behind it.
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let holder = descendant.as_ref().unwrap_or(dict);
    let name = [holder, dict].iter().find_map(|d| d.get::<Name<'_>>("BaseFont"));
    let name = name.map(|n| n.as_str().to_owned()).unwrap_or_default();
    let descriptor = holder.get::<Dict<'_>>("FontDescriptor");
    let has_file = |d: &Dict<'_>| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| d.get::<Stream<'_>>(*key).is_some())
    };
    Font { name: without_subset(&name).to_owned(), embedded: descriptor.as_ref().is_some_and(has_file) }
}

/// `ABCDEF+Name` names a subset.
fn without_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::without_subset;

    #[test]
    fn the_tag_of_a_subset_is_no_part_of_a_name() {
        assert_eq!(without_subset("ABCDEF+FandolFang-Regular"), "FandolFang-Regular");
        assert_eq!(without_subset("C+Name"), "C+Name");
        assert_eq!(without_subset("SimSun"), "SimSun");
    }
}

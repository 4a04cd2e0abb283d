//! How characters look otherwise than their styles say: what an editor who has no other mark puts on words
//! to have them seen.
//!
//! Only what differs from the styles counts. LibreOffice writes faces, sizes and colours at every run it saves
//! again, and all of them are those of the style.

use crate::source::CharFormat;

use super::props::is_on;
use super::xml::{Ns, Tag};

/// Formats of one run, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Formats(u16);

/// Every format with its bit. The face of Latin letters is a bit of its own: whether it shows the text says.
const ALL: [CharFormat; 11] = [
    CharFormat::Bold,
    CharFormat::Italic,
    CharFormat::Underline,
    CharFormat::Strike,
    CharFormat::Colour,
    CharFormat::Highlight,
    CharFormat::Script,
    CharFormat::Mark,
    CharFormat::Effect,
    CharFormat::Size,
    CharFormat::Font,
];
const LATIN: u16 = 1 << 15;

impl Formats {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn put(&mut self, format: CharFormat) {
        if let Some(k) = ALL.iter().position(|f| *f == format) {
            self.0 |= 1 << k;
        }
    }

    pub(super) fn put_latin(&mut self) {
        self.0 |= LATIN;
    }

    /// Those that show on a text; of a link colour and line are its own.
    pub(super) fn on(self, text: &str, is_link: bool) -> Vec<CharFormat> {
        let has_latin = text.chars().any(|c| c.is_ascii_alphanumeric());
        let has_other = !text.is_ascii();
        let is_set = |(k, format): (usize, &CharFormat)| match format {
            CharFormat::Font => has_other && self.0 & (1 << k) != 0 || has_latin && self.0 & LATIN != 0,
            CharFormat::Underline | CharFormat::Colour if is_link => false,
            _ => self.0 & (1 << k) != 0,
        };
        ALL.iter().enumerate().filter(|f| is_set(*f)).map(|(_, format)| *format).collect()
    }
}

/// Formats that are on or off.
pub(super) const SWITCHES: [CharFormat; 7] = [
    CharFormat::Underline,
    CharFormat::Strike,
    CharFormat::Colour,
    CharFormat::Highlight,
    CharFormat::Script,
    CharFormat::Mark,
    CharFormat::Effect,
];

/// What properties say of the switches; what is not said is left to the style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Switches([Option<bool>; SWITCHES.len()]);

impl Switches {
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    pub(super) fn get(&self, k: usize) -> Option<bool> {
        self.0.get(k).copied().flatten()
    }

    /// Takes an element of `w:rPr`; several elements may be one format to the eye.
    pub(super) fn take(&mut self, tag: &Tag) {
        let value = tag.val().unwrap_or_default();
        let (format, is_set) = match tag.name.as_str() {
            "u" => (CharFormat::Underline, is_on(tag)),
            "strike" | "dstrike" => (CharFormat::Strike, is_on(tag)),
            "color" => (CharFormat::Colour, !matches!(value, "" | "auto" | "000000")),
            "highlight" => (CharFormat::Highlight, is_on(tag) && value != "white"),
            "shd" => (CharFormat::Highlight, is_shaded(tag, value)),
            "vertAlign" => (CharFormat::Script, !matches!(value, "" | "baseline")),
            "em" => (CharFormat::Mark, is_on(tag)),
            "bdr" => (CharFormat::Effect, !matches!(value, "" | "nil" | "none")),
            "caps" | "smallCaps" | "outline" | "shadow" | "emboss" | "imprint" => {
                (CharFormat::Effect, is_on(tag))
            }
            "w" => (CharFormat::Effect, !matches!(value.trim_end_matches('%'), "" | "0" | "100")),
            "position" => (CharFormat::Effect, !matches!(value, "" | "0")),
            _ => return,
        };
        let Some(k) = SWITCHES.iter().position(|s| *s == format) else { return };
        if let Some(slot) = self.0.get_mut(k) {
            *slot = Some(slot.unwrap_or(false) || is_set);
        }
    }
}

/// A ground of another colour than the paper's, or a pattern.
fn is_shaded(tag: &Tag, pattern: &str) -> bool {
    let fill = tag.attr(Ns::W, "fill").unwrap_or("auto");
    !matches!(pattern, "" | "clear" | "nil")
        || !matches!(fill.to_ascii_lowercase().as_str(), "auto" | "ffffff")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_depends_on_the_text() {
        let mut formats = Formats::default();
        formats.put_latin();
        assert_eq!(formats.on("甲乙", false), []);
        assert_eq!(formats.on("甲2", false), [CharFormat::Font]);
        formats.put(CharFormat::Colour);
        formats.put(CharFormat::Size);
        assert_eq!(formats.on("甲", false), [CharFormat::Colour, CharFormat::Size]);
        assert_eq!(formats.on("甲", true), [CharFormat::Size]);
    }
}

//! How wide the characters of a font are, as the PDF tells it.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use crate::impose::source::{Source, as_dictionary};

/// Ranges of a table of widths that are looked at.
const MOST_CODES: i64 = 65_536;

/// Widths in em.
pub(super) struct Widths {
    /// Bytes of a code.
    bytes: usize,
    table: BTreeMap<i64, f64>,
    /// Of what stands in no table.
    usual: f64,
}

impl Widths {
    pub(super) fn of(source: &Source, font: &Dictionary) -> Self {
        let kind = source.get(font, b"Subtype").and_then(|s| s.as_name().ok()).unwrap_or_default();
        match kind {
            b"Type0" => Self::composite(source, font),
            _ => Self::simple(source, font, kind == b"Type3"),
        }
    }

    /// Ems, characters, and blanks that word spacing goes to.
    pub(super) fn measure(&self, text: &[u8]) -> (f64, usize, usize) {
        let (mut ems, mut glyphs, mut blanks) = (0.0, 0, 0);
        for code in text.chunks(self.bytes) {
            let number = code.iter().fold(0, |sum, byte| sum * 256 + i64::from(*byte));
            ems += self.table.get(&number).copied().unwrap_or(self.usual);
            glyphs += 1;
            blanks += usize::from(code == b" ");
        }
        (ems, glyphs, blanks)
    }

    /// Codes are taken to be two bytes that name the glyph, as every maker of PDF writes them now.
    fn composite(source: &Source, font: &Dictionary) -> Self {
        let mut widths = Self { bytes: 2, table: BTreeMap::new(), usual: 1.0 };
        let inner = source.get(font, b"DescendantFonts").and_then(|d| d.as_array().ok());
        let inner = inner.and_then(|d| d.first()).and_then(|f| source.follow(f)).and_then(as_dictionary);
        let Some(inner) = inner else { return widths };
        let number = |object: &Object| source.follow(object).and_then(|o| o.as_float().ok()).map(f64::from);
        widths.usual = inner.get(b"DW").ok().and_then(number).unwrap_or(1000.0) / 1000.0;
        let row = source.get(inner, b"W").and_then(|w| w.as_array().ok());
        let mut row = row.into_iter().flatten();
        while let Some(first) = row.next().and_then(number) {
            let first = first as i64;
            match row.next().and_then(|o| source.follow(o)) {
                Some(Object::Array(each)) => {
                    let each = each.iter().filter_map(number);
                    widths.table.extend((first..).zip(each.map(|w| w / 1000.0)));
                }
                Some(last) => {
                    let (Ok(last), Some(width)) = (last.as_float(), row.next().and_then(number)) else {
                        break;
                    };
                    let last = (last as i64).min(first.saturating_add(MOST_CODES));
                    widths.table.extend((first..=last).map(|code| (code, width / 1000.0)));
                }
                None => break,
            }
        }
        widths
    }

    fn simple(source: &Source, font: &Dictionary, is_drawn: bool) -> Self {
        let number = |object: &Object| source.follow(object).and_then(|o| o.as_float().ok()).map(f64::from);
        let first = font.get(b"FirstChar").ok().and_then(number).unwrap_or(0.0) as i64;
        let unit = match font.get(b"FontMatrix").ok().and_then(|m| source.row::<6>(m)) {
            Some([a, ..]) if is_drawn => a,
            _ => 0.001,
        };
        let row = source.get(font, b"Widths").and_then(|w| w.as_array().ok()).into_iter().flatten();
        let table = (first..).zip(row.filter_map(number).map(|w| w * unit)).collect();
        // The standard 14 fonts come without widths; their capitals are about as wide.
        Self { bytes: 1, table, usual: 0.6 }
    }
}

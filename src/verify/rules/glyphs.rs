//! What is seen is what the text says: every glyph has a text, none is hidden, and each hanzi, letter and digit looks as
//! its font draws that character.
//!
//! A file tells the text of its glyphs in a table of its own (ToUnicode). A table that says 甲 of a glyph that
//! shows 乙 deceives whoever searches, copies or listens, and every comparison of texts. So the outline of each
//! glyph is held against the one that the role's font has for the character. Marks are not: fonts draw them
//! in several widths. Fonts that play no role are not at hand, and what is set in them is not compared.

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::Face;

use crate::fonts::FontRole;
use crate::messages::Say;
use crate::verify::rules::{grouped, marks, short};
use crate::verify::shape::Shape;
use crate::verify::{Finding, Measure, Measured, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    name: "text/glyphs",
    source: "ISO 32000-1:2008, 9.3.6, 9.10.3; ISO 19005-2:2011, 6.2.11.7 (text of glyphs)",
    measure: Measure::Pages(measure),
};

/// The text of a glyph that the file does not tell.
const UNKNOWN: char = '\u{fffd}';

fn measure(subject: &Subject<'_>) -> Measured {
    let mut findings = unseen(subject);
    // Each character in each shape of each font, and the page where it is first met.
    let mut met: BTreeMap<(u32, char, u32), usize> = BTreeMap::new();
    for c in subject.chars.iter().filter(|c| marks::is_han(c.c) || c.c.is_ascii_alphanumeric()) {
        let glyph = &subject.printed.pages[c.page].glyphs[c.glyph];
        // Of a ligature nothing can be said.
        if let Some(shape) = glyph.shape.filter(|_| glyph.text.chars().count() == 1) {
            met.entry((glyph.font, c.c, shape)).or_insert(c.page);
        }
    }
    let fonts = subject.expected.letters.fonts();
    let faces: Vec<(FontRole, Face<'_>)> = FontRole::ALL
        .into_iter()
        .filter_map(|role| {
            let font = fonts?.get(role);
            Some((role, Face::parse(font.bytes(), font.index).ok()?))
        })
        .collect();
    let (mut right, mut compared) = (0, 0);
    for ((font, c, shape), page) in met {
        let name = subject.printed.fonts.get(font as usize).map_or("", |f| f.name.as_str());
        let Some(shape) = subject.printed.shapes.get(shape as usize) else { continue };
        let own = faces.iter().filter(|(role, _)| subject.expected.plays(*role, name));
        let drawn: Vec<Shape> = own.filter_map(|(_, face)| Shape::of_char(face, c)).collect();
        if drawn.is_empty() {
            continue;
        }
        compared += 1;
        if drawn.iter().any(|d| d.is_like(shape)) {
            right += 1;
        } else {
            findings
                .push(Finding::on(page, Say::new("verify-glyph-other").with("char", c).with("font", name)));
        }
    }
    let figure =
        Say::new("verify-glyphs-figure").with("right", grouped(right)).with("all", grouped(compared));
    Measured::of(figure, findings)
}

/// Glyphs without a text, and texts without a glyph, row by row.
fn unseen(subject: &Subject<'_>) -> Vec<Finding> {
    let is_blank = |k: usize| {
        let shape = subject.glyph(k).shape.and_then(|s| subject.printed.shapes.get(s as usize));
        shape.is_some_and(Shape::is_blank)
    };
    let mut rows: BTreeSet<(usize, &'static str)> = BTreeSet::new();
    for k in 0..subject.chars.len() {
        let c = subject.chars[k].c;
        let is_shown = !crate::fonts::is_invisible(c);
        if c == UNKNOWN {
            rows.insert((subject.row_of[k], "verify-glyph-untold"));
        } else if subject.glyph(k).hidden || (is_shown && is_blank(k)) {
            rows.insert((subject.row_of[k], "verify-glyph-hidden"));
        }
    }
    let finding = |(row, id): (usize, &'static str)| {
        let row = &subject.rows[row];
        let text = short(&subject.text(&row.chars));
        Finding::on(row.page, Say { id, args: Vec::new() }.with("text", text))
    };
    rows.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;
    use crate::verify::{Glyph, Text, UnitKind};

    fn sheets(change: fn(&mut Glyph)) -> Vec<(&'static str, Option<usize>)> {
        let mut sheets = Sheets::new(1);
        sheets.unit(UnitKind::Paragraph, &[(0, 1, "先把电线理顺再谈灯光，居民一起商量。")]);
        sheets.printed.shapes = vec![Shape { area: 9.0, ..Shape::default() }, Shape::default()];
        let glyphs = &mut sheets.printed.pages[0].glyphs;
        glyphs.iter_mut().for_each(|g| g.shape = Some(0));
        change(&mut glyphs[3]);
        sheets.finds(&RULE)
    }

    #[test]
    fn what_is_not_seen_is_told() {
        assert_eq!(sheets(|_| ()), []);
        assert_eq!(sheets(|g| g.hidden = true), [("verify-glyph-hidden", Some(1))]);
        assert_eq!(sheets(|g| g.shape = Some(1)), [("verify-glyph-hidden", Some(1))]);
        assert_eq!(sheets(|g| g.text = Text::unknown()), [("verify-glyph-untold", Some(1))]);
    }
}

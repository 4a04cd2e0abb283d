//! Letters play their roles: 小标宋 2号 for the headings of speeches, 仿宋 3号 for the words, 黑体 for
//! speakers and first-level headings, 楷体 for roles and second-level ones, 宋体 4号 for page numbers.
//!
//! Most hanzi of each kind of text decide, since strong words stand in others; topic sentences and what an editor
//! says before the speeches are not counted. No hanzi may stand in a font that plays no role at all.

use std::collections::BTreeMap;

use crate::fonts::FontRole;
use crate::messages::Say;
use crate::verify::rules::{grouped, marks};
use crate::verify::{Expected, Finding, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule = Rule {
    name: "print/fonts-by-role",
    source: "GB/T 9704-2012, 5.2.2, 7.3.1, 7.3.3, 7.5",
    measure: Measure::Pages(measure),
};

/// 3号 is 15.75 pt in metal type and 16 in Word.
const TOLERANCE: f64 = 0.3;

fn wanted(expected: &Expected, kind: UnitKind) -> Option<(FontRole, f64)> {
    let role = match kind {
        UnitKind::Heading => return Some((FontRole::Title, expected.title_size)),
        UnitKind::Paragraph => FontRole::Fang,
        UnitKind::Speaker | UnitKind::SubHeading(1) => FontRole::Hei,
        UnitKind::Roles | UnitKind::SubHeading(2) => FontRole::Kai,
        UnitKind::SubHeading(_) => FontRole::Fang,
        _ => return None,
    };
    Some((role, expected.body_size))
}

/// What the sentence chooses its subject by.
fn key(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Heading => "heading",
        UnitKind::Speaker => "speaker",
        UnitKind::Roles => "roles",
        UnitKind::Paragraph => "words",
        _ => "sub",
    }
}

/// Fonts and sizes of one kind of text, with the number of hanzi in each.
type Seen<'s> = BTreeMap<(&'s str, i64), usize>;

fn measure(subject: &Subject<'_>) -> Measured {
    let expected = subject.expected;
    if expected.fonts.is_empty() {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    }
    let mut kinds: Vec<(UnitKind, Seen<'_>)> = Vec::new();
    let mut is_lead = vec![false; subject.chars.len()];
    for (unit, found) in
        subject.units.iter().zip(&subject.found).filter(|(unit, _)| unit.kind == UnitKind::Paragraph)
    {
        found.iter().take(unit.lead).for_each(|k| is_lead[*k] = true);
    }
    let mut strangers: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (k, c) in subject.chars.iter().enumerate().filter(|(_, c)| marks::is_han(c.c)) {
        let Some(unit) = c.unit.and_then(|u| subject.units.get(u)) else { continue };
        let font = subject.font(k);
        if !FontRole::ALL.into_iter().any(|role| expected.plays(role, font)) {
            strangers.entry(font).or_insert((c.page, 0)).1 += 1;
        }
        if is_lead[k] {
            continue;
        }
        let place = kinds.iter().position(|(kind, _)| *kind == unit.kind).unwrap_or_else(|| {
            kinds.push((unit.kind, Seen::new()));
            kinds.len() - 1
        });
        *kinds[place].1.entry((font, hundredths(subject.glyph(k).size))).or_default() += 1;
    }
    let mut findings = Vec::new();
    let mut played: Vec<String> = Vec::new();
    for (kind, seen) in &kinds {
        let Some((role, size)) = wanted(expected, *kind) else { continue };
        let most = seen.iter().max_by_key(|(_, count)| **count).map(|((font, size), _)| (*font, *size));
        let Some((font, is)) = most else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a size in points")]
        let is = is as f64 / 100.0;
        let shown = format!("{} {font} {is} pt", role.zh());
        if !played.contains(&shown) {
            played.push(shown.clone());
        }
        if !expected.plays(role, font) || (is - size).abs() > TOLERANCE {
            let say = Say::new("verify-role").with("kind", key(*kind));
            findings.push(Finding::of(
                say.with("is", format!("{font} {is} pt")).with("role", role.zh()).with("size", size),
            ));
        }
    }
    for (font, (page, count)) in strangers {
        let font = if font.is_empty() { "?" } else { font };
        let say = Say::new("verify-font-stranger").with("font", font).with("count", grouped(count));
        findings.push(Finding::on(page, say));
    }
    let number = subject.rows.iter().filter(|r| subject.page_number(r).is_some());
    let digits = number.filter_map(|r| r.chars.iter().find(|k| subject.chars[**k].c.is_ascii_digit()));
    if let Some(k) = digits.copied().find(|k| !expected.plays(FontRole::Song, subject.font(*k))) {
        let say = Say::new("verify-number-font").with("font", subject.font(k));
        findings.push(Finding::on(subject.chars[k].page, say.with("role", FontRole::Song.zh())));
    }
    if kinds.is_empty() {
        findings.push(Finding::of(Say::new("verify-no-text")));
    }
    Measured::of(Say::new("verify-fonts-figure").with("fonts", played.join("; ")), findings)
}

#[expect(clippy::cast_possible_truncation, reason = "a size in points")]
fn hundredths(size: f64) -> i64 {
    (size * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;
    use crate::verify::{Font, RoleFont};

    fn sheets() -> Sheets {
        let mut sheets = Sheets::new(1);
        let role = |role, name: &str| RoleFont { role, names: vec![name.to_owned()] };
        sheets.expected.fonts =
            vec![role(FontRole::Fang, "FandolFang R"), role(FontRole::Title, "Noto Serif SC")];
        sheets.printed.fonts.push(Font { name: "NotoSerifSC-Bold".to_owned(), embedded: true });
        sheets.printed.fonts.push(Font { name: "SimSun".to_owned(), embedded: true });
        sheets.unit_sized(UnitKind::Heading, 22.0, &[(0, 1, "修好老街")]);
        sheets.printed.pages[0].glyphs.iter_mut().for_each(|g| g.font = 1);
        sheets.fill(0, 3, 8);
        sheets
    }

    #[test]
    fn letters_play_their_roles() {
        let measured = sheets().measure(&RULE);
        assert!(measured.ok, "{measured:?}");
    }

    #[test]
    fn another_font_or_size_is_told() {
        let mut wrong = sheets();
        wrong.printed.pages[0].glyphs.iter_mut().filter(|g| g.font == 1).for_each(|g| g.size = 18.0);
        assert_eq!(wrong.finds(&RULE), [("verify-role", None)]);
        let mut wrong = sheets();
        wrong.printed.pages[0].glyphs.iter_mut().filter(|g| g.font == 1).for_each(|g| g.font = 0);
        assert_eq!(wrong.finds(&RULE), [("verify-role", None)]);
        let mut wrong = sheets();
        wrong.number(0, 1);
        assert_eq!(wrong.finds(&RULE), [("verify-number-font", Some(1))]);
        let mut wrong = sheets();
        wrong.printed.pages[0].glyphs[10].font = 2;
        assert_eq!(wrong.finds(&RULE), [("verify-font-stranger", Some(1))]);
        wrong.expected.fonts.clear();
        assert!(wrong.measure(&RULE).ok);
    }
}

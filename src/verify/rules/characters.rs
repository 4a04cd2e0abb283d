//! Full lines of the text hold the profile's number of characters, the indent counted in. A line holds
//! one or two more only where marks are set narrower to make room and all stays inside the type area,
//! and fewer only where what follows cannot be parted and would not have fitted.
//!
//! Lines of hanzi and full-width marks are counted; of those with letters or digits the width is
//! estimated.

use crate::messages::Say;
use crate::verify::rules::{margins, marks, short};
use crate::verify::{Finding, Line, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule =
    Rule { name: "print/characters", source: "GB/T 9704-2012, 5.2.3", measure: Measure::Pages(measure) };

/// What may stand over the edge, in characters.
const OVER: f64 = 0.1;

fn measure(subject: &Subject<'_>) -> Measured {
    let Some(wanted) = subject.expected.characters.map(f64::from) else {
        return Measured::of(Say::new("verify-not-asked"), Vec::new());
    };
    let lefts = margins::lefts(subject);
    let (mut full, mut exact, mut more, mut measured) = (0, 0, 0, 0);
    let mut findings = Vec::new();
    for (k, unit) in subject.units.iter().enumerate() {
        if unit.kind != UnitKind::Paragraph || !subject.is_whole(k) {
            continue;
        }
        measured += 1;
        let lines = subject.lines(k);
        let mut at = 0;
        for pair in lines.windows(2) {
            let [line, below] = pair else { continue };
            at += line.chars.len();
            let Some(left) = lefts.get(line.row.page).copied().flatten() else { continue };
            // Behind a line end of its own a line is as long as it is.
            if unit.behind_break.contains(&at) {
                continue;
            }
            let count = Count::of(subject, line, left);
            let next = until_break(&unit.text, &unit.behind_blank, at);
            full += usize::from(count.is_pure);
            let is_exact = (count.cells - wanted).abs() < OVER;
            exact += usize::from(count.is_pure && is_exact);
            more += usize::from(count.is_pure && count.cells > wanted + OVER);
            // A short line may give its last character to the one below, which would hold one only.
            let letters = below.chars.iter().filter(|k| subject.chars[**k].c.is_alphanumeric()).count();
            let gives = at + below.chars.len() >= unit.text.len() && letters <= 2;
            if let Some(id) = count.fault(wanted, next).filter(|id| !(gives && *id == "verify-line-short")) {
                let say = Say { id, args: Vec::new() }
                    .with("count", shown(count.cells))
                    .with("wanted", shown(wanted))
                    .with("line", short(&subject.text(line.chars)));
                findings.push(Finding::on(line.row.page, say).at(unit.span));
            }
        }
    }
    if measured == 0 {
        let none = Finding::of(Say::new("verify-no-text"));
        return Measured::of(Say::new("verify-nothing-measured"), vec![none]);
    }
    let figure = Say::new("verify-characters-figure")
        .with("wanted", shown(wanted))
        .count("exact", exact)
        .count("full", full)
        .count("more", more);
    Measured::of(figure, findings)
}

fn shown(cells: f64) -> String {
    let text = format!("{cells:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// How much a line holds.
struct Count {
    /// In characters of full width, the indent counted in.
    cells: f64,
    /// Whether hanzi and full-width marks are all of it.
    is_pure: bool,
    /// What space between hanzi and letters, between words, and for marks of notes takes at most, in
    /// characters.
    slack: f64,
    /// What marks can give away, in characters.
    room: f64,
    /// Where the line ends, in characters from the left edge; a mark's empty half may stand over.
    end: f64,
}

impl Count {
    fn of(subject: &Subject<'_>, line: &Line<'_>, left: f64) -> Self {
        let width = subject.expected.area_width * crate::verify::expected::MM;
        let wanted = f64::from(subject.expected.characters.unwrap_or(1).max(1));
        // Letter spacing included: what a character takes when lines are full.
        let cell = width / wanted;
        let (mut cells, mut is_pure, mut slack, mut room) = (0.0, true, 0.0, 0.0);
        let mut before: Option<(char, f64)> = None;
        for k in line.chars {
            let (c, g) = (subject.chars[*k].c, subject.glyph(*k));
            let is_wide = marks::is_wide(c);
            cells += if is_wide { 1.0 } else { g.width / g.size.max(1.0) };
            is_pure &= is_wide;
            room += if marks::is_mark(c) { 0.5 } else { 0.0 };
            // A blank, which a writer may put between hanzi too; what justifies a line is less.
            let gap = if is_wide { 0.2 } else { 0.1 };
            if let Some((b, end)) = before
                && (marks::is_wide(b) != is_wide || g.x - end > gap * g.size)
            {
                slack += 0.35;
            }
            before = Some((c, g.x + g.width));
        }
        // Marks of notes take room and are no characters of the text.
        let marks = line.row.chars.iter().filter(|k| subject.chars[**k].unit.is_none());
        slack += marks.map(|k| subject.glyph(*k).width).sum::<f64>() / cell;
        let ends = line.chars.first().zip(line.chars.last());
        let (Some((first, last)), Some(size)) = (ends, line.chars.first().map(|k| subject.glyph(*k).size))
        else {
            return Self { cells, is_pure, slack, room, end: 0.0 };
        };
        let indent = ((subject.glyph(*first).x - left) / size.max(1.0)).round().max(0.0);
        let g = subject.glyph(*last);
        let is_half = marks::is_mark(subject.chars[*last].c);
        let end = (g.x + if is_half { g.size / 2.0 } else { g.width } - left) / cell;
        Self { cells: cells + indent, is_pure, slack, room, end }
    }

    /// What is wrong with it, when what comes next takes `next` characters.
    fn fault(&self, wanted: f64, next: f64) -> Option<&'static str> {
        let over = self.cells - wanted;
        if self.end > wanted + OVER {
            return Some("verify-line-over");
        }
        if over > 2.0 + self.slack + OVER || over > self.room + self.slack + OVER {
            return Some("verify-line-long");
        }
        // Letters and digits are estimated: a whole character has to be free beside them.
        let spare = if self.is_pure && next.fract() == 0.0 { OVER } else { -1.0 };
        let is_short =
            self.cells + self.slack + next < wanted + spare && self.cells + self.slack < wanted - OVER;
        is_short.then_some("verify-line-short")
    }
}

/// The width of what stands from `from` on and cannot be parted, in characters.
fn until_break(text: &[char], behind_blank: &[usize], from: usize) -> f64 {
    let mut width = 0.0;
    for k in from..text.len() {
        let (c, before) = (text[k], k.checked_sub(1).map(|b| text[b]));
        let parts = before.is_some_and(|b| marks::may_part(b, c)) || behind_blank.contains(&k);
        if k > from && parts {
            break;
        }
        width += match c {
            _ if marks::is_wide(c) => 1.0,
            'A'..='Z' => 0.75,
            '0'..='9' => 0.58,
            _ => 0.55,
        };
        // A quarter of an em stands between hanzi and letters or digits (CLREQ 3.2.6).
        if before.is_some_and(|b| marks::is_wide(b) != marks::is_wide(c)) {
            width += 0.25;
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::testing::Sheets;

    fn lines(lines: &[&str]) -> Sheets {
        let mut sheets = Sheets::new(1);
        let rows: Vec<(usize, u32, &str)> = (1..).zip(lines).map(|(k, l)| (0, k, *l)).collect();
        sheets.unit(UnitKind::Paragraph, &rows);
        sheets
    }

    fn found(sheets: &Sheets) -> Vec<&'static str> {
        sheets.finds(&RULE).iter().map(|f| f.0).collect()
    }

    const A: &str = "老城人多地少成片建公园并不现实但墙角桥下和拆房后的边角地";
    const B: &str = "加起来并不少建议由园林部门牵头用一年时间把五十至五百平方";

    #[test]
    fn full_lines() {
        assert_eq!((A.chars().count(), B.chars().count()), (28, 28));
        let indented = format!("　　{}", &A[..A.char_indices().nth(26).unwrap().0]);
        let sheets = lines(&[&indented, B, "登记"]);
        assert!(found(&sheets).is_empty(), "{:?}", sheets.measure(&RULE));
    }

    #[test]
    fn short_lines_need_a_reason() {
        let short: String = A.chars().take(27).collect();
        assert_eq!(found(&lines(&[A, &short, B, "登记"])), ["verify-line-short"]);
        // 地， goes together, and so does what leads to a mark.
        let marked = format!("地，{}", B.chars().take(26).collect::<String>());
        assert!(found(&lines(&[A, &short, &marked, "登记"])).is_empty());
    }

    #[test]
    fn long_lines_need_marks_that_give_way() {
        let plain = format!("{A}的");
        assert!(!found(&lines(&[&plain, B, "登记"])).is_empty());
        // Two marks side by side give half a character each.
        let mut sheets = lines(&["老城人多地少，成片建公园，并不现实但墙角桥下和拆房后的边角", B, "登记"]);
        let first = Sheets::baseline(1);
        let mut narrowed = 0.0;
        for g in sheets.printed.pages[0].glyphs.iter_mut().filter(|g| (g.baseline - first).abs() < 0.1) {
            g.x -= narrowed;
            if g.text.first() == '，' {
                narrowed += g.size / 2.0;
            }
        }
        assert!(found(&sheets).is_empty(), "{:?}", sheets.measure(&RULE));
    }

    #[test]
    fn a_mark_hung_over_the_edge_is_told() {
        let hung = format!("{A}，");
        assert_eq!(found(&lines(&[&hung, B, "登记"])), ["verify-line-over"]);
    }
}

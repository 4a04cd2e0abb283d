//! The pages hold the tree's text, every character of it, each piece unbroken and in its place, and
//! between the first and the last word of the text nothing else.
//!
//! Blanks and line ends are layout. Page numbers and running heads, marks of notes and of lists, and
//! heads of tables repeated on a new page are furniture, and so is the status across a page. What stands before the text (cover, contents)
//! and behind it (index) repeats the text and is not looked into. A character that a program shows in
//! another form (⽂ for 文) is found in its place, and counted as wrong.

use crate::messages::Say;
use crate::tree::{Block, BlockKind, Proceedings, Visit, walk_block};
use crate::verify::rules::{grouped, short};
use crate::verify::{Finding, Measure, Measured, Rule, Subject, UnitKind};

pub(super) static RULE: Rule = Rule {
    name: "text/parity-pdf",
    source: "jianbao: an output holds exactly the tree's text",
    measure: Measure::Pages(measure),
};

/// Marks of notes and lists are no longer.
const MOST_MARK: usize = 6;

fn measure(subject: &Subject<'_>) -> Measured {
    let (mut total, mut right) = (0, 0);
    let mut findings = Vec::new();
    for (k, unit) in subject.units.iter().enumerate() {
        total += unit.text.len();
        let found = subject.found.get(k).map_or(&[][..], Vec::as_slice);
        let page = found.first().and_then(|c| subject.chars.get(*c)).map(|c| c.page + 1);
        let text = || short(&unit.text.iter().collect::<String>());
        if found.len() != unit.text.len() {
            right += found.len();
            let id = if found.is_empty() { "verify-text-missing" } else { "verify-text-differs" };
            let say = Say { id, args: Vec::new() }.with("node", &unit.id).with("text", text());
            findings.push(Finding { page, span: unit.span, ..Finding::of(say) });
            continue;
        }
        let wrong = unit.text.iter().zip(found).find(|(c, k)| subject.chars[**k].c != **c);
        right += unit.text.iter().zip(found).filter(|(c, k)| subject.chars[**k].c == **c).count();
        if let Some((c, k)) = wrong {
            let other = subject.chars[*k].c;
            let say = Say::new("verify-text-form").with("node", &unit.id);
            let say = say.with("wanted", c).with("is", format!("{other} U+{:04X}", u32::from(other)));
            findings.push(Finding { page, span: unit.span, ..Finding::of(say) });
        }
    }
    for (page, text) in foreign(subject) {
        findings.push(Finding::on(page, Say::new("verify-text-foreign").with("text", short(&text))));
    }
    let figure = Say::new("verify-parity-figure").with("right", grouped(right)).with("total", grouped(total));
    Measured { ok: findings.is_empty() && total > 0, figure, findings }
}

/// What stands among the text and is not the tree's: page and characters.
fn foreign(subject: &Subject<'_>) -> Vec<(usize, String)> {
    let of_text = |k: &usize| {
        let unit = subject.chars[*k].unit.and_then(|u| subject.units.get(u));
        unit.is_some_and(|u| u.kind.is_text() && u.kind != UnitKind::Note)
    };
    let all = 0..subject.chars.len();
    let (Some(first), Some(last)) = (all.clone().find(of_text), all.rev().find(of_text)) else {
        return Vec::new();
    };
    let (top, foot) = (subject.expected.top_pt(), subject.expected.foot_pt());
    let mut heads = table_heads(subject.tree);
    heads.extend(pictures(subject.tree));
    // Across the page, behind the text.
    heads.extend(subject.tree.meta.other.get("status").map(|s| s.split_whitespace().collect()));
    let between: Vec<usize> = (first..=last).filter(|k| subject.chars[*k].unit.is_none()).collect();
    let runs = between.chunk_by(|a, b| *b == a + 1 && subject.row_of[*a] == subject.row_of[*b]);
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for run in runs {
        let Some(row) = run.first().map(|k| &subject.rows[subject.row_of[*k]]) else { continue };
        let text = subject.text(run);
        let is_outside = row.baseline < top || row.baseline - 0.88 * row.size > foot;
        let is_mark = text.chars().count() <= MOST_MARK && text.chars().all(is_furniture);
        if !is_outside && !is_mark {
            let end = run.last().copied().unwrap_or(0);
            match found.last_mut() {
                // A head of a table is drawn cell by cell.
                Some((page, before, so_far)) if *page == row.page && *before + 1 == run[0] => {
                    *before = end;
                    so_far.push_str(&text);
                }
                _ => found.push((row.page, end, text)),
            }
        }
    }
    found
        .into_iter()
        .filter(|(_, _, text)| !heads.contains(text))
        .map(|(page, _, text)| (page, text))
        .collect()
}

fn is_furniture(c: char) -> bool {
    c.is_ascii_digit()
        || "[]().、〔〕（）注*●•·○◦▪–—-".contains(c)
        || matches!(c, '①'..='⑳' | '\u{f000}'..='\u{f0ff}')
}

/// What is printed in place of a picture that could not be had.
fn pictures(tree: &Proceedings) -> Vec<String> {
    struct Words(Vec<String>);
    impl Visit for Words {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Figure(figure) = &block.kind {
                let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                self.0.extend([bare(&figure.alt), bare(&crate::tree::plain_text(&figure.caption))]);
            }
            walk_block(self, block);
        }
    }
    let mut words = Words(vec!["图片".to_owned()]);
    words.proceedings(tree);
    words.0
}

fn table_heads(tree: &Proceedings) -> Vec<String> {
    let intros = tree.parts.iter().flat_map(|p| &p.intro);
    let bodies = tree.speeches.iter().flat_map(|s| &s.body);
    let mut heads = Vec::new();
    for block in tree.lede.iter().chain(intros).chain(bodies) {
        if let BlockKind::Table(table) = &block.kind {
            let cells = table.head.iter().map(|c| crate::tree::plain_text(&c.inlines));
            heads.push(cells.collect::<String>().chars().filter(|c| !c.is_whitespace()).collect());
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Arg;
    use crate::verify::rules::testing::{Sheets, glyphs};

    const A: &str = "先把电线理顺再谈灯光，居民一起商量。";
    const B: &str = "建议分片改造先易后难，年底以前见效。";

    fn two() -> Sheets {
        let mut sheets = Sheets::new(1);
        sheets.unit(UnitKind::Paragraph, &[(0, 1, A)]).unit(UnitKind::Paragraph, &[(0, 3, B)]);
        sheets
    }

    #[test]
    fn all_of_it_is_there() {
        let measured = two().measure(&RULE);
        assert!(measured.ok, "{measured:?}");
        assert_eq!(measured.figure.args[0].1, Arg::Text("36".into()));
    }

    #[test]
    fn what_is_missing_changed_or_added_is_told() {
        let mut sheets = two();
        sheets.printed.pages[0].glyphs.remove(4);
        assert_eq!(sheets.finds(&RULE), [("verify-text-differs", Some(1))]);
        let mut sheets = two();
        sheets.printed.pages[0].glyphs.truncate(18);
        assert_eq!(sheets.finds(&RULE), [("verify-text-missing", None)]);
        let mut sheets = two();
        sheets.printed.pages[0].glyphs[0].text = crate::verify::Text::of('\u{2f00}');
        sheets.units[0].text[0] = '一';
        assert_eq!(sheets.finds(&RULE), [("verify-text-form", Some(1))]);
        let mut sheets = two();
        let added = glyphs("不在稿子里的话", 80.0, Sheets::baseline(2), 15.75);
        sheets.printed.pages[0].glyphs.splice(18..18, added);
        assert_eq!(sheets.finds(&RULE), [("verify-text-foreign", Some(1))]);
        let mut sheets = two();
        let hidden = glyphs("\u{2060}", 80.0, Sheets::baseline(1), 15.75);
        sheets.printed.pages[0].glyphs.splice(18..18, hidden);
        assert_eq!(sheets.finds(&RULE), [("verify-text-foreign", Some(1))]);
    }

    #[test]
    fn furniture_is_no_text() {
        let mut sheets = two();
        let number = glyphs("— 1 —", 400.0, 774.84, 14.0);
        let mark = glyphs("[1]", 200.0, Sheets::baseline(1), 8.0);
        sheets.printed.pages[0].glyphs.splice(18..18, mark.into_iter().chain(number));
        assert!(sheets.measure(&RULE).ok);
    }
}

//! The flow of a file held against the pieces of the tree.
//!
//! Every character counts, its order, the blanks between words, and that what is a paragraph in the tree
//! begins one in the file. How wide a blank is and what kind of line end stands where is layout.

use std::ops::Range;

use crate::messages::Say;
use crate::tree::{Proceedings, Span};
use crate::verify::flow::diff::changes;
use crate::verify::flow::{Flow, Letter, Place};
use crate::verify::rules::short;
use crate::verify::{Finding, Unit, UnitKind};

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Compared {
    /// Characters of the tree's text, and how many of them stand in the file.
    pub(in crate::verify) total: usize,
    pub(in crate::verify) right: usize,
    pub(in crate::verify) findings: Vec<Finding>,
    /// For each piece the place of its first character that is there.
    pub(in crate::verify) places: Vec<Option<Place>>,
}

/// Compares pieces with what was read.
pub(in crate::verify) fn compare(units: &[Unit], flow: &Flow, tree: &Proceedings) -> Compared {
    let letters: Vec<Letter> = seen(flow, tree);
    let found: Vec<char> = letters.iter().map(|l| l.c).collect();
    let of_units = || units.iter().enumerate().flat_map(|(k, u)| (0..u.text.len()).map(move |i| (k, i)));
    let wanted: Vec<char> = units.iter().flat_map(|u| u.text.iter().map(|c| written(*c))).collect();
    let own: Vec<(usize, usize)> = of_units().collect();
    let changes = changes(&wanted, &found);
    let lost: usize = changes.iter().map(|(a, _)| a.len()).sum();
    let mut compared = Compared {
        total: wanted.len(),
        right: wanted.len() - lost,
        places: vec![None; units.len()],
        ..Compared::default()
    };
    let teller = Teller { units, own: &own, wanted: &wanted, letters: &letters, flow };
    let ends = std::iter::once((wanted.len()..wanted.len(), found.len()..found.len()));
    let (mut a, mut b) = (0, 0);
    for (in_tree, in_file) in changes.into_iter().chain(ends) {
        teller.same(a..in_tree.start, b, &mut compared);
        teller.change(in_tree.clone(), in_file.clone(), &mut compared.findings);
        (a, b) = (in_tree.end, in_file.end);
    }
    compared
}

/// A character as XML can hold it (XML 1.0, 2.2): writers put U+FFFD for others.
fn written(c: char) -> char {
    if matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c }
}

/// The letters that count: invisible characters that the source has are its own, and where it has characters
/// that XML cannot hold, so are their stand-ins.
fn seen(flow: &Flow, tree: &Proceedings) -> Vec<Letter> {
    let pieces = tree.pieces();
    let own = || pieces.iter().flat_map(|p| p.text.chars());
    let mut unseen: Vec<char> = own().filter(|c| crate::fonts::is_invisible(*c)).collect();
    if own().any(|c| c.is_control() && !c.is_whitespace()) {
        unseen.push('\u{fffd}');
    }
    unseen.sort_unstable();
    unseen.dedup();
    let (mut first, mut blank, mut line_end) = (false, false, false);
    let mut letters = Vec::with_capacity(flow.letters.len());
    for letter in &flow.letters {
        (first, blank) = (first | letter.is_first, blank | letter.behind_blank);
        line_end |= letter.behind_line_end;
        if unseen.binary_search(&letter.c).is_err() {
            let (is_first, behind_blank) = (std::mem::take(&mut first), std::mem::take(&mut blank));
            let behind_line_end = std::mem::take(&mut line_end);
            letters.push(Letter { is_first, behind_blank, behind_line_end, ..*letter });
        }
    }
    letters
}

struct Teller<'a> {
    units: &'a [Unit],
    /// The piece of each wanted character, and its place in it.
    own: &'a [(usize, usize)],
    wanted: &'a [char],
    letters: &'a [Letter],
    flow: &'a Flow,
}

impl Teller<'_> {
    fn place(&self, letter: usize) -> Option<Place> {
        let letter = self.letters.get(letter).or_else(|| self.letters.get(letter.checked_sub(1)?))?;
        self.flow.places.get(letter.place as usize).cloned()
    }

    fn span(&self, at: usize) -> Option<Span> {
        self.own.get(at).or_else(|| self.own.last()).and_then(|(unit, _)| self.units.get(*unit)?.span)
    }

    fn node(&self, at: usize) -> String {
        let unit = self.own.get(at).or_else(|| self.own.last()).and_then(|(unit, _)| self.units.get(*unit));
        unit.map_or_else(String::new, |u| u.id.to_string())
    }

    fn finding(&self, say: Say, at: usize, letter: usize) -> Finding {
        Finding::of(say).at(self.span(at)).in_file(self.place(letter))
    }

    /// Characters that are the same: their blanks and the edges of their blocks are looked at.
    fn same(&self, at: Range<usize>, from: usize, out: &mut Compared) {
        for (n, k) in at.clone().enumerate() {
            let Some((unit, within)) = self.own.get(k).copied() else { continue };
            let (Some(letter), Some(piece)) = (self.letters.get(from + n), self.units.get(unit)) else {
                continue;
            };
            let slot = &mut out.places[unit];
            if slot.is_none() {
                *slot = self.flow.places.get(letter.place as usize).cloned();
            }
            let is_after_change = n == 0 && k > 0 && at.start == k && self.is_inside(k);
            if within == 0 {
                // A speaker's roles may stand behind the name.
                if !letter.is_first && piece.kind != UnitKind::Roles {
                    let text = short(&piece.text.iter().collect::<String>());
                    let say = Say::new("verify-text-joined").with("node", &piece.id).with("text", text);
                    out.findings.push(self.finding(say, k, from + n));
                }
                continue;
            }
            let is_wanted = piece.behind_blank.binary_search(&within).is_ok();
            // The lines of a title are broken by meaning, which is layout; those of a paragraph are not.
            let is_line = piece.kind.leads() || piece.kind == UnitKind::Front;
            let is_there = letter.behind_blank || (letter.behind_line_end && (is_wanted || !is_line));
            if is_wanted != is_there && !is_after_change {
                let id = match (is_wanted, letter.is_first) {
                    (true, _) => "verify-blank-lost",
                    (false, true) => "verify-text-parted",
                    (false, false) => "verify-blank-added",
                };
                let say = Say { id, args: Vec::new() };
                let say = say.with("node", &piece.id).with("text", self.around(unit, within));
                out.findings.push(self.finding(say, k, from + n));
            }
        }
    }

    /// Whether a wanted character stands inside its piece.
    fn is_inside(&self, k: usize) -> bool {
        self.own.get(k).is_some_and(|(_, within)| *within > 0)
    }

    /// Some characters on either side of a place in a piece.
    fn around(&self, unit: usize, within: usize) -> String {
        let text = self.units.get(unit).map_or(&[][..], |u| u.text.as_slice());
        let (from, to) = (within.saturating_sub(6), (within + 6).min(text.len()));
        let part = |range: Range<usize>| text.get(range).unwrap_or_default().iter().collect::<String>();
        format!("{}|{}", part(from..within), part(within..to))
    }

    fn change(&self, in_tree: Range<usize>, in_file: Range<usize>, out: &mut Vec<Finding>) {
        let is: String = self.letters.get(in_file.clone()).unwrap_or_default().iter().map(|l| l.c).collect();
        if in_tree.is_empty() && in_file.is_empty() {
            return;
        }
        if in_tree.is_empty() {
            let say = Say::new("verify-text-foreign").with("text", short(&is));
            out.push(Finding::of(say).in_file(self.place(in_file.start)));
            return;
        }
        if !in_file.is_empty()
            && self.own.get(in_tree.start).map(|o| o.0) == self.own.get(in_tree.end - 1).map(|o| o.0)
        {
            let wanted: String = self.wanted.get(in_tree.clone()).unwrap_or_default().iter().collect();
            let say = Say::new("verify-text-changed").with("node", self.node(in_tree.start));
            let say = say.with("wanted", short(&wanted)).with("is", short(&is));
            out.push(self.finding(say, in_tree.start, in_file.start));
            return;
        }
        // Each piece for itself: whoever looks for a lost speech is helped by its paragraphs.
        let owners = self.own.get(in_tree.clone()).unwrap_or_default();
        for own in owners.chunk_by(|a, b| a.0 == b.0) {
            let Some(((unit, first), piece)) = own.first().and_then(|o| Some((*o, self.units.get(o.0)?)))
            else {
                continue;
            };
            let text: String = piece.text.iter().skip(first).take(own.len()).collect();
            let id = if own.len() == piece.text.len() { "verify-text-missing" } else { "verify-text-lost" };
            let say = Say { id, args: Vec::new() }.with("node", &piece.id).with("text", short(&text));
            let finding = Finding::of(say).at(self.units.get(unit).and_then(|u| u.span));
            // What is lost stood behind what is before it, but for the beginning of a piece.
            let is_beginning = first == 0 && own.len() < piece.text.len();
            let near = if is_beginning { in_file.start } else { in_file.start.saturating_sub(1) };
            out.push(finding.in_file(self.place(near)));
        }
        if !in_file.is_empty() {
            let say = Say::new("verify-text-foreign").with("text", short(&is));
            out.push(Finding::of(say).in_file(self.place(in_file.start)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "先把 AI 用起来再谈灯光，居民一起商量。";
    const B: &str = "建议分片改造先易后难，年底以前见效。";

    fn flow(blocks: &[&str]) -> Flow {
        let mut flow = Flow::default();
        for (k, block) in blocks.iter().enumerate() {
            flow.begin(Place::line("a.xhtml", k + 1));
            flow.push(block);
        }
        flow
    }

    fn told(blocks: &[&str]) -> Vec<(&'static str, Option<usize>)> {
        let units = [Unit::new(UnitKind::Paragraph, A), Unit::new(UnitKind::Paragraph, B)];
        let compared = compare(&units, &flow(blocks), &Proceedings::default());
        assert_eq!(compared.total, 37);
        compared.findings.iter().map(|f| (f.say.id, f.place.as_ref().and_then(|p| p.line))).collect()
    }

    #[test]
    fn the_same_text_is_the_same() {
        assert_eq!(told(&[A, B]), []);
    }

    #[test]
    fn every_difference_is_told_with_its_place() {
        assert_eq!(told(&[&A.replace("灯", "炉"), B]), [("verify-text-changed", Some(1))]);
        assert_eq!(told(&[A, &B.replace("先易后难，", "")]), [("verify-text-lost", Some(2))]);
        assert_eq!(told(&[A]), [("verify-text-missing", Some(1))]);
        assert_eq!(told(&[A, "不在稿子里", B]), [("verify-text-foreign", Some(2))]);
        assert_eq!(told(&[&A.replace("AI 用", "AI用"), B]), [("verify-blank-lost", Some(1))]);
        assert_eq!(told(&[A, &B.replace("后", " 后")]), [("verify-blank-added", Some(2))]);
        assert_eq!(told(&[&format!("{A}{B}")]), [("verify-text-joined", Some(1))]);
        assert_eq!(told(&[A, "建议分片改造先易后难，", "年底以前见效。"]), [("verify-text-parted", Some(3))]);
        let mut broken = flow(&[A]);
        broken.begin(Place::line("a.xhtml", 2));
        broken.push("建议分片改造先易后难，");
        broken.line_end();
        broken.push("年底以前见效。");
        for (kind, ids) in [(UnitKind::Heading, &[][..]), (UnitKind::Paragraph, &["verify-blank-added"])] {
            let units = [Unit::new(UnitKind::Paragraph, A), Unit::new(kind, B)];
            let found = compare(&units, &broken, &Proceedings::default()).findings;
            assert_eq!(found.iter().map(|f| f.say.id).collect::<Vec<_>>(), ids);
        }
        assert_eq!(told(&[B, A]).len(), 2);
        assert_eq!(told(&[A, &format!("{B}\u{2060}")]), [("verify-text-foreign", Some(2))]);
    }
}

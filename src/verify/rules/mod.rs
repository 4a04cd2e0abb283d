//! The registry: a rule is a file and a line here.

mod characters;
mod epub;
mod fonts_by_role;
mod fonts_embedded;
mod glyphs;
mod lists;
mod margins;
mod marks;
mod page_numbers;
mod page_size;
mod parity;
mod prohibitions;
mod proof;
mod register;
mod rows;
mod runt;
mod standards;
#[cfg(test)]
pub(in crate::verify) mod testing;
mod widowed_heading;
mod word;

use crate::verify::Rule;

/// Every rule, in the order they are shown; each says what kind of file it is for.
pub static RULES: &[&Rule] = &[
    &parity::RULE,
    &glyphs::RULE,
    &lists::contents::RULE,
    &lists::index::RULE,
    &lists::links::RULE,
    &page_size::RULE,
    &margins::RULE,
    &rows::RULE,
    &characters::RULE,
    &register::RULE,
    &prohibitions::RULE,
    &runt::RULE,
    &widowed_heading::RULE,
    &page_numbers::RULE,
    &fonts_embedded::RULE,
    &fonts_by_role::RULE,
    &standards::RULE,
    &epub::parity::RULE,
    &epub::contents::RULE,
    &epub::index::RULE,
    &epub::page_list::RULE,
    &epub::ncx::RULE,
    &epub::contents_depth::RULE,
    &epub::links::RULE,
    &epub::notes::RULE,
    &epub::page_markers::RULE,
    &epub::one_paragraph::RULE,
    &epub::body_font::RULE,
    &epub::colours::RULE,
    &epub::alternatives::RULE,
    &epub::language::RULE,
    &epub::file_names::RULE,
    &epub::mimetype::RULE,
    &word::parity::RULE,
    &word::contents::RULE,
    &word::styles::RULE,
    &word::fonts::RULE,
    &word::page::RULE,
    &word::tables::RULE,
    &proof::files::RULE,
    &proof::checks::RULE,
];

/// A length for people: millimetres with one digit.
fn mm(points: f64) -> String {
    let mm = points / crate::verify::expected::MM;
    // No minus before a nought.
    format!("{:.1}", if mm.abs() < 0.05 { 0.0 } else { mm })
}

/// A number for people, its thousands parted: `18,204`.
pub(in crate::verify) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The beginning of a text, short enough for a sentence.
pub(in crate::verify) fn short(text: &str) -> String {
    match text.char_indices().nth(16) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The middle one of some lengths.
fn median(mut lengths: Vec<f64>) -> Option<f64> {
    lengths.sort_by(f64::total_cmp);
    lengths.get(lengths.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!((grouped(0), grouped(999), grouped(18204)), ("0".into(), "999".into(), "18,204".into()));
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!((mm(28.35), mm(-0.01)), ("10.0".into(), "0.0".into()));
    }

    #[test]
    fn every_rule_names_its_source() {
        let mut names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(RULES.iter().all(|r| r.source.len() > 5 && r.name.contains('/')));
    }
}

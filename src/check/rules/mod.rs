//! The registry: a rule is a file and a line here.

mod consistency;
mod font;
mod glossary;
mod punctuation;
#[cfg(test)]
mod sample;
mod scan;
mod structure;
#[cfg(test)]
pub(in crate::check) mod testing;
#[cfg(test)]
mod tests;
mod text;

use crate::check::Rule;

pub(super) use structure::suppression::unused;

/// `group::file` for every rule, in the order of the help.
macro_rules! rules {
    ($($group:ident::$file:ident),+ $(,)?) => {
        /// Every rule.
        pub static RULES: &[&Rule] = &[$(&$group::$file::RULE),+];
    };
}

rules![
    consistency::roster,
    structure::suppression,
    punctuation::half_width,
    punctuation::unpaired_quote,
    punctuation::unpaired_bracket,
    punctuation::nested_quote,
    punctuation::doubled_mark,
    punctuation::dash_ellipsis,
    punctuation::book_title,
    punctuation::enumeration,
    punctuation::range,
    text::doubled_word,
    text::stray_latin,
    text::confusable,
    text::mixed_script,
    text::invisible,
    text::space_in_han,
    text::personal_data,
    text::unit,
    text::numeral_form,
    glossary::fixed_wording,
    font::missing_glyph,
];

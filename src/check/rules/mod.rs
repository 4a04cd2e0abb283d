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
    consistency::speech_count,
    consistency::duplicate_speech,
    consistency::speaker_variants,
    consistency::party_role,
    consistency::date_weekday,
    consistency::numbering,
    consistency::term_variants,
    consistency::roster,
    structure::missing_speaker,
    structure::empty_speech,
    structure::heading_level,
    structure::unreadable_shape,
    structure::conflict_marker,
    structure::suppression,
    text::doubled_word,
    punctuation::half_width,
    punctuation::unpaired_quote,
    punctuation::unpaired_bracket,
    punctuation::nested_quote,
    punctuation::doubled_mark,
    punctuation::dash_ellipsis,
    punctuation::book_title,
    punctuation::enumeration,
    punctuation::range,
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

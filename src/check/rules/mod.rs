//! The registry: a rule is a file and a line here.

mod consistency;
mod structure;
#[cfg(test)]
mod testing;
mod text;

use crate::check::Rule;

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
    structure::missing_speaker,
    structure::empty_speech,
    structure::heading_level,
    structure::unreadable_shape,
    structure::conflict_marker,
    text::doubled_word,
];

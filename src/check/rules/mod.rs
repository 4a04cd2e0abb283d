//! The registry: a rule is a file and a line here.

mod consistency;
mod font;
mod glossary;
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
    font::missing_glyph,
    glossary::fixed_wording,
    structure::suppression,
    text::doubled_word,
];

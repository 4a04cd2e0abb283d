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

rules![consistency::speech_count, text::doubled_word,];

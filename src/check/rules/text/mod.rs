//! Words and characters.

pub(super) mod doubled_word;

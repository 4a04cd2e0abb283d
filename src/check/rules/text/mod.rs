//! Words and characters.

pub(super) mod confusable;
pub(super) mod doubled_word;
pub(super) mod invisible;
pub(super) mod mixed_script;
pub(super) mod numeral_form;
pub(super) mod personal_data;
pub(super) mod space_in_han;
pub(super) mod stray_latin;
pub(super) mod unit;

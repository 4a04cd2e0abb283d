//! What contradicts itself, or a list.

pub(super) mod date_weekday;
pub(super) mod duplicate_speech;
pub(super) mod numbering;
pub(super) mod party_role;
pub(super) mod roster;
pub(super) mod speaker_variants;
pub(super) mod speech_count;
pub(super) mod term_variants;

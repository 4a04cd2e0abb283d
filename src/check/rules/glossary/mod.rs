//! Wordings that are fixed.

pub(super) mod fixed_wording;

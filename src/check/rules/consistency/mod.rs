//! What contradicts itself, or a list.

pub(super) mod roster;

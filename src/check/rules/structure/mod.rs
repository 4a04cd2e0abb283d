//! Whether the source is put together as it was meant.

pub(super) mod conflict_marker;
pub(super) mod empty_speech;
pub(super) mod heading_level;
pub(super) mod missing_speaker;
pub(super) mod suppression;
pub(super) mod unreadable_shape;

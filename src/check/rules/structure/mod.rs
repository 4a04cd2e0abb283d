//! How the source is put together.

pub(super) mod suppression;

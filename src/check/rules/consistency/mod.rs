//! Whether the book agrees with itself.

pub(super) mod speech_count;

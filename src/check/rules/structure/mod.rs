//! Whether the book was understood as it was meant.

//! Word files built of parts, and what is read of them.

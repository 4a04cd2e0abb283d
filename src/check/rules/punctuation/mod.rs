//! Marks.

mod pairs;

pub(super) mod book_title;
pub(super) mod dash_ellipsis;
pub(super) mod doubled_mark;
pub(super) mod enumeration;
pub(super) mod half_width;
pub(super) mod nested_quote;
pub(super) mod range;
pub(super) mod unpaired_bracket;
pub(super) mod unpaired_quote;

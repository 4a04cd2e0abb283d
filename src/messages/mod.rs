//! What jianbao says to people, in Chinese and in English.
//!
//! The sentences stand in `zh-CN.ftl` and `en.ftl` (Project Fluent). Code names a sentence by its id
//! and gives its data; a test holds both files against each other.

mod catalog;
mod say;

pub use catalog::{Catalog, Lang};
pub use say::{Arg, Say};

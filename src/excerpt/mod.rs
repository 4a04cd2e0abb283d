//! A part of a book: which speeches, and the smaller tree that holds them and nothing of the others.
//!
//! [`Selection`] says which speeches are meant; [`cut`] makes the tree. Node ids stay what they are in
//! the whole book, so that an anchor means the same in every excerpt. [`Head`] says of what an excerpt is a
//! part and who wants it back.

mod cut;
mod head;
mod select;

pub use cut::cut;
pub use head::Head;
pub use select::{Kind, SelectError, Selection, nearest, numbers, spoken};

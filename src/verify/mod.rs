//! Proof that finished files hold exactly the tree's text and keep the rules of print.
mod page;
mod pdf;
pub use page::*;
pub use pdf::{PdfError, read_pdf};

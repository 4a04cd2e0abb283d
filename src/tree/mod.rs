//! The typed document tree: what a meeting's speeches are, whatever form they came in and
//! whatever book is made of them.
//!
//! No input or output, no rendering and no parsing happens here, and nothing of the other rooms
//! is used. Readers fill the tree, `normalize` gives it shape, the backends in
//! `render` turn it into files.
//!
//! * Every node has a stable [`NodeId`] and, when it comes from a file, a [`Span`] naming it.
//! * The JSON form (`jianbao tree`) is read back by the same types; see [`Proceedings::to_json`].
//! * Walk it with [`Visit`], or with [`Proceedings::pieces`] where order is all that matters.

mod base;
mod block;
mod edit;
mod ids;
mod inline;
mod json;
mod party;
mod pieces;
mod proceedings;
mod span;
mod speaker;
mod speech;
mod visit;

pub use base::{BASE_NAMESPACE, BASE_VERSION, Base, BaseError, CHUNK};
pub use block::{
    Alignment, Block, BlockKind, Cell, Figure, List, ListItem, Note, Paragraph, Quote, SubHeading, Table,
};
pub use edit::{Edit, Reason};
pub use ids::NodeId;
pub use inline::{Inline, plain_text, split_inlines};
pub use json::{TreeError, json_schema};
pub use party::Party;
pub use pieces::{Piece, PieceKind};
pub use proceedings::{Front, FrontLine, Meta, Part, Proceedings, SCHEMA};
pub use span::{FileId, SourceFile, Span};
pub use speaker::Speaker;
pub use speech::{Heading, Numbering, Speech};
pub use visit::{Visit, walk_block, walk_inlines, walk_proceedings, walk_speech};

pub(crate) use ids::assign_ids;

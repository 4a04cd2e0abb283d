//! jianbao: the speeches of a meeting, from one source to a typeset PDF, an EPUB and DOCX files.
pub mod build;
pub mod cli;
pub mod config;
pub mod fonts;
pub(crate) mod hash;
pub mod messages;
pub mod normalize;
pub mod render;
pub mod source;
pub mod tree;

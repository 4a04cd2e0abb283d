//! jianbao (简报): the speeches of a meeting, from one source to a typeset PDF, an EPUB and a DOCX.
//!
//! The program is a thin shell over this library; whatever it does, you can do. Bytes walk one way:
//!
//! ```text
//! files ─ source ────▶ documents: blocks as they stand, with spans into the file
//!       ─ normalize ─▶ tree::Proceedings: title, event, speeches, speakers; every change an Edit
//!       ─ config ────▶ settings: manifest, front matter and flags, resolved
//!       ─ fonts ─────▶ the font of every role
//!       ─ render ────▶ a Job of all these to artifacts, by one Backend a format
//!       ─ build ─────▶ files in place, whole or not at all; progress as events
//! ```
//!
//! Reading, normalising and rendering are functions of what they are given: they open no file and ask no
//! clock, and the same input gives the same bytes.
//!
//! ```
//! use jianbao::fonts::{FontRequest, FontSet};
//! use jianbao::normalize::{Known, normalize};
//! use jianbao::render::{Assets, Job, Templates, format_named};
//! use jianbao::source::read;
//! use jianbao::tree::{FileId, Party};
//!
//! let text = "# 让老街亮起来\n\n### 修好百年老街 留住街坊邻里\n\n\
//!             沈怀瑾 市政协委员,民盟市委委员\n\n先把电线理顺。建议分片改造。\n";
//! let mut documents = [read(FileId(0), "speeches.md", text.as_bytes())?];
//! let tree = normalize(&mut documents, Known::default())?.tree;
//!
//! let speech = &tree.speeches[0];
//! assert_eq!(speech.heading.clauses, ["修好百年老街", "留住街坊邻里"]);
//! assert_eq!(speech.speakers[0].name, "沈怀瑾");
//! assert_eq!(speech.speakers[0].party, Some(Party::Cdl));
//! assert_eq!(tree.edits[0].after, "，");
//!
//! let fonts = FontSet::find(&FontRequest::from_environment())?;
//! let (config, templates, assets) = (Default::default(), Templates::default(), Assets::default());
//! let job = Job::new(&tree, &config, &fonts, &templates, &assets);
//! let docx = format_named("docx").ok_or("no such format")?;
//! let rendered = docx.backend.render(&job)?;
//! assert!(rendered.artifacts[0].bytes.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The rooms
//!
//! * [`tree`]: the typed document, its JSON and schema, and a visitor.
//! * [`source`]: from bytes to blocks, one reader a form.
//! * [`mod@normalize`]: from blocks to the tree, and standard punctuation.
//! * [`mod@check`]: what a proof-reader would notice, one rule a file.
//! * [`config`]: `jianbao.toml`, front matter and `--set`.
//! * [`excerpt`]: some speeches of a book, as a smaller tree.
//! * [`fonts`]: which font plays which role.
//! * [`render`]: backends and the list of formats.
//! * [`mod@merge`]: edited copies back into the source they were made from.
//! * [`mod@impose`]: a finished PDF on sheets to print and fold.
//! * [`preflight`]: a finished PDF looked over before it goes to a printing house.
//! * [`verify`]: finished files read back and measured, one rule of print a file.
//! * [`mod@build`]: books from the names of files to finished files.
//! * `desk`: the whole way in a browser, and outputs that follow their sources.
//! * [`messages`]: what is said to people, in Chinese and English.
//! * [`cli`]: the command line.
//!
//! # Features
//!
//! `pdf` (default) builds Typst in, as [`render::Engine::Embedded`]. Without it there are EPUB and DOCX.
//! `desk` (default) adds `serve` and `watch`, and needs `pdf`.
pub mod build;
pub mod check;
pub mod cli;
pub mod config;
#[cfg(feature = "desk")]
pub mod desk;
pub mod excerpt;
pub mod fonts;
pub(crate) mod hash;
pub mod impose;
pub mod merge;
pub mod messages;
pub mod normalize;
pub mod preflight;
pub mod render;
pub mod source;
pub mod tree;
pub mod verify;

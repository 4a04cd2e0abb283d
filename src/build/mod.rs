//! From the names of files to finished files: the only room that reads and writes them.
//!
//! [`Book::open`] reads sources and settings and makes the tree; [`build`] renders books, several
//! at once, and puts the results in place. Progress is reported as [`Event`]s to a [`Sink`];
//! nothing is drawn or said here. Every error of every room becomes a [`Problem`] in one file, with
//! its exit code, its sentence and its place.

mod assets;
mod book;
mod checks;
mod event;
mod excerpt;
mod formats;
mod glyphs;
mod import;
mod impose;
mod ledger;
mod look;
mod mend;
mod merge;
mod merge_page;
pub mod merge_say;
mod names;
mod place;
mod press;
mod problem;
mod proof;
mod run;
mod sent;
mod sources;
mod standard;
mod write;

pub use crate::check::Severity;
pub use book::{Book, Opening};
pub use checks::Checks;
pub(crate) use checks::no_rule;
pub use event::{Event, Silent, Sink, Stage};
pub use excerpt::{Errand, excerpt};
pub use formats::render;
pub use import::{Imported, import, markdown};
pub use impose::{TestWords, impose};
pub use mend::Revision;
pub use merge::{Merging, Named, Outcome as MergeOutcome, merge};
pub use merge_page::page;
pub use names::safe_name;
pub(crate) use place::visible;
pub use problem::{Exit, Problem, SourcePlace};
pub use proof::{Earlier, verify};
pub use run::{Order, Outcome, Target, build, engine, find_fonts};
pub use sent::{Sent, sent};
pub(crate) use sources::shown;
pub use sources::{Found, find};
pub use standard::{Standard, standard};
pub use write::{Placed, put, put_new};

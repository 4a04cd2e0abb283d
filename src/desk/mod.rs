//! The desk: the whole way of a book in a browser on the same machine, and outputs that follow their sources.
//!
//! [`serve`] answers on 127.0.0.1 only, to whoever knows the token of its address, and touches nothing
//! outside one folder. Its pages are the typesetter's own, set by the engine that makes the PDF and that
//! remembers what did not change (`render::Live`). [`watch`] is the same without a page. Every answer is a
//! function of the library; what a browser needs beyond that stands here and in `web/`.

mod book;
mod checks;
mod files;
mod folder;
mod guard;
mod history;
mod look;
mod merging;
mod page;
mod reply;
mod server;
mod settings;
mod source;
mod stop;
mod take;
mod units;
mod watch;
mod words;

pub use server::{Address, Options, serve};
pub use stop::Stop;
pub use watch::{Round, watch};

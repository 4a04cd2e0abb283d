//! Progress, as data.

use std::path::PathBuf;
use std::time::Duration;

use crate::build::Problem;
use crate::check::Finding;

/// A step of making a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading sources and settings.
    Read,
    /// Making one format, by its name.
    Render(&'static str),
    /// Reading the files back and measuring them.
    Prove,
    /// Putting files in place.
    Write,
}

/// Something that happened to one book.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A stage has begun.
    Started {
        /// The book, as the user named it.
        source: &'a str,
        /// The stage.
        stage: Stage,
    },
    /// A stage has ended well.
    Ended {
        /// The book.
        source: &'a str,
        /// The stage.
        stage: Stage,
        /// How long it took.
        took: Duration,
    },
    /// A file is in place.
    Wrote {
        /// The book.
        source: &'a str,
        /// The file.
        output: &'a PathBuf,
        /// False when it was the same already.
        changed: bool,
    },
    /// Something a person should know; the book goes on unless it is an error.
    Noticed {
        /// The book.
        source: &'a str,
        /// What.
        problem: &'a Problem,
    },
    /// The checks have looked the book over.
    Checked {
        /// The book.
        source: &'a str,
        /// What they found.
        findings: &'a [Finding],
    },
    /// The book is finished.
    Done {
        /// The book.
        source: &'a str,
        /// How long all of it took.
        took: Duration,
    },
    /// The book could not be made, or not whole.
    Failed {
        /// The book.
        source: &'a str,
    },
}

/// Takes events, from several threads at once.
pub trait Sink: Sync {
    /// Takes one event.
    fn event(&self, event: &Event<'_>);

    /// Whether nobody wants the books any more: no further stage is begun.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// A sink that forgets.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Silent;

impl Sink for Silent {
    fn event(&self, _event: &Event<'_>) {}
}

//! `jianbao tree`: the tree as JSON.

use clap::{ArgMatches, Command};

use crate::build::{self, Book, Exit, Opening, Problem};
use crate::cli::context::Context;
use crate::cli::{args, report};
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-data-output"))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let text = open_one(matches).and_then(|book| {
        book.problems.iter().for_each(|p| report::show(p, context));
        book.tree.to_json().map_err(|e| {
            Problem::error(Exit::Defect, Say::new("defect").with("what", e)).help(Say::new("defect-help"))
        })
    });
    match text {
        Ok(text) => context.deliver(args::given_output(matches).as_deref(), text.as_bytes()),
        Err(problem) => context.fail(&problem),
    }
}

/// The one book that the sources of a command make together.
pub(super) fn open_one(matches: &ArgMatches) -> Result<Book, Problem> {
    let opening = Opening { settings: args::given_settings(matches)? };
    let found = build::find(&args::given_sources(matches), true)?;
    match found.first() {
        Some(found) => Book::open(found, &opening),
        None => Err(args::misuse(Say::new("nothing-to-build")).help(Say::new("nothing-to-build-help"))),
    }
}

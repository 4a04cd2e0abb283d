//! `jianbao verify`: proof that finished files hold the tree's text and keep the rules of print.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::build::{self, Exit, Problem};
use crate::cli::context::Context;
use crate::cli::{args, report};
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let path = |name: &'static str, value: &'static str, id| {
        let arg = Arg::new(name).value_name(value).required(true).value_parser(value_parser!(PathBuf));
        arg.help(catalog.plain(id))
    };
    // Under a heading of its own the help sorts by name where no order is given.
    command
        .arg(path("source", "SRC", "arg-verify-source").display_order(1))
        .arg(path("outputs", "OUTPUT", "arg-verify-output").display_order(2).num_args(1..))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let outputs: Vec<PathBuf> = matches.get_many("outputs").into_iter().flatten().cloned().collect();
    let proof = open(matches).and_then(|book| {
        book.problems.iter().for_each(|p| report::show(p, context));
        build::verify(&book, &outputs, &context.catalog)
    });
    match proof {
        Ok(proof) => {
            let text = if context.json { proof.json() } else { proof.lines(&context.catalog) };
            let done = if proof.is_ok() { Exit::Done } else { Exit::Refused };
            context.data(text.as_bytes()).max(done)
        }
        Err(problem) => context.fail(&problem),
    }
}

fn open(matches: &ArgMatches) -> Result<build::Book, Problem> {
    let opening = build::Opening { settings: args::given_settings(matches)? };
    let found = build::find(&args::given_sources(matches), true)?;
    match found.first() {
        Some(found) => build::Book::open(found, &opening),
        None => Err(args::misuse(Say::new("nothing-to-build")).help(Say::new("nothing-to-build-help"))),
    }
}

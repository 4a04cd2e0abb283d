//! `jianbao verify`: proof that finished files hold the tree's text and keep the rules of their form.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::build::{self, Earlier, Exit, Problem};
use crate::cli::context::Context;
use crate::cli::{args, explain, report};
use crate::messages::{Catalog, Say};
use crate::verify::{Choice, Proof};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let path = |name: &'static str, value: &'static str, id| {
        let arg = Arg::new(name).value_name(value).value_parser(value_parser!(PathBuf));
        arg.required_unless_present("list").help(catalog.plain(id))
    };
    // Under a heading of its own the help sorts by name where no order is given.
    command
        .arg(path("source", "SRC", "arg-verify-source").display_order(1))
        .arg(path("outputs", "OUTPUT", "arg-verify-output").display_order(2).num_args(1..))
        .arg(args::rules("select", catalog, "arg-verify-select"))
        .arg(args::rules("ignore", catalog, "arg-verify-ignore"))
        .arg(Arg::new("list").long("list").action(ArgAction::SetTrue).help(catalog.plain("arg-verify-list")))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    if matches.get_flag("list") {
        return context.data(explain::list_of_proof(context).as_bytes());
    }
    match prove(matches, context) {
        Ok(proof) => {
            let text = if context.json { proof.json() } else { proof.lines(&context.catalog) };
            let done = if proof.is_ok() { Exit::Done } else { Exit::Refused };
            context.data(text.as_bytes()).max(done)
        }
        Err(problem) => context.fail(&problem),
    }
}

fn prove(matches: &ArgMatches, context: &Context) -> Result<Proof, Problem> {
    let outputs: Vec<PathBuf> = matches.get_many("outputs").into_iter().flatten().cloned().collect();
    let choice = Choice::of(args::given_rules(matches, "select"), args::given_rules(matches, "ignore"))
        .map_err(|e| build::no_rule(&e.name, e.nearest))?;
    let earlier = Earlier::among(&outputs)?;
    let book = open(matches, &earlier)?;
    book.problems.iter().for_each(|p| report::show(p, context));
    build::verify(&book, &outputs, &earlier, &choice, &context.catalog)
}

/// The book, with the settings that its proof names under those that are given.
fn open(matches: &ArgMatches, earlier: &Earlier) -> Result<build::Book, Problem> {
    let mut settings = earlier.settings()?;
    settings.extend(args::given_settings(matches)?);
    let opening = build::Opening { settings };
    let found = build::find(&args::given_sources(matches), true)?;
    match found.first() {
        Some(found) => build::Book::open(found, &opening),
        None => Err(args::misuse(Say::new("nothing-to-build")).help(Say::new("nothing-to-build-help"))),
    }
}

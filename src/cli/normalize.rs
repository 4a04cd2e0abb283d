//! `jianbao normalize`: a source with its punctuation made standard.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use similar::TextDiff;

use crate::build::{self, Exit, Standard, shown};
use crate::cli::args;
use crate::cli::context::Context;
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let flag =
        |name: &'static str, id| Arg::new(name).long(name).action(ArgAction::SetTrue).help(catalog.plain(id));
    command
        .alias("fmt")
        .arg(
            Arg::new("source")
                .value_name("SRC")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-one-source")),
        )
        .arg(args::output(catalog, "arg-data-output"))
        .arg(flag("diff", "arg-normalize-diff"))
        .arg(flag("check", "arg-normalize-check"))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let Some(path) = matches.get_one::<PathBuf>("source") else { return Exit::Usage };
    let standard = match build::standard(path) {
        Ok(standard) => standard,
        Err(problem) => return context.fail(&problem),
    };
    let name = shown(path);
    let is_check = matches.get_flag("check");
    let output = args::given_output(matches).filter(|_| !is_check);
    let data = match (matches.get_flag("diff"), is_check) {
        (true, _) => Some(diff(&name, &standard).into_bytes()),
        (false, true) => None,
        (false, false) => Some(standard.bytes),
    };
    let exit = match (data, output) {
        (Some(data), Some(path)) => context.deliver_new(&path, &data),
        (Some(data), None) => context.data(&data),
        (None, _) => Exit::Done,
    };
    if !is_check {
        return exit;
    }
    if standard.changes == 0 {
        context.say(&Say::new("normalize-standard").with("file", name));
        return exit;
    }
    context.say(&Say::new("normalize-would-change").with("file", name).count("count", standard.changes));
    exit.max(Exit::Refused)
}

/// What changes, as `diff -u` shows it.
fn diff(name: &str, standard: &Standard) -> String {
    TextDiff::from_lines(&standard.before, &standard.after).unified_diff().header(name, name).to_string()
}

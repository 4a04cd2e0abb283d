//! `jianbao completions`: what a shell needs to complete the command.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::build::Exit;
use crate::cli::context::Context;
use crate::messages::Catalog;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command.arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .help(catalog.plain("arg-shell")),
    )
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Exit::Usage };
    let mut bytes = Vec::new();
    clap_complete::generate(*shell, &mut super::command(&context.catalog), "jianbao", &mut bytes);
    context.data(&bytes)
}

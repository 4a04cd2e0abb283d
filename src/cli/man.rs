//! `jianbao man`: the manual page, commands and all.

use clap::{ArgMatches, Command};

use crate::build::{Exit, Problem};
use crate::cli::context::Context;
use crate::messages::Catalog;

pub(super) fn command(command: Command, _catalog: &Catalog) -> Command {
    command
}

pub(super) fn run(_matches: &ArgMatches, context: &Context) -> Exit {
    let root = super::command(&context.catalog);
    let mut bytes = Vec::new();
    let mut pages = vec![root.clone()];
    pages.extend(root.get_subcommands().map(|c| c.clone().name(format!("jianbao-{}", c.get_name()))));
    for page in pages {
        if let Err(e) = clap_mangen::Man::new(page).render(&mut bytes) {
            return context.fail(&Problem::unwritable(std::path::Path::new("-"), &e));
        }
    }
    context.data(&bytes)
}

//! `jianbao man`: the manual page, one for the command and all its subcommands.

use std::io::{Result, Write};

use clap::{ArgMatches, Command};
use clap_mangen::Man;

use crate::build::{Exit, Problem};
use crate::cli::context::Context;
use crate::messages::Catalog;

pub(super) fn command(command: Command, _catalog: &Catalog) -> Command {
    command
}

pub(super) fn run(_matches: &ArgMatches, context: &Context) -> Exit {
    let mut page = Vec::new();
    match write_page(super::command(&context.catalog), &mut page) {
        Ok(()) => context.data(&page),
        Err(e) => context.fail(&Problem::unwritable(std::path::Path::new("-"), &e)),
    }
}

fn write_page(root: Command, page: &mut Vec<u8>) -> Result<()> {
    let man = Man::new(root.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_options_section(page)?;
    for subcommand in root.get_subcommands() {
        let name = format!("jianbao {}", subcommand.get_name());
        writeln!(page, ".SH {}", name.to_uppercase().replace('-', "\\-"))?;
        let man = Man::new(subcommand.clone().bin_name(&name).display_name(&name));
        let mut part = Vec::new();
        man.render_description_section(&mut part)?;
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        // A page has one level of sections above these.
        page.extend(String::from_utf8_lossy(&part).replace("\n.SH ", "\n.SS ").bytes());
    }
    Ok(())
}

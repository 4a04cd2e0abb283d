//! `jianbao serve`: the desk in a browser.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::build::Exit;
use crate::cli::context::Context;
use crate::desk::{Options, serve};
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(
            Arg::new("folder")
                .value_name("DIR")
                .default_value(".")
                .hide_default_value(true)
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-serve-folder")),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .default_value("0")
                .hide_default_value(true)
                .value_parser(value_parser!(u16))
                .help(catalog.plain("arg-serve-port")),
        )
        .arg(Arg::new("open").long("open").action(ArgAction::SetTrue).help(catalog.plain("arg-serve-open")))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_else(|| PathBuf::from("."));
    let port = matches.get_one::<u16>("port").copied().unwrap_or(0);
    let options = Options::new(folder, port, context.catalog.lang());
    let served = serve(&options, |address| {
        // On a line of its own, so that a script finds it.
        let line = match context.json {
            true => format!("{}\n", json!({ "event": "serving", "url": address.url })),
            false => format!("{}\n", address.url),
        };
        context.data(line.as_bytes());
        context.say(&Say::new("serve-open"));
        if matches.get_flag("open") && open::that_detached(&address.url).is_err() {
            context.say(&Say::new("serve-no-browser"));
        }
    });
    match served {
        Ok(()) => Exit::Done,
        Err(problem) => context.fail(&problem),
    }
}

//! The command line: what was typed, what is shown, what the process ends with.
//!
//! No logic that a user of the library would miss stands here. A subcommand is one file with a
//! `command` (its arguments) and a `run`, and a row in [`COMMANDS`].

mod args;
mod build;
mod check;
mod completions;
mod context;
mod excerpt;
mod explain;
mod export;
mod fonts;
mod import;
mod impose;
mod language;
mod man;
mod merge;
mod new;
mod normalize;
mod progress;
mod report;
mod schema;
#[cfg(feature = "desk")]
mod serve;
mod tree;
mod usage;
mod verify;
#[cfg(feature = "desk")]
mod watch;

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::build::Exit;
use crate::messages::Catalog;
use context::Context;

/// One subcommand.
struct Subcommand {
    name: &'static str,
    /// Its arguments; `about` is added from the sentence `cmd-<name>`.
    command: fn(Command, &Catalog) -> Command,
    /// The id of the sentence that says what it does.
    about: &'static str,
    run: fn(&ArgMatches, &Context) -> Exit,
}

/// The registry, in the order of the help.
static COMMANDS: &[Subcommand] = &[
    Subcommand { name: "new", about: "cmd-new", command: new::command, run: new::run },
    Subcommand { name: "build", about: "cmd-build", command: build::command, run: build::run },
    Subcommand { name: "check", about: "cmd-check", command: check::command, run: check::run },
    Subcommand { name: "explain", about: "cmd-explain", command: explain::command, run: explain::run },
    Subcommand {
        name: "normalize",
        about: "cmd-normalize",
        command: normalize::command,
        run: normalize::run,
    },
    Subcommand { name: "import", about: "cmd-import", command: import::command, run: import::run },
    Subcommand { name: "excerpt", about: "cmd-excerpt", command: excerpt::command, run: excerpt::run },
    Subcommand { name: "merge", about: "cmd-merge", command: merge::command, run: merge::run },
    Subcommand { name: "tree", about: "cmd-tree", command: tree::command, run: tree::run },
    Subcommand { name: "schema", about: "cmd-schema", command: schema::command, run: schema::run },
    Subcommand { name: "impose", about: "cmd-impose", command: impose::command, run: impose::run },
    Subcommand { name: "verify", about: "cmd-verify", command: verify::command, run: verify::run },
    Subcommand { name: "fonts", about: "cmd-fonts", command: fonts::command, run: fonts::run },
    Subcommand {
        name: "export-typst",
        about: "cmd-export-typst",
        command: export::command,
        run: export::run,
    },
    #[cfg(feature = "desk")]
    Subcommand { name: "watch", about: "cmd-watch", command: watch::command, run: watch::run },
    #[cfg(feature = "desk")]
    Subcommand { name: "serve", about: "cmd-serve", command: serve::command, run: serve::run },
    Subcommand {
        name: "completions",
        about: "cmd-completions",
        command: completions::command,
        run: completions::run,
    },
    Subcommand { name: "man", about: "cmd-man", command: man::command, run: man::run },
];

/// The whole command line, in a language.
#[must_use]
pub fn command(catalog: &Catalog) -> Command {
    let subcommands = COMMANDS.iter().map(|row| {
        let command = Command::new(row.name).about(catalog.plain(row.about));
        args::localise((row.command)(command, catalog), catalog)
    });
    let root = Command::new("jianbao")
        .version(env!("CARGO_PKG_VERSION"))
        .about(catalog.plain("about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(catalog.plain("heading-commands"))
        .subcommand_value_name("COMMAND")
        .subcommands(subcommands);
    args::localise(args::global(root, catalog), catalog)
}

/// Runs the program: arguments and environment of this process, its standard streams.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let catalog = Catalog::new(language::choose(&arguments));
    let exit = match command(&catalog).try_get_matches_from(arguments) {
        Ok(matches) => dispatch(&matches, catalog),
        Err(error) => usage::show(&error, &catalog),
    };
    ExitCode::from(exit as u8)
}

fn dispatch(matches: &ArgMatches, catalog: Catalog) -> Exit {
    let Some((name, inner)) = matches.subcommand() else { return Exit::Usage };
    let context = Context::new(inner, catalog);
    // This thread works beside the others: memory that it gave back is used again by what it does next.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    match COMMANDS.iter().find(|row| row.name == name) {
        Some(row) => (row.run)(inner, &context),
        None => Exit::Usage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    #[test]
    fn the_definitions_hold_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            command(&Catalog::new(lang)).debug_assert();
        }
    }
}

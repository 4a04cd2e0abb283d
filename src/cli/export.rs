//! `jianbao export-typst`: the pages as a Typst project.

use clap::{ArgMatches, Command};

use crate::build::{self, Exit, Problem};
use crate::cli::context::Context;
use crate::cli::{args, report, tree};
use crate::messages::Catalog;
use crate::render::{Engine, Rendered, format_named};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-export-output").required(true))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    match project(matches, context) {
        Ok(rendered) => {
            let files: Vec<(String, &[u8])> =
                rendered.artifacts.iter().map(|a| (a.path.clone(), a.bytes.as_slice())).collect();
            match args::given_output(matches) {
                Some(folder) => context.placed(build::put(&folder, &files, context.force)),
                None => context.fail(&args::misuse(crate::messages::Say::new("one-file-only"))),
            }
        }
        Err(problem) => context.fail(&problem),
    }
}

fn project(matches: &ArgMatches, context: &Context) -> Result<Rendered, Problem> {
    let book = tree::open_one(matches)?;
    book.problems.iter().for_each(|p| report::show(p, context));
    let fonts = build::find_fonts(&book)?;
    let format =
        format_named("typst").ok_or_else(|| args::misuse(crate::messages::Say::new("one-file-only")))?;
    let rendered = build::render(&book, &fonts, format, &Engine::Embedded)?;
    rendered.notes.iter().for_each(|n| report::show(&Problem::of_note(n), context));
    Ok(rendered)
}

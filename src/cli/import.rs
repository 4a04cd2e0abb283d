//! `jianbao import`: any source as a Markdown source in jianbao's own form.

use std::path::Path;

use clap::{ArgMatches, Command};

use crate::build::{self, Exit, Imported, Problem, shown};
use crate::cli::context::Context;
use crate::cli::{args, report, tree};
use crate::messages::{Catalog, Say};
use crate::source::READERS;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-import-output"))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let output = args::given_output(matches);
    let imported = folder_of(output.as_deref()).and_then(|folder| {
        let book = tree::open_one(matches)?;
        book.problems.iter().for_each(|p| report::show(p, context));
        let has_pictures = !book.assets.is_empty();
        if has_pictures && folder.is_none() {
            context.say(&Say::new("import-pictures-left"));
        }
        build::import(book, folder.as_deref())
    });
    match (imported, output) {
        (Err(problem), _) => context.fail(&problem),
        (Ok(imported), None) => context.data(imported.text.as_bytes()),
        (Ok(imported), Some(path)) => place(&path, &imported, context),
    }
}

/// The folder for pictures beside an output, whose ending must be one that Markdown is read from.
fn folder_of(output: Option<&Path>) -> Result<Option<String>, Problem> {
    let Some(path) = output else { return Ok(None) };
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_markdown =
        |r: &crate::source::Reader| r.name == "markdown" && r.endings.contains(&ending.as_str());
    if !READERS.iter().any(is_markdown) {
        return Err(args::misuse(Say::new("import-ending").with("file", shown(path))));
    }
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Some(format!("{stem}-media")))
}

fn place(path: &Path, imported: &Imported, context: &Context) -> Exit {
    let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut files = vec![(name, imported.text.as_bytes())];
    files.extend(imported.pictures.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())));
    context.placed(build::put_new(folder, &files, context.force))
}

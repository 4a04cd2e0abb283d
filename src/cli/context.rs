//! What every command needs to speak: the language, how loud, and where to.

use std::io::{IsTerminal, Write};
use std::path::Path;

use clap::ArgMatches;

use crate::build::{Exit, Placed, Problem, put, put_new, shown};
use crate::cli::report;
use crate::messages::{Catalog, Say};

/// How a command speaks.
pub(super) struct Context {
    pub(super) catalog: Catalog,
    pub(super) quiet: bool,
    pub(super) json: bool,
    pub(super) force: bool,
    /// Whether people watch: bars are drawn only then.
    pub(super) watched: bool,
}

impl Context {
    pub(super) fn new(matches: &ArgMatches, catalog: Catalog) -> Self {
        let (quiet, json) = (matches.get_flag("quiet"), matches.get_flag("json"));
        let watched = std::io::stderr().is_terminal() && !quiet && !json;
        Self { catalog, quiet, json, force: matches.get_flag("force"), watched }
    }

    /// Says a sentence on standard error, unless asked to be quiet.
    pub(super) fn say(&self, say: &Say) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", self.catalog.say(say));
        }
    }

    /// Shows a problem and gives its exit code. Errors are shown even when quiet.
    pub(super) fn fail(&self, problem: &Problem) -> Exit {
        report::show(problem, self);
        problem.exit
    }

    /// Writes data to standard output. A reader that closes the pipe early has what it wants.
    pub(super) fn data(&self, bytes: &[u8]) -> Exit {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Exit::Done,
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
            Err(e) => self.fail(&Problem::unwritable(Path::new(&self.catalog.plain("standard-output")), &e)),
        }
    }

    /// Writes data to a file, or to standard output when there is none.
    pub(super) fn deliver(&self, output: Option<&Path>, bytes: &[u8]) -> Exit {
        let Some(path) = output else { return self.data(bytes) };
        let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        self.placed(put(folder, &[(name, bytes)], self.force))
    }

    /// Writes a file that is a person's own from now on: nothing that is there is replaced without
    /// `--force`.
    pub(super) fn deliver_new(&self, path: &Path, bytes: &[u8]) -> Exit {
        let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        self.placed(put_new(folder, &[(name, bytes)], self.force))
    }

    /// Says what was written, shows what could not be, and gives the worst exit code.
    pub(super) fn placed(&self, results: Vec<Result<Placed, Problem>>) -> Exit {
        let mut exit = Exit::Done;
        for result in results {
            match result {
                Ok(Placed::Written(path)) => self.say(&Say::new("wrote").with("file", shown(&path))),
                Ok(Placed::Unchanged(path)) => self.say(&Say::new("unchanged").with("file", shown(&path))),
                Err(problem) => exit = exit.max(self.fail(&problem)),
            }
        }
        exit
    }
}

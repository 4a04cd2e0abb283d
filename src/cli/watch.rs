//! `jianbao watch`: outputs that follow their sources.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::build::{self, Book, Exit, Found, Opening, Order, Problem, Severity, Target, shown};
use crate::check::Report;
use crate::cli::context::Context;
use crate::cli::progress::Progress;
use crate::cli::{args, build as whole, report};
use crate::desk::{Round, Stop, watch};
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-build-output"))
        .arg(whole::formats(catalog).visible_short_alias('t').visible_alias("to"))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
        .arg(
            Arg::new("together")
                .long("together")
                .action(ArgAction::SetTrue)
                .help(catalog.plain("arg-together")),
        )
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    match follow(matches, context) {
        Ok(()) => Exit::Done,
        Err(problem) => context.fail(&problem),
    }
}

fn follow(matches: &ArgMatches, context: &Context) -> Result<(), Problem> {
    let settings = args::given_settings(matches)?;
    let sources = args::given_sources(matches);
    let together = matches.get_flag("together");
    let stop = Stop::on_interrupt().map_err(|e| Problem::unreadable(std::path::Path::new("signal"), &e))?;
    let opening = Opening { settings: settings.clone() };
    let mut wrong = None;
    watch(&sources, together, &opening, &stop, &mut |round| match round {
        Round::Make { books, changed } => {
            for path in &changed {
                context.say(&Say::new("watch-changed").with("file", shown(path)));
            }
            if let Err(problem) = make(matches, books, &opening, context) {
                context.fail(&problem);
                wrong = Some(problem).filter(|p| p.exit == Exit::Usage && changed.is_empty());
            }
        }
        Round::Lost(problem) => _ = context.fail(&problem),
        Round::Waiting { files } => {
            if wrong.is_none() {
                context.say(&Say::new("watch-waiting").count("count", files));
            }
            line(context, &json!({ "event": "waiting", "files": files }));
            if wrong.is_some() {
                stop.want();
            }
        }
    })?;
    wrong.map_or(Ok(()), Err)
}

/// Builds the books once, and tells what was found in them.
fn make(matches: &ArgMatches, books: &[Found], opening: &Opening, context: &Context) -> Result<(), Problem> {
    let (formats, target) = whole::outputs(matches, books.len())?;
    if target == Target::Stdout {
        return Err(args::misuse(Say::new("watch-to-stdout")));
    }
    let asked = matches.contains_id("format") || matches!(target, Target::File(_));
    let settings = opening.settings.clone();
    let order = Order {
        formats,
        target,
        asked,
        opening: Opening { settings },
        force: context.force,
        ..Order::default()
    };
    let progress = Progress::new(context, books.len(), order.formats.len());
    let outcomes = build::build(books, &order, &progress);
    progress.finish();
    for (found, outcome) in books.iter().zip(&outcomes) {
        tell(found, opening, outcome, context);
    }
    whole::show(outcomes, context);
    Ok(())
}

/// What the checks found, each with its line.
fn tell(found: &Found, opening: &Opening, outcome: &build::Outcome, context: &Context) {
    if outcome.findings.is_empty() {
        return;
    }
    // The text is read again: a build keeps none.
    let Ok(book) = Book::open(found, opening) else { return };
    let texts = book.texts();
    let mut told = Report::default();
    told.add(outcome.findings.clone(), &texts);
    for diagnostic in &told.diagnostics {
        let finding = &diagnostic.finding;
        let place = diagnostic.place;
        line(
            context,
            &json!({
                "event": "found",
                "source": found.name,
                "rule": finding.rule,
                "severity": finding.severity,
                "message": context.catalog.say(&finding.say),
                "file": diagnostic.file,
                "line": place.map(|p| p.line),
                "column": place.map(|p| p.column),
            }),
        );
        let is_shown = if context.quiet { Severity::Error } else { Severity::Warning };
        if !context.json && finding.severity >= is_shown {
            let text = texts.iter().find(|t| finding.span.is_some_and(|s| s.file == t.file)).map(|t| t.text);
            let drawn = report::finding(diagnostic, text, context, report::use_colour(&std::io::stderr()));
            let _ = write!(std::io::stderr(), "{drawn}");
        }
    }
}

/// An event, with `--json`.
fn line(context: &Context, event: &serde_json::Value) {
    if context.json {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{event}").and_then(|()| out.flush());
    }
}

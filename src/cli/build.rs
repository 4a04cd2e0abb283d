//! `jianbao build`: sources to books.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Exit, Opening, Order, Placed, Problem, Severity, Target, shown};
use crate::cli::context::Context;
use crate::cli::progress::Progress;
use crate::cli::{args, check, report};
use crate::config::EngineName;
use crate::messages::{Catalog, Say};
use crate::render::{FORMATS, Format, format_named, format_of_path};
use crate::verify::Kind;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-build-output"))
        .arg(formats(catalog).visible_short_alias('t').visible_alias("to"))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
        .arg(
            Arg::new("engine")
                .long("engine")
                .value_name("ENGINE")
                .value_parser(["embedded", "typst-cli"])
                .help(catalog.plain("arg-engine")),
        )
        .arg(
            Arg::new("together")
                .long("together")
                .action(ArgAction::SetTrue)
                .help(catalog.plain("arg-together")),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help(catalog.plain("arg-check-strict")),
        )
        .arg(Arg::new("press").long("press").action(ArgAction::SetTrue).help(catalog.plain("arg-press")))
        .arg(Arg::new("proof").long("proof").action(ArgAction::SetTrue).help(catalog.plain("arg-proof")))
        .arg(
            Arg::new("page-list")
                .long("page-list")
                .action(ArgAction::SetTrue)
                .help(catalog.plain("arg-page-list")),
        )
}

/// `-f FORMATS`.
pub(super) fn formats(catalog: &Catalog) -> Arg {
    Arg::new("format")
        .short('f')
        .long("format")
        .value_name("FORMATS")
        .value_delimiter(',')
        .action(ArgAction::Append)
        .value_parser(FORMATS.iter().map(|f| f.name).collect::<Vec<_>>())
        .ignore_case(true)
        .help(catalog.plain("arg-format"))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    match prepare(matches, context) {
        Ok((books, order)) => make(&books, &order, context),
        Err(problem) => context.fail(&problem),
    }
}

fn prepare(matches: &ArgMatches, context: &Context) -> Result<(Vec<build::Found>, Order), Problem> {
    let settings = args::given_settings(matches)?;
    let together = matches.get_flag("together");
    let books = build::find(&args::given_sources(matches), together)?;
    let (formats, target) = outputs(matches, books.len())?;
    let press = matches.get_flag("press");
    if press && (target == Target::Stdout || !formats.iter().any(|f| f.name == "pdf")) {
        return Err(args::misuse(Say::new("press-alone")));
    }
    let page_list = matches.get_flag("page-list");
    if page_list && !formats.iter().any(|f| f.name == "epub") {
        return Err(args::misuse(Say::new("page-list-alone")));
    }
    let proof = matches.get_flag("proof");
    let is_provable = |f: &&'static Format| Kind::of_ending(f.ending).is_some();
    if proof && (target == Target::Stdout || !formats.iter().any(is_provable)) {
        return Err(args::misuse(Say::new("proof-alone")));
    }
    let order = Order {
        formats,
        asked: matches.contains_id("format") || matches!(target, Target::File(_)),
        target,
        opening: Opening { settings },
        engine: matches.get_one::<String>("engine").map(|name| {
            build::engine(if name == "typst-cli" { EngineName::TypstCli } else { EngineName::Embedded })
        }),
        force: context.force,
        strict: matches.get_flag("strict"),
        press,
        page_list,
        proof,
    };
    Ok((books, order))
}

/// The formats and where they go: an output file's ending picks the format when none is asked for,
/// and must not contradict one that is.
pub(super) fn outputs(matches: &ArgMatches, books: usize) -> Result<(Vec<&'static Format>, Target), Problem> {
    let mut asked: Vec<&'static Format> = Vec::new();
    for name in matches.get_many::<String>("format").into_iter().flatten() {
        if let Some(format) = format_named(name).filter(|f| !asked.iter().any(|a| a.name == f.name)) {
            asked.push(format);
        }
    }
    let given = matches.get_one::<PathBuf>("output");
    let is_stdout = given.is_some_and(|p| p.as_os_str() == "-");
    let by_ending = given.filter(|p| !p.is_dir()).and_then(|p| format_of_path(p));
    let one = |asked: Vec<&'static Format>| match asked.as_slice() {
        [format] if !format.ending.is_empty() && books == 1 => Ok(asked),
        _ => Err(args::misuse(Say::new("one-file-only"))),
    };
    match (given, by_ending) {
        (Some(_), _) if is_stdout => Ok((one(asked)?, Target::Stdout)),
        (Some(path), Some(format)) => {
            if asked.is_empty() {
                asked.push(format);
            }
            if asked.iter().any(|f| f.name != format.name) {
                let say =
                    Say::new("ending-contradicts").with("file", shown(path)).with("format", format.name);
                return Err(args::misuse(say));
            }
            Ok((one(asked)?, Target::File(path.clone())))
        }
        (Some(path), None) => Ok((or_default(asked), Target::Folder(path.clone()))),
        (None, _) => Ok((or_default(asked), Target::Default)),
    }
}

fn or_default(asked: Vec<&'static Format>) -> Vec<&'static Format> {
    if asked.is_empty() { FORMATS.iter().filter(|f| f.default).collect() } else { asked }
}

fn make(books: &[build::Found], order: &Order, context: &Context) -> Exit {
    let progress = Progress::new(context, books.len(), order.formats.len());
    let outcomes = build::build(books, order, &progress);
    progress.finish();
    show(outcomes, context)
}

/// Says what became of books, and gives the worst exit code.
pub(super) fn show(outcomes: Vec<build::Outcome>, context: &Context) -> Exit {
    let mut exit = Exit::Done;
    let mut warnings = 0;
    for outcome in outcomes {
        outcome.problems.iter().for_each(|p| report::show(p, context));
        if outcome.findings.iter().any(|f| f.severity > Severity::Info) && !context.json {
            let severities = outcome.findings.iter().map(|f| f.severity);
            let counts = check::counts(severities, context);
            context.say(&Say::new("check-book").with("counts", counts).with("source", &outcome.source));
        }
        warnings += outcome.problems.iter().filter(|p| p.severity == Severity::Warning).count();
        exit = exit.max(outcome.exit());
        if let Some(bytes) = &outcome.stdout {
            exit = exit.max(context.data(bytes));
        }
        for placed in outcome.placed {
            let say = match placed {
                Placed::Written(path) => Say::new("wrote").with("file", shown(&path)),
                Placed::Unchanged(path) => Say::new("unchanged").with("file", shown(&path)),
            };
            if !context.json {
                context.say(&say);
            }
        }
    }
    if warnings > 0 && exit == Exit::Done && !context.json {
        context.say(&Say::new("warnings").count("count", warnings));
    }
    exit
}

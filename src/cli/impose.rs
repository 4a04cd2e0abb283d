//! `jianbao impose`: a finished PDF on sheets to print, fold and bind.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::build::{self, Event, Exit, Placed, Problem, Severity, Sink, Stage, TestWords, shown};
use crate::cli::context::Context;
use crate::cli::progress::Progress;
use crate::cli::{args, report};
use crate::impose::{Binding, Blanks, Layout, Printer, Settings, SheetSize};
use crate::messages::{Catalog, Say};

/// Thicker than any cardboard that is folded, in mm.
const THICKEST: f64 = 1.0;
/// Pages of a signature nobody folds any more.
const LARGEST: usize = 128;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let choice = |name: &'static str, value, words: &'static [&'static str], help| {
        Arg::new(name).long(name).value_name(value).value_parser(words.to_vec()).help(catalog.plain(help))
    };
    command
        .arg(
            Arg::new("pdf")
                .value_name("PDF")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-impose-pdf")),
        )
        .arg(args::output(catalog, "arg-impose-output").required(true))
        .arg(choice("sheet", "SHEET", &["a3", "a4"], "arg-impose-sheet").ignore_case(true))
        .arg(choice("layout", "LAYOUT", &["saddle", "perfect"], "arg-impose-layout").default_value("saddle"))
        .arg(
            Arg::new("signature")
                .long("signature")
                .value_name("PAGES")
                .value_parser(signature)
                .help(catalog.plain("arg-impose-signature")),
        )
        .arg(choice("printer", "PRINTER", &["office", "press"], "arg-impose-printer").default_value("office"))
        .arg(
            Arg::new("creep")
                .long("creep")
                .value_name("MM")
                .value_parser(millimetres)
                .allow_negative_numbers(true)
                .help(catalog.plain("arg-impose-creep")),
        )
        .arg(choice("binding", "SIDE", &["left", "right"], "arg-impose-binding").default_value("left"))
        .arg(
            choice("blanks", "WHERE", &["before-last", "end"], "arg-impose-blanks")
                .default_value("before-last"),
        )
        .arg(
            Arg::new("test-sheet")
                .long("test-sheet")
                .action(ArgAction::SetTrue)
                .help(catalog.plain("arg-impose-test")),
        )
}

fn signature(text: &str) -> Result<usize, String> {
    let pages: usize = text.parse().map_err(|_| text.to_owned())?;
    if pages.is_multiple_of(4) && (4..=LARGEST).contains(&pages) { Ok(pages) } else { Err(text.to_owned()) }
}

fn millimetres(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| text.to_owned())?;
    if (0.0..=THICKEST).contains(&value) { Ok(value) } else { Err(text.to_owned()) }
}

fn settings(matches: &ArgMatches) -> Result<Settings<'static>, Problem> {
    let is = |name: &str, value: &str| {
        matches.get_one::<String>(name).is_some_and(|v| v.eq_ignore_ascii_case(value))
    };
    let given = matches.get_one::<usize>("signature").copied();
    let layout = match (is("layout", "perfect"), given) {
        (true, pages) => Layout::Perfect { signature: pages.unwrap_or(16) },
        (false, None) => Layout::Saddle,
        (false, Some(_)) => return Err(args::misuse(Say::new("impose-signature"))),
    };
    let sheet =
        if is("sheet", "a3") { Some(SheetSize::A3) } else { is("sheet", "a4").then_some(SheetSize::A4) };
    Ok(Settings {
        sheet,
        layout,
        binding: if is("binding", "right") { Binding::Right } else { Binding::Left },
        blanks: if is("blanks", "end") { Blanks::End } else { Blanks::BeforeLast },
        printer: if is("printer", "press") { Printer::Press } else { Printer::Office },
        creep: matches.get_one::<f64>("creep").copied(),
        test: None,
    })
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let Some(path) = matches.get_one::<PathBuf>("pdf") else { return Exit::Usage };
    let output = args::given_output(matches);
    let name = shown(path);
    let begun = Instant::now();
    let progress = Progress::new(context, 1, 1);
    let made = settings(matches).and_then(|settings| {
        if output.as_deref().is_some_and(|output| is_same(path, output)) {
            return Err(args::misuse(Say::new("impose-same-file").with("file", &name)));
        }
        let stage = Stage::Render("impose");
        progress.event(&Event::Started { source: &name, stage });
        let words = TestWords::new(
            context.catalog.plain("impose-test-front"),
            context.catalog.plain("impose-test-back"),
        );
        let made = build::impose(path, settings, matches.get_flag("test-sheet").then_some(&words))?;
        // With the PDF on standard output no events can stand there.
        if output.is_some() {
            progress.event(&Event::Ended { source: &name, stage, took: begun.elapsed() });
        }
        Ok(made)
    });
    progress.finish();
    let (imposed, problems) = match made {
        Ok(made) => made,
        Err(problem) => {
            if output.is_some() {
                progress.event(&Event::Noticed { source: &name, problem: &problem });
                progress.event(&Event::Failed { source: &name });
            }
            return context.fail(&problem);
        }
    };
    problems.iter().for_each(|problem| report::show(problem, context));
    let Some(output) = output else { return context.data(&imposed.bytes) };
    for problem in problems.iter().filter(|p| p.severity == Severity::Warning) {
        progress.event(&Event::Noticed { source: &name, problem });
    }
    let folder = output.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    let file = output.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let results = build::put(folder, &[(file, imposed.bytes.as_slice())], context.force);
    for result in &results {
        match result {
            Ok(Placed::Written(path)) => {
                progress.event(&Event::Wrote { source: &name, output: path, changed: true });
            }
            Ok(Placed::Unchanged(path)) => {
                progress.event(&Event::Wrote { source: &name, output: path, changed: false });
            }
            Err(problem) => progress.event(&Event::Noticed { source: &name, problem }),
        }
    }
    let is_done = results.iter().all(Result::is_ok);
    let took = begun.elapsed();
    let last = if is_done { Event::Done { source: &name, took } } else { Event::Failed { source: &name } };
    progress.event(&last);
    context.placed(results)
}

/// Whether two names are one file.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((std::fs::canonicalize(one), std::fs::canonicalize(other)), (Ok(a), Ok(b)) if a == b)
}

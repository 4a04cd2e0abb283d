//! `jianbao merge`: copies that came back, into the source.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::build::{self, Exit, MergeOutcome, Merging, Opening, Problem, merge_say, put};
use crate::cli::context::Context;
use crate::cli::{args, report};
use crate::merge::{Report, State};
use crate::messages::{Catalog, Say};

/// Edits told one by one on the terminal; the report has them all.
const MOST_TOLD: usize = 40;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let choice = |name: &'static str, values: [&'static str; 2], id| {
        Arg::new(name)
            .long(name)
            .value_name("HOW")
            .value_parser(values)
            .default_value(values[0])
            .help(catalog.plain(id))
    };
    command
        .arg(
            Arg::new("source")
                .value_name("SRC")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-merge-source")),
        )
        .arg(
            Arg::new("copy")
                .value_name("EDITED")
                .required(true)
                .num_args(1..)
                .action(ArgAction::Append)
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-merge-copy")),
        )
        .arg(args::output(catalog, "arg-merge-output").required(true))
        .arg(
            Arg::new("report")
                .long("report")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(catalog.plain("arg-merge-report")),
        )
        .arg(choice("conflicts", ["fail", "mark"], "arg-merge-conflicts"))
        .arg(choice("comments", ["report", "inline"], "arg-merge-comments"))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let outcome = match merged(matches) {
        Ok(outcome) => outcome,
        Err(problems) => {
            return problems.iter().map(|p| context.fail(p)).max().unwrap_or(Exit::Defect);
        }
    };
    outcome.problems.iter().for_each(|p| report::show(p, context));
    tell(&outcome.report, context);
    let mut exit = Exit::Done;
    if let Some(path) = matches.get_one::<PathBuf>("report") {
        exit = exit.max(write_report(path, &outcome.report, context));
    }
    let has_conflicts = outcome.report.has_conflicts();
    if outcome.files.is_empty() {
        let marks = Say::new("merge-no-output-help");
        let problem = Problem::error(Exit::Refused, Say::new("merge-no-output")).help(marks);
        return exit.max(context.fail(&problem));
    }
    exit = exit.max(write(matches, &outcome, context));
    if has_conflicts {
        context.say(&Say::new("merge-marked").count("count", outcome.report.totals.conflict));
        exit = exit.max(Exit::Refused);
    }
    exit
}

fn merged(matches: &ArgMatches) -> Result<MergeOutcome, Vec<Problem>> {
    let settings = args::given_settings(matches).map_err(|p| vec![p])?;
    let found = build::find(&args::given_sources(matches), true).map_err(|p| vec![p])?;
    let Some(found) = found.into_iter().next() else {
        return Err(vec![args::misuse(Say::new("nothing-to-build")).help(Say::new("nothing-to-build-help"))]);
    };
    if found.files.len() > 1 {
        let is_file = args::given_output(matches).is_none_or(|p| p.extension().is_some() && !p.is_dir());
        if is_file {
            return Err(vec![args::misuse(Say::new("merge-many-files").count("count", found.files.len()))]);
        }
    }
    let copies: Vec<PathBuf> = matches.get_many::<PathBuf>("copy").into_iter().flatten().cloned().collect();
    let is = |name: &str, value: &str| matches.get_one::<String>(name).is_some_and(|v| v == value);
    let (marks, comments) = (is("conflicts", "mark"), is("comments", "inline"));
    let wanted = Merging { opening: Opening { settings }, marks, comments };
    build::merge(&found, &copies, &wanted)
}

/// The account on the terminal: what a person must look at first, then the sum.
fn tell(report: &Report, context: &Context) {
    for state in [State::Conflict, State::Reported, State::Identical, State::Merged] {
        let own: Vec<_> = report.edits.iter().filter(|e| e.state == state).collect();
        for edit in own.iter().take(MOST_TOLD) {
            let word = context.catalog.say(&merge_say::state(state));
            let mut line = Say::new("merge-line").with("state", word);
            line = line.with("edit", context.catalog.say(&merge_say::edit(edit)));
            context.say(&line);
            let more =
                edit.why.map(merge_say::why).into_iter().chain(merge_say::kind(edit, &context.catalog));
            for say in more.chain(edit.sides.iter().map(|s| merge_say::side(&s.file, &s.text))) {
                context.say(&Say::new("merge-line-below").with("text", context.catalog.say(&say)));
            }
        }
        if own.len() > MOST_TOLD {
            context.say(&Say::new("merge-more").count("count", own.len() - MOST_TOLD));
        }
    }
    if !report.comments.is_empty() {
        context.say(&Say::new("merge-comments").count("count", report.comments.len()));
    }
    if !report.missing.is_empty() {
        context.say(&Say::new("merge-missing").with("who", report.missing.join("、")));
    }
    context.say(&merge_say::totals(report));
}

/// The report as JSON with a page beside it, or the page alone when that is what was asked for.
fn write_report(path: &Path, report: &Report, context: &Context) -> Exit {
    let page = match build::page(report, &context.catalog) {
        Ok(page) => page,
        Err(problem) => return context.fail(&problem),
    };
    let mut json = serde_json::to_vec_pretty(report).unwrap_or_default();
    json.push(b'\n');
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if path.as_os_str() == "-" {
        return context.data(&json);
    }
    let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    let name = |p: &Path| p.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let files = match ending.as_str() {
        "html" | "htm" => vec![(name(path), page.as_bytes())],
        _ => vec![(name(path), json.as_slice()), (name(&path.with_extension("html")), page.as_bytes())],
    };
    context.placed(put(folder, &files, context.force))
}

fn write(matches: &ArgMatches, outcome: &MergeOutcome, context: &Context) -> Exit {
    let output = args::given_output(matches);
    match (output, outcome.files.as_slice()) {
        (None, [(_, bytes)]) => context.data(bytes),
        (Some(path), [(name, bytes)]) => {
            if path.is_dir() || path.extension().is_none() {
                let files: Vec<(String, &[u8])> = vec![(name.clone(), bytes.as_slice())];
                return context.placed(put(&path, &files, context.force));
            }
            context.deliver(Some(&path), bytes)
        }
        (Some(path), files) => {
            let files: Vec<(String, &[u8])> = files.iter().map(|(n, b)| (n.clone(), b.as_slice())).collect();
            context.placed(put(&path, &files, context.force))
        }
        (None, _) => {
            let say = Say::new("merge-many-files").count("count", outcome.files.len());
            context.fail(&args::misuse(say))
        }
    }
}

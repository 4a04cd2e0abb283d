//! `jianbao check`: what a proof-reader would notice, and the fixes.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Book, Checks, Exit, Found, Opening, Problem, Revision, Severity};
use crate::check::{Diagnostic, Finding, Report};
use crate::cli::context::Context;
use crate::cli::{args, report};
use crate::fonts::FontSet;
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let flag =
        |name: &'static str, id| Arg::new(name).long(name).action(ArgAction::SetTrue).help(catalog.plain(id));
    command
        .arg(args::sources(catalog))
        .arg(flag("fix", "arg-check-fix"))
        .arg(flag("unsafe-fixes", "arg-check-unsafe"))
        .arg(flag("diff", "arg-check-diff"))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["human", "json", "sarif", "github"])
                .help(catalog.plain("arg-check-format")),
        )
        .arg(args::rules("select", catalog, "arg-check-select"))
        .arg(args::rules("ignore", catalog, "arg-check-ignore"))
        .arg(args::settings(catalog))
}

/// What the user asked for.
struct Wish {
    opening: Opening,
    select: Vec<String>,
    ignore: Vec<String>,
    fix: bool,
    all_fixes: bool,
    diff: bool,
    format: String,
}

/// What came of one book.
struct Checked {
    book: Book,
    findings: Vec<Finding>,
    revisions: Vec<Revision>,
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let by_default = if context.json { "json" } else { "human" };
    let prepared = args::given_settings(matches).and_then(|settings| {
        let wish = Wish {
            opening: Opening { settings },
            select: args::given_rules(matches, "select"),
            ignore: args::given_rules(matches, "ignore"),
            fix: matches.get_flag("fix") || matches.get_flag("unsafe-fixes") || matches.get_flag("diff"),
            all_fixes: matches.get_flag("unsafe-fixes"),
            diff: matches.get_flag("diff"),
            format: matches.get_one::<String>("format").map_or(by_default, String::as_str).to_owned(),
        };
        for name in wish.select.iter().chain(&wish.ignore) {
            known(name)?;
        }
        Ok((build::find(&args::given_sources(matches), false)?, wish))
    });
    match prepared {
        Ok((books, wish)) => check(&books, &wish, context),
        Err(problem) => context.fail(&problem),
    }
}

fn known(name: &str) -> Result<(), Problem> {
    crate::check::name_known(name).map_err(|nearest| build::no_rule(name, nearest))
}

fn check(books: &[Found], wish: &Wish, context: &Context) -> Exit {
    let mut exit = Exit::Done;
    let mut report = Report::default();
    let mut drawn = String::new();
    let colour = report::use_colour(&std::io::stdout());
    for found in books {
        let checked = match look(found, wish, context) {
            Ok(checked) => checked,
            Err(problem) => {
                exit = exit.max(context.fail(&problem));
                continue;
            }
        };
        for revision in &checked.revisions {
            exit = exit.max(if wish.diff { differs(revision, context) } else { write(revision, context) });
        }
        let texts = checked.book.texts();
        let before = report.diagnostics.len();
        report.add(checked.findings, &texts);
        if wish.format == "human" && !wish.diff {
            for diagnostic in report.diagnostics.iter().skip(before).filter(|d| is_shown(d, context)) {
                let file = diagnostic.finding.span.map(|s| s.file);
                let text = texts.iter().find(|t| Some(t.file) == file).map(|t| t.text);
                drawn += &report::finding(diagnostic, text, context, colour);
                drawn.push('\n');
            }
        }
    }
    if wish.diff {
        return exit;
    }
    let text = match wish.format.as_str() {
        "json" => report.json(&context.catalog),
        "sarif" => report.sarif(&context.catalog),
        "github" => report.github(&context.catalog),
        _ if context.quiet || exit > Exit::Refused => drawn,
        _ => drawn + &summary(&report, context),
    };
    exit = exit.max(context.data(text.as_bytes()));
    if report.count(Severity::Error) > 0 { exit.max(Exit::Refused) } else { exit }
}

fn is_shown(diagnostic: &Diagnostic, context: &Context) -> bool {
    !context.quiet || diagnostic.finding.severity == Severity::Error
}

/// Reads a book and runs the rules; with fixes, until none is left to make.
fn look(found: &Found, wish: &Wish, context: &Context) -> Result<Checked, Problem> {
    let mut book = Book::open(found, &wish.opening)?;
    if !wish.select.is_empty() {
        // Whoever names rules for one run means those, whatever the settings say of others.
        book.config.check.select.clone_from(&wish.select);
        book.config.check.ignore.clear();
    }
    book.config.check.ignore.extend(wish.ignore.iter().cloned());
    book.problems.iter().for_each(|p| report::show(p, context));
    let checks = Checks::of(&book)?;
    let fonts = fonts(&book, &checks, context);
    if !wish.fix {
        let findings = checks.run(&book, fonts.as_ref());
        return Ok(Checked { book, findings, revisions: Vec::new() });
    }
    let (revisions, book, findings) =
        Revision::all_of(book, found, &wish.opening, &checks, fonts.as_ref(), wish.all_fixes)?;
    Ok(Checked { book, findings, revisions })
}

/// The fonts, when a rule asks for them. Without them the text can be checked all the same.
fn fonts(book: &Book, checks: &Checks, context: &Context) -> Option<FontSet> {
    if !checks.choice.iter().any(|c| c.rule.group() == "font") {
        return None;
    }
    match build::find_fonts(book) {
        Ok(fonts) => Some(fonts),
        Err(problem) => {
            report::show(&Problem { severity: Severity::Warning, ..problem }, context);
            None
        }
    }
}

fn write(revision: &Revision, context: &Context) -> Exit {
    match revision.write() {
        Ok(()) => {
            let file = build::shown(&revision.path);
            context.say(&Say::new("check-fixed").with("file", file).count("count", revision.count));
            Exit::Done
        }
        Err(problem) => context.fail(&problem),
    }
}

/// Shows what a revision would change: exit 1, as `diff` does.
fn differs(revision: &Revision, context: &Context) -> Exit {
    let name = build::shown(&revision.path);
    let diff = similar::TextDiff::from_lines(revision.before.as_str(), revision.after.as_str());
    let mut out = Vec::new();
    let _ = write!(out, "{}", diff.unified_diff().context_radius(1).header(&name, &name));
    context.data(&out).max(Exit::Refused)
}

fn summary(report: &Report, context: &Context) -> String {
    if report.diagnostics.is_empty() {
        return format!("{}\n", context.catalog.plain("check-clean"));
    }
    let found = counts(report.diagnostics.iter().map(|d| d.finding.severity), context);
    let mut text = context.catalog.say(&Say::new("check-summary").with("counts", found));
    let fixable = |safe: bool| {
        let fixes = report.diagnostics.iter().filter_map(|d| d.finding.fix.as_ref());
        fixes.filter(|f| f.safe == safe).count()
    };
    for (count, flag) in [(fixable(true), "--fix"), (fixable(false), "--unsafe-fixes")] {
        if count > 0 {
            let say = Say::new("check-fixable").count("count", count).with("flag", flag);
            text.push_str(if context.catalog.lang() == crate::messages::Lang::Zh { "" } else { " " });
            text += &context.catalog.say(&say);
        }
    }
    text.push('\n');
    text
}

/// `1 error, 3 warnings`
pub(super) fn counts(severities: impl Iterator<Item = Severity> + Clone, context: &Context) -> String {
    let count = |severity| severities.clone().filter(|s| *s == severity).count();
    let say = Say::new("check-counts")
        .count("errors", count(Severity::Error))
        .count("warnings", count(Severity::Warning))
        .count("infos", count(Severity::Info));
    context.catalog.say(&say)
}

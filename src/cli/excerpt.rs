//! `jianbao excerpt`: a part of a book to send out.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Errand, Exit, Found, Opening, Problem, Target};
use crate::cli::context::Context;
use crate::cli::progress::Progress;
use crate::cli::{args, build as whole};
use crate::excerpt::Selection;
use crate::messages::{Catalog, Say};
use crate::render::format_named;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    let many = |name: &'static str, value: &'static str, id| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).help(catalog.plain(id))
    };
    let flag =
        |name: &'static str, id| Arg::new(name).long(name).action(ArgAction::SetTrue).help(catalog.plain(id));
    command
        .arg(args::sources(catalog))
        .arg(args::output(catalog, "arg-excerpt-output").required(true))
        .arg(whole::formats(catalog))
        .arg(many("speech", "NUMBERS", "arg-excerpt-speech"))
        .arg(many("speaker", "NAME", "arg-excerpt-speaker"))
        .arg(many("party", "PARTY", "arg-excerpt-party"))
        .arg(many("role", "WORD", "arg-excerpt-role"))
        .arg(many("topic", "WORD", "arg-excerpt-topic"))
        .arg(many("part", "PART", "arg-excerpt-part"))
        .arg(Arg::new("to").long("to").value_name("NAME").help(catalog.plain("arg-excerpt-to")))
        .arg(flag("split", "arg-excerpt-split"))
        .arg(flag("plain", "arg-excerpt-plain"))
        .arg(args::profile(catalog))
        .arg(args::settings(catalog))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    match prepare(matches, context) {
        Ok((found, errand)) => {
            let progress = Progress::new(context, 1, errand.order.formats.len());
            let outcome = build::excerpt(&found, &errand, &progress);
            progress.finish();
            whole::show(vec![outcome], context)
        }
        Err(problem) => context.fail(&problem),
    }
}

fn prepare(matches: &ArgMatches, context: &Context) -> Result<(Found, Errand), Problem> {
    let settings = args::given_settings(matches)?;
    let found = build::find(&args::given_sources(matches), true)?;
    let Some(found) = found.into_iter().next() else {
        return Err(args::misuse(Say::new("nothing-to-build")).help(Say::new("nothing-to-build-help")));
    };
    let (mut formats, target) = whole::outputs(matches, 1)?;
    // What is sent out is meant to be edited.
    if matches!(target, Target::Folder(_)) && !matches.contains_id("format") {
        formats = format_named("docx").into_iter().collect();
    }
    let given = |name: &str| -> Vec<String> {
        matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
    };
    let mut errand = Errand::default();
    errand.order.formats = formats;
    errand.order.target = target;
    errand.order.opening = Opening { settings };
    errand.order.force = context.force;
    errand.to = matches.get_one::<String>("to").cloned();
    errand.split = matches.get_flag("split");
    errand.plain = matches.get_flag("plain");
    errand.selection = Selection {
        speeches: given("speech"),
        speakers: given("speaker"),
        parties: given("party"),
        roles: given("role"),
        topics: given("topic"),
        parts: given("part"),
    };
    Ok((found, errand))
}

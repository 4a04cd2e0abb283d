//! Arguments that several subcommands share, each defined once.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::build::{Exit, Problem};
use crate::config::Layer;
use crate::messages::{Catalog, Say};

/// Arguments every command takes.
pub(super) fn global(command: Command, catalog: &Catalog) -> Command {
    let flag = |name: &'static str, id| {
        Arg::new(name).long(name).global(true).action(ArgAction::SetTrue).help(catalog.plain(id))
    };
    command
        .arg(flag("quiet", "arg-quiet").short('q'))
        .arg(flag("json", "arg-json"))
        .arg(flag("force", "arg-force"))
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("LANG")
                .value_parser(["zh-CN", "en"])
                .help(catalog.plain("arg-lang")),
        )
}

/// `-h` and `-V` in the user's language, and headings over the lists.
pub(super) fn localise(command: Command, catalog: &Catalog) -> Command {
    let is_root = command.get_name() == "jianbao";
    let help =
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help(catalog.plain("arg-help"));
    let mut command = command.disable_help_flag(true).arg(help);
    if is_root {
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(catalog.plain("arg-version"));
        command = command.disable_version_flag(true).arg(version);
    }
    let (arguments, options) = (catalog.plain("heading-arguments"), catalog.plain("heading-options"));
    let usage = catalog.plain("heading-usage");
    command
        .mut_args(|arg| {
            let heading = if arg.is_positional() { arguments.clone() } else { options.clone() };
            explain_values(arg, catalog).help_heading(heading)
        })
        .help_template(format!("{{about-with-newline}}\n{usage}{{usage}}\n\n{{all-args}}"))
}

/// Says which values an argument takes, and which it has by itself, in the user's language: clap
/// says it in English only.
fn explain_values(arg: Arg, catalog: &Catalog) -> Arg {
    let takes_value = arg.get_action().takes_values();
    let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
    let (Some(help), true) = (arg.get_help().map(ToString::to_string), takes_value && !values.is_empty())
    else {
        return arg;
    };
    let default: Vec<String> =
        arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    let mut help = help + &catalog.say(&Say::new("help-values").with("values", values.join(", ")));
    if !default.is_empty() {
        help += &catalog.say(&Say::new("help-default").with("value", default.join(", ")));
    }
    arg.help(help).hide_possible_values(true).hide_default_value(true)
}

/// Any number of source files or folders.
pub(super) fn sources(catalog: &Catalog) -> Arg {
    Arg::new("source")
        .value_name("SRC")
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .help(catalog.plain("arg-source"))
}

/// The sources that were given.
pub(super) fn given_sources(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>("source").into_iter().flatten().cloned().collect()
}

/// `--set key=value`, repeatable.
pub(super) fn settings(catalog: &Catalog) -> Arg {
    Arg::new("set")
        .long("set")
        .value_name("KEY=VALUE")
        .action(ArgAction::Append)
        .help(catalog.plain("arg-set"))
}

/// `--NAME RULES`, a list of rules and groups of rules.
pub(super) fn rules(name: &'static str, catalog: &Catalog, help: &'static str) -> Arg {
    let list = Arg::new(name).long(name).value_name("RULES").value_delimiter(',');
    list.action(ArgAction::Append).help(catalog.plain(help))
}

/// The rules that were given under a name.
pub(super) fn given_rules(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
}

/// `--profile NAME`, the setting `print.profile`.
pub(super) fn profile(catalog: &Catalog) -> Arg {
    Arg::new("profile").long("profile").value_name("NAME").help(catalog.plain("arg-profile"))
}

/// The settings that were given, that of `--profile` too where the command has it.
pub(super) fn given_settings(matches: &ArgMatches) -> Result<Vec<Layer>, Problem> {
    let given = matches.get_many::<String>("set").into_iter().flatten().cloned();
    let profile = matches.try_get_one::<String>("profile").ok().flatten();
    let profile = profile.map(|name| format!("print.profile={name}"));
    given.chain(profile).map(|s| Layer::setting(&s).map_err(Problem::of_config)).collect()
}

/// `-o PATH`; `-` is standard output.
pub(super) fn output(catalog: &Catalog, help: &'static str) -> Arg {
    Arg::new("output")
        .short('o')
        .long("output")
        .value_name("PATH")
        .value_parser(value_parser!(PathBuf))
        .help(catalog.plain(help))
}

/// The output that was given; none for standard output.
pub(super) fn given_output(matches: &ArgMatches) -> Option<PathBuf> {
    matches.get_one::<PathBuf>("output").filter(|p| p.as_os_str() != "-").cloned()
}

/// A wrong use that clap cannot know of.
pub(super) fn misuse(say: Say) -> Problem {
    Problem::error(Exit::Usage, say)
}

//! `jianbao schema`: JSON Schemas of what is written and read.

use clap::{Arg, ArgMatches, Command};

use crate::build::Exit;
use crate::cli::args;
use crate::cli::context::Context;
use crate::messages::Catalog;

/// What has a schema.
type Row = (&'static str, fn() -> schemars::Schema);

static SCHEMAS: &[Row] = &[
    ("tree", crate::tree::json_schema),
    ("manifest", crate::config::manifest_schema),
    ("report", crate::merge::json_schema),
    ("preflight", crate::preflight::json_schema),
    ("proof", crate::verify::proof_schema),
];

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command
        .arg(
            Arg::new("what")
                .value_name("WHAT")
                .value_parser(SCHEMAS.iter().map(|(name, _)| *name).collect::<Vec<_>>())
                .default_value("tree")
                .help(catalog.plain("arg-schema")),
        )
        .arg(args::output(catalog, "arg-data-output"))
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let what = matches.get_one::<String>("what").map_or("tree", String::as_str);
    let schema = SCHEMAS.iter().find(|(name, _)| *name == what).map(|(_, make)| make());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    context.deliver(args::given_output(matches).as_deref(), text.as_bytes())
}

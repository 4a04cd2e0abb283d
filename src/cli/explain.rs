//! `jianbao explain`: the page of a rule, or the list of all.

use std::fmt::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Exit};
use crate::check::{RULES, Rule, Severity, rule_named};
use crate::cli::context::Context;
use crate::messages::Catalog;

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command.arg(Arg::new("rule").value_name("RULE").help(catalog.plain("arg-rule"))).arg(
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .conflicts_with("rule")
            .help(catalog.plain("arg-rule-all")),
    )
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let rules = match matches.get_one::<String>("rule").map(|name| (name, rule_named(name))) {
        Some((_, Ok(rule))) if context.json => vec![rule],
        Some((_, Ok(rule))) => return context.data(page(rule, context).as_bytes()),
        Some((name, Err(nearest))) => return context.fail(&build::no_rule(name, nearest)),
        None => RULES.to_vec(),
    };
    let text = if context.json { json(&rules, context) } else { list(&rules, context) };
    context.data(text.as_bytes())
}

/// `warning, on by default`
fn state(rule: &Rule, context: &Context) -> String {
    let severity = match rule.severity {
        Severity::Error => "rule-severity-error",
        Severity::Warning => "rule-severity-warning",
        Severity::Info => "rule-severity-info",
    };
    let on = if rule.on { "rule-on" } else { "rule-off" };
    format!("{}, {}", context.catalog.plain(severity), context.catalog.plain(on))
}

fn page(rule: &Rule, context: &Context) -> String {
    format!("{} ({})\n\n{}\n", rule.name, state(rule, context), rule.page(context.catalog.lang()))
}

fn list(rules: &[&Rule], context: &Context) -> String {
    let mut out = String::new();
    for rule in rules {
        let summary = rule.summary(context.catalog.lang());
        let _ = writeln!(out, "{} ({})\n    {summary}", rule.name, state(rule, context));
    }
    out
}

fn json(rules: &[&Rule], context: &Context) -> String {
    let lang = context.catalog.lang();
    let rows: Vec<_> = rules
        .iter()
        .map(|rule| {
            serde_json::json!({
                "rule": rule.name,
                "severity": rule.severity,
                "on": rule.on,
                "summary": rule.summary(lang),
                "page": rule.page(lang),
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&serde_json::json!({ "rules": rows })).unwrap_or_default();
    text.push('\n');
    text
}

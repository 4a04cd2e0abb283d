//! `jianbao explain`: the page of a rule, or the list of all; for rules of finished files their source.

use std::fmt::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::build::{self, Exit};
use crate::check::{RULES, Rule, Severity, rule_named};
use crate::cli::context::Context;
use crate::messages::{Catalog, Say};
use crate::verify;

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
    if let Some(rule) = matches.get_one::<String>("rule").and_then(|name| verify::rule_named(name).ok()) {
        let text = if context.json { json_of_proof(&[rule]) } else { line_of_proof(rule, context) };
        return context.data(text.as_bytes());
    }
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

/// The rules of finished files, each with the kind of file it is for and the standard it comes from.
pub(super) fn list_of_proof(context: &Context) -> String {
    let rules: Vec<&verify::Rule> = verify::RULES.to_vec();
    if context.json {
        return json_of_proof(&rules);
    }
    rules.iter().map(|rule| line_of_proof(rule, context)).collect()
}

fn line_of_proof(rule: &verify::Rule, context: &Context) -> String {
    let say = |id| context.catalog.say(&Say::new(id));
    let kind = match rule.kind() {
        verify::Kind::Proof => say("verify-kind-proof"),
        kind => kind.ending().to_uppercase(),
    };
    format!("{} ({kind})\n    {}\n", rule.name, rule.source)
}

fn json_of_proof(rules: &[&verify::Rule]) -> String {
    let row = |rule: &&verify::Rule| serde_json::json!({ "rule": rule.name, "output": rule.kind().ending(), "source": rule.source });
    let rows: Vec<_> = rules.iter().map(row).collect();
    let mut text = serde_json::to_string_pretty(&serde_json::json!({ "rules": rows })).unwrap_or_default();
    text.push('\n');
    text
}

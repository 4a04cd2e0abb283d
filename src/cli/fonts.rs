//! `jianbao fonts`: which font plays which role, and what it lacks.

use std::io::Write;

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::build::{self, Book, Exit, Problem};
use crate::cli::context::Context;
use crate::cli::{args, tree};
use crate::fonts::{FontRequest, FontRole, FontSet};
use crate::messages::{Catalog, Say};

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command.arg(args::sources(catalog)).arg(args::settings(catalog))
}

#[derive(Serialize)]
struct Row {
    role: &'static str,
    family: String,
    weight: u16,
    file: String,
    sha256: String,
    licence: Option<String>,
    /// Characters of the source that this font lacks, and another one shows instead.
    substituted: Vec<char>,
    /// Characters of the source that no font has.
    missing: Vec<char>,
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    match rows(matches) {
        Ok(rows) if context.json => {
            let mut text =
                serde_json::to_string_pretty(&serde_json::json!({ "fonts": rows })).unwrap_or_default();
            text.push('\n');
            context.data(text.as_bytes())
        }
        Ok(rows) => context.data(&listed(&rows, context)),
        Err(problem) => context.fail(&problem),
    }
}

fn rows(matches: &ArgMatches) -> Result<Vec<Row>, Problem> {
    let (book, fonts): (Option<Book>, FontSet) = if args::given_sources(matches).is_empty() {
        (None, FontSet::find(&FontRequest::from_environment()).map_err(|e| Problem::of_fonts(&e))?)
    } else {
        let book = tree::open_one(matches)?;
        let fonts = build::find_fonts(&book)?;
        (Some(book), fonts)
    };
    let chars: Vec<char> = book
        .map_or_else(Vec::new, |b| b.tree.characters())
        .into_iter()
        .filter(|c| !c.is_whitespace())
        .collect();
    let row = |role: FontRole| {
        let font = fonts.get(role);
        let lacking: Vec<char> = chars.iter().copied().filter(|c| !fonts.has(role, *c)).collect();
        let (substituted, missing) = lacking.into_iter().partition(|c| fonts.serves(role, *c).is_some());
        Row {
            role: role.key(),
            family: font.family.clone(),
            weight: font.weight,
            file: font.path.display().to_string(),
            sha256: font.sha256(),
            licence: font.licence().filter(|l| !l.trim().is_empty()),
            substituted,
            missing,
        }
    };
    Ok(FontRole::ALL.into_iter().map(row).collect())
}

fn listed(rows: &[Row], context: &Context) -> Vec<u8> {
    let mut out = Vec::new();
    for (row, role) in rows.iter().zip(FontRole::ALL) {
        let _ = writeln!(out, "{} {}  {} {}  {}", role.key(), role.zh(), row.family, row.weight, row.file);
        if let Some(licence) = &row.licence {
            let first = licence.lines().next().unwrap_or_default();
            let _ = writeln!(
                out,
                "    {}",
                context.catalog.say(&Say::new("font-licence").with("licence", first))
            );
        }
        for (id, chars) in [("font-substituted", &row.substituted), ("font-lacks", &row.missing)] {
            if !chars.is_empty() {
                let say = Say { id, args: Vec::new() }.with("chars", chars.iter().collect::<String>());
                let _ = writeln!(out, "    {}", context.catalog.say(&say));
            }
        }
    }
    out
}

//! The account of a merge as a page, for the meeting that decides: one file that needs nothing else.

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::build::{Exit, Problem, merge_say};
use crate::merge::{Author, Comment, Copy, Edit, Report, Side, State, Stretch, Totals, stretches};
use crate::messages::{Catalog, Say};

const TEMPLATE: &str = include_str!("../../templates/merge/report.html");

/// Words of the template: what it calls them is the end of each sentence's id.
const WORDS: &[&str] = &[
    "merge-page-title",
    "merge-page-found",
    "merge-page-merged",
    "merge-page-identical",
    "merge-page-conflict",
    "merge-page-reported",
    "merge-page-copies",
    "merge-page-file",
    "merge-page-to",
    "merge-page-authors",
    "merge-page-base",
    "merge-page-missing",
    "merge-page-nobody",
    "merge-page-comments",
    "merge-page-source",
    "merge-page-untracked",
    "merge-page-superseded",
    "merge-page-kept",
    "merge-page-today",
];

#[derive(Serialize)]
struct Page<'a> {
    lang: &'a str,
    words: std::collections::BTreeMap<&'static str, String>,
    totals: Totals,
    documents: &'a [Copy],
    missing: &'a [String],
    speeches: Vec<Group<'a>>,
    comments: &'a [Comment],
}

/// The edits of one speech.
#[derive(Serialize)]
struct Group<'a> {
    heading: &'a str,
    edits: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    state: State,
    state_name: String,
    kind: String,
    why: String,
    lead: &'a str,
    tail: &'a str,
    pieces: Vec<Stretch>,
    /// The words stayed as they were.
    same: bool,
    who: Vec<String>,
    untracked: bool,
    sides: Vec<SideRow<'a>>,
    before: &'a str,
}

#[derive(Serialize)]
struct SideRow<'a> {
    file: &'a str,
    who: Vec<String>,
    pieces: Vec<Stretch>,
}

/// The page in the catalog's language.
///
/// # Errors
/// A defect of the template.
pub fn page(report: &Report, catalog: &Catalog) -> Result<String, Problem> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let defect = |e: minijinja::Error| {
        Problem::error(Exit::Defect, Say::new("defect").with("what", e)).help(Say::new("defect-help"))
    };
    environment.add_template("report.html", TEMPLATE).map_err(defect)?;
    let mut speeches: Vec<Group<'_>> = Vec::new();
    for edit in &report.edits {
        let row = row(edit, catalog);
        match speeches.iter_mut().find(|g| g.heading == edit.heading) {
            Some(group) => group.edits.push(row),
            None => speeches.push(Group { heading: &edit.heading, edits: vec![row] }),
        }
    }
    let word = |id: &&'static str| (id.rsplit('-').next().unwrap_or(id), catalog.plain(id));
    let page = Page {
        lang: catalog.lang().tag(),
        words: WORDS.iter().map(word).collect(),
        totals: report.totals,
        documents: &report.documents,
        missing: &report.missing,
        speeches,
        comments: &report.comments,
    };
    environment.get_template("report.html").and_then(|t| t.render(page)).map_err(defect)
}

fn row<'a>(edit: &'a Edit, catalog: &Catalog) -> Row<'a> {
    let side = |side: &'a Side| SideRow {
        file: &side.file,
        who: names(&side.authors),
        pieces: stretches(&edit.before, &side.text),
    };
    Row {
        state: edit.state,
        state_name: catalog.say(&merge_say::state(edit.state)),
        kind: merge_say::kind(edit, catalog).map(|s| catalog.say(&s)).unwrap_or_default(),
        why: edit.why.map(|w| catalog.say(&merge_say::why(w))).unwrap_or_default(),
        lead: &edit.lead,
        tail: &edit.tail,
        pieces: match edit.kind.as_str() {
            // Names of files: no piece of one is a piece of the other.
            "picture" => whole(&edit.before, &edit.after),
            _ => stretches(&edit.before, &edit.after),
        },
        same: edit.before == edit.after && edit.kind != "moved",
        who: names(&edit.authors),
        untracked: !edit.authors.is_empty() && edit.authors.iter().all(|a| !a.tracked),
        sides: edit.sides.iter().map(side).collect(),
        before: &edit.before,
    }
}

fn names(authors: &[Author]) -> Vec<String> {
    authors
        .iter()
        .map(|a| {
            let time = a.time.as_deref().and_then(|t| t.split('T').next()).unwrap_or_default();
            let name = if a.name.is_empty() { a.file.as_str() } else { a.name.as_str() };
            [name, time].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// The whole of both, side by side.
fn whole(before: &str, after: &str) -> Vec<Stretch> {
    let both = [("old", before), ("new", after)];
    let shown = both.into_iter().filter(|(_, text)| !text.is_empty());
    shown.map(|(kind, text)| Stretch { kind, text: text.to_owned() }).collect()
}

//! Edited copies that were dropped: put into the source, conflicts chosen one by one, the result a new version.

use std::path::PathBuf;
use std::sync::Mutex;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::{self, Merging, Opening, Problem, merge_say};
use crate::desk::book::{found, lock};
use crate::desk::files::{full, renamed};
use crate::desk::reply::{Answer, Refusal, Reply, defect, problems};
use crate::desk::server::{Dropped, Inner};
use crate::desk::source::{on_disk, write};
use crate::merge::{Comment, Edit, Report, State, stretches};
use crate::messages::{Catalog, Say};
use crate::source::{read, read_returned};
use crate::tree::FileId;

/// Copies kept at most.
const MOST: usize = 200;

/// Merges that can still be decided.
const KEPT: usize = 4;

/// Merges that wait for a decision.
#[derive(Default)]
pub(super) struct Merges(Mutex<Vec<(u64, Merged)>>);

/// A merge that waits.
#[derive(Clone)]
struct Merged {
    files: Vec<MergedFile>,
}

#[derive(Clone)]
struct MergedFile {
    name: String,
    /// The version it was merged into.
    base: String,
    /// The text, conflicts marked.
    text: String,
}

/// Takes a copy; one that cannot be read is refused at once.
pub(super) fn returned(desk: &Inner, dropped: Dropped, bytes: Vec<u8>, _: &Catalog) -> Answer {
    let name = dropped.name.replace('\\', "/");
    let name = build::safe_name(name.rsplit('/').next().unwrap_or_default());
    read_returned(FileId(0), &name, &bytes).map_err(|e| Problem::of_source(&name, &bytes, &e))?;
    let folder = desk.folder.own("returned")?;
    if std::fs::read_dir(&folder).map_err(|e| Problem::unreadable(&folder, &e))?.count() >= MOST {
        return Err(full(&folder).into());
    }
    // Two departments may send a file of one name.
    let number = desk.count();
    let own = desk.folder.own(&format!("returned/{number}"))?;
    build::put_new(&own, &[(name.clone(), bytes.as_slice())], true)
        .into_iter()
        .try_for_each(|p| p.map(|_| ()))?;
    Ok(Reply::Json(json!({ "copy": format!("{number}/{name}"), "name": name })))
}

#[derive(Deserialize)]
pub(super) struct Asked {
    file: String,
    copies: Vec<String>,
}

/// What the copies change, and what a person must choose.
pub(super) fn merge(desk: &Inner, asked: Asked, catalog: &Catalog) -> Answer {
    let (found, _) = found(&desk.folder, &asked.file)?;
    let folder = desk.folder.own("returned")?;
    let mut copies: Vec<PathBuf> = Vec::new();
    for copy in &asked.copies {
        let path = folder.join(copy);
        let is_plain = copy.split('/').count() == 2 && copy.split('/').all(|p| !matches!(p, "" | "." | ".."));
        if !is_plain {
            return Err(Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-copy")));
        }
        desk.folder.hold(&path)?;
        copies.push(path);
    }
    let wanted = Merging { opening: Opening::default(), marks: true, comments: false };
    let outcome = build::merge(&found, &copies, &wanted).map_err(|mut failed| {
        let first = if failed.is_empty() { defect("merge") } else { failed.remove(0) };
        Refusal::from(copies.iter().fold(first, |problem, copy| renamed(problem, copy)))
    })?;
    let mut files = Vec::new();
    for (name, bytes) in &outcome.files {
        let path = found.base.join(name);
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        let text = read(FileId(0), &name, bytes).map_err(|e| Problem::of_source(&name, bytes, &e))?.text;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        files.push(MergedFile { base: on_disk(desk, &name)?.version, name, text });
    }
    let choices: Vec<Value> = files
        .iter()
        .flat_map(|file| {
            conflicts(&file.text).into_iter().map(|conflict| {
                let text_of = |k: usize| conflict.sides.get(k).map_or("", |(_, text)| text.as_str());
                let sides = conflict.sides.iter().enumerate().map(|(k, (name, text))| {
                    // Each beside another one, so that what differs is seen.
                    let pieces = stretches(text_of(usize::from(k == 0)), text);
                    json!({ "name": plain(name), "text": text, "pieces": pieces })
                });
                json!({
                    "file": file.name,
                    "heading": heading(&file.text, conflict.from),
                    "sides": sides.collect::<Vec<_>>(),
                })
            })
        })
        .collect();
    let number = desk.count();
    let mut merges = lock(&desk.merges.0);
    merges.push((number, Merged { files }));
    while merges.len() > KEPT {
        merges.remove(0);
    }
    drop(merges);
    let told = outcome.problems.iter().cloned().map(|p| copies.iter().fold(p, |p, copy| renamed(p, copy)));
    Ok(Reply::Json(json!({
        "merge": number,
        "conflicts": choices,
        "report": report(&outcome.report, catalog),
        "problems": problems(&told.collect::<Vec<_>>(), catalog),
    })))
}

/// A copy's name without the folder it is kept in.
fn plain(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}

fn report(report: &Report, catalog: &Catalog) -> Value {
    let edits =
        report.edits.iter().filter(|e| e.state != State::Conflict).map(|edit| edit_row(edit, catalog));
    let comments = report.comments.iter().map(comment);
    json!({
        "totals": report.totals,
        "missing": report.missing,
        "edits": edits.collect::<Vec<_>>(),
        "comments": comments.collect::<Vec<_>>(),
    })
}

fn edit_row(edit: &Edit, catalog: &Catalog) -> Value {
    let who: Vec<Value> = edit
        .authors
        .iter()
        .map(|a| json!({ "name": a.name, "time": a.time, "file": plain(&a.file) }))
        .collect();
    json!({
        "heading": edit.heading,
        "state": edit.state,
        "why": edit.why.map(|why| catalog.say(&merge_say::why(why))),
        "lead": edit.lead,
        "tail": edit.tail,
        "pieces": stretches(&edit.before, &edit.after),
        "who": who,
    })
}

fn comment(comment: &Comment) -> Value {
    json!({
        "heading": comment.heading,
        "author": comment.author,
        "text": comment.text,
        "on": comment.on,
        "file": plain(&comment.file),
    })
}

#[derive(Deserialize)]
pub(super) struct Decided {
    merge: u64,
    /// What is to stand in the place of each conflict, in their order.
    choices: Vec<String>,
}

/// Writes what was chosen; the sources before it are kept.
pub(super) fn decide(desk: &Inner, decided: Decided, _: &Catalog) -> Answer {
    let _one = desk.books.writing();
    let merged = lock(&desk.merges.0).iter().find(|(own, _)| *own == decided.merge).map(|(_, m)| m.clone());
    let merged = merged.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-copy")))?;
    let count: usize = merged.files.iter().map(|f| conflicts(&f.text).len()).sum();
    if count != decided.choices.len() {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            Say::new("desk-undecided").count("count", count),
        ));
    }
    // All or none: the files of a book belong together.
    let mut choices = decided.choices.iter();
    let mut ready = Vec::new();
    for file in &merged.files {
        let there = on_disk(desk, &file.name)?;
        if there.version != file.base {
            let say = Say::new("desk-changed-on-disk").with("file", &file.name);
            return Err(Refusal::new(StatusCode::CONFLICT, say));
        }
        let text = chosen(&file.text, &mut choices);
        if text != there.text {
            ready.push((file.name.clone(), there, text));
        }
    }
    for (name, there, text) in &ready {
        write(desk, name, there, text, "merge")?;
    }
    let names: Vec<&String> = ready.iter().map(|(name, ..)| name).collect();
    Ok(Reply::Json(json!({ "files": names })))
}

/// A conflict in a text.
#[derive(Debug, PartialEq, Eq)]
struct Conflict {
    from: usize,
    to: usize,
    /// Names and texts.
    sides: Vec<(String, String)>,
}

/// The conflicts that a merge marked, in their order.
fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut open: Option<Conflict> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(name) = bare.strip_prefix("<<<<<<< ") {
            open = Some(Conflict { from: at, to: at, sides: vec![(name.to_owned(), String::new())] });
        } else if let Some(conflict) = open.as_mut() {
            if bare == "=======" || bare.starts_with("======= ") {
                let name = bare.trim_start_matches('=').trim().to_owned();
                conflict.sides.push((name, String::new()));
            } else if let Some(name) = bare.strip_prefix(">>>>>>> ") {
                conflict.to = at + bare.len();
                if let Some((own, _)) = conflict.sides.last_mut() {
                    *own = name.to_owned();
                }
                for (_, text) in &mut conflict.sides {
                    *text = text.trim_matches('\n').to_owned();
                }
                found.extend(open.take());
            } else if let Some((_, text)) = conflict.sides.last_mut() {
                text.push_str(line);
            }
        }
        at += line.len();
    }
    found
}

/// A text with its conflicts replaced.
fn chosen<'a>(text: &str, choices: &mut impl Iterator<Item = &'a String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for conflict in conflicts(text) {
        let choice = choices.next().map_or("", String::as_str).trim_matches('\n');
        out.push_str(text.get(at..conflict.from).unwrap_or_default());
        out.push_str(choice);
        at = conflict.to;
        if choice.is_empty() {
            // The lines that stood around it would be one gap too many.
            let rest = text.get(at..).unwrap_or_default();
            at += rest.len() - rest.trim_start_matches('\n').len();
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The heading above a place.
fn heading(text: &str, at: usize) -> String {
    let above = text.get(..at).unwrap_or_default();
    let line = above.lines().rev().find(|l| l.starts_with('#')).unwrap_or_default();
    line.trim_start_matches('#').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# 题\n\n甲\n\n<<<<<<< a.docx\n\n乙一\n\n======= b.docx\n\n=======\n\n乙三\n\n>>>>>>> c.docx\n\n丙\n";

    #[test]
    fn conflicts_are_read_and_chosen() {
        let found = conflicts(TEXT);
        let sides: Vec<(&str, &str)> = found[0].sides.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        assert_eq!((found.len(), heading(TEXT, found[0].from)), (1, "题".to_owned()));
        assert_eq!(sides, [("a.docx", "乙一"), ("b.docx", ""), ("c.docx", "乙三")]);
        assert_eq!(chosen(TEXT, &mut ["乙四".to_owned()].iter()), "# 题\n\n甲\n\n乙四\n\n丙\n");
        assert_eq!(chosen(TEXT, &mut [String::new()].iter()), "# 题\n\n甲\n\n丙\n");
        assert_eq!(conflicts("甲\n<<<<<<< a\n乙\n"), []);
    }
}

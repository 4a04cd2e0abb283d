//! The files of the folder, new ones, and those that are dropped on the page.

use std::path::Path;

use serde::Deserialize;
use serde_json::json;

use crate::build::{self, Book, Opening, Problem, Severity, import as imported, put_new};
use crate::desk::page::Nothing;
use crate::desk::reply::{Answer, Refusal, Reply, defect, problems};
use crate::desk::server::{Dropped, Inner};
use crate::messages::{Catalog, Say};

/// Files that were dropped and are still kept as they came.
const MOST_KEPT: usize = 200;

/// What stands in a new file before a person writes.
const EMPTY: &str = "# \n";

pub(super) fn list(desk: &Inner, _: Nothing, _: &Catalog) -> Answer {
    Ok(Reply::Json(json!({ "files": desk.folder.list(), "manifest": Path::new("jianbao.toml").is_file() })))
}

#[derive(Deserialize)]
pub(super) struct New {
    /// Without an ending.
    name: String,
    /// What was pasted.
    text: Option<String>,
}

/// A new source, empty or of what was pasted. A text without the marks of Markdown is read in as text is.
pub(super) fn new(desk: &Inner, new: New, catalog: &Catalog) -> Answer {
    let stem = new.name.trim().trim_end_matches(".md");
    let text = new.text.filter(|t| !t.trim().is_empty());
    match text {
        Some(text) if !is_markdown(&text) => take_in(desk, stem, "txt", text.into_bytes(), catalog),
        text => {
            let text = text.unwrap_or_else(|| EMPTY.to_owned());
            let path = desk.folder.fresh(stem, "md");
            place(&path, text.as_bytes(), Vec::new())?;
            Ok(Reply::Json(json!({ "file": path.display().to_string(), "problems": [] })))
        }
    }
}

fn is_markdown(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("---")
        || text.starts_with("+++")
        || text.lines().any(|l| l.starts_with('#') && l.trim_start_matches('#').starts_with(' '))
}

/// A file that was dropped: Markdown as it is, anything else read in.
pub(super) fn import(desk: &Inner, dropped: Dropped, bytes: Vec<u8>, catalog: &Catalog) -> Answer {
    let name = dropped.name.replace('\\', "/");
    let name = name.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    take_in(desk, stem, &ending.to_lowercase(), bytes, catalog)
}

/// A file of the folder that is no text: read in, and left as it is.
pub(super) fn adopt(desk: &Inner, asked: crate::desk::source::Named, catalog: &Catalog) -> Answer {
    let path = desk.folder.existing(&asked.file)?;
    let bytes = std::fs::read(&path).map_err(|e| Problem::unreadable(&path, &e))?;
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    take_in(desk, &stem, &ending, bytes, catalog)
}

/// Keeps a file as it came, and makes a source of it.
fn take_in(desk: &Inner, stem: &str, ending: &str, bytes: Vec<u8>, catalog: &Catalog) -> Answer {
    let incoming = desk.folder.own("incoming")?;
    if std::fs::read_dir(&incoming).map_err(|e| Problem::unreadable(&incoming, &e))?.count() >= MOST_KEPT {
        return Err(full(&incoming).into());
    }
    // The name is what sentences call the file.
    let plain = build::safe_name(&format!("{stem}.{ending}"));
    let number = incoming.join(desk.count().to_string());
    std::fs::create_dir_all(&number).map_err(|e| Problem::unwritable(&number, &e))?;
    let path = number.join(plain.trim_end_matches('.'));
    place(&path, &bytes, Vec::new())?;
    let made = read_in(desk, stem, ending, &path, &bytes, catalog);
    // What became a source is needed no more; what could not be read is the user's own file elsewhere.
    let _ = std::fs::remove_dir_all(&number);
    made
}

fn read_in(desk: &Inner, stem: &str, ending: &str, path: &Path, bytes: &[u8], catalog: &Catalog) -> Answer {
    let shown = |problem: Problem| Refusal::from(renamed(problem, path));
    let found = build::find(&[path.to_owned()], false).map_err(shown)?.into_iter().next();
    let found = found.ok_or_else(|| defect("no book"))?;
    let source = desk.folder.fresh(stem, "md");
    if matches!(ending, "md" | "markdown") {
        // It must be text; whether it is a book yet is for the page to say.
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        crate::source::read(crate::tree::FileId(0), &name, bytes)
            .map_err(|e| Problem::of_source(&name, bytes, &e))?;
        place(&source, bytes, Vec::new())?;
        return Ok(Reply::Json(json!({ "file": source.display().to_string(), "problems": [] })));
    }
    let book = Book::open(&found, &Opening::default()).map_err(shown)?;
    let told: Vec<Problem> = book
        .problems
        .iter()
        .filter(|p| p.severity > Severity::Info)
        .cloned()
        .map(|p| renamed(p, path))
        .collect();
    let media = source.file_stem().map(|s| format!("{}-media", s.to_string_lossy()));
    let made = imported(book, media.as_deref()).map_err(shown)?;
    place(&source, made.text.as_bytes(), made.pictures)?;
    let problems = problems(&told, catalog);
    Ok(Reply::Json(json!({ "file": source.display().to_string(), "problems": problems })))
}

/// Writes a source and its pictures, never over a file that is there.
fn place(path: &Path, bytes: &[u8], pictures: Vec<(String, Vec<u8>)>) -> Result<(), Problem> {
    let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut files: Vec<(String, &[u8])> = vec![(name, bytes)];
    files.extend(pictures.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())));
    put_new(folder, &files, false).into_iter().try_for_each(|placed| placed.map(|_| ()))
}

/// A problem of a file that is kept under another name, with the name people know.
pub(super) fn renamed(mut problem: Problem, path: &Path) -> Problem {
    let (known, name) = (
        path.display().to_string(),
        path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
    );
    for (_, value) in problem.say.args.iter_mut().chain(problem.help.iter_mut().flat_map(|h| &mut h.args)) {
        if let crate::messages::Arg::Text(text) = value
            && text.contains(&known)
        {
            *text = text.replace(&known, &name);
        }
    }
    problem
}

pub(super) fn full(folder: &Path) -> Problem {
    let say = Say::new("desk-too-many").with("folder", folder.display()).count("count", MOST_KEPT);
    Problem::error(build::Exit::Refused, say)
}

#[cfg(test)]
mod tests {
    use super::is_markdown;

    #[test]
    fn what_is_pasted_is_told_apart() {
        assert!(
            is_markdown("# 题\n")
                && is_markdown("\u{feff}---\ntitle: 题\n---\n")
                && is_markdown("甲\n## 乙\n")
        );
        assert!(!is_markdown("关于某事的发言\n张三\n正文。\n") && !is_markdown("#话题#热搜\n"));
    }
}

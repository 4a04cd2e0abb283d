//! Earlier versions of a source: whole texts, numbered, with why each was kept.
//!
//! `.jianbao-desk/history/<name>/000012-edit.txt`, UTF-8 with `\n`. The newest are kept.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::build::{Problem, put_new, safe_name};
use crate::desk::folder::Folder;

/// Versions kept of a source.
const MOST: usize = 300;

/// While somebody types, a version is kept this often.
const PACE: Duration = Duration::from_secs(60);

/// One version.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Version {
    /// Its number, the later the higher.
    pub(super) number: u64,
    /// `edit`, `fix`, `merge` and so on.
    pub(super) why: String,
    /// How many seconds ago it was kept.
    pub(super) ago: u64,
    /// In bytes.
    pub(super) size: u64,
    #[serde(skip)]
    path: PathBuf,
}

/// The versions of a source, the newest first.
pub(super) fn versions(folder: &Folder, name: &str) -> Result<Vec<Version>, Problem> {
    let own = place(folder, name)?;
    let mut found: Vec<Version> = Vec::new();
    for entry in std::fs::read_dir(&own).map_err(|e| Problem::unreadable(&own, &e))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((number, why)) = name.strip_suffix(".txt").and_then(|n| n.split_once('-')) else { continue };
        let (Ok(number), Ok(metadata)) = (number.parse(), entry.metadata()) else { continue };
        let age = metadata.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
        let ago = age.unwrap_or_default().as_secs();
        found.push(Version { number, why: why.to_owned(), ago, size: metadata.len(), path: entry.path() });
    }
    found.sort_by_key(|v| std::cmp::Reverse(v.number));
    Ok(found)
}

/// The text of a version.
pub(super) fn text(folder: &Folder, name: &str, number: u64) -> Result<Option<String>, Problem> {
    let version = versions(folder, name)?.into_iter().find(|v| v.number == number);
    let read = |v: Version| std::fs::read_to_string(&v.path).map_err(|e| Problem::unreadable(&v.path, &e));
    version.map(read).transpose()
}

/// Keeps a text, unless it is the last one kept, or the last was kept just before and nothing but typing lies
/// between.
pub(super) fn keep(folder: &Folder, name: &str, text: &str, why: &str) -> Result<(), Problem> {
    let there = versions(folder, name)?;
    if let Some(last) = there.first() {
        let is_typing = why == "edit" && last.why == "edit" && last.ago < PACE.as_secs();
        if is_typing || std::fs::read_to_string(&last.path).is_ok_and(|old| old == text) {
            return Ok(());
        }
    }
    let number = there.first().map_or(1, |v| v.number + 1);
    let file = format!("{number:06}-{why}.txt");
    let placed = put_new(&place(folder, name)?, &[(file, text.as_bytes())], true);
    for old in there.iter().skip(MOST - 1) {
        // The next time, if not now.
        let _ = std::fs::remove_file(&old.path);
    }
    placed.into_iter().try_for_each(|p| p.map(|_| ()))
}

fn place(folder: &Folder, name: &str) -> Result<PathBuf, Problem> {
    folder.own(&format!("history/{}", safe_name(name)))
}

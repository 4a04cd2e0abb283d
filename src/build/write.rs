//! Putting files in place: whole or not at all, and never over what a person edited.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::build::ledger::Ledger;
use crate::build::{Exit, Problem, shown};
use crate::messages::Say;

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Placed {
    /// Written, new or over an older output of ours.
    Written(PathBuf),
    /// The same bytes were there already.
    Unchanged(PathBuf),
}

/// Writes files into a folder, each whole or not at all.
///
/// A file that is there already is replaced only if it is what we last wrote there, or with
/// `force`. One file that cannot be replaced does not keep the others from being written.
pub fn put(folder: &Path, files: &[(String, &[u8])], force: bool) -> Vec<Result<Placed, Problem>> {
    if let Err(e) = std::fs::create_dir_all(folder) {
        return vec![Err(Problem::unwritable(folder, &e))];
    }
    let mut ledger = match Ledger::open(folder) {
        Ok(ledger) => ledger,
        Err(problem) => return vec![Err(problem)],
    };
    sweep(folder);
    let judged: Vec<_> =
        files.iter().map(|(name, bytes)| judge(&mut ledger, folder, name, bytes, force)).collect();
    if let Err(problem) = ledger.save() {
        return vec![Err(problem)];
    }
    let write = |(judged, (name, bytes)): (Result<Judged, Problem>, &(String, &[u8]))| match judged? {
        Judged::There(path) => Ok(Placed::Unchanged(path)),
        Judged::ToWrite(path, hash) => {
            write_whole(&path, bytes)?;
            ledger.record(name, hash);
            Ok(Placed::Written(path))
        }
    };
    let mut results: Vec<_> = judged.into_iter().zip(files).map(write).collect();
    if let Err(problem) = ledger.save() {
        results.push(Err(problem));
    }
    results
}

/// What is to be done with a file.
enum Judged {
    /// It is there already.
    There(PathBuf),
    /// It is to be written, and its hash.
    ToWrite(PathBuf, String),
}

/// Writes files that are to be a person's own from now on: no ledger, and nothing that is there
/// already is touched without `force`.
pub fn put_new(folder: &Path, files: &[(String, &[u8])], force: bool) -> Vec<Result<Placed, Problem>> {
    let there = files.iter().map(|(name, _)| folder.join(name)).find(|path| !force && path.exists());
    if let Some(path) = there {
        let say = Say::new("output-not-ours").with("file", shown(&path));
        return vec![Err(Problem::error(Exit::Refused, say).help(Say::new("output-kept-help")))];
    }
    files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            write_whole(&path, bytes).map(|()| Placed::Written(path))
        })
        .collect()
}

/// Whether a file may be written; the ledger is told before it is.
fn judge(
    ledger: &mut Ledger,
    folder: &Path,
    name: &str,
    bytes: &[u8],
    force: bool,
) -> Result<Judged, Problem> {
    let path = folder.join(name);
    let hash = crate::hash::sha256_hex(bytes);
    match std::fs::read(&path) {
        Ok(there) => {
            let there = crate::hash::sha256_hex(&there);
            if there == hash {
                ledger.record(name, hash);
                return Ok(Judged::There(path));
            }
            if !force && !ledger.is_ours(name, &there) {
                let id = if ledger.knows(name) { "output-edited" } else { "output-not-ours" };
                let say = Say::new(id).with("file", shown(&path));
                return Err(Problem::error(Exit::Refused, say).help(Say::new("output-kept-help")));
            }
            // What a run that was cut off wrote is ours from now on, whatever becomes of this one.
            if ledger.is_ours(name, &there) {
                ledger.record(name, there);
            }
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(Problem::unwritable(&path, &e)),
    }
    ledger.intend(name, &hash);
    Ok(Judged::ToWrite(path, hash))
}

/// How the names of files begin and end that are not finished.
const UNFINISHED: (&str, &str) = (".jianbao-", ".tmp");

/// Removes what runs that were cut off left in a folder. A file that is being written is locked.
pub(super) fn sweep(folder: &Path) {
    let is_unfinished = |name: &str| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_unfinished)
            && let Ok(file) = std::fs::File::open(entry.path())
            && file.try_lock().is_ok()
        {
            // Another run may sweep too.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Writes a temporary file beside `path`, syncs it and renames it over.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    // Another run may sweep a file away before it is locked.
    match try_write(path, bytes) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => try_write(path, bytes),
        done => done,
    }
    .map_err(|e| Problem::unwritable(path, &e))
}

fn try_write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = super::sources::folder_of(path);
    std::fs::create_dir_all(&folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private by default; outputs are for everyone the folder is for.
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(&folder)?;
    // Not every file system has locks.
    let _ = file.as_file().try_lock();
    if let Ok(there) = path.metadata() {
        // Who may read it stays as it is.
        file.as_file().set_permissions(there.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_text(folder: &Path, text: &str, force: bool) -> Result<Placed, Problem> {
        put(folder, &[("a.txt".into(), text.as_bytes())], force).remove(0)
    }

    #[test]
    fn what_a_person_edited_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(put_text(folder.path(), "一", false), Ok(Placed::Written(path.clone())));
        assert_eq!(put_text(folder.path(), "一", false), Ok(Placed::Unchanged(path.clone())));
        assert_eq!(put_text(folder.path(), "二", false), Ok(Placed::Written(path.clone())));
        std::fs::write(&path, "人改的").unwrap();
        let refused = put_text(folder.path(), "三", false).unwrap_err();
        assert_eq!((refused.exit, refused.say.id), (Exit::Refused, "output-edited"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "人改的");
        assert_eq!(put_text(folder.path(), "三", true), Ok(Placed::Written(path)));
    }

    /// Two runs one after the other, each cut off: the first behind its file, the second before.
    #[test]
    fn what_two_cut_off_runs_left_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        put_text(folder.path(), "一", false).unwrap();
        let cut_off = |text: &str| {
            let mut ledger = Ledger::open(folder.path()).unwrap();
            judge(&mut ledger, folder.path(), "a.txt", text.as_bytes(), false).map(|_| ()).unwrap();
            ledger.save().unwrap();
        };
        cut_off("二");
        std::fs::write(&path, "二").unwrap();
        cut_off("三");
        assert_eq!(put_text(folder.path(), "四", false), Ok(Placed::Written(path)));
    }

    #[test]
    fn a_strangers_file_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "别人的").unwrap();
        assert_eq!(put_text(folder.path(), "一", false).unwrap_err().say.id, "output-not-ours");
    }

    #[test]
    fn nothing_is_left_beside_the_outputs() {
        let folder = tempfile::tempdir().unwrap();
        put_text(folder.path(), "一", false).unwrap();
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [".jianbao-ledger.json", "a.txt"]);
    }
}

//! The one folder that is read and written: names that lead out of it are refused, links out of it too.

use std::path::{Component, Path, PathBuf};

use crate::build::{Book, Exit, Found, Problem};
use crate::messages::Say;
use crate::source::READERS;

/// Where the desk keeps what is its own.
const OWN: &str = ".jianbao-desk";

/// Folders below the first that files are listed from.
const DEEPEST: usize = 3;

/// Files listed at most.
const MOST: usize = 2_000;

/// The folder. The process works in it, so that names are relative to it.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Locked as long as the desk is open; the system lets go of it whatever becomes of the process.
    _lock: std::fs::File,
}

/// A file that may be opened or read in.
#[derive(Debug, serde::Serialize)]
pub(super) struct Listed {
    /// Its name, with `/`.
    pub(super) name: String,
    /// Whether it is text that is edited as it stands; else it is read in.
    pub(super) is_text: bool,
    /// In bytes.
    pub(super) size: u64,
}

impl Folder {
    /// Makes the folder the working one.
    pub(super) fn enter(folder: &Path) -> Result<Self, Problem> {
        let unreadable = |e: std::io::Error| Problem::unreadable(folder, &e);
        let root = folder.canonicalize().map_err(unreadable)?;
        std::env::set_current_dir(&root).map_err(unreadable)?;
        let own = Path::new(OWN);
        let unwritable = |e: std::io::Error| Problem::unwritable(own, &e);
        if own.exists() && !own.canonicalize().map_err(unwritable)?.starts_with(&root) {
            return Err(outside(OWN));
        }
        std::fs::create_dir_all(own).map_err(unwritable)?;
        let lock = std::fs::File::create(own.join("lock")).map_err(unwritable)?;
        if matches!(lock.try_lock(), Err(std::fs::TryLockError::WouldBlock)) {
            let say = Say::new("desk-open-already").with("folder", folder.display());
            return Err(Problem::error(Exit::Refused, say));
        }
        // What an earlier desk handed out, and copies of what people have elsewhere.
        for old in ["take", "incoming", "returned"] {
            let _ = std::fs::remove_dir_all(own.join(old));
        }
        Ok(Self { root, _lock: lock })
    }

    /// The name of the folder alone, for people.
    pub(super) fn name(&self) -> String {
        self.root
            .file_name()
            .map_or_else(|| self.root.display().to_string(), |n| n.to_string_lossy().into_owned())
    }

    /// The path of a file that is there.
    pub(super) fn existing(&self, name: &str) -> Result<PathBuf, Problem> {
        let path = relative(name)?;
        self.hold(&path)?;
        Ok(path)
    }

    /// Whether there is no such file any more, in a folder that is there and is ours.
    pub(super) fn is_gone(&self, name: &str) -> Result<bool, Problem> {
        let path = relative(name)?;
        if path.symlink_metadata().is_ok() {
            return Ok(false);
        }
        let parent = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
        self.hold(parent).map(|()| true)
    }

    /// The path for a new file of the folder itself; its name is free.
    pub(super) fn fresh(&self, stem: &str, ending: &str) -> PathBuf {
        let stem = crate::build::safe_name(stem);
        let names = (1..).map(|k| match k {
            1 => format!("{stem}.{ending}"),
            k => format!("{stem}-{k}.{ending}"),
        });
        let is_free = |name: &String| !self.root.join(name).exists();
        names
            .into_iter()
            .find(is_free)
            .map_or_else(|| PathBuf::from(format!("{stem}.{ending}")), PathBuf::from)
    }

    /// A folder of the desk's own, made when it is not there.
    pub(super) fn own(&self, inside: &str) -> Result<PathBuf, Problem> {
        let path = Path::new(OWN).join(inside);
        // A link in the place of the desk's folder must not be followed to make another in it.
        if Path::new(OWN).exists() {
            self.hold(Path::new(OWN))?;
        }
        std::fs::create_dir_all(&path).map_err(|e| Problem::unwritable(&path, &e))?;
        self.hold(&path)?;
        Ok(path)
    }

    /// Whether a path, links followed, lies in the folder.
    pub(super) fn hold(&self, path: &Path) -> Result<(), Problem> {
        let real = path.canonicalize().map_err(|e| Problem::unreadable(path, &e))?;
        if real.starts_with(&self.root) { Ok(()) } else { Err(outside(&path.display().to_string())) }
    }

    /// Whether all that a book is made of, before it is read, lies in the folder.
    pub(super) fn hold_found(&self, found: &Found) -> Result<(), Problem> {
        found.files.iter().filter(|f| f.exists()).try_for_each(|f| self.hold(f))?;
        if let Some(manifest) = &found.manifest {
            self.hold(&manifest.path)?;
            let templates = found.base.join("templates");
            if templates.exists() {
                self.hold(&templates)?;
            }
        }
        Ok(())
    }

    /// Whether the lists that the settings of a book name lie in the folder.
    pub(super) fn hold_lists(&self, book: &Book) -> Result<(), Problem> {
        let check = &book.config.check;
        let lists = check.glossary.iter().chain(&check.roster).map(|file| book.config.base.join(file));
        lists.filter(|path| path.exists()).try_for_each(|path| self.hold(&path))
    }

    /// The files that can be opened or read in, by name.
    pub(super) fn list(&self) -> Vec<Listed> {
        let mut found = Vec::new();
        let mut folders = vec![(PathBuf::new(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
            for entry in std::fs::read_dir(here).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let Ok(kind) = entry.file_type() else { continue };
                let path = folder.join(&name);
                if name.starts_with('.') || found.len() >= MOST {
                    continue;
                }
                if kind.is_dir() && depth < DEEPEST && !matches!(name.as_str(), "output" | "node_modules") {
                    folders.push((path, depth + 1));
                } else if kind.is_file()
                    && let Some(is_text) = is_source(&name)
                {
                    let size = entry.metadata().map_or(0, |m| m.len());
                    let parts: Vec<_> =
                        path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                    found.push(Listed { name: parts.join("/"), is_text, size });
                }
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }
}

/// Whether a name is that of a source, and whether of one that is edited as it stands.
fn is_source(name: &str) -> Option<bool> {
    let ending = name.rsplit_once('.')?.1.to_lowercase();
    let reader = READERS.iter().find(|r| r.endings.contains(&ending.as_str()))?;
    Some(is_edited(reader.name))
}

/// Whether sources of a form are edited as they stand.
pub(super) fn is_edited(form: &str) -> bool {
    matches!(form, "markdown" | "text")
}

/// A name as a path below the folder.
fn relative(name: &str) -> Result<PathBuf, Problem> {
    let path = Path::new(name);
    let is_plain = !name.is_empty()
        && !name.contains(['\\', '\0', ':'])
        && path
            .components()
            .all(|c| matches!(c, Component::Normal(part) if !part.to_string_lossy().starts_with('.')));
    if is_plain { Ok(path.to_owned()) } else { Err(outside(name)) }
}

/// What is said of a name that leads out.
fn outside(name: &str) -> Problem {
    Problem::error(Exit::Usage, Say::new("desk-outside").with("file", name))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in ["a.md", "发言/一.md", "a b.md"] {
            assert!(relative(name).is_ok(), "{name}");
        }
        for name in [
            "",
            "../a.md",
            "a/../../b",
            "/etc/passwd",
            "a\\b",
            "C:x",
            "./a",
            ".jianbao-desk/x",
            "a/.b/c",
            "a\0",
        ] {
            assert!(relative(name).is_err(), "{name}");
        }
    }
}

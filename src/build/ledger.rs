//! The record of what we wrote into an output folder, kept in it.
//!
//! What is about to be written is recorded before it is, beside what was written last: a run that is cut off in
//! between leaves files that the next one knows as ours.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use serde::{Deserialize, Serialize};

use crate::build::Problem;
use crate::build::write::write_whole;

/// The ledger's file name.
const NAME: &str = ".jianbao-ledger.json";

/// Books of one run may share an output folder: one at a time holds a ledger.
static HELD: Mutex<()> = Mutex::new(());

#[derive(Serialize, Deserialize, Default)]
struct Entries {
    schema: u32,
    files: BTreeMap<String, String>,
    /// What a run was about to write.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, String>,
}

/// An open ledger.
pub(super) struct Ledger {
    path: PathBuf,
    entries: Entries,
    changed: bool,
    /// Other processes wait for it; absent where a folder cannot be locked.
    _lock: Option<File>,
    _held: MutexGuard<'static, ()>,
}

impl Ledger {
    /// Opens the ledger of a folder. One that is missing or damaged knows nothing, so that nothing
    /// is overwritten on its word.
    pub(super) fn open(folder: &Path) -> Result<Self, Problem> {
        let held = HELD.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let lock = File::open(folder).ok().filter(|f| f.lock().is_ok());
        let path = folder.join(NAME);
        let entries = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Entries::default(),
            Err(e) => return Err(Problem::unreadable(&path, &e)),
        };
        Ok(Self { path, entries, changed: false, _lock: lock, _held: held })
    }

    /// Whether anything was ever written under a name by us.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.entries.files.contains_key(name) || self.entries.pending.contains_key(name)
    }

    /// Whether a file of this hash under a name is what we wrote, in the last run or in one that was cut off.
    pub(super) fn is_ours(&self, name: &str, hash: &str) -> bool {
        let recorded = [&self.entries.files, &self.entries.pending];
        recorded.iter().any(|files| files.get(name).is_some_and(|h| h == hash))
    }

    /// Records what is about to be written.
    pub(super) fn intend(&mut self, name: &str, hash: &str) {
        self.entries.pending.insert(name.to_owned(), hash.to_owned());
        self.changed = true;
    }

    /// Records what was written, or is there already.
    pub(super) fn record(&mut self, name: &str, hash: String) {
        self.changed |= self.entries.pending.remove(name).is_some();
        let old = self.entries.files.insert(name.to_owned(), hash.clone());
        self.changed |= old != Some(hash);
    }

    pub(super) fn save(&mut self) -> Result<(), Problem> {
        if !self.changed {
            return Ok(());
        }
        self.changed = false;
        self.entries.schema = 1;
        let mut bytes = serde_json::to_vec_pretty(&self.entries).unwrap_or_default();
        bytes.push(b'\n');
        write_whole(&self.path, &bytes)
    }
}

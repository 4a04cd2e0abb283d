//! The record of what we wrote into an output folder, kept in it.

use std::collections::BTreeMap;
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
}

/// An open ledger.
pub(super) struct Ledger {
    path: PathBuf,
    entries: Entries,
    changed: bool,
    _held: MutexGuard<'static, ()>,
}

impl Ledger {
    /// Opens the ledger of a folder. One that is missing or damaged knows nothing, so that nothing
    /// is overwritten on its word.
    pub(super) fn open(folder: &Path) -> Result<Self, Problem> {
        let held = HELD.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let path = folder.join(NAME);
        let entries = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Entries::default(),
            Err(e) => return Err(Problem::unreadable(&path, &e)),
        };
        Ok(Self { path, entries, changed: false, _held: held })
    }

    /// The hash of what we last wrote under a name.
    pub(super) fn hash(&self, name: &str) -> Option<&str> {
        self.entries.files.get(name).map(String::as_str)
    }

    pub(super) fn record(&mut self, name: &str, hash: String) {
        let old = self.entries.files.insert(name.to_owned(), hash.clone());
        self.changed |= old != Some(hash);
    }

    pub(super) fn save(&mut self) -> Result<(), Problem> {
        if !self.changed {
            return Ok(());
        }
        self.entries.schema = 1;
        let mut bytes = serde_json::to_vec_pretty(&self.entries).unwrap_or_default();
        bytes.push(b'\n');
        write_whole(&self.path, &bytes)
    }
}

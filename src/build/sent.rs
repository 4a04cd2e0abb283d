//! The record of what was sent to whom, kept in the folder the excerpts were written to.
//!
//! `.jianbao-sent.json`, UTF-8:
//!
//! ```json
//! { "schema": 1,
//!   "sent": [ { "to": "市农业农村局", "excerpt": "0123456789abcdef", "speeches": ["s01", "s03"],
//!               "file": "发言-送改-市农业农村局.docx", "sha256": "…", "plain": false,
//!               "return_to": "市政协办公厅", "due": "2026年1月20日" } ] }
//! ```
//!
//! `excerpt` is [`crate::tree::Base::excerpt`], which the file itself carries unless it is plain; `file` is
//! relative to the folder, `sha256` that of the file as it was sent. What is sent again unchanged stands there
//! once; what is sent anew after the source moved on is one more entry, since either may come back. There
//! are no times: nothing here asks a clock. Entries stand in the order of sending.

use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::build::write::write_whole;
use crate::build::{Exit, Problem, shown};
use crate::messages::Say;
use crate::tree::NodeId;

/// The record's file name.
const NAME: &str = ".jianbao-sent.json";

/// The version of its form.
const SCHEMA: u32 = 1;

/// One writer at a time in this process.
static HELD: Mutex<()> = Mutex::new(());

/// One file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sent {
    /// The department.
    pub to: String,
    /// Which excerpt it is.
    pub excerpt: String,
    /// Its speeches, by the ids they have in the whole book.
    pub speeches: Vec<NodeId>,
    /// The file, relative to the folder of the record.
    pub file: String,
    /// SHA-256 of the file as it was sent.
    pub sha256: String,
    /// Whether the file carries nothing hidden, so that only its text tells what it is.
    pub plain: bool,
    /// Who wants it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
    /// When, as printed in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    schema: u32,
    sent: Vec<Sent>,
}

/// What was sent from a folder, in order; nothing where there is no record.
///
/// # Errors
/// A record that cannot be read: who has not answered must not be forgotten in silence.
pub fn sent(folder: &Path) -> Result<Vec<Sent>, Problem> {
    let path = folder.join(NAME);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Problem::unreadable(&path, &e)),
    };
    match serde_json::from_slice::<Record>(&bytes) {
        Ok(record) if record.schema == SCHEMA => Ok(record.sent),
        _ => {
            let say = Say::new("sent-damaged").with("file", shown(&path));
            Err(Problem::error(Exit::Io, say).help(Say::new("sent-damaged-help")))
        }
    }
}

/// Enters files into the record of a folder, which appears whole or not at all.
///
/// # Errors
/// As [`sent`], or when the record cannot be written.
pub(super) fn enter(folder: &Path, new: Vec<Sent>) -> Result<(), Problem> {
    let _held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    // Other processes may be sending from the same folder. Where a folder cannot be locked, as in Windows,
    // two at the same moment may lose an entry.
    let lock = File::open(folder).and_then(|f| f.lock().map(|()| f)).ok();
    let mut all = sent(folder)?;
    let before = all.len();
    for entry in new {
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    if all.len() > before {
        let record = Record { schema: SCHEMA, sent: all };
        let mut bytes = serde_json::to_vec_pretty(&record).unwrap_or_default();
        bytes.push(b'\n');
        write_whole(&folder.join(NAME), &bytes)?;
    }
    drop(lock);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(to: &str, excerpt: &str) -> Sent {
        Sent {
            to: to.into(),
            excerpt: excerpt.into(),
            speeches: vec![NodeId::new("s01")],
            file: "a.docx".into(),
            sha256: "00".into(),
            plain: false,
            return_to: None,
            due: Some("1月20日".into()),
        }
    }

    #[test]
    fn entries_are_kept_in_order_and_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(sent(folder.path()), Ok(Vec::new()));
        enter(folder.path(), vec![entry("甲局", "1"), entry("乙局", "2")]).unwrap();
        enter(folder.path(), vec![entry("甲局", "1"), entry("甲局", "3")]).unwrap();
        assert_eq!(sent(folder.path()), Ok(vec![entry("甲局", "1"), entry("乙局", "2"), entry("甲局", "3")]));
    }

    #[test]
    fn a_damaged_record_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "{").unwrap();
        assert_eq!(enter(folder.path(), vec![entry("甲局", "1")]).unwrap_err().say.id, "sent-damaged");
        assert_eq!(std::fs::read_to_string(folder.path().join(NAME)).unwrap(), "{");
    }

    #[test]
    fn several_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for k in 0..16 {
                let folder = folder.path();
                scope.spawn(move || enter(folder, vec![entry("甲局", &k.to_string())]).unwrap());
            }
        });
        assert_eq!(sent(folder.path()).unwrap().len(), 16);
    }
}

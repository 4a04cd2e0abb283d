//! A source in the editor: opened, saved, watched for what others write, and its earlier versions.
//!
//! The editor has lines that end in `\n`; the file keeps its own ends and its encoding. What is saved says
//! which text it began with, so that nothing another tab or program wrote is lost: then both texts are put
//! together, and where they cannot be, a person is asked.

use std::path::Path;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::{self, Exit, Problem};
use crate::desk::folder::is_edited;
use crate::desk::history;
use crate::desk::reply::{Answer, Refusal, Reply};
use crate::desk::server::Inner;
use crate::hash::sha256_hex;
use crate::messages::{Catalog, Say};
use crate::source::{Document, encode_like, read as read_source};
use crate::tree::FileId;

#[derive(Deserialize)]
pub(super) struct Named {
    /// The file.
    pub(super) file: String,
}

/// A file as the editor has it.
pub(super) struct OnDisk {
    pub(super) text: String,
    /// The hash of the text: what a tab says it began with.
    pub(super) version: String,
    bytes: Vec<u8>,
    /// The text with the file's own line ends.
    raw: String,
}

/// Reads a file for the editor.
pub(super) fn on_disk(desk: &Inner, name: &str) -> Result<OnDisk, Problem> {
    let path = desk.folder.existing(name)?;
    let bytes = std::fs::read(&path).map_err(|e| Problem::unreadable(&path, &e))?;
    let raw = match decoded(name, &bytes) {
        Ok(document) if is_edited(document.form) => document.text,
        Ok(_) => return Err(Problem::error(Exit::Refused, Say::new("desk-not-text").with("file", name))),
        // What was emptied is opened all the same.
        Err(_) if bytes.iter().all(u8::is_ascii_whitespace) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(problem) => return Err(problem),
    };
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    Ok(OnDisk { version: sha256_hex(text.as_bytes()), text, bytes, raw })
}

fn decoded(name: &str, bytes: &[u8]) -> Result<Document, Problem> {
    read_source(FileId(0), name, bytes).map_err(|e| Problem::of_source(name, bytes, &e))
}

pub(super) fn read(desk: &Inner, asked: Named, _: &Catalog) -> Answer {
    let there = on_disk(desk, &asked.file)?;
    // The first version one can go back to is what was there before the desk.
    history::keep(&desk.folder, &asked.file, &there.text, "open")?;
    Ok(Reply::Json(json!({ "text": there.text, "version": there.version })))
}

/// Which text the file has now.
pub(super) fn state(desk: &Inner, asked: Named, _: &Catalog) -> Answer {
    let there = on_disk(desk, &asked.file)?;
    Ok(Reply::Json(json!({ "version": there.version })))
}

#[derive(Deserialize)]
pub(super) struct Save {
    file: String,
    /// The version the text began with.
    base: String,
    /// What it began with, so that two texts of it can be put together.
    #[serde(default)]
    began: Option<String>,
    text: String,
    /// Why: `edit`, `fix`, `standard`, `restore`, `merge`.
    #[serde(default)]
    why: Option<String>,
}

pub(super) fn save(desk: &Inner, save: Save, _: &Catalog) -> Answer {
    let _one = desk.books.writing();
    let wanted = sha256_hex(save.text.as_bytes());
    if desk.folder.is_gone(&save.file)? {
        // Whoever took the file away did not take the text from the one who writes it.
        put(Path::new(&save.file), save.text.as_bytes())?;
        return Ok(Reply::Json(json!({ "version": wanted, "notice": false })));
    }
    let there = on_disk(desk, &save.file)?;
    if there.version != save.base && there.version != wanted {
        return Err(changed(&save, &there));
    }
    let told = write(desk, &save.file, &there, &save.text, save.why.as_deref().unwrap_or("edit"))?;
    Ok(Reply::Json(json!({ "version": wanted, "notice": told })))
}

/// Somebody else wrote the file: what there is, and both texts together where that can be.
fn changed(save: &Save, there: &OnDisk) -> Refusal {
    let began = save.began.as_deref().filter(|text| sha256_hex(text.as_bytes()) == save.base);
    let (merged, marked) = match began.map(|began| diffy::merge(began, &save.text, &there.text)) {
        Some(Ok(text)) => (Value::from(text), Value::Null),
        Some(Err(text)) => (Value::Null, Value::from(text)),
        None => (Value::Null, Value::Null),
    };
    let say = Say::new("desk-changed-on-disk").with("file", &save.file);
    Refusal::new(StatusCode::CONFLICT, say).with(json!({
        "text": there.text,
        "version": there.version,
        "merged": merged,
        "marked": marked,
    }))
}

/// Puts a text in the place of what is there, which is kept; whether the encoding had to become UTF-8.
pub(super) fn write(
    desk: &Inner,
    name: &str,
    there: &OnDisk,
    text: &str,
    why: &str,
) -> Result<bool, Problem> {
    if why != "edit" {
        history::keep(&desk.folder, name, &there.text, "edit")?;
    }
    let path = desk.folder.existing(name)?;
    let path = path.canonicalize().map_err(|e| Problem::unreadable(&path, &e))?;
    let raw = with_ends(text, &there.raw);
    let like =
        encode_like(&raw, &there.bytes).filter(|bytes| decoded(name, bytes).is_ok_and(|d| d.text == raw));
    let is_other = like.is_none() && std::str::from_utf8(&there.bytes).is_err();
    let bytes = like.unwrap_or_else(|| raw.clone().into_bytes());
    put(&path, &bytes)?;
    history::keep(&desk.folder, name, text, why)?;
    Ok(is_other)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    build::put_new(folder, &[(name, bytes)], true).into_iter().try_for_each(|p| p.map(|_| ()))
}

/// A text with the line ends that most lines of the file have.
fn with_ends(text: &str, like: &str) -> String {
    let crlf = like.matches("\r\n").count();
    if crlf > 0 && crlf * 2 > like.matches('\n').count() {
        text.replace('\n', "\r\n")
    } else {
        text.to_owned()
    }
}

pub(super) fn history(desk: &Inner, asked: Named, _: &Catalog) -> Answer {
    desk.folder.existing(&asked.file)?;
    Ok(Reply::Json(json!({ "versions": history::versions(&desk.folder, &asked.file)? })))
}

#[derive(Deserialize)]
pub(super) struct Earlier {
    file: String,
    number: u64,
}

pub(super) fn version(desk: &Inner, asked: Earlier, _: &Catalog) -> Answer {
    desk.folder.existing(&asked.file)?;
    let text = history::text(&desk.folder, &asked.file, asked.number)?;
    let missing = || Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-version"));
    Ok(Reply::Json(json!({ "text": text.ok_or_else(missing)? })))
}

//! The settings as a form: its fields are keys of the manifest, their kinds come from the manifest's schema, and
//! what is filled in is written into `jianbao.toml`, comments and all else left as they are.

use std::path::Path;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use toml_edit::{Array, DocumentMut, Item, Table, value};

use crate::build::{Problem, put_new};
use crate::config::{Config, Layer, manifest_schema, resolve};
use crate::desk::book::found;
use crate::desk::history;
use crate::desk::reply::{Answer, Refusal, Reply, defect};
use crate::desk::server::Inner;
use crate::desk::source::Named;
use crate::hash::sha256_hex;
use crate::messages::{Catalog, Lang, Say};
use crate::render::Templates;

const MANIFEST: &str = "jianbao.toml";

/// A group of fields: the word over it, and keys with the word of each.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

/// The form. Keys that no form needs are set in the file.
static GROUPS: &[Group] = &[
    (
        "desk-group-briefing",
        &[
            ("briefing.name", "desk-key-name"),
            ("briefing.number", "desk-key-number"),
            ("briefing.issuer", "desk-key-issuer"),
            ("briefing.date", "desk-key-date"),
            ("briefing.title", "desk-key-title"),
            ("briefing.event", "desk-key-event"),
            ("briefing.status", "desk-key-status"),
            ("briefing.signer", "desk-key-signer"),
            ("briefing.proofreader", "desk-key-proofreader"),
            ("briefing.security", "desk-key-security"),
            ("briefing.urgency", "desk-key-urgency"),
            ("briefing.head", "desk-key-head"),
        ],
    ),
    (
        "desk-group-distribution",
        &[
            ("distribution.report", "desk-key-report"),
            ("distribution.send", "desk-key-send"),
            ("distribution.issue", "desk-key-issue"),
            ("distribution.copies", "desk-key-copies"),
        ],
    ),
    ("desk-group-print", &[("print.profile", "desk-key-profile"), ("output_name", "desk-key-output-name")]),
    (
        "desk-group-fonts",
        &[
            ("fonts.title", "desk-key-font-title"),
            ("fonts.fang", "desk-key-font-fang"),
            ("fonts.kai", "desk-key-font-kai"),
            ("fonts.hei", "desk-key-font-hei"),
            ("fonts.song", "desk-key-font-song"),
            ("fonts.system", "desk-key-font-system"),
        ],
    ),
    ("desk-group-excerpt", &[("excerpt.return_to", "desk-key-return-to"), ("excerpt.due", "desk-key-due")]),
];

/// The manifest of a file's book, as text; empty where there is none yet.
struct Manifest {
    path: std::path::PathBuf,
    text: String,
}

impl Manifest {
    fn of(desk: &Inner, name: &str) -> Result<Self, Problem> {
        let found = found(&desk.folder, name)?.0;
        let path = found.manifest.map_or_else(|| Path::new(MANIFEST).to_owned(), |m| m.path);
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
                Problem::error(
                    crate::build::Exit::Io,
                    Say::new("desk-manifest-encoding").with("file", path.display()),
                )
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(Problem::unreadable(&path, &e)),
        };
        Ok(Self { path, text })
    }

    fn version(&self) -> String {
        sha256_hex(self.text.as_bytes())
    }

    fn values(&self) -> Result<Config, Problem> {
        let layer = Layer::toml(&self.path, &self.text, 0..self.text.len()).map_err(Problem::of_config)?;
        resolve(&[layer], Path::new(".")).map_err(Problem::of_config)
    }
}

/// The form with what is set.
pub(super) fn read(desk: &Inner, asked: Named, catalog: &Catalog) -> Answer {
    let manifest = Manifest::of(desk, &asked.file)?;
    let values = serde_json::to_value(manifest.values()?).map_err(defect)?;
    let schema = serde_json::to_value(manifest_schema()).map_err(defect)?;
    let groups: Vec<Value> = GROUPS
        .iter()
        .map(|(word, keys)| {
            let fields = keys.iter().map(|(key, word)| field(key, word, &schema, &values, catalog));
            json!({ "label": say(catalog, word), "fields": fields.collect::<Vec<_>>() })
        })
        .collect();
    Ok(Reply::Json(json!({
        "file": manifest.path.display().to_string(),
        "version": manifest.version(),
        "groups": groups,
    })))
}

fn say(catalog: &Catalog, id: &'static str) -> String {
    catalog.say(&Say { id, args: Vec::new() })
}

fn field(key: &str, word: &'static str, schema: &Value, values: &Value, catalog: &Catalog) -> Value {
    let pointer = format!("/{}", key.replace('.', "/"));
    let value = values.pointer(&pointer).cloned().unwrap_or(Value::Null);
    let property = property(schema, key);
    let mut choices = choices(schema, property, catalog);
    if key == "print.profile" {
        choices = profiles();
    }
    let kind = match property.map(|p| kind(schema, p)) {
        _ if !choices.is_empty() => "choice",
        Some(kind) => kind,
        None => "text",
    };
    json!({ "key": key, "label": say(catalog, word), "kind": kind, "choices": choices, "value": value })
}

/// The schema of a dotted key.
fn property<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    let mut at = schema;
    for part in key.split('.') {
        at = followed(schema, at).get("properties")?.get(part)?;
    }
    Some(at)
}

/// A schema without the reference, and without the null beside it.
fn followed<'a>(schema: &'a Value, at: &'a Value) -> &'a Value {
    let mut at = at;
    for _ in 0..8 {
        let alternatives = at.get("anyOf").and_then(Value::as_array);
        let some = alternatives.and_then(|a| a.iter().find(|s| s.get("type") != Some(&json!("null"))));
        let reference =
            at.get("$ref").and_then(Value::as_str).and_then(|r| schema.pointer(r.trim_start_matches('#')));
        match reference.or(some) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

fn kind(schema: &Value, property: &Value) -> &'static str {
    let of = followed(schema, property).get("type");
    let is = |name: &str| match of {
        Some(Value::String(own)) => own == name,
        Some(Value::Array(list)) => list.iter().any(|own| own == name),
        _ => false,
    };
    match () {
        () if is("boolean") => "flag",
        () if is("string") => "text",
        () if is("integer") || is("number") => "number",
        () if is("array") => "list",
        () => "text",
    }
}

fn choices(schema: &Value, property: Option<&Value>, catalog: &Catalog) -> Vec<Value> {
    let Some(property) = property else { return Vec::new() };
    let list = followed(schema, property).get("oneOf").and_then(Value::as_array);
    let choice = |one: &Value| {
        let value = one.get("const")?.clone();
        let described = one.get("description").filter(|_| catalog.lang() == Lang::Zh);
        let label = described.cloned().unwrap_or_else(|| value.clone());
        Some(json!({ "value": value, "label": label }))
    };
    list.into_iter().flatten().filter_map(choice).collect()
}

fn profiles() -> Vec<Value> {
    let templates = Templates::default();
    let names = templates.under("profiles/").into_iter();
    let names = names.filter_map(|path| path.strip_prefix("profiles/")?.strip_suffix(".toml"));
    names.map(|name| json!({ "value": name, "label": name })).collect()
}

#[derive(Deserialize)]
pub(super) struct Save {
    file: String,
    version: String,
    /// Dotted keys with their new values; null takes a key out.
    changes: Map<String, Value>,
}

pub(super) fn save(desk: &Inner, save: Save, _: &Catalog) -> Answer {
    let _one = desk.books.writing();
    let manifest = Manifest::of(desk, &save.file)?;
    if manifest.version() != save.version {
        let say = Say::new("desk-settings-changed").with("file", manifest.path.display());
        return Err(Refusal::new(StatusCode::CONFLICT, say));
    }
    let text = changed(&manifest.text, &save.changes)?;
    let new = Manifest { path: manifest.path, text };
    new.values()?;
    let name = new.path.display().to_string();
    if !manifest.text.is_empty() {
        history::keep(&desk.folder, &name, &manifest.text, "settings")?;
    }
    if let Ok(real) = new.path.canonicalize() {
        desk.folder.hold(&real)?;
    }
    let folder = new.path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    let file = new.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    put_new(folder, &[(file, new.text.as_bytes())], true).into_iter().try_for_each(|p| p.map(|_| ()))?;
    Ok(Reply::Json(json!({ "version": new.version() })))
}

/// The text of a manifest with some keys changed.
fn changed(text: &str, changes: &Map<String, Value>) -> Result<String, Problem> {
    let mut document: DocumentMut = text.parse().map_err(defect)?;
    // In the order of the form, which is that of a manifest people write.
    for key in GROUPS.iter().flat_map(|(_, keys)| keys.iter().map(|(key, _)| *key)) {
        let Some(new) = changes.get(key) else { continue };
        let (table, name) = key.split_once('.').unwrap_or(("", key));
        let item = item(new);
        let place: &mut Table = match table {
            "" => document.as_table_mut(),
            table => {
                if item.is_none() && !document.contains_key(table) {
                    continue;
                }
                let there = document.entry(table).or_insert_with(toml_edit::table);
                there.as_table_mut().ok_or_else(|| defect(format!("`{table}` is no table")))?
            }
        };
        match item {
            // What stands behind a value stays.
            Some(Item::Value(mut new)) => match place.get_mut(name).and_then(Item::as_value_mut) {
                Some(old) => {
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                None => _ = place.insert(name, Item::Value(new)),
            },
            Some(other) => _ = place.insert(name, other),
            None => _ = place.remove(name),
        }
    }
    Ok(document.to_string())
}

/// A value as TOML; nothing for what is empty.
fn item(new: &Value) -> Option<Item> {
    match new {
        Value::String(text) if !text.trim().is_empty() => Some(value(text.trim())),
        Value::Bool(flag) => Some(value(*flag)),
        Value::Number(number) => number.as_i64().map(value),
        Value::Array(list) => {
            let texts: Array =
                list.iter().filter_map(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).collect();
            (!texts.is_empty()).then(|| value(texts))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_manifest_keeps_its_comments() {
        let text = "# 我们的\nsources = [\"a.md\"]\n\n[briefing] # 报头\nname = \"甲\" # 名称\n";
        let changes = json!({
            "briefing.name": "乙", "briefing.number": "12", "distribution.report": ["省政协", " "],
            "distribution.copies": 30, "fonts.system": null, "nobody.asked": "x",
        });
        let new = changed(text, changes.as_object().unwrap()).unwrap();
        assert_eq!(
            new,
            "# 我们的\nsources = [\"a.md\"]\n\n[briefing] # 报头\nname = \"乙\" # 名称\nnumber = \"12\"\n\n\
             [distribution]\nreport = [\"省政协\"]\ncopies = 30\n"
        );
        let without = json!({ "briefing.number": "", "briefing.name": null, "distribution.report": [] });
        assert_eq!(
            changed(&new, without.as_object().unwrap()).unwrap(),
            "# 我们的\nsources = [\"a.md\"]\n\n[briefing] # 报头\n\n[distribution]\ncopies = 30\n"
        );
    }

    #[test]
    fn every_field_has_a_kind() {
        let schema = serde_json::to_value(manifest_schema()).unwrap();
        let kind_of = |key| property(&schema, key).map(|p| kind(&schema, p));
        for key in GROUPS.iter().flat_map(|(_, keys)| keys.iter().map(|(key, _)| *key)) {
            assert!(kind_of(key).is_some(), "{key} is no key of the manifest");
        }
        assert_eq!(kind_of("distribution.report"), Some("list"));
        assert_eq!(kind_of("distribution.copies"), Some("number"));
        assert_eq!(kind_of("fonts.system"), Some("flag"));
        assert_eq!(kind_of("briefing.number"), Some("text"));
        let head = property(&schema, "briefing.head");
        assert_eq!(choices(&schema, head, &Catalog::new(Lang::En)).len(), 2);
        assert!(profiles().len() >= 6);
    }
}

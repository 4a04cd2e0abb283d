//! Merging layers and giving the result its types.

use std::path::Path;

use schemars::Schema;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::config::layer::{Entry, Kind, Node};
use crate::config::{Config, ConfigError, Expected, Layer, Place};

/// The JSON Schema of the manifest.
#[must_use]
pub fn manifest_schema() -> Schema {
    schemars::schema_for!(Config)
}

/// Merges `layers`, the later over the earlier, key by key; lists are replaced, not joined.
///
/// `base` is the folder relative paths start from.
///
/// # Errors
/// The first unknown key, wrong value, or size that cannot be, with its place.
pub fn resolve(layers: &[Layer], base: &Path) -> Result<Config, ConfigError> {
    let mut config: Config = typed(layers, &manifest_schema())?;
    config.base = base.to_owned();
    match config.press.misfit() {
        None => Ok(config),
        Some((key, misfit)) => {
            Err(ConfigError::Misfit { key: key.to_owned(), misfit, place: place_of(layers, key) })
        }
    }
}

/// Merges `layers` and gives the result the type that `schema` describes.
pub(super) fn typed<T: DeserializeOwned>(layers: &[Layer], schema: &Schema) -> Result<T, ConfigError> {
    let schema = schema.as_value();
    let mut merged = Table::new();
    for layer in layers {
        let mut path = Vec::new();
        check_keys(&layer.root, schema, schema, layer, &mut path)?;
        merge(&mut merged, &layer.root);
    }
    serde_path_to_error::deserialize(Value::Table(merged)).map_err(|e| {
        let key = e.path().to_string();
        let message = e.into_inner().message().trim().to_owned();
        let expected = expected(schema, &key);
        ConfigError::WrongValue { place: place_of(layers, &key), key, expected, message }
    })
}

/// Where the last of `layers` that sets a key sets it.
pub(super) fn place_of(layers: &[Layer], key: &str) -> Option<Box<Place>> {
    layers.iter().rev().find_map(|l| find(&l.root, key).and_then(|node| l.place(&node.range)))
}

/// Follows `$ref` and the `anyOf` of an optional value to the schema of a table.
fn table_schema<'a>(schema: &'a serde_json::Value, root: &'a serde_json::Value) -> &'a serde_json::Value {
    if let Some(name) = schema.get("$ref").and_then(|r| r.as_str()).and_then(|r| r.rsplit('/').next()) {
        return root.get("$defs").and_then(|d| d.get(name)).unwrap_or(schema);
    }
    if let Some(options) = schema.get("anyOf").and_then(|o| o.as_array())
        && let Some(option) = options.iter().find(|o| o.get("$ref").is_some())
    {
        return table_schema(option, root);
    }
    schema
}

/// What the schema says a key such as `print.parts[1]` takes.
fn expected(root: &serde_json::Value, key: &str) -> Option<Expected> {
    let mut here = root;
    for step in key.split(['.', '[']) {
        here = table_schema(here, root);
        here = match step.strip_suffix(']') {
            Some(_) => here.get("items")?,
            None => here.get("properties").and_then(|p| p.get(step)).or(here.get("additionalProperties"))?,
        };
    }
    let here = table_schema(here, root);
    let words = |list: &serde_json::Value| -> Vec<String> {
        let words = list.as_array().into_iter().flatten();
        words.filter_map(|w| w.as_str().or_else(|| w.get("const")?.as_str())).map(str::to_owned).collect()
    };
    for list in ["enum", "oneOf"] {
        let found = here.get(list).map(words).unwrap_or_default();
        if !found.is_empty() {
            return Some(Expected::OneOf(found));
        }
    }
    let kinds = here.get("type")?;
    let is = |kind: &str| kinds == kind || kinds.as_array().is_some_and(|k| k.iter().any(|k| k == kind));
    [
        ("array", Expected::List),
        ("boolean", Expected::Flag),
        ("integer", Expected::Number),
        ("number", Expected::Decimal),
        ("string", Expected::Text),
        ("object", Expected::Table),
    ]
    .into_iter()
    .find_map(|(kind, expected)| is(kind).then_some(expected))
}

fn check_keys(
    node: &Node,
    schema: &serde_json::Value,
    root: &serde_json::Value,
    layer: &Layer,
    path: &mut Vec<String>,
) -> Result<(), ConfigError> {
    let Kind::Table(entries) = &node.kind else { return Ok(()) };
    let schema = table_schema(schema, root);
    let Some(known) = schema.get("properties").and_then(|p| p.as_object()) else {
        // Tables of any name, such as `profile.NAME`.
        let Some(any) = schema.get("additionalProperties") else { return Ok(()) };
        for entry in entries {
            path.push(entry.key.clone());
            check_keys(&entry.value, any, root, layer, path)?;
            path.pop();
        }
        return Ok(());
    };
    for entry in entries {
        path.push(entry.key.clone());
        let Some(inner) = known.get(&entry.key) else {
            return Err(unknown(entry, known, root, layer, path));
        };
        check_keys(&entry.value, inner, root, layer, path)?;
        path.pop();
    }
    Ok(())
}

fn unknown(
    entry: &Entry,
    known: &serde_json::Map<String, serde_json::Value>,
    root: &serde_json::Value,
    layer: &Layer,
    path: &[String],
) -> ConfigError {
    let here = path[..path.len() - 1].join(".");
    let dotted = |key: &str| if here.is_empty() { key.to_owned() } else { format!("{here}.{key}") };
    // A key in the wrong table is as common as a slip of the finger.
    let elsewhere = || {
        let tables = root.get("properties")?.as_object()?;
        tables.iter().find_map(|(table, schema)| {
            let keys = table_schema(schema, root).get("properties")?.as_object()?;
            keys.contains_key(&entry.key).then(|| format!("{table}.{}", entry.key))
        })
    };
    let nearest = known
        .keys()
        .map(|k| (strsim::jaro_winkler(k, &entry.key), k))
        .filter(|(similarity, _)| *similarity > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| dotted(k));
    ConfigError::UnknownKey {
        key: path.join("."),
        nearest: nearest.or_else(elsewhere),
        place: layer.place(&entry.key_range),
    }
}

fn merge(into: &mut Table, node: &Node) {
    let Kind::Table(entries) = &node.kind else { return };
    for entry in entries {
        match (&entry.value.kind, into.get_mut(&entry.key)) {
            (Kind::Table(_), Some(Value::Table(table))) => merge(table, &entry.value),
            _ => {
                into.insert(entry.key.clone(), value_of(&entry.value));
            }
        }
    }
}

pub(super) fn value_of(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(value) => value.clone(),
        Kind::Array(items) => Value::Array(items.iter().map(value_of).collect()),
        Kind::Table(_) => {
            let mut table = Table::new();
            merge(&mut table, node);
            Value::Table(table)
        }
    }
}

/// The node a path such as `print.parts[1]` leads to, or the last that exists on the way.
fn find<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    let mut here = node;
    let mut moved = false;
    for step in path.split(['.', '[']).map(|s| s.trim_end_matches(']')) {
        let next = match &here.kind {
            Kind::Table(entries) => entries.iter().find(|e| e.key == step).map(|e| &e.value),
            Kind::Array(items) => step.parse().ok().and_then(|k: usize| items.get(k)),
            Kind::Scalar(_) => None,
        };
        match next {
            Some(next) => {
                here = next;
                moved = true;
            }
            None => break,
        }
    }
    moved.then_some(here)
}

impl Config {
    /// Where the last of `layers` that sets a key sets it.
    #[must_use]
    pub fn place_of(layers: &[Layer], key: &str) -> Option<Box<Place>> {
        place_of(layers, key)
    }

    /// An error about a setting that is well-formed but cannot be used, at the place of `key` in
    /// the last of `layers` that sets it.
    #[must_use]
    pub fn wrong_value(layers: &[Layer], key: &str, message: impl Into<String>) -> ConfigError {
        let place = place_of(layers, key);
        ConfigError::WrongValue { key: key.to_owned(), expected: None, message: message.into(), place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Result<Config, ConfigError> {
        resolve(&[Layer::toml("jianbao.toml", text, 0..text.len())?], Path::new("/x"))
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        let text = "[briefing]\nnmae = '政协简报'\n";
        let Err(ConfigError::UnknownKey { key, nearest, place }) = config(text) else { panic!() };
        assert_eq!((key.as_str(), nearest.as_deref()), ("briefing.nmae", Some("briefing.name")));
        assert_eq!(&text[place.unwrap().range], "nmae");
    }

    #[test]
    fn a_key_in_the_wrong_table_is_shown_its_own() {
        let Err(ConfigError::UnknownKey { nearest, .. }) = config("issuer = '办公厅'\n") else { panic!() };
        assert_eq!(nearest.as_deref(), Some("briefing.issuer"));
    }

    #[test]
    fn a_wrong_type_names_key_and_place() {
        let text = "[fonts]\nsystem = 'yes'\n";
        let Err(ConfigError::WrongValue { key, place, expected, .. }) = config(text) else { panic!() };
        assert_eq!((key.as_str(), expected), ("fonts.system", Some(Expected::Flag)));
        assert_eq!(&text[place.unwrap().range], "'yes'");
    }

    #[test]
    fn what_a_key_takes_is_read_from_the_schema() {
        let of = |text: &str| match config(text) {
            Err(ConfigError::WrongValue { expected, .. }) => expected,
            other => panic!("{other:?}"),
        };
        assert_eq!(of("sources = 'a.md'\n"), Some(Expected::List));
        assert_eq!(of("[distribution]\ncopies = 'viele'\n"), Some(Expected::Number));
        assert_eq!(of("briefing = 3\n"), Some(Expected::Table));
        assert_eq!(of("[briefing]\nname = 3\n"), Some(Expected::Text));
        let levels = ["error", "warning", "info", "off"].map(String::from).to_vec();
        assert_eq!(of("[check.severity]\n'text/unit' = 'bad'\n"), Some(Expected::OneOf(levels)));
        let parts = ["cover", "head", "contents", "index", "parties"].map(String::from).to_vec();
        assert_eq!(of("[print]\nparts = ['x']\n"), Some(Expected::OneOf(parts)));
    }

    #[test]
    fn later_layers_win_key_by_key() {
        let manifest = "[briefing]\nname = '简报'\nnumber = 3\ndate = 2026-01-07\n";
        let front = "---\nbriefing:\n  number: 4\n---\n";
        let layers = [
            Layer::toml("jianbao.toml", manifest, 0..manifest.len()).unwrap(),
            Layer::yaml("a.md", front, 4..front.len() - 4).unwrap(),
            Layer::setting("briefing.event=第五次会议").unwrap(),
        ];
        let config = resolve(&layers, Path::new("/x")).unwrap();
        assert_eq!(config.briefing.name.as_deref(), Some("简报"));
        assert_eq!(config.briefing.number.as_deref(), Some("4"));
        assert_eq!(config.briefing.date.as_deref(), Some("2026-01-07"));
        assert_eq!(config.briefing.event.as_deref(), Some("第五次会议"));
    }

    #[test]
    fn places_in_yaml_are_bytes_of_the_file() {
        let front = "---\nbriefing:\n  issuer: 办公厅\n  numbr: 4\n---\n";
        let layer = Layer::yaml("a.md", front, 4..front.len() - 4).unwrap();
        let Err(ConfigError::UnknownKey { place, .. }) = resolve(&[layer], Path::new("/")) else { panic!() };
        assert_eq!(&front[place.unwrap().range], "numbr");
    }
}

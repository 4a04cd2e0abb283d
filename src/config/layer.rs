//! One layer of settings as data, with the place of every key.

use std::ops::Range;
use std::path::PathBuf;

use toml::Value;

use crate::config::Misfit;

/// Where a setting stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file as the user knows it.
    pub file: PathBuf,
    /// The file's text.
    pub text: String,
    /// Bytes of the key or value in `text`.
    pub range: Range<usize>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Not TOML, or not YAML.
    #[error("{message}")]
    Syntax {
        /// The parser's words.
        message: String,
        /// Where.
        place: Option<Box<Place>>,
    },
    /// A key that does not exist.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The dotted key.
        key: String,
        /// The nearest key that exists, dotted.
        nearest: Option<String>,
        /// Where; absent for a command-line setting.
        place: Option<Box<Place>>,
    },
    /// A value of the wrong kind.
    #[error("`{key}`: {message}")]
    WrongValue {
        /// The dotted key.
        key: String,
        /// What the key takes, when its schema says so.
        expected: Option<Expected>,
        /// What is wrong, in the reader's words.
        message: String,
        /// Where; absent for a command-line setting.
        place: Option<Box<Place>>,
    },
    /// A size that makes no page.
    #[error("`{key}`: {misfit}")]
    Misfit {
        /// The dotted key.
        key: String,
        /// Why.
        misfit: Misfit,
        /// Where; absent for a command-line setting.
        place: Option<Box<Place>>,
    },
    /// A profile that nobody has.
    #[error("no profile `{name}`")]
    NoProfile {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
        /// Where it is named; absent for a command-line setting.
        place: Option<Box<Place>>,
    },
    /// Profiles that extend each other in a circle.
    #[error("profile `{name}` extends itself")]
    ProfileCircle {
        /// One of them.
        name: String,
    },
    /// `--set` without `=`.
    #[error("`{argument}` is not key=value")]
    NotASetting {
        /// What was given.
        argument: String,
    },
}

/// What a key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A list of texts.
    List,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A number.
    Decimal,
    /// `true` or `false`.
    Flag,
    /// A table of keys.
    Table,
    /// One of some words.
    OneOf(Vec<String>),
}

/// A value with its place in the text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Table(Vec<Entry>),
    Array(Vec<Node>),
    Scalar(Value),
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_range: Range<usize>,
    pub(super) value: Node,
}

/// Settings of one origin, not yet checked.
#[derive(Debug, Clone)]
pub struct Layer {
    pub(super) root: Node,
    pub(super) origin: Option<(PathBuf, String)>,
}

impl Layer {
    /// Reads TOML: a manifest, or front matter between `+++` lines.
    ///
    /// `text` is the whole file and `part` the bytes of it that are TOML, so that places are those
    /// of the file.
    ///
    /// # Errors
    /// When `part` is not TOML.
    pub fn toml(file: impl Into<PathBuf>, text: &str, part: Range<usize>) -> Result<Self, ConfigError> {
        let file = file.into();
        let shift = part.start;
        let table = toml::de::DeTable::parse(&text[part.clone()]).map_err(|e| {
            let range = e.span().map_or(part.clone(), |r| r.start + shift..r.end + shift);
            let place = Place { file: file.clone(), text: text.to_owned(), range };
            ConfigError::Syntax { message: e.message().to_owned(), place: Some(Box::new(place)) }
        })?;
        let range = table.span();
        let root =
            Node { range: range.start + shift..range.end + shift, kind: of_table(table.get_ref(), shift) };
        Ok(Self { root, origin: Some((file, text.to_owned())) })
    }

    /// Reads YAML front matter between `---` lines; `part` as in [`Layer::toml`].
    ///
    /// # Errors
    /// When `part` is not a YAML mapping.
    pub fn yaml(file: impl Into<PathBuf>, text: &str, part: Range<usize>) -> Result<Self, ConfigError> {
        use saphyr::LoadableYamlNode;
        let file = file.into();
        let syntax = |message: String, range: Range<usize>| ConfigError::Syntax {
            message,
            place: Some(Box::new(Place { file: file.clone(), text: text.to_owned(), range })),
        };
        let chars = CharOffsets::new(&text[part.clone()], part.start);
        let documents = saphyr::MarkedYaml::load_from_str(&text[part.clone()])
            .map_err(|e| syntax(e.info().to_owned(), chars.byte(e.marker().index())..part.end))?;
        let root = match documents.first() {
            None => Node { range: part.clone(), kind: Kind::Table(Vec::new()) },
            Some(node) => of_yaml(node, &chars).map_err(|(m, r)| syntax(m, r))?,
        };
        if let Kind::Scalar(Value::String(text)) = &root.kind
            && text.is_empty()
        {
            return Ok(Self { root: Node { range: part, kind: Kind::Table(Vec::new()) }, origin: None });
        }
        if !matches!(root.kind, Kind::Table(_)) {
            return Err(syntax("key: value lines expected".into(), root.range));
        }
        Ok(Self { root, origin: Some((file, text.to_owned())) })
    }

    /// One `--set key=value`; the value is read as TOML where it is TOML, else as plain text.
    ///
    /// # Errors
    /// When there is no `=` or no key.
    pub fn setting(argument: &str) -> Result<Self, ConfigError> {
        let wrong = || ConfigError::NotASetting { argument: argument.to_owned() };
        let (key, value) = argument.split_once('=').ok_or_else(wrong)?;
        if key.split('.').any(|k| k.trim().is_empty()) {
            return Err(wrong());
        }
        let plain = || Value::String(value.to_owned());
        let parsed = format!("v = {value}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("v"));
        let mut node = of_value(parsed.unwrap_or_else(plain));
        for part in key.rsplit('.') {
            let entry = Entry { key: part.trim().to_owned(), key_range: 0..0, value: node };
            node = Node { range: 0..0, kind: Kind::Table(vec![entry]) };
        }
        Ok(Self { root: node, origin: None })
    }

    /// The settings as [`Layer::setting`] reads them, each `key=value` with its value in TOML.
    #[must_use]
    pub fn to_settings(&self) -> Vec<String> {
        fn leaves(node: &Node, key: &str, out: &mut Vec<String>) {
            match &node.kind {
                Kind::Table(entries) => {
                    for entry in entries {
                        let inner =
                            if key.is_empty() { entry.key.clone() } else { format!("{key}.{}", entry.key) };
                        leaves(&entry.value, &inner, out);
                    }
                }
                Kind::Array(_) | Kind::Scalar(_) => {
                    out.push(format!("{key}={}", super::resolve::value_of(node)))
                }
            }
        }
        let mut out = Vec::new();
        leaves(&self.root, "", &mut out);
        out
    }

    /// The same settings, of which no place is told: nobody wrote them.
    #[must_use]
    pub fn without_places(self) -> Self {
        Self { origin: None, ..self }
    }

    /// The table under a dotted key as a layer of its own, with its places.
    #[must_use]
    pub fn under(&self, key: &str) -> Option<Self> {
        let mut here = &self.root;
        for step in key.split('.') {
            let Kind::Table(entries) = &here.kind else { return None };
            here = &entries.iter().find(|e| e.key == step)?.value;
        }
        Some(Self { root: here.clone(), origin: self.origin.clone() })
    }

    /// The text a key is set to.
    #[must_use]
    pub fn text_of(&self, key: &str) -> Option<&str> {
        let Kind::Table(entries) = &self.root.kind else { return None };
        match &entries.iter().find(|e| e.key == key)?.value.kind {
            Kind::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn place(&self, range: &Range<usize>) -> Option<Box<Place>> {
        let (file, text) = self.origin.as_ref()?;
        Some(Box::new(Place { file: file.clone(), text: text.clone(), range: range.clone() }))
    }
}

fn of_table(table: &toml::de::DeTable<'_>, shift: usize) -> Kind {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        key_range: key.span().start + shift..key.span().end + shift,
        value: of_toml(value, shift),
    });
    Kind::Table(entries.collect())
}

fn of_toml(value: &toml::Spanned<toml::de::DeValue<'_>>, shift: usize) -> Node {
    use toml::de::DeValue;
    let range = value.span().start + shift..value.span().end + shift;
    let kind = match value.get_ref() {
        DeValue::Table(table) => of_table(table, shift),
        DeValue::Array(items) => Kind::Array(items.iter().map(|v| of_toml(v, shift)).collect()),
        DeValue::String(s) => Kind::Scalar(Value::String(s.to_string())),
        DeValue::Boolean(b) => Kind::Scalar(Value::Boolean(*b)),
        // A bare TOML date is the text it is written as: dates are printed, not reckoned with.
        DeValue::Datetime(d) => Kind::Scalar(Value::String(d.to_string())),
        DeValue::Integer(i) => Kind::Scalar(match i64::from_str_radix(i.as_str(), i.radix()) {
            Ok(n) => Value::Integer(n),
            Err(_) => Value::String(i.as_str().to_owned()),
        }),
        DeValue::Float(f) => Kind::Scalar(match f.as_str().parse() {
            Ok(n) => Value::Float(n),
            Err(_) => Value::String(f.as_str().to_owned()),
        }),
    };
    Node { range, kind }
}

fn of_value(value: Value) -> Node {
    let kind = match value {
        Value::Table(table) => Kind::Table(
            table.into_iter().map(|(key, v)| Entry { key, key_range: 0..0, value: of_value(v) }).collect(),
        ),
        Value::Array(items) => Kind::Array(items.into_iter().map(of_value).collect()),
        Value::Datetime(d) => Kind::Scalar(Value::String(d.to_string())),
        scalar => Kind::Scalar(scalar),
    };
    Node { range: 0..0, kind }
}

/// Turns the YAML parser's character offsets into bytes of the whole file.
struct CharOffsets(Vec<usize>);

impl CharOffsets {
    fn new(part: &str, shift: usize) -> Self {
        Self(part.char_indices().map(|(at, _)| at + shift).chain([part.len() + shift]).collect())
    }

    fn byte(&self, char: usize) -> usize {
        self.0.get(char).or(self.0.last()).copied().unwrap_or_default()
    }
}

fn of_yaml(node: &saphyr::MarkedYaml<'_>, chars: &CharOffsets) -> Result<Node, (String, Range<usize>)> {
    use saphyr::{Scalar, YamlData};
    let range = chars.byte(node.span.start.index())..chars.byte(node.span.end.index());
    let kind = match &node.data {
        YamlData::Mapping(map) => {
            let mut entries = Vec::new();
            for (key, value) in map {
                let key_range = chars.byte(key.span.start.index())..chars.byte(key.span.end.index());
                let Some(key) = key.data.as_str() else {
                    return Err(("a key must be text".into(), key_range));
                };
                entries.push(Entry { key: key.to_owned(), key_range, value: of_yaml(value, chars)? });
            }
            Kind::Table(entries)
        }
        YamlData::Sequence(items) => {
            Kind::Array(items.iter().map(|v| of_yaml(v, chars)).collect::<Result<_, _>>()?)
        }
        YamlData::Value(Scalar::String(s)) => Kind::Scalar(Value::String(s.to_string())),
        YamlData::Value(Scalar::Boolean(b)) => Kind::Scalar(Value::Boolean(*b)),
        YamlData::Value(Scalar::Integer(i)) => Kind::Scalar(Value::Integer(*i)),
        YamlData::Value(Scalar::FloatingPoint(f)) => Kind::Scalar(Value::Float(f.into_inner())),
        YamlData::Value(Scalar::Null) => Kind::Scalar(Value::String(String::new())),
        _ => return Err(("only plain values, lists and tables are read here".into(), range)),
    };
    Ok(Node { range, kind })
}

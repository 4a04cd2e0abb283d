//! Templates: those built into the program, and the user's own over them.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Template texts by their path inside `templates/`, such as `epub/speech.xhtml`.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    own: BTreeMap<String, String>,
}

/// What is built in: path and text, as the backends of the registry have them.
fn embedded() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    super::FORMATS.iter().flat_map(|format| format.backend.templates())
}

impl Templates {
    /// The embedded templates, with `own` taking the place of those of the same path and adding
    /// the others.
    #[must_use]
    pub fn with_own(own: BTreeMap<String, String>) -> Self {
        Self { own }
    }

    /// A template's text.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Cow<'_, str>> {
        if let Some(text) = self.own.get(path) {
            return Some(Cow::Borrowed(text));
        }
        embedded().find(|(name, _)| *name == path).map(|(_, text)| Cow::Borrowed(*text))
    }

    /// Whether the user has templates of their own below a folder (`pdf/`).
    #[must_use]
    pub fn has_own(&self, folder: &str) -> bool {
        self.own.keys().any(|path| path.starts_with(folder))
    }

    /// The paths below a folder (`pdf/`), sorted, each once.
    #[must_use]
    pub fn under(&self, folder: &str) -> Vec<&str> {
        let mut paths: Vec<&str> = embedded()
            .map(|(name, _)| *name)
            .chain(self.own.keys().map(String::as_str))
            .filter(|name| name.starts_with(folder))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

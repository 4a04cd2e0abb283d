//! The sentences of one language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use crate::messages::Say;
use crate::messages::say::Arg;

/// A language jianbao speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lang {
    /// Chinese as written on the mainland.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of a tag such as `zh-CN` or `en_US.UTF-8`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_lowercase();
        if tag.starts_with("zh") {
            Some(Lang::Zh)
        } else if tag.starts_with("en") {
            Some(Lang::En)
        } else {
            None
        }
    }

    /// The language of the user's locale (`LC_ALL`, `LC_MESSAGES`, `LANG`, or the system's own
    /// setting); English where it is neither.
    #[must_use]
    pub fn of_locale() -> Self {
        sys_locale::get_locale().and_then(|tag| Self::of_tag(&tag)).unwrap_or(Lang::En)
    }

    /// The language's tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Lang::Zh => include_str!("zh-CN.ftl"),
            Lang::En => include_str!("en.ftl"),
        }
    }
}

/// The sentences of a language, ready to be filled in.
pub struct Catalog {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalog").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Catalog {
    /// Opens a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let tag = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![tag]);
        // The marks are for mixing writing directions; here they would be stray characters.
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(lang.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { lang, bundle }
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Fills in a sentence. An unknown id is said as it is.
    #[must_use]
    pub fn say(&self, say: &Say) -> String {
        let Some(pattern) = self.bundle.get_message(say.id).and_then(|m| m.value()) else {
            return say.id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in &say.args {
            match value {
                Arg::Text(text) => args.set(*name, FluentValue::from(text.as_str())),
                Arg::Count(count) => args.set(*name, FluentValue::from(*count)),
            }
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A sentence without data.
    #[must_use]
    pub fn plain(&self, id: &'static str) -> String {
        self.say(&Say::new(id))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Ids with the names of the values each takes, read from the file's own text.
    fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in lang.source().lines().filter(|l| !l.starts_with('#')) {
            if !line.starts_with([' ', '}']) && line.contains(" =") {
                current = line.split(" =").next().unwrap().to_owned();
                assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{current} stands twice");
            }
            for part in line.split('$').skip(1) {
                let name = part.chars().take_while(|c| c.is_alphanumeric()).collect();
                found.get_mut(&current).unwrap().insert(name);
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_data() {
        let (zh, en) = (ids(Lang::Zh), ids(Lang::En));
        assert!(zh.len() > 40);
        assert_eq!(zh, en);
    }

    #[test]
    fn both_files_are_well_formed() {
        for lang in [Lang::Zh, Lang::En] {
            let parsed = FluentResource::try_new(lang.source().to_owned());
            assert!(parsed.is_ok(), "{lang:?}: {:?}", parsed.err().map(|(_, e)| e));
        }
    }

    /// Every id that stands in the code as `Say::new("…")` or `plain("…")` has a sentence, and every
    /// sentence is said somewhere.
    #[test]
    fn ids_and_sentences_match_the_code() {
        let mut said = BTreeSet::new();
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    for id in ids(Lang::En).keys() {
                        if text.contains(&format!("\"{id}\"")) {
                            said.insert(id.clone());
                        }
                    }
                    for call in ["Say::new(\"", ".plain(\""] {
                        for part in text.split(call).skip(1) {
                            let id = part.split('"').next().unwrap();
                            assert!(
                                id == "…" || ids(Lang::En).contains_key(id),
                                "{id} in {}",
                                path.display()
                            );
                        }
                    }
                }
            }
        }
        let silent: Vec<_> = ids(Lang::En).into_keys().filter(|id| !said.contains(id)).collect();
        assert!(silent.is_empty(), "never said: {silent:?}");
    }
}

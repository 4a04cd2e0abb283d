//! What a part points at: pictures, links, notes, by the relation's id.

use std::collections::BTreeMap;

use crate::source::SourceError;

use super::package::Package;
use super::xml::{Event, Xml};

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the package, by its full name.
    Part(String),
    /// Something outside.
    Outside(String),
}

/// The relations of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: BTreeMap<String, (String, Target)>,
}

impl Relations {
    /// Those of the part `of`; the package's own for an empty name.
    pub(super) fn read(package: &mut Package<'_>, of: &str) -> Result<Self, SourceError> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            _ => format!("{folder}/_rels/{file}.rels"),
        };
        let Some(text) = package.text(&name)? else { return Ok(Self::default()) };
        let mut xml = Xml::new(&name, &text);
        let mut by_id = BTreeMap::new();
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            let (Some(id), Some(target)) = (tag.bare("Id"), tag.bare("Target")) else { continue };
            let kind = tag.bare("Type").and_then(|t| t.rsplit('/').next()).unwrap_or_default();
            let outside = tag.bare("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("external"));
            let target = match outside {
                true => Target::Outside(target.to_owned()),
                false => Target::Part(joined(folder, target)),
            };
            by_id.insert(id.to_owned(), (kind.to_owned(), target));
        }
        Ok(Self { by_id })
    }

    pub(super) fn target(&self, id: &str) -> Option<&Target> {
        self.by_id.get(id).map(|(_, target)| target)
    }

    /// All parts that relations of this kind lead to.
    pub(super) fn parts(&self, kind: &str) -> Vec<String> {
        let part = |(found, target): &(String, Target)| match target {
            Target::Part(name) if found == kind => Some(name.clone()),
            _ => None,
        };
        self.by_id.values().filter_map(part).collect()
    }

    /// The part that a relation of this kind (the last word of its type) leads to.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.by_id.values().find_map(|(found, target)| match target {
            Target::Part(name) if found == kind => Some(name.as_str()),
            _ => None,
        })
    }
}

/// A target relative to a folder, without `.` and `..`.
fn joined(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let joined = steps.join("/");
    percent_encoding::percent_decode_str(&joined)
        .decode_utf8()
        .map_or(joined.clone(), |name| name.into_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn targets_are_joined() {
        let joined = super::joined;
        assert_eq!(joined("word", "media/a.png"), "word/media/a.png");
        assert_eq!(joined("word", "/word/media/a.png"), "word/media/a.png");
        assert_eq!(joined("word", "../media/./a%20b.png"), "media/a b.png");
        assert_eq!(joined("", "../../word/document.xml"), "word/document.xml");
    }
}

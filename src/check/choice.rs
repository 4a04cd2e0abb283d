//! Which rules run, and how bad each is: what the settings and flags come to.

use crate::check::{RULES, Rule, Severity};
use crate::config::{self, Level};

/// The rules of a run.
#[derive(Debug, Clone)]
pub struct Choice {
    rules: Vec<Chosen>,
}

/// A rule of a run.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Chosen {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad the settings say it is, where they do.
    pub severity: Option<Severity>,
}

/// A name in the settings that no rule and no group has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule `{name}` in `{key}`")]
#[non_exhaustive]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// The dotted key it stands under, such as `check.select[1]`.
    pub key: String,
    /// The nearest name that exists.
    pub nearest: Option<&'static str>,
}

/// How exactly a name means a rule: the more exact of two wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Every,
    Group,
    Rule,
}

impl Choice {
    /// What the settings choose.
    ///
    /// # Errors
    /// The first name that does not exist.
    pub fn of(settings: &config::Check) -> Result<Self, UnknownRule> {
        let lists = [("select", &settings.select), ("ignore", &settings.ignore)];
        for (key, names) in lists {
            for (k, name) in names.iter().enumerate() {
                known(name).map_err(|nearest| unknown(name, format!("check.{key}[{k}]"), nearest))?;
            }
        }
        for name in settings.severity.keys() {
            known(name).map_err(|nearest| unknown(name, format!("check.severity.{name}"), nearest))?;
        }
        let rules = RULES.iter().copied().filter_map(|rule| {
            let level = level(settings, rule);
            let severity = match level {
                None => None,
                Some(Level::Error) => Some(Severity::Error),
                Some(Level::Warning) => Some(Severity::Warning),
                Some(Level::Info) => Some(Severity::Info),
                Some(Level::Off) => return None,
            };
            is_chosen(settings, rule).then_some(Chosen { rule, severity })
        });
        Ok(Self { rules: rules.collect() })
    }

    /// The rules in the order of the registry.
    pub fn iter(&self) -> impl Iterator<Item = &Chosen> {
        self.rules.iter()
    }

    /// Whether a rule runs.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.rules.iter().any(|c| c.rule.name == name)
    }

    pub(super) fn rules(&self) -> &[Chosen] {
        &self.rules
    }
}

fn is_chosen(settings: &config::Check, rule: &Rule) -> bool {
    let best = |names: &[String]| names.iter().filter_map(|n| meaning(n, rule)).max();
    let selected = match settings.select.is_empty() {
        true => rule.on.then_some(Exactness::Every),
        false => best(&settings.select),
    };
    selected > best(&settings.ignore)
}

fn level(settings: &config::Check, rule: &Rule) -> Option<Level> {
    let named = settings.severity.iter().filter_map(|(name, level)| Some((meaning(name, rule)?, *level)));
    named.max_by_key(|(exactness, _)| *exactness).map(|(_, level)| level)
}

/// Whether and how exactly a name means a rule.
fn meaning(name: &str, rule: &Rule) -> Option<Exactness> {
    match name {
        "all" => Some(Exactness::Every),
        "default" => rule.on.then_some(Exactness::Every),
        _ if name == rule.name => Some(Exactness::Rule),
        _ if name == rule.group() => Some(Exactness::Group),
        _ => None,
    }
}

/// Whether a name means `rule` by itself or by its group.
pub(super) fn means(name: &str, rule: &str) -> bool {
    name == rule || rule.split_once('/').is_some_and(|(group, _)| group == name)
}

/// Whether a name is that of a rule, of a group or of a set; else the nearest that is.
pub(super) fn known(name: &str) -> Result<(), Option<&'static str>> {
    let sets = ["all", "default"].into_iter();
    let names: Vec<&'static str> = RULES.iter().flat_map(|r| [r.name, r.group()]).chain(sets).collect();
    if names.contains(&name) {
        return Ok(());
    }
    let near = |known: &'static str| (strsim::jaro_winkler(known, name), known);
    // A rule named without its group is as common as a slip of the finger.
    let tail = RULES.iter().find(|r| r.name.rsplit('/').next() == Some(name)).map(|r| r.name);
    let nearest = names.into_iter().map(near).filter(|(s, _)| *s > 0.75).max_by(|a, b| a.0.total_cmp(&b.0));
    Err(tail.or(nearest.map(|(_, known)| known)))
}

/// Whether a name is that of a rule, a group or a set of rules.
///
/// # Errors
/// The nearest name that is.
pub fn name_known(name: &str) -> Result<(), Option<&'static str>> {
    known(name)
}

/// The rule of a name.
///
/// # Errors
/// The nearest name that exists.
pub fn rule_named(name: &str) -> Result<&'static Rule, Option<&'static str>> {
    match RULES.iter().copied().find(|r| r.name == name) {
        Some(rule) => Ok(rule),
        None => Err(known(name).err().flatten()),
    }
}

fn unknown(name: &str, key: String, nearest: Option<&'static str>) -> UnknownRule {
    UnknownRule { name: name.to_owned(), key, nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(select: &[&str], ignore: &[&str], rule: &str) -> bool {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let settings =
            config::Check { select: list(select), ignore: list(ignore), ..config::Check::default() };
        Choice::of(&settings).unwrap().has(rule)
    }

    #[test]
    fn the_more_exact_name_wins() {
        let rule = "font/missing-glyph";
        for (select, ignore, expected) in [
            (&[][..], &[][..], true),
            (&["text"], &[], false),
            (&["font"], &[], true),
            (&["all"], &["font"], false),
            (&["font"], &["font/missing-glyph"], false),
            (&["font/missing-glyph"], &["font"], true),
            (&["default"], &["all"], false),
            (&[], &["font"], false),
        ] {
            assert_eq!(chosen(select, ignore, rule), expected, "{select:?} {ignore:?}");
        }
    }

    #[test]
    fn severities_come_from_the_most_exact_name() {
        let severity = [("font", Level::Info), ("font/missing-glyph", Level::Error), ("text", Level::Off)];
        let settings = config::Check {
            severity: severity.map(|(name, level)| (name.to_owned(), level)).into(),
            ..config::Check::default()
        };
        let choice = Choice::of(&settings).unwrap();
        let found = choice.iter().find(|c| c.rule.name == "font/missing-glyph").unwrap();
        assert_eq!(found.severity, Some(Severity::Error));
        assert!(!choice.iter().any(|c| c.rule.group() == "text"));
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest() {
        let settings = config::Check { ignore: vec!["font/mising-glyph".into()], ..config::Check::default() };
        let error = Choice::of(&settings).unwrap_err();
        assert_eq!((error.key.as_str(), error.nearest), ("check.ignore[0]", Some("font/missing-glyph")));
        assert_eq!(rule_named("missing-glyph").unwrap_err(), Some("font/missing-glyph"));
    }
}

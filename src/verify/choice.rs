//! Which rules run: those named, by themselves or by their group.

use crate::verify::{RULES, Rule};

/// The rules of a run, by default all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// Names of rules and groups; none stands for all.
    pub select: Vec<String>,
    /// Names of rules and groups that do not run.
    pub ignore: Vec<String>,
}

/// A name that no rule and no group has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule `{name}`")]
#[non_exhaustive]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// The nearest name that exists.
    pub nearest: Option<&'static str>,
}

impl Choice {
    /// The rules of some names but for those of others.
    ///
    /// # Errors
    /// The first name that does not exist.
    pub fn of(select: Vec<String>, ignore: Vec<String>) -> Result<Self, UnknownRule> {
        match select.iter().chain(&ignore).find(|name| !RULES.iter().any(|r| r.is_meant(name))) {
            Some(name) => Err(UnknownRule { name: name.clone(), nearest: nearest(name) }),
            None => Ok(Self { select, ignore }),
        }
    }

    /// Whether a rule runs: the rule's own name goes before that of its group.
    #[must_use]
    pub fn has(&self, rule: &Rule) -> bool {
        let by = |names: &[String]| names.iter().filter(|n| rule.is_meant(n)).map(|n| *n == rule.name).max();
        match (by(&self.select), by(&self.ignore)) {
            (None, _) if !self.select.is_empty() => false,
            (selected, Some(ignored)) => selected > Some(ignored),
            (_, None) => true,
        }
    }
}

impl Rule {
    /// `print` of `print/rows`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }

    fn is_meant(&self, name: &str) -> bool {
        name == self.name || name == self.group()
    }
}

/// The rule of a name.
///
/// # Errors
/// The nearest name that exists.
pub fn rule_named(name: &str) -> Result<&'static Rule, Option<&'static str>> {
    RULES.iter().copied().find(|r| r.name == name).ok_or_else(|| nearest(name))
}

fn nearest(name: &str) -> Option<&'static str> {
    // A rule named without its group is as common as a slip of the finger.
    let tail = RULES.iter().map(|r| r.name).find(|n| n.rsplit('/').next() == Some(name));
    let near = RULES.iter().flat_map(|r| [r.name, r.group()]).map(|n| (strsim::jaro_winkler(n, name), n));
    let near = near.filter(|(likeness, _)| *likeness > 0.75).max_by(|a, b| a.0.total_cmp(&b.0));
    tail.or(near.map(|(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(select: &[&str], ignore: &[&str]) -> Vec<&'static str> {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let choice = Choice::of(list(select), list(ignore)).unwrap();
        RULES.iter().filter(|r| choice.has(r)).map(|r| r.name).collect()
    }

    #[test]
    fn rules_and_groups_are_named() {
        assert_eq!(chosen(&[], &[]).len(), RULES.len());
        assert_eq!(chosen(&["print/rows"], &[]), ["print/rows"]);
        assert_eq!(
            chosen(&["text"], &["text/parity-pdf", "text/glyphs"]),
            ["text/parity-epub", "text/parity-docx"]
        );
        assert_eq!(chosen(&["print/rows"], &["print"]), ["print/rows"]);
        assert!(!chosen(&[], &["print"]).iter().any(|n| n.starts_with("print/")));
        assert!(chosen(&["print"], &["print"]).is_empty());
    }

    #[test]
    fn a_wrong_name_is_told_with_the_nearest() {
        let wrong = |name: &str| Choice::of(vec![name.to_owned()], Vec::new()).unwrap_err().nearest;
        assert_eq!(wrong("rows"), Some("print/rows"));
        assert_eq!(wrong("print/row"), Some("print/rows"));
        assert_eq!(wrong("完全"), None);
        assert_eq!(rule_named("print/rows").unwrap().name, "print/rows");
        assert_eq!(rule_named("print").unwrap_err(), Some("print"));
    }
}

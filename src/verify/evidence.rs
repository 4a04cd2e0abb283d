//! What the rules measured, not yet put into words of a language.

use crate::messages::Catalog;
use crate::tree::Proceedings;
use crate::verify::finished::Beside;
use crate::verify::{
    Check, Choice, Expected, Finding, Finished, Measure, Measured, Proof, RULES, Record, Rule,
};

/// What rules measured of outputs.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Evidence {
    /// The rules that had something to measure, in the registry's order.
    pub rules: Vec<RuleEvidence>,
}

/// What one rule measured.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuleEvidence {
    /// The rule.
    pub rule: &'static Rule,
    /// The outputs it is for, each by its name, with what was measured.
    pub measured: Vec<(String, Measured)>,
}

impl Evidence {
    /// Runs the chosen rules over outputs, each with its name.
    #[must_use]
    pub fn of(
        outputs: &[(String, Finished)],
        tree: &Proceedings,
        expected: &Expected,
        choice: &Choice,
    ) -> Self {
        let besides = outputs.iter().map(|(name, file)| (name, Beside::of(file, tree, expected)));
        let besides: Vec<(&String, Beside<'_>)> = besides.collect();
        let rules = RULES.iter().filter(|rule| choice.has(rule)).filter_map(|rule| {
            let measured = besides.iter().filter_map(|(name, file)| Some(((*name).clone(), rule.of(file)?)));
            let measured: Vec<_> = measured.collect();
            (!measured.is_empty()).then_some(RuleEvidence { rule, measured })
        });
        Self { rules: rules.collect() }
    }

    /// Holds an earlier proof, by its name, against what is the case now.
    pub fn hold(&mut self, name: &str, earlier: &Proof, now: &Proof, choice: &Choice) {
        let record = Record { earlier, now };
        for rule in RULES.iter().filter(|rule| choice.has(rule)) {
            let Measure::Record(measure) = rule.measure else { continue };
            let measured = (name.to_owned(), measure(&record));
            match self.rules.iter_mut().find(|r| r.rule.name == rule.name) {
                Some(result) => result.measured.push(measured),
                None => self.rules.push(RuleEvidence { rule, measured: vec![measured] }),
            }
        }
    }

    /// What is not as expected: the rule, the output, and the first of what was found there.
    pub fn failures(&self) -> impl Iterator<Item = (&'static Rule, &str, &Measured)> {
        let all =
            self.rules.iter().flat_map(|r| r.measured.iter().map(|(name, m)| (r.rule, name.as_str(), m)));
        all.filter(|(_, _, measured)| !measured.ok)
    }

    /// The same in words.
    #[must_use]
    pub fn checks(&self, catalog: &Catalog) -> Vec<Check> {
        self.rules.iter().map(|r| Check::of(r.rule, &r.measured, catalog)).collect()
    }
}

impl Measured {
    /// The first thing to complain of.
    #[must_use]
    pub fn first(&self) -> Option<&Finding> {
        self.findings.first()
    }
}

//! The proof: what was measured, of which files, in the forms people and programs read.

use schemars::JsonSchema;
use serde::Serialize;

use crate::messages::{Catalog, Say};
use crate::tree::{Proceedings, Span};
use crate::verify::{Expected, Measured, Printed, RULES, Subject};

/// The proof as `verify --json` and `<stem>.proof.json` show it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Proof {
    /// The sources, then the outputs.
    pub inputs: Vec<Input>,
    /// The version of the program.
    pub version: String,
    /// The profile the outputs were held against.
    pub profile: String,
    /// The fonts that play the roles.
    pub fonts: Vec<FontHash>,
    /// The rules, in the registry's order.
    pub checks: Vec<Check>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Input {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A font of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FontHash {
    /// The role's key.
    pub role: String,
    /// SHA-256 of the font's file.
    pub sha256: String,
}

/// One rule, over all outputs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Check {
    /// The rule.
    pub id: String,
    /// Whether all is as expected.
    pub ok: bool,
    /// What was measured; with several outputs, of each behind its name.
    pub figure: String,
    /// The standard and clause.
    pub source: String,
    /// What is not as expected.
    pub findings: Vec<Remark>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Remark {
    /// What.
    pub message: String,
    /// The output.
    pub output: String,
    /// The page of the file, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// Where the text stands in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// The JSON Schema of a proof.
#[must_use]
pub fn proof_schema() -> schemars::Schema {
    schemars::schema_for!(Proof)
}

impl Proof {
    /// Runs the rules over outputs, each with its name.
    #[must_use]
    pub fn of(
        outputs: &[(String, Printed)],
        tree: &Proceedings,
        expected: &Expected,
        catalog: &Catalog,
    ) -> Self {
        let subjects: Vec<(&str, Subject<'_>)> =
            outputs.iter().map(|(name, p)| (name.as_str(), Subject::new(p, tree, expected))).collect();
        let checks = RULES.iter().map(|rule| {
            let measured: Vec<(&str, Measured)> =
                subjects.iter().map(|(name, subject)| (*name, (rule.measure)(subject))).collect();
            Check::of(rule.name, rule.source, &measured, catalog)
        });
        Self {
            inputs: Vec::new(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: expected.profile.clone(),
            fonts: Vec::new(),
            checks: checks.collect(),
        }
    }

    /// Whether every rule is kept.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.checks.iter().all(|c| c.ok)
    }

    /// As JSON, with a line end.
    #[must_use]
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// A line a rule, findings below; of many findings the first few.
    #[must_use]
    pub fn lines(&self, catalog: &Catalog) -> String {
        const SHOWN: usize = 5;
        let mut text = String::new();
        for check in &self.checks {
            let sign = if check.ok { '✓' } else { '✗' };
            text += &format!("{sign} {:<24} {}\n", check.id, check.figure);
            for remark in check.findings.iter().take(SHOWN) {
                let page = remark.page.map(|p| catalog.say(&Say::new("verify-page").count("page", p)));
                let place = [Some(remark.output.clone()), page].into_iter().flatten().collect::<Vec<_>>();
                text += &format!("    {}: {}\n", place.join(" "), remark.message);
            }
            if let Some(more) = check.findings.len().checked_sub(SHOWN).filter(|m| *m > 0) {
                text += &format!("    {}\n", catalog.say(&Say::new("verify-more").count("more", more)));
            }
        }
        text
    }
}

impl Check {
    fn of(id: &str, source: &str, measured: &[(&str, Measured)], catalog: &Catalog) -> Self {
        let figure = |(name, m): &(&str, Measured)| match measured.len() {
            1 => catalog.say(&m.figure),
            _ => format!("{name}: {}", catalog.say(&m.figure)),
        };
        let remarks = measured.iter().flat_map(|(name, m)| {
            m.findings.iter().map(|f| Remark {
                message: catalog.say(&f.say),
                output: (*name).to_owned(),
                page: f.page,
                span: f.span,
            })
        });
        Self {
            id: id.to_owned(),
            ok: measured.iter().all(|(_, m)| m.ok),
            figure: measured.iter().map(figure).collect::<Vec<_>>().join("; "),
            source: source.to_owned(),
            findings: remarks.collect(),
        }
    }
}

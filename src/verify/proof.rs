//! The proof: what was measured, of which files, in the forms people and programs read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::messages::{Catalog, Say};
use crate::tree::{Proceedings, Span};
use crate::verify::{Choice, Evidence, Expected, Finished, Measured, Rule};

/// The proof as `verify --json` and `<stem>.proof.json` show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Proof {
    /// The sources, then the outputs.
    pub inputs: Vec<Input>,
    /// The version of the program.
    pub version: String,
    /// The profile the outputs were held against.
    pub profile: String,
    /// Settings that were given for one run, `key=value`: whoever repeats the proof needs them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<String>,
    /// The fonts that play the roles.
    pub fonts: Vec<FontHash>,
    /// The rules for files of these kinds, in the registry's order.
    pub checks: Vec<Check>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A font of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FontHash {
    /// The role's key.
    pub role: String,
    /// SHA-256 of the font's file.
    pub sha256: String,
}

/// One rule, over all outputs it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Remark {
    /// What.
    pub message: String,
    /// The output.
    pub output: String,
    /// The page of the file, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The file inside an e-book or a Word file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The line of that file, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The paragraph of that file, counted from 1, where it has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
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
    /// Runs all rules over outputs, each with its name.
    #[must_use]
    pub fn of(
        outputs: &[(String, Finished)],
        tree: &Proceedings,
        expected: &Expected,
        catalog: &Catalog,
    ) -> Self {
        let evidence = Evidence::of(outputs, tree, expected, &Choice::default());
        Self { checks: evidence.checks(catalog), ..Self::empty(&expected.profile) }
    }

    /// A proof of nothing yet.
    #[must_use]
    pub fn empty(profile: &str) -> Self {
        Self {
            inputs: Vec::new(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            profile: profile.to_owned(),
            settings: Vec::new(),
            fonts: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// Reads a proof that was kept.
    ///
    /// # Errors
    /// What the bytes hold is none.
    pub fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
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
                text += &format!("    {}: {}\n", remark.place(catalog), remark.message);
            }
            if let Some(more) = check.findings.len().checked_sub(SHOWN).filter(|m| *m > 0) {
                text += &format!("    {}\n", catalog.say(&Say::new("verify-more").count("more", more)));
            }
        }
        text
    }
}

impl Remark {
    /// The output and the place in it, for people.
    fn place(&self, catalog: &Catalog) -> String {
        let say = |id, name, number: Option<usize>| {
            number.map(|n| catalog.say(&Say { id, args: Vec::new() }.count(name, n)))
        };
        let page = say("verify-page", "page", self.page);
        let line = say("verify-line", "line", self.line);
        let paragraph = say("verify-paragraph", "paragraph", self.paragraph);
        let words = [Some(self.output.clone()), self.part.clone(), page, line, paragraph];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Check {
    pub(super) fn of(rule: &Rule, measured: &[(String, Measured)], catalog: &Catalog) -> Self {
        let figure = |(name, m): &(String, Measured)| match measured.len() {
            1 => catalog.say(&m.figure),
            // By the file's name: the figure is the same wherever the files lie.
            _ => format!("{}: {}", name.rsplit(['/', '\\']).next().unwrap_or(name), catalog.say(&m.figure)),
        };
        let remarks = measured.iter().flat_map(|(name, m)| {
            m.findings.iter().map(|f| Remark {
                message: catalog.say(&f.say),
                output: name.clone(),
                page: f.page,
                part: f.place.as_ref().map(|p| p.part.clone()).filter(|p| !p.is_empty()),
                line: f.place.as_ref().and_then(|p| p.line),
                paragraph: f.place.as_ref().and_then(|p| p.paragraph),
                span: f.span,
            })
        });
        Self {
            id: rule.name.to_owned(),
            ok: measured.iter().all(|(_, m)| m.ok),
            figure: measured.iter().map(figure).collect::<Vec<_>>().join("; "),
            source: rule.source.to_owned(),
            findings: remarks.collect(),
        }
    }
}

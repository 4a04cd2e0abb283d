//! Who speaks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tree::{NodeId, Party, Span};

/// One speaker of a speech.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Default)]
#[non_exhaustive]
pub struct Speaker {
    /// `s01.who1`
    #[serde(default)]
    pub id: NodeId,
    /// The person's name without padding, notes or roles; empty when only an organisation speaks.
    pub name: String,
    /// The roles one by one, in the source's order.
    pub roles: Vec<String>,
    /// The roles as they are printed: the same text with the marks that part them in the source
    /// (， or 、), made full-width.
    #[serde(default)]
    pub title: String,
    /// The first party the roles name.
    pub party: Option<Party>,
    /// 工商联, 无党派 or a people's organisation named in the roles.
    pub affiliation: Option<String>,
    /// The sector (界别) named in the roles or notes, such as 教育界.
    pub sector: Option<String>,
    /// What stands in brackets behind the name: 女, 回族.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The body that speaks, or in whose name the person does.
    pub organisation: Option<String>,
    /// Where the speaker stands in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Speaker {
    /// A speaker known by name only.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The name as printed, with its notes: `某某（女，回族）`, or the organisation when no person
    /// is named.
    #[must_use]
    pub fn display_name(&self) -> String {
        let name = if self.name.is_empty() { self.organisation.as_deref().unwrap_or("") } else { &self.name };
        if self.notes.is_empty() {
            name.to_owned()
        } else {
            format!("{name}（{}）", self.notes.join("，"))
        }
    }
}

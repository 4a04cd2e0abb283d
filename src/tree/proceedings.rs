//! The whole book.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tree::{Block, Edit, NodeId, SourceFile, Span, Speech};

/// The version of the JSON form, raised when a reader of the old one would misread the new.
pub const SCHEMA: u32 = 1;

/// 会议发言汇编: the speeches of one meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Proceedings {
    /// The book's title.
    pub title: String,
    /// The meeting, where it stands apart from the title.
    pub event: Option<String>,
    /// 导语: what stands before the first speech.
    pub lede: Vec<Block>,
    /// Ids and places of title and event.
    pub front: Front,
    /// Number, issuer, date and what else is known of the issue.
    pub meta: Meta,
    /// The source files, in the book's order.
    pub files: Vec<SourceFile>,
    /// Themes and agenda items over several speeches.
    pub parts: Vec<Part>,
    /// The speeches in order.
    pub speeches: Vec<Speech>,
    /// Every change made on the way from the source, ordered by file and place.
    pub edits: Vec<Edit>,
}

/// Names and places of the lines before the lede.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Front {
    /// Of the title; no span when the manifest gives it.
    pub title: FrontLine,
    /// Of the event.
    pub event: FrontLine,
}

/// Name and place of one line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FrontLine {
    /// The line's id.
    pub id: NodeId,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A theme or agenda item that groups speeches: 大会发言, 第一组.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Part {
    /// `p1`
    pub id: NodeId,
    /// Its title.
    pub title: String,
    /// What stands between the title and the part's first speech.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intro: Vec<Block>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Part {
    /// A part with its id.
    #[must_use]
    pub fn new(id: NodeId, title: impl Into<String>, span: Option<Span>) -> Self {
        Self { id, title: title.into(), intro: Vec::new(), span }
    }
}

/// What is known of the issue, from the manifest, the front matter or the source's own lines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(default)]
pub struct Meta {
    /// Name of the briefing: 政协简报.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Number of the issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The issuing office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The date as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where the text was published first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Anything else, by its own name.
    #[serde(flatten)]
    pub other: BTreeMap<String, String>,
}

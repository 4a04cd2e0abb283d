//! What stands beside the text of a Word file: who changed what and when, comments, names of places,
//! properties. All places are bytes of [`crate::source::Document::text`].

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Beside the text of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Margin {
    /// Tracked changes, in the order they stand.
    pub revisions: Vec<Revision>,
    /// Comments, replies among them.
    pub comments: Vec<Remark>,
    /// Text that looks otherwise than its styles say, in the order it stands.
    pub formatted: Vec<Formatted>,
    /// Whether styles that only jianbao gives are still there: a program that drops them makes quotations and
    /// headings paragraphs.
    pub has_own_styles: bool,
    /// Bookmarks with the byte they begin at.
    pub bookmarks: Vec<(String, usize)>,
    /// Custom properties by name.
    pub properties: Vec<(String, String)>,
    /// Custom properties as a custom XML part keeps them.
    pub copies: Vec<(String, String)>,
    /// Who saved it last.
    pub saved_by: Option<String>,
    /// When it was saved last, as written.
    pub saved_at: Option<String>,
}

impl Margin {
    /// With what the parts beside the text say: whole comments for those whose places are known here.
    pub(super) fn with(mut self, beside: Margin) -> Self {
        let places = std::mem::take(&mut self.comments);
        let of = |remark: Remark| {
            let place = places.iter().find(|p| p.id == remark.id).and_then(|p| p.range.clone());
            Remark { range: place, ..remark }
        };
        let comments = beside.comments.into_iter().map(of).collect();
        Self { revisions: self.revisions, bookmarks: self.bookmarks, comments, ..beside }
    }
}

/// One tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revision {
    /// Who made it.
    pub author: String,
    /// When, as written.
    pub time: Option<String>,
    /// Whether text was taken out: then `range` is empty and `text` says what.
    pub is_deletion: bool,
    /// Whether only the look of the text was changed.
    pub is_format: bool,
    /// Text that was taken out.
    pub text: String,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// Its number in the file.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When, as written.
    pub time: Option<String>,
    /// What it says.
    pub text: String,
    /// The words it hangs on.
    pub range: Option<Range<usize>>,
    /// The comment it answers.
    pub answers: Option<String>,
}

/// Text whose look is not that of its styles.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formatted {
    /// Where it stands.
    pub range: Range<usize>,
    /// In what it differs, in the order of [`CharFormat`].
    pub formats: Vec<CharFormat>,
}

/// A property of characters (ISO/IEC 29500-1, 17.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CharFormat {
    /// `w:b`
    Bold,
    /// `w:i`
    Italic,
    /// `w:u`
    Underline,
    /// `w:strike`, `w:dstrike`
    Strike,
    /// `w:color` other than black
    Colour,
    /// `w:highlight`, `w:shd`
    Highlight,
    /// `w:vertAlign`: superscript, subscript
    Script,
    /// `w:em`: 着重号
    Mark,
    /// A frame, capitals, shadow, another width or height above the line.
    Effect,
    /// `w:sz`
    Size,
    /// `w:rFonts`
    Font,
}

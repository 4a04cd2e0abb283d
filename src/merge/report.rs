//! The account of a merge: every edit with its authors and what became of it, comments, totals. It serves
//! the JSON report, the terminal and the page alike.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::merge::change::{Change, What};
use crate::merge::combine::{Entry, State};
use crate::merge::follow::Follow;
use crate::merge::unit::Segment;
use crate::merge::write::Note;
use crate::merge::{Returned, shown};
use crate::source::{CharFormat, Document, Margin, Remark};
use crate::tree::Span;

/// Bytes a deletion may stand beside the place it is looked for: a line end, a blank.
const NEAR: usize = 4;

/// Characters told on either side of an edit.
const BESIDE: usize = 16;

/// All that is told of a merge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Report {
    /// What the copies were held against: `kept` in them, `source` where nothing was kept, `mixed`.
    pub base: String,
    /// The copies, those that a later one replaces among them.
    pub documents: Vec<Copy>,
    /// Who was sent a copy and has not returned it.
    pub missing: Vec<String>,
    /// Every edit.
    pub edits: Vec<Edit>,
    /// Comments with their replies.
    pub comments: Vec<Comment>,
    /// Edits counted; `found` is the sum of the others.
    pub totals: Totals,
}

/// A copy that came back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Copy {
    /// Its name.
    pub file: String,
    /// Who worked in it, as it tells.
    pub authors: Vec<String>,
    /// Whom it was sent to, where that is known.
    pub to: Option<String>,
    /// `kept` when it still held what was sent, else `source`: today's source was taken instead.
    pub base: String,
    /// The later copy that counts instead of it.
    pub superseded_by: Option<String>,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Edit {
    /// The speech's id in today's source, or in the copy's base when it is gone.
    pub speech: String,
    /// Its heading.
    pub heading: String,
    /// The paragraph's id.
    pub paragraph: String,
    /// Its place in today's source.
    pub span: Option<Span>,
    /// `text`, `moved`, `emphasis`, `order`, `kind`, `look`, `picture`.
    pub kind: String,
    /// Of a `look`: in what the words look otherwise than their styles say.
    pub formats: Vec<CharFormat>,
    /// What stands before it in its paragraph, as far as a reader needs.
    pub lead: String,
    /// What was sent.
    pub before: String,
    /// What it became; empty for a conflict, whose sides say it.
    pub after: String,
    /// What stands behind it.
    pub tail: String,
    /// Who made it.
    pub authors: Vec<Author>,
    /// What became of it.
    pub state: State,
    /// Today's source had it already.
    pub already: bool,
    /// Why it is told and not carried out.
    pub why: Option<Why>,
    /// The versions of a conflict.
    pub sides: Vec<Side>,
}

/// Who made an edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Author {
    /// The name Word recorded; empty where none is known.
    pub name: String,
    /// When, as recorded.
    pub time: Option<String>,
    /// The copy.
    pub file: String,
    /// Whether the edit was tracked.
    pub tracked: bool,
}

/// One version of a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Side {
    /// The copy; empty for today's source.
    pub file: String,
    /// What it has there.
    pub text: String,
    /// Who made it so.
    pub authors: Vec<Author>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Comment {
    /// The speech it stands in.
    pub speech: String,
    /// The speech's heading.
    pub heading: String,
    /// The paragraph.
    pub paragraph: String,
    /// Who wrote it.
    pub author: String,
    /// When, as recorded.
    pub time: Option<String>,
    /// What it says.
    pub text: String,
    /// The words it hangs on.
    pub on: String,
    /// The copy.
    pub file: String,
    /// What was answered.
    pub replies: Vec<Comment>,
}

/// Edits counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Totals {
    /// All.
    pub found: usize,
    /// Carried out.
    pub merged: usize,
    /// Made by several, or there already.
    pub identical: usize,
    /// For a person to decide.
    pub conflict: usize,
    /// Told only.
    pub reported: usize,
}

/// Why an edit is told and not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Why {
    /// The source form has no emphasis, or the marks would cross others.
    Emphasis,
    /// A paragraph became a heading, a list a paragraph.
    KindOfLine,
    /// Columns or cells of a table.
    TableShape,
    /// A note put in.
    Note,
    /// The source has no place that stands for it.
    Place,
    /// Written down it would be read as something else.
    Form,
    /// The order of speeches of a source in parts or several files.
    Order,
    /// A source says what text is, not how it looks.
    Look,
    /// Pictures are files of their own.
    Picture,
}

/// What a report is made of.
pub(super) struct Telling<'a> {
    pub(super) returns: &'a [Returned],
    pub(super) today: &'a [Segment],
    pub(super) documents: &'a [Document],
    pub(super) bases: &'a [&'a [Segment]],
    pub(super) edited: &'a [&'a [Segment]],
    pub(super) follows: &'a [&'a Follow],
    pub(super) changes: &'a [Change],
}

impl Telling<'_> {
    pub(super) fn report(&self, entries: &[Entry]) -> Report {
        let edits: Vec<Edit> = entries.iter().map(|e| self.edit(e)).collect();
        let count = |state: State| edits.iter().filter(|e| e.state == state).count();
        let totals = Totals {
            found: edits.len(),
            merged: count(State::Merged),
            identical: count(State::Identical),
            conflict: count(State::Conflict),
            reported: count(State::Reported),
        };
        let kept = self.returns.iter().filter(|r| r.base.is_some()).count();
        let base = match kept {
            0 => "source",
            n if n == self.returns.len() => "kept",
            _ => "mixed",
        };
        let documents = self.returns.iter().map(copy).collect();
        let comments = (0..self.returns.len()).flat_map(|k| self.comments(k)).map(|c| c.0).collect();
        Report { base: base.to_owned(), documents, missing: Vec::new(), edits, comments, totals }
    }

    fn edit(&self, entry: &Entry) -> Edit {
        let first = entry.changes.first().and_then(|k| self.changes.get(*k));
        let (speech, heading, paragraph, span) =
            first.map(|c| self.place(c.who, entry.segment, &entry.range)).unwrap_or_default();
        let kind = match first.map(|c| c.what) {
            Some(What::Moved) => "moved",
            Some(What::Style) => "emphasis",
            Some(What::Order { .. }) => "order",
            Some(What::Kind) => "kind",
            Some(What::Look) => "look",
            Some(What::Picture) => "picture",
            Some(What::Text) | None => "text",
        };
        let side = |side: &crate::merge::combine::Side| Side {
            file: side.who.and_then(|k| self.returns.get(k)).map(|r| r.name.clone()).unwrap_or_default(),
            text: shown(&side.text),
            authors: self.authors(&side.changes),
        };
        let (lead, tail) = first.map(|c| self.around(c.who, entry)).unwrap_or_default();
        Edit {
            speech,
            heading,
            paragraph,
            span,
            kind: kind.to_owned(),
            formats: first.and_then(|c| c.told.as_ref()).map(|t| t.formats.clone()).unwrap_or_default(),
            lead,
            before: shown(&entry.before),
            after: shown(&entry.after),
            tail,
            authors: self.authors(&entry.changes),
            state: entry.state,
            already: entry.is_there,
            why: first.and_then(|c| c.cannot).filter(|_| entry.state == State::Reported),
            sides: entry.sides.iter().map(side).collect(),
        }
    }

    /// A few characters on either side, of the same unit.
    fn around(&self, who: usize, entry: &Entry) -> (String, String) {
        let (found, range) = match &entry.today {
            Some((segment, range)) => (self.today.get(*segment), range.clone()),
            None => (self.bases.get(who).and_then(|b| b.get(entry.segment)), entry.range.clone()),
        };
        let Some(base) = found else { return Default::default() };
        let Range { start, end } = range;
        // Whole paragraphs need no words around them.
        if base.is_border(start) && (base.is_border(end) || start == end) {
            return Default::default();
        }
        let first = base.starts.get(base.unit_at(start)).copied().unwrap_or(start);
        let own = base.unit_at(end);
        let last = base.starts.get(own + 1).map_or(end, |s| s.saturating_sub(1)).max(end);
        let lead = base.text(start.saturating_sub(BESIDE).max(first)..start);
        let tail = base.text(end..(end + BESIDE).min(last));
        (shown(&lead), shown(&tail))
    }

    /// Speech, heading, paragraph and place of a range of a base.
    fn place(
        &self,
        who: usize,
        segment: usize,
        range: &Range<usize>,
    ) -> (String, String, String, Option<Span>) {
        let Some(base) = self.bases.get(who).and_then(|b| b.get(segment)) else { return Default::default() };
        let unit = base.units.get(base.unit_at(range.start));
        let follow = self.follows.get(who);
        let at = (range.start..=range.end).find_map(|at| follow?.at(segment, at));
        let own = at.and_then(|(t, at)| {
            let today = self.today.get(t)?;
            today.units.get(today.unit_at(at.min(today.len().saturating_sub(1))))
        });
        let now = follow.and_then(|f| f.segment(segment)).and_then(|t| self.today.get(t));
        let span = own.and_then(|u| u.extent.as_ref()).and_then(|(file, range)| {
            let document = self.documents.iter().find(|d| d.file.id == *file)?;
            Some(document.lines.span(*file, range.clone()))
        });
        let speech = now.unwrap_or(base);
        let paragraph = own.or(unit).map(|u| u.node.as_str().to_owned()).unwrap_or_default();
        (speech.node.as_str().to_owned(), speech.name(), paragraph, span)
    }

    fn authors(&self, ids: &[usize]) -> Vec<Author> {
        let mut out = Vec::new();
        for change in ids.iter().filter_map(|k| self.changes.get(*k)) {
            let Some(copy) = self.returns.get(change.who) else { continue };
            for author in authors(change, self.bases.get(change.who).copied().unwrap_or_default(), copy) {
                if !out.contains(&author) {
                    out.push(author);
                }
            }
        }
        out
    }

    /// The comments of a copy with the segment and unit they stand in.
    fn comments(&self, who: usize) -> Vec<(Comment, Option<(usize, usize)>)> {
        let Some(copy) = self.returns.get(who) else { return Vec::new() };
        let margin = &copy.margin;
        let roots = roots(&margin.comments);
        let all = || margin.comments.iter().zip(&roots).enumerate();
        all()
            .filter(|(k, (_, root))| k == *root)
            .map(|(k, (remark, _))| {
                let place = remark.range.as_ref().and_then(|r| self.unit_of(who, r));
                let mut comment = self.comment(copy, remark, place);
                let answers = all().filter(|(other, (_, root))| **root == k && *other != k);
                comment.replies = answers.map(|(_, (c, _))| self.comment(copy, c, place)).collect();
                (comment, place)
            })
            .collect()
    }

    fn comment(&self, copy: &Returned, remark: &Remark, place: Option<(usize, usize)>) -> Comment {
        let edited = self.returns.iter().position(|r| std::ptr::eq(r, copy)).and_then(|k| self.edited.get(k));
        let segment = place.and_then(|p| edited?.get(p.0));
        let unit = place.and_then(|p| segment?.units.get(p.1));
        let on = remark.range.clone().and_then(|r| copy.document.text.get(r)).unwrap_or_default();
        Comment {
            speech: segment.map(|s| s.node.as_str().to_owned()).unwrap_or_default(),
            heading: segment.map(Segment::name).unwrap_or_default(),
            paragraph: unit.map(|u| u.node.as_str().to_owned()).unwrap_or_default(),
            author: remark.author.clone(),
            time: remark.time.clone(),
            text: remark.text.clone(),
            on: on.trim().to_owned(),
            file: copy.name.clone(),
            replies: Vec::new(),
        }
    }

    /// The unit of a copy that holds a byte.
    fn unit_of(&self, who: usize, range: &Range<usize>) -> Option<(usize, usize)> {
        let edited = self.edited.get(who)?;
        edited.iter().enumerate().find_map(|(j, segment)| {
            let holds = |u: &crate::merge::unit::Unit| {
                u.extent.as_ref().is_some_and(|(_, e)| e.start <= range.start && range.start <= e.end)
            };
            Some((j, segment.units.iter().position(holds)?))
        })
    }

    /// Comments as they are written into the source, each before the paragraph that is most like the one it
    /// hangs on.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut out = Vec::new();
        for (who, edited) in self.edited.iter().enumerate() {
            let matched = crate::merge::matching::matching(edited, self.today, &|_, _| None, false);
            for (comment, place) in self.comments(who) {
                let Some((segment, unit)) = place.and_then(|(j, k)| {
                    let own = matched.segments.get(j).copied().flatten()?;
                    let group = matched.groups.get(j)?.iter().find(|g| g.old.contains(&k))?;
                    let last = self.today.get(own)?.units.len().checked_sub(1)?;
                    Some((own, group.new.start.min(last)))
                }) else {
                    continue;
                };
                out.push(Note { segment, unit, text: inline(&comment) });
            }
        }
        out
    }
}

/// For each comment the one its thread began with; of those that answer each other in a circle, one of them.
fn roots(comments: &[Remark]) -> Vec<usize> {
    let places: BTreeMap<&str, usize> =
        comments.iter().enumerate().rev().map(|(k, c)| (c.id.as_str(), k)).collect();
    let above = |k: usize| places.get(comments.get(k)?.answers.as_deref()?).copied();
    let mut roots: Vec<Option<usize>> = vec![None; comments.len()];
    for k in 0..comments.len() {
        let (mut path, mut at) = (BTreeSet::new(), k);
        let root = loop {
            if let Some(known) = roots.get(at).copied().flatten() {
                break known;
            }
            if !path.insert(at) {
                break at;
            }
            match above(at) {
                Some(next) => at = next,
                None => break at,
            }
        };
        for k in path {
            if let Some(slot) = roots.get_mut(k) {
                *slot = Some(root);
            }
        }
    }
    roots.into_iter().enumerate().map(|(k, root)| root.unwrap_or(k)).collect()
}

/// A comment as one that readers of the source drop.
fn inline(comment: &Comment) -> String {
    let clean = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace("--", "－－").replace('>', "＞")
    };
    let on = if comment.on.is_empty() { String::new() } else { format!("“{}”：", clean(&comment.on)) };
    let mut text = format!("批注 {}：{on}{}", clean(&comment.author), clean(&comment.text));
    for reply in &comment.replies {
        text.push_str(&format!("；答复 {}：{}", clean(&reply.author), clean(&reply.text)));
    }
    format!("<!-- {text} -->")
}

fn copy(returned: &Returned) -> Copy {
    let margin = &returned.margin;
    let names = margin.revisions.iter().map(|r| &r.author).chain(margin.comments.iter().map(|c| &c.author));
    let mut authors: Vec<String> = Vec::new();
    for name in names.chain(margin.saved_by.as_ref()).filter(|n| !n.is_empty()) {
        if !authors.contains(name) {
            authors.push(name.clone());
        }
    }
    Copy {
        file: returned.name.clone(),
        authors,
        to: None,
        base: if returned.base.is_some() { "kept" } else { "source" }.to_owned(),
        superseded_by: None,
    }
}

/// Who made a change: what is tracked there says it, else whoever saved the file.
fn authors(change: &Change, base: &[Segment], copy: &Returned) -> Vec<Author> {
    let margin: &Margin = &copy.margin;
    let mut out: Vec<Author> = Vec::new();
    for part in &change.parts {
        let before = base.get(part.segment).map(|s| s.text(part.range.clone())).unwrap_or_default();
        for revision in &margin.revisions {
            let at = part.seen.as_ref();
            let is_near = at.is_some_and(|seen| {
                seen.start.saturating_sub(NEAR) <= revision.range.start
                    && revision.range.start <= seen.end + NEAR
            });
            let overlaps = at.is_some_and(|seen| {
                let end = revision.range.end.max(revision.range.start + 1);
                seen.start < end && revision.range.start < seen.end.max(seen.start + 1)
            });
            let is_own = match revision.is_deletion {
                _ if revision.is_format => overlaps && matches!(change.what, What::Look | What::Style),
                true => {
                    let bare = revision.text.trim();
                    let shares = !bare.is_empty() && (before.contains(bare) || bare.contains(before.trim()));
                    !before.is_empty()
                        && (shares && (is_near || bare.chars().count() > 8) || is_near && bare.is_empty())
                }
                false => overlaps && (!part.after.is_empty() || change.what == What::Look),
            };
            let author = Author {
                name: revision.author.clone(),
                time: revision.time.clone(),
                file: copy.name.clone(),
                tracked: true,
            };
            if is_own && !out.contains(&author) {
                out.push(author);
            }
        }
    }
    if out.is_empty() {
        out.push(Author {
            name: margin.saved_by.clone().unwrap_or_default(),
            // When the file was saved is not when it was edited.
            time: None,
            file: copy.name.clone(),
            tracked: false,
        });
    }
    out
}

/// A stretch of two versions: in both, only in the old one, only in the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stretch {
    /// `same`, `old` or `new`.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

/// How one text became another, for people.
#[must_use]
pub fn stretches(before: &str, after: &str) -> Vec<Stretch> {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let mut out = Vec::new();
    let mut push = |kind: &'static str, row: Option<&[char]>| {
        let text: String = row.unwrap_or_default().iter().collect();
        if !text.is_empty() {
            out.push(Stretch { kind, text });
        }
    };
    let mut at = 0;
    for hunk in crate::merge::diff::hunks(&old, &new) {
        push("same", old.get(at..hunk.old.start));
        push("old", old.get(hunk.old.clone()));
        push("new", new.get(hunk.new.clone()));
        at = hunk.old.end;
    }
    push("same", old.get(at..));
    out
}

/// The JSON Schema of the report.
#[must_use]
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Report)
}

impl Report {
    /// Whether a person must decide something.
    #[must_use]
    pub fn has_conflicts(&self) -> bool {
        self.totals.conflict > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_lead_to_their_first_comment() {
        let of = |answers: &[Option<&str>]| {
            let remark = |(k, above): (usize, &Option<&str>)| Remark {
                id: k.to_string(),
                author: String::new(),
                time: None,
                text: String::new(),
                range: None,
                answers: above.map(str::to_owned),
            };
            roots(&answers.iter().enumerate().map(remark).collect::<Vec<_>>())
        };
        assert_eq!(of(&[None, Some("0"), Some("1"), None, Some("9")]), [0, 0, 0, 3, 4]);
        // In a circle each stands somewhere, and so does what answers it.
        assert_eq!(of(&[Some("1"), Some("0"), Some("1"), Some("3")]), [0, 0, 0, 3]);
    }
}

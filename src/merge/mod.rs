//! Edited copies back into the source they were made from.
//!
//! Three sides are held against each other for each copy that came back: what was sent (the base), what
//! came back, and today's source. All three are rows of units ([`unit`]): a heading, a speaker's line, a
//! paragraph, a row of a table. [`matching`] finds speeches and paragraphs of one in the other, [`change`]
//! takes down what was changed character by character, [`follow`] knows where the base's characters stand
//! today, [`combine`] decides, [`write`] carries out, and [`confirm`] reads the result and gives back
//! what did not come out as it was meant. Outside the edits every byte of the source stays.

mod align;
mod apply;
mod change;
mod combine;
mod confirm;
mod dice;
mod diff;
mod flatten;
mod follow;
mod joined;
mod looks;
mod matching;
mod pictures;
mod place;
mod places;
mod report;
mod sheet;
#[cfg(test)]
mod testing;
mod tokens;
mod unit;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Document, Margin};
use crate::tree::{FileId, NodeId, Proceedings};
use change::{Change, Reading, What};
use combine::{Combiner, Decided};
use follow::Follow;
use matching::matching;
use place::Origin;
use unit::{Kind, Segment};
use write::{Labels, Writer};

pub use combine::State;
pub use report::{Author, Comment, Copy, Edit, Report, Side, Stretch, Totals, Why, json_schema, stretches};

/// Rounds of carrying out and reading back before all that is left is told instead.
const MOST_ROUNDS: usize = 12;

/// Today's source, read.
#[derive(Debug, Clone, Copy)]
pub struct Today<'a> {
    /// Its tree.
    pub tree: &'a Proceedings,
    /// Its files.
    pub documents: &'a [Document],
}

/// A copy that came back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Returned {
    /// The file's name.
    pub name: String,
    /// What was sent, when the file still knows.
    pub base: Option<Proceedings>,
    /// What came back.
    pub tree: Proceedings,
    /// Where its text stands.
    pub document: Document,
    /// Who changed what, comments, names of paragraphs.
    pub margin: Margin,
    /// The pictures that were sent and those that came back.
    pub pictures: Pictures,
}

/// What tells pictures apart: SHA-256 by the path a figure names. A picture that no Word file shows is in
/// neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures {
    /// Of the figures of what was sent.
    pub sent: BTreeMap<String, String>,
    /// Of the figures of the copy.
    pub came: BTreeMap<String, String>,
}

impl Returned {
    /// A copy without revisions or comments.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        base: Option<Proceedings>,
        tree: Proceedings,
        document: Document,
    ) -> Self {
        Self {
            name: name.into(),
            base,
            tree,
            document,
            margin: Margin::default(),
            pictures: Pictures::default(),
        }
    }

    /// With what stands beside its text.
    #[must_use]
    pub fn with_margin(mut self, margin: Margin) -> Self {
        self.margin = margin;
        self
    }

    /// With what its pictures are.
    #[must_use]
    pub fn with_pictures(mut self, pictures: Pictures) -> Self {
        self.pictures = pictures;
        self
    }
}

/// Reads files as the source is read; none when they are no book.
pub type Reread<'a> = dyn Fn(&[(FileId, String)]) -> Option<Proceedings> + 'a;

/// What is wanted beside the edits.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Wishes<'a> {
    /// Conflicts are marked in the files; else files with a conflict stay as they are.
    pub marks: bool,
    /// What today's source is called in marks.
    pub today: &'a str,
    /// Comments are written into the files.
    pub comments: bool,
}

impl<'a> Wishes<'a> {
    /// Nothing beside the edits.
    #[must_use]
    pub fn new(marks: bool, comments: bool, today: &'a str) -> Self {
        Self { marks, today, comments }
    }
}

/// The files and what is to be told.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Merged {
    /// Every file of the source, changed or not.
    pub files: Vec<(FileId, String)>,
    /// The whole account.
    pub report: Report,
}

/// One copy, made ready.
struct Ready {
    base: Vec<Segment>,
    edited: Vec<Segment>,
    follow: Follow,
}

/// Puts the edits of all copies into today's source.
///
/// `reread` reads files as the source is read; what does not come back as it was meant is told instead of
/// carried out.
pub fn merge(today: Today<'_>, returns: &[Returned], wishes: Wishes<'_>, reread: &Reread<'_>) -> Merged {
    let now = flatten::flatten(today.tree, today.documents);
    let mut ready = Vec::with_capacity(returns.len());
    let mut changes: Vec<Change> = Vec::new();
    for (who, copy) in returns.iter().enumerate() {
        let base = copy.base.as_ref().map_or_else(|| now.clone(), |tree| flatten::flatten(tree, &[]));
        let edited = flatten::flatten(&copy.tree, std::slice::from_ref(&copy.document));
        let edited = without_given_title(edited, &copy.tree);
        let names = Names::of(&copy.margin, &edited);
        let sent = matching(&base, &edited, &|j, k| names.of_unit(j, k), copy.base.is_none());
        let is_bare = copy.document.form == "docx" && !copy.margin.has_own_styles;
        let reading = Reading { is_fallback: copy.base.is_none(), is_bare };
        changes.extend(change::changes(who, &base, &edited, &sent, reading));
        let to_copy = Follow::new(&base, &edited, &sent);
        changes.extend(pictures::changes(who, [&base, &edited], &sent, &copy.pictures, reading));
        changes.extend(looks::looks(who, &edited, &to_copy, &copy.margin.formatted));
        let follow = match copy.base {
            Some(_) => Follow::new(&base, &now, &matching(&base, &now, &|_, _| None, false)),
            None => Follow::same(&now),
        };
        ready.push(Ready { base, edited, follow });
    }
    let plain = today.documents.iter().all(|d| d.form != "markdown");
    changes.extend(lost_emphasis(&changes, plain));
    let sides: Vec<Origin<'_>> = ready.iter().map(|r| Origin { base: &r.base, follow: &r.follow }).collect();
    let writer = Writer { today: &now, documents: today.documents };
    let (decided, files) = settle(&mut changes, &sides, &now, &writer, reread);
    let telling = report::Telling {
        returns,
        today: &now,
        documents: today.documents,
        bases: &ready.iter().map(|r| r.base.as_slice()).collect::<Vec<_>>(),
        edited: &ready.iter().map(|r| r.edited.as_slice()).collect::<Vec<_>>(),
        follows: &ready.iter().map(|r| &r.follow).collect::<Vec<_>>(),
        changes: &changes,
    };
    let report = telling.report(&decided.entries);
    let files = match wishes.marks || wishes.comments {
        true => {
            let labels: Vec<String> = returns.iter().map(|r| r.name.clone()).collect();
            let labels = Labels { returns: &labels, today: wishes.today };
            let notes = if wishes.comments { telling.notes() } else { Vec::new() };
            writer.run(&decided, wishes.marks.then_some(&labels), &notes).files
        }
        false => files,
    };
    Merged { files, report }
}

/// Decides and carries out until what is written reads as it was meant.
fn settle(
    changes: &mut [Change],
    sides: &[Origin<'_>],
    now: &[Segment],
    writer: &Writer<'_>,
    reread: &Reread<'_>,
) -> (Decided, Vec<(FileId, String)>) {
    for round in 0.. {
        let decided = Combiner { sides, today: now, changes }.run();
        let written = writer.run(&decided, None, &[]);
        let mut withdrawn: Vec<(usize, Why)> = Vec::new();
        for (ids, why) in &written.failed {
            withdrawn.extend(ids.iter().map(|k| (*k, *why)));
        }
        if withdrawn.is_empty() {
            let tree = reread(&written.files);
            let expected = write::expected(now, &decided);
            let wrong = match &tree {
                Some(tree) => confirm::unlike(&expected, &flatten::flatten(tree, &[])),
                // No book any more: whoever touched what makes it one.
                None => Some(on_headings(changes, sides)),
            };
            let Some(wrong) = wrong else { return (decided, written.files) };
            withdrawn.extend(wrong.into_iter().map(|k| (k, Why::Form)));
        }
        // What nobody can be blamed for, or too many rounds: nothing is carried out.
        let live = |c: &Change| c.cannot.is_none();
        if withdrawn.is_empty() || round >= MOST_ROUNDS {
            if !changes.iter().any(live) {
                return (decided, written.files);
            }
            changes.iter_mut().filter(|c| c.cannot.is_none()).for_each(|c| c.cannot = Some(Why::Form));
            continue;
        }
        for (k, why) in withdrawn {
            if let Some(change) = changes.get_mut(k) {
                change.cannot.get_or_insert(why);
            }
        }
    }
    (Decided::default(), Vec::new())
}

/// The changes that are carried out on titles, headings and speakers' lines.
fn on_headings(changes: &[Change], sides: &[Origin<'_>]) -> BTreeSet<usize> {
    let touches = |change: &Change| {
        change.parts.iter().any(|part| {
            let base = sides.get(change.who).and_then(|s| s.base.get(part.segment));
            let units = base.map_or(&[][..], |b| &b.units);
            let first = base.map_or(0, |b| b.unit_at(part.range.start));
            let last = base.map_or(0, |b| b.unit_at(part.range.end.max(part.range.start + 1) - 1));
            let gone = units.get(first..=last).is_some_and(|u| u.iter().any(|u| u.kind.is_fixed()));
            gone || part.after.iter().any(|l| l.kind.is_heading())
        })
    };
    let live = changes.iter().enumerate().filter(|(_, c)| c.cannot.is_none());
    live.filter(|(_, c)| touches(c)).map(|(k, _)| k).collect()
}

/// A title that only the reading gave is no line of the copy.
fn without_given_title(mut edited: Vec<Segment>, tree: &Proceedings) -> Vec<Segment> {
    if tree.front.title.span.is_none()
        && let Some(front) = edited.first_mut()
    {
        let units: Vec<_> = front.units.iter().filter(|u| u.kind != Kind::Title).cloned().collect();
        let removed = front.units.len() - units.len();
        let mut pictures = front.pictures.clone();
        pictures.iter_mut().for_each(|p| p.before = p.before.saturating_sub(removed));
        *front = Segment { pictures, ..Segment::new(front.node.clone(), front.class, units) };
    }
    edited
}

/// Emphasis of new words, which a plain text cannot have.
fn lost_emphasis(changes: &[Change], is_plain: bool) -> Vec<Change> {
    let has = |c: &&Change| {
        let styled = |s: &unit::Style| s.is_strong || s.is_stressed;
        c.what == What::Text
            && c.parts
                .iter()
                .flat_map(|p| &p.after)
                .any(|l| !l.kind.is_fixed() && l.styles.iter().any(styled))
    };
    let told = |c: &Change| Change { what: What::Style, cannot: Some(Why::Emphasis), ..c.clone() };
    changes.iter().filter(|_| is_plain).filter(has).map(told).collect()
}

/// The names that units of a copy bear.
struct Names(Vec<Vec<Option<NodeId>>>);

impl Names {
    fn of(margin: &Margin, edited: &[Segment]) -> Self {
        let mut names: Vec<Vec<Option<NodeId>>> = edited.iter().map(|s| vec![None; s.units.len()]).collect();
        if margin.bookmarks.is_empty() {
            return Self(names);
        }
        let mut seen = BTreeSet::new();
        let twice: BTreeSet<&str> =
            margin.bookmarks.iter().map(|b| b.0.as_str()).filter(|n| !seen.insert(*n)).collect();
        for (segment, row) in edited.iter().zip(&mut names) {
            for (unit, slot) in segment.units.iter().zip(row) {
                let Some((_, extent)) = &unit.extent else { continue };
                let own = margin.bookmarks.iter().find(|(name, at)| {
                    extent.start <= *at && *at <= extent.end && !twice.contains(name.as_str())
                });
                *slot = own
                    .and_then(|(name, _)| name.strip_prefix("jb_"))
                    .map(|n| NodeId::new(n.replace('_', ".")));
            }
        }
        Self(names)
    }

    fn of_unit(&self, segment: usize, unit: usize) -> Option<NodeId> {
        self.0.get(segment)?.get(unit)?.clone()
    }
}

/// Text for people: marks of ours become what they mean.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // As Markdown writes it, without its label.
            unit::NOTE => out.push_str("[^]"),
            unit::BREAK => out.push(' '),
            unit::CELL => out.push('｜'),
            c => out.push(c),
        }
    }
    out
}

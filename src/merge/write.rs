//! Today's files with what was decided carried out, and what they must then be read as.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::merge::apply::{self, Replace, sheet_of};
use crate::merge::combine::{Decided, Mark, Op};
use crate::merge::report::Why;
use crate::merge::sheet::Sheet;
use crate::merge::unit::{Class, END, Kind, Segment};
use crate::source::Document;
use crate::tree::FileId;

/// The files as they are to be written, or what could not be.
pub(super) struct Written {
    pub(super) files: Vec<(FileId, String)>,
    /// Changes that have no place in the files.
    pub(super) failed: Vec<(Vec<usize>, Why)>,
}

/// A replacement with the changes it stands for.
#[derive(Clone)]
struct Own {
    replace: Replace,
    changes: Vec<usize>,
}

/// Names of sides in marks: one a return, and today's source.
pub(super) struct Labels<'a> {
    pub(super) returns: &'a [String],
    pub(super) today: &'a str,
}

pub(super) struct Writer<'a> {
    pub(super) today: &'a [Segment],
    pub(super) documents: &'a [Document],
}

impl Writer<'_> {
    /// Carries out all that was decided; conflicts are marked when there are labels.
    pub(super) fn run(&self, decided: &Decided, labels: Option<&Labels<'_>>, notes: &[Note]) -> Written {
        let sheets: Vec<Sheet<'_>> = self.documents.iter().map(|d| Sheet::new(d, self.today)).collect();
        let mut failed = Vec::new();
        let mut files: Vec<Vec<Own>> = sheets.iter().map(|_| Vec::new()).collect();
        for (ids, result) in self.replacements(&sheets, &decided.ops) {
            match result {
                Ok(found) => {
                    for (at, replace) in found {
                        if let Some(file) = files.get_mut(at) {
                            file.push(Own { replace, changes: ids.clone() });
                        }
                    }
                }
                Err(why) => failed.push((ids, why)),
            }
        }
        for turn in &decided.kinds {
            let unit = self.today.get(turn.segment).and_then(|s| s.units.get(turn.unit));
            match unit.ok_or(Why::Place).and_then(|u| apply::turned(&sheets, u, turn.kind)) {
                Ok((at, replace)) => {
                    if let Some(file) = files.get_mut(at) {
                        file.push(Own { replace, changes: turn.changes.clone() });
                    }
                }
                Err(why) => failed.push((turn.changes.clone(), why)),
            }
        }
        for file in &mut files {
            settle(file, &mut failed);
        }
        if let Some(labels) = labels {
            self.mark(&sheets, &decided.marks, labels, &mut files);
        }
        for note in notes {
            if let Some((at, replace)) = self.note(&sheets, note)
                && let Some(file) = files.get_mut(at)
            {
                file.push(Own { replace, changes: Vec::new() });
            }
        }
        let mut out = Vec::new();
        for (sheet, own) in sheets.iter().zip(&mut files) {
            own.sort_by_key(|o| (o.replace.range.start, o.replace.range.end));
            let order = self.order(sheet, decided, &mut failed);
            out.push((sheet.file, assembled(sheet.text, own, &order)));
        }
        Written { files: out, failed }
    }

    /// Replacements for all ops, whole units gathered place by place.
    #[expect(clippy::type_complexity, reason = "what each change comes to, or why it cannot")]
    fn replacements(
        &self,
        sheets: &[Sheet<'_>],
        ops: &[Op],
    ) -> Vec<(Vec<usize>, Result<Vec<(usize, Replace)>, Why>)> {
        let mut out = Vec::new();
        for op in ops {
            let Some(segment) = self.today.get(op.segment) else { continue };
            if op.is_whole {
                let unit = |at: usize| segment.starts.partition_point(|s| *s < at);
                let gone = unit(op.range.start)..unit(op.range.end);
                out.push((op.changes.clone(), apply::whole(sheets, segment, gone, &op.after)));
            } else {
                let found = apply::inner(sheets, segment, op);
                let found = found.map(|(at, list)| list.into_iter().map(|r| (at, r)).collect());
                out.push((op.changes.clone(), found));
            }
        }
        out
    }

    /// Conflicts in the way of git, on lines of their own around the paragraphs they are in.
    fn mark(&self, sheets: &[Sheet<'_>], marks: &[Mark], labels: &Labels<'_>, files: &mut [Vec<Own>]) {
        let mut places: Vec<(usize, Range<usize>, Vec<&Mark>)> = Vec::new();
        for mark in marks {
            let Some((at, range)) = self.lines_of(sheets, mark.segment, &mark.range) else { continue };
            places.push((at, range, vec![mark]));
        }
        places.sort_by_key(|p| (p.0, p.1.start, p.1.end));
        let mut joined: Vec<(usize, Range<usize>, Vec<&Mark>)> = Vec::new();
        for (at, range, own) in places {
            match joined.last_mut() {
                Some((other, last, all)) if *other == at && range.start <= last.end => {
                    last.end = last.end.max(range.end);
                    all.extend(own);
                }
                _ => joined.push((at, range, own)),
            }
        }
        for (at, range, own) in joined {
            let (Some(sheet), Some(file)) = (sheets.get(at), files.get_mut(at)) else { continue };
            let is_inside =
                |o: &Own| range.start <= o.replace.range.start && o.replace.range.end <= range.end;
            let (others, rest): (Vec<Own>, Vec<Own>) = file.drain(..).partition(|o| is_inside(o));
            *file = rest;
            let who: BTreeSet<Option<usize>> = own.iter().flat_map(|m| m.sides.iter().map(|s| s.0)).collect();
            let mut texts = Vec::new();
            for side in who {
                let ops: Vec<Op> = own
                    .iter()
                    .flat_map(|m| &m.sides)
                    .filter(|s| s.0 == side)
                    .filter_map(|s| s.1.clone())
                    .collect();
                let mut replaces = others.clone();
                for (_, result) in self.replacements(sheets, &ops) {
                    let found = result.unwrap_or_default().into_iter().filter(|(file, _)| *file == at);
                    replaces.extend(found.map(|(_, replace)| Own { replace, changes: Vec::new() }));
                }
                replaces.retain(is_inside);
                settle(&mut replaces, &mut Vec::new());
                let text = sliced(sheet.text, range.clone(), &replaces);
                let name = side.map_or(labels.today, |k| labels.returns.get(k).map_or("", String::as_str));
                texts.push((name.to_owned(), text.trim_matches(['\n', '\r']).to_owned()));
            }
            let text = marked(&texts, sheet.eol());
            let before = sheet.text.get(..range.start).unwrap_or_default();
            let lead = if before.is_empty() || before.ends_with('\n') { "" } else { sheet.eol() };
            let gap = if range.is_empty() { format!("{lead}{}", sheet.eol()) } else { String::new() };
            file.push(Own { replace: Replace { range, text: format!("{gap}{text}") }, changes: Vec::new() });
        }
    }

    /// The lines that hold a range of a segment; of an empty one between units, the place behind the first.
    fn lines_of(
        &self,
        sheets: &[Sheet<'_>],
        segment: usize,
        range: &Range<usize>,
    ) -> Option<(usize, Range<usize>)> {
        let own = self.today.get(segment)?;
        let is_between = range.is_empty() && own.is_border(range.start);
        let first = own.unit_at(range.start);
        if is_between && range.start > 0 {
            let unit = own.units.get(own.unit_at(range.start - 1))?;
            let sheet = sheet_of(sheets, unit)?;
            let at = sheets.iter().position(|s| s.file == sheet.file)?;
            let end = sheet.lines(unit)?.end;
            return Some((at, end..end));
        }
        let last = own.unit_at(range.end.max(range.start + 1) - 1);
        let (one, two) = (own.units.get(first)?, own.units.get(last)?);
        let sheet = sheet_of(sheets, one)?;
        let at = sheets.iter().position(|s| s.file == sheet.file)?;
        let (a, b) = (sheet.lines(one)?, sheet.lines(two)?);
        (a.start <= b.end).then_some((at, a.start..b.end.max(a.end)))
    }

    /// The order of a file's chunks: where each begins, in the order they are to stand.
    fn order(
        &self,
        sheet: &Sheet<'_>,
        decided: &Decided,
        failed: &mut Vec<(Vec<usize>, Why)>,
    ) -> Vec<Range<usize>> {
        let start = |segment: &Segment| {
            let own = segment.units.iter().filter(|u| u.kind != Kind::Note).filter_map(|u| sheet.lines(u));
            own.map(|r| r.start).min()
        };
        let mut found: Vec<(usize, usize)> =
            self.today.iter().enumerate().filter_map(|(k, s)| Some((start(s)?, k))).collect();
        found.sort_unstable();
        let whole: Vec<Range<usize>> = std::iter::once(0..sheet.text.len()).collect();
        let wanted: Vec<_> = decided.orders.iter().filter(|o| found.iter().any(|f| f.1 == o.0)).collect();
        if wanted.is_empty() {
            return whole;
        }
        let is_speech = |k: &usize| self.today.get(*k).is_some_and(|s| s.class == Class::Speech);
        let has_parts = found.iter().any(|(_, k)| self.today.get(*k).is_some_and(|s| s.class == Class::Part));
        let mut row: Vec<usize> = found.iter().map(|f| f.1).filter(is_speech).collect();
        for (segment, behind, ids) in wanted {
            let place = match behind {
                None => Some(0),
                Some(b) => row.iter().filter(|k| *k != segment).position(|k| k == b).map(|k| k + 1),
            };
            match place.filter(|_| !has_parts) {
                Some(place) => {
                    row.retain(|k| k != segment);
                    row.insert(place.min(row.len()), *segment);
                }
                None => failed.push((ids.clone(), Why::Order)),
            }
        }
        let range = |k: usize| {
            let at = found.iter().position(|f| f.1 == k)?;
            let end = found.get(at + 1).map_or(sheet.text.len(), |f| f.0);
            Some(found.get(at)?.0..end)
        };
        let first = found.iter().find(|f| is_speech(&f.1)).map_or(0, |f| f.0);
        std::iter::once(0..first).chain(row.into_iter().filter_map(range)).collect()
    }

    fn note(&self, sheets: &[Sheet<'_>], note: &Note) -> Option<(usize, Replace)> {
        let unit = self.today.get(note.segment)?.units.get(note.unit)?;
        let sheet = sheet_of(sheets, unit).filter(|s| s.is_markdown)?;
        let at = sheets.iter().position(|s| s.file == sheet.file)?;
        let start = sheet.lines(unit)?.start;
        // Inside a list or a table a line of its own would end it.
        let is_plain = unit.kind.is_heading() || matches!(unit.kind, Kind::Paragraph | Kind::Speaker);
        is_plain
            .then(|| (at, Replace { range: start..start, text: format!("{}{1}{1}", note.text, sheet.eol()) }))
    }
}

/// A comment to be written before a unit of today's source.
pub(super) struct Note {
    pub(super) segment: usize,
    pub(super) unit: usize,
    /// The whole comment, its marks included.
    pub(super) text: String,
}

/// Puts replacements in order, joins those that only take away, and gives up those that cross.
fn settle(own: &mut Vec<Own>, failed: &mut Vec<(Vec<usize>, Why)>) {
    own.sort_by_key(|o| (o.replace.range.start, o.replace.range.end));
    let mut out: Vec<Own> = Vec::new();
    for next in own.drain(..) {
        match out.last_mut() {
            Some(last) if next.replace.range.start < last.replace.range.end => {
                let takes = last.replace.text.is_empty() && next.replace.text.is_empty();
                if takes {
                    last.replace.range.end = last.replace.range.end.max(next.replace.range.end);
                    last.changes.extend(next.changes);
                } else {
                    let ids = last.changes.iter().chain(&next.changes).copied().collect();
                    failed.push((ids, Why::Form));
                }
            }
            _ => out.push(next),
        }
    }
    *own = out;
}

fn sliced(text: &str, range: Range<usize>, own: &[Own]) -> String {
    let mut out = String::new();
    let mut at = range.start;
    for Own { replace, .. } in own {
        let start = replace.range.start.max(at);
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(&replace.text);
        at = at.max(replace.range.end);
    }
    out + text.get(at..range.end.max(at)).unwrap_or_default()
}

/// The file, its chunks in their order. The gaps between chunks stay where they are.
fn assembled(text: &str, own: &[Own], order: &[Range<usize>]) -> String {
    if order.len() < 2 {
        return sliced(text, 0..text.len(), own);
    }
    let mut by_place: Vec<&Range<usize>> = order.iter().collect();
    by_place.sort_by_key(|r| r.start);
    let written = |range: &Range<usize>| {
        let last = range.end == text.len();
        let inside = |o: &&Own| {
            let r = &o.replace.range;
            range.start <= r.start && (r.end < range.end || r.end == range.end && (last || !r.is_empty()))
        };
        let own: Vec<Own> = own.iter().filter(inside).cloned().collect();
        sliced(text, range.clone(), &own)
    };
    let chunks: Vec<(Range<usize>, String)> = order.iter().map(|r| (r.clone(), written(r))).collect();
    let tails: Vec<String> = by_place
        .iter()
        .map(|r| {
            let chunk = chunks.iter().find(|c| c.0 == **r).map_or("", |c| c.1.as_str());
            chunk.get(chunk.trim_end_matches(['\n', '\r']).len()..).unwrap_or_default().to_owned()
        })
        .collect();
    chunks
        .iter()
        .zip(tails)
        .map(|((_, chunk), tail)| chunk.trim_end_matches(['\n', '\r']).to_owned() + &tail)
        .collect()
}

/// `<<<<<<<`, `=======`, `>>>>>>>`, each a paragraph by itself, so that none is taken for a heading's line.
fn marked(sides: &[(String, String)], eol: &str) -> String {
    let gap = eol.repeat(2);
    let mut out = String::new();
    let last = sides.len().saturating_sub(1);
    for (k, (name, text)) in sides.iter().enumerate() {
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        match k {
            0 => out.push_str(&format!("<<<<<<< {name}{gap}")),
            k if k == last => out.push_str(&format!("======={gap}")),
            _ => out.push_str(&format!("======= {name}{gap}")),
        }
        if !text.is_empty() {
            out.push_str(text);
            out.push_str(&gap);
        }
        if k == last {
            out.push_str(&format!(">>>>>>> {name}"));
        }
    }
    out
}

/// A unit as it must be read back, with the changes in it.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) text: String,
    pub(super) is_heading: bool,
    pub(super) changes: Vec<usize>,
}

/// What the files must be read as, by segments.
pub(super) fn expected(today: &[Segment], decided: &Decided) -> Vec<Expected> {
    let mut rows: Vec<(usize, Vec<Expected>)> =
        today.iter().enumerate().map(|(k, segment)| (k, row(segment, k, decided))).collect();
    for (segment, behind, ids) in &decided.orders {
        let Some(from) = rows.iter().position(|r| r.0 == *segment) else { continue };
        let mut own = rows.remove(from);
        own.1.iter_mut().for_each(|e| e.changes.extend(ids));
        let first = rows.iter().position(|r| today.get(r.0).is_some_and(|s| s.class == Class::Speech));
        let at = match behind {
            Some(b) => rows.iter().position(|r| r.0 == *b).map_or(rows.len(), |k| k + 1),
            None => first.unwrap_or(rows.len()),
        };
        rows.insert(at.min(rows.len()), own);
    }
    rows.into_iter().flat_map(|r| r.1).collect()
}

fn row(segment: &Segment, index: usize, decided: &Decided) -> Vec<Expected> {
    let turn = |unit: usize| decided.kinds.iter().find(|t| t.segment == index && t.unit == unit);
    let kind_of = |unit: usize| turn(unit).map(|t| t.kind).or(segment.units.get(unit).map(|u| u.kind));
    let mut own: Vec<&Op> = decided.ops.iter().filter(|op| op.segment == index && !op.is_style).collect();
    own.sort_by_key(|op| (op.range.start, op.range.end, !op.is_whole));
    let mut out: Vec<Expected> = Vec::new();
    let mut open: Option<Expected> = None;
    let put = |c: char, kind: Kind, ids: &[usize], open: &mut Option<Expected>, out: &mut Vec<Expected>| {
        let unit = open.get_or_insert_with(|| Expected {
            text: String::new(),
            is_heading: kind.is_heading(),
            changes: Vec::new(),
        });
        unit.changes.extend(ids);
        if c == END {
            out.extend(open.take());
        } else {
            unit.text.push(c);
        }
    };
    let copy = |range: Range<usize>, open: &mut Option<Expected>, out: &mut Vec<Expected>| {
        for at in range {
            let k = segment.unit_at(at);
            let Some(unit) = segment.units.get(k) else { continue };
            let inside = at - segment.starts.get(k).copied().unwrap_or(0);
            let c = unit.chars.get(inside).copied().unwrap_or(END);
            let ids = turn(k).map_or(&[][..], |t| &t.changes);
            put(c, kind_of(k).unwrap_or(unit.kind), ids, open, out);
        }
    };
    let mut at = 0;
    for op in own {
        copy(at..op.range.start.max(at), &mut open, &mut out);
        if op.after.is_empty() || op.is_whole {
            // What goes leaves its mark on its neighbours.
            if let Some(last) = open.as_mut().or(out.last_mut()) {
                last.changes.extend(&op.changes);
            }
        }
        for (k, line) in op.after.iter().enumerate() {
            if k > 0 && !op.is_whole {
                put(END, line.kind, &op.changes, &mut open, &mut out);
            }
            let kind = if op.is_whole || k > 0 {
                line.kind
            } else {
                kind_of(segment.unit_at(op.range.start)).unwrap_or(line.kind)
            };
            for c in &line.chars {
                put(*c, kind, &op.changes, &mut open, &mut out);
            }
            if op.is_whole {
                put(END, line.kind, &op.changes, &mut open, &mut out);
            } else if let Some(unit) = &mut open {
                unit.changes.extend(&op.changes);
            }
        }
        at = at.max(op.range.end);
    }
    copy(at..segment.len(), &mut open, &mut out);
    out.extend(open);
    out
}

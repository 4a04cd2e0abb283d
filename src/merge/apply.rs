//! What was decided, as replacements of bytes of the source files.

use std::ops::Range;

use crate::merge::change::Line;
use crate::merge::combine::Op;
use crate::merge::report::Why;
use crate::merge::sheet::{Around, Sheet};
use crate::merge::unit::{Kind, Segment, Style, Unit};

/// Bytes of a file and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Replace {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// The file a segment's unit stands in.
pub(super) fn sheet_of<'s, 'a>(sheets: &'s [Sheet<'a>], unit: &Unit) -> Option<&'s Sheet<'a>> {
    let (file, _) = unit.extent.as_ref()?;
    sheets.iter().find(|s| s.file == *file)
}

/// Characters inside units: taken out one by one, so that the markup between them stays.
pub(super) fn inner(sheets: &[Sheet<'_>], segment: &Segment, op: &Op) -> Result<(usize, Vec<Replace>), Why> {
    let first = segment.unit_at(op.range.start);
    let unit = segment.units.get(first).ok_or(Why::Place)?;
    let sheet = sheet_of(sheets, unit).ok_or(Why::Place)?;
    let index = sheets.iter().position(|s| s.file == sheet.file).ok_or(Why::Place)?;
    if op.is_style {
        return Ok((index, emphasise(sheet, segment, op)?));
    }
    let mut gone = taken(sheet, segment, op.range.clone())?;
    let inside = op.range.start - segment.starts.get(first).copied().unwrap_or(0);
    let place = |k: usize| unit.places.get(k).copied().flatten();
    let style = |k: usize| unit.styles.get(k).copied();
    let before = inside.checked_sub(1);
    let wanted = op.after.iter().find_map(|l| l.styles.first().copied()).unwrap_or_default();
    let (at, context) = match gone.first() {
        Some(range) => (range.start, style(inside).or(before.and_then(style)).unwrap_or_default()),
        None => {
            let left = before.and_then(|k| Some((place(k)?.1 as usize, style(k)?)));
            let right = place(inside).and_then(|p| Some((p.0 as usize, style(inside)?)));
            let own = [left, right].into_iter().flatten();
            let fits = own.clone().find(|(_, s)| *s == wanted);
            fits.or_else(|| own.clone().find(|(_, s)| *s == Style::default()))
                .or(left)
                .or(right)
                .ok_or(Why::Place)?
        }
    };
    let next = op.range.end - segment.starts.get(segment.unit_at(op.range.end)).copied().unwrap_or(0);
    let following = segment.units.get(segment.unit_at(op.range.end)).and_then(|u| u.chars.get(next)).copied();
    let text =
        pieces(sheet, unit, op, context, before.and_then(|k| unit.chars.get(k)).copied(), following, at)?;
    if text.is_empty() {
        gone = gone.into_iter().map(|r| without_empty_markup(sheet, unit, r)).collect();
        if let [only] = gone.as_mut_slice() {
            take_empty_line(sheet, unit, only);
        }
    }
    let mut out: Vec<Replace> =
        gone.into_iter().map(|range| Replace { range, text: String::new() }).collect();
    match out.first_mut() {
        Some(replace) => replace.text = text,
        None => out.push(Replace { range: at..at, text }),
    }
    Ok((index, out))
}

/// What comes into a unit; where it is split, what parts lines and stands before one.
fn pieces(
    sheet: &Sheet<'_>,
    unit: &Unit,
    op: &Op,
    style: Style,
    before: Option<char>,
    after: Option<char>,
    near: usize,
) -> Result<String, Why> {
    let mut out = String::new();
    let last = op.after.len().saturating_sub(1);
    let mut kind = unit.kind;
    for (k, line) in op.after.iter().enumerate() {
        let mut line: Line = line.clone();
        if k == 0 {
            line.kind = unit.kind;
        }
        if k > 0 {
            // A paragraph that is split in the middle of emphasis is emphasised on both sides.
            let mark = if sheet.is_markdown && style.is_strong { "**" } else { "" };
            let prefix = match line.kind == unit.kind {
                true => sheet.prefix_of(unit).ok_or(Why::Form)?,
                false => sheet.prefix(line.kind, near)?,
            };
            let prefix = match line.kind {
                Kind::Item { is_numbered: true, .. } => sheet.prefix(line.kind, near)?,
                _ => prefix,
            };
            out = out.trim_end_matches(' ').to_owned();
            out.push_str(mark);
            out.push_str(&sheet.between(kind, line.kind));
            out.push_str(&prefix);
            out.push_str(mark);
        }
        kind = line.kind;
        let around = Around {
            before: if k == 0 { before } else { None },
            after: if k == last { after } else { None },
            style,
            is_line_start: k > 0
                || before.is_none() && sheet.prefix_of(unit).is_some_and(|p| p.trim().is_empty()),
        };
        out.push_str(&sheet.written(&line, around)?);
    }
    Ok(out)
}

/// The bytes of characters and of ends of units.
fn taken(sheet: &Sheet<'_>, segment: &Segment, range: Range<usize>) -> Result<Vec<Range<usize>>, Why> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut push = |range: Range<usize>| match gone.last_mut() {
        // A line end of the source's own layout between two characters that go goes with them.
        Some(last)
            if sheet.text.get(last.end..range.start).is_some_and(|t| t.chars().all(char::is_whitespace)) =>
        {
            last.end = range.end;
        }
        _ => gone.push(range),
    };
    for at in range {
        let k = segment.unit_at(at);
        let unit = segment.units.get(k).ok_or(Why::Place)?;
        let inside = at - segment.starts.get(k).copied().unwrap_or(0);
        if inside < unit.chars.len() {
            let (start, end) = unit.places.get(inside).copied().flatten().ok_or(Why::Place)?;
            push(start as usize..end as usize);
            continue;
        }
        let next = segment.units.get(k + 1).ok_or(Why::Place)?;
        let (file, extent) = unit.extent.as_ref().ok_or(Why::Place)?;
        let (other, following) = next.extent.as_ref().ok_or(Why::Place)?;
        let between =
            sheet.text.get(extent.end..following.start).filter(|_| file == other).ok_or(Why::Place)?;
        // Comments, pictures and the like are nobody's to delete.
        if !between.chars().all(|c| c.is_whitespace() || "#>-*+.)0123456789".contains(c)) {
            return Err(Why::Form);
        }
        push(extent.end..following.start);
    }
    Ok(gone)
}

/// `**` and `**` that would be left with nothing between them go too.
fn without_empty_markup(sheet: &Sheet<'_>, unit: &Unit, range: Range<usize>) -> Range<usize> {
    let inside = |k: usize| {
        unit.places
            .get(k)
            .copied()
            .flatten()
            .is_some_and(|(a, b)| range.start <= a as usize && b as usize <= range.end)
    };
    let Some(first) = (0..unit.chars.len()).find(|k| inside(*k)) else { return range };
    let Some(last) = (0..unit.chars.len()).rev().find(|k| inside(*k)) else { return range };
    let style = |k: Option<usize>| k.and_then(|k| unit.styles.get(k)).copied().unwrap_or_default();
    let own = style(Some(first));
    let (before, after) = (style(first.checked_sub(1)), style(Some(last + 1)));
    let mark = match (
        own.is_strong && !before.is_strong && !after.is_strong,
        own.is_stressed && !before.is_stressed && !after.is_stressed,
    ) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => return range,
    };
    let left = sheet.text.get(..range.start).is_some_and(|t| t.ends_with(mark));
    let right = sheet.text.get(range.end..).is_some_and(|t| t.starts_with(mark));
    if left && right { range.start - mark.len()..range.end + mark.len() } else { range }
}

/// A line that would be left empty in the middle of a paragraph goes with its line end.
fn take_empty_line(sheet: &Sheet<'_>, unit: &Unit, range: &mut Range<usize>) {
    let Some((_, extent)) = &unit.extent else { return };
    let (start, end) = (sheet.line_start(range.start), sheet.line_end(range.end));
    let blank = |r: Range<usize>| sheet.text.get(r).is_some_and(|t| t.chars().all(char::is_whitespace));
    if start == end || !blank(start..range.start) || !blank(range.end..end) {
        return;
    }
    if extent.start < start {
        let before = sheet.text.get(..start).map_or(start, |t| t.trim_end_matches(['\n', '\r']).len());
        *range = before..end;
    } else if extent.end > end {
        let next =
            sheet.text.get(end..).map_or(end, |t| end + (t.len() - t.trim_start_matches(['\n', '\r']).len()));
        *range = range.start..next;
    }
}

/// Puts marks of emphasis around characters, or takes them off.
fn emphasise(sheet: &Sheet<'_>, segment: &Segment, op: &Op) -> Result<Vec<Replace>, Why> {
    if !sheet.is_markdown {
        return Err(Why::Emphasis);
    }
    let k = segment.unit_at(op.range.start);
    let unit = segment.units.get(k).ok_or(Why::Place)?;
    let from = op.range.start - segment.starts.get(k).copied().unwrap_or(0);
    let to = from + op.range.len();
    if op.range.is_empty() || to > unit.chars.len() {
        return Err(Why::Emphasis);
    }
    let place = |k: usize| unit.places.get(k).copied().flatten().ok_or(Why::Place);
    for k in from..to.saturating_sub(1) {
        // Markup or a line end inside: the marks would cross it.
        if place(k)?.1 != place(k + 1)?.0 {
            return Err(Why::Emphasis);
        }
    }
    let (start, end) = (place(from)?.0 as usize, place(to - 1)?.1 as usize);
    let old = unit.styles.get(from).copied().unwrap_or_default();
    let new = op.after.first().and_then(|l| l.styles.first()).copied().unwrap_or_default();
    let mark = if old.is_strong == new.is_strong { "*" } else { "**" };
    let is_added = new.is_strong && !old.is_strong || new.is_stressed && !old.is_stressed;
    let both = (old.is_strong != new.is_strong) && (old.is_stressed != new.is_stressed);
    if both {
        return Err(Why::Emphasis);
    }
    if is_added {
        let put = |at: usize| Replace { range: at..at, text: mark.to_owned() };
        return Ok(vec![put(start), put(end)]);
    }
    let left = start.checked_sub(mark.len()).filter(|s| sheet.text.get(*s..start) == Some(mark));
    let right = sheet.text.get(end..end + mark.len()).filter(|t| *t == mark);
    match (left, right) {
        (Some(left), Some(_)) => Ok(vec![
            Replace { range: left..start, text: String::new() },
            Replace { range: end..end + mark.len(), text: String::new() },
        ]),
        _ => Err(Why::Emphasis),
    }
}

/// A line that becomes something else: other marks before it.
pub(super) fn turned(sheets: &[Sheet<'_>], unit: &Unit, kind: Kind) -> Result<(usize, Replace), Why> {
    let sheet = sheet_of(sheets, unit).filter(|s| s.is_markdown).ok_or(Why::KindOfLine)?;
    let index = sheets.iter().position(|s| s.file == sheet.file).ok_or(Why::Place)?;
    let (_, extent) = unit.extent.as_ref().ok_or(Why::Place)?;
    // A heading is one line; so is what a heading becomes.
    if sheet.text.get(extent.clone()).is_none_or(|t| t.contains('\n')) || sheet.prefix_of(unit).is_none() {
        return Err(Why::KindOfLine);
    }
    let range = sheet.line_start(extent.start)..extent.start;
    Ok((index, Replace { text: sheet.prefix(kind, extent.start)?, range }))
}

/// Units that go and come in one place of a segment: units `gone`, and `lines` before the unit `at`.
pub(super) fn whole(
    sheets: &[Sheet<'_>],
    segment: &Segment,
    gone: Range<usize>,
    lines: &[Line],
) -> Result<Vec<(usize, Replace)>, Why> {
    let index = |sheet: &Sheet<'_>| sheets.iter().position(|s| s.file == sheet.file).ok_or(Why::Place);
    if gone.is_empty() {
        return inserted(sheets, segment, gone.start, lines);
    }
    let mut blocks: Vec<(usize, Range<usize>)> = Vec::new();
    for k in gone.clone() {
        let unit = segment.units.get(k).ok_or(Why::Place)?;
        let sheet = sheet_of(sheets, unit).ok_or(Why::Place)?;
        let own = sheet.lines(unit).ok_or(Why::Place)?;
        let at = index(sheet)?;
        match blocks.last_mut() {
            Some((other, last))
                if *other == at
                    && own.start >= last.end
                    && sheet
                        .text
                        .get(last.end..own.start)
                        .is_some_and(|t| t.chars().all(char::is_whitespace)) =>
            {
                last.end = own.end;
            }
            // Lines that overlap: two speakers of one line.
            Some((other, last)) if *other == at && own.start < last.end && own.start >= last.start => {
                last.end = last.end.max(own.end);
            }
            _ => blocks.push((at, own)),
        }
    }
    // A line that holds another unit too cannot go as a whole.
    for (k, unit) in segment.units.iter().enumerate().filter(|(k, _)| !gone.contains(k)) {
        let own = sheet_of(sheets, unit).and_then(|s| Some((index(s).ok()?, s.lines(unit)?)));
        let _ = k;
        if let Some((at, own)) = own
            && blocks.iter().any(|(other, b)| *other == at && own.start < b.end && b.start < own.end)
        {
            return Err(Why::Place);
        }
    }
    let mut out = Vec::new();
    for (k, (at, block)) in blocks.into_iter().enumerate() {
        let sheet = sheets.get(at).ok_or(Why::Place)?;
        if k == 0 && !lines.is_empty() {
            out.push((at, Replace { text: joined(sheet, lines, block.start)?, range: block }));
        } else {
            out.push((at, Replace { range: with_gap(sheet, block), text: String::new() }));
        }
    }
    Ok(out)
}

fn joined(sheet: &Sheet<'_>, lines: &[Line], near: usize) -> Result<String, Why> {
    let mut out = String::new();
    let mut before = None;
    for line in lines {
        if let Some(kind) = before {
            out.push_str(&sheet.between(kind, line.kind));
        }
        out.push_str(&sheet.line(line, near)?);
        before = Some(line.kind);
    }
    Ok(out)
}

fn inserted(
    sheets: &[Sheet<'_>],
    segment: &Segment,
    at: usize,
    lines: &[Line],
) -> Result<Vec<(usize, Replace)>, Why> {
    let is_note = |u: &&Unit| u.kind == Kind::Note;
    // Notes are listed last and stand wherever the source has them: text does not follow them.
    let behind = segment.units.get(..at).unwrap_or_default().iter().rev().find(|u| !is_note(u));
    let index = |sheet: &Sheet<'_>| sheets.iter().position(|s| s.file == sheet.file).ok_or(Why::Place);
    if let Some(unit) = behind {
        let sheet = sheet_of(sheets, unit).ok_or(Why::Place)?;
        let end = sheet.lines(unit).ok_or(Why::Place)?.end;
        let first = lines.first().ok_or(Why::Place)?;
        let text = sheet.between(unit.kind, first.kind) + &joined(sheet, lines, end)?;
        return Ok(vec![(index(sheet)?, Replace { range: end..end, text })]);
    }
    let unit = segment.units.get(at).ok_or(Why::Place)?;
    let sheet = sheet_of(sheets, unit).ok_or(Why::Place)?;
    let start = sheet.lines(unit).ok_or(Why::Place)?.start;
    let last = lines.last().ok_or(Why::Place)?;
    let text = joined(sheet, lines, start)? + &sheet.between(last.kind, unit.kind);
    Ok(vec![(index(sheet)?, Replace { range: start..start, text })])
}

/// Lines that go take the smaller of the gaps around them along.
fn with_gap(sheet: &Sheet<'_>, block: Range<usize>) -> Range<usize> {
    let before = sheet.text.get(..block.start).unwrap_or_default();
    let after = sheet.text.get(block.end..).unwrap_or_default();
    let (head, tail) = (before.trim_end(), after.trim_start_matches([' ', '\t', '\r', '\n']));
    let ends = |text: &str| text.matches('\n').count();
    if tail.is_empty() {
        return head.len()..block.end;
    }
    let next = block.end + (after.len() - tail.len());
    // Up to the line the next text stands on, whose indent is its own.
    let next = sheet.line_start(next).max(block.end);
    let above = ends(before.get(head.len()..).unwrap_or_default());
    let below = ends(after.get(..after.len() - tail.len()).unwrap_or_default());
    if head.is_empty() || below <= above { block.start..next } else { head.len()..block.end }
}

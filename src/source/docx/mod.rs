//! Word files: what a reader of the page sees, taken out of the package of a stranger.
//!
//! The parts are read event by event, never as a tree, with limits on size, count and depth. Styles
//! are known by name, numbering is made text where a person would have typed it, revisions are taken
//! as accepted. [`body`] gives what stands in a part, [`layout`] makes blocks of it.

mod body;
mod fields;
mod formats;
mod layout;
mod lines;
mod lists;
mod model;
mod numbering;
mod numerals;
pub(super) mod package;
mod pictures;
mod props;
mod record;
mod relations;
mod story;
mod styles;
mod symbols;
mod tables;
mod tally;
#[cfg(test)]
mod tests;
mod xml;

use std::collections::BTreeMap;

use crate::source::{Input, Margin, Notice, Parsed, Reader, SourceError};

use body::{Around, Body, Contents};
use layout::{Laid, Layout};
use lines::Lines;
use model::{Item, NoteKey};
use numbering::Numbering;
use package::Package;
use pictures::Pictures;
use record::Record;
use relations::Relations;
use styles::Styles;
use tally::Tally;
use xml::{Event, Ns, Xml};

pub(super) const READER: Reader =
    Reader { name: "docx", endings: &["docx", "docm", "dotx", "dotm"], is_text: false, read };

fn read(input: &Input<'_>) -> Result<Parsed, SourceError> {
    let mut package = Package::open(input.bytes)?;
    let main = Relations::read(&mut package, "")?.part("officeDocument").map(str::to_owned);
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(text) = package.text(&main)? else { return Err(SourceError::NoText { part: main }) };
    let relations = Relations::read(&mut package, &main)?;
    let styles = styles(&mut package, &relations)?;
    let mut numbering = Numbering::default();
    if let Some((name, text)) = part(&mut package, &relations, "numbering")? {
        numbering = Numbering::read(&name, &text)?;
        numbering.follow_links(|style| styles.number_of(style));
    }
    let mut tally = Tally::default();
    let mut notes = BTreeMap::new();
    for (kind, is_end) in [("footnotes", false), ("endnotes", true)] {
        if let Some((name, text)) = part(&mut package, &relations, kind)? {
            let relations = Relations::read(&mut package, &name)?;
            let around = Around {
                styles: &styles,
                relations: &relations,
                follows_fields: true,
                with_formats: input.with_margin,
            };
            read_notes(&name, &text, around, is_end, &mut notes, &mut tally)?;
        }
    }
    let comments = match part(&mut package, &relations, "comments")? {
        Some((name, text)) => count(&name, &text, "comment")?,
        None => 0,
    };
    let has_macros = relations.part("vbaProject").is_some_and(|p| package.has(p));

    let contents = read_body(&main, &text, &styles, &relations, input.with_margin)?;
    tally.add(contents.tally);
    let mut beside = Margin::default();
    if input.with_margin {
        record::complete(&mut beside, &mut package, &relations)?;
    }
    let record = contents.record;
    let mut pictures = Pictures::of(package);
    let layout = Layout::new(
        &styles,
        numbering,
        notes,
        contents.marks,
        &mut pictures,
        Lines::new(input.id),
        tally.contents > 0,
    );
    let Laid { text, blocks, contents, editor_notes, statuses, has_own_styles, seen, formatted } =
        layout.run(contents.items)?;
    tally.contents += contents;
    tally.editor_notes += editor_notes;
    tally.statuses += statuses;
    if blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    let mut notices = tally.notices();
    if comments > 0 {
        notices.push(Notice::Comments { count: comments });
    }
    if has_macros {
        notices.push(Notice::Macros);
    }
    notices.append(&mut pictures.notices);
    let margin = Margin { formatted, has_own_styles, ..record.margin(&seen).with(beside) };
    Ok(Parsed { text, blocks, notices, pictures: pictures.taken, margin, ..Parsed::default() })
}

/// The part that a relation of this kind leads to, with its text.
fn part(
    package: &mut Package<'_>,
    relations: &Relations,
    kind: &str,
) -> Result<Option<(String, String)>, SourceError> {
    let Some(name) = relations.part(kind) else { return Ok(None) };
    Ok(package.text(name)?.map(|text| (name.to_owned(), text)))
}

fn styles(package: &mut Package<'_>, relations: &Relations) -> Result<Styles, SourceError> {
    let mut styles = match part(package, relations, "styles")? {
        Some((name, text)) => Styles::read(&name, &text)?,
        None => Styles::default(),
    };
    if let Some((name, text)) = part(package, relations, "theme")? {
        styles.read_theme(&name, &text)?;
    }
    Ok(styles)
}

/// Reads the text; once more without regard to fields where one that hides text has no end.
fn read_body(
    name: &str,
    text: &str,
    styles: &Styles,
    relations: &Relations,
    with_margin: bool,
) -> Result<Contents, SourceError> {
    let read = |follows_fields| {
        let around = Around { styles, relations, follows_fields, with_formats: with_margin };
        Body::new(around, Record::new(with_margin)).read(&mut Xml::of_text(name, text))
    };
    let contents = read(true)?;
    if contents.is_torn { read(false) } else { Ok(contents) }
}

fn read_notes(
    name: &str,
    text: &str,
    around: Around<'_>,
    is_end: bool,
    notes: &mut BTreeMap<NoteKey, Vec<Item>>,
    tally: &mut Tally,
) -> Result<(), SourceError> {
    let mut xml = Xml::of_text(name, text);
    let wanted = if is_end { "endnote" } else { "footnote" };
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        if !tag.is(Ns::W, wanted) {
            continue;
        }
        // Lines that part notes from text.
        let is_note = tag.attr(Ns::W, "type").is_none_or(|t| t == "normal");
        let id = tag.attr(Ns::W, "id").filter(|_| is_note).map(str::to_owned);
        let Some(id) = id else {
            xml.skip()?;
            continue;
        };
        let contents = Body::new(around, Record::default()).read(&mut xml)?;
        tally.add(contents.tally);
        notes.insert(NoteKey { is_end, id }, contents.items);
    }
    Ok(())
}

fn count(name: &str, text: &str, element: &str) -> Result<usize, SourceError> {
    let mut xml = Xml::of_text(name, text);
    let mut count = 0;
    while let Some(event) = xml.next()? {
        count += usize::from(matches!(event, Event::Start(tag) if tag.is(Ns::W, element)));
    }
    Ok(count)
}

//! The book as the templates read it: `data.json`, documented at the head of `data.typ`.
//!
//! It follows the JSON form of the tree without what print has no use for (spans, edits, files),
//! and adds what print needs: levels of headings, paragraphs parted behind their topic sentence,
//! notes by the place they are referred from, fonts, briefing and index.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::{Value, json};

use crate::config::{Head, Lead, PrintPart};
use crate::fonts::FontRole;
use crate::render::pdf::blocks::Blocks;
use crate::render::pdf::families;
use crate::render::pdf::missing::Missing;
use crate::render::pdf::pictures::Pictures;
use crate::render::{Body, Job, Note, People, Person, PressPart};
use crate::tree::{Part, Proceedings, Speaker, Speech, plain_text, split_inlines};

/// The data, and notes about what of the text cannot be printed.
pub(super) fn of(job: &Job<'_>, pictures: &Pictures<'_>, missing: Missing<'_>) -> (Value, Vec<Note>) {
    let mut blocks = Blocks::new(pictures, missing);
    let (tree, briefing, distribution) = (job.tree, &job.config.briefing, &job.config.distribution);
    let front = |blocks: &mut Blocks<'_>, text: Option<&String>| {
        text.filter(|t| !t.trim().is_empty()).map(|t| blocks.text(&tree.front.title.id, t))
    };
    let all = |blocks: &mut Blocks<'_>, list: &[String]| -> Vec<String> {
        list.iter().map(|t| blocks.text(&tree.front.title.id, t)).collect()
    };
    let printed_date = briefing.printed_date();
    let value = json!({
        "document": document(job),
        "profile": job.config.look,
        "press": job.press.map(|part| press(job, part)),
        "print": {
            "cover": job.config.prints(PrintPart::Cover),
            "head": job.config.prints(PrintPart::Head),
            "contents": job.config.prints(PrintPart::Contents),
            "index": job.config.prints(PrintPart::Index),
            "parties": job.config.prints(PrintPart::Parties),
            "lead": lead(job.config.look.lead).key(),
        },
        "fonts": families::of(job.fonts),
        "briefing": {
            "name": front(&mut blocks, briefing.name.as_ref().or(tree.meta.name.as_ref())),
            "number": front(&mut blocks, briefing.number.as_ref().or(tree.meta.number.as_ref())),
            "issuer": front(&mut blocks, briefing.issuer.as_ref().or(tree.meta.issuer.as_ref())),
            "date": front(&mut blocks, printed_date.as_ref().or(tree.meta.date.as_ref())),
            "security": front(&mut blocks, briefing.security.as_ref()),
            "urgency": front(&mut blocks, briefing.urgency.as_ref()),
            "status": front(&mut blocks, briefing.status.as_ref()),
            "signer": front(&mut blocks, briefing.signer.as_ref()),
            "proofreader": front(&mut blocks, briefing.proofreader.as_ref()),
            "copy": front(&mut blocks, briefing.printed_copy().as_ref()),
            "preprinted": briefing.head == Some(Head::Preprinted),
        },
        "distribution": {
            "report": all(&mut blocks, &distribution.report),
            "send": all(&mut blocks, &distribution.send),
            "issue": all(&mut blocks, &distribution.issue),
            "copies": distribution.copies,
        },
        "tree": tree_data(tree, &mut blocks),
        "people": people(tree, &mut blocks),
        "bodies": bodies(tree, &mut blocks),
    });
    (value, blocks.missing.notes())
}

/// What a file for a printing house is made of.
fn press(job: &Job<'_>, part: PressPart) -> Value {
    let inks = job.config.inks();
    let (part, spine) = match part {
        PressPart::Body => ("body", 0.0),
        PressPart::Cover { spine } => ("cover", spine),
    };
    json!({
        "part": part,
        "bleed": job.config.press.bleed,
        "spine": spine,
        "spine_title": spine >= PressPart::TITLE_FROM,
        "text": inks.text,
        "accent": inks.accent,
        "spot": inks.spot,
    })
}

fn lead(lead: Lead) -> FontRole {
    match lead {
        Lead::Kai => FontRole::Kai,
        Lead::Hei => FontRole::Hei,
        _ => FontRole::Fang,
    }
}

/// What readers' programs show of the file.
fn document(job: &Job<'_>) -> Value {
    let (tree, briefing) = (job.tree, &job.config.briefing);
    let title = [Some(&tree.title), tree.event.as_ref(), briefing.name.as_ref()]
        .into_iter()
        .flatten()
        .chain(tree.speeches.iter().map(|s| &s.heading.text))
        .map(|t| metadata(t))
        .find(|t| !t.is_empty());
    let mut keywords: Vec<String> = Vec::new();
    for speaker in tree.speeches.iter().flat_map(|s| &s.speakers) {
        let party = speaker.party.map(|p| p.to_string());
        for word in party.into_iter().chain(speaker.affiliation.clone()) {
            let word = metadata(&word);
            if !keywords.contains(&word) {
                keywords.push(word);
            }
        }
    }
    let issuer = briefing.issuer.as_ref().or(tree.meta.issuer.as_ref()).map(|t| metadata(t));
    json!({
        "title": title.unwrap_or_else(|| "会议发言汇编".to_owned()),
        "author": issuer.filter(|t| !t.is_empty()),
        "description": tree.event.as_deref().map(metadata).filter(|t| !t.is_empty()),
        "keywords": keywords,
        "date": date(job.date.unwrap_or(DateTime::UNIX_EPOCH)),
    })
}

/// PDF/A-2a wants a date in every file (`set document(date: none)` ends in "PDF/A-2a error: missing
/// document date", typst 0.15.1), and the clock's would differ from run to run: a book without one is
/// given the beginning of the count of seconds, as `SOURCE_DATE_EPOCH=0` would.
fn date(date: DateTime<Utc>) -> Value {
    json!([date.year(), date.month(), date.day(), date.hour(), date.minute(), date.second()])
}

/// Text for the file's properties, where no control character may stand.
fn metadata(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

fn tree_data(tree: &Proceedings, blocks: &mut Blocks<'_>) -> Value {
    blocks.begin(0);
    let lede = blocks.list(&tree.lede);
    let lede_notes = blocks.notes();
    let mut speeches = Vec::with_capacity(tree.speeches.len());
    let mut part = None;
    for speech in &tree.speeches {
        let opens = (speech.part != part).then_some(speech.part.as_ref()).flatten();
        let opened = opens.and_then(|id| tree.parts.iter().find(|p| p.id == *id));
        part.clone_from(&speech.part);
        let opens_part = opened.map(|p| part_data(p, blocks));
        let inside = tree.parts.iter().any(|p| Some(&p.id) == part.as_ref() && is_titled(p));
        speeches.push(speech_data(speech, opens_part, if inside { 2 } else { 1 }, blocks));
    }
    json!({
        "title": blocks.text(&tree.front.title.id, &tree.title),
        "event": tree.event.as_ref().map(|e| blocks.text(&tree.front.event.id, e)),
        "lede": lede,
        "notes": lede_notes,
        "speeches": speeches,
    })
}

/// Whether a part has a heading of its own, below which its speeches stand.
fn is_titled(part: &Part) -> bool {
    !part.title.trim().is_empty()
}

fn part_data(part: &Part, blocks: &mut Blocks<'_>) -> Value {
    blocks.begin(u8::from(is_titled(part)));
    let intro = blocks.list(&part.intro);
    json!({
        "id": part.id,
        "title": blocks.text(&part.id, &part.title),
        "intro": intro,
        "notes": blocks.notes(),
    })
}

fn speech_data(speech: &Speech, opens_part: Option<Value>, level: u8, blocks: &mut Blocks<'_>) -> Value {
    let heading = &speech.heading;
    let is_named = speech.speakers.iter().any(|s| !s.display_name().is_empty());
    let empty = heading.display().trim().is_empty() && !is_named;
    blocks.begin(if empty { level - 1 } else { level });
    let mut clauses = Vec::with_capacity(heading.clauses.len());
    let mut rest = heading.inlines.clone();
    let marked_up = plain_text(&rest) == heading.text;
    for clause in &heading.clauses {
        let text = blocks.text(&heading.id, clause);
        if marked_up {
            let (this, other) = split_inlines(&rest, clause.len());
            (_, rest) = split_inlines(&other, 1);
            clauses.push(json!({ "text": text, "inlines": blocks.inlines(&heading.id, &this) }));
        } else {
            clauses.push(json!({ "text": text, "inlines": [{ "type": "text", "text": text }] }));
        }
    }
    let body = blocks.list(&speech.body);
    json!({
        "id": speech.id,
        "part": opens_part,
        "heading": {
            "level": level,
            "number": heading.number.as_ref().map(|n| blocks.text(&heading.id, &n.label)),
            "text": blocks.text(&heading.id, &heading.display()),
            "clauses": clauses,
        },
        "speakers": speech.speakers.iter().map(|s| speaker(s, blocks)).collect::<Vec<_>>(),
        "body": body,
        "notes": blocks.notes(),
    })
}

fn speaker(speaker: &Speaker, blocks: &mut Blocks<'_>) -> Value {
    json!({
        "name": blocks.text(&speaker.id, &speaker.name),
        "display": blocks.text(&speaker.id, &speaker.display_name()),
        "title": blocks.text(&speaker.id, &speaker.title),
    })
}

fn people(tree: &Proceedings, blocks: &mut Blocks<'_>) -> Value {
    let people = People::of(tree);
    json!({
        "by_stroke": rows(&people.by_stroke, blocks),
        "by_pinyin": rows(&people.by_pinyin, blocks),
    })
}

fn bodies(tree: &Proceedings, blocks: &mut Blocks<'_>) -> Vec<Value> {
    let bodies = Body::all(tree);
    let of = |body: &Body| json!({ "name": body.name, "people": rows(&body.people, blocks) });
    bodies.iter().map(of).collect()
}

fn rows(people: &[Person], blocks: &mut Blocks<'_>) -> Vec<Value> {
    let row = |p: &Person| {
        let node = p.speeches.first().cloned().unwrap_or_default();
        json!({ "name": blocks.text(&node, &p.name), "speeches": p.speeches })
    };
    people.iter().map(row).collect()
}

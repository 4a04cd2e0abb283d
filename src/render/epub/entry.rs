//! Lines of the contents and the index, and who speaks.

use crate::render::epub::inline::{anchor, plain_clauses};
use crate::render::epub::model::{Entry, Run, Who};
use crate::render::epub::xml::one_line;
use crate::tree::{Speaker, Speech};

/// An entry without number and speakers.
pub(super) fn fixed(file: &str, label: &str) -> Entry {
    Entry {
        file: file.to_owned(),
        label: one_line(label),
        number: String::new(),
        clauses: vec![vec![Run::Text { text: label.to_owned() }]],
        speakers: String::new(),
        children: Vec::new(),
    }
}

/// A speech's entry; one without a heading is listed by who speaks, or by its file.
pub(super) fn entry(file: &str, speech: &Speech) -> Entry {
    let names = speech.speakers.iter().map(name_of).filter(|name| !name.is_empty());
    let speakers = names.collect::<Vec<_>>().join("、");
    let heading = &speech.heading;
    if heading.display().trim().is_empty() {
        let label = if speakers.is_empty() { file.trim_end_matches(".xhtml") } else { &speakers };
        return fixed(file, label);
    }
    let number = heading.number.as_ref().map_or_else(String::new, |n| n.label.clone());
    Entry { number, clauses: plain_clauses(heading), speakers, ..fixed(file, &heading.display()) }
}

/// The person, or the organisation that speaks.
pub(super) fn name_of(speaker: &Speaker) -> &str {
    if speaker.name.is_empty() { speaker.organisation.as_deref().unwrap_or("") } else { &speaker.name }
}

/// One speaker of a speech.
pub(super) fn who(speaker: &Speaker) -> Who {
    let name = name_of(speaker).to_owned();
    let notes = speaker.display_name();
    Who {
        id: anchor(&speaker.id),
        kind: if speaker.name.is_empty() { "organisation" } else { "name" },
        notes: notes.strip_prefix(&name).unwrap_or_default().to_owned(),
        name,
        roles: speaker.title.clone(),
    }
}

//! What every document knows of the book: title, event, and the briefing's own lines.

use crate::render::Job;
use crate::render::epub::inline::{anchor, clauses_of};
use crate::render::epub::model::Book;
use crate::render::epub::xml::one_line;

/// What every document knows of the book.
pub(super) fn book(job: &Job<'_>) -> Book {
    let (tree, briefing) = (job.tree, &job.config.briefing);
    let known = |config: &Option<String>, meta: &Option<String>| {
        config.as_deref().or(meta.as_deref()).map(one_line).filter(|text| !text.is_empty())
    };
    let event = tree.event.clone().or_else(|| briefing.event.clone()).filter(|e| !e.trim().is_empty());
    let titles = [Some(&tree.title), briefing.title.as_ref(), event.as_ref()];
    let title = titles.into_iter().flatten().find(|t| !t.trim().is_empty());
    let title = title.map_or_else(|| "会议发言汇编".to_owned(), Clone::clone);
    let number = known(&briefing.number, &tree.meta.number)
        .map(|number| if number.chars().all(char::is_numeric) { format!("第{number}期") } else { number });
    let edition = briefing.printed_edition();
    Book {
        edition,
        status: known(&briefing.status, &None),
        language: "zh-CN",
        title_id: anchor(&tree.front.title.id),
        title_clauses: clauses_of(&title),
        title,
        event_id: anchor(&tree.front.event.id),
        event_clauses: event.as_deref().map(clauses_of).unwrap_or_default(),
        event,
        series: known(&briefing.name, &tree.meta.name),
        number,
        issuer: known(&briefing.issuer, &tree.meta.issuer),
        date: briefing.printed_date().or_else(|| tree.meta.date.clone()).filter(|d| !d.trim().is_empty()),
    }
}

//! What was left out or taken otherwise while a file was read, to be told in a few sentences.

use crate::source::{LeftOut, Notice};

/// Counts of one part.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    pub(super) contents: usize,
    pub(super) editor_notes: usize,
    pub(super) statuses: usize,
    pub(super) hidden: usize,
    /// Reading aids over hanzi.
    pub(super) readings: usize,
    pub(super) formulas: usize,
    /// Charts, diagrams, sheets.
    pub(super) objects: usize,
    /// Whole documents put in.
    pub(super) embedded: usize,
    pub(super) outside_pictures: Vec<String>,
    symbols: Vec<(String, String)>,
}

impl Tally {
    pub(super) fn symbol(&mut self, font: &str, code: &str) {
        let symbol = (font.to_owned(), code.to_owned());
        if self.symbols.len() < 20 && !self.symbols.contains(&symbol) {
            self.symbols.push(symbol);
        }
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.inserted += other.inserted;
        self.deleted += other.deleted;
        self.contents += other.contents;
        self.editor_notes += other.editor_notes;
        self.statuses += other.statuses;
        self.hidden += other.hidden;
        self.readings += other.readings;
        self.formulas += other.formulas;
        self.objects += other.objects;
        self.embedded += other.embedded;
        self.outside_pictures.extend(other.outside_pictures);
        other.symbols.iter().for_each(|(font, code)| self.symbol(font, code));
    }

    /// A notice for each kind of thing.
    pub(super) fn notices(self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.inserted + self.deleted > 0 {
            notices.push(Notice::Revisions { inserted: self.inserted, deleted: self.deleted });
        }
        let left_out = [
            (self.contents, LeftOut::Contents),
            (self.editor_notes, LeftOut::EditorNote),
            (self.statuses, LeftOut::Status),
            (self.hidden, LeftOut::Hidden),
            (self.readings, LeftOut::Readings),
            (self.objects, LeftOut::Object),
            (self.embedded, LeftOut::Embedded),
        ];
        let found = left_out.into_iter().filter(|(count, _)| *count > 0);
        notices.extend(found.map(|(_, what)| Notice::LeftOut { what, span: None }));
        if self.formulas > 0 {
            notices.push(Notice::Formulas { count: self.formulas });
        }
        notices.extend(self.symbols.into_iter().map(|(font, code)| Notice::Symbol { font, code }));
        notices.extend(self.outside_pictures.into_iter().map(|name| Notice::PictureOutside { name }));
        notices
    }
}

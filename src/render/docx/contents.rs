//! The contents: a field Word can bring up to date, filled in beforehand, because WPS and others
//! show what they find. Nothing asks to be updated on opening: Word would greet every reader with
//! a question.

use docx_rs::{FieldCharType, Hyperlink, HyperlinkType, InstrText, Paragraph, Run};

use crate::tree::NodeId;

use super::inline::{PLAIN, field, text_run};
use super::styles;
use super::writer::Writer;

/// A line of the contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The heading.
    pub(super) node: NodeId,
    /// The bookmark at the heading.
    pub(super) bookmark: String,
    /// Its text.
    pub(super) text: String,
    /// 1 or 2.
    pub(super) level: usize,
    /// The page in this document, as reckoned.
    pub(super) page: usize,
}

impl Writer<'_> {
    /// Writes title and entries.
    pub(super) fn contents(&mut self, entries: &[Entry]) {
        let title = text_run("目录", PLAIN);
        self.push(Paragraph::new().style(styles::CONTENTS_TITLE).add_run(title));
        let code = format!(" TOC \\o \"1-{}\" \\h \\z ", self.levels.speech());
        for (k, entry) in entries.iter().enumerate() {
            let mut paragraph = Paragraph::new().style(&styles::contents_entry(entry.level));
            if k == 0 {
                paragraph = paragraph
                    .add_run(Run::new().add_field_char(FieldCharType::Begin, false))
                    .add_run(Run::new().add_instr_text(InstrText::Unsupported(code.clone())))
                    .add_run(Run::new().add_field_char(FieldCharType::Separate, false));
            }
            paragraph = paragraph.add_hyperlink(line(entry));
            if k + 1 == entries.len() {
                paragraph = paragraph.add_run(Run::new().add_field_char(FieldCharType::End, false));
            }
            self.push(paragraph);
        }
    }
}

fn line(entry: &Entry) -> Hyperlink {
    let link = Hyperlink::new(entry.bookmark.as_str(), HyperlinkType::Anchor)
        .add_run(text_run(&entry.text.replace(['\n', '\t'], " "), PLAIN))
        .add_run(Run::new().add_tab());
    let code = format!("PAGEREF {} \\h", entry.bookmark);
    field(&code, &entry.page.to_string(), PLAIN).into_iter().fold(link, Hyperlink::add_run)
}

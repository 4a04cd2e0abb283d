//! The whole text in order: title, event, contents, lede, then parts and speeches.

use docx_rs::{BreakType, DocumentChild, LineSpacing, Paragraph, Run};

use crate::config::PrintPart;
use crate::render::ExcerptInfo;
use crate::tree::{Block, Heading, NodeId, Part, Proceedings, Speaker, Speech};

use super::blocks::{Place, numbered};
use super::contents::Entry;
use super::estimate;
use super::inline::{Look, PLAIN, text_run};
use super::page::{COLUMNS, TWO_CHARACTERS, rows};
use super::styles;
use super::width::{char_half_ems, half_ems};
use super::writer::Writer;

/// Characters of 小二 and 二号 that fit on a line.
const HEADING_COLUMNS: usize = 24;
const TITLE_COLUMNS: usize = 20;

/// Rows of the grid that the note to the editor takes, with the room around it.
const NOTE_ROWS: usize = 7;

/// The part a speech belongs to, if the book has it.
pub(super) fn part_of<'t>(tree: &'t Proceedings, speech: &Speech) -> Option<&'t Part> {
    let id = speech.part.as_ref()?;
    tree.parts.iter().find(|p| p.id == *id && !p.title.is_empty())
}

/// What stands before the first speech of the part that a speech belongs to.
pub(super) fn intro_of<'t>(tree: &'t Proceedings, speech: &Speech) -> &'t [Block] {
    let part = tree.parts.iter().find(|p| Some(&p.id) == speech.part.as_ref());
    part.map_or(&[], |p| &p.intro)
}

impl Writer<'_> {
    /// Writes everything; tells whether the first page is title and contents only.
    pub(super) fn book(&mut self) -> bool {
        let tree = self.job.tree;
        self.note_to_editor();
        self.title(&tree.title);
        self.status();
        if let Some(event) = tree.event.as_deref().filter(|e| !e.is_empty()) {
            let paragraph = Paragraph::new().style(styles::EVENT).add_run(text_run(event, PLAIN));
            let paragraph = self.anchored(paragraph, &tree.front.event.id);
            self.push(paragraph);
        }
        let entries = self.entries();
        // One speech that is sent out needs no list of itself.
        let least = if self.job.excerpt.is_some() { 2 } else { 1 };
        let contents = self.job.config.prints(PrintPart::Contents) && entries.len() >= least;
        if contents {
            self.contents(&entries);
        }
        let text = self.blocks.len();
        self.blocks(&tree.lede, &Place::LEDE);
        let mut entries = entries.into_iter();
        let mut part: Option<&NodeId> = None;
        for speech in &tree.speeches {
            if speech.part.as_ref() != part {
                part = speech.part.as_ref();
                if let (Some(p), Some(entry)) = (part_of(tree, speech), entries.as_slice().first())
                    && entry.node == p.id
                {
                    self.part_from_table();
                    self.part(p, entry);
                    entries.next();
                }
                self.blocks(intro_of(tree, speech), &Place::LEDE);
            }
            if let Some(entry) = entries.next() {
                self.speech(speech, &entry);
            }
        }
        self.part_from_table();
        if contents {
            self.new_page_at(text);
        }
        contents
    }

    /// What the contents list: parts and speeches, each with its bookmark and page.
    fn entries(&mut self) -> Vec<Entry> {
        let tree = self.job.tree;
        let mut entries = Vec::new();
        let mut part: Option<&NodeId> = None;
        for speech in &tree.speeches {
            if speech.part.as_ref() != part {
                part = speech.part.as_ref();
                if let Some(p) = part_of(tree, speech) {
                    entries.push(self.entry(&p.id, p.title.clone(), 1));
                }
            }
            let level = self.levels.speech();
            entries.push(self.entry(&speech.heading.id, listed_as(speech), level));
        }
        let note = self.job.excerpt.map_or(0, |_| NOTE_ROWS);
        let status = usize::from(self.status_line().is_some());
        estimate::pages(tree, note + status, &mut entries);
        entries
    }

    fn entry(&mut self, node: &NodeId, text: String, level: usize) -> Entry {
        Entry { node: node.clone(), bookmark: self.bookmark_name(node), text, level, page: 1 }
    }

    /// What whoever opens an excerpt should know, in a frame and a style of its own, by whose name readers of
    /// the file that comes back pass it over.
    fn note_to_editor(&mut self) {
        let Some(excerpt) = self.job.excerpt else { return };
        let paragraph = |line| Paragraph::new().style(styles::EDITOR_NOTE).add_run(text_run(line, PLAIN));
        for line in &excerpt.lines {
            self.push(paragraph(line));
        }
        self.push(paragraph(ExcerptInfo::HOW_TO_EDIT).line_spacing(LineSpacing::new().after(rows(1))));
    }

    fn title(&mut self, title: &str) {
        if title.is_empty() {
            return;
        }
        let paragraph = Paragraph::new().style(styles::TITLE);
        let paragraph = match title_break(title) {
            Some(at) => {
                let (first, second) = title.split_at(at);
                let line = Run::new().add_break(BreakType::TextWrapping);
                paragraph.add_run(text_run(first, PLAIN)).add_run(line).add_run(text_run(second, PLAIN))
            }
            None => {
                // Even lines: a title that breaks by itself would leave a short last one.
                let columns = half_ems(title).div_ceil(2);
                let lines = columns.div_ceil(TITLE_COLUMNS).max(1);
                let spare = TITLE_COLUMNS.saturating_sub(columns.div_ceil(lines) + 1);
                let indent = if lines > 1 { i32::try_from(spare * 220).unwrap_or(0) } else { 0 };
                let paragraph = paragraph.add_run(text_run(title, PLAIN));
                if indent > 0 { paragraph.indent(Some(indent), None, Some(indent), None) } else { paragraph }
            }
        };
        let paragraph = self.anchored(paragraph, &self.job.tree.front.title.id);
        self.push(paragraph);
    }

    /// What a text is that is not final, below its title as in print; by the name of its style readers of the file
    /// pass it over.
    fn status(&mut self) {
        if let Some(line) = self.status_line() {
            self.push(Paragraph::new().style(styles::STATUS).add_run(text_run(&line, PLAIN)));
        }
    }

    fn status_line(&self) -> Option<String> {
        let status =
            self.job.config.briefing.status.as_deref()?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!status.is_empty()).then(|| format!("（{status}）"))
    }

    fn part(&mut self, part: &Part, entry: &Entry) {
        let paragraph = Paragraph::new().style(&styles::heading(1));
        let paragraph = self.marked(paragraph, entry, |_, p| p.add_run(text_run(&part.title, PLAIN)));
        self.push(paragraph);
    }

    fn speech(&mut self, speech: &Speech, entry: &Entry) {
        self.part_from_table();
        let is_turn = speech.heading.display().trim().is_empty() && !speech.speakers.is_empty();
        if !is_turn {
            let style = styles::heading(self.levels.speech());
            let paragraph = Paragraph::new().style(&style);
            let paragraph = self.marked(paragraph, entry, |writer, p| writer.heading(p, &speech.heading));
            self.push(paragraph);
        }
        for (k, speaker) in speech.speakers.iter().enumerate() {
            let Some(paragraph) = self.speaker(speaker) else { continue };
            // Nobody's heading stands over a turn of a conversation: the contents lead to its speaker.
            let paragraph =
                if is_turn && k == 0 { self.marked(paragraph, entry, |_, p| p) } else { paragraph };
            let paragraph = self.anchored(paragraph, &speaker.id);
            self.push(paragraph);
        }
        self.blocks(&speech.body, &Place::BODY);
    }

    fn marked(
        &mut self,
        paragraph: Paragraph,
        entry: &Entry,
        write: impl FnOnce(&mut Self, Paragraph) -> Paragraph,
    ) -> Paragraph {
        let id = self.bookmark_id();
        let paragraph = paragraph.add_bookmark_start(id, entry.bookmark.as_str());
        write(self, paragraph).add_bookmark_end(id)
    }

    /// The space between two clauses stays; where both do not fit on one line, the line ends
    /// behind it.
    fn heading(&mut self, paragraph: Paragraph, heading: &Heading) -> Paragraph {
        let label = heading.number.as_ref().map(|n| n.label.as_str());
        let mut inlines = numbered(label, &heading.inlines);
        if half_ems(&heading.display()) > HEADING_COLUMNS * 2 {
            inlines = broken_at_clauses(&inlines, label.unwrap_or_default(), &heading.clauses);
        }
        self.inlines(paragraph, &inlines, PLAIN)
    }

    fn speaker(&mut self, speaker: &Speaker) -> Option<Paragraph> {
        let name = speaker.display_name();
        let mut paragraph = Paragraph::new().style(styles::SPEAKER);
        if !name.is_empty() {
            paragraph = paragraph.add_run(text_run(&name, Look(Some(styles::NAME))));
        }
        if !name.is_empty() && !speaker.title.is_empty() {
            // Where both don't fit on a line, the name gets its own, and the last line of the roles
            // more than two or three characters.
            let roles = half_ems(&speaker.title);
            let fits = half_ems(&name) + 2 + roles <= COLUMNS * 2;
            let gap = if fits { "\u{3000}" } else { "\n" };
            let last = roles % (COLUMNS * 2);
            if roles > COLUMNS * 2 && (1..=8).contains(&last) {
                paragraph = paragraph.indent(Some(TWO_CHARACTERS), None, Some(TWO_CHARACTERS), None);
            }
            paragraph = paragraph.add_run(text_run(gap, PLAIN));
        }
        if !speaker.title.is_empty() {
            paragraph = paragraph.add_run(text_run(&speaker.title, Look(Some(styles::ROLES))));
        }
        (!name.is_empty() || !speaker.title.is_empty()).then_some(paragraph)
    }

    /// The text begins on a page of its own behind the contents.
    fn new_page_at(&mut self, index: usize) {
        match self.blocks.get_mut(index) {
            Some(DocumentChild::Paragraph(paragraph)) => {
                **paragraph = std::mem::take(&mut **paragraph).page_break_before(true);
            }
            Some(_) => {
                let turn = Paragraph::new().style(styles::TABLE_TEXT).page_break_before(true);
                self.blocks.insert(index, DocumentChild::Paragraph(Box::new(turn)));
            }
            None => {}
        }
    }
}

/// Puts a line break behind the space that follows each clause but the last.
fn broken_at_clauses(
    inlines: &[crate::tree::Inline],
    label: &str,
    clauses: &[String],
) -> Vec<crate::tree::Inline> {
    use crate::tree::{Inline, split_inlines};
    let mut rest = inlines.to_vec();
    let mut out = Vec::new();
    let mut skip = label.len();
    let Some((_, others)) = clauses.split_last() else { return rest };
    for clause in others {
        let (line, after) = split_inlines(&rest, skip + clause.len() + 1);
        skip = 0;
        out.extend(line);
        out.push(Inline::Break);
        rest = after;
    }
    out.extend(rest);
    out
}

/// Where a title too long for one line is best broken: at a mark near its middle, so that neither
/// line is short. Nothing when no mark serves.
fn title_break(title: &str) -> Option<usize> {
    let total = half_ems(title);
    let line = TITLE_COLUMNS * 2;
    if total <= line || title.contains('\n') {
        return None;
    }
    let mut before = 0;
    let mut best: Option<(usize, usize)> = None;
    let mut chars = title.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        before += char_half_ems(c);
        let Some((at, next)) = chars.peek().copied() else { break };
        let closes = "，。；：！？、”’》〉」』】）)] \u{3000}".contains(c);
        let opens = "“‘《〈「『【（([".contains(next);
        let after = total - before;
        let fits = before <= line && after <= line && before.min(after) * 3 >= total;
        if (closes || opens) && fits && !"，。；：！？、”’》〉」』】）)]".contains(next) {
            let off = before.abs_diff(after);
            if best.is_none_or(|(least, _)| off < least) {
                best = Some((off, at));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// What the contents call a speech: its heading, or who speaks where it has none.
fn listed_as(speech: &Speech) -> String {
    let heading = speech.heading.display();
    if !heading.trim().is_empty() {
        return heading;
    }
    let names: Vec<String> = speech.speakers.iter().map(Speaker::display_name).collect();
    names.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Inline, plain_text};

    #[test]
    fn titles_break_at_marks_near_the_middle() {
        let title = "围绕“三项任务”为滨江新城高质量建设汇集众智";
        assert_eq!(
            title_break(title).map(|at| title.split_at(at)),
            Some(("围绕“三项任务”", "为滨江新城高质量建设汇集众智"))
        );
        assert_eq!(title_break("短题“不动”不折"), None);
        assert_eq!(title_break("没有任何标点符号的一个很长很长很长很长的标题文字"), None);
    }

    #[test]
    fn clauses_keep_their_space() {
        let inlines = vec![Inline::text("一、甲乙"), Inline::Strong { content: vec![Inline::text(" 丙丁")] }];
        let broken = broken_at_clauses(&inlines, "一、", &["甲乙".into(), "丙丁".into()]);
        assert_eq!(plain_text(&broken), "一、甲乙 \n丙丁");
    }
}

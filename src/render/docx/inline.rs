//! Inlines to runs.

use docx_rs::{
    BreakType, FieldCharType, Hyperlink, HyperlinkData, InstrText, Paragraph, ParagraphChild, Run, RunChild,
    RunFonts, Text,
};

use crate::tree::{Inline, NodeId, split_inlines};

use super::links;
use super::styles;
use super::writer::Writer;
use super::xml::is_xml_char;

/// The character style of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look(pub(super) Option<&'static str>);

/// As the paragraph's style says.
pub(super) const PLAIN: Look = Look(None);

/// A flat inline: styles and links no longer nest.
enum Bit {
    Text { text: String, look: Look, link: Option<String> },
    Note { note: NodeId, label: String },
}

impl Writer<'_> {
    /// The paragraph with the inlines behind what it holds.
    pub(super) fn inlines(&mut self, paragraph: Paragraph, inlines: &[Inline], look: Look) -> Paragraph {
        let mut bits = Vec::new();
        flatten(inlines, look, None, &mut bits);
        self.bits(paragraph, bits)
    }

    /// The same for a paragraph whose first `lead` bytes are its topic sentence.
    pub(super) fn inlines_with_lead(
        &mut self,
        paragraph: Paragraph,
        inlines: &[Inline],
        lead: usize,
    ) -> Paragraph {
        if lead == 0 {
            return self.inlines(paragraph, inlines, PLAIN);
        }
        let (opening, rest) = split_inlines(inlines, lead);
        let mut bits = Vec::new();
        flatten(&opening, Look(Some(styles::LEAD)), None, &mut bits);
        flatten(&rest, PLAIN, None, &mut bits);
        self.bits(paragraph, bits)
    }

    fn bits(&mut self, mut paragraph: Paragraph, bits: Vec<Bit>) -> Paragraph {
        for bit in bits {
            match bit {
                Bit::Text { text, look, link: None } => paragraph = paragraph.add_run(text_run(&text, look)),
                Bit::Text { text, look, link: Some(target) } => {
                    let rid = self.link(&target);
                    let look = if look == PLAIN { Look(Some(styles::LINK)) } else { look };
                    paragraph = paragraph.add_hyperlink(Hyperlink {
                        link: HyperlinkData::External { rid, path: String::new() },
                        history: None,
                        children: vec![ParagraphChild::Run(Box::new(text_run(&text, look)))],
                    });
                }
                Bit::Note { note, label } => paragraph = self.note_reference(paragraph, &note, &label),
            }
        }
        paragraph
    }
}

/// Neighbours of one look are one run, so that words are never cut.
fn flatten(inlines: &[Inline], look: Look, link: Option<&str>, bits: &mut Vec<Bit>) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } => add_text(text, look, link, bits),
            Inline::Break => add_text("\n", look, link, bits),
            Inline::Strong { content } => flatten(content, Look(Some(styles::STRONG)), link, bits),
            Inline::Emphasis { content } => {
                // 黑 is the stronger of the two.
                let inner = if look.0 == Some(styles::STRONG) { look } else { Look(Some(styles::EMPHASIS)) };
                flatten(content, inner, link, bits);
            }
            Inline::Link { href, content } => {
                let target = links::target(href);
                flatten(content, look, link.or(target.as_deref()), bits);
            }
            Inline::NoteRef { note, label } => {
                bits.push(Bit::Note { note: note.clone(), label: label.clone() })
            }
        }
    }
}

fn add_text(new: &str, new_look: Look, new_link: Option<&str>, bits: &mut Vec<Bit>) {
    match bits.last_mut() {
        Some(Bit::Text { text, look, link }) if *look == new_look && link.as_deref() == new_link => {
            text.push_str(new);
        }
        _ if new.is_empty() => {}
        _ => bits.push(Bit::Text { text: new.to_owned(), look: new_look, link: new_link.map(str::to_owned) }),
    }
}

/// A run of text; line ends and tabs become what Word has for them, and characters XML has no place
/// for are left out.
pub(super) fn text_run(text: &str, look: Look) -> Run {
    let mut run = Run::new();
    if let Look(Some(style)) = look {
        run = run.style(style);
    }
    if text.chars().any(is_ambiguous) {
        run = run.fonts(eastern());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\t' => {
                push_plain(&mut run, &mut plain);
                run = if c == '\n' { run.add_break(BreakType::TextWrapping) } else { run.add_tab() };
            }
            c if is_xml_char(c) => plain.push(c),
            _ => {}
        }
    }
    push_plain(&mut run, &mut plain);
    run
}

/// Runs of a field: code and the result it had when the file was made.
pub(super) fn field(code: &str, result: &str, look: Look) -> [Run; 5] {
    let run = || match look {
        Look(Some(style)) => Run::new().style(style),
        Look(None) => Run::new(),
    };
    [
        run().add_field_char(FieldCharType::Begin, false),
        run().add_instr_text(InstrText::Unsupported(format!(" {code} "))),
        run().add_field_char(FieldCharType::Separate, false),
        text_run(result, look),
        run().add_field_char(FieldCharType::End, false),
    ]
}

/// Marks that Chinese and Latin share (“ ” ‘ ’ — … ·) are set in the Chinese font only with this
/// hint (ISO/IEC 29500-1, 17.3.2.26).
pub(super) fn eastern() -> RunFonts {
    RunFonts::new().hint("eastAsia")
}

fn is_ambiguous(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{2e7f}' | '\u{e000}'..='\u{f8ff}')
}

fn push_plain(run: &mut Run, plain: &mut String) {
    if !plain.is_empty() {
        run.children.push(RunChild::Text(Text::new(std::mem::take(plain))));
    }
}

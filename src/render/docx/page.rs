//! The page of GB/T 9704-2012 in Word's units, and its feet.
//!
//! The type area is 156 × 225 mm, 22 lines of 28 characters. Word counts twips (1/20 pt). A grid
//! of lines with 579 twips gives 22 rows (580 gives 21), and 16 pt text set 0.25 pt closer gives
//! 28 characters; a grid of characters is read differently by other programs and is not used.

use docx_rs::{
    AlignmentType, DocGrid, DocGridType, FieldCharType, Footer, InstrText, PageMargin, PageSize, Paragraph,
    Run, RunChild, SectionProperty, Text,
};

use super::inline::eastern;
use super::styles;

/// Width of the type area: 156 mm.
pub(super) const TEXT_WIDTH: usize = 8844;
/// From line to line.
pub(super) const LINE_PITCH: u32 = 579;
/// Added to each character of 16 pt text.
pub(super) const CHARACTER_SPACING: i32 = -5;
/// Two characters of body text as they are set.
pub(super) const TWO_CHARACTERS: i32 = 630;
/// Lines a page.
pub(super) const ROWS: u32 = 22;
/// Characters a line.
pub(super) const COLUMNS: usize = 28;

/// The height of `n` lines.
pub(super) fn rows(n: u32) -> u32 {
    n * LINE_PITCH
}

/// Size, margins, grid and feet of the only section. The first page goes without a number when it
/// holds title and contents.
pub(super) fn section(first_page_bare: bool) -> SectionProperty {
    // 37 mm above, 35 below, 28 at the binding side, 26 outside; mirrored by a setting. The foot
    // stands so that the number is about 7 mm below the type area.
    let margin =
        PageMargin { top: 2098, bottom: 1984, left: 1588, right: 1474, header: 851, footer: 1304, gutter: 0 };
    let mut section = SectionProperty::new()
        .page_size(PageSize::new().size(11906, 16838))
        .page_margin(margin)
        .doc_grid(DocGrid::new().grid_type(DocGridType::Lines).line_pitch(LINE_PITCH as usize));
    section.columns = 1;
    section.title_pg = first_page_bare;
    section
}

/// The foot of odd pages: number at the right, one character in.
pub(super) fn odd_footer() -> Footer {
    footer(number().align(AlignmentType::Right).indent(None, None, Some(280), None))
}

/// The foot of even pages: number at the left.
pub(super) fn even_footer() -> Footer {
    footer(number().align(AlignmentType::Left).indent(Some(280), None, None, None))
}

/// The foot of a first page without a number.
pub(super) fn bare_footer() -> Footer {
    footer(Paragraph::new().style(styles::FOOTER))
}

fn footer(paragraph: Paragraph) -> Footer {
    Footer::new().add_paragraph(paragraph)
}

/// `— 1 —`
fn number() -> Paragraph {
    let run = || Run::new().style(styles::PAGE_NUMBER);
    let text = |text: &str| {
        let mut run = run().fonts(eastern());
        run.children.push(RunChild::Text(Text::new(text)));
        run
    };
    Paragraph::new()
        .style(styles::FOOTER)
        .add_run(text("— "))
        .add_run(run().add_field_char(FieldCharType::Begin, false))
        .add_run(run().add_instr_text(InstrText::Unsupported(" PAGE ".into())))
        .add_run(run().add_field_char(FieldCharType::Separate, false))
        .add_run(text("1"))
        .add_run(run().add_field_char(FieldCharType::End, false))
        .add_run(text(" —"))
}

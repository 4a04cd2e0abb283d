//! Numbers and bullets of lists, as Word's own numbering: each numbered list counts from its start.

use docx_rs::{
    AbstractNumbering, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering, Numberings,
    RunFonts, SpecialIndentType, Start,
};

/// Levels Word has.
pub(super) const DEPTH: usize = 9;
/// The largest number Word counts to.
pub(super) const MAX: usize = i32::MAX as usize;
/// The numbering of every bulleted list.
pub(super) const BULLETS: usize = 2;

const BULLET_PATTERN: usize = 2;
const NUMBER_PATTERN: usize = 3;
/// Two characters of body text.
const STEP: usize = 640;

/// The numbering of the `n`th numbered list, counted from 1.
pub(super) fn numbered(n: usize) -> usize {
    BULLETS + n
}

/// How far in the text of a list is, counted in lists around it; the number stands before it.
pub(super) fn indent(depth: usize) -> i32 {
    i32::try_from((depth.min(DEPTH) + 1) * STEP).unwrap_or(i32::MAX)
}

/// The numbering part, for lists given by depth and first number.
///
/// Bullets are of the font `face`: 仿宋 draws them too small to be seen.
pub(super) fn numberings(lists: &[(usize, usize)], face: &str) -> Numberings {
    let bold = RunFonts::new().ascii(face).hi_ansi(face).east_asia(face).cs(face);
    let bullets = pattern(BULLET_PATTERN, "bullet", |_| "•".to_owned(), |level| level.fonts(bold.clone()));
    let numbers = pattern(NUMBER_PATTERN, "decimal", |level| format!("%{}.", level + 1), |level| level);
    let start = Numberings::new()
        .add_abstract_numbering(bullets)
        .add_abstract_numbering(numbers)
        .add_numbering(Numbering::new(BULLETS, BULLET_PATTERN));
    lists.iter().enumerate().fold(start, |all, (k, (depth, first))| {
        let own = LevelOverride::new(*depth).start(*first);
        all.add_numbering(Numbering::new(numbered(k + 1), NUMBER_PATTERN).add_override(own))
    })
}

fn pattern(
    id: usize,
    format: &str,
    text: impl Fn(usize) -> String,
    look: impl Fn(Level) -> Level,
) -> AbstractNumbering {
    let mut pattern = AbstractNumbering::new(id);
    pattern.multi_level_type = Some("multilevel".to_owned());
    (0..DEPTH).fold(pattern, |pattern, level| {
        let form = Level::new(
            level,
            Start::new(1),
            NumberFormat::new(format),
            LevelText::new(text(level)),
            LevelJc::new("left"),
        );
        let form = form.indent(Some(indent(level + 1)), Some(SpecialIndentType::Hanging(480)), None, None);
        pattern.add_level(look(form))
    })
}

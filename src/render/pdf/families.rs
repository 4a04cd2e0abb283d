//! The names by which Typst knows the fonts of the roles.

use serde_json::{Value, json};

use crate::fonts::{Font, FontRole, FontSet};

/// For every role the families to try, the wanted one first, and the weight to ask for.
pub(super) fn of(fonts: &FontSet) -> Value {
    let roles = FontRole::ALL.iter().map(|role| {
        let mut families: Vec<String> = Vec::new();
        for tried in FontSet::fallback(*role) {
            let (family, _) = name(fonts.get(tried));
            if !families.contains(&family) {
                families.push(family);
            }
        }
        let (_, weight) = name(fonts.get(*role));
        (role.key().to_owned(), json!({ "families": families, "weight": weight }))
    });
    Value::Object(roles.collect())
}

/// Family and weight as Typst reads them from the file: it trims words of style from the name, so
/// that its name is not always the one other programs show.
#[cfg(feature = "pdf")]
fn name(font: &Font) -> (String, u16) {
    match typst::text::FontInfo::new(font.bytes(), font.index) {
        Some(info) => (info.family, info.variant.weight.to_number()),
        None => (font.family.clone(), font.weight),
    }
}

/// Family and weight as the font file names them.
#[cfg(not(feature = "pdf"))]
fn name(font: &Font) -> (String, u16) {
    (font.family.clone(), font.weight)
}

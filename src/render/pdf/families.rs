//! The names by which Typst knows the fonts of the roles.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::fonts::{Font, FontRole, FontSet};

/// For every role the families to try, the wanted one first, and the weight to ask for.
pub(super) fn of(fonts: &FontSet) -> Value {
    // To read a name Typst reads what the font covers too: once a file.
    let names: BTreeMap<FontRole, (String, u16)> = fonts
        .files()
        .into_iter()
        .flat_map(|(font, roles)| {
            let name = name(font);
            roles.into_iter().map(move |role| (role, name.clone()))
        })
        .collect();
    let roles = FontRole::ALL.iter().map(|role| {
        let mut families: Vec<&str> = Vec::new();
        for (family, _) in FontSet::fallback(*role).iter().filter_map(|tried| names.get(tried)) {
            if !families.contains(&family.as_str()) {
                families.push(family);
            }
        }
        let weight = names.get(role).map(|(_, weight)| *weight);
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

/// Family and weight without Typst at hand.
#[cfg(not(feature = "pdf"))]
fn name(font: &Font) -> (String, u16) {
    (by_name_table(font), font.weight)
}

/// The family as Typst 0.15 finds it for plain names: name id 1 without the words of weight at its
/// end. A build without Typst has only this, so a test holds it against Typst's own reading.
#[cfg(any(test, not(feature = "pdf")))]
fn by_name_table(font: &Font) -> String {
    const WEIGHTS: &[&str] = &["Thin", "Light", "Regular", "Medium", "SemiBold", "Bold", "Black", "Heavy"];
    let family = ttf_parser::Face::parse(font.bytes(), font.index).ok().and_then(|face| {
        let names =
            face.names().into_iter().filter(|n| n.name_id == ttf_parser::name_id::FAMILY && n.is_unicode());
        let mut names: Vec<_> = names.collect();
        names.sort_by_key(|n| n.language() != ttf_parser::Language::English_UnitedStates);
        names.iter().find_map(ttf_parser::name::Name::to_string)
    });
    let family = family.unwrap_or_else(|| font.family.clone());
    let mut family = family.trim();
    while let Some(shorter) = WEIGHTS.iter().find_map(|w| family.strip_suffix(w)?.strip_suffix([' ', '-'])) {
        family = shorter;
    }
    family.to_owned()
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;
    use crate::fonts::FontRequest;

    #[test]
    fn both_readings_of_the_shipped_fonts_agree() {
        let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
        for role in FontRole::ALL {
            assert_eq!(by_name_table(fonts.get(role)), name(fonts.get(role)).0, "{role:?}");
        }
    }
}

//! The profile of a book's pages: the built-in ones, the user's own in files and in the settings.

use crate::config::{BRIEFING, Config, ConfigError, Layer, Profile};
use crate::render::Templates;

/// Where profiles lie among the templates.
const FOLDER: &str = "profiles/";

/// More profiles that extend each other than anybody writes.
const LONGEST_CHAIN: usize = 8;

/// The profile that the settings name.
///
/// # Errors
/// No such profile, one that extends itself, a wrong key or value, a size that makes no page.
pub(super) fn of(config: &Config, layers: &[Layer], templates: &Templates) -> Result<Profile, ConfigError> {
    let asked = config.print.profile.as_deref().unwrap_or(BRIEFING);
    let mut chain: Vec<Vec<Layer>> = Vec::new();
    let mut next = Some(asked.to_owned());
    while let Some(name) = next {
        if chain.len() == LONGEST_CHAIN {
            return Err(ConfigError::ProfileCircle { name });
        }
        let own = layers_of(&name, config, layers, templates)?;
        let extends = own.iter().rev().find_map(|l| l.text_of("extends"));
        next = match extends {
            Some(other) => Some(other.to_owned()),
            None => (name != BRIEFING).then(|| BRIEFING.to_owned()),
        };
        chain.push(own);
    }
    let merged: Vec<Layer> =
        std::iter::once(Profile::base()?).chain(chain.into_iter().rev().flatten()).collect();
    Profile::resolve(&merged)
}

/// What files and settings say of one profile.
fn layers_of(
    name: &str,
    config: &Config,
    layers: &[Layer],
    templates: &Templates,
) -> Result<Vec<Layer>, ConfigError> {
    let file = format!("{FOLDER}{name}.toml");
    let mut found = Vec::new();
    if let Some(text) = templates.get(&file) {
        let shown = config.base.join("templates").join(&file);
        found.push(Layer::toml(super::shown(&shown), &text, 0..text.len())?);
    }
    found.extend(layers.iter().filter_map(|l| l.under(&format!("profile.{name}"))));
    if !found.is_empty() {
        return Ok(found);
    }
    let files =
        templates.under(FOLDER).into_iter().filter_map(|p| p.strip_prefix(FOLDER)?.strip_suffix(".toml"));
    let mut known: Vec<String> = files.map(str::to_owned).chain(config.profile.keys().cloned()).collect();
    known.sort();
    known.dedup();
    let place = Config::place_of(layers, "print.profile");
    Err(ConfigError::NoProfile { name: name.to_owned(), known, place })
}

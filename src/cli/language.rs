//! Which language to speak: it must be known before arguments are parsed, since help is spoken too.

use std::ffi::OsString;

use crate::messages::Lang;

/// `--lang` wherever it stands, else the user's locale.
pub(super) fn choose(arguments: &[OsString]) -> Lang {
    let words: Vec<_> = arguments.iter().map(|a| a.to_string_lossy()).take_while(|a| a != "--").collect();
    let given = words.iter().enumerate().find_map(|(k, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(k + 1).map(|w| w.to_string()),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    given.and_then(|tag| Lang::of_tag(&tag)).unwrap_or_else(Lang::of_locale)
}

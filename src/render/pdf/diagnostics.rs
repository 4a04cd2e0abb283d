//! What the typesetter says, as notes and errors.

use crate::render::{Note, RenderError};

/// One warning or error of either engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// In the typesetter's words, with its hints.
    pub(super) message: String,
    /// Template and line.
    pub(super) place: Option<String>,
}

/// Beginnings of warnings that tell of a template as it is meant to be.
const NOISE: &[&str] = &[];

impl From<Said> for RenderError {
    fn from(said: Said) -> Self {
        RenderError::Typeset { message: said.message, place: said.place }
    }
}

/// The warnings as notes, each once. A font that is not there is an error: the pages would come
/// out in another, and look like a book nobody asked for.
pub(super) fn notes_of(warnings: impl IntoIterator<Item = Said>) -> Result<Vec<Note>, RenderError> {
    let mut notes = Vec::new();
    for said in warnings {
        if said.message.starts_with("unknown font family") {
            return Err(said.into());
        }
        if NOISE.iter().any(|start| said.message.starts_with(start)) {
            continue;
        }
        let note = Note::Typesetter { message: said.message, place: said.place };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(notes)
}

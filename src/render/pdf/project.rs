//! A job as the files of a Typst project.

use std::collections::BTreeMap;

use crate::render::pdf::data;
use crate::render::pdf::fill::Fill;
use crate::render::pdf::missing::Missing;
use crate::render::pdf::pictures::Pictures;
use crate::render::{Job, Note, RenderError};

/// The folder of this backend inside `templates/`.
const FOLDER: &str = "pdf/";
/// Where Typst starts.
pub(super) const MAIN: &str = "main.typ";
/// The book, as data.
pub(super) const DATA: &str = "data.json";

/// How its pages are filled.
pub(super) const FILL: &str = "fill.json";

/// The files by their path inside the project, with `/`, in ASCII for those we name.
pub(super) struct Project {
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) notes: Vec<Note>,
    /// Whether all templates are the built-in ones.
    #[cfg(feature = "pdf")]
    pub(super) is_ours: bool,
}

impl Project {
    /// The project of a job, set in the common way.
    pub(super) fn of(job: &Job<'_>) -> Result<Self, RenderError> {
        Self::with(job, Missing::of(job.fonts), &Fill::default())
    }

    /// The project of a job, given what is known of characters that have no glyph, and how its pages
    /// are filled.
    pub(super) fn with(job: &Job<'_>, missing: Missing, fill: &Fill) -> Result<Self, RenderError> {
        let mut files = BTreeMap::new();
        for path in job.templates.under(FOLDER) {
            let inside = path.strip_prefix(FOLDER).unwrap_or(path);
            if !is_safe(inside) {
                return Err(RenderError::Template {
                    name: path.to_owned(),
                    line: None,
                    message: "the path leads out of the folder".to_owned(),
                });
            }
            if let Some(text) = job.templates.get(path) {
                files.insert(inside.to_owned(), text.into_owned().into_bytes());
            }
        }
        let pictures = Pictures::of(job);
        let (value, mut notes) = data::of(job, &pictures, missing);
        notes.extend(pictures.notes);
        for (path, bytes) in pictures.files {
            files.insert(path, bytes.to_vec());
        }
        let json = serde_json::to_vec(&value).map_err(|e| RenderError::defect("typst", e))?;
        files.insert(DATA.to_owned(), json);
        files.insert(FILL.to_owned(), fill.to_bytes()?);
        Ok(Self {
            files,
            notes,
            #[cfg(feature = "pdf")]
            is_ours: !job.templates.has_own(FOLDER),
        })
    }
}

/// Whether a path stays inside the folder it is joined to, on every system.
fn is_safe(path: &str) -> bool {
    !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn paths_that_lead_out_are_seen() {
        assert!(is_safe("main.typ") && is_safe("assets/picture-01.png"));
        for path in ["", "/etc/x", "../x", "a/../x", "a//x", "c:x", "a\\x", "./x"] {
            assert!(!is_safe(path), "{path}");
        }
    }
}

//! Why a backend made nothing.

/// Why a backend made nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// A template is missing or wrong; usually the user's own.
    #[error("template `{name}`: {message}")]
    Template {
        /// Its path inside `templates/`.
        name: String,
        /// Line, counted from 1.
        line: Option<usize>,
        /// What is wrong, in the template engine's words.
        message: String,
    },
    /// A template would let text in as markup; usually the user's own.
    #[error("template `{name}` uses `{what}`, which would let text in as markup")]
    Unescaped {
        /// Its path inside `templates/`.
        name: String,
        /// Line, counted from 1.
        line: Option<usize>,
        /// What would: the filter `safe`, or `autoescape`.
        what: &'static str,
    },
    /// The typesetter refused the pages.
    #[error("typesetting failed: {message}")]
    Typeset {
        /// The first error, with its hints.
        message: String,
        /// Template and line, if known.
        place: Option<String>,
    },
    /// This build has no embedded engine.
    #[error("this build has no embedded engine")]
    NoEmbeddedEngine,
    /// The second engine could not be started.
    #[error("`{}` cannot be run: {source}", .program.display())]
    EngineStart {
        /// The program.
        program: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The temporary folder the second engine works in could not be written.
    #[error("temporary folder: {source}")]
    Scratch {
        /// Why.
        source: std::io::Error,
    },
    /// A file could not be made although the job was sound: a defect of ours.
    #[error("{format}: {message}")]
    Defect {
        /// The format being made.
        format: &'static str,
        /// What failed.
        message: String,
    },
}

impl RenderError {
    /// A failure that no input should be able to cause.
    pub(crate) fn defect(format: &'static str, error: impl std::fmt::Display) -> Self {
        Self::Defect { format, message: error.to_string() }
    }
}

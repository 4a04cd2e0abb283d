//! From the tree to files: the contract of a backend and the list of them.
//!
//! A backend is a pure function of a [`Job`] to [`Rendered`] artifacts. It reads no file, writes
//! none, asks no clock and no environment; `build` does that. To add one: a module with a
//! [`Backend`], and a row in [`FORMATS`].

mod docx;
mod epub;
mod error;
mod job;
mod markdown;
mod pdf;
mod people;
mod pinyin;
mod templates;

pub use error::RenderError;
pub use job::{Asset, Assets, Engine, ExcerptInfo, Image, Job, PageMap, PressPart, Turn};
pub use markdown::to_markdown;
#[cfg(feature = "desk")]
pub use pdf::live::{Live, Run, Sheet, Sheets};
pub use people::{Body, People, Person};
pub use templates::Templates;

/// Makes one output format.
pub trait Backend: Sync {
    /// The format's name, that of its row in [`FORMATS`].
    fn name(&self) -> &'static str;

    /// The built-in templates it takes from [`Job::templates`], by their path inside `templates/`.
    fn templates(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Makes the files of a job.
    ///
    /// # Errors
    /// When nothing sane can be made; no artifact is then used, whatever was finished.
    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError>;
}

/// The front of the printed cover as a picture, for [`Job::cover`]: nothing where no engine that is built in
/// sets pages.
///
/// # Errors
/// When the cover cannot be set: a template of the user's may be wrong.
pub fn cover(job: &Job<'_>) -> Result<Option<Image>, RenderError> {
    pdf::cover(job)
}

/// What a backend made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Rendered {
    /// The files: one for a document, several for a project.
    pub artifacts: Vec<Artifact>,
    /// What the user should know, in the order it was met.
    pub notes: Vec<Note>,
    /// Where nodes stand on the printed pages, from a backend that lays pages out.
    pub pages: Option<PageMap>,
}

impl Rendered {
    /// A single document.
    #[must_use]
    pub fn document(bytes: Vec<u8>) -> Self {
        Self { artifacts: vec![Artifact { path: String::new(), bytes }], ..Self::default() }
    }
}

/// One finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Artifact {
    /// Empty for a document, which takes the book's name; a relative path with `/` for a file of a
    /// project.
    pub path: String,
    /// The file's content.
    pub bytes: Vec<u8>,
}

/// Something a backend noticed. The words are chosen where notes are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The typesetter warned.
    Typesetter {
        /// Its own words, in English.
        message: String,
        /// The template and line, if known.
        place: Option<String>,
    },
    /// No font has a character, or the format forbids it; a stand-in was printed in its place, or
    /// nothing for a mark that no font can set on its letter.
    CharacterMissing {
        /// The character.
        character: char,
        /// The nodes it stands in, in reading order.
        nodes: Vec<crate::tree::NodeId>,
    },
    /// A picture was left out.
    PictureMissing {
        /// The path in the source.
        src: String,
    },
    /// The e-book brings fonts for characters that a device may have none for.
    FontsBrought {
        /// The characters, by code point.
        characters: Vec<char>,
        /// The fonts' bytes.
        bytes: usize,
    },
    /// A device may have no font for characters of the e-book, and none of the job's may be put into it: those
    /// that have them have another licence than the Open Font License.
    FontsLacking {
        /// The characters, by code point.
        characters: Vec<char>,
    },
    /// A character that XML 1.0 cannot hold was replaced by U+FFFD.
    CharacterReplaced {
        /// The character.
        character: char,
    },
}

/// One row of the format registry: everything the command line, the help and the manual need.
#[non_exhaustive]
pub struct Format {
    /// What `-f` takes.
    pub name: &'static str,
    /// The file ending, without the dot; empty for a folder.
    pub ending: &'static str,
    /// IANA media type.
    pub media_type: &'static str,
    /// Whether `build` makes it when no format is asked for.
    pub default: bool,
    /// The maker.
    pub backend: &'static dyn Backend,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Format").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The registry, in the order outputs are listed.
pub static FORMATS: &[Format] = &[
    Format {
        name: "pdf",
        ending: "pdf",
        media_type: "application/pdf",
        default: cfg!(feature = "pdf"),
        backend: &pdf::Pdf,
    },
    Format {
        name: "epub",
        ending: "epub",
        media_type: "application/epub+zip",
        default: true,
        backend: &epub::Epub,
    },
    Format {
        name: "docx",
        ending: "docx",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        default: true,
        backend: &docx::Docx,
    },
    Format {
        name: "markdown",
        ending: "md",
        media_type: "text/markdown",
        default: false,
        backend: &markdown::Markdown,
    },
    Format {
        name: "typst",
        ending: "",
        media_type: "text/vnd.typst",
        default: false,
        backend: &pdf::TypstProject,
    },
];

/// The row of a format by its name.
#[must_use]
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name.eq_ignore_ascii_case(name))
}

/// The row of a format by the ending of a file name.
#[must_use]
pub fn format_of_path(path: &std::path::Path) -> Option<&'static Format> {
    let ending = path.extension()?.to_str()?;
    FORMATS.iter().find(|f| !f.ending.is_empty() && f.ending.eq_ignore_ascii_case(ending))
}

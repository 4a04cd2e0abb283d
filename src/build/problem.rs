//! Every error and notice of every room, as one kind of thing that can be said and placed.
//!
//! The matches are exhaustive on purpose: a new error does not compile until it has an exit code and
//! a sentence.

use std::ops::Range;
use std::path::Path;

use crate::build::{glyphs, place, shown};
use crate::check::Severity;
use crate::config::{ConfigError, Expected, Misfit};
use crate::excerpt::{Kind, SelectError};
use crate::fonts::{FontError, FontSource};
use crate::messages::Say;
use crate::normalize::StructureError;
use crate::render::{Note, RenderError};
use crate::source::{Foreign, LeftOut, Notice, READERS, SourceError};

/// The exit codes of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Exit {
    /// Done, whatever warnings there were.
    Done = 0,
    /// Refused, or done and a person is needed.
    Refused = 1,
    /// Wrong use of the command, or settings that cannot be used.
    Usage = 2,
    /// Input or output could not be read or written.
    Io = 3,
    /// A defect of ours.
    Defect = 70,
}

/// Bytes of a text a problem points at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourcePlace {
    /// The file as the user knows it.
    pub file: String,
    /// The lines that are touched, whole. Not the file's text: a source may have thousands of problems.
    pub text: String,
    /// The bytes of `text`; never none, never a line end alone.
    pub range: Range<usize>,
    /// The number of the first line, counted from 1.
    pub line: usize,
}

/// Something to tell a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What the process ends with when this is an error.
    pub exit: Exit,
    /// What is wrong.
    pub say: Say,
    /// What to do about it.
    pub help: Option<Say>,
    /// Where.
    pub place: Option<Box<SourcePlace>>,
}

/// Why a size makes no page.
fn misfit_in(key: String, misfit: &Misfit) -> Say {
    let number = |n: f64| format!("{:.1}", n).trim_end_matches(".0").to_owned();
    let say = match misfit {
        Misfit::Range { least, most } => {
            Say::new("misfit-range").with("least", number(*least)).with("most", number(*most))
        }
        Misfit::Page { needs, has } => {
            Say::new("misfit-page").with("needs", number(*needs)).with("has", number(*has))
        }
        Misfit::Row { needs, has } => {
            Say::new("misfit-row").with("needs", number(*needs)).with("has", number(*has))
        }
        Misfit::Rows { needs, has } => {
            Say::new("misfit-rows").with("needs", number(*needs)).with("has", number(*has))
        }
        Misfit::Pitch { pitch, size } => {
            Say::new("misfit-pitch").with("pitch", number(*pitch)).with("size", number(*size))
        }
        Misfit::Color => Say::new("misfit-color"),
        Misfit::Fours => Say::new("misfit-fours"),
        Misfit::Ink => Say::new("misfit-ink"),
    };
    say.with("key", key)
}

fn wrong_value(key: String, expected: Option<Expected>, message: String) -> Say {
    let id = match expected {
        None => return Say::new("config-wrong-value").with("key", key).with("why", message),
        Some(Expected::OneOf(words)) => {
            return Say::new("config-one-of").with("key", key).with("allowed", words.join(", "));
        }
        Some(Expected::List) => "config-list",
        Some(Expected::Text) => "config-text",
        Some(Expected::Number) => "config-number",
        Some(Expected::Decimal) => "config-decimal",
        Some(Expected::Flag) => "config-flag",
        Some(Expected::Table) => "config-table",
    };
    Say { id, args: Vec::new() }.with("key", key)
}

impl Problem {
    pub(crate) fn error(exit: Exit, say: Say) -> Self {
        Self { severity: Severity::Error, exit, say, help: None, place: None }
    }

    pub(crate) fn warning(say: Say) -> Self {
        Self { severity: Severity::Warning, exit: Exit::Done, say, help: None, place: None }
    }

    pub(crate) fn info(say: Say) -> Self {
        Self { severity: Severity::Info, exit: Exit::Done, say, help: None, place: None }
    }

    pub(crate) fn help(mut self, say: Say) -> Self {
        self.help = Some(say);
        self
    }

    pub(crate) fn at(mut self, place: Option<SourcePlace>) -> Self {
        self.place = place.map(Box::new);
        self
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        let file = shown(path);
        match error.kind() {
            std::io::ErrorKind::NotFound => {
                Self::error(Exit::Io, Say::new("file-missing").with("file", file))
                    .help(Say::new("file-missing-help"))
            }
            std::io::ErrorKind::PermissionDenied => {
                Self::error(Exit::Io, Say::new("file-forbidden").with("file", file))
            }
            _ => Self::error(Exit::Io, Say::new("file-unreadable").with("file", file).with("why", error)),
        }
    }

    /// A file or folder that cannot be written.
    pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        let file = shown(path);
        let (say, help) = match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                (Say::new("output-forbidden").with("file", file), Some(Say::new("output-forbidden-help")))
            }
            std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge => (Say::new("output-full").with("file", file), None),
            std::io::ErrorKind::ResourceBusy | std::io::ErrorKind::ExecutableFileBusy => {
                (Say::new("output-busy").with("file", file), Some(Say::new("output-busy-help")))
            }
            // Windows: another program holds the file (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => {
                (Say::new("output-busy").with("file", file), Some(Say::new("output-busy-help")))
            }
            std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => (
                Say::new("output-not-a-folder").with("file", file),
                Some(Say::new("output-not-a-folder-help")),
            ),
            std::io::ErrorKind::IsADirectory => (Say::new("output-is-a-folder").with("file", file), None),
            _ => (Say::new("output-unwritable").with("file", file).with("why", error), None),
        };
        Self { help, ..Self::error(Exit::Io, say) }
    }

    pub(crate) fn of_source(file: &str, bytes: &[u8], error: &SourceError) -> Self {
        match error {
            SourceError::Empty => Self::error(Exit::Refused, Say::new("source-empty").with("file", file))
                .help(Say::new("source-empty-help")),
            SourceError::Binary { byte, offset } => {
                let say = Say::new("source-binary")
                    .with("file", file)
                    .with("offset", offset)
                    .with("byte", format!("{byte:#04x}"));
                Self::error(Exit::Io, say).help(Say::new("source-binary-help"))
            }
            SourceError::NotUtf8 { line, column, source_line: _ } => {
                let say =
                    Say::new("source-not-utf8").with("file", file).with("line", line).with("column", column);
                Self::error(Exit::Io, say)
                    .help(Say::new("source-damaged-help"))
                    .at(place::of_wrong_bytes(file, bytes, *line, *column))
            }
            SourceError::UnknownForm { ending } => {
                let endings: Vec<String> =
                    READERS.iter().flat_map(|r| r.endings).map(|e| format!(".{e}")).collect();
                let say = match ending.as_str() {
                    "" => Say::new("source-no-ending").with("file", file),
                    _ => Say::new("source-form").with("file", file).with("ending", ending),
                };
                Self::error(Exit::Io, say)
                    .help(Say::new("source-form-help").with("endings", endings.join(" ")))
            }
            SourceError::Foreign { form } => Self::of_foreign(file, *form),
            SourceError::NotWord => Self::error(Exit::Io, Say::new("source-not-word").with("file", file))
                .help(Say::new("word-damaged-help")),
            SourceError::NotReturned { form } => {
                let id = match *form {
                    "markdown" => "returned-markdown",
                    "html" => "returned-html",
                    _ => "returned-text",
                };
                let say = Say { id, args: Vec::new() }.with("file", file);
                Self::error(Exit::Io, say).help(Say::new("returned-help"))
            }
            SourceError::TooLong { limit } => {
                let say = Say::new("source-too-long").with("file", file).with("limit", limit);
                Self::error(Exit::Io, say).help(Say::new("source-too-long-help"))
            }
            SourceError::TooManyPieces { limit } => {
                let say = Say::new("source-too-many-pieces").with("file", file).with("limit", limit);
                Self::error(Exit::Io, say).help(Say::new("source-too-long-help"))
            }
            other => Self::of_package(file, other),
        }
    }

    /// A form that is known and not read: what it is, and what to save it as.
    fn of_foreign(file: &str, form: Foreign) -> Self {
        let save = || Say::new("foreign-save-docx");
        let text = || Say::new("foreign-save-text");
        let (say, help) = match form {
            Foreign::Encrypted => (Say::new("foreign-encrypted"), Say::new("foreign-encrypted-help")),
            Foreign::OldWord => (Say::new("foreign-old-word"), save()),
            Foreign::OldExcel => (Say::new("foreign-old-excel"), text()),
            Foreign::OldPowerPoint => (Say::new("foreign-old-powerpoint"), text()),
            Foreign::OldOther => (Say::new("foreign-old-other"), save()),
            Foreign::Rtf => (Say::new("foreign-rtf"), save()),
            Foreign::Pdf => (Say::new("foreign-pdf"), Say::new("foreign-pdf-help")),
            Foreign::Excel => (Say::new("foreign-excel"), text()),
            Foreign::PowerPoint => (Say::new("foreign-powerpoint"), text()),
            Foreign::OpenDocument => (Say::new("foreign-odt"), save()),
            Foreign::OpenOther => (Say::new("foreign-open-other"), text()),
            Foreign::Ofd => (Say::new("foreign-ofd"), Say::new("foreign-pdf-help")),
            Foreign::Epub => (Say::new("foreign-epub"), Say::new("foreign-source-help")),
            Foreign::FlatWord => (Say::new("foreign-flat-word"), save()),
            Foreign::OldWordXml => (Say::new("foreign-old-word-xml"), save()),
            Foreign::WebArchive => (Say::new("foreign-web-archive"), Say::new("foreign-web-archive-help")),
            Foreign::Zip => (Say::new("foreign-zip"), Say::new("foreign-archive-help")),
            Foreign::Archive => (Say::new("foreign-archive"), Say::new("foreign-archive-help")),
        };
        Self::error(Exit::Io, say.with("file", file)).help(help)
    }

    /// A package that cannot be read whole.
    fn of_package(file: &str, error: &SourceError) -> Self {
        let say = match error {
            SourceError::NoText { part } => Say::new("word-no-text").with("part", part),
            SourceError::Damaged { part } if part.is_empty() => Say::new("word-damaged"),
            SourceError::Damaged { part } => Say::new("word-part-damaged").with("part", part),
            SourceError::Malformed { part } => Say::new("word-malformed").with("part", part),
            SourceError::TooLarge { part, limit } => {
                Say::new("word-too-large").with("part", part).with("limit", limit)
            }
            SourceError::TooManyParts { limit } => Say::new("word-too-many-parts").with("limit", limit),
            SourceError::TooManyElements { part } => Say::new("word-too-many-elements").with("part", part),
            SourceError::TooDeep { part } => Say::new("word-too-deep").with("part", part),
            SourceError::Doctype { part } => Say::new("word-doctype").with("part", part),
            SourceError::UnknownEntity { part, entity } => {
                Say::new("word-entity").with("part", part).with("entity", entity)
            }
            SourceError::DuplicatePart { part } => Say::new("word-duplicate-part").with("part", part),
            SourceError::TooLong { .. }
            | SourceError::TooManyPieces { .. }
            | SourceError::Empty
            | SourceError::Binary { .. }
            | SourceError::NotUtf8 { .. }
            | SourceError::UnknownForm { .. }
            | SourceError::Foreign { .. }
            | SourceError::NotReturned { .. }
            | SourceError::NotWord => Say::new("source-not-word"),
        };
        Self::error(Exit::Io, say.with("file", file)).help(Say::new("word-damaged-help"))
    }

    pub(crate) fn of_notice(file: &str, notice: &Notice) -> Self {
        let say = match notice {
            Notice::Decoded { encoding } => Say::new("notice-decoded").with("encoding", encoding),
            Notice::LeftOut { what: LeftOut::PageNumber, .. } => Say::new("notice-page-number"),
            Notice::LeftOut { what: LeftOut::RunningHead, .. } => Say::new("notice-running-head"),
            Notice::LeftOut { what: LeftOut::Contents, .. } => Say::new("notice-contents"),
            Notice::LeftOut { what: LeftOut::EditorNote, .. } => Say::new("notice-editor-note"),
            Notice::LeftOut { what: LeftOut::Status, .. } => Say::new("notice-status"),
            Notice::LeftOut { what: LeftOut::Hidden, .. } => Say::new("notice-hidden"),
            Notice::LeftOut { what: LeftOut::Readings, .. } => Say::new("notice-readings"),
            Notice::LeftOut { what: LeftOut::Object, .. } => Say::new("notice-object"),
            Notice::LeftOut { what: LeftOut::Embedded, .. } => Say::new("notice-embedded"),
            Notice::Revisions { inserted, deleted } => {
                Say::new("notice-revisions").with("inserted", inserted).with("deleted", deleted)
            }
            Notice::Comments { count } => Say::new("notice-comments").with("count", count),
            Notice::Formulas { count } => Say::new("notice-formulas").with("count", count),
            Notice::Symbol { font, code } => Say::new("notice-symbol").with("font", font).with("code", code),
            Notice::Macros => Say::new("notice-macros"),
            Notice::PictureForm { name } => Say::new("notice-picture-form").with("picture", name),
            Notice::PictureMissing { name } => Say::new("notice-picture-missing").with("picture", name),
            Notice::PictureOutside { name } => Say::new("notice-picture-outside").with("picture", name),
        };
        // What a person must look at: text or pictures that the outputs will lack.
        let is_loss = match notice {
            Notice::LeftOut { what, .. } => matches!(what, LeftOut::Object | LeftOut::Embedded),
            Notice::Symbol { .. }
            | Notice::Formulas { .. }
            | Notice::PictureForm { .. }
            | Notice::PictureMissing { .. }
            | Notice::PictureOutside { .. } => true,
            Notice::Decoded { .. } | Notice::Revisions { .. } | Notice::Comments { .. } | Notice::Macros => {
                false
            }
        };
        let say = say.with("file", file);
        if is_loss { Self::warning(say) } else { Self::info(say) }
    }

    pub(crate) fn of_structure(file: &str, text: &str, error: &StructureError) -> Self {
        let (say, help) = match error {
            StructureError::NoTitle { heading_is_speech: true, .. } => {
                (Say::new("no-title").with("file", file), Say::new("no-title-speech-help"))
            }
            StructureError::NoTitle { heading_is_speech: false, .. } => {
                (Say::new("no-title").with("file", file), Say::new("no-title-help"))
            }
            StructureError::NoSpeech { .. } => {
                (Say::new("no-speech").with("file", file), Say::new("no-speech-help"))
            }
        };
        Self::error(Exit::Refused, say).help(help).at(place::first_line(file, text))
    }

    pub(crate) fn of_config(error: ConfigError) -> Self {
        let (say, help, place) = match error {
            ConfigError::Syntax { message, place } => {
                (Say::new("config-syntax").with("why", message), None, place)
            }
            ConfigError::UnknownKey { key, nearest, place } => {
                let help = nearest.map(|n| Say::new("config-nearest").with("nearest", n));
                (Say::new("config-unknown-key").with("key", key), help, place)
            }
            ConfigError::WrongValue { key, expected, message, place } => {
                (wrong_value(key, expected, message), None, place)
            }
            ConfigError::Misfit { key, misfit, place } => (misfit_in(key, &misfit), None, place),
            ConfigError::NoProfile { name, known, place } => {
                let help = Say::new("profile-known").with("names", known.join(", "));
                (Say::new("profile-unknown").with("name", name), Some(help), place)
            }
            ConfigError::ProfileCircle { name } => {
                (Say::new("profile-circle").with("name", name), None, None)
            }
            ConfigError::NotASetting { argument } => {
                (Say::new("config-not-a-setting").with("argument", argument), None, None)
            }
        };
        let place = place.map(|p| SourcePlace::of(&p.file.display().to_string(), &p.text, p.range));
        Self { help, ..Self::error(Exit::Usage, say) }.at(place)
    }

    pub(crate) fn of_select(error: &SelectError) -> Self {
        let (say, help) = match error {
            SelectError::Numbers { given } => {
                (Say::new("select-numbers").with("given", given), Some(Say::new("select-numbers-help")))
            }
            SelectError::NoSpeech { number, count } => {
                (Say::new("select-no-speech").with("number", number).with("count", count), None)
            }
            SelectError::Unknown { kind, given, nearest } => {
                let id = match kind {
                    Kind::Speech | Kind::Part => "select-no-part",
                    Kind::Speaker => "select-no-speaker",
                    Kind::Party => "select-no-party",
                    Kind::Role => "select-no-role",
                    Kind::Topic => "select-no-topic",
                };
                let help = nearest.as_ref().map(|n| match kind {
                    Kind::Topic => Say::new("select-mentioned").with("speeches", n),
                    _ => Say::new("config-nearest").with("nearest", n),
                });
                (Say { id, args: Vec::new() }.with("given", given), help)
            }
            SelectError::Nothing => (Say::new("select-nothing"), Some(Say::new("select-nothing-help"))),
        };
        Self { help, ..Self::error(Exit::Usage, say) }
    }

    pub(crate) fn of_fonts(error: &FontError) -> Self {
        match error {
            FontError::NoFolder { folder, named_by } => {
                let id = match named_by {
                    FontSource::Manifest => "font-folder-manifest",
                    FontSource::Environment => "font-folder-environment",
                };
                Self::error(Exit::Io, Say::new("font-folder-missing").with("folder", folder.display()))
                    .help(Say::new(id))
            }
            FontError::NotFound { role, wanted, searched } => {
                let folders: Vec<String> = searched.iter().map(|f| f.display().to_string()).collect();
                let say = match wanted {
                    Some(font) => Say::new("font-wanted-missing").with("font", font),
                    None => Say::new("font-missing"),
                };
                Self::error(Exit::Io, say.with("role", role.zh()))
                    .help(Say::new("font-missing-help").with("folders", folders.join(", ")))
            }
            FontError::Unreadable { path } => {
                Self::error(Exit::Io, Say::new("font-unreadable").with("file", path.display()))
            }
        }
    }

    pub(crate) fn of_render(error: &RenderError) -> Self {
        match error {
            RenderError::Template { name, line, message } => {
                let line = line.map_or_else(String::new, |l| format!(":{l}"));
                let say =
                    Say::new("template-wrong").with("template", format!("{name}{line}")).with("why", message);
                Self::error(Exit::Refused, say)
            }
            RenderError::Unescaped { name, line, what } => {
                let line = line.map_or_else(String::new, |l| format!(":{l}"));
                let say = Say::new("template-unescaped")
                    .with("template", format!("{name}{line}"))
                    .with("what", what);
                Self::error(Exit::Refused, say)
            }
            RenderError::Typeset { message, place } => {
                let say = Say::new("typeset-failed")
                    .with("why", message)
                    .with("place", place.as_deref().unwrap_or("main.typ"));
                Self::error(Exit::Refused, say)
            }
            RenderError::NoEmbeddedEngine => {
                Self::error(Exit::Usage, Say::new("engine-not-built")).help(Say::new("engine-not-built-help"))
            }
            RenderError::EngineStart { program, source } if source.kind() == std::io::ErrorKind::NotFound => {
                let say = Say::new("engine-not-found").with("program", program.display());
                Self::error(Exit::Io, say).help(Say::new("engine-missing-help"))
            }
            RenderError::EngineStart { program, source } => {
                let say = Say::new("engine-missing").with("program", program.display()).with("why", source);
                Self::error(Exit::Io, say).help(Say::new("engine-missing-help"))
            }
            RenderError::Scratch { source } => Self::unwritable(&std::env::temp_dir(), source),
            RenderError::Defect { format, message } => {
                let say = Say::new("defect").with("what", format!("{format}: {message}"));
                Self::error(Exit::Defect, say).help(Say::new("defect-help"))
            }
        }
    }

    pub(crate) fn of_note(note: &Note) -> Self {
        match note {
            Note::Typesetter { message, place } => {
                let say = Say::new("typesetter-warns").with("why", message);
                Self::warning(say.with("place", place.as_deref().unwrap_or("main.typ")))
            }
            Note::PictureMissing { src } => Self::warning(Say::new("picture-left-out").with("file", src)),
            Note::CharacterMissing { character, nodes: _ } => glyphs::missing_glyph(*character),
            Note::CharacterReplaced { character } => {
                let code = format!("U+{:04X}", u32::from(*character));
                Self::warning(Say::new("character-replaced").with("code", code))
            }
            Note::FontsBrought { characters, bytes } => {
                let say = Say::new("fonts-brought").with("chars", characters.iter().collect::<String>());
                Self::info(say.count("size", bytes.div_ceil(1024)))
            }
            Note::FontsLacking { characters } => {
                let say = Say::new("fonts-lacking").with("chars", characters.iter().collect::<String>());
                Self::warning(say).help(Say::new("fonts-lacking-help"))
            }
        }
    }
}

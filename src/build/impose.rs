//! A finished PDF read, laid out on sheets, and what is to be said about it.

use std::path::Path;

use crate::build::{Exit, Problem, shown};
use crate::fonts::{FontRequest, FontRole, FontSet};
use crate::impose::{self, ImposeError, Imposed, Lost, Note, PageFault, Settings, TestSheet};
use crate::messages::Say;

/// The words of a test sheet, a line each.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestWords {
    /// For the front.
    pub front: String,
    /// For the back.
    pub back: String,
}

impl TestWords {
    /// Words for both sides.
    #[must_use]
    pub fn new(front: String, back: String) -> Self {
        Self { front, back }
    }
}

/// Lays a PDF out on sheets, and tells what a person should know of it. With `test` only the first sheet is
/// made, its words in 黑体.
///
/// # Errors
/// A file that cannot be read, is no PDF, damaged or encrypted; pages too large for the sheet; with `test`,
/// no font.
pub fn impose(
    path: &Path,
    settings: Settings<'_>,
    test: Option<&TestWords>,
) -> Result<(Imposed, Vec<Problem>), Problem> {
    let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
    let name = shown(path);
    let fonts = match test {
        Some(_) => Some(FontSet::find(&FontRequest::from_environment()).map_err(|e| Problem::of_fonts(&e))?),
        None => None,
    };
    let test = test.zip(fonts.as_ref()).map(|(words, fonts)| {
        let font = fonts.get(FontRole::Hei);
        TestSheet { front: &words.front, back: &words.back, font: font.bytes(), index: font.index }
    });
    let imposed = impose::impose(&bytes, &Settings { test, ..settings });
    let imposed = imposed.map_err(|error| of_impose(&name, &error))?;
    let problems = problems(&name, &imposed.notes);
    Ok((imposed, problems))
}

fn of_impose(file: &str, error: &ImposeError) -> Problem {
    let again = || Say::new("impose-damaged-help");
    match error {
        ImposeError::NotPdf => Problem::error(Exit::Io, Say::new("impose-not-pdf").with("file", file))
            .help(Say::new("impose-not-pdf-help")),
        ImposeError::Encrypted => Problem::error(Exit::Io, Say::new("impose-encrypted").with("file", file))
            .help(Say::new("impose-encrypted-help")),
        ImposeError::Damaged { why } => {
            Problem::error(Exit::Io, Say::new("impose-damaged").with("file", file).with("why", why))
                .help(again())
        }
        ImposeError::PageTree => {
            Problem::error(Exit::Io, Say::new("impose-page-tree").with("file", file)).help(again())
        }
        ImposeError::Page { page, fault } => {
            let say = match fault {
                PageFault::Size => Say::new("impose-page-size"),
                PageFault::Missing => Say::new("impose-page-missing"),
                PageFault::Packed => Say::new("impose-page-packed"),
                PageFault::TooMuch => Say::new("impose-page-too-much"),
            };
            Problem::error(Exit::Io, say.with("file", file).with("page", page)).help(again())
        }
        ImposeError::NoPages => Problem::error(Exit::Io, Say::new("impose-no-pages").with("file", file)),
        ImposeError::TooLarge { width, height, sheet } => {
            let say = Say::new("impose-too-large").with("file", file).with("sheet", sheet.name());
            let say = say.with("width", width).with("height", height);
            Problem::error(Exit::Refused, say).help(Say::new("impose-too-large-help"))
        }
        ImposeError::Font => Problem::error(Exit::Io, Say::new("impose-font")),
        ImposeError::Defect { message } => {
            let say = Say::new("defect").with("what", format!("impose: {message}"));
            Problem::error(Exit::Defect, say).help(Say::new("defect-help"))
        }
    }
}

/// Notes as sentences; everything that sheets cannot keep is one sentence.
fn problems(file: &str, notes: &[Note]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = notes.iter().filter_map(|note| of_note(file, note)).collect();
    let count = |wanted: Lost| {
        let counts = notes.iter().map(|note| match note {
            Note::Lost { what, count } if *what == wanted => *count,
            _ => 0,
        });
        counts.sum::<usize>()
    };
    let lost = [
        ("tags", Lost::Tags),
        ("bookmarks", Lost::Bookmarks),
        ("links", Lost::Links),
        ("labels", Lost::PageLabels),
        ("fields", Lost::Fields),
        ("comments", Lost::Comments),
        ("attachments", Lost::Attachments),
        ("actions", Lost::Actions),
        ("claims", Lost::Claims),
    ];
    if lost.iter().any(|(_, what)| count(*what) > 0) {
        let say = Say::new("impose-lost").with("file", file);
        problems
            .push(Problem::info(lost.iter().fold(say, |say, (name, what)| say.count(name, count(*what)))));
    }
    problems
}

fn of_note(file: &str, note: &Note) -> Option<Problem> {
    let short = |value: f64| format!("{value:.1}");
    Some(match note {
        Note::Blanks { count, after } => {
            Problem::info(Say::new("impose-blanks").count("count", *count).with("page", after))
        }
        Note::Scaled { percent } => Problem::info(Say::new("impose-scaled").with("percent", short(*percent))),
        Note::Turned { count } => Problem::info(Say::new("impose-turned").count("count", *count)),
        Note::Shrunk { count } => Problem::warning(Say::new("impose-shrunk").count("count", *count)),
        Note::Creep { most } => Problem::info(Say::new("impose-creep").with("most", short(*most))),
        Note::ShortEdge => Problem::info(Say::new("impose-short-edge")),
        Note::Repaired => Problem::warning(Say::new("impose-repaired").with("file", file)),
        Note::Metadata => Problem::info(Say::new("impose-metadata").with("file", file)),
        Note::Lost { what: Lost::Undrawn, count } => {
            Problem::warning(Say::new("impose-undrawn").with("file", file).count("count", *count))
        }
        // Told together.
        Note::Lost { .. } => return None,
    })
}

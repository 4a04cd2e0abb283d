//! The formats of one book, side by side. The e-book waits for the printed pages and for its cover, the others
//! for nothing.

use rayon::prelude::*;

use crate::build::run::staged;
use crate::build::{Book, Exit, Order, Problem, Severity, Sink, Stage, press};
use crate::fonts::FontSet;
use crate::messages::Say;
use crate::render::{self, Engine, Format, Image, Job, PageMap, Rendered, format_named};

/// The format that is printed, and has a form for printing houses.
const PRINTED: &str = "pdf";

/// The format that has a picture for a cover and marks the printed pages.
const READ: &str = "epub";

/// A format with what was noticed on the way.
pub(super) type Made = Result<(Rendered, Vec<Problem>), Problem>;

/// What all formats of a book are made of.
pub(super) struct Formats<'a> {
    pub(super) book: &'a Book,
    pub(super) fonts: &'a FontSet,
    pub(super) engine: &'a Engine,
    pub(super) order: &'a Order,
    pub(super) sink: &'a dyn Sink,
    /// The book's name in events.
    pub(super) name: &'a str,
    /// What the names of several files of one format begin with.
    pub(super) stem: &'a str,
}

impl Formats<'_> {
    /// Whether pages can be marked, if that is asked for: a typst command does not tell where they turn.
    ///
    /// # Errors
    /// When they cannot.
    pub(super) fn check(&self) -> Result<(), Problem> {
        if self.order.page_list && !self.can_tell_pages() {
            let say = Say::new("page-list-engine");
            return Err(Problem::error(Exit::Usage, say).help(Say::new("page-list-engine-help")));
        }
        Ok(())
    }

    /// All of them, in the order they were asked for.
    pub(super) fn make(&self) -> Vec<Made> {
        let formats = &self.order.formats;
        let (first, others): (Vec<&'static Format>, Vec<_>) =
            formats.iter().copied().partition(|f| [PRINTED, READ].contains(&f.name));
        let others = || others.par_iter().map(|f| (f.name, self.one(f, None, None))).collect::<Vec<_>>();
        let (first, others) = rayon::join(|| self.printed_and_read(&first), others);
        let mut made: Vec<(&str, Made)> = first.into_iter().chain(others).collect();
        made.sort_by_key(|(name, _)| formats.iter().position(|f| f.name == *name));
        made.into_iter().map(|(_, made)| made).collect()
    }

    fn printed_and_read(&self, formats: &[&'static Format]) -> Vec<(&'static str, Made)> {
        let named = |name: &str| formats.iter().copied().find(|f| f.name == name);
        let (printed, read) = (named(PRINTED), named(READ));
        let print = || {
            let made = printed.map(|format| self.one(format, None, None));
            let pages = match (&made, read) {
                (_, Some(_)) if !self.can_tell_pages() => Ok(None),
                (Some(Ok((rendered, _))), Some(_)) if !self.order.press => Ok(rendered.pages.clone()),
                (_, Some(_)) if self.order.page_list => self.pages(),
                _ => Ok(None),
            };
            (made, pages)
        };
        let cover = || read.map_or(Ok(None), |_| self.cover());
        let ((made, pages), cover) = rayon::join(print, cover);
        let mut out: Vec<(&'static str, Made)> = made.into_iter().map(|made| (PRINTED, made)).collect();
        if let Some(format) = read {
            // The book can be read without a picture.
            let (cover, trouble) = match cover {
                Ok(cover) => (cover, None),
                Err(problem) => (None, Some(Problem { severity: Severity::Warning, ..problem })),
            };
            let made = pages.and_then(|pages| self.one(format, pages.as_ref(), cover.as_ref()));
            let made = made.map(|(rendered, problems)| {
                (rendered, problems.into_iter().chain(trouble.filter(|_| printed.is_none())).collect())
            });
            out.push((READ, made));
        }
        out
    }

    fn can_tell_pages(&self) -> bool {
        cfg!(feature = "pdf") && *self.engine == Engine::Embedded
    }

    /// The pages of a print edition that nobody asked for.
    fn pages(&self) -> Result<Option<PageMap>, Problem> {
        let Some(format) = format_named(PRINTED) else { return Ok(None) };
        Ok(render(self.book, self.fonts, format, self.engine)?.pages)
    }

    fn cover(&self) -> Result<Option<Image>, Problem> {
        let job = job(self.book, self.fonts, self.engine)?;
        render::cover(&job).map_err(|e| Problem::of_render(&e))
    }

    fn one(&self, format: &Format, pages: Option<&PageMap>, cover: Option<&Image>) -> Made {
        let stage = Stage::Render(format.name);
        staged(self.sink, self.name, stage, || {
            if self.order.press && format.name == PRINTED {
                return press::make(self.book, self.fonts, format, self.engine, self.stem);
            }
            let job = Job { pages, cover, ..job(self.book, self.fonts, self.engine)? };
            let rendered = format.backend.render(&job).map_err(|e| Problem::of_render(&e))?;
            Ok((rendered, Vec::new()))
        })
    }
}

fn job<'a>(book: &'a Book, fonts: &'a FontSet, engine: &'a Engine) -> Result<Job<'a>, Problem> {
    let mut job = Job::new(&book.tree, &book.config, fonts, &book.templates, &book.assets);
    job.date = book.date()?;
    job.engine = engine;
    job.excerpt = book.excerpt.as_ref();
    Ok(job)
}

/// Makes one format of a book, without what other formats could tell it.
///
/// # Errors
/// When the backend cannot.
pub fn render(book: &Book, fonts: &FontSet, format: &Format, engine: &Engine) -> Result<Rendered, Problem> {
    format.backend.render(&job(book, fonts, engine)?).map_err(|e| Problem::of_render(&e))
}

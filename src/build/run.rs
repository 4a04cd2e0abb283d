//! Making books.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use rayon::prelude::*;

use crate::build::formats::{Formats, READ};
use crate::build::proof::prove;
use crate::build::{
    Book, Checks, Event, Exit, Found, Opening, Placed, Problem, Severity, Sink, Stage, glyphs, names, put,
};
use crate::check::Finding;
use crate::config::{Config, EngineName};
use crate::fonts::FontSet;
use crate::messages::Say;
use crate::render::{Engine, FORMATS, Format, Note, Rendered};

/// Where outputs go.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// Each book's own output folder.
    Default,
    /// A folder.
    Folder(PathBuf),
    /// One file of one format.
    File(PathBuf),
    /// Standard output, one file of one format.
    Stdout,
}

/// What is to be made of every book.
#[derive(Debug)]
#[non_exhaustive]
pub struct Order {
    /// The formats.
    pub formats: Vec<&'static Format>,
    /// Whether these formats were asked for by name: of the usual ones a book may go without some.
    pub asked: bool,
    /// Where they go.
    pub target: Target,
    /// Settings over all others.
    pub opening: Opening,
    /// Which program sets the pages; what the settings say when not given.
    pub engine: Option<Engine>,
    /// Whether files are replaced that a person edited.
    pub force: bool,
    /// Whether nothing is written when the checks find an error.
    pub strict: bool,
    /// Whether the PDF is made for a printing house: body, cover and a report of what was found in them.
    pub press: bool,
    /// Whether the e-book marks the printed pages though no PDF is made; it does when one is.
    pub page_list: bool,
    /// Whether the files are read back and measured, and the proof put beside them.
    pub proof: bool,
}

impl Default for Order {
    /// The usual formats of one book, in its own output folder.
    fn default() -> Self {
        Self {
            formats: FORMATS.iter().filter(|f| f.default).collect(),
            asked: false,
            target: Target::Default,
            opening: Opening::default(),
            engine: None,
            force: false,
            strict: false,
            press: false,
            page_list: false,
            proof: false,
        }
    }
}

/// What became of one book.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The book.
    pub source: String,
    /// Its outputs.
    pub placed: Vec<Placed>,
    /// What was noticed, errors included.
    pub problems: Vec<Problem>,
    /// What the checks found, but for what is among the problems: characters that cannot be printed.
    pub findings: Vec<Finding>,
    /// The document's bytes, when the target is standard output.
    pub stdout: Option<Vec<u8>>,
}

impl Outcome {
    pub(super) fn of(source: &str) -> Self {
        Self { source: source.to_owned(), placed: vec![], problems: vec![], findings: vec![], stdout: None }
    }

    /// The exit code of this book: a finding of severity error needs a person, whatever was made.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let found = self.findings.iter().any(|f| f.severity == Severity::Error);
        self.failure().max(if found { Exit::Refused } else { Exit::Done })
    }

    fn failure(&self) -> Exit {
        let errors = self.problems.iter().filter(|p| p.severity == Severity::Error);
        errors.map(|p| p.exit).max().unwrap_or(Exit::Done)
    }
}

/// An engine by its name; the second one's program is `JIANBAO_TYPST`, else `typst` on the path.
#[must_use]
pub fn engine(name: EngineName) -> Engine {
    match name {
        EngineName::Embedded => Engine::Embedded,
        EngineName::TypstCli => {
            let program = std::env::var_os("JIANBAO_TYPST").filter(|p| !p.is_empty());
            Engine::TypstCli { program: program.map_or_else(|| PathBuf::from("typst"), PathBuf::from) }
        }
    }
}

/// Makes all books, several at once, and puts their outputs in place. One book's failure does not
/// keep the others from being made.
#[must_use]
pub fn build(books: &[Found], order: &Order, sink: &dyn Sink) -> Vec<Outcome> {
    if let Some(problem) = same_name_twice(books, order) {
        let mut failed = Outcome::of(&books[0].name);
        failed.problems.push(problem);
        return vec![failed];
    }
    let claims = Claims { books: books.len(), outputs: Mutex::new(BTreeMap::new()) };
    books.par_iter().map(|found| one(found, order, sink, &claims)).collect()
}

/// Two books whose outputs would have one name in one folder, as far as the manifests tell.
fn same_name_twice(books: &[Found], order: &Order) -> Option<Problem> {
    let mut seen: Vec<(PathBuf, String, &str)> = Vec::new();
    for found in books.iter().filter(|_| books.len() > 1) {
        let layers: Vec<_> = found.manifest.iter().map(|m| m.layer.clone()).collect();
        let Ok(config) = crate::config::resolve(&layers, &found.base) else { continue };
        let folder = match &order.target {
            Target::Folder(folder) => folder.clone(),
            _ => output_folder(&config, found.manifest.is_some()),
        };
        let stem = names::stem(&config, found);
        if let Some((_, _, other)) =
            seen.iter().find(|(f, s, _)| *f == folder && s.to_lowercase() == stem.to_lowercase())
        {
            return Some(collision(other, &found.name, &stem));
        }
        seen.push((folder, stem, &found.name));
    }
    None
}

fn collision(one: &str, other: &str, name: &str) -> Problem {
    let say = Say::new("same-name-twice").with("one", one).with("other", other).with("name", name);
    Problem::error(Exit::Usage, say).help(Say::new("same-name-twice-help"))
}

/// The folder outputs go to when the user names none.
pub(super) fn output_folder(config: &Config, has_manifest: bool) -> PathBuf {
    match (&config.output, has_manifest) {
        (Some(folder), _) => config.base.join(folder),
        (None, true) => config.base.join("output"),
        (None, false) => PathBuf::from("output"),
    }
}

/// Outputs of this run and the book each belongs to: front matter may name outputs too, and two
/// books must not overwrite each other.
struct Claims {
    /// How many books the run makes.
    books: usize,
    outputs: Mutex<BTreeMap<PathBuf, String>>,
}

fn one(found: &Found, order: &Order, sink: &dyn Sink, claims: &Claims) -> Outcome {
    let start = Instant::now();
    let mut outcome = Outcome::of(&found.name);
    if let Err(problem) = make(found, order, sink, claims, &mut outcome) {
        outcome.problems.push(problem);
    }
    for problem in &outcome.problems {
        sink.event(&Event::Noticed { source: &found.name, problem });
    }
    match outcome.failure() {
        Exit::Done => sink.event(&Event::Done { source: &found.name, took: start.elapsed() }),
        _ => sink.event(&Event::Failed { source: &found.name }),
    }
    outcome
}

pub(super) fn staged<T>(
    sink: &dyn Sink,
    source: &str,
    stage: Stage,
    work: impl FnOnce() -> Result<T, Problem>,
) -> Result<T, Problem> {
    if sink.is_stopped() {
        return Err(Problem::error(Exit::Refused, Say::new("build-stopped")));
    }
    sink.event(&Event::Started { source, stage });
    let start = Instant::now();
    let done = work()?;
    sink.event(&Event::Ended { source, stage, took: start.elapsed() });
    Ok(done)
}

fn make(
    found: &Found,
    order: &Order,
    sink: &dyn Sink,
    claims: &Claims,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let name = &found.name;
    let book = staged(sink, name, Stage::Read, || Book::open(found, &order.opening))?;
    outcome.problems.extend(book.problems.iter().cloned());
    let fonts = find_fonts(&book)?;
    let engine = order.engine.clone().unwrap_or_else(|| engine(book.config.print.engine));
    let checks = Checks::of(&book)?;
    let stem = stem(&book, order);
    let (allowed, refused) = allowed(&book, order)?;
    outcome.problems.extend(refused);
    let formats = Formats {
        book: &book,
        fonts: &fonts,
        engine: &engine,
        order,
        formats: &allowed,
        sink,
        name,
        stem: &stem,
    };
    formats.check()?;
    let (rendered, findings) = rayon::join(|| formats.make(), || checks.run(&book, Some(&fonts)));
    sink.event(&Event::Checked { source: name, findings: &findings });
    let (missing, findings) = glyphs::parted(findings);
    outcome.problems.extend(glyphs::warnings(&book, &missing));
    outcome.findings = findings;
    // All formats or none: a book half renewed is a trap.
    let made: Vec<(Rendered, Vec<Problem>)> = rendered.into_iter().collect::<Result<_, _>>()?;
    let (rendered, found): (Vec<Rendered>, Vec<Vec<Problem>>) = made.into_iter().unzip();
    outcome.problems.extend(found.into_iter().flatten());
    for note in rendered.iter().flat_map(|r| &r.notes).filter(|n| !is_known(n, &book)) {
        let problem = Problem::of_note(note);
        if !outcome.problems.contains(&problem) {
            outcome.problems.push(problem);
        }
    }
    let errors = outcome.findings.iter().chain(&missing).any(|f| f.severity == Severity::Error);
    // A book with a conflict in it is two books.
    if outcome.findings.iter().any(|f| f.rule == "structure/conflict-marker") {
        let help = Say::new("conflict-left-help").with("source", name);
        return Err(Problem::error(Exit::Refused, Say::new("conflict-left").with("source", name)).help(help));
    }
    if order.strict && errors {
        let help = Say::new("check-strict-help").with("source", name);
        return Err(Problem::error(Exit::Refused, Say::new("check-strict")).help(help));
    }
    staged(sink, name, Stage::Write, || place(&book, order, &allowed, rendered, sink, claims, outcome))
}

/// The formats that a book may be made in, and what is left out of the usual ones: what is marked secret is
/// not made to be passed from phone to phone.
pub(super) fn allowed(
    book: &Book,
    order: &Order,
) -> Result<(Vec<&'static Format>, Option<Problem>), Problem> {
    let mark = book.config.briefing.security.clone().filter(|_| book.config.briefing.is_secret());
    let (read, others): (Vec<&Format>, Vec<&Format>) = order.formats.iter().partition(|f| f.name == READ);
    match mark {
        Some(mark) if !read.is_empty() => {
            let say = Say::new("secret-no-ebook").with("mark", mark);
            let help = Say::new("secret-no-ebook-help");
            if order.asked {
                return Err(Problem::error(Exit::Refused, say).help(help));
            }
            Ok((others, Some(Problem::warning(say).help(help))))
        }
        _ => Ok((order.formats.clone(), None)),
    }
}

/// What the names of several files of one format begin with.
fn stem(book: &Book, order: &Order) -> String {
    let given = match &order.target {
        Target::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
        _ => None,
    };
    given.unwrap_or_else(|| book.stem.clone())
}

/// Whether reading the book or the checks have told of this already, with the place.
fn is_known(note: &Note, book: &Book) -> bool {
    match note {
        Note::PictureMissing { src } => !book.assets.contains_key(src),
        // What the rule font/missing-glyph finds, unless the user does not want to know.
        Note::CharacterMissing { .. } => true,
        Note::Typesetter { .. }
        | Note::CharacterReplaced { .. }
        | Note::FontsBrought { .. }
        | Note::FontsLacking { .. } => false,
    }
}

fn place(
    book: &Book,
    order: &Order,
    formats: &[&Format],
    rendered: Vec<Rendered>,
    sink: &dyn Sink,
    claims: &Claims,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    let is_alone = claims.books == 1;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (format, done) in formats.iter().zip(rendered) {
        for artifact in done.artifacts {
            let name = match (&order.target, artifact.path.as_str()) {
                (Target::File(path), "") => {
                    path.file_name().map_or_else(|| book.stem.clone(), |n| n.to_string_lossy().into_owned())
                }
                (_, "") => format!("{}.{}", book.stem, format.ending),
                // A document's pictures lie beside it, where it says they are.
                (_, inner) if !format.ending.is_empty() => inner.to_owned(),
                // A project asked for alone fills the folder; beside documents it has its own.
                (Target::Folder(_), inner) if formats.len() == 1 && is_alone => inner.to_owned(),
                (_, inner) => format!("{}-{}/{inner}", book.stem, format.name),
            };
            files.push((name, artifact.bytes));
        }
    }
    if order.proof {
        let settings = &order.opening.settings;
        let stem = stem(book, order);
        let prove = || prove(book, &stem, &files, settings, order.press);
        let kept = staged(sink, &outcome.source, Stage::Prove, prove)?;
        outcome.problems.extend(kept.problems);
        files.push(kept.file);
    }
    let folder = match &order.target {
        Target::Stdout => {
            outcome.stdout = files.into_iter().next().map(|(_, bytes)| bytes);
            return Ok(());
        }
        Target::Folder(folder) => folder.clone(),
        Target::File(path) => super::sources::folder_of(path),
        Target::Default => book.output_folder(),
    };
    let mut claimed = claims.outputs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for (name, _) in &files {
        let owner = claimed.entry(folder.join(name)).or_insert_with(|| outcome.source.clone());
        if *owner != outcome.source {
            return Err(collision(owner, &outcome.source, name));
        }
    }
    drop(claimed);
    let borrowed: Vec<(String, &[u8])> = files.iter().map(|(n, b)| (n.clone(), b.as_slice())).collect();
    for result in put(&folder, &borrowed, order.force) {
        match result {
            Ok(placed) => {
                let (output, changed) = match &placed {
                    Placed::Written(path) => (path, true),
                    Placed::Unchanged(path) => (path, false),
                };
                sink.event(&Event::Wrote { source: &outcome.source, output, changed });
                outcome.placed.push(placed);
            }
            Err(problem) => outcome.problems.push(problem),
        }
    }
    Ok(())
}

/// The fonts of a book.
///
/// # Errors
/// A folder that is not there, a role without a font.
pub fn find_fonts(book: &Book) -> Result<FontSet, Problem> {
    FontSet::find(&book.font_request()).map_err(|e| Problem::of_fonts(&e))
}

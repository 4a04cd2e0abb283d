//! Finished files held against the book they were made of: those that lie somewhere, and those just made.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::build::{Book, Exit, Problem, find_fonts, shown};
use crate::config::{BRIEFING, Config, FolioPlace, Layer, PT_PER_MM, PrintPart, Profile};
use crate::fonts::{FontRole, FontSet};
use crate::hash::sha256_hex;
use crate::messages::{Catalog, Lang, Say};
use crate::verify::{
    Choice, Evidence, Expected, Finished, FontHash, Input, Kind, PackageError, PageNumbers, PdfError,
    Printed, Proof, read_docx, read_epub, read_pdf,
};

/// How the name of a proof ends that is kept beside the files.
const KEPT: &str = ".proof.json";

/// What a printing house's file does without.
const NOT_FOR_PRESS: &str = "print/standards-claimed";

/// Earlier proofs among files that are to be verified, read before the book is: they say with which settings
/// it was made.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Earlier {
    proofs: Vec<(PathBuf, Proof)>,
}

impl Earlier {
    /// Reads the proofs among some files.
    ///
    /// # Errors
    /// One that cannot be read or is none.
    pub fn among(files: &[PathBuf]) -> Result<Self, Problem> {
        let read = |path: &PathBuf| {
            let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
            let wrong = |e: serde_json::Error| {
                let say = Say::new("proof-not").with("file", shown(path)).with("line", e.line());
                Problem::error(Exit::Io, say).help(Say::new("proof-not-help"))
            };
            Ok((path.clone(), Proof::read(&bytes).map_err(wrong)?))
        };
        let proofs = files.iter().filter(|path| kind(path) == Some(Kind::Proof)).map(read);
        Ok(Self { proofs: proofs.collect::<Result<_, Problem>>()? })
    }

    /// The settings that the first of them was made with.
    ///
    /// # Errors
    /// A setting that is none.
    pub fn settings(&self) -> Result<Vec<Layer>, Problem> {
        let Some((_, proof)) = self.proofs.first() else { return Ok(Vec::new()) };
        let profile = format!("print.profile={}", proof.profile);
        let settings = std::iter::once(&profile).chain(&proof.settings);
        settings.map(|s| Layer::setting(s).map_err(Problem::of_config)).collect()
    }

    /// Those of the rules that the proofs hold, where none are named.
    fn choice(&self, choice: &Choice) -> Choice {
        if self.proofs.is_empty() || *choice != Choice::default() {
            return choice.clone();
        }
        let held = self.proofs.iter().flat_map(|(_, p)| &p.checks).map(|c| c.id.clone());
        Choice { select: held.chain(["proof".to_owned()]).collect(), ..Choice::default() }
    }
}

/// Reads outputs and measures them.
///
/// # Errors
/// A file that cannot be read, or of a format that cannot be verified; a role without a font.
pub fn verify(
    book: &Book,
    outputs: &[PathBuf],
    earlier: &Earlier,
    choice: &Choice,
    catalog: &Catalog,
) -> Result<Proof, Problem> {
    if let Some(other) = outputs.iter().find(|path| kind(path).is_none()) {
        let say = Say::new("verify-unknown-kind").with("file", shown(other));
        return Err(Problem::error(Exit::Usage, say).help(Say::new("verify-unknown-kind-help")));
    }
    let files: Vec<&PathBuf> = outputs.iter().filter(|path| kind(path) != Some(Kind::Proof)).collect();
    if files.is_empty() {
        return Err(Problem::error(Exit::Usage, Say::new("proof-alone-given")));
    }
    let fonts = find_fonts(book)?;
    let open = |path: &&PathBuf| {
        let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
        read(&shown(path), &bytes)
    };
    let read: Vec<(Input, Finished)> = files.par_iter().map(open).collect::<Result<_, _>>()?;
    let choice = earlier.choice(choice);
    let (mut evidence, bare) = measure(book, &fonts, read, &choice, &[]);
    if !earlier.proofs.is_empty() {
        let now = bare.with(&evidence, &Catalog::new(Lang::En));
        for (path, proof) in &earlier.proofs {
            evidence.hold(&shown(path), proof, &now, &choice);
        }
    }
    if evidence.rules.is_empty() {
        return Err(Problem::error(Exit::Usage, Say::new("proof-no-rule")));
    }
    Ok(bare.with(&evidence, catalog))
}

/// What became of the proof of files that were just made.
pub(super) struct Kept {
    /// The name and bytes of the proof.
    pub(super) file: (String, Vec<u8>),
    /// What is not as it should be.
    pub(super) problems: Vec<Problem>,
}

/// The proof of files that were just made, each with its name. It is in English whatever the user speaks: the
/// same files have the same proof.
///
/// # Errors
/// A file that cannot be read back; a role without a font.
pub(super) fn prove(
    book: &Book,
    stem: &str,
    files: &[(String, Vec<u8>)],
    settings: &[Layer],
    press: bool,
) -> Result<Kept, Problem> {
    // Projects and pictures have folders of their own.
    let own = files.iter().filter(|(name, _)| !name.contains('/'));
    let own: Vec<_> = own.filter(|(n, _)| kind(Path::new(n)).is_some_and(|k| k != Kind::Proof)).collect();
    let read = own.par_iter().map(|(name, bytes)| read(name, bytes)).collect::<Result<Vec<_>, _>>()?;
    let choice = match press {
        true => Choice::of(Vec::new(), vec![NOT_FOR_PRESS.to_owned()]).unwrap_or_default(),
        false => Choice::default(),
    };
    let (evidence, bare) = measure(book, &find_fonts(book)?, read, &choice, settings);
    let proof = bare.with(&evidence, &Catalog::new(Lang::En));
    let name = format!("{stem}{KEPT}");
    let problems = evidence.failures().map(|(rule, output, measured)| {
        let first = measured.first();
        let say = first.map_or(&measured.figure, |f| &f.say).clone();
        let help = Say::new("proof-failed-help").with("rule", rule.name).with("file", &name);
        let help = help.with("output", output).count("page", first.and_then(|f| f.page).unwrap_or(0));
        let place = first.and_then(|f| f.span).and_then(|span| book.place(span));
        Problem::error(Exit::Refused, say).help(help).at(place)
    });
    Ok(Kept { problems: problems.collect(), file: (name, proof.json().into_bytes()) })
}

/// Measures files that were read; gives a proof without checks as well.
fn measure(
    book: &Book,
    fonts: &FontSet,
    read: Vec<(Input, Finished)>,
    choice: &Choice,
    settings: &[Layer],
) -> (Evidence, Bare) {
    let mut expected = expected(&book.config).with_fonts(fonts);
    let sources = book.tree.files.iter().map(|f| Input { file: f.name.clone(), sha256: f.sha256.clone() });
    let manifest = book.manifest().map(|(file, sha256)| Input { file, sha256 });
    let mut proof = Proof::empty(&expected.profile);
    proof.inputs = sources.chain(manifest).chain(read.iter().map(|(input, _)| input.clone())).collect();
    proof.settings = settings.iter().flat_map(Layer::to_settings).collect();
    let hash = |role: FontRole| FontHash { role: role.key().to_owned(), sha256: fonts.get(role).sha256() };
    proof.fonts = FontRole::ALL.into_iter().map(hash).collect();
    let pages: Vec<&Printed> = read.iter().filter_map(|(_, f)| f.pages()).collect();
    let is_alone = pages.len() < 2;
    expected.front = is_alone || !pages.iter().any(|p| is_cover(p, &expected));
    let is_measured = |file: &Finished| is_alone || !file.pages().is_some_and(|p| is_cover(p, &expected));
    let named = read.into_iter().map(|(input, file)| (input.file, file));
    let named: Vec<(String, Finished)> = named.filter(|(_, file)| is_measured(file)).collect();
    (Evidence::of(&named, &book.tree, &expected, choice), Bare(proof))
}

/// A proof without checks.
struct Bare(Proof);

impl Bare {
    fn with(&self, evidence: &Evidence, catalog: &Catalog) -> Proof {
        let mut proof = self.0.clone();
        proof.checks = evidence.checks(catalog);
        proof
    }
}

/// Back, spine and front on one sheet: beside the body it has no text to be proved.
fn is_cover(printed: &Printed, expected: &Expected) -> bool {
    matches!(printed.pages.as_slice(), [one] if one.trim.width() > 1.9 * expected.page_width * PT_PER_MM)
}
/// What the profile of a book says of its pages.
fn expected(config: &Config) -> Expected {
    let Profile { page, text, sizes, folio, .. } = &config.look;
    let numbers = PageNumbers {
        size: folio.size,
        below: folio.below,
        from_edge: match folio.place {
            FolioPlace::Center => None,
            _ => Some(1.0),
        },
        dashes: folio.dashes,
    };
    Expected {
        profile: config.print.profile.clone().unwrap_or_else(|| BRIEFING.to_owned()),
        page_width: page.width,
        page_height: page.height,
        top: page.top,
        inside: page.inside,
        duplex: page.duplex,
        area_width: page.area_width,
        area_height: page.area_height,
        rows: Some(text.rows),
        full_pages: !config.look.claims.is_empty(),
        characters: Some(text.characters),
        body_size: text.size,
        pitch: text.pitch,
        title_size: sizes.title,
        page_numbers: (folio.place != FolioPlace::None).then_some(numbers),
        contents: config.prints(PrintPart::Contents),
        index: config.prints(PrintPart::Index),
        ..Expected::briefing()
    }
}

fn kind(path: &Path) -> Option<Kind> {
    path.extension().and_then(|e| e.to_str()).and_then(Kind::of_ending)
}

fn read(file: &str, bytes: &[u8]) -> Result<(Input, Finished), Problem> {
    let finished = match kind(Path::new(file)) {
        Some(Kind::Docx) => Finished::Docx(read_docx(bytes).map_err(|e| of_package(file, &e))?),
        Some(Kind::Epub) => Finished::Epub(read_epub(bytes).map_err(|e| of_package(file, &e))?),
        _ => Finished::Pdf(read_pdf(bytes).map_err(|e| of_pdf(file, e))?),
    };
    Ok((Input { file: file.to_owned(), sha256: sha256_hex(bytes) }, finished))
}

fn of_package(file: &str, error: &PackageError) -> Problem {
    let (say, help) = match error {
        PackageError::NotOfForm => (Say::new("package-not"), None),
        PackageError::Encrypted => (Say::new("pdf-encrypted"), Some(Say::new("pdf-encrypted-help"))),
        PackageError::Damaged { part } => {
            let whole = || Say::new("package-damaged");
            let say = of_part(part, whole, || Say::new("package-damaged-part"));
            (say, Some(Say::new("package-damaged-help")))
        }
        PackageError::TooLarge { part } => {
            let whole = || Say::new("package-too-large");
            (of_part(part, whole, || Say::new("package-too-large-part")), None)
        }
    };
    Problem { help, ..Problem::error(Exit::Io, say.with("file", file)) }
}

/// The whole file, or a part of it.
fn of_part(part: &str, whole: impl Fn() -> Say, one: impl Fn() -> Say) -> Say {
    if part.is_empty() { whole() } else { one().with("part", part) }
}

fn of_pdf(file: &str, error: PdfError) -> Problem {
    let (say, help) = match error {
        PdfError::NotPdf => (Say::new("pdf-not"), None),
        PdfError::Encrypted => (Say::new("pdf-encrypted"), Some(Say::new("pdf-encrypted-help"))),
        PdfError::Damaged => (Say::new("pdf-damaged"), Some(Say::new("pdf-damaged-help"))),
        PdfError::TooLarge => (Say::new("pdf-too-large"), None),
    };
    Problem { help, ..Problem::error(Exit::Io, say.with("file", file)) }
}

//! Finished files held against the book they were made of.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::build::{Book, Exit, Problem, find_fonts, shown};
use crate::config::{BRIEFING, Config, FolioPlace, PrintPart, Profile};
use crate::fonts::FontRole;
use crate::hash::sha256_hex;
use crate::messages::{Catalog, Say};
use crate::verify::{
    Expected, Finished, FontHash, Input, Kind, PackageError, PageNumbers, PdfError, Proof, read_docx,
    read_epub, read_pdf,
};

/// Reads outputs and measures them.
///
/// # Errors
/// A file that cannot be read, or of a format that cannot be verified; a role without a font.
pub fn verify(book: &Book, outputs: &[PathBuf], catalog: &Catalog) -> Result<Proof, Problem> {
    if let Some(other) = outputs.iter().find(|path| kind(path).is_none()) {
        let say = Say::new("verify-unknown-kind").with("file", shown(other));
        return Err(Problem::error(Exit::Usage, say).help(Say::new("verify-unknown-kind-help")));
    }
    let fonts = find_fonts(book)?;
    let read: Vec<(Input, Finished)> = outputs.par_iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let (hashes, files): (Vec<Input>, Vec<Finished>) = read.into_iter().unzip();
    let named: Vec<(String, Finished)> = hashes.iter().map(|i| i.file.clone()).zip(files).collect();
    let expected = expected(&book.config).with_fonts(&fonts);
    let mut proof = Proof::of(&named, &book.tree, &expected, catalog);
    let sources = book.tree.files.iter().map(|f| Input { file: f.name.clone(), sha256: f.sha256.clone() });
    proof.inputs = sources.chain(hashes).collect();
    let hash = |role: FontRole| FontHash { role: role.key().to_owned(), sha256: fonts.get(role).sha256() };
    proof.fonts = FontRole::ALL.into_iter().map(hash).collect();
    Ok(proof)
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
        ..Expected::briefing()
    }
}

fn kind(path: &Path) -> Option<Kind> {
    path.extension().and_then(|e| e.to_str()).and_then(Kind::of_ending)
}

fn read(path: &Path) -> Result<(Input, Finished), Problem> {
    let bytes = std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?;
    let file = shown(path);
    let finished = match kind(path) {
        Some(Kind::Docx) => Finished::Docx(read_docx(&bytes).map_err(|e| of_package(&file, &e))?),
        Some(Kind::Epub) => Finished::Epub(read_epub(&bytes).map_err(|e| of_package(&file, &e))?),
        _ => Finished::Pdf(read_pdf(&bytes).map_err(|e| of_pdf(&file, e))?),
    };
    Ok((Input { file, sha256: sha256_hex(&bytes) }, finished))
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

//! Which files a command means, and the manifest that belongs to them.

use std::path::{Path, PathBuf};

use crate::build::{Exit, Problem};
use crate::config::{Layer, resolve};
use crate::messages::Say;

/// The manifest's file name.
pub(crate) const MANIFEST: &str = "jianbao.toml";

/// The sources of one book.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Found {
    /// What the user called it.
    pub name: String,
    /// The files, in the book's order.
    pub files: Vec<PathBuf>,
    /// The folder that settings and names of files are relative to.
    pub base: PathBuf,
    /// The manifest, if there is one.
    pub manifest: Option<Manifest>,
}

/// A manifest that was found and read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Manifest {
    /// Its settings.
    pub layer: Layer,
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// The books that `sources` mean: one each, or one of all when `together`. Without sources the
/// manifest of the working folder says what belongs to the book.
///
/// # Errors
/// No manifest where one is needed, a pattern that matches nothing, a manifest that cannot be read.
pub fn find(sources: &[PathBuf], together: bool) -> Result<Vec<Found>, Problem> {
    if sources.is_empty() {
        return Ok(vec![of_manifest(Path::new(MANIFEST))?]);
    }
    if together && sources.len() > 1 {
        let base = folder_of(&sources[0]);
        let manifest = manifest_for(&base)?;
        let base = manifest.as_ref().map_or(base, |m| folder_of(&m.path));
        let name = sources[0].display().to_string();
        return Ok(vec![Found { name, files: sources.to_vec(), base, manifest }]);
    }
    sources.iter().map(|source| of_source(source)).collect()
}

fn of_source(source: &Path) -> Result<Found, Problem> {
    if source.is_dir() {
        return of_manifest(&source.join(MANIFEST));
    }
    if source.file_name().is_some_and(|n| n == MANIFEST) {
        return of_manifest(source);
    }
    let folder = folder_of(source);
    let manifest = manifest_for(&folder)?;
    let base = manifest.as_ref().map_or(folder, |m| folder_of(&m.path));
    Ok(Found { name: source.display().to_string(), files: vec![source.to_owned()], base, manifest })
}

fn of_manifest(path: &Path) -> Result<Found, Problem> {
    let Some(manifest) = read_manifest(path)? else {
        let folder = folder_of(path);
        let say = match folder == Path::new(".") {
            true => Say::new("nothing-to-build"),
            false => Say::new("folder-without-manifest").with("folder", folder.display()),
        };
        return Err(Problem::error(Exit::Usage, say).help(Say::new("nothing-to-build-help")));
    };
    let base = folder_of(path);
    let config = resolve(std::slice::from_ref(&manifest.layer), &base).map_err(Problem::of_config)?;
    let mut files: Vec<PathBuf> = Vec::new();
    for pattern in &config.sources {
        for file in matches(&base, pattern).map_err(|e| wrong_pattern(&manifest, pattern, e))? {
            // A file named first and met again by a pattern stands where it was named.
            let same = |other: &PathBuf| match (other.canonicalize(), file.canonicalize()) {
                (Ok(a), Ok(b)) => a == b,
                _ => *other == file,
            };
            if !files.iter().any(same) {
                files.push(file);
            }
        }
    }
    if files.is_empty() {
        let say = Say::new("manifest-no-sources").with("file", path.display());
        return Err(Problem::error(Exit::Usage, say).help(Say::new("manifest-no-sources-help")));
    }
    Ok(Found { name: path.display().to_string(), files, base, manifest: Some(manifest) })
}

/// A pattern that is not well formed, or (without a message) that no file matches.
fn wrong_pattern(manifest: &Manifest, pattern: &str, message: Option<String>) -> Problem {
    let layers = std::slice::from_ref(&manifest.layer);
    let place =
        Problem::of_config(crate::config::Config::wrong_value(layers, "sources", "")).place.map(|p| *p);
    match message {
        Some(why) => {
            let say = Say::new("pattern-wrong").with("pattern", pattern).with("why", why);
            Problem::error(Exit::Usage, say).at(place)
        }
        None => {
            let folder = folder_of(&manifest.path);
            let say =
                Say::new("pattern-matches-nothing").with("pattern", pattern).with("folder", folder.display());
            Problem::error(Exit::Io, say).at(place)
        }
    }
}

/// The files a pattern means, in the order of their names. A plain name is itself, so that a
/// missing file is reported as missing.
fn matches(base: &Path, pattern: &str) -> Result<Vec<PathBuf>, Option<String>> {
    let path = base.join(pattern);
    if !pattern.contains(['*', '?', '[']) {
        return Ok(vec![path]);
    }
    let escaped = Path::new(&glob::Pattern::escape(&base.to_string_lossy())).join(pattern);
    let found = glob::glob(&escaped.to_string_lossy()).map_err(|e| Some(e.msg.to_owned()))?;
    let files: Vec<PathBuf> = found.filter_map(Result::ok).filter(|p| p.is_file()).collect();
    if files.is_empty() { Err(None) } else { Ok(files) }
}

/// A path as people write it: without `./` at its front.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The folder a file stands in; the working folder is `.`.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The manifest beside a source, or in a folder above it as far as the working folder.
fn manifest_for(folder: &Path) -> Result<Option<Manifest>, Problem> {
    if let Some(manifest) = read_manifest(&folder.join(MANIFEST))? {
        return Ok(Some(manifest));
    }
    let (Ok(here), Ok(start)) =
        (std::env::current_dir().and_then(|p| p.canonicalize()), folder.canonicalize())
    else {
        return Ok(None);
    };
    if !start.starts_with(&here) {
        return Ok(None);
    }
    for above in start.ancestors().skip(1).take_while(|a| a.starts_with(&here)) {
        if let Some(manifest) = read_manifest(&above.join(MANIFEST))? {
            return Ok(Some(manifest));
        }
    }
    Ok(None)
}

fn read_manifest(path: &Path) -> Result<Option<Manifest>, Problem> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(e) => return Err(Problem::unreadable(path, &e)),
    };
    let text = manifest_text(&bytes);
    let layer = Layer::toml(path, &text, 0..text.len()).map_err(Problem::of_config)?;
    Ok(Some(Manifest { layer, path: path.to_owned(), sha256: crate::hash::sha256_hex(&bytes) }))
}

/// A manifest is UTF-8, or GBK when an old editor saved it.
fn manifest_text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

//! One book: its sources read, its settings resolved, its tree made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use crate::build::sources::Found;
use crate::build::{Exit, Problem, SourcePlace, assets, look, names};
use crate::check::SourceText;
use crate::config::{Config, Layer, resolve};
use crate::fonts::FontRequest;
use crate::messages::Say;
use crate::normalize::{Known, Normalized, Observation, normalize};
use crate::render::{Assets, ExcerptInfo, Templates};
use crate::source::{Document, FrontSyntax, READERS, read};
use crate::tree::{FileId, Meta, Proceedings, Span};

/// How books are opened.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Opening {
    /// `--set` settings, over all others.
    pub settings: Vec<Layer>,
}

/// A book, ready to be rendered.
#[derive(Debug)]
#[non_exhaustive]
pub struct Book {
    /// What the user called it.
    pub name: String,
    /// The name of its outputs, without ending; safe on every system.
    pub stem: String,
    /// The resolved settings.
    pub config: Config,
    /// The tree.
    pub tree: Proceedings,
    /// Templates, the user's own over the embedded.
    pub templates: Templates,
    /// The pictures.
    pub assets: Assets,
    /// What was noticed while reading.
    pub problems: Vec<Problem>,
    /// What was noticed while the tree was made.
    pub observations: Vec<Observation>,
    /// What an excerpt of it says and takes along.
    pub(super) excerpt: Option<ExcerptInfo>,
    documents: Vec<Document>,
    paths: Vec<PathBuf>,
    /// The paths as people write them.
    names: Vec<String>,
    layers: Vec<Layer>,
    /// The manifest's name and hash.
    manifest: Option<(String, String)>,
}

impl Book {
    /// Reads the files of a book.
    ///
    /// # Errors
    /// The first thing that makes a book impossible.
    pub fn open(found: &Found, opening: &Opening) -> Result<Self, Problem> {
        Self::open_with(found, opening, &[])
    }

    /// The same with other texts in place of those that stand in some of the files.
    ///
    /// # Errors
    /// The first thing that makes a book impossible.
    pub fn open_with(found: &Found, opening: &Opening, texts: &[(FileId, String)]) -> Result<Self, Problem> {
        let mut documents = read_all(found, texts)?;
        let mut layers: Vec<Layer> = found.manifest.iter().map(|m| m.layer.clone()).collect();
        for document in &documents {
            layers.extend(front_layer(document).map_err(Problem::of_config)?);
        }
        layers.extend(opening.settings.iter().cloned());
        let mut config = resolve(&layers, &found.base).map_err(Problem::of_config)?;
        let templates = own_templates(found)?;
        config.look = look::of(&config, &layers, &templates).map_err(Problem::of_config)?;
        let known = Known {
            title: config.briefing.title.clone(),
            event: config.briefing.event.clone(),
            meta: meta_of(&config),
        };
        let Normalized { mut tree, observations } = normalize(&mut documents, known).map_err(|e| {
            let (file, text) =
                documents.first().map_or(("", ""), |d| (d.file.name.as_str(), d.text.as_str()));
            Problem::of_structure(file, text, &e)
        })?;
        let mut problems: Vec<Problem> = documents
            .iter()
            .flat_map(|d| d.notices.iter().map(move |n| (d, n)))
            .map(|(d, n)| Problem::of_notice(&d.file.name, n).at(place_in(&documents, n.span())))
            .collect();
        let folders: BTreeMap<FileId, PathBuf> = documents
            .iter()
            .zip(&found.files)
            .map(|(d, path)| (d.file.id, super::sources::folder_of(path)))
            .collect();
        let held = documents.iter_mut().map(|d| (d.file.id, std::mem::take(&mut d.pictures))).collect();
        let sources = assets::Sources { folders, held, base: &found.base };
        let assets = assets::load(&mut tree, sources, |src, span, say| {
            problems.push(Problem::warning(say.with("file", src)).at(place_in(&documents, span)));
        });
        let stem = names::stem(&config, found);
        Ok(Book {
            name: found.name.clone(),
            stem,
            templates,
            config,
            tree,
            assets,
            problems,
            observations,
            excerpt: None,
            documents,
            paths: found.files.clone(),
            names: found.files.iter().map(|p| super::shown(p)).collect(),
            layers,
            manifest: found.manifest.as_ref().map(|m| (name_in(&found.base, &m.path), m.sha256.clone())),
        })
    }

    /// The folder outputs go to when the user names none.
    #[must_use]
    pub fn output_folder(&self) -> PathBuf {
        super::run::output_folder(&self.config, self.manifest.is_some())
    }

    /// The moment written into outputs: `SOURCE_DATE_EPOCH`, else the date the briefing was revised, else its
    /// date.
    ///
    /// # Errors
    /// When the variable is not a number of seconds.
    pub fn date(&self) -> Result<Option<DateTime<Utc>>, Problem> {
        match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(value) if !value.trim().is_empty() => {
                let moment = value.trim().parse().ok().and_then(|s| DateTime::from_timestamp(s, 0));
                // Four digits of a year is what the dates inside PDF, EPUB and DOCX can hold.
                let moment = moment.filter(|m| (0..253_402_300_800).contains(&m.timestamp()));
                let wrong =
                    || Problem::error(Exit::Usage, Say::new("wrong-epoch").with("value", value.clone()));
                moment.map(Some).ok_or_else(wrong)
            }
            _ => Ok(self.config.briefing.latest()),
        }
    }

    /// The fonts the settings ask for.
    #[must_use]
    pub fn font_request(&self) -> FontRequest {
        let fonts = &self.config.fonts;
        let mut request = FontRequest::from_environment();
        request.system = fonts.system;
        request.manifest_folders = fonts.folders.iter().map(|f| self.config.base.join(f)).collect();
        for role in crate::fonts::FontRole::ALL {
            use crate::fonts::FontRole as R;
            let wanted = match role {
                R::Song => &fonts.song,
                R::Title => &fonts.title,
                R::Hei => &fonts.hei,
                R::Kai => &fonts.kai,
                R::Fang => &fonts.fang,
            };
            if let Some(wanted) = wanted {
                request.wanted.insert(role, self.font_file(wanted).unwrap_or_else(|| wanted.clone()));
            }
        }
        request
    }

    /// The absolute path of a font given as a file.
    fn font_file(&self, wanted: &str) -> Option<String> {
        let ending = Path::new(wanted).extension()?.to_str()?.to_lowercase();
        if !matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            return None;
        }
        let path = self.config.base.join(wanted);
        Some(std::path::absolute(&path).unwrap_or(path).display().to_string())
    }

    /// The texts of the sources, each by the path the user knows it by.
    #[must_use]
    pub fn texts(&self) -> Vec<SourceText<'_>> {
        let is_own = |form: &str| READERS.iter().any(|r| r.name == form && r.is_text);
        let texts = self.documents.iter().zip(&self.names);
        texts.map(|(d, name)| SourceText::new(d.file.id, name, &d.text, is_own(d.form))).collect()
    }

    /// The files as they were read.
    pub(super) fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The file on disk.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<&Path> {
        let k = self.documents.iter().position(|d| d.file.id == file)?;
        self.paths.get(k).map(PathBuf::as_path)
    }

    /// The name and the hash of the manifest, if there is one.
    pub(super) fn manifest(&self) -> Option<(String, String)> {
        self.manifest.clone()
    }

    /// The settings as they were given, the later over the earlier.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The place of a span in the book's sources.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<SourcePlace> {
        place_in(&self.documents, Some(span))
    }
}

fn place_in(documents: &[Document], span: Option<Span>) -> Option<SourcePlace> {
    let span = span?;
    let document = documents.iter().find(|d| d.file.id == span.file)?;
    Some(SourcePlace::at_line(&document.file.name, &document.text, span.start..span.end, span.line))
}

/// Reads all files of a book at once; the first problem in the book's order is the one reported.
fn read_all(found: &Found, texts: &[(FileId, String)]) -> Result<Vec<Document>, Problem> {
    let read_one = |(k, path): (usize, &PathBuf)| {
        let id = FileId(u32::try_from(k).unwrap_or(u32::MAX));
        let bytes = match texts.iter().find(|(file, _)| *file == id) {
            Some((_, text)) => text.clone().into_bytes(),
            None => std::fs::read(path).map_err(|e| Problem::unreadable(path, &e))?,
        };
        let name = name_in(&found.base, path);
        read(id, &name, &bytes).map_err(|e| Problem::of_source(&path.display().to_string(), &bytes, &e))
    };
    let read: Vec<_> = found.files.par_iter().enumerate().map(read_one).collect();
    read.into_iter().collect()
}

/// A file's name relative to the book's folder, with `/`, or its bare name when it stands elsewhere.
fn name_in(base: &Path, path: &Path) -> String {
    let canonical = |p: &Path| p.canonicalize().ok();
    let inside =
        canonical(path).zip(canonical(base)).and_then(|(p, b)| p.strip_prefix(b).ok().map(Path::to_owned));
    let name = inside.or_else(|| path.file_name().map(PathBuf::from)).unwrap_or_else(|| path.to_owned());
    let parts: Vec<_> = name.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn front_layer(document: &Document) -> Result<Option<Layer>, crate::config::ConfigError> {
    let Some(front) = &document.front_matter else { return Ok(None) };
    let (file, text, range) = (&document.file.name, &document.text, front.range.clone());
    match front.syntax {
        FrontSyntax::Toml => Layer::toml(file, text, range).map(Some),
        FrontSyntax::Yaml => Layer::yaml(file, text, range).map(Some),
    }
}

fn meta_of(config: &Config) -> Meta {
    let briefing = &config.briefing;
    let mut meta = Meta::default();
    meta.name.clone_from(&briefing.name);
    meta.number.clone_from(&briefing.number);
    meta.issuer.clone_from(&briefing.issuer);
    meta.date.clone_from(&briefing.date);
    meta.source.clone_from(&briefing.source);
    let other = [
        ("edition", &briefing.edition),
        ("revised", &briefing.revised),
        ("status", &briefing.status),
        ("signer", &briefing.signer),
        ("proofreader", &briefing.proofreader),
        ("security", &briefing.security),
        ("urgency", &briefing.urgency),
        ("published", &briefing.published),
        ("author", &briefing.author),
        ("editor", &briefing.editor),
        ("reviewer", &briefing.reviewer),
        ("photographer", &briefing.photographer),
    ];
    for (key, value) in other {
        meta.other.extend(value.iter().map(|v| (key.to_owned(), v.clone())));
    }
    meta
}

/// The `templates/` folder beside the manifest.
fn own_templates(found: &Found) -> Result<Templates, Problem> {
    let mut own = BTreeMap::new();
    if found.manifest.is_some() {
        let root = found.base.join("templates");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries.filter_map(Result::ok) {
                let path = entry.path();
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(path),
                    Ok(kind) if kind.is_file() && is_template(&path) => {
                        let text =
                            std::fs::read_to_string(&path).map_err(|e| Problem::unreadable(&path, &e))?;
                        own.insert(name_in(&root, &path), text);
                    }
                    // A symbolic link could lead out of the folder.
                    _ => {}
                }
            }
        }
    }
    Ok(Templates::with_own(own))
}

fn is_template(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| ["typ", "xhtml", "css", "xml", "ncx", "toml"].iter().any(|known| e == *known))
}

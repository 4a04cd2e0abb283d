//! Finding font files: folders in a fixed order, by family name in any language.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::fonts::{Font, FontRole};

/// Why fonts could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FontError {
    /// A folder the user named is not there.
    #[error("font folder `{}` does not exist", .folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// Who named it.
        named_by: FontSource,
    },
    /// No folder has a font for a role.
    #[error("no font for {} in {} folder(s)", .role.key(), .searched.len())]
    NotFound {
        /// The role.
        role: FontRole,
        /// The family or file the user asked for, if any.
        wanted: Option<String>,
        /// Where it was looked for.
        searched: Vec<PathBuf>,
    },
    /// A font file that cannot be read or is not a font.
    #[error("`{}` cannot be read as a font", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
}

/// Who named a font folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FontSource {
    /// `[fonts] folders` of the manifest.
    Manifest,
    /// The variable `JIANBAO_FONTS`.
    Environment,
}

/// What to look for and where.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FontRequest {
    /// Folders of the manifest, absolute.
    pub manifest_folders: Vec<PathBuf>,
    /// Folders of `JIANBAO_FONTS`, in its order.
    pub environment_folders: Vec<PathBuf>,
    /// Folders that are looked into when they exist.
    pub default_folders: Vec<PathBuf>,
    /// Whether fonts installed on the system may be used.
    pub system: bool,
    /// A family name, or an absolute path of a font file, for a role.
    pub wanted: BTreeMap<FontRole, String>,
}

impl FontRequest {
    /// The request of this process: `JIANBAO_FONTS`, then `fonts/` beside the executable,
    /// `../share/jianbao/fonts`, and the crate's own `fonts/` at the path it was built from.
    #[must_use]
    pub fn from_environment() -> Self {
        let mut request = FontRequest::default();
        if let Some(list) = std::env::var_os("JIANBAO_FONTS") {
            request.environment_folders =
                std::env::split_paths(&list).filter(|p| !p.as_os_str().is_empty()).collect();
        }
        let exe = std::env::current_exe().and_then(|p| p.canonicalize()).ok();
        if let Some(beside) = exe.as_deref().and_then(Path::parent) {
            request.default_folders.push(beside.join("fonts"));
            if let Some(prefix) = beside.parent() {
                request.default_folders.push(prefix.join("share/jianbao/fonts"));
            }
        }
        request.default_folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"));
        request
    }
}

/// One folder's faces; scanned only when a role is not found in the folders before it.
struct Shelf {
    database: fontdb::Database,
}

pub(super) fn find_all(request: &FontRequest) -> Result<[Font; FontRole::ALL.len()], FontError> {
    let named = [
        (FontSource::Manifest, &request.manifest_folders),
        (FontSource::Environment, &request.environment_folders),
    ];
    let mut folders: Vec<&Path> = Vec::new();
    for (named_by, list) in named {
        for folder in list {
            if !folder.is_dir() {
                return Err(FontError::NoFolder { folder: folder.clone(), named_by });
            }
            folders.push(folder);
        }
    }
    folders.extend(request.default_folders.iter().filter(|f| f.is_dir()).map(PathBuf::as_path));
    let mut shelves = Shelves { folders, open: Vec::new(), system: request.system, system_open: false };
    let mut find = |role: FontRole| shelves.find(role, request.wanted.get(&role).map(String::as_str));
    Ok([
        find(FontRole::Song)?,
        find(FontRole::Title)?,
        find(FontRole::Hei)?,
        find(FontRole::Kai)?,
        find(FontRole::Fang)?,
    ])
}

/// The folders, opened one after another as far as needed.
struct Shelves<'a> {
    folders: Vec<&'a Path>,
    open: Vec<Shelf>,
    system: bool,
    system_open: bool,
}

impl Shelves<'_> {
    fn find(&mut self, role: FontRole, wanted: Option<&str>) -> Result<Font, FontError> {
        if let Some(file) = wanted.map(Path::new).filter(|w| w.is_absolute()) {
            return from_file(role, file);
        }
        let families: Vec<&str> = match wanted {
            Some(family) => vec![family],
            None => role.families().to_vec(),
        };
        let mut k = 0;
        loop {
            if k == self.open.len() && !self.open_next() {
                break;
            }
            if let Some(font) = self.open[k].find(role, &families) {
                return Ok(font);
            }
            k += 1;
        }
        Err(FontError::NotFound {
            role,
            wanted: wanted.map(str::to_owned),
            searched: self.folders.iter().map(|f| f.to_path_buf()).collect(),
        })
    }

    fn open_next(&mut self) -> bool {
        let mut database = fontdb::Database::new();
        if let Some(folder) = self.folders.get(self.open.len()) {
            database.load_fonts_dir(folder);
        } else if self.system && !self.system_open {
            database.load_system_fonts();
            self.system_open = true;
        } else {
            return false;
        }
        self.open.push(Shelf { database });
        true
    }
}

impl Shelf {
    fn find(&mut self, role: FontRole, families: &[&str]) -> Option<Font> {
        for family in families {
            let best = self
                .database
                .faces()
                .filter(|f| f.style == fontdb::Style::Normal)
                .filter(|f| f.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family)))
                // The order of a folder's entries is the file system's: break ties by name.
                .min_by_key(|f| (f.weight.0.abs_diff(role.weight()), f.post_script_name.clone()))
                .map(|f| f.id);
            if let Some(font) = best.and_then(|id| self.take(id)) {
                return Some(font);
            }
        }
        None
    }

    fn take(&mut self, id: fontdb::ID) -> Option<Font> {
        let info = self.database.face(id)?;
        let (family, weight) = (english_name(info), info.weight.0);
        let path = match &info.source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => path.clone(),
            fontdb::Source::Binary(_) => PathBuf::new(),
        };
        // SAFETY: the file is mapped read-only. Another program truncating it while we run could
        // fault the process; installed and shipped fonts are replaced by renaming, not in place,
        // and reading 60 MB at every start instead would cost more than all the rest of a build.
        #[allow(unsafe_code)]
        let (data, index) = unsafe { self.database.make_shared_face_data(id) }?;
        Some(Font { family, weight, path, index, data })
    }
}

fn english_name(info: &fontdb::FaceInfo) -> String {
    let english =
        info.families.iter().find(|(_, language)| *language == fontdb::Language::English_UnitedStates);
    english.or(info.families.first()).map_or_else(String::new, |(name, _)| name.clone())
}

fn from_file(role: FontRole, path: &Path) -> Result<Font, FontError> {
    let unreadable = || FontError::Unreadable { path: path.to_owned() };
    let mut shelf = Shelf { database: fontdb::Database::new() };
    shelf.database.load_font_file(path).map_err(|_| unreadable())?;
    let best = shelf
        .database
        .faces()
        .min_by_key(|f| (f.weight.0.abs_diff(role.weight()), f.index))
        .map(|f| f.id)
        .ok_or_else(unreadable)?;
    shelf.take(best).ok_or_else(unreadable)
}

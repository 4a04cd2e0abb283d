//! Which font serves which role, where it was found, and which characters it has.
//!
//! Official print names its letters by role (GB/T 9704-2012: 小标宋 for titles, 仿宋 for text,
//! 黑 and 楷 for headings). [`FontRole`] is that table; [`FontSet::find`] looks every role up in
//! the font folders and maps the files into memory. Nothing is parsed but what a look-up needs.

mod coverage;
mod find;
mod licence;
mod role;
#[cfg(feature = "pdf")]
mod slim;
mod subset;

pub use coverage::{Coverage, is_invisible, is_mark};
pub use find::{FontError, FontRequest, FontSource};
pub use role::FontRole;
pub use subset::SubsetError;

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The bytes of a font file, shared and usually mapped.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// One font found for a role.
#[derive(Clone)]
#[non_exhaustive]
pub struct Font {
    /// The family name in English, as in the file's name table: `Noto Serif SC`.
    pub family: String,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// The file it was found in.
    pub path: PathBuf,
    /// The face inside a collection; 0 for a plain file.
    pub index: u32,
    /// The file's bytes.
    pub data: FontData,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("family", &self.family).field("path", &self.path).finish_non_exhaustive()
    }
}

impl Font {
    /// The file's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        (*self.data).as_ref()
    }

    /// SHA-256 of the file, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        crate::hash::sha256_hex(self.bytes())
    }
}

/// The font of every role. Made once, shared by all backends and threads.
#[derive(Debug, Clone)]
pub struct FontSet {
    fonts: [Font; FontRole::ALL.len()],
}

impl FontSet {
    /// Looks up every role.
    ///
    /// # Errors
    /// A configured folder that does not exist, or a role no folder has a font for.
    pub fn find(request: &FontRequest) -> Result<Self, FontError> {
        Ok(Self { fonts: find::find_all(request)? })
    }

    /// The font of a role.
    #[must_use]
    pub fn get(&self, role: FontRole) -> &Font {
        &self.fonts[role as usize]
    }

    /// The distinct font files, in the order of the roles, each with the roles it serves.
    #[must_use]
    pub fn files(&self) -> Vec<(&Font, Vec<FontRole>)> {
        let mut files: Vec<(&Font, Vec<FontRole>)> = Vec::new();
        for role in FontRole::ALL {
            let font = self.get(role);
            match files.iter_mut().find(|(f, _)| f.path == font.path && f.index == font.index) {
                Some((_, roles)) => roles.push(role),
                None => files.push((font, vec![role])),
            }
        }
        files
    }

    /// The roles tried for a character, the wanted one first: what every backend sets as its
    /// list of families.
    #[must_use]
    pub fn fallback(role: FontRole) -> [FontRole; 3] {
        [role, FontRole::Song, FontRole::Hei]
    }

    /// Whether the role's own font has the character.
    #[must_use]
    pub fn has(&self, role: FontRole, c: char) -> bool {
        let font = self.get(role);
        ttf_parser::Face::parse(font.bytes(), font.index).is_ok_and(|face| face.glyph_index(c).is_some())
    }

    /// The role whose font will show `c` where `role` is asked for; none when no font has it.
    #[must_use]
    pub fn serves(&self, role: FontRole, c: char) -> Option<FontRole> {
        Self::fallback(role).into_iter().find(|r| self.has(*r, c))
    }

    /// The folders of the fonts found, without repetition: what `typst --font-path` needs.
    #[must_use]
    pub fn folders(&self) -> Vec<&Path> {
        let mut folders: Vec<&Path> = Vec::new();
        for folder in self.fonts.iter().filter_map(|f| f.path.parent()) {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        folders
    }
}

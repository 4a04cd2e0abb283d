//! The pictures of a package, taken out as figures ask for them.

use std::collections::BTreeMap;

use crate::source::{Notice, SourceError};

use super::package::Package;

/// Pictures taken so far.
pub(super) struct Pictures<'p> {
    package: Package<'p>,
    /// The name each part's picture got, or none where it cannot be shown.
    names: BTreeMap<String, Option<String>>,
    pub(super) taken: BTreeMap<String, Vec<u8>>,
    pub(super) notices: Vec<Notice>,
}

impl<'p> Pictures<'p> {
    pub(super) fn of(package: Package<'p>) -> Self {
        Self { package, names: BTreeMap::new(), taken: BTreeMap::new(), notices: Vec::new() }
    }

    /// The name a figure calls the picture of `part` by; none, with a notice, where there is no
    /// picture or one of a form that pages do not show.
    pub(super) fn take(&mut self, part: &str) -> Result<Option<String>, SourceError> {
        if let Some(name) = self.names.get(part) {
            return Ok(name.clone());
        }
        let bytes = self.package.bytes(part)?;
        let name = match bytes {
            Some(bytes) if is_shown(&bytes) => {
                let name = self.name(part);
                self.taken.insert(name.clone(), bytes);
                Some(name)
            }
            found => {
                let name = file_name(part).to_owned();
                self.notices.push(match found {
                    Some(_) => Notice::PictureForm { name },
                    None => Notice::PictureMissing { name },
                });
                None
            }
        };
        self.names.insert(part.to_owned(), name.clone());
        Ok(name)
    }

    /// `media/image1.png`, whatever folder the part stands in.
    fn name(&self, part: &str) -> String {
        let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
        let own: String = file_name(part).chars().map(safe).collect();
        let own = own.trim_start_matches('.').to_owned();
        let names = std::iter::once(format!("media/{own}")).chain((2..).map(|k| format!("media/{k}-{own}")));
        names.into_iter().find(|n| !self.taken.contains_key(n)).unwrap_or(own)
    }
}

fn file_name(part: &str) -> &str {
    part.rsplit('/').next().unwrap_or(part)
}

/// PNG, JPEG, GIF and WebP, by their first bytes.
fn is_shown(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        || bytes.starts_with(b"\xff\xd8\xff")
        || bytes.starts_with(b"GIF8")
        || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

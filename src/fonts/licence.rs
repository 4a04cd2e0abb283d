//! What a font's licence is, and what it lets us do.

use ttf_parser::{Face, Permissions, name_id};

use crate::fonts::Font;

/// Words by which the SIL Open Font License is told, in lower case: its name, and its addresses.
const OFL: [&str; 4] = ["open font license", "openfontlicense.org", "scripts.sil.org/ofl", "ofl.txt"];

impl Font {
    /// The licence sentence of the font's name table (name id 13), or the name of the licence file
    /// that stands beside the font.
    #[must_use]
    pub fn licence(&self) -> Option<String> {
        let face = Face::parse(self.bytes(), self.index).ok()?;
        let sentence = words(&face, name_id::LICENSE);
        sentence.or_else(|| {
            let folder = self.path.parent()?;
            let file = ["COPYING", "LICENSE", "LICENSE.txt", "OFL.txt", "copyright"]
                .into_iter()
                .find(|f| folder.join(f).is_file());
            file.map(str::to_owned)
        })
    }

    /// Whether a part of the font may be changed, renamed and put into an e-book: its licence is the SIL Open
    /// Font License, and the font itself does not forbid to embed or to subset it (OpenType 1.9, `OS/2.fsType`).
    ///
    /// An e-book can be taken apart, and what is in it used as a font: of other licences one that lets a
    /// *document* be made with a font is not enough.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let Ok(face) = Face::parse(self.bytes(), self.index) else { return false };
        let address = words(&face, name_id::LICENSE_URL);
        let said = [self.licence(), address].into_iter().flatten().map(|text| text.to_lowercase());
        let is_ofl = said.into_iter().any(|text| OFL.iter().any(|words| text.contains(words)));
        let may_embed = matches!(face.permissions(), None | Some(Permissions::Installable));
        is_ofl && may_embed && face.is_subsetting_allowed()
    }
}

/// A record of the name table, the first that says something.
pub(super) fn words(face: &Face<'_>, id: u16) -> Option<String> {
    let named = face.names().into_iter().filter(|n| n.name_id == id);
    named.filter_map(|n| n.to_string()).find(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use crate::fonts::{FontRequest, FontRole, FontSet};

    #[test]
    fn the_fonts_shipped_say_what_they_are() {
        let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
        let open = FontRole::ALL.map(|role| (role, fonts.get(role).is_open()));
        // FandolFang is GPL with an exception for documents.
        let expected = FontRole::ALL.map(|role| (role, role != FontRole::Fang));
        assert_eq!(open, expected);
    }
}

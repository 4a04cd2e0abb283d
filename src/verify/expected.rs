//! What a finished file is held against: a page profile as plain data.

use serde::{Deserialize, Serialize};

use crate::fonts::{FontRole, FontSet};

/// Points in a millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;

/// Page, grid, letters and standards that are expected. What is `None` or empty is not asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Expected {
    /// The profile's name.
    pub profile: String,
    /// Width of the trimmed page, mm.
    pub page_width: f64,
    /// Height of the trimmed page, mm.
    pub page_height: f64,
    /// 天头: from the upper edge to the type area, mm.
    pub top: f64,
    /// 订口: from the binding edge to the type area, mm.
    pub inside: f64,
    /// Whether the binding edge is left on odd and right on even pages; else always left.
    pub duplex: bool,
    /// 版心: width of the type area, mm.
    pub area_width: f64,
    /// Its height, mm.
    pub area_height: f64,
    /// How far these lengths may be off, mm.
    pub tolerance: f64,
    /// Rows of a full page.
    pub rows: Option<u32>,
    /// Whether pages that run on have to be full: where a standard asks for so many rows.
    pub full_pages: bool,
    /// Characters of a full line.
    pub characters: Option<u32>,
    /// Size of the body, pt.
    pub body_size: f64,
    /// From row to row, pt.
    pub pitch: f64,
    /// Size of a speech's heading, pt.
    pub title_size: f64,
    /// The printed page numbers.
    pub page_numbers: Option<PageNumbers>,
    /// Whether title and meeting stand in the file: those of a printing house's book are on a sheet of their own.
    pub front: bool,
    /// Whether contents are printed.
    pub contents: bool,
    /// Whether an index of speakers is printed.
    pub index: bool,
    /// The fonts that play the roles.
    pub fonts: Vec<RoleFont>,
    /// The fonts themselves, where they are at hand.
    #[serde(skip)]
    pub letters: Letters,
    /// PDF/A part and level.
    pub pdfa: Option<(u8, char)>,
    /// PDF/UA part.
    pub pdfua: Option<u8>,
}

/// How page numbers are printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PageNumbers {
    /// Their size, pt.
    pub size: f64,
    /// From the type area's foot to their upper edge, mm.
    pub below: f64,
    /// From the type area's outer edge, in their own size; in the middle without it.
    pub from_edge: Option<f64>,
    /// Whether a dash stands on either side.
    pub dashes: bool,
}

/// The names under which a role's font may stand in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RoleFont {
    /// The role.
    pub role: FontRole,
    /// Family and PostScript names.
    pub names: Vec<String>,
}

/// Fonts that glyphs are held against.
#[derive(Debug, Clone, Default)]
pub struct Letters(Option<FontSet>);

impl Letters {
    /// The fonts, if they are at hand.
    #[must_use]
    pub fn fonts(&self) -> Option<&FontSet> {
        self.0.as_ref()
    }
}

impl PartialEq for Letters {
    fn eq(&self, other: &Self) -> bool {
        let files = |letters: &Self| {
            let font = |fonts: &FontSet, role| (fonts.get(role).path.clone(), fonts.get(role).index);
            letters.0.as_ref().map(|fonts| FontRole::ALL.map(|role| font(fonts, role)))
        };
        files(self) == files(other)
    }
}

impl Default for Expected {
    fn default() -> Self {
        Self::briefing()
    }
}

impl Expected {
    /// The briefing on A4: GB/T 9704-2012, 5.2 and 7.5. 3号 is 15.75 pt in metal type.
    #[must_use]
    pub fn briefing() -> Self {
        Self {
            profile: "briefing".to_owned(),
            page_width: 210.0,
            page_height: 297.0,
            top: 37.0,
            inside: 28.0,
            duplex: true,
            area_width: 156.0,
            area_height: 225.0,
            tolerance: 1.0,
            rows: Some(22),
            full_pages: true,
            characters: Some(28),
            body_size: 15.75,
            pitch: 29.6,
            title_size: 22.0,
            page_numbers: Some(PageNumbers { size: 14.0, below: 7.0, from_edge: Some(1.0), dashes: true }),
            front: true,
            contents: true,
            index: true,
            fonts: Vec::new(),
            letters: Letters::default(),
            pdfa: Some((2, 'A')),
            pdfua: Some(1),
        }
    }

    /// The same with the fonts of a set.
    #[must_use]
    pub fn with_fonts(mut self, fonts: &FontSet) -> Self {
        let names = |role: FontRole| {
            let font = fonts.get(role);
            let face = ttf_parser::Face::parse(font.bytes(), font.index).ok();
            let id = ttf_parser::name_id::POST_SCRIPT_NAME;
            let of_face = face.iter().flat_map(|f| f.names()).filter(|n| n.name_id == id);
            let mut names: Vec<String> = of_face.filter_map(|n| n.to_string()).collect();
            names.push(font.family.clone());
            names.dedup();
            names
        };
        self.letters = Letters(Some(fonts.clone()));
        self.fonts = FontRole::ALL.into_iter().map(|role| RoleFont { role, names: names(role) }).collect();
        self
    }

    /// Whether a font's name in a file is one of a role's. Programs write `NotoSerifSC-Bold`,
    /// `Noto Serif SC` and `NotoSerifSC-ExtraLight_Bold`: letters and digits of the family decide.
    #[must_use]
    pub fn plays(&self, role: FontRole, name: &str) -> bool {
        let name = bare(name);
        let wanted = self.fonts.iter().filter(|f| f.role == role).flat_map(|f| &f.names);
        !name.is_empty()
            && wanted
                .map(|n| bare(n))
                .any(|w| !w.is_empty() && (name.starts_with(&w) || w.starts_with(&name)))
    }

    /// From the upper edge to the type area, pt.
    pub(crate) fn top_pt(&self) -> f64 {
        self.top * MM
    }

    /// The type area's foot, pt from the upper edge.
    pub(crate) fn foot_pt(&self) -> f64 {
        (self.top + self.area_height) * MM
    }
}

/// A family's letters, without what tells the cut.
fn bare(name: &str) -> String {
    let family = name.split('-').next().unwrap_or(name);
    let letters = family.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_known_by_its_letters() {
        let mut expected = Expected::briefing();
        let names = vec!["FandolFang-Regular".to_owned(), "FandolFang R".to_owned()];
        expected.fonts.push(RoleFont { role: FontRole::Fang, names });
        assert!(expected.plays(FontRole::Fang, "FandolFang-Regular"));
        assert!(expected.plays(FontRole::Fang, "FandolFangR"));
        assert!(!expected.plays(FontRole::Fang, "LXGWWenKai-Regular"));
        assert!(!expected.plays(FontRole::Song, "FandolFang-Regular"));
        assert!(!expected.plays(FontRole::Fang, ""));
    }
}

//! How pages look: a profile is data, and a new one needs no code.
//!
//! The built-in ones are `templates/profiles/*.toml`; a user's own extends one of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::manifest::PrintPart;
use crate::config::resolve::{self, typed};
use crate::config::{ConfigError, Layer};

/// The profile that is used when none is named, and that others extend.
pub const BRIEFING: &str = "briefing";

const BRIEFING_TEXT: &str = include_str!("../../templates/profiles/briefing.toml");

/// Points in a millimetre.
pub const PT_PER_MM: f64 = 72.0 / 25.4;

/// Sizes, fonts' sizes, colours and parts of pages. Lengths of the page are millimetres, sizes of
/// characters and from row to row points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Profile {
    /// 在哪个样式的基础上改；不写是 briefing。
    #[serde(default, skip_serializing)]
    pub extends: Option<String>,
    /// 一句话说明。
    pub about: String,
    /// 声明遵守的标准，例如 GB/T 9704-2012；verify 按此核对。
    pub claims: Vec<String>,
    /// 印哪些部分；设置文件的 print.parts 优先。
    pub parts: Vec<PrintPart>,
    /// 段首句：kai 楷体、hei 黑体、none 不突出。
    pub lead: Lead,
    /// 页面。
    pub page: Page,
    /// 正文。
    pub text: Text,
    /// 其他字号。
    pub sizes: Sizes,
    /// 页码。
    pub folio: Folio,
    /// 索引。
    pub index: Index,
    /// 颜色。
    pub color: Color,
}

/// How topic sentences stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Lead {
    /// 楷体
    Kai,
    /// 黑体
    Hei,
    /// 不突出
    None,
}

/// The sheet and its type area, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Page {
    /// 页面宽。
    pub width: f64,
    /// 页面高。
    pub height: f64,
    /// 订口；单面时是左边。
    pub inside: f64,
    /// 天头。
    pub top: f64,
    /// 版心宽。
    pub area_width: f64,
    /// 版心高。
    pub area_height: f64,
    /// 双面印刷：左右页对称，正文从右页起。
    pub duplex: bool,
}

/// The grid of the text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Text {
    /// 正文字号，点。
    pub size: f64,
    /// 行距（上一行到下一行），点。
    pub pitch: f64,
    /// 每页行数。
    pub rows: u32,
    /// 每行字数。
    pub characters: u32,
}

/// Sizes of other characters, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Sizes {
    /// 发言标题。
    pub title: f64,
    /// 各部分的标题。
    pub part: f64,
    /// 目录、表格、图表说明、版记。
    pub small: f64,
    /// 脚注。
    pub note: f64,
    /// 封面书名。
    pub cover: f64,
    /// 封面会议名称。
    pub event: f64,
    /// 红头名称最大几点。
    pub masthead: f64,
}

/// Page numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Folio {
    /// 在外侧 outer、居中 center、不印 none。
    pub place: FolioPlace,
    /// 字号，点。
    pub size: f64,
    /// 版心下边几毫米。
    pub below: f64,
    /// 两边有没有一字线。
    pub dashes: bool,
}

/// Where page numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FolioPlace {
    /// 外侧
    Outer,
    /// 居中
    Center,
    /// 不印
    None,
}

/// Indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Index {
    /// 分几栏。
    pub columns: u32,
}

/// Colours, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Color {
    /// 红头和红线。
    pub accent: String,
    /// 文字。
    pub text: String,
    /// 链接；空的与文字同色。
    pub link: String,
}

/// Why pages of such sizes cannot be set.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Misfit {
    /// A length or number outside what makes sense.
    #[error("{least} to {most}")]
    Range {
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// The type area does not stand on the sheet.
    #[error("{needs} mm wanted, {has} mm there")]
    Page {
        /// What margin and type area come to, in mm.
        needs: f64,
        /// What the sheet has, in mm.
        has: f64,
    },
    /// So many characters do not stand in a row.
    #[error("a row needs {needs} mm, the type area has {has} mm")]
    Row {
        /// In mm.
        needs: f64,
        /// In mm.
        has: f64,
    },
    /// So many rows do not stand on a page.
    #[error("the rows need {needs} mm, the type area has {has} mm")]
    Rows {
        /// In mm.
        needs: f64,
        /// In mm.
        has: f64,
    },
    /// Rows would overlap.
    #[error("rows {pitch} pt apart, characters of {size} pt")]
    Pitch {
        /// In pt.
        pitch: f64,
        /// In pt.
        size: f64,
    },
    /// Not `#rrggbb`.
    #[error("not a colour")]
    Color,
    /// Pages that cannot be folded.
    #[error("not a multiple of 4")]
    Fours,
    /// Not a name for an ink of one's own.
    #[error("not the name of an ink")]
    Ink,
}

impl Default for Profile {
    /// `briefing`, the page of GB/T 9704-2012: what `templates/profiles/briefing.toml` says, as a test
    /// knows.
    fn default() -> Self {
        Self {
            extends: None,
            about: "公文简报（GB/T 9704-2012）".into(),
            claims: vec!["GB/T 9704-2012".into()],
            parts: vec![PrintPart::Cover, PrintPart::Contents, PrintPart::Index],
            lead: Lead::Kai,
            page: Page {
                width: 210.0,
                height: 297.0,
                inside: 28.0,
                top: 37.0,
                area_width: 156.0,
                area_height: 225.0,
                duplex: true,
            },
            text: Text { size: 15.75, pitch: 29.6, rows: 22, characters: 28 },
            sizes: Sizes {
                title: 22.0,
                part: 26.0,
                small: 14.0,
                note: 10.5,
                cover: 29.0,
                event: 18.0,
                masthead: 56.0,
            },
            folio: Folio { place: FolioPlace::Outer, size: 14.0, below: 7.0, dashes: true },
            index: Index { columns: 2 },
            color: Color { accent: "#c8102e".into(), text: "#000000".into(), link: String::new() },
        }
    }
}

impl Profile {
    /// The complete profile that all others extend, as the first layer of theirs.
    ///
    /// # Errors
    /// None in practice: a test reads it.
    pub fn base() -> Result<Layer, ConfigError> {
        Layer::toml("briefing.toml", BRIEFING_TEXT, 0..BRIEFING_TEXT.len()).map(Layer::without_places)
    }

    /// Merges `layers`, the later over the earlier; the first is a complete profile.
    ///
    /// # Errors
    /// The first unknown key, wrong value, or size that cannot be.
    pub fn resolve(layers: &[Layer]) -> Result<Self, ConfigError> {
        let profile: Self = typed(layers, &schemars::schema_for!(Self))?;
        match profile.misfit() {
            None => Ok(profile),
            Some((key, misfit)) => {
                // The size that was changed may be another one of those that have to fit.
                let table = key.split('.').next().unwrap_or(key);
                let place = [key, table, "page", "text"].iter().find_map(|k| resolve::place_of(layers, k));
                Err(ConfigError::Misfit { key: key.to_owned(), misfit, place })
            }
        }
    }

    /// Whether the page has a part.
    #[must_use]
    pub fn has(&self, part: PrintPart) -> bool {
        self.parts.contains(&part)
    }

    /// The first key whose value makes no page, and why.
    fn misfit(&self) -> Option<(&'static str, Misfit)> {
        let (page, text, sizes, folio) = (&self.page, &self.text, &self.sizes, &self.folio);
        let ranges = [
            ("page.width", page.width, 40.0, 2000.0),
            ("page.height", page.height, 40.0, 2000.0),
            ("page.inside", page.inside, 0.0, 500.0),
            ("page.top", page.top, 0.0, 500.0),
            ("page.area_width", page.area_width, 30.0, 2000.0),
            ("page.area_height", page.area_height, 30.0, 2000.0),
            ("text.size", text.size, 5.0, 100.0),
            ("text.pitch", text.pitch, 5.0, 300.0),
            ("text.rows", f64::from(text.rows), 4.0, 200.0),
            ("text.characters", f64::from(text.characters), 6.0, 200.0),
            ("sizes.title", sizes.title, 5.0, 150.0),
            ("sizes.part", sizes.part, 5.0, 150.0),
            ("sizes.small", sizes.small, 5.0, 100.0),
            ("sizes.note", sizes.note, 5.0, 100.0),
            ("sizes.cover", sizes.cover, 5.0, 200.0),
            ("sizes.event", sizes.event, 5.0, 200.0),
            ("sizes.masthead", sizes.masthead, 5.0, 300.0),
            ("folio.size", folio.size, 5.0, 60.0),
            ("folio.below", folio.below, 0.0, 100.0),
            ("index.columns", f64::from(self.index.columns), 1.0, 4.0),
        ];
        for (key, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                return Some((key, Misfit::Range { least, most }));
            }
        }
        let across = page.inside + page.area_width;
        if across > page.width {
            return Some(("page.area_width", Misfit::Page { needs: across, has: page.width }));
        }
        let numbers = match folio.place {
            FolioPlace::None => 0.0,
            _ => folio.below + folio.size / PT_PER_MM,
        };
        let down = page.top + page.area_height + numbers;
        if down > page.height {
            return Some(("page.area_height", Misfit::Page { needs: down, has: page.height }));
        }
        if text.pitch < text.size {
            return Some(("text.pitch", Misfit::Pitch { pitch: text.pitch, size: text.size }));
        }
        let row = f64::from(text.characters) * text.size / PT_PER_MM;
        if row > page.area_width + 0.05 {
            return Some(("text.characters", Misfit::Row { needs: row, has: page.area_width }));
        }
        let rows = (f64::from(text.rows - 1) * text.pitch + text.size) / PT_PER_MM;
        if rows > page.area_height + 0.5 {
            return Some(("text.rows", Misfit::Rows { needs: rows, has: page.area_height }));
        }
        let widest = page.area_width * PT_PER_MM / 4.0;
        for (key, size) in
            [("sizes.title", sizes.title), ("sizes.part", sizes.part), ("sizes.cover", sizes.cover)]
        {
            if size > widest {
                return Some((key, Misfit::Range { least: 5.0, most: widest.floor() }));
            }
        }
        let is_color =
            |c: &str| c.len() == 7 && c.starts_with('#') && c[1..].bytes().all(|b| b.is_ascii_hexdigit());
        for (key, color) in [("color.accent", &self.color.accent), ("color.text", &self.color.text)] {
            if !is_color(color) {
                return Some((key, Misfit::Color));
            }
        }
        (!self.color.link.is_empty() && !is_color(&self.color.link)).then_some(("color.link", Misfit::Color))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(own: &str) -> Result<Profile, ConfigError> {
        let layer = |text: &str| Layer::toml("own.toml", text, 0..text.len());
        Profile::resolve(&[Profile::base()?, layer(own)?])
    }

    #[test]
    fn the_built_in_profile_is_the_standards_page() {
        let built_in = Profile::default();
        assert_eq!((built_in.text.rows, built_in.text.characters), (22, 28));
        assert_eq!(built_in, profile("").unwrap());
    }

    #[test]
    fn sizes_that_cannot_be_are_refused_at_their_place() {
        for (own, key) in [
            ("[text]\nsize = 16\n", "text.characters"),
            ("[text]\npitch = 10\n", "text.pitch"),
            ("[text]\nrows = 30\n", "text.rows"),
            ("[page]\nwidth = 100\n", "page.area_width"),
            ("[page]\nheight = 260\n", "page.area_height"),
            ("[sizes]\nnote = -1\n", "sizes.note"),
            ("[color]\naccent = 'red'\n", "color.accent"),
            ("[page]\ninside = nan\n", "page.inside"),
        ] {
            let Err(ConfigError::Misfit { key: found, place, .. }) = profile(own) else { panic!("{own}") };
            assert_eq!(found, key);
            assert!(place.is_some_and(|p| p.file.ends_with("own.toml")), "{own}");
        }
    }

    #[test]
    fn a_wrong_key_or_value_is_told_with_its_place() {
        assert!(matches!(profile("[text]\nsise = 16\n"), Err(ConfigError::UnknownKey { .. })));
        assert!(matches!(profile("[folio]\nplace = 'left'\n"), Err(ConfigError::WrongValue { .. })));
    }
}

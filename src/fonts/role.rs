//! The roles letters play in official print.

use serde::{Deserialize, Serialize};

/// A role, and the fonts that play it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FontRole {
    /// 宋: plain text, and the fallback of every other role.
    Song,
    /// 小标宋: titles.
    Title,
    /// 黑: first-level headings.
    Hei,
    /// 楷: second-level headings, names.
    Kai,
    /// 仿宋: the body (GB/T 9704-2012, 5.2.2).
    Fang,
}

impl FontRole {
    /// All roles, in the order of their discriminants.
    pub const ALL: [FontRole; 5] =
        [FontRole::Song, FontRole::Title, FontRole::Hei, FontRole::Kai, FontRole::Fang];

    /// The role's key in the manifest and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            FontRole::Song => "song",
            FontRole::Title => "title",
            FontRole::Hei => "hei",
            FontRole::Kai => "kai",
            FontRole::Fang => "fang",
        }
    }

    /// The role's Chinese name.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            FontRole::Song => "宋体",
            FontRole::Title => "小标宋",
            FontRole::Hei => "黑体",
            FontRole::Kai => "楷体",
            FontRole::Fang => "仿宋",
        }
    }

    /// Families that play the role, the preferred first: the ones shipped, then what offices have.
    pub(crate) fn families(self) -> &'static [&'static str] {
        match self {
            FontRole::Song => &["Noto Serif SC", "Source Han Serif SC", "思源宋体", "SimSun", "宋体"],
            FontRole::Title => {
                &["Noto Serif SC", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "思源宋体", "SimSun"]
            }
            FontRole::Hei => &["Noto Sans SC", "Source Han Sans SC", "思源黑体", "SimHei", "黑体"],
            FontRole::Kai => &["LXGW WenKai", "霞鹜文楷", "楷体_GB2312", "KaiTi", "楷体"],
            FontRole::Fang => &["FandolFang R", "FandolFang", "仿宋_GB2312", "FangSong", "仿宋"],
        }
    }

    /// The weight the role wants, 100 to 900.
    pub(crate) fn weight(self) -> u16 {
        match self {
            FontRole::Title => 700,
            FontRole::Hei => 500,
            FontRole::Song | FontRole::Kai | FontRole::Fang => 400,
        }
    }
}

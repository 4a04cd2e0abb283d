//! The nine parties a speaker may belong to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A political party named in a speaker's roles. 工商联, 无党派 and people's organisations are
/// affiliations, not parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Party {
    /// 中国共产党
    #[serde(rename = "中共")]
    Cpc,
    /// 中国国民党革命委员会
    #[serde(rename = "民革")]
    Rcck,
    /// 中国民主同盟
    #[serde(rename = "民盟")]
    Cdl,
    /// 中国民主建国会
    #[serde(rename = "民建")]
    Cndca,
    /// 中国民主促进会
    #[serde(rename = "民进")]
    Capd,
    /// 中国农工民主党
    #[serde(rename = "农工党")]
    Cpwdp,
    /// 中国致公党
    #[serde(rename = "致公党")]
    Zhigong,
    /// 九三学社
    #[serde(rename = "九三学社")]
    Jiusan,
    /// 台湾民主自治同盟
    #[serde(rename = "台盟")]
    Taimeng,
}

impl Party {
    /// Every party, in the customary order.
    pub const ALL: [Party; 9] = [
        Party::Cpc,
        Party::Rcck,
        Party::Cdl,
        Party::Cndca,
        Party::Capd,
        Party::Cpwdp,
        Party::Zhigong,
        Party::Jiusan,
        Party::Taimeng,
    ];

    /// The short name used in roles.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Party::Cpc => "中共",
            Party::Rcck => "民革",
            Party::Cdl => "民盟",
            Party::Cndca => "民建",
            Party::Capd => "民进",
            Party::Cpwdp => "农工党",
            Party::Zhigong => "致公党",
            Party::Jiusan => "九三学社",
            Party::Taimeng => "台盟",
        }
    }

    /// The full name used in formal texts.
    #[must_use]
    pub fn full(self) -> &'static str {
        match self {
            Party::Cpc => "中国共产党",
            Party::Rcck => "中国国民党革命委员会",
            Party::Cdl => "中国民主同盟",
            Party::Cndca => "中国民主建国会",
            Party::Capd => "中国民主促进会",
            Party::Cpwdp => "中国农工民主党",
            Party::Zhigong => "中国致公党",
            Party::Jiusan => "九三学社",
            Party::Taimeng => "台湾民主自治同盟",
        }
    }
}

impl std::fmt::Display for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.short())
    }
}

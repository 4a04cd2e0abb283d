//! The keys of the manifest. Their doc comments are the help `jianbao new` writes into a new one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::config::{Press, Profile};

/// Everything that can be set. Unset keys mean "as without a manifest".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Config {
    /// 源文件：按顺序列出，可用通配符（如 "speeches/*.md"），合成一本书。
    pub sources: Vec<String>,
    /// 输出文件夹，相对于本文件；默认是 output。
    pub output: Option<String>,
    /// 输出文件名，不带扩展名；默认取源文件名或本文件夹名。
    pub output_name: Option<String>,
    /// 简报的报头。
    pub briefing: Briefing,
    /// 报、送、发。
    pub distribution: Distribution,
    /// 排版。
    pub print: Print,
    /// 交印刷厂（build --press）。
    pub press: Press,
    /// 字体。
    pub fonts: Fonts,
    /// 检查。
    pub check: Check,
    /// 送各单位核改的节选（jianbao excerpt）。
    pub excerpt: Excerpt,
    /// 自己的页面样式：[profile.名称]。
    #[schemars(with = "BTreeMap<String, Profile>")]
    pub profile: BTreeMap<String, toml::Table>,
    /// How pages look: the profile that `print.profile` names; not a key.
    #[serde(skip)]
    #[schemars(skip)]
    pub look: Profile,
    /// The folder relative paths start from; not a key.
    #[serde(skip)]
    #[schemars(skip)]
    pub base: PathBuf,
}

/// What the head of the briefing says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Briefing {
    /// 书名；源文件没有总标题时用它。
    pub title: Option<String>,
    /// 简报名称，例如 "政协简报"。
    pub name: Option<String>,
    /// 期号，例如 12 或 "增刊1"。
    #[serde(deserialize_with = "text_or_number")]
    #[schemars(with = "Option<TextOrNumber>")]
    pub number: Option<String>,
    /// 编发单位。
    pub issuer: Option<String>,
    /// 日期，例如 2026-01-07 或 "2026年1月7日"。
    pub date: Option<String>,
    /// 会议名称；源文件里有时以源文件为准。
    pub event: Option<String>,
    /// 稿件状态：征求意见稿、送审稿、清样等。
    pub status: Option<String>,
    /// 签发人。
    pub signer: Option<String>,
    /// 校对人。
    pub proofreader: Option<String>,
    /// 密级和保密期限。
    pub security: Option<String>,
    /// 紧急程度。
    pub urgency: Option<String>,
    /// 文章来源：原先登在哪里。
    pub source: Option<String>,
    /// 原先发布的时间。
    pub published: Option<String>,
    /// 作者、记者。
    pub author: Option<String>,
    /// 编辑。
    pub editor: Option<String>,
    /// 审核人：一审、二审、三审。
    pub reviewer: Option<String>,
    /// 摄影。
    pub photographer: Option<String>,
    /// 份号，印成六位数，例如 1 印作 000001。
    pub copy: Option<u32>,
    /// 红头：printed 印出来，preprinted 用印好红头的纸、留出空白。
    pub head: Option<Head>,
}

/// Whether the red head is printed by us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Head {
    /// 印出来
    #[default]
    Printed,
    /// 纸上已经印好
    Preprinted,
}

/// Who gets the briefing (版记, GB/T 9704-2012, 7.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Distribution {
    /// 报：上级机关。
    pub report: Vec<String>,
    /// 送：平级单位。
    pub send: Vec<String>,
    /// 发：下级单位。
    pub issue: Vec<String>,
    /// 共印份数。
    pub copies: Option<u32>,
}

/// How the pages are set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Print {
    /// 页面样式：briefing 公文、booklet 小册子、16k、large-print 大字本、screen 屏幕、phone 手机，或自己的。
    pub profile: Option<String>,
    /// 排版引擎：embedded 内置的，typst-cli 另装的 typst 命令。
    pub engine: EngineName,
    /// 正文以外要印的部分：cover 封面、head 红头、contents 目录、index 发言人索引、parties 党派和单位索引；不写按样式。
    pub parts: Option<Vec<PrintPart>>,
}

impl Config {
    /// Whether a part is to be printed.
    #[must_use]
    pub fn prints(&self, part: PrintPart) -> bool {
        self.print.parts.as_ref().unwrap_or(&self.look.parts).contains(&part)
    }
}

/// Which program sets the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EngineName {
    /// 内置
    #[default]
    Embedded,
    /// 另装的 typst 命令
    TypstCli,
}

/// A part of the booklet that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PrintPart {
    /// 封面
    Cover,
    /// 红头
    Head,
    /// 目录
    Contents,
    /// 发言人索引
    Index,
    /// 党派和单位索引
    Parties,
}

/// The fonts of the five roles: a family name (Chinese or Latin), or a font file's path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Fonts {
    /// 宋体：字体名称，或字体文件的路径。
    pub song: Option<String>,
    /// 小标宋：标题。
    pub title: Option<String>,
    /// 黑体：一级标题。
    pub hei: Option<String>,
    /// 楷体：二级标题、姓名。
    pub kai: Option<String>,
    /// 仿宋：正文。
    pub fang: Option<String>,
    /// 字体文件夹，相对于本文件，先于其他地方查找。
    pub folders: Vec<String>,
    /// 是否可用本机安装的字体；为了各处结果一致，默认 false。
    pub system: bool,
}

/// What is looked for in the text, and how bad it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Check {
    /// 用哪些规则：规则名（text/doubled-word）、组名（text）、default 默认的、all 全部；不写是默认的。
    pub select: Vec<String>,
    /// 不用哪些规则，写法同上；写得更具体的优先。
    pub ignore: Vec<String>,
    /// 规则的轻重：error 错误、warning 提醒、info 参考、off 不用。
    pub severity: BTreeMap<String, Level>,
    /// 固定用语表，TOML 或 CSV 文件，相对于本文件。
    pub glossary: Option<String>,
    /// 委员名单，CSV 文件，相对于本文件。
    pub roster: Option<String>,
}

/// Who is sent which speeches, and when they are wanted back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Excerpt {
    /// 改好后退给谁。
    pub return_to: Option<String>,
    /// 什么时候以前退回，例如 2026-01-20 或 "1月20日下班前"。
    pub due: Option<String>,
    /// 哪个单位看哪几篇，例如 "市农业农村局" = "1,3-5"。
    #[serde(deserialize_with = "numbers_by_name")]
    #[schemars(with = "BTreeMap<String, SpeechNumbers>")]
    pub recipients: BTreeMap<String, String>,
}

impl Excerpt {
    /// The day of return as official print writes it, or as given where it is not a plain date.
    #[must_use]
    pub fn printed_due(&self) -> Option<String> {
        self.due.as_deref().map(printed_day)
    }
}

/// How bad the user says a rule's findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Level {
    /// 错误
    Error,
    /// 提醒
    Warning,
    /// 参考
    Info,
    /// 不用
    Off,
}

impl Briefing {
    /// The date as a moment, when it is written as `2026-01-07`, `2026/1/7` or `2026年1月7日`.
    #[must_use]
    pub fn moment(&self) -> Option<DateTime<Utc>> {
        Some(day(self.date.as_deref()?)?.and_hms_opt(0, 0, 0)?.and_utc())
    }

    /// The number of the copy as official print writes it (GB/T 9704-2012, 7.2.1).
    #[must_use]
    pub fn printed_copy(&self) -> Option<String> {
        self.copy.map(|n| format!("{n:06}"))
    }

    /// The date as official print writes it, `2026年1月7日` (GB/T 9704-2012, 7.3.5.4), or as given
    /// where it is not a plain date.
    #[must_use]
    pub fn printed_date(&self) -> Option<String> {
        self.date.as_deref().map(printed_day)
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('日');
    let mut parts = text.split(['-', '/', '.', '年', '月']).map(str::trim);
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| parts.next().is_none())
}

fn printed_day(text: &str) -> String {
    use chrono::Datelike;
    match day(text) {
        Some(d) => format!("{}年{}月{}日", d.year(), d.month(), d.day()),
        None => text.to_owned(),
    }
}

/// A schema that takes `12` as well as `"12"`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "read by the schema generator only")]
enum TextOrNumber {
    Text(String),
    Number(i64),
}

/// The same, or a list of such.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "read by the schema generator only")]
enum SpeechNumbers {
    Text(String),
    Number(i64),
    List(Vec<TextOrNumber>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum GivenNumbers {
    One(Given),
    List(Vec<Given>),
}

impl Given {
    fn text(self) -> String {
        match self {
            Given::Text(text) => text,
            Given::Number(number) => number.to_string(),
        }
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Given>::deserialize(deserializer)?.map(Given::text))
}

fn numbers_by_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let text = |numbers| match numbers {
        GivenNumbers::One(one) => one.text(),
        GivenNumbers::List(list) => list.into_iter().map(Given::text).collect::<Vec<_>>().join(","),
    };
    let given = BTreeMap::<String, GivenNumbers>::deserialize(deserializer)?;
    Ok(given.into_iter().map(|(name, numbers)| (name, text(numbers))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn briefing(date: &str) -> Briefing {
        Briefing { date: Some(date.into()), ..Briefing::default() }
    }

    #[test]
    fn dates_in_customary_forms() {
        for date in ["2026-01-07", "2026/1/7", "2026.1.7", "2026年1月7日", " 2026年01月07日 "] {
            assert_eq!(briefing(date).printed_date().as_deref(), Some("2026年1月7日"), "{date}");
        }
    }

    #[test]
    fn speeches_of_a_department_in_customary_forms() {
        let text = "recipients = { a = '1,3-5', b = 2, c = [1, '3-5'] }\ndue = '2026-01-20'\n";
        let excerpt: Excerpt = toml::from_str(text).unwrap();
        let numbers: Vec<&str> = excerpt.recipients.values().map(String::as_str).collect();
        assert_eq!(numbers, ["1,3-5", "2", "1,3-5"]);
        assert_eq!(excerpt.printed_due().as_deref(), Some("2026年1月20日"));
    }

    #[test]
    fn other_words_stay_as_given() {
        for date in ["二〇二六年一月", "2026年1月", "2026-13-07", "1月7日"] {
            assert_eq!(briefing(date).moment(), None, "{date}");
            assert_eq!(briefing(date).printed_date().as_deref(), Some(date));
        }
    }
}

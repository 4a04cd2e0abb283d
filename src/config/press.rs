//! What a printing house has to be told: `[press]`, used by `build --press`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{Config, Misfit};

/// Binding, paper, bleed and the ink of the red.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Press {
    /// 装订：saddle 骑马订，perfect 胶订。
    pub binding: PressBinding,
    /// 每帖几页，4 的倍数；不写时骑马订 4，胶订 16。
    pub signature: Option<u32>,
    /// 正文用纸一张的厚度，毫米；书脊按它算。
    pub paper: f64,
    /// 出血，毫米。
    pub bleed: f64,
    /// 红头用的专色名，例如 "PANTONE 186 C"；写 "" 就用四色印。
    pub spot: String,
    /// 专色的四色近似：青、品红、黄、黑，百分数；不写按样式的颜色算。
    pub cmyk: Option<[f64; 4]>,
}

/// How the book is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PressBinding {
    /// 骑马订
    #[default]
    Saddle,
    /// 胶订
    Perfect,
}

impl Default for Press {
    fn default() -> Self {
        Self {
            binding: PressBinding::Saddle,
            signature: None,
            paper: 0.1,
            bleed: 3.0,
            spot: "JIANBAO RED".to_owned(),
            cmyk: None,
        }
    }
}

/// The inks of text and red, in per cent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Inks {
    /// Black of the text.
    pub text: f64,
    /// Cyan, magenta, yellow and black of the red, or what the spot colour looks like.
    pub accent: [f64; 4],
    /// The spot colour; none where the red is printed in the process colours, or is no colour.
    pub spot: Option<String>,
}

/// The red that profiles have by themselves, and what comes near it in print: its three components as
/// complements would give a dull one.
const RED: (&str, [f64; 4]) = ("#c8102e", [0.0, 100.0, 85.0, 5.0]);

/// Names that mean inks of the process, or no ink of one's own (ISO 32000-1, 8.6.6.4).
const TAKEN: [&str; 6] = ["all", "none", "cyan", "magenta", "yellow", "black"];

impl Press {
    /// Pages of a signature.
    #[must_use]
    pub fn pages_of_signature(&self) -> usize {
        match (self.signature, self.binding) {
            (Some(pages), _) => pages as usize,
            (None, PressBinding::Saddle) => 4,
            (None, PressBinding::Perfect) => 16,
        }
    }

    /// The first key whose value cannot be, and why.
    pub(super) fn misfit(&self) -> Option<(&'static str, Misfit)> {
        let signature = self.signature.unwrap_or(4);
        let ranges = [
            ("press.paper", self.paper, 0.02, 1.0),
            ("press.bleed", self.bleed, 0.0, 20.0),
            ("press.signature", f64::from(signature), 4.0, 128.0),
        ];
        let inks = self.cmyk.into_iter().flatten().map(|ink| ("press.cmyk", ink, 0.0, 100.0));
        for (key, value, least, most) in ranges.into_iter().chain(inks) {
            if !(least..=most).contains(&value) {
                return Some((key, Misfit::Range { least, most }));
            }
        }
        if !signature.is_multiple_of(4) {
            return Some(("press.signature", Misfit::Fours));
        }
        let name = self.spot.trim();
        let is_taken = TAKEN.contains(&name.to_lowercase().as_str());
        // A name of PDF has at most 127 bytes.
        let is_name = !is_taken && name.len() <= 127 && !name.contains(char::is_control);
        (!is_name).then_some(("press.spot", Misfit::Ink))
    }
}

impl Config {
    /// The inks of a book.
    #[must_use]
    pub fn inks(&self) -> Inks {
        let colors = &self.look.color;
        let accent = self.look.color.accent.to_lowercase();
        let rgb = rgb(&accent);
        let [r, g, b] = rgb;
        let spot = self.press.spot.trim();
        let is_grey = r == g && g == b;
        let near = match self.press.cmyk {
            Some(given) => given,
            None if is_grey => [0.0, 0.0, 0.0, black(rgb)],
            None if accent == RED.0 => RED.1,
            None => rgb.map(|c| per_cent(1.0 - c)).first_chunk().map_or(RED.1, |[c, m, y]| [*c, *m, *y, 0.0]),
        };
        Inks {
            text: black(self::rgb(&colors.text)),
            accent: near,
            spot: (!is_grey && !spot.is_empty()).then(|| spot.to_owned()),
        }
    }
}

/// Components from 0 to 1 of `#rrggbb`; black where it is none, which the profile has refused.
fn rgb(color: &str) -> [f64; 3] {
    let part = |at: usize| {
        let hex = color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        f64::from(hex.unwrap_or(0)) / 255.0
    };
    [part(1), part(3), part(5)]
}

/// How much black is as dark (Rec. 709).
fn black([r, g, b]: [f64; 3]) -> f64 {
    per_cent(1.0 - (0.2126 * r + 0.7152 * g + 0.0722 * b))
}

fn per_cent(part: f64) -> f64 {
    (part * 100.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_text_is_black_ink_only_and_the_red_an_ink_of_its_own() {
        let mut config = Config::default();
        let inks = config.inks();
        assert_eq!((inks.text, inks.spot.as_deref()), (100.0, Some("JIANBAO RED")));
        config.press.spot = " ".to_owned();
        assert_eq!(config.inks().spot, None);
        config.press.spot = "PANTONE 286 C".to_owned();
        config.look.color.accent = "#0033A0".to_owned();
        assert_eq!(config.inks().accent, [100.0, 80.0, 37.0, 0.0]);
        config.look.color.accent = "#000000".to_owned();
        assert_eq!((config.inks().accent, config.inks().spot), ([0.0, 0.0, 0.0, 100.0], None));
    }

    #[test]
    fn what_cannot_be_is_found() {
        let press = Press::default;
        for (press, key) in [
            (Press { bleed: -1.0, ..press() }, Some("press.bleed")),
            (Press { paper: f64::NAN, ..press() }, Some("press.paper")),
            (Press { signature: Some(6), ..press() }, Some("press.signature")),
            (Press { spot: "Black".to_owned(), ..press() }, Some("press.spot")),
            (Press { cmyk: Some([0.0, 101.0, 0.0, 0.0]), ..press() }, Some("press.cmyk")),
            (Press { spot: String::new(), signature: Some(8), ..press() }, None),
        ] {
            assert_eq!(press.misfit().map(|(key, _)| key), key);
        }
    }
}

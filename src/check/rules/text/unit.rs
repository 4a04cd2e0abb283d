//! 计量单位写得不标准。默认不查。
//!
//! 为什么：法定单位的符号分大小写（km、kg、kW），“平方”“立方”不是单位，公尺、英尺、马力等已不使用；同一个
//! 组合单位里不能一半符号、一半汉字（km/小时）。
//!
//! 例：
//!
//! ```text
//! 改造老街12.5KM，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 改造老街12.5km，让居民得实惠。
//! ```
//!
//! 修改：只是写法不同的换成标准写法，要人看过才改（`--unsafe-fixes`）；要换算的不改。
//!
//! 依据：GB 3100-93《国际单位制及其应用》、GB 3101-93《有关量、单位和符号的一般原则》；《中华人民共和国法定
//! 计量单位》（国务院1984年）。
//! ---
//! Units that are not written by the standard. Off by default.
//!
//! Why: the symbols of legal units have fixed case (km, kg, kW); 平方 and 立方 are no units; 公尺, 英尺, 马力 and
//! others are no longer used; one compound unit must not be half symbol, half hanzi (km/小时).
//!
//! Example:
//!
//! ```text
//! 改造老街12.5KM，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 改造老街12.5km，让居民得实惠。
//! ```
//!
//! Fix: another spelling of the same unit is replaced after a look (`--unsafe-fixes`); what must be
//! converted is left.
//!
//! Source: GB 3100-93 (SI units and their use), GB 3101-93 (general principles of quantities, units and
//! symbols); the legal units of measurement, State Council, 1984.

use crate::check::finding::Findings;
use crate::check::rules::scan::{after, before, is_numeral, marks, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule =
    Rule { name: "text/unit", severity: Severity::Warning, on: false, file: include_str!("unit.rs"), check };

/// Symbols as they are mistyped behind a number, and as the standard has them.
const SYMBOLS: &[(&str, &str)] = &[
    ("KM", "km"),
    ("Km", "km"),
    ("kM", "km"),
    ("CM", "cm"),
    ("Cm", "cm"),
    ("MM", "mm"),
    ("Mm", "mm"),
    ("KG", "kg"),
    ("Kg", "kg"),
    ("kG", "kg"),
    ("kgs", "kg"),
    ("MG", "mg"),
    ("ML", "mL"),
    ("Ml", "mL"),
    ("KW", "kW"),
    ("Kw", "kW"),
    ("kw", "kW"),
    ("KWH", "kW·h"),
    ("KWh", "kW·h"),
    ("Kwh", "kW·h"),
    ("kwh", "kW·h"),
    ("kWh", "kW·h"),
    ("KV", "kV"),
    ("Kv", "kV"),
    ("kv", "kV"),
    ("KVA", "kV·A"),
    ("kva", "kV·A"),
    ("HZ", "Hz"),
    ("hz", "Hz"),
    ("KHZ", "kHz"),
    ("Khz", "kHz"),
    ("MHZ", "MHz"),
    ("Mhz", "MHz"),
    ("GHZ", "GHz"),
    ("Ghz", "GHz"),
    ("DB", "dB"),
    ("db", "dB"),
    ("PA", "Pa"),
    ("pa", "Pa"),
    ("KPa", "kPa"),
    ("KPA", "kPa"),
    ("Kpa", "kPa"),
    ("MPA", "MPa"),
    ("Mpa", "MPa"),
    ("mpa", "MPa"),
    ("M2", "m²"),
    ("m2", "m²"),
    ("M3", "m³"),
    ("m3", "m³"),
    ("KM2", "km²"),
    ("km2", "km²"),
    ("Km2", "km²"),
    ("KM/H", "km/h"),
    ("Km/h", "km/h"),
    ("KM/h", "km/h"),
    ("hm2", "hm²"),
    ("cm2", "cm²"),
];

/// Names in hanzi, what to use, and whether the number stays the same.
const NAMES: &[(&str, &str, bool)] = &[
    ("公尺", "米", true),
    ("公分", "厘米", true),
    ("公升", "升", true),
    ("公厘", "毫米", true),
    ("毫米汞柱", "千帕", false),
    ("英尺", "米", false),
    ("英寸", "厘米", false),
    ("英里", "千米", false),
    ("英亩", "公顷", false),
    ("市斤", "千克", false),
    ("市尺", "米", false),
    ("市里", "千米", false),
    ("马力", "千瓦", false),
    ("大卡", "千焦", false),
    ("华氏度", "摄氏度", false),
    ("加仑", "升", false),
    ("盎司", "克", false),
    ("公里/小时", "千米/时", true),
    ("公里／小时", "千米/时", true),
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let mut from = 0;
        for (at, c) in marks(text) {
            // Every unit is looked for behind the last digit of a number.
            let end = at + c.len_utf8();
            if end < from || !c.is_ascii_digit() || after(text, end).is_some_and(|c| c.is_ascii_digit()) {
                continue;
            }
            if is_model(text, at) {
                continue;
            }
            let blank = text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
            let start = end + blank.min(1);
            let rest = text.get(start..).unwrap_or_default();
            let Some((length, wanted, same)) = symbol(rest).or_else(|| name(rest)) else { continue };
            from = start + length;
            let range = start..start + length;
            let found = text.get(range.clone()).unwrap_or_default();
            let say = match same {
                true => Say::new("unit-form").with("found", found).with("wanted", &wanted),
                false => Say::new("unit-other").with("found", found).with("wanted", &wanted),
            };
            let exact = passage.is_exact(range.clone());
            let span = passage.span(range);
            let finding = findings.push(span, say);
            if let Some(span) = span.filter(|_| exact && same) {
                finding.fix(Fix::one(false, span, wanted));
            }
        }
    }
}

/// Whether the number belongs to a name: C919, GB/T 3100-93.
fn is_model(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    number.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '/' | '_'))
}

/// Length, what it should be, and whether the number stays.
type Found = Option<(usize, String, bool)>;

fn symbol(rest: &str) -> Found {
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).unwrap_or(rest.len());
    let word = rest.get(..length)?;
    // km/小时: a symbol over a name.
    if let Some(symbol) = word.strip_suffix('/')
        && matches!(symbol, "km" | "m" | "kg" | "g" | "t" | "mg" | "kW")
    {
        let behind = rest.get(length..)?;
        let (name, sign) = [("小时", "h"), ("秒", "s"), ("天", "d"), ("升", "L"), ("分钟", "min")]
            .into_iter()
            .find(|(name, _)| behind.starts_with(name))?;
        return Some((length + name.len(), format!("{symbol}/{sign}"), true));
    }
    let (_, wanted) = SYMBOLS.iter().find(|(wrong, _)| *wrong == word)?;
    Some((length, (*wanted).to_owned(), true))
}

fn name(rest: &str) -> Found {
    let rest_of = rest.strip_prefix(['万', '亿', '余', '多']).unwrap_or(rest);
    let skipped = rest.len() - rest_of.len();
    if let Some((wrong, wanted, same)) = NAMES.iter().find(|(wrong, ..)| rest_of.starts_with(wrong)) {
        let scale = rest.get(..skipped)?;
        return Some((skipped + wrong.len(), format!("{scale}{wanted}"), *same));
    }
    // 300平方: of what? 平方米, 平方千米 and so on go on.
    let (wrong, wanted) =
        [("平方", "平方米"), ("立方", "立方米")].into_iter().find(|(w, _)| rest_of.starts_with(w))?;
    let next = after(rest_of, wrong.len());
    let goes_on = next.is_some_and(|c| "米公千厘分毫海英尺寸里码微纳根".contains(c) || is_numeral(c));
    let scale = rest.get(..skipped)?;
    (!goes_on && before(rest_of, 0).is_none())
        .then(|| (skipped + wrong.len(), format!("{scale}{wanted}"), true))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{holds, mended};

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("全长12.5KM。", "KM"),
                ("全长12.5 Km。", "Km"),
                ("重300KG。", "KG"),
                ("功率50kw。", "kw"),
                ("用电300kwh。", "kwh"),
                ("面积300m2。", "m2"),
                ("面积300平方。", "平方"),
                ("土方2万立方。", "万立方"),
                ("高30公尺。", "公尺"),
                ("宽3英尺。", "英尺"),
                ("时速60km/小时。", "km/小时"),
                ("时速60公里/小时。", "公里/小时"),
                ("压力3Mpa。", "Mpa"),
                ("频率50HZ。", "HZ"),
            ],
            &[
                "全长12.5km，重300kg，功率50kW，面积300m²。",
                "面积300平方米、2万立方米、5平方公里。",
                "时速60km/h，60千米/时。",
                "C919MM、GB3100KG、A4MM。",
                "5G、100M带宽、3D打印、4K电视、8.5万人。",
                "12公里、3小时、5公斤、20亩。",
                "KM是公司名，kw是变量。",
                "2的3平方根。",
            ],
        );
    }

    #[test]
    fn the_same_unit_in_its_own_form() {
        assert_eq!(
            mended(&RULE, "全长12.5KM，300平方，60km/小时。", false),
            "全长12.5km，300平方米，60km/h。"
        );
    }
}

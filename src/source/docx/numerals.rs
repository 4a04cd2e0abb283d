//! Numbers as Word's numbering writes them (ECMA-376, `ST_NumberFormat`).

/// How a level counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    #[default]
    Decimal,
    /// 01, 02.
    DecimalZero,
    /// 一, 十, 二十一, 一百零一.
    Chinese,
    /// 壹, 贰.
    Financial,
    /// 一〇, digit by digit.
    Digits,
    /// 甲, 乙.
    Stems,
    /// 子, 丑.
    Branches,
    /// ①.
    Circled,
    /// ⑴.
    Bracketed,
    /// ⒈.
    Stopped,
    /// １.
    FullWidth,
    Letter {
        is_upper: bool,
    },
    Roman {
        is_upper: bool,
    },
    Bullet,
    None,
}

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl Format {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "bullet" => Format::Bullet,
            "none" => Format::None,
            "decimalZero" => Format::DecimalZero,
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "koreanCounting" => Format::Chinese,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Format::Financial,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => {
                Format::Digits
            }
            "ideographTraditional" => Format::Stems,
            "ideographZodiac" | "ideographZodiacTraditional" => Format::Branches,
            "decimalEnclosedCircleChinese" | "decimalEnclosedCircle" | "ideographEnclosedCircle" => {
                Format::Circled
            }
            "decimalEnclosedParen" => Format::Bracketed,
            "decimalEnclosedFullstop" => Format::Stopped,
            "decimalFullWidth" | "decimalFullWidth2" => Format::FullWidth,
            "lowerLetter" => Format::Letter { is_upper: false },
            "upperLetter" => Format::Letter { is_upper: true },
            "lowerRoman" => Format::Roman { is_upper: false },
            "upperRoman" => Format::Roman { is_upper: true },
            _ => Format::Decimal,
        }
    }

    /// Whether the number is Chinese writing, which a person would type as text.
    pub(super) fn is_chinese(self) -> bool {
        use Format as F;
        matches!(
            self,
            F::Chinese
                | F::Financial
                | F::Digits
                | F::Stems
                | F::Branches
                | F::Circled
                | F::Bracketed
                | F::Stopped
        )
    }

    pub(super) fn write(self, number: u64) -> String {
        let decimal = || number.to_string();
        match self {
            Format::Decimal => decimal(),
            Format::DecimalZero => format!("{number:02}"),
            Format::Chinese => counted(number, &DIGITS, ["十", "百", "千"], "零").unwrap_or_else(decimal),
            Format::Financial => {
                let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
                counted(number, &digits, ["拾", "佰", "仟"], "零").unwrap_or_else(decimal)
            }
            Format::Digits => decimal()
                .bytes()
                .filter_map(|b| DIGITS.get(usize::from(b.wrapping_sub(b'0'))))
                .copied()
                .collect(),
            Format::Stems => one_of("甲乙丙丁戊己庚辛壬癸", number),
            Format::Branches => one_of("子丑寅卯辰巳午未申酉戌亥", number),
            Format::Circled => {
                let rows = [(1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32b1)];
                from_rows(&rows, number).unwrap_or_else(decimal)
            }
            Format::Bracketed => from_rows(&[(1, 20, 0x2474)], number).unwrap_or_else(decimal),
            Format::Stopped => from_rows(&[(1, 20, 0x2488)], number).unwrap_or_else(decimal),
            Format::FullWidth => {
                let wide = |b: u8| char::from_u32(0xff10 + u32::from(b.wrapping_sub(b'0')));
                decimal().bytes().filter_map(wide).collect()
            }
            Format::Letter { is_upper } => {
                let first = if is_upper { b'A' } else { b'a' };
                let Some(k) = number.checked_sub(1) else { return decimal() };
                let letter = char::from(first + (k % 26) as u8);
                // aa, bb after z.
                std::iter::repeat_n(letter, usize::try_from(k / 26 + 1).unwrap_or(1).min(20)).collect()
            }
            Format::Roman { is_upper } => {
                let roman = roman(number).unwrap_or_else(decimal);
                if is_upper { roman } else { roman.to_lowercase() }
            }
            Format::Bullet | Format::None => String::new(),
        }
    }
}

fn one_of(row: &str, number: u64) -> String {
    let count = row.chars().count();
    let k = number.checked_sub(1).and_then(|k| usize::try_from(k).ok()).map(|k| k % count);
    k.and_then(|k| row.chars().nth(k)).map_or_else(|| number.to_string(), String::from)
}

fn from_rows(rows: &[(u64, u64, u32)], number: u64) -> Option<String> {
    let (first, _, code) = rows.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
    let step = u32::try_from(number - first).ok()?;
    char::from_u32(code + step).map(String::from)
}

/// 二千零一十; 十一, not 一十一.
fn counted(number: u64, digits: &[&str; 10], units: [&str; 3], zero: &str) -> Option<String> {
    if number == 0 || number > 9_999 {
        return None;
    }
    let mut out = String::new();
    let mut is_gap = false;
    for power in (0..4u32).rev() {
        let digit = usize::try_from(number / 10u64.pow(power) % 10).ok()?;
        if digit == 0 {
            is_gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut is_gap) {
            out.push_str(zero);
        }
        let is_plain_ten = power == 1 && digit == 1 && out.is_empty() && units[0] == "十";
        if !is_plain_ten {
            out.push_str(digits.get(digit)?);
        }
        if let Some(unit) = power.checked_sub(1).and_then(|p| units.get(p as usize)) {
            out.push_str(unit);
        }
    }
    Some(out)
}

fn roman(number: u64) -> Option<String> {
    const STEPS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|n| (1..4_000).contains(n))?;
    let mut out = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn numbers_are_written() {
        for (name, number, expected) in [
            ("decimal", 12, "12"),
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("japaneseCounting", 20, "二十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 2010, "二千零一十"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("ideographZodiac", 13, "子"),
            ("decimalEnclosedCircleChinese", 3, "③"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("decimalFullWidth", 10, "１０"),
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerRoman", 0, "0"),
            ("decimalZero", 7, "07"),
            ("chineseCounting", 100_000, "100000"),
        ] {
            assert_eq!(Format::of(name).write(number), expected, "{name} {number}");
        }
    }
}

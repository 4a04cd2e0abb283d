//! Labels of host names in ASCII form (`xn--…`, RFC 3492 and UTS #46).

use icu_normalizer::ComposingNormalizerBorrowed;

const BASE: u32 = 36;
const TMIN: u32 = 1;
const TMAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
/// Bytes a label of a host name may have, `xn--` included (RFC 1035, 2.3.4).
const LONGEST: usize = 63;

/// Whether a label that begins with `xn--` stands for a name as UTS #46 allows it. Names written
/// from right to left have rules of their own and are not judged: they count as unsound.
pub(super) fn is_sound(label: &str) -> bool {
    let Some(digits) = label.get(4..).filter(|_| label.len() <= LONGEST && label.is_ascii()) else {
        return false;
    };
    let Some(name) = decoded(&digits.to_ascii_lowercase()) else { return false };
    let is_allowed = |c: char| {
        (c.is_alphanumeric() || c == '-')
            && c.to_lowercase().eq([c])
            && !matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    !name.is_ascii()
        && name.chars().all(is_allowed)
        && !name.starts_with('-')
        && !name.ends_with('-')
        && ComposingNormalizerBorrowed::new_nfkc().is_normalized(&name)
}

/// The name that punycode digits stand for (RFC 3492, 6.2).
fn decoded(digits: &str) -> Option<String> {
    let (plain, deltas) = digits.rsplit_once('-').unwrap_or(("", digits));
    let mut name: Vec<char> = plain.chars().collect();
    let (mut n, mut i, mut bias) = (128u32, 0u32, 72u32);
    let mut rest = deltas.bytes();
    while rest.len() > 0 {
        let old = i;
        let mut weight = 1u32;
        let mut k = BASE;
        loop {
            let digit = match rest.next()? {
                c @ b'a'..=b'z' => u32::from(c - b'a'),
                c @ b'0'..=b'9' => u32::from(c - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(TMIN, TMAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let count = u32::try_from(name.len()).ok()? + 1;
        bias = adapted(i - old, count, old == 0);
        n = n.checked_add(i / count)?;
        i %= count;
        name.insert(usize::try_from(i).ok()?, char::from_u32(n)?);
        i += 1;
    }
    Some(name.into_iter().collect())
}

/// RFC 3492, 6.1.
fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = delta / if first { DAMP } else { 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - TMIN) * TMAX / 2 {
        delta /= BASE - TMIN;
        k += BASE;
    }
    k + (BASE - TMIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded() {
        assert_eq!(decoded("fiqs8s").as_deref(), Some("中国"));
        assert_eq!(decoded("bcher-kva").as_deref(), Some("bücher"));
        assert_eq!(decoded("ihqwcrb4cv8a8dqg056pqjye").as_deref(), Some("他们为什么不说中文"));
    }

    #[test]
    fn unsound_labels_are_seen() {
        for label in ["xn--fiqs8s", "XN--FIQS8S", "xn--bcher-kva", "xn--55qx5d"] {
            assert!(is_sound(label), "{label}");
        }
        for label in ["xn--", "xn--a", "xn---", "xn--abc-", "xn--zzzzzzzzz", "xn--999999b", "xn--中"] {
            assert!(!is_sound(label), "{label}");
        }
    }
}

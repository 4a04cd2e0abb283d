//! From a file's bytes to text.

use encoding_rs::Encoding;

/// Why a file could not be read as a source.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing in it, or blanks only.
    #[error("empty file")]
    Empty,
    /// Not text at all.
    #[error("not text: byte {byte:#04x} at offset {offset}")]
    Binary {
        /// The byte no text holds.
        byte: u8,
        /// Where.
        offset: usize,
    },
    /// Neither UTF-8 nor UTF-16.
    #[error("not UTF-8 at line {line}, column {column}")]
    NotUtf8 {
        /// Line of the first wrong byte, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// The line, wrong bytes shown as U+FFFD.
        source_line: String,
        /// The encoding the file seems to be in, when one fits.
        guess: Option<&'static str>,
    },
    /// No reader knows the ending.
    #[error("no reader for `.{ending}` files")]
    UnknownForm {
        /// The ending, lower case, without the dot; empty when there is none.
        ending: String,
    },
}

/// Decodes UTF-8 (with or without byte order mark) and UTF-16 (with one).
pub(super) fn decode(bytes: &[u8]) -> Result<String, SourceError> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding != encoding_rs::UTF_8 => {
            let (text, malformed) = encoding.decode_without_bom_handling(&bytes[length..]);
            if malformed {
                return Err(not_utf8(&bytes[length..], 0, None));
            }
            text.into_owned()
        }
        bom => utf8(&bytes[bom.map_or(0, |(_, length)| length)..])?.to_owned(),
    };
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Result<&str, SourceError> {
    if let Some((offset, byte)) = binary_byte(bytes) {
        return Err(SourceError::Binary { byte, offset });
    }
    std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to(), guess(bytes)))
}

/// Control characters that no editor writes into text.
fn binary_byte(bytes: &[u8]) -> Option<(usize, u8)> {
    let strange = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    bytes.iter().copied().enumerate().find(|(_, b)| strange(*b))
}

/// An encoding in which every byte makes sense.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    let (_, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed && encoding.name() != "windows-1252").then(|| encoding.name())
}

fn not_utf8(bytes: &[u8], at: usize, guess: Option<&'static str>) -> SourceError {
    let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |k| k + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |k| at + k);
    SourceError::NotUtf8 {
        line: bytes[..at].iter().filter(|b| **b == b'\n').count() + 1,
        column: String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1,
        source_line: String::from_utf8_lossy(&bytes[start..end]).trim_end().to_owned(),
        guess,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_dropped() {
        assert_eq!(decode("\u{feff}甲".as_bytes()).unwrap(), "甲");
        let utf16: Vec<u8> = "\u{feff}甲乙".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
        assert_eq!(decode(&utf16).unwrap(), "甲乙");
    }

    #[test]
    fn a_wrong_byte_is_placed() {
        let mut bytes = "第一行\n第二".as_bytes().to_vec();
        bytes.push(0xff);
        bytes.extend("行\n".as_bytes());
        let Err(SourceError::NotUtf8 { line, column, source_line, .. }) = decode(&bytes) else { panic!() };
        assert_eq!((line, column, source_line.as_str()), (2, 3, "第二\u{fffd}行"));
    }

    #[test]
    fn another_encoding_is_named() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("政协委员大会发言，推进高质量发展。请各位委员审议。");
        let Err(SourceError::NotUtf8 { guess, .. }) = decode(&bytes) else { panic!() };
        assert!(matches!(guess, Some("GBK" | "gb18030")), "{guess:?}");
    }

    #[test]
    fn binary_and_empty_files_are_told_apart() {
        assert_eq!(decode(b"PK\x03\x04"), Err(SourceError::Binary { byte: 3, offset: 2 }));
        assert_eq!(decode(b"abc\0"), Err(SourceError::Binary { byte: 0, offset: 3 }));
        assert_eq!(decode(b""), Err(SourceError::Empty));
        assert_eq!(decode(" \n\u{3000}\n".as_bytes()), Err(SourceError::Empty));
    }
}

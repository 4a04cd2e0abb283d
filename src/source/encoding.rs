//! From a file's bytes to text.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use crate::source::{Foreign, Notice};

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
    },
    /// No reader knows the ending.
    #[error("no reader for `.{ending}` files")]
    UnknownForm {
        /// The ending, lower case, without the dot; empty when there is none.
        ending: String,
    },
    /// A form that is told by its content and is not read.
    #[error("foreign form: {form:?}")]
    Foreign {
        /// What it is.
        form: Foreign,
    },
    /// A file of a Word ending that holds neither a Word file nor text.
    #[error("not a Word file")]
    NotWord,
    /// A text where a Word file is wanted.
    #[error("{form}, not a Word file")]
    NotReturned {
        /// The name of the form's reader: `markdown`, `text`, `html`.
        form: &'static str,
    },
    /// A package without its main text.
    #[error("no part `{part}`")]
    NoText {
        /// The part that should be there.
        part: String,
    },
    /// A package, or a part of it, that cannot be unpacked whole.
    #[error("damaged part `{part}`")]
    Damaged {
        /// The part; empty for the package itself.
        part: String,
    },
    /// A part that is not well-formed XML.
    #[error("part `{part}` is not well-formed")]
    Malformed {
        /// The part.
        part: String,
    },
    /// A part, or all of them, larger than any text is.
    #[error("part `{part}` is larger than {limit} MB")]
    TooLarge {
        /// The part.
        part: String,
        /// The limit it broke, in megabytes.
        limit: u64,
    },
    /// A text longer than any book of speeches.
    #[error("more than {limit} MB of text")]
    TooLong {
        /// The limit, in megabytes.
        limit: usize,
    },
    /// A text of more lines, tags and references than any book of speeches has.
    #[error("more than {limit} lines, tags and references")]
    TooManyPieces {
        /// The limit.
        limit: usize,
    },
    /// More parts than any text has.
    #[error("more than {limit} parts")]
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// More elements, or paragraphs and cells, than any text has.
    #[error("part `{part}` has too many elements")]
    TooManyElements {
        /// The part.
        part: String,
    },
    /// Elements inside one another beyond measure.
    #[error("part `{part}` is nested too deep")]
    TooDeep {
        /// The part.
        part: String,
    },
    /// A part with a document type declaration, which Word never writes.
    #[error("part `{part}` has a DOCTYPE")]
    Doctype {
        /// The part.
        part: String,
    },
    /// A part that names an entity nobody declared.
    #[error("part `{part}` names the unknown entity `{entity}`")]
    UnknownEntity {
        /// The part.
        part: String,
        /// The entity.
        entity: String,
    },
    /// Two parts of one name: programs would not read the same text.
    #[error("two parts are named `{part}`")]
    DuplicatePart {
        /// The name.
        part: String,
    },
}

/// Decodes a text: UTF-8 and UTF-16 with or without byte order mark, and what a library makes out
/// (GB18030, Big5). `declared` is the encoding the text itself names, as a web page may; it counts
/// where no byte order mark speaks and every byte makes sense in it.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<(String, Vec<Notice>), SourceError> {
    let (text, encoding) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding != encoding_rs::UTF_8 => {
            let text = whole(encoding, &bytes[length..]).ok_or_else(|| not_utf8(&bytes[length..], 0))?;
            (text, None)
        }
        bom => without_mark(&bytes[bom.map_or(0, |(_, length)| length)..], declared)?,
    };
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let notices = encoding.map(|e: &Encoding| Notice::Decoded { encoding: e.name() });
    Ok((text, notices.into_iter().collect()))
}

/// `text` in the encoding of `original`, with its byte order mark: what is written back when a file's
/// own text was changed. Characters that did not change keep their bytes.
///
/// None when a character cannot be written in that encoding (Big5 has no simplified characters), or
/// `original` is not text.
#[must_use]
pub fn encode_like(text: &str, original: &[u8]) -> Option<Vec<u8>> {
    let (mark, encoding) = match Encoding::for_bom(original) {
        Some((encoding, length)) => (&original[..length], encoding),
        None => {
            let (_, encoding) = without_mark(original, None).ok()?;
            (&original[..0], encoding.unwrap_or(encoding_rs::UTF_8))
        }
    };
    let body = &original[mark.len()..];
    let encoded = match encoding.output_encoding() == encoding {
        true => encode_as(text, body, encoding)?,
        // UTF-16: the standard that the library follows lets it be read only.
        false if encoding == encoding_rs::UTF_16LE => {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        false if encoding == encoding_rs::UTF_16BE => {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        }
        false => return None,
    };
    Some([mark, &encoded].concat())
}

fn encode_as(text: &str, body: &[u8], encoding: &'static Encoding) -> Option<Vec<u8>> {
    let encode = |text: &str| {
        let (bytes, _, unmappable) = encoding.encode(text);
        (!unmappable).then(|| bytes.into_owned())
    };
    let old = whole(encoding, body)?;
    if encode(&old).is_some_and(|bytes| bytes == body) {
        return encode(text);
    }
    // Some characters have two spellings (the euro sign of GBK); each keeps the one it has here.
    let spellings = spellings(body, encoding)?;
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match spellings.get(&c) {
            Some(bytes) => out.extend_from_slice(bytes),
            None => out.extend(encode(c.encode_utf8(&mut [0; 4]))?),
        }
    }
    Some(out)
}

/// The bytes of every character beyond ASCII in `body`; none when one has several.
fn spellings<'a>(body: &'a [u8], encoding: &'static Encoding) -> Option<BTreeMap<char, &'a [u8]>> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some(first) = body.get(at) {
        if first.is_ascii() {
            at += 1;
            continue;
        }
        let taken = (1..=4).find_map(|length| {
            let bytes = body.get(at..at + length)?;
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
            let mut chars = text.chars();
            chars.next().filter(|_| chars.next().is_none()).map(|c| (c, bytes))
        });
        let (c, bytes) = taken?;
        if *found.entry(c).or_insert(bytes) != bytes {
            return None;
        }
        at += bytes.len();
    }
    Some(found)
}

/// The text in `encoding` when every byte makes sense in it.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed).then(|| text.into_owned())
}

fn without_mark(
    bytes: &[u8],
    declared: Option<&str>,
) -> Result<(String, Option<&'static Encoding>), SourceError> {
    if let Some((offset, byte)) = binary_byte(bytes) {
        return utf16(bytes).ok_or(SourceError::Binary { byte, offset });
    }
    let wrong = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(error) => error.valid_up_to(),
    };
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes()))
        && encoding != encoding_rs::UTF_8
        && let Some(text) = whole(superset(encoding), bytes)
    {
        return Ok((text, Some(superset(encoding))));
    }
    let found = (!is_damaged_utf8(bytes)).then(|| guess(bytes)).flatten();
    found.map(|(text, encoding)| (text, Some(encoding))).ok_or_else(|| not_utf8(bytes, wrong))
}

/// GB2312 and GBK are parts of GB18030.
fn superset(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding }
}

/// Control characters that no editor writes into text.
fn binary_byte(bytes: &[u8]) -> Option<(usize, u8)> {
    let strange = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    bytes.iter().copied().enumerate().find(|(_, b)| strange(*b))
}

/// UTF-16 that has lost its mark: Notepad's "Unicode", cut or joined by another program.
fn utf16(bytes: &[u8]) -> Option<(String, Option<&'static Encoding>)> {
    if bytes.len() % 2 == 1 || bytes.len() < 8 {
        return None;
    }
    [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE]
        .into_iter()
        .filter_map(|encoding| whole(encoding, bytes).map(|text| (text, Some(encoding))))
        .find(|(text, _)| is_mostly_chinese(text))
}

fn is_mostly_chinese(text: &str) -> bool {
    let usual = |c: char| {
        matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2027}')
            || c.is_ascii() && (!c.is_ascii_control() || c.is_ascii_whitespace())
    };
    let count = text.chars().count();
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    text.chars().filter(|c| usual(*c)).count() * 10 >= count * 9 && text.contains(is_han)
}

/// Whether most characters beyond ASCII are well-formed UTF-8: then a byte is broken, and another
/// encoding would make gibberish of the rest.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let well = text.chars().filter(|c| u32::from(*c) >= 0x800 && *c != char::REPLACEMENT_CHARACTER).count();
    well > 2 * broken
}

/// The encoding in which every byte makes sense and the text reads Chinese.
fn guess(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guesses = [None, Some(b"cn".as_slice())];
    let guesses = guesses.map(|tld| superset(detector.guess(tld, chardetng::Utf8Detection::Deny)));
    guesses
        .into_iter()
        .chain([encoding_rs::GB18030])
        .filter_map(|encoding| whole(encoding, bytes).map(|text| (text, encoding)))
        .find(|(text, _)| is_mostly_chinese(text))
}

fn not_utf8(bytes: &[u8], at: usize) -> SourceError {
    let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |k| k + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |k| at + k);
    SourceError::NotUtf8 {
        line: bytes[..at].iter().filter(|b| **b == b'\n').count() + 1,
        column: String::from_utf8_lossy(&bytes[start..at]).chars().count() + 1,
        source_line: String::from_utf8_lossy(&bytes[start..end]).trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes, None).unwrap().0
    }

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        let (text, notices) = decode(bytes, None).unwrap();
        let Some(Notice::Decoded { encoding }) = notices.first() else { panic!("{text}") };
        (text, encoding)
    }

    #[test]
    fn byte_order_marks_are_dropped() {
        assert_eq!(text("\u{feff}甲".as_bytes()), "甲");
        let utf16: Vec<u8> = "\u{feff}甲乙".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
        assert_eq!(text(&utf16), "甲乙");
    }

    #[test]
    fn a_wrong_byte_is_placed() {
        let mut bytes = "第一行\n第二".as_bytes().to_vec();
        bytes.push(0xff);
        bytes.extend("行\n".as_bytes());
        let Err(SourceError::NotUtf8 { line, column, source_line, .. }) = decode(&bytes, None) else {
            panic!()
        };
        assert_eq!((line, column, source_line.as_str()), (2, 3, "第二\u{fffd}行"));
    }

    #[test]
    fn other_encodings_are_told() {
        let prose = "政协委员大会发言，推进高质量发展。请各位委员审议。";
        for (name, encoding) in [("gb18030", encoding_rs::GB18030), ("Big5", encoding_rs::BIG5)] {
            let prose = if name == "Big5" {
                "政協委員大會發言，推進高質量發展。請各位委員審議。"
            } else {
                prose
            };
            assert_eq!(decoded(&encoding.encode(prose).0), (prose.to_owned(), name));
        }
        // Few words say little; the mainland's encoding is the likelier.
        assert_eq!(decoded(&encoding_rs::GB18030.encode("夯实基础").0), ("夯实基础".to_owned(), "gb18030"));
        let bare: Vec<u8> = prose.encode_utf16().flat_map(u16::to_be_bytes).chain([0, 10]).collect();
        assert_eq!(decoded(&bare), (format!("{prose}\n"), "UTF-16BE"));
    }

    #[test]
    fn text_goes_back_as_it_came() {
        let prose = "政协委员大会发言，推进高质量发展。请各位委员审议。";
        let marked = format!("\u{feff}{prose}");
        let files = [
            prose.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            prose.encode_utf16().flat_map(u16::to_be_bytes).chain([0, 10]).collect(),
            encoding_rs::GB18030.encode(prose).0.into_owned(),
            encoding_rs::BIG5.encode("政協委員大會發言，推進高質量發展。請各位委員審議。").0.into_owned(),
        ];
        for file in files {
            assert_eq!(encode_like(&text(&file), &file), Some(file));
        }
        let big5 = encoding_rs::BIG5.encode("政協委員大會發言，推進高質量發展。請各位委員審議。").0;
        assert_eq!(encode_like("发", &big5), None);
    }

    #[test]
    fn a_declared_encoding_counts_where_it_fits() {
        let bytes = encoding_rs::GB18030.encode("夯实").0;
        assert_eq!(decode(&bytes, Some("gb2312")).unwrap().0, "夯实");
        assert_eq!(decode("夯实".as_bytes(), Some("gb2312")).unwrap().0, "夯实");
    }

    const PROSE: &str = "政协委员大会发言，推进高质量发展。\r\n请各位委员审议。";

    /// The file with one word changed, as [`encode_like`] writes it.
    fn changed(original: &[u8], before: &str, after: &str) -> Option<Vec<u8>> {
        encode_like(&text(original).replace(before, after), original)
    }

    #[test]
    fn a_changed_text_keeps_its_encoding_and_mark() {
        let new = PROSE.replace("审议", "讨论");
        for mark in ["", "\u{feff}"] {
            let bytes = |text: &str| format!("{mark}{text}").into_bytes();
            assert_eq!(changed(&bytes(PROSE), "审议", "讨论"), Some(bytes(&new)));
            type Units = fn(u16) -> [u8; 2];
            for units in [u16::to_le_bytes as Units, u16::to_be_bytes] {
                let bytes =
                    |t: &str| -> Vec<u8> { format!("{mark}{t}").encode_utf16().flat_map(units).collect() };
                assert_eq!(changed(&bytes(PROSE), "审议", "讨论"), Some(bytes(&new)));
            }
        }
        let bytes = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        assert_eq!(changed(&bytes(PROSE), "审议", "讨论"), Some(bytes(&new)));
        assert_eq!(changed(&bytes(PROSE), "审议", "𠮷䶮"), Some(bytes(&PROSE.replace("审议", "𠮷䶮"))));
    }

    #[test]
    fn what_an_encoding_lacks_is_refused() {
        let prose = "政協委員大會發言，推進高質量發展。請各位委員審議。";
        let bytes = encoding_rs::BIG5.encode(prose).0;
        assert_eq!(changed(&bytes, "審議", "审议"), None);
        let new = prose.replace("審議", "討論");
        assert_eq!(changed(&bytes, "審議", "討論"), Some(encoding_rs::BIG5.encode(&new).0.into_owned()));
        assert_eq!(encode_like("字", b"PK\x03\x04"), None);
    }

    /// GBK's one-byte euro sign is read by a GB18030 decoder and written otherwise by its encoder.
    #[test]
    fn unchanged_characters_keep_an_odd_spelling() {
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let original = [gb(PROSE), vec![0x80], gb("元")].concat();
        let expected = [gb(&PROSE.replace("审议", "讨论")), vec![0x80], gb("元")].concat();
        assert_eq!(changed(&original, "审议", "讨论"), Some(expected));
        let both = [gb(PROSE), vec![0x80], gb("€")].concat();
        assert_eq!(changed(&both, "审议", "讨论"), None);
    }

    #[test]
    fn binary_and_empty_files_are_told_apart() {
        let error = |bytes: &[u8]| decode(bytes, None).unwrap_err();
        assert_eq!(error(b"PK\x03\x04"), SourceError::Binary { byte: 3, offset: 2 });
        assert_eq!(error(b"abc\0"), SourceError::Binary { byte: 0, offset: 3 });
        assert_eq!(error(b""), SourceError::Empty);
        assert_eq!(error(" \n\u{3000}\n".as_bytes()), SourceError::Empty);
    }
}

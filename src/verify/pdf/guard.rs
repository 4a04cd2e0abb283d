//! How much a file may unpack to and how deep it may be nested, asked before it is opened.

use std::io::{Read, Write};

use flate2::read::ZlibDecoder;

use crate::verify::PdfError;

/// A large book with its pictures and fonts.
const MOST_BYTES: usize = 512 * 1024 * 1024;
/// All of its streams, unpacked once.
const MOST_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;

/// Arrays and dictionaries inside each other. Bytes of pictures that look like brackets do not come
/// near, and the reader's stack holds more.
const MOST_DEPTH: usize = 20_000;

/// Counts brackets that are open. Strings and pictures are counted with: the limit is far.
#[derive(Default)]
struct Depth {
    now: usize,
    most: usize,
    last: u8,
}

impl Depth {
    fn is_sane(&self) -> Result<(), PdfError> {
        if self.most > MOST_DEPTH { Err(PdfError::TooLarge) } else { Ok(()) }
    }
}

impl Write for Depth {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for b in bytes {
            match (self.last, b) {
                (_, b'[') | (b'<', b'<') => self.now += 1,
                (_, b']') | (b'>', b'>') => self.now = self.now.saturating_sub(1),
                _ => {}
            }
            self.most = self.most.max(self.now);
            // The third of `<<<` opens a string.
            self.last = if matches!((self.last, b), (b'<', b'<') | (b'>', b'>')) { 0 } else { *b };
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether a file may be opened.
///
/// Unpacks every stream that looks like zlib into nothing and counts: the reader of the file itself
/// would unpack a small stream of zeros to as many gigabytes as it likes.
pub(super) fn check(bytes: &[u8]) -> Result<(), PdfError> {
    within(bytes, MOST_UNPACKED)
}

fn within(bytes: &[u8], unpacked: u64) -> Result<(), PdfError> {
    if bytes.len() > MOST_BYTES {
        return Err(PdfError::TooLarge);
    }
    let mut outside = Depth::default();
    let _ = outside.write(bytes);
    outside.is_sane()?;
    let mut left = unpacked;
    let mut at = 0;
    while let Some(found) = find(bytes, at) {
        let body = bytes.get(found..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        at = found;
        if body.first().is_some_and(|b| b & 0x0f == 8) {
            let mut decoder = ZlibDecoder::new(body);
            let mut depth = Depth::default();
            let copied = std::io::copy(&mut decoder.by_ref().take(left + 1), &mut depth);
            depth.is_sane()?;
            // A stream that ends in an error has been counted as far as it goes.
            let count = copied.unwrap_or(0).max(decoder.total_out());
            left = left.checked_sub(count).ok_or(PdfError::TooLarge)?;
            at = at.saturating_add(usize::try_from(decoder.total_in()).unwrap_or(0).saturating_sub(8).max(1));
        }
    }
    Ok(())
}

/// Behind the next `stream` that opens one.
fn find(bytes: &[u8], from: usize) -> Option<usize> {
    const WORD: &[u8] = b"stream";
    let rest = bytes.get(from..)?;
    let mut finder = rest.windows(WORD.len()).enumerate();
    finder.find_map(|(k, w)| {
        let closes = || rest.get(..k).is_some_and(|before| before.ends_with(b"end"));
        (w == WORD && !closes()).then(|| from + k + WORD.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn stream(of: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        let block = vec![0; 1 << 20];
        for _ in 0..of {
            encoder.write_all(&block).unwrap();
        }
        let mut bytes = b"1 0 obj\n<</Filter/FlateDecode>>\nstream\n".to_vec();
        bytes.extend(encoder.finish().unwrap());
        bytes.extend(b"\nendstream\nendobj\n");
        bytes
    }

    #[test]
    fn streams_are_counted_together() {
        let one = stream(4);
        assert!(one.len() < 8_000);
        assert_eq!(within(&one, 9 << 20), Ok(()));
        assert_eq!(within(&one.repeat(2), 9 << 20), Ok(()));
        assert_eq!(within(&one.repeat(3), 9 << 20), Err(PdfError::TooLarge));
    }

    #[test]
    fn nesting_is_counted() {
        assert_eq!(check(&b"[".repeat(19_000)), Ok(()));
        assert_eq!(check(&b"[<<".repeat(19_000)), Err(PdfError::TooLarge));
        assert_eq!(check(&b"[<<>>]".repeat(90_000)), Ok(()));
    }

    #[test]
    fn what_is_no_stream_is_passed_over() {
        assert_eq!(check(b"stream"), Ok(()));
        assert_eq!(check(b"endstream stream\r\nxyz"), Ok(()));
        assert_eq!(check(b"stream\n\x78\x9c\x00\x01"), Ok(()));
    }
}

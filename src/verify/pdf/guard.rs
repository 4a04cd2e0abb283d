//! How much a file may unpack to, asked before it is opened.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::verify::PdfError;

/// A large book with its pictures and fonts.
const MOST_BYTES: usize = 512 * 1024 * 1024;
/// All of its streams, unpacked once.
const MOST_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;

/// Unpacks every stream that looks like zlib into nothing and counts: the reader of the file itself
/// would unpack a small stream of zeros to as many gigabytes as it likes.
pub(super) fn check(bytes: &[u8]) -> Result<(), PdfError> {
    if bytes.len() > MOST_BYTES {
        return Err(PdfError::TooLarge);
    }
    let mut left = MOST_UNPACKED;
    let mut at = 0;
    while let Some(found) = find(bytes, at) {
        let body = bytes.get(found..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        at = found;
        if body.first().is_some_and(|b| b & 0x0f == 8) {
            let mut decoder = ZlibDecoder::new(body);
            let unpacked = std::io::copy(&mut decoder.by_ref().take(left + 1), &mut std::io::sink());
            // A stream that ends in an error has been counted as far as it goes.
            let count = unpacked.unwrap_or(0).max(decoder.total_out());
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
        let one = stream(100);
        assert!(one.len() < 200_000);
        assert_eq!(check(&one), Ok(()));
        assert_eq!(check(&one.repeat(21)), Err(PdfError::TooLarge));
    }

    #[test]
    fn what_is_no_stream_is_passed_over() {
        assert_eq!(check(b"stream"), Ok(()));
        assert_eq!(check(b"endstream stream\r\nxyz"), Ok(()));
        assert_eq!(check(b"stream\n\x78\x9c\x00\x01"), Ok(()));
    }
}

//! A zip archive of a stranger, opened with limits that are counted, not believed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::verify::PackageError;

/// Entries of the archive: a book of twenty thousand speeches.
const MOST_ENTRIES: usize = 25_000;
/// Bytes of one part that is read, unpacked, and of all of them. A book of ten million bytes has some
/// thirty million.
const LARGEST_PART: u64 = 32 << 20;
const LARGEST_ALL: u64 = 64 << 20;

/// What stands at the head of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Mimetype {
    /// The first entry, stored as it is, without extra fields, and the right one.
    Right,
    /// Another entry comes first.
    NotFirst,
    /// It is packed, or has extra fields.
    Packed,
    /// It says something else.
    Other,
}

/// An archive in memory.
pub(in crate::verify) struct Archive<'a> {
    bytes: &'a [u8],
    archive: RefCell<ZipArchive<Cursor<&'a [u8]>>>,
    places: BTreeMap<String, usize>,
    taken: Cell<u64>,
}

impl<'a> Archive<'a> {
    pub(in crate::verify) fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        if !bytes.starts_with(b"PK") {
            return Err(PackageError::NotOfForm);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::damaged(""))?;
        let start = usize::try_from(archive.central_directory_start()).unwrap_or(usize::MAX);
        let listed = listed(bytes.get(start..).unwrap_or_default());
        if listed.max(archive.len()) > MOST_ENTRIES {
            return Err(PackageError::too_large(""));
        }
        let names = (0..archive.len()).filter_map(|k| Some((archive.name_for_index(k)?.to_owned(), k)));
        let places: BTreeMap<String, usize> = names.collect();
        // Of two entries with one name each reader takes another: what is proved of one is not of the other.
        if places.len() < listed {
            return Err(PackageError::damaged(""));
        }
        Ok(Self { bytes, archive: RefCell::new(archive), places, taken: Cell::new(0) })
    }

    /// The names of all files, sorted.
    pub(in crate::verify) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    pub(in crate::verify) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// A part's text, or none when there is no such part: UTF-8, or UTF-16 with its mark.
    pub(in crate::verify) fn text(&self, name: &str) -> Result<Option<String>, PackageError> {
        let Some(index) = self.places.get(name) else { return Ok(None) };
        let mut archive = self.archive.borrow_mut();
        let mut file = match archive.by_index(*index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(PackageError::Encrypted);
            }
            Err(_) => return Err(PackageError::damaged(name)),
        };
        let room = LARGEST_PART.min(LARGEST_ALL.saturating_sub(self.taken.get()));
        let mut bytes = Vec::new();
        (&mut file).take(room + 1).read_to_end(&mut bytes).map_err(|_| PackageError::damaged(name))?;
        if bytes.len() as u64 > room {
            return Err(PackageError::too_large(name));
        }
        self.taken.set(self.taken.get() + bytes.len() as u64);
        let text = match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, mark)) => {
                let body = bytes.get(mark..).unwrap_or_default();
                let (text, wrong) = encoding.decode_without_bom_handling(body);
                (!wrong).then(|| text.into_owned())
            }
            None => String::from_utf8(bytes).ok(),
        };
        text.map(Some).ok_or_else(|| PackageError::damaged(name))
    }

    /// Whether the archive begins as an e-book has to (EPUB OCF 3.3, 4.3: first, stored, no extra field).
    pub(in crate::verify) fn mimetype(&self, wanted: &str) -> Mimetype {
        let number = |at: usize| self.bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        const NAME: &[u8] = b"mimetype";
        if number(26) != Some(8) || self.bytes.get(30..38) != Some(NAME) {
            return Mimetype::NotFirst;
        }
        if number(8) != Some(0) || number(28) != Some(0) {
            return Mimetype::Packed;
        }
        match self.text("mimetype") {
            Ok(Some(text)) if text == wanted => Mimetype::Right,
            _ => Mimetype::Other,
        }
    }
}

/// How many entries the archive's own directory has: the library keeps one of several of a name.
fn listed(directory: &[u8]) -> usize {
    let mut count = 0;
    let mut rest = directory;
    let number = |bytes: &[u8], at: usize| match bytes.get(at..at + 2) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    };
    while rest.starts_with(b"PK\x01\x02") && count <= MOST_ENTRIES {
        count += 1;
        let length = 46 + number(rest, 28) + number(rest, 30) + number(rest, 32);
        rest = rest.get(length..).unwrap_or_default();
    }
    count
}

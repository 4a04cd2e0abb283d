//! The package: a zip archive of a stranger, opened with limits that are counted, not believed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::source::{Foreign, SourceError};

/// Bytes of one part, unpacked: of a picture, and of XML, which grows when it is read.
const LARGEST_PART: u64 = 64 << 20;
const LARGEST_XML: u64 = 32 << 20;
/// Bytes of all parts read, unpacked, and of all XML. A book of ten million bytes has some thirty million.
const LARGEST_ALL: u64 = 192 << 20;
const LARGEST_ALL_XML: u64 = 48 << 20;
/// Entries of the archive.
const MOST_ENTRIES: usize = 2_000;

/// An opened package. Part names are compared without case, as the standard says.
#[derive(Debug)]
pub(in crate::source) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    taken: u64,
    taken_xml: u64,
}

impl<'a> Package<'a> {
    pub(in crate::source) fn open(bytes: &'a [u8]) -> Result<Self, SourceError> {
        let broken = |_| SourceError::Damaged { part: String::new() };
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let start = usize::try_from(archive.central_directory_start()).unwrap_or(usize::MAX);
        let names = listed(bytes.get(start..).unwrap_or_default());
        if names.len().max(archive.len()) > MOST_ENTRIES {
            return Err(SourceError::TooManyParts { limit: MOST_ENTRIES });
        }
        let mut seen = BTreeMap::new();
        for name in names {
            let key = String::from_utf8_lossy(name).to_lowercase();
            if seen.insert(key, ()).is_some() {
                return Err(SourceError::DuplicatePart { part: shown(name) });
            }
        }
        let mut places = BTreeMap::new();
        for index in 0..archive.len() {
            let Some(name) = archive.name_for_index(index) else { continue };
            if places.insert(name.trim_start_matches('/').to_lowercase(), index).is_some() {
                return Err(SourceError::DuplicatePart { part: shown(name.as_bytes()) });
            }
        }
        Ok(Self { archive, places, taken: 0, taken_xml: 0 })
    }

    pub(in crate::source) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_lowercase())
    }

    /// The bytes of a part, or none when there is no such part.
    pub(in crate::source) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.unpacked(name, LARGEST_PART)
    }

    fn unpacked(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(index) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        let damaged = || SourceError::Damaged { part: name.to_owned() };
        let mut file = match self.archive.by_index(*index) {
            Ok(file) => file,
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(SourceError::Foreign { form: Foreign::Encrypted });
            }
            Err(_) => return Err(damaged()),
        };
        let room = most.min(LARGEST_ALL.saturating_sub(self.taken));
        let mut bytes = Vec::new();
        (&mut file).take(room + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = bytes.len() as u64;
        if length > room {
            return Err(SourceError::TooLarge { part: name.to_owned(), limit: room >> 20 });
        }
        self.taken += length;
        Ok(Some(bytes))
    }

    /// A part's text: XML is UTF-8, or UTF-16 with its mark.
    pub(in crate::source) fn text(&mut self, name: &str) -> Result<Option<String>, SourceError> {
        let room = LARGEST_XML.min(LARGEST_ALL_XML.saturating_sub(self.taken_xml));
        let Some(bytes) = self.unpacked(name, room)? else { return Ok(None) };
        self.taken_xml += bytes.len() as u64;
        let malformed = || SourceError::Malformed { part: name.to_owned() };
        let text = match encoding_rs::Encoding::for_bom(&bytes) {
            Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => {
                let body = bytes.get(mark..).unwrap_or_default();
                let (text, wrong) = encoding.decode_without_bom_handling(body);
                if wrong { None } else { Some(text.into_owned()) }
            }
            Some((_, mark)) => String::from_utf8(bytes.get(mark..).unwrap_or_default().to_vec()).ok(),
            None => String::from_utf8(bytes).ok(),
        };
        text.map(Some).ok_or_else(malformed)
    }
}

/// The names in the archive's own directory. The library keeps one of several entries of a name, so
/// that they must be counted here.
fn listed(directory: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut rest = directory;
    let number = |bytes: &[u8], at: usize| match bytes.get(at..at + 2) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    };
    while rest.starts_with(b"PK\x01\x02") && names.len() <= MOST_ENTRIES {
        let (name, extra, comment) = (number(rest, 28), number(rest, 30), number(rest, 32));
        let Some(bytes) = rest.get(46..46 + name) else { break };
        names.push(bytes);
        rest = rest.get(46 + name + extra + comment..).unwrap_or_default();
    }
    names
}

fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).chars().filter(|c| !c.is_control()).take(80).collect()
}

//! What an excerpt takes along on its way to a department, so that the file that comes back can be
//! compared with what was sent: the excerpt's own tree, packed into short named texts.
//!
//! A Word file keeps them as custom properties (`docProps/custom.xml`) and, once more, in a custom XML
//! part. Every value is short because Office may cut longer ones; names are padded with zeros because
//! LibreOffice sorts them. Only the excerpt's tree is in it: no word of anybody else's speech.
//!
//! | name | value |
//! |---|---|
//! | `jianbao.version` | [`BASE_VERSION`] |
//! | `jianbao.excerpt` | [`Base::excerpt`] |
//! | `jianbao.sha256` | of the payload's text, in hexadecimal |
//! | `jianbao.base.0001` … | the payload: JSON, deflated, base64url, at most [`CHUNK`] characters a piece |

use std::collections::BTreeMap;
use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use crate::hash::sha256_hex;
use crate::tree::{NodeId, Proceedings, SourceFile};

/// The version of the packed form, raised when a reader of the old one would misread the new.
pub const BASE_VERSION: u32 = 1;

/// The namespace of the custom XML part: `<base xmlns=…><value name="jianbao.base.0001">…</value>…</base>`.
pub const BASE_NAMESPACE: &str = "urn:jianbao:base";

/// The most characters a value has.
pub const CHUNK: usize = 240;

/// The most bytes the payload may have while packed; more is not unpacked.
const MAX_PACKED: usize = 32 << 20;

/// The most bytes of JSON that are unpacked.
const MAX_JSON: u64 = 96 << 20;

const VERSION: &str = "jianbao.version";
const EXCERPT: &str = "jianbao.excerpt";
const SHA256: &str = "jianbao.sha256";
const PIECE: &str = "jianbao.base.";

/// What was sent, as the file that was sent remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Base {
    /// [`BASE_VERSION`] of whoever wrote it.
    pub version: u32,
    /// Which sending this is: 16 hexadecimal digits over tree and recipient, so that the same excerpt
    /// of the same source sent to the same department has the same id.
    pub excerpt: String,
    /// The department it was sent to, where one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The excerpt, node ids as in the whole book, spans into the files of [`Base::sources`].
    pub tree: Proceedings,
    /// SHA-256 of the pictures the file shows, by the path a figure names; absent in older files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, String>,
}

/// Why a file gives no base text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaseError {
    /// There is none: the file was sent plain, or a program dropped it.
    #[error("no base text")]
    Missing,
    /// A piece is missing or another: the hash isn't that of the payload.
    #[error("the base text is damaged")]
    Damaged,
    /// A later jianbao wrote it.
    #[error("base text of version {0}, this jianbao reads {BASE_VERSION}")]
    Version(String),
    /// Larger than any excerpt; not unpacked.
    #[error("the base text is too large")]
    TooLarge,
    /// The hash is right and the content is no tree.
    #[error("the base text cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Packing failed.
    #[error("the base text cannot be packed: {0}")]
    Packing(#[from] std::io::Error),
}

impl Base {
    /// The base of an excerpt, with its id.
    ///
    /// # Errors
    /// [`BaseError::Unreadable`] by the signature of serialising; never for a tree made by this crate.
    pub fn new(tree: Proceedings, to: Option<String>) -> Result<Self, BaseError> {
        let mut hashed = serde_json::to_vec(&tree)?;
        hashed.push(0);
        hashed.extend_from_slice(to.as_deref().unwrap_or_default().as_bytes());
        let excerpt = sha256_hex(&hashed).chars().take(16).collect();
        Ok(Self { version: BASE_VERSION, excerpt, to, tree, pictures: BTreeMap::new() })
    }

    /// With the pictures that the file shows.
    #[must_use]
    pub fn with_pictures(mut self, pictures: BTreeMap<String, String>) -> Self {
        self.pictures = pictures;
        self
    }

    /// The files the excerpt was taken from, with the hashes they had then.
    #[must_use]
    pub fn sources(&self) -> &[SourceFile] {
        &self.tree.files
    }

    /// Packs it as names and values, sorted by name.
    ///
    /// # Errors
    /// As [`Base::new`], or [`BaseError::TooLarge`] where [`Base::decode`] would refuse it.
    pub fn encode(&self) -> Result<Vec<(String, String)>, BaseError> {
        let json = serde_json::to_vec(self)?;
        if json.len() as u64 > MAX_JSON {
            return Err(BaseError::TooLarge);
        }
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&json)?;
        let payload = URL_SAFE_NO_PAD.encode(packer.finish()?);
        if payload.len() > MAX_PACKED {
            return Err(BaseError::TooLarge);
        }
        // All of it is ASCII, so that pieces of bytes are pieces of text.
        let pieces = payload.as_bytes().chunks(CHUNK).map(|c| String::from_utf8_lossy(c).into_owned());
        // As many digits as the last number needs: names must sort as numbers do.
        let width = payload.len().div_ceil(CHUNK).to_string().len().max(4);
        let mut pairs: Vec<_> =
            pieces.enumerate().map(|(k, piece)| (format!("{PIECE}{:0width$}", k + 1), piece)).collect();
        pairs.push((EXCERPT.into(), self.excerpt.clone()));
        pairs.push((SHA256.into(), sha256_hex(payload.as_bytes())));
        pairs.push((VERSION.into(), self.version.to_string()));
        Ok(pairs)
    }

    /// Unpacks what [`Base::encode`] packs, in any order; other names are passed over. Memory is bounded
    /// by some hundred megabytes whatever is given.
    ///
    /// # Errors
    /// A [`BaseError`] that says what is wrong. Whatever is damaged is refused: a base text with one wrong
    /// character would show edits that nobody made.
    pub fn decode<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> Result<Self, BaseError> {
        let of = |name: &str| pairs.iter().find(|(n, _)| n.as_ref() == name).map(|(_, v)| v.as_ref().trim());
        let mut pieces: Vec<(u32, &str)> = pairs
            .iter()
            .filter_map(|(n, v)| Some((n.as_ref().strip_prefix(PIECE)?.parse().ok()?, v.as_ref().trim())))
            .collect();
        if pieces.is_empty() && of(SHA256).is_none() {
            return Err(BaseError::Missing);
        }
        match of(VERSION) {
            Some(v) if v != BASE_VERSION.to_string() => return Err(BaseError::Version(v.to_owned())),
            _ => {}
        }
        pieces.sort_unstable();
        if pieces.iter().map(|(_, v)| v.len()).sum::<usize>() > MAX_PACKED {
            return Err(BaseError::TooLarge);
        }
        let payload: String = pieces.into_iter().map(|(_, v)| v).collect();
        if of(SHA256) != Some(sha256_hex(payload.as_bytes()).as_str()) {
            return Err(BaseError::Damaged);
        }
        let packed = URL_SAFE_NO_PAD.decode(payload).map_err(|_| BaseError::Damaged)?;
        let mut json = Vec::new();
        DeflateDecoder::new(packed.as_slice())
            .take(MAX_JSON + 1)
            .read_to_end(&mut json)
            .map_err(|_| BaseError::Damaged)?;
        if json.len() as u64 > MAX_JSON {
            return Err(BaseError::TooLarge);
        }
        let base: Self = serde_json::from_slice(&json)?;
        match base.version {
            BASE_VERSION => Ok(base),
            other => Err(BaseError::Version(other.to_string())),
        }
    }
}

impl NodeId {
    /// The bookmark that stands around the node in a Word file: `jb_s01_p02`. None where it would be
    /// longer than the 40 characters that Word allows and LibreOffice keeps.
    #[must_use]
    pub fn bookmark(&self) -> Option<String> {
        let name = format!("jb_{}", self.as_str().replace('.', "_"));
        let kept = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (kept && name.len() <= 40).then_some(name)
    }

    /// The node a bookmark names. It is a hint: whoever copies a paragraph copies its bookmark too.
    #[must_use]
    pub fn of_bookmark(name: &str) -> Option<Self> {
        let id = name.strip_prefix("jb_")?;
        let kept = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        kept.then(|| Self::new(id.replace('_', ".")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tree::{Block, FileId, Heading, Inline, Span, Speech, assign_ids};

    fn tree(texts: &[String]) -> Proceedings {
        let mut tree = Proceedings { title: "题".into(), ..Proceedings::default() };
        tree.files.push(SourceFile::new(FileId(2), "a.md", "00"));
        for text in texts {
            let mut speech = Speech::new(Heading::of_clauses(vec![text.clone(), "下句".into()]));
            let span = Some(Span::new(FileId(2), 3, 3 + text.len(), 1));
            speech.body.push(Block::paragraph(vec![Inline::Text { text: text.clone(), span }], span));
            tree.speeches.push(speech);
        }
        assign_ids(&mut tree);
        tree
    }

    fn long() -> Base {
        // Text that packs badly, so that there are many pieces.
        let texts: Vec<String> = (0..300u32)
            .map(|k| {
                (0..40)
                    .filter_map(|n| {
                        char::from_u32(0x4E00 + k.wrapping_mul(2_654_435_761).rotate_left(n) % 20_000)
                    })
                    .collect()
            })
            .collect();
        Base::new(tree(&texts), Some("农业农村局".into())).unwrap()
    }

    #[test]
    fn values_are_short_and_names_sort_as_numbers_do() {
        let pairs = long().encode().unwrap();
        assert!(pairs.len() > 30, "{}", pairs.len());
        assert!(pairs.iter().all(|(_, v)| v.len() <= CHUNK && v.is_ascii()));
        assert!(pairs.is_sorted());
    }

    #[test]
    fn any_order_is_read_and_strangers_are_passed_over() {
        let base = long();
        let mut pairs = base.encode().unwrap();
        pairs.reverse();
        pairs.insert(3, ("Company".into(), "x".into()));
        pairs.insert(9, ("jianbao.base.x".into(), "x".into()));
        assert_eq!(Base::decode(&pairs).unwrap(), base);
    }

    #[test]
    fn whatever_is_damaged_is_refused() {
        let pairs = long().encode().unwrap();
        for k in (0..pairs.len()).filter(|k| pairs[*k].0 != VERSION && pairs[*k].0 != EXCERPT) {
            let mut less = pairs.clone();
            less.remove(k);
            assert!(matches!(Base::decode(&less), Err(BaseError::Damaged)), "{k}");
            let mut other = pairs.clone();
            let letter = if other[k].1.starts_with('a') { "b" } else { "a" };
            other[k].1.replace_range(0..1, letter);
            assert!(matches!(Base::decode(&other), Err(BaseError::Damaged)), "{k}");
        }
        let none: [(String, String); 0] = [];
        assert!(matches!(Base::decode(&none), Err(BaseError::Missing)));
        assert!(matches!(Base::decode(&[("jianbao.version", "1"), ("a", "b")]), Err(BaseError::Missing)));
        let mut newer = pairs;
        newer.iter_mut().filter(|p| p.0 == VERSION).for_each(|p| p.1 = "2".into());
        assert!(matches!(Base::decode(&newer), Err(BaseError::Version(v)) if v == "2"));
    }

    /// Packs `json` as if it were a base.
    fn packed(json: &[u8]) -> Vec<(String, String)> {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(json).unwrap();
        let payload = URL_SAFE_NO_PAD.encode(packer.finish().unwrap());
        vec![(SHA256.into(), sha256_hex(payload.as_bytes())), (format!("{PIECE}0001"), payload)]
    }

    #[test]
    fn a_bomb_and_what_is_no_tree_are_refused() {
        let bomb = vec![b' '; MAX_JSON as usize + 2];
        assert!(matches!(Base::decode(&packed(&bomb)), Err(BaseError::TooLarge)));
        for json in ["", "1", "{}", "[[[[", &"[".repeat(100_000)] {
            assert!(
                matches!(Base::decode(&packed(json.as_bytes())), Err(BaseError::Unreadable(_))),
                "{json:.9}"
            );
        }
    }

    #[test]
    fn the_id_tells_text_and_recipient() {
        let a = Base::new(tree(&["甲".into()]), None).unwrap();
        assert_eq!(a, Base::new(tree(&["甲".into()]), None).unwrap());
        assert_ne!(a.excerpt, Base::new(tree(&["乙".into()]), None).unwrap().excerpt);
        assert_ne!(a.excerpt, Base::new(tree(&["甲".into()]), Some("局".into())).unwrap().excerpt);
        assert_eq!(a.excerpt.len(), 16);
    }

    #[test]
    fn bookmarks_name_nodes() {
        for id in ["s01.p02", "title", "s100.l01.i03.p01", "p1.p02"] {
            let id = NodeId::new(id);
            assert_eq!(NodeId::of_bookmark(&id.bookmark().unwrap()), Some(id));
        }
        assert_eq!(NodeId::new("s01.q01.q01.q01.q01.q01.q01.q01.q01.p01").bookmark(), None);
        for name in ["", "jb_", "_Toc1", "jb_甲", "jb_a b"] {
            assert_eq!(NodeId::of_bookmark(name), None, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_tree_reads_back(texts in proptest::collection::vec("\\PC{0,80}", 0..12), to in proptest::option::of("\\PC{1,9}")) {
            let base = Base::new(tree(&texts), to).unwrap();
            let pairs = base.encode().unwrap();
            prop_assert!(pairs.iter().all(|(_, v)| v.len() <= CHUNK));
            prop_assert_eq!(Base::decode(&pairs).unwrap(), base);
        }

        #[test]
        fn no_pairs_make_it_panic(pairs in proptest::collection::vec(("(jianbao\\.(base\\.[0-9]{1,5}|sha256|version))|\\PC{0,9}", "[A-Za-z0-9_-]{0,40}"), 0..20)) {
            let _ = Base::decode(&pairs);
        }
    }
}

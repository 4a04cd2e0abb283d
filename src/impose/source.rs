//! The PDF that is read: its pages with what they inherit, and their boxes.

use std::collections::BTreeSet;
use std::io::Read;

use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Error, Object, ObjectId, Stream};

use crate::impose::geometry::Rect;
use crate::impose::place::Leaf;
use crate::impose::{ImposeError, PageFault};

/// More pages than any book has; a page tree that claims more is not walked to its end.
const MOST_PAGES: usize = 50_000;
/// Nodes above a page; real trees have three or four.
const MOST_LEVELS: usize = 64;
/// What a page's content may unpack to.
pub(super) const MOST_CONTENT: usize = 256 << 20;

/// An opened PDF.
pub(super) struct Source {
    pub(super) document: Document,
    pub(super) pages: Vec<Page>,
    /// Every node of the page tree, the pages too.
    pub(super) nodes: BTreeSet<ObjectId>,
    /// The cross-reference table was wrong and had to be made anew.
    pub(super) was_repaired: bool,
}

/// A page and what it inherits.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) id: ObjectId,
    pub(super) leaf: Leaf,
    /// The trim with as much bleed as the file has.
    pub(super) bleed: Rect,
    /// Where resources stand, and the node that holds them.
    pub(super) resources: Option<(ObjectId, Object)>,
    pub(super) contents: Vec<ObjectId>,
    /// The transparency group of the whole page.
    pub(super) group: Option<Object>,
    pub(super) annotations: Vec<Dictionary>,
}

/// What pages take from the nodes above.
#[derive(Clone, Default)]
struct Inherited {
    resources: Option<(ObjectId, Object)>,
    media: Option<Rect>,
    crop: Option<Rect>,
    rotate: i64,
}

impl Source {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ImposeError> {
        // Readers look for the mark in the first kilobyte, as Acrobat always has.
        if !bytes.get(..bytes.len().min(1024)).unwrap_or(bytes).windows(5).any(|w| w == b"%PDF-") {
            return Err(ImposeError::NotPdf);
        }
        let document = match Document::load_mem(bytes) {
            Ok(document) => document,
            Err(Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) | Error::Decryption(_)) => {
                return Err(ImposeError::Encrypted);
            }
            Err(error) => return Err(ImposeError::Damaged { why: error.to_string() }),
        };
        // An empty password opens many files whose owner forbids changes; that is not ours to pass over.
        if document.is_encrypted() || document.was_encrypted() {
            return Err(ImposeError::Encrypted);
        }
        let was_repaired = document.xref_recovery == Some(XrefRecovery::Reconstructed);
        let mut source = Self { document, pages: Vec::new(), nodes: BTreeSet::new(), was_repaired };
        let (pages, nodes) = source.walk()?;
        (source.pages, source.nodes) = (pages, nodes);
        if source.pages.is_empty() {
            return Err(ImposeError::NoPages);
        }
        Ok(source)
    }

    pub(super) fn catalog(&self) -> Option<&Dictionary> {
        self.document.catalog().ok()
    }

    /// What a key leads to, references followed.
    pub(super) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.follow(dictionary.get(key).ok()?)
    }

    pub(super) fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.get(dictionary, key).and_then(as_dictionary)
    }

    pub(super) fn follow<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object).filter(|o| !o.is_null())
    }

    pub(super) fn stream(&self, id: ObjectId) -> Option<&Stream> {
        self.document.get_object(id).ok()?.as_stream().ok()
    }

    /// A row of numbers, such as a box or a matrix.
    pub(super) fn row<const N: usize>(&self, object: &Object) -> Option<[f64; N]> {
        let array = self.follow(object)?.as_array().ok()?;
        let mut numbers = [0.0; N];
        for (number, object) in numbers.iter_mut().zip(array) {
            *number = f64::from(self.follow(object)?.as_float().ok()?);
        }
        (array.len() >= N && numbers.iter().all(|n| n.is_finite())).then_some(numbers)
    }

    pub(super) fn rect(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Rect> {
        let [a, b, c, d] = self.row(dictionary.get(key).ok()?)?;
        let rect = Rect::new((a, b), (c, d));
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
    }

    fn walk(&self) -> Result<(Vec<Page>, BTreeSet<ObjectId>), ImposeError> {
        let catalog = self.catalog().ok_or(ImposeError::PageTree)?;
        let root = catalog.get(b"Pages").and_then(Object::as_reference);
        let root = root.map_err(|_| ImposeError::PageTree)?;
        let (mut pages, mut nodes) = (Vec::new(), BTreeSet::new());
        let mut steps = 0;
        let mut open = vec![(root, Inherited::default(), 0)];
        while let Some((id, inherited, level)) = open.pop() {
            steps += 1;
            if steps > 2 * MOST_PAGES || level > MOST_LEVELS {
                return Err(ImposeError::PageTree);
            }
            let node = self.document.get_dictionary(id);
            let node = node.map_err(|_| ImposeError::PageTree)?;
            nodes.insert(id);
            let inherited = self.inherit(id, node, inherited);
            let Some(kids) = self.get(node, b"Kids").and_then(|kids| kids.as_array().ok()) else {
                pages.push(self.page(id, node, inherited, pages.len())?);
                continue;
            };
            for kid in kids.iter().rev() {
                let kid = kid.as_reference().map_err(|_| ImposeError::PageTree)?;
                open.push((kid, inherited.clone(), level + 1));
            }
        }
        Ok((pages, nodes))
    }

    fn inherit(&self, id: ObjectId, node: &Dictionary, mut inherited: Inherited) -> Inherited {
        if let Ok(resources) = node.get(b"Resources") {
            inherited.resources = Some((id, resources.clone()));
        }
        inherited.media = self.rect(node, b"MediaBox").or(inherited.media);
        inherited.crop = self.rect(node, b"CropBox").or(inherited.crop);
        if let Some(rotate) = self.get(node, b"Rotate").and_then(|r| r.as_float().ok()) {
            inherited.rotate = rotate as i64;
        }
        inherited
    }

    fn page(
        &self,
        id: ObjectId,
        node: &Dictionary,
        inherited: Inherited,
        number: usize,
    ) -> Result<Page, ImposeError> {
        let broken = |fault| ImposeError::Page { page: number + 1, fault };
        // Readers show a page without a size as US Letter; a booklet of it would be a guess.
        let media = inherited.media.ok_or_else(|| broken(PageFault::Size))?;
        let shown = inherited.crop.and_then(|crop| crop.meet(&media)).unwrap_or(media);
        let within = |key: &[u8]| self.rect(node, key).and_then(|rect| rect.meet(&media));
        let trim = within(b"TrimBox").unwrap_or(shown);
        // Beyond the trim there may be printer's marks; only what is called bleed is bleed.
        let bleed = within(b"BleedBox").map_or(trim, |bleed| bleed.join(&trim));
        let unit = self.get(node, b"UserUnit").and_then(|u| u.as_float().ok()).map_or(1.0, f64::from);
        if !(unit.is_finite() && unit > 0.0) {
            return Err(broken(PageFault::Size));
        }
        let rotate = u16::try_from(inherited.rotate.rem_euclid(360) / 90 * 90).unwrap_or(0);
        Ok(Page {
            id,
            leaf: Leaf { trim, rotate, unit },
            bleed,
            resources: inherited.resources,
            contents: self.contents(node).ok_or_else(|| broken(PageFault::Missing))?,
            group: node.get(b"Group").ok().cloned(),
            annotations: self.annotations(node),
        })
    }

    /// The streams of a page; none if one of them is not there.
    fn contents(&self, node: &Dictionary) -> Option<Vec<ObjectId>> {
        let Ok(contents) = node.get(b"Contents") else { return Some(Vec::new()) };
        let (id, object) = self.document.dereference(contents).ok()?;
        match object {
            Object::Null => Some(Vec::new()),
            Object::Stream(_) => Some(vec![id?]),
            Object::Array(parts) => {
                let streams = parts.iter().map(|part| {
                    let (id, object) = self.document.dereference(part).ok()?;
                    object.as_stream().ok().and(id)
                });
                streams.collect()
            }
            _ => None,
        }
    }

    fn annotations(&self, node: &Dictionary) -> Vec<Dictionary> {
        let array = self.get(node, b"Annots").and_then(|a| a.as_array().ok());
        let each = array.into_iter().flatten().filter_map(|a| self.follow(a).and_then(as_dictionary));
        each.cloned().collect()
    }

    /// A page's content, unpacked; several streams are one, parted by line ends.
    pub(super) fn content(&self, page: &Page, number: usize) -> Result<Vec<u8>, ImposeError> {
        let mut all = Vec::new();
        for id in &page.contents {
            let Some(part) = self.stream(*id).and_then(|stream| self.unpacked(stream)) else {
                return Err(ImposeError::Page { page: number + 1, fault: PageFault::Packed });
            };
            all.extend_from_slice(&part);
            all.push(b'\n');
            if all.len() > MOST_CONTENT {
                return Err(ImposeError::Page { page: number + 1, fault: PageFault::TooMuch });
            }
        }
        Ok(all)
    }

    /// A stream without its filters; none if it cannot be unpacked to its end.
    pub(super) fn unpacked(&self, stream: &Stream) -> Option<Vec<u8>> {
        let mut plain = stream.clone();
        for key in [b"Filter".as_slice(), b"DecodeParms"] {
            if let Some(value) = self.get(&stream.dict, key) {
                plain.dict.set(key, value.clone());
            }
        }
        let is_deflated = plain.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
        if is_deflated && !plain.dict.has(b"DecodeParms") {
            // lopdf gives what it could read of a broken stream; half a page must not be printed.
            let mut text = Vec::new();
            let decoder = flate2::read::ZlibDecoder::new(stream.content.as_slice());
            let read = decoder.take(MOST_CONTENT as u64).read_to_end(&mut text);
            return read.ok().map(|_| text);
        }
        plain.get_plain_content_with_limit(MOST_CONTENT).ok()
    }
}

/// The dictionary an object is or, as a stream, has.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

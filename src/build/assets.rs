//! The pictures that figures name: read once, checked, never from outside the book's folders. Those
//! that a source file itself holds are taken from it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::messages::Say;
use crate::render::{Asset, Assets};
use crate::tree::{Block, BlockKind, FileId, Proceedings, Span};

/// A picture above this size is refused: no page needs it, and it would be kept in memory.
const LARGEST: u64 = 64 << 20;

/// Where the sources of a book stand, and the pictures they hold themselves.
pub(super) struct Sources<'a> {
    /// The folder of each file.
    pub(super) folders: BTreeMap<FileId, PathBuf>,
    /// Pictures inside each file, by the name its figures call them.
    pub(super) held: BTreeMap<FileId, BTreeMap<String, Vec<u8>>>,
    /// The book's folder.
    pub(super) base: &'a Path,
}

/// Reads the pictures of a tree. The path of each figure is made relative to the book's, so that it is
/// one name for one file however many folders the sources stand in.
pub(super) fn load(
    tree: &mut Proceedings,
    mut sources: Sources<'_>,
    mut report: impl FnMut(&str, Option<Span>, Say),
) -> Assets {
    let mut assets = Assets::new();
    let mut blocks: Vec<&mut Block> = tree
        .lede
        .iter_mut()
        .chain(tree.parts.iter_mut().flat_map(|p| &mut p.intro))
        .chain(tree.speeches.iter_mut().flat_map(|s| &mut s.body))
        .collect();
    blocks.reverse();
    let mut taken: BTreeMap<(FileId, String), String> = BTreeMap::new();
    while let Some(block) = blocks.pop() {
        let span = block.span;
        match &mut block.kind {
            BlockKind::Figure(figure) => {
                let key = span.map(|s| (s.file, figure.src.clone()));
                if let Some(name) = key.as_ref().and_then(|k| taken.get(k)) {
                    figure.src.clone_from(name);
                    continue;
                }
                let found = match sources.take(span, &figure.src) {
                    Some(bytes) => examine(bytes)
                        .map(|asset| (sources.name(span, &figure.src, &assets), asset))
                        .ok_or_else(|| Say::new("picture-broken")),
                    None => {
                        let folder = span.and_then(|s| sources.folders.get(&s.file));
                        read(folder.map_or(sources.base, PathBuf::as_path), sources.base, &figure.src)
                    }
                };
                match found {
                    Ok((name, asset)) => {
                        taken.extend(key.map(|k| (k, name.clone())));
                        figure.src.clone_from(&name);
                        assets.insert(name, asset);
                    }
                    Err(say) => report(&figure.src, span, say),
                }
            }
            BlockKind::List(list) => blocks.extend(list.items.iter_mut().flat_map(|i| &mut i.blocks).rev()),
            BlockKind::Quote(quote) => blocks.extend(quote.blocks.iter_mut().rev()),
            BlockKind::Note(note) => blocks.extend(note.blocks.iter_mut().rev()),
            BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) => {}
        }
    }
    assets
}

impl Sources<'_> {
    /// A picture that the file itself holds.
    fn take(&mut self, span: Option<Span>, src: &str) -> Option<Vec<u8>> {
        self.held.get_mut(&span?.file)?.remove(src)
    }

    /// The name of such a picture among all of the book's: another file may hold one of its name.
    fn name(&self, span: Option<Span>, src: &str, assets: &Assets) -> String {
        if self.folders.len() <= 1 {
            return src.to_owned();
        }
        let file = span.map_or(0, |s| s.file.0) + 1;
        let (folder, own) = src.rsplit_once('/').unwrap_or(("media", src));
        let names = (1..).map(|k| match k {
            1 => src.to_owned(),
            2 => format!("{folder}/{file}-{own}"),
            _ => format!("{folder}/{file}-{k}-{own}"),
        });
        let is_free = |name: &String| !assets.contains_key(name) && !self.base.join(name).exists();
        names.into_iter().find(is_free).unwrap_or_else(|| src.to_owned())
    }
}

fn read(folder: &Path, base: &Path, src: &str) -> Result<(String, Asset), Say> {
    // http:, https:, file:, data: and the like; a drive letter of Windows is one character.
    let scheme = src.split_once(':').map(|(scheme, _)| scheme);
    if scheme
        .is_some_and(|s| s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)))
    {
        return Err(Say::new("picture-remote"));
    }
    let missing = |_| Say::new("picture-missing");
    // Editors write 中 文.png as an address, with percent signs.
    let decoded = percent_encoding::percent_decode_str(src).decode_utf8_lossy();
    let path = folder
        .join(src)
        .canonicalize()
        .or_else(|_| folder.join(&*decoded).canonicalize())
        .map_err(missing)?;
    let fences = [folder, base].map(|f| f.canonicalize());
    let Some(fence) = fences.iter().flatten().rev().find(|f| path.starts_with(f)) else {
        return Err(Say::new("picture-outside"));
    };
    let size = path.metadata().map_err(missing)?.len();
    if size > LARGEST {
        return Err(Say::new("picture-large"));
    }
    let bytes = std::fs::read(&path).map_err(missing)?;
    let asset = examine(bytes).ok_or_else(|| Say::new("picture-broken"))?;
    let inside = path.strip_prefix(fence).unwrap_or(&path);
    let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    Ok((parts.join("/"), asset))
}

fn examine(bytes: Vec<u8>) -> Option<Asset> {
    let (media_type, ending) = match imagesize::image_type(&bytes).ok()? {
        imagesize::ImageType::Png => ("image/png", "png"),
        imagesize::ImageType::Jpeg => ("image/jpeg", "jpg"),
        imagesize::ImageType::Gif => ("image/gif", "gif"),
        imagesize::ImageType::Webp => ("image/webp", "webp"),
        _ => return None,
    };
    let size = imagesize::blob_size(&bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    (width > 0 && height > 0 && is_whole(&bytes, ending)).then_some(Asset {
        bytes,
        media_type,
        ending,
        width,
        height,
    })
}

/// Whether the file has its end: a picture cut off on the way shows in one program and not in the
/// next.
fn is_whole(bytes: &[u8], ending: &str) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(64)..];
    match ending {
        "png" => tail.windows(4).any(|w| w == b"IEND"),
        "jpg" => tail.windows(2).any(|w| w == [0xff, 0xd9]),
        "gif" => tail.contains(&0x3b),
        _ => true,
    }
}

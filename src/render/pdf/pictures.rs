//! The pictures of a book under names that are safe on every system.

use std::collections::BTreeMap;

use crate::render::{Asset, Job, Note};
use crate::tree::{Block, BlockKind, Visit, walk_block};

/// The pictures a tree's figures name.
pub(super) struct Pictures<'a> {
    /// The bytes by the path inside the project.
    pub(super) files: BTreeMap<String, &'a [u8]>,
    /// One note for every picture that is not there.
    pub(super) notes: Vec<Note>,
    names: BTreeMap<&'a str, String>,
}

impl<'a> Pictures<'a> {
    /// Numbers the pictures in the order the figures stand in.
    pub(super) fn of(job: &Job<'a>) -> Self {
        let mut sources = Sources::default();
        sources.proceedings(job.tree);
        let mut this = Self { files: BTreeMap::new(), notes: Vec::new(), names: BTreeMap::new() };
        for src in sources.0 {
            let found = job.assets.get_key_value(&src).filter(|(_, asset)| opens(asset));
            let Some((key, asset)) = found else {
                this.notes.push(Note::PictureMissing { src });
                continue;
            };
            let path = format!("assets/picture-{:02}.{}", this.files.len() + 1, asset.ending);
            this.files.insert(path.clone(), &asset.bytes);
            this.names.insert(key, path);
        }
        this
    }

    /// The path inside the project of the picture a figure names.
    pub(super) fn path(&self, src: &str) -> Option<&str> {
        self.names.get(src).map(String::as_str)
    }
}

/// Whether the typesetter can read a picture: a broken one must not stop the book. What is decoded
/// here is remembered for the pages.
#[cfg(feature = "pdf")]
fn opens(asset: &Asset) -> bool {
    use typst::foundations::Bytes;
    use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};
    let data = Bytes::new(asset.bytes.clone());
    if asset.ending == "svg" {
        return SvgImage::new(data).is_ok();
    }
    let format = match asset.ending {
        "png" => ExchangeFormat::Png,
        "jpg" | "jpeg" => ExchangeFormat::Jpg,
        "gif" => ExchangeFormat::Gif,
        "webp" => ExchangeFormat::Webp,
        _ => return false,
    };
    RasterImage::plain(data, format).is_ok()
}

/// Without the engine nobody here can tell.
#[cfg(not(feature = "pdf"))]
fn opens(_asset: &Asset) -> bool {
    true
}

/// The paths figures name, each once, in order.
#[derive(Default)]
struct Sources(Vec<String>);

impl Visit for Sources {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure(figure) = &block.kind
            && !self.0.contains(&figure.src)
        {
            self.0.push(figure.src.clone());
        }
        walk_block(self, block);
    }
}

//! The pictures of the book: which are there, and what they are called.

use std::collections::BTreeMap;

use crate::hash::sha256_hex;
use crate::render::epub::model::Picture;
use crate::render::{Asset, Assets};
use crate::tree::{Block, BlockKind, Figure, Proceedings, Visit, plain_text, walk_block};

/// The pictures the tree's figures name.
#[derive(Debug, Default)]
pub(super) struct Pictures<'a> {
    found: BTreeMap<String, Picture>,
    /// The files by their name in the book, each once.
    pub(super) files: BTreeMap<String, &'a Asset>,
    /// What could not be had, each once, in the tree's order.
    pub(super) missing: Vec<String>,
    /// Whether every picture says what it shows.
    pub(super) all_described: bool,
}

impl<'a> Pictures<'a> {
    /// Looks every figure up. A file's name comes from its content: short, ASCII, the same every run.
    pub(super) fn of(tree: &Proceedings, assets: &'a Assets) -> Self {
        let mut figures = Figures(Vec::new());
        figures.proceedings(tree);
        let mut out = Self { all_described: true, ..Self::default() };
        for (src, described) in figures.0 {
            let Some(asset) = assets.get(&src) else {
                if !out.missing.contains(&src) {
                    out.missing.push(src);
                }
                continue;
            };
            out.all_described &= described;
            if !out.found.contains_key(&src) {
                let hash = sha256_hex(&asset.bytes);
                let file = format!("images/{}.{}", &hash[..16], asset.ending);
                out.files.insert(file.clone(), asset);
                out.found.insert(src, Picture { file, width: asset.width, height: asset.height });
            }
        }
        out
    }

    /// The picture the tree names `src`.
    pub(super) fn named(&self, src: &str) -> Option<&Picture> {
        self.found.get(src)
    }

    /// What a figure shows: its alternative text, else its caption.
    pub(super) fn alternative(figure: &Figure) -> String {
        if figure.alt.trim().is_empty() { plain_text(&figure.caption) } else { figure.alt.clone() }
    }

    /// Whether one of the files may move.
    pub(super) fn may_move(&self) -> bool {
        self.files.values().any(|asset| matches!(asset.media_type, "image/gif" | "image/webp"))
    }
}

struct Figures(Vec<(String, bool)>);

impl Visit for Figures {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure(figure) = &block.kind {
            self.0.push((figure.src.clone(), !Pictures::alternative(figure).trim().is_empty()));
        }
        walk_block(self, block);
    }
}

//! Markdown in jianbao's own form: what one edits and merges into.
//!
//! The form is that of `examples/sample.md`: title `#`, event and parts `##`, speeches `###`, below
//! them the speaker's line and the words, sub-headings one level deeper each, notes at the end of the
//! speech that refers to them. Reading it back gives the same tree; `tests/import.rs` holds the writer
//! to it on hostile trees. It is written for the parser as the Markdown reader sets it up, where
//! non-ASCII marks are letters and back-ticks and tags are characters. A general writer
//! (`pulldown-cmark-to-cmark`) knows neither of these nor speakers, and escapes less than is needed.

mod blocks;
mod escape;
mod front;
mod inline;
mod speakers;

use crate::config::Config;
use crate::render::{Artifact, Backend, Job, Note, RenderError, Rendered};
use crate::tree::{Block, BlockKind, Proceedings, Visit, walk_block};

/// Makes `.md`.
pub(crate) struct Markdown;

impl Backend for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        let text = to_markdown(job.tree, job.config)?;
        let mut rendered = Rendered::document(text.into_bytes());
        for src in pictures(job.tree) {
            match job.assets.get(&src) {
                Some(asset) if is_inside(&src) => {
                    rendered.artifacts.push(Artifact { path: src, bytes: asset.bytes.clone() });
                }
                Some(_) => {}
                None => rendered.notes.push(Note::PictureMissing { src }),
            }
        }
        Ok(rendered)
    }
}

/// The Markdown text of a tree, with front matter for what is known of the issue. It needs no fonts.
///
/// # Errors
/// A defect: settings that cannot be written as TOML.
pub fn to_markdown(tree: &Proceedings, config: &Config) -> Result<String, RenderError> {
    let front = front::matter(tree, config).map_err(|e| RenderError::defect("markdown", e))?;
    Ok(front + &blocks::book(tree))
}

/// A path that stays below the folder it is put in.
fn is_inside(src: &str) -> bool {
    !src.starts_with('/')
        && !src.contains(['\\', ':'])
        && src.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The pictures of a tree, each once, in its order.
fn pictures(tree: &Proceedings) -> Vec<String> {
    struct Figures(Vec<String>);
    impl Visit for Figures {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Figure(figure) = &block.kind
                && !self.0.contains(&figure.src)
            {
                self.0.push(figure.src.clone());
            }
            walk_block(self, block);
        }
    }
    let mut figures = Figures(Vec::new());
    figures.proceedings(tree);
    figures.0
}

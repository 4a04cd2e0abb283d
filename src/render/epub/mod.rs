//! The e-book: EPUB 3.3 with EPUB Accessibility 1.1, made with epub-builder and completed here.
//!
//! The way of a book: the tree becomes the contexts of [`model`] ([`plan`], [`body`], [`inline`]), the
//! templates `templates/epub/*.xhtml` turn these into documents ([`pages`]), foreign words are marked ([`foreign`]), rare
//! characters too and get fonts ([`rare`]), epub-builder packs the documents ([`package`]), and [`complete`] mends what it gets wrong and zips the book anew, entry by entry in
//! order and with a fixed date, so that the same job gives the same bytes.

mod body;
mod complete;
mod entry;
mod foreign;
mod front;
mod inline;
mod link;
mod marked;
mod metadata;
mod model;
mod ncx;
mod opf;
mod package;
mod pages;
mod pictures;
mod plan;
mod punycode;
mod rare;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
mod turns;
mod wellformed;
mod xml;

use crate::render::{Backend, Job, Note, RenderError, Rendered};

/// What is built in, by its path inside `templates/`.
const TEMPLATES: &[(&str, &str)] = &[
    ("epub/blocks.xhtml", include_str!("../../../templates/epub/blocks.xhtml")),
    ("epub/cover.xhtml", include_str!("../../../templates/epub/cover.xhtml")),
    ("epub/index.xhtml", include_str!("../../../templates/epub/index.xhtml")),
    ("epub/lede.xhtml", include_str!("../../../templates/epub/lede.xhtml")),
    ("epub/nav.xhtml", include_str!("../../../templates/epub/nav.xhtml")),
    ("epub/page.xhtml", include_str!("../../../templates/epub/page.xhtml")),
    ("epub/part.xhtml", include_str!("../../../templates/epub/part.xhtml")),
    ("epub/speech.xhtml", include_str!("../../../templates/epub/speech.xhtml")),
    ("epub/style.css", include_str!("../../../templates/epub/style.css")),
    ("epub/title.xhtml", include_str!("../../../templates/epub/title.xhtml")),
];

/// Makes the e-book.
pub(crate) struct Epub;

impl Backend for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn templates(&self) -> &'static [(&'static str, &'static str)] {
        TEMPLATES
    }

    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        let pictures = pictures::Pictures::of(job.tree, job.assets);
        let book = front::book(job);
        let mut plan = plan::plan(job, &book, &pictures)?;
        foreign::mark(&mut plan)?;
        let rare = rare::Rare::mark(&mut plan, job.fonts)?;
        let metadata = metadata::Metadata::of(job, &book, &plan, &pictures);
        let packed = package::pack(job, &plan, &pictures, &rare, &metadata)?;
        let mut rendered = Rendered::document(complete::complete(packed, &plan, &metadata)?);
        let missing = pictures.missing.iter().map(|src| Note::PictureMissing { src: src.clone() });
        let replaced =
            xml::replaced(job.tree).into_iter().map(|character| Note::CharacterReplaced { character });
        rendered.notes.extend(missing.chain(replaced));
        if !rare.fonts.is_empty() {
            let characters = rare.characters().into_iter().collect();
            rendered.notes.push(Note::FontsBrought { characters, bytes: rare.size() });
        }
        if !rare.left.is_empty() {
            rendered.notes.push(Note::FontsLacking { characters: rare.left.into_iter().collect() });
        }
        Ok(rendered)
    }
}

//! Packs the documents with epub-builder.

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};

use crate::render::epub::metadata::Metadata;
use crate::render::epub::model::WORDS;
use crate::render::epub::pictures::Pictures;
use crate::render::epub::plan::{Plan, cover_file};
use crate::render::epub::rare::Rare;
use crate::render::{Job, RenderError};

/// The style sheet's name in the book.
const STYLE: &str = "epub/style.css";

/// The book as epub-builder makes it; [`super::complete`] has the last word.
pub(super) fn pack(
    job: &Job<'_>,
    plan: &Plan,
    pictures: &Pictures<'_>,
    rare: &Rare,
    metadata: &Metadata,
) -> Result<Vec<u8>, RenderError> {
    let style = job.templates.get(STYLE).ok_or_else(|| RenderError::Template {
        name: STYLE.to_owned(),
        line: None,
        message: "template not found".to_owned(),
    })?;
    let style = style.into_owned() + &rare.style();
    build(job, plan, pictures, rare, metadata, &style).map_err(|e| RenderError::defect("epub", e))
}

fn build(
    job: &Job<'_>,
    plan: &Plan,
    pictures: &Pictures<'_>,
    rare: &Rare,
    metadata: &Metadata,
    style: &str,
) -> epub_builder::Result<Vec<u8>> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.set_title(&metadata.title);
    builder.add_language(metadata.language);
    builder.set_toc_name(WORDS.contents);
    // Else the builder would ask the clock and throw dice; what is written in the end is `metadata`'s.
    builder.set_modified_date(job.date.unwrap_or_default());
    if let Ok(uuid) = metadata.identifier.parse() {
        builder.set_uuid(uuid);
    }
    builder.stylesheet(style.as_bytes())?;
    if let Some(cover) = job.cover {
        builder.add_cover_image(cover_file(cover), cover.bytes.as_slice(), cover.media_type)?;
    }
    for (file, asset) in &pictures.files {
        builder.add_resource(file, asset.bytes.as_slice(), asset.media_type)?;
    }
    for font in &rare.fonts {
        builder.add_resource(&font.file, font.bytes.as_slice(), font.media_type)?;
    }
    for document in &plan.documents {
        let mut content = EpubContent::new(&document.file, document.xhtml.as_bytes())
            .title(&document.label)
            .level(document.level);
        if let Some(reference) = document.reference {
            content = content.reftype(reference);
        }
        builder.add_content(content)?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    Ok(bytes)
}

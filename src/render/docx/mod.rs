//! The Word file: an editable text on the page of GB/T 9704-2012, with named styles, contents,
//! footnotes and page numbers.
//!
//! docx-rs makes the parts, [`complete`] and its neighbours put them into the order the schema
//! wants and add what docx-rs has no words for, [`zip`] packs them. The text of the tree comes out
//! once and in order; see [`front`] for the order and [`styles`] for the looks. User files are
//! never read here.

mod blocks;
mod complete;
mod contents;
mod estimate;
mod faces;
mod figures;
mod front;
mod inline;
mod links;
mod lists;
mod notes;
mod order;
mod page;
mod parts;
mod styles;
mod tables;
mod takes;
#[cfg(test)]
mod tests;
mod width;
mod writer;
mod xml;
mod zip;

use crate::fonts::FontRole;
use crate::render::{Backend, Job, RenderError, Rendered};

use faces::Faces;
use parts::Relation;
use writer::{Rels, Writer};
use zip::Part;

/// Makes `.docx`.
pub(crate) struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        let mut writer = Writer::new(job);
        let contents = writer.book();
        let bytes = package(&mut writer, contents).map_err(|e| RenderError::defect("docx", e))?;
        let mut rendered = Rendered::document(bytes);
        rendered.notes = writer.notices;
        Ok(rendered)
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// All parts, completed and packed.
fn package(writer: &mut Writer<'_>, first_page_bare: bool) -> Result<Vec<u8>, Failure> {
    let job = writer.job;
    let faces = Faces::of(&job.config.fonts);
    let made = assembled(writer, &faces, first_page_bare);

    let mut document = complete::text_part(&made.document)?;
    figures::complete(&mut document, &writer.text_alts, 1);
    let mut styles = complete::part(&made.styles)?;
    styles::complete(&mut styles, &faces);
    let numbering = complete::part(&made.numberings)?;

    let mut text = vec![
        word("document.xml", "document.main", document.to_part()?),
        word("styles.xml", "styles", styles.to_part()?),
        word("numbering.xml", "numbering", numbering.to_part()?),
        word("settings.xml", "settings", parts::settings(!writer.placed.is_empty(), job.excerpt.is_some())?),
        word("fontTable.xml", "fontTable", faces.table()?),
    ];
    let mut relations = vec![
        Relation::part("rId1", "styles", "styles.xml"),
        Relation::part("rId2", "numbering", "numbering.xml"),
        Relation::part("rId3", "settings", "settings.xml"),
        Relation::part("rId4", "fontTable", "fontTable.xml"),
    ];
    if !writer.placed.is_empty() {
        let mut footnotes = complete::text_part(&made.footnotes)?;
        notes::complete(&mut footnotes);
        figures::complete(&mut footnotes, &writer.note_alts, 1 + writer.text_alts.len());
        text.push(word("footnotes.xml", "footnotes", footnotes.to_part()?));
        relations.push(Relation::part("rId5", "footnotes", "footnotes.xml"));
    }
    for (k, footer) in made.footers.iter().enumerate() {
        let name = format!("footer{}.xml", k + 1);
        relations.push(Relation::part(&format!("rIdFooter{}", k + 1), "footer", &name));
        text.push(word(&name, "footer", complete::part(footer)?.to_part()?));
    }

    let taken = job.excerpt.map_or(&[][..], |e| &e.properties);
    // A file that must hold nothing hidden says nothing of itself beside its text.
    let is_bare = job.excerpt.is_some_and(|e| e.properties.is_empty());
    if !taken.is_empty() {
        relations.push(takes::relation());
    }
    let pictures = pictures(writer);
    relations.extend(own_relations(&writer.text_rels, &pictures));
    let note_relations = own_relations(&writer.note_rels, &pictures);

    let kinds: Vec<(String, &str)> = text.iter().map(|(part, kind)| (part.name.clone(), *kind)).collect();
    let mut endings: Vec<&str> = pictures.iter().map(|p| p.ending).collect();
    endings.sort_unstable();
    endings.dedup();

    let title = job.tree.title.as_str();
    let creator =
        job.tree.meta.issuer.as_deref().or(job.config.briefing.issuer.as_deref()).unwrap_or_default();
    let others: &[_] = if taken.is_empty() { &[] } else { &takes::KINDS };
    let mut all = vec![
        Part::new("[Content_Types].xml", parts::content_types(&kinds, &endings, !is_bare, others)?),
        Part::new("_rels/.rels", parts::package_relations(!is_bare, !taken.is_empty())?),
    ];
    all.extend(text.into_iter().map(|(part, _)| part));
    all.push(Part::new("word/_rels/document.xml.rels", parts::relations(&relations)?));
    if !note_relations.is_empty() {
        all.push(Part::new("word/_rels/footnotes.xml.rels", parts::relations(&note_relations)?));
    }
    if !is_bare {
        all.push(Part::new("docProps/core.xml", parts::core(title, creator, job.date)?));
        all.push(Part::new("docProps/app.xml", parts::app()?));
    }
    if !taken.is_empty() {
        all.extend(takes::parts(taken)?);
    }
    all.extend(pictures.into_iter().map(|p| Part::new(format!("word/{}", p.name), p.bytes.to_vec())));
    Ok(zip::packed(&all)?)
}

/// The parts as docx-rs makes them.
fn assembled(writer: &mut Writer<'_>, faces: &Faces, first_page_bare: bool) -> docx_rs::XMLDocx {
    let mut docx = docx_rs::Docx::new()
        .styles(styles::styles(faces, writer.levels, writer.job.excerpt.is_some()))
        .numberings(lists::numberings(&writer.lists, faces.name(FontRole::Hei)));
    docx.document.children = std::mem::take(&mut writer.blocks);
    docx.document.section_property = page::section(first_page_bare);
    docx = docx.footer(page::odd_footer()).even_footer(page::even_footer());
    if first_page_bare {
        docx = docx.first_footer(page::bare_footer());
    }
    docx.build()
}

/// A part below `word/` with the last piece of its content type.
fn word<'k>(name: &str, kind: &'k str, bytes: Vec<u8>) -> (Part, &'k str) {
    (Part::new(format!("word/{name}"), bytes), kind)
}

/// A picture in the package.
struct Picture<'a> {
    name: String,
    ending: &'static str,
    bytes: &'a [u8],
}

fn pictures<'a>(writer: &Writer<'a>) -> Vec<Picture<'a>> {
    let assets = writer.job.assets;
    let found = writer.pictures.iter().enumerate().filter_map(|(k, src)| {
        let asset = assets.get(*src)?;
        let ending = asset.word_ending()?;
        Some(Picture { name: format!("media/picture{}.{ending}", k + 1), ending, bytes: &asset.bytes })
    });
    found.collect()
}

fn own_relations(rels: &Rels, pictures: &[Picture<'_>]) -> Vec<Relation> {
    let shown = rels.pictures.iter().filter_map(|k| Some((*k, pictures.get(*k)?)));
    let shown = shown.map(|(k, p)| Relation::part(&figures::relation(k), "image", &p.name));
    let links = rels.links.iter().map(|(id, target)| Relation::link(id, target));
    shown.chain(links).collect()
}

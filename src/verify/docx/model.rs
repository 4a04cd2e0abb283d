//! The parts of a Word file.

use crate::verify::PackageError;
use crate::verify::package::Xml;

/// Nodes and attributes of all parts.
const MOST_NODES: usize = 2_000_000;
/// Bytes of their text.
const MOST_TEXT: usize = 16 << 20;
/// Styles; Word has some four hundred of its own.
const MOST_STYLES: usize = 4_000;

/// A Word file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Docx {
    pub(in crate::verify) document: Part,
    pub(in crate::verify) styles: Option<Part>,
    pub(in crate::verify) footnotes: Option<Part>,
    pub(in crate::verify) endnotes: Option<Part>,
}

/// A part of XML.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Part {
    /// Its name in the archive.
    pub(in crate::verify) path: String,
    pub(in crate::verify) xml: Xml,
}

/// Reads the parts that relations lead to.
pub(in crate::verify) fn of_parts(
    text: &dyn Fn(&str) -> Result<Option<String>, PackageError>,
) -> Result<Docx, PackageError> {
    let (mut weight, mut bytes) = (0, 0);
    let mut part = |path: &str| -> Result<Option<Part>, PackageError> {
        let Some(found) = text(path)? else { return Ok(None) };
        let xml = Xml::read(path, &found)?;
        (weight, bytes) = (weight + xml.weight, bytes + xml.text_bytes);
        if weight > MOST_NODES || bytes > MOST_TEXT {
            return Err(PackageError::too_large(path));
        }
        Ok(Some(Part { path: path.to_owned(), xml }))
    };
    let package = part("_rels/.rels")?.ok_or(PackageError::NotOfForm)?;
    let main = target(&package, "", "officeDocument").ok_or(PackageError::NotOfForm)?;
    let document = part(&main)?.ok_or_else(|| PackageError::damaged(&main))?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let own = part(&format!("{folder}/_rels/{name}.rels"))?.unwrap_or_default();
    let mut of = |kind: &str| match target(&own, folder, kind) {
        Some(path) => part(&path),
        None => Ok(None),
    };
    let (styles, footnotes, endnotes) = (of("styles")?, of("footnotes")?, of("endnotes")?);
    let count = styles.as_ref().map_or(0, |s| s.xml.nodes.iter().filter(|n| n.name() == "w:style").count());
    if count > MOST_STYLES {
        return Err(PackageError::too_large("styles"));
    }
    Ok(Docx { document, styles, footnotes, endnotes })
}

/// The part a relation of a kind leads to.
fn target(relations: &Part, folder: &str, kind: &str) -> Option<String> {
    let is_kind = |t: &str| t.rsplit('/').next() == Some(kind);
    let relation = relations
        .xml
        .nodes
        .iter()
        .find(|n| n.name() == "Relationship" && n.attribute("Type").is_some_and(is_kind))?;
    let target = relation.attribute("Target")?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    })
}

//! The parts that say what the package is made of: content types, relationships, properties,
//! settings.

use std::io;

use chrono::{DateTime, SecondsFormat, Utc};

use super::xml::{Element, one_line};

/// WordprocessingML, relationships, drawings.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(super) const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// `[Content_Types].xml` for parts given by name and the last piece of their type; pictures by
/// their ending; the two usual parts of properties; others with their whole type.
pub(super) fn content_types(
    word_parts: &[(String, &str)],
    endings: &[&str],
    properties: bool,
    others: &[(&str, &str)],
) -> io::Result<Vec<u8>> {
    let default = |ending: &str, kind: &str| {
        Element::new("Default").attr("Extension", ending).attr("ContentType", kind)
    };
    let part = |name: &str, kind: &str| {
        Element::new("Override").attr("PartName", &format!("/{name}")).attr("ContentType", kind)
    };
    let mut types = Element::new("Types")
        .attr("xmlns", &format!("{PACKAGE}/content-types"))
        .with(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .with(default("xml", "application/xml"));
    for ending in endings {
        types = types.with(default(ending, &format!("image/{ending}")));
    }
    for (name, kind) in word_parts {
        types = types.with(part(name, &format!("{WORD}{kind}+xml")));
    }
    if properties {
        let app = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
        types = types
            .with(part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
            .with(part("docProps/app.xml", app));
    }
    types.with_all(others.iter().map(|(name, kind)| part(name, kind))).to_part()
}

/// One relationship.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    id: String,
    kind: String,
    target: String,
    external: bool,
}

impl Relation {
    /// To a part of the package; `kind` is the last piece of the relationship's type.
    pub(super) fn part(id: &str, kind: &str, target: &str) -> Self {
        Self { id: id.to_owned(), kind: format!("{R}/{kind}"), target: target.to_owned(), external: false }
    }

    /// To a place outside.
    pub(super) fn link(id: &str, target: &str) -> Self {
        Self { external: true, ..Self::part(id, "hyperlink", target) }
    }
}

/// A part of relationships.
pub(super) fn relations(relations: &[Relation]) -> io::Result<Vec<u8>> {
    let all = relations.iter().map(|r| {
        let made =
            Element::new("Relationship").attr("Id", &r.id).attr("Type", &r.kind).attr("Target", &r.target);
        if r.external { made.attr("TargetMode", "External") } else { made }
    });
    Element::new("Relationships").attr("xmlns", &format!("{PACKAGE}/relationships")).with_all(all).to_part()
}

/// `_rels/.rels`
pub(super) fn package_relations(properties: bool, custom: bool) -> io::Result<Vec<u8>> {
    let core = Relation {
        kind: format!("{PACKAGE}/relationships/metadata/core-properties"),
        ..Relation::part("rId2", "", "docProps/core.xml")
    };
    let mut all = vec![Relation::part("rId1", "officeDocument", "word/document.xml")];
    if properties {
        all.extend([core, Relation::part("rId3", "extended-properties", "docProps/app.xml")]);
    }
    if custom {
        all.push(Relation::part("rId4", "custom-properties", super::takes::PROPERTIES));
    }
    relations(&all)
}

/// `docProps/core.xml`. Without a date, the first moment a zip file can name.
pub(super) fn core(title: &str, creator: &str, date: Option<DateTime<Utc>>) -> io::Result<Vec<u8>> {
    let moment = date
        .map_or_else(|| "1980-01-01T00:00:00Z".to_owned(), |d| d.to_rfc3339_opts(SecondsFormat::Secs, true));
    let when = |name: &str| Element::new(name).attr("xsi:type", "dcterms:W3CDTF").text(&moment);
    Element::new("cp:coreProperties")
        .attr("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(Element::new("dc:title").text(&one_line(title)))
        .with(Element::new("dc:creator").text(&one_line(creator)))
        .with(Element::new("dc:language").text("zh-CN"))
        .with(when("dcterms:created"))
        .with(when("dcterms:modified"))
        .to_part()
}

/// `docProps/app.xml`
pub(super) fn app() -> io::Result<Vec<u8>> {
    Element::new("Properties")
        .attr("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .with(Element::new("Application").text("jianbao"))
        .to_part()
}

/// `word/settings.xml`; `tracked` means that revisions are recorded from the first keystroke.
pub(super) fn settings(footnotes: bool, tracked: bool) -> io::Result<Vec<u8>> {
    let mut settings = Element::new("w:settings")
        .attr("xmlns:w", W)
        .with(Element::new("w:zoom").attr("w:percent", "100"))
        .with(Element::new("w:mirrorMargins"))
        .with_all(tracked.then(|| Element::new("w:trackRevisions")))
        .with(Element::val("w:defaultTabStop", "420"))
        .with(Element::new("w:evenAndOddHeaders"))
        .with(Element::val("w:drawingGridVerticalSpacing", "156"))
        .with(Element::val("w:characterSpacingControl", "compressPunctuation"));
    if footnotes {
        let separator = |id: &str| Element::new("w:footnote").attr("w:id", id);
        settings = settings.with(Element::new("w:footnotePr").with(separator("-1")).with(separator("0")));
    }
    let compat = |name: &str, value: &str| {
        Element::new("w:compatSetting")
            .attr("w:name", name)
            .attr("w:uri", "http://schemas.microsoft.com/office/word")
            .attr("w:val", value)
    };
    let compatibility = Element::new("w:compat")
        .with(Element::new("w:spaceForUL"))
        .with(Element::new("w:balanceSingleByteDoubleByteWidth"))
        .with(Element::new("w:doNotLeaveBackslashAlone"))
        .with(Element::new("w:ulTrailSpace"))
        .with(Element::new("w:doNotExpandShiftReturn"))
        .with(Element::new("w:adjustLineHeightInTable"))
        .with(Element::new("w:useFELayout"))
        .with(compat("compatibilityMode", "15"))
        .with(compat("overrideTableStyleFontSizeAndJustification", "1"))
        .with(compat("enableOpenTypeFeatures", "1"))
        .with(compat("doNotFlipMirrorIndents", "1"));
    settings
        .with(compatibility)
        .with(Element::val("w:themeFontLang", "en-US").attr("w:eastAsia", "zh-CN"))
        .with(Element::val("w:decimalSymbol", "."))
        .with(Element::val("w:listSeparator", ","))
        .to_part()
}

//! What is in an e-book.

use crate::verify::epub::css::Style;
use crate::verify::package::{Mimetype, Xml};

/// An e-book.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Epub {
    pub(in crate::verify) mimetype: Mimetype,
    /// All files of the archive.
    pub(in crate::verify) names: Vec<String>,
    /// The package document: its name and nodes.
    pub(in crate::verify) opf: Document,
    /// The manifest.
    pub(in crate::verify) items: Vec<Item>,
    /// The documents: those of the spine in its order, then the others.
    pub(in crate::verify) documents: Vec<Document>,
    /// How many of them are in the spine.
    pub(in crate::verify) spine: usize,
    /// The contents of EPUB 3, one of the documents.
    pub(in crate::verify) nav: Option<usize>,
    /// The contents of EPUB 2.
    pub(in crate::verify) ncx: Option<Document>,
    /// What the style sheets say, those in documents and attributes included.
    pub(in crate::verify) styles: Vec<Style>,
    /// What the spine or the manifest names and the archive lacks.
    pub(in crate::verify) missing: Vec<String>,
}

/// A line of the manifest.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Item {
    pub(in crate::verify) id: String,
    /// The file in the archive.
    pub(in crate::verify) path: String,
    pub(in crate::verify) media_type: String,
    pub(in crate::verify) properties: String,
}

/// A file of XML.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Document {
    /// Its name in the archive.
    pub(in crate::verify) path: String,
    pub(in crate::verify) xml: Xml,
}

impl Document {
    /// The first element of a name.
    pub(in crate::verify) fn first(&self, name: &str) -> Option<usize> {
        self.xml.nodes.iter().position(|n| n.name() == name)
    }
}

impl Epub {
    /// The documents that are read, in order.
    pub(in crate::verify) fn read_in_order(&self) -> &[Document] {
        self.documents.get(..self.spine).unwrap_or_default()
    }

    /// The contents.
    pub(in crate::verify) fn nav(&self) -> Option<&Document> {
        self.documents.get(self.nav?)
    }

    /// A `nav` of a type: `toc`, `page-list`, `landmarks`.
    pub(in crate::verify) fn nav_of(&self, kind: &str) -> Option<(&Document, usize)> {
        let document = self.nav()?;
        let found = document.xml.nodes.iter().position(|n| n.name() == "nav" && n.says("epub:type", kind));
        found.map(|k| (document, k))
    }
}

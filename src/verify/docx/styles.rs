//! Named styles: what each is called and what it passes on.

use std::collections::BTreeMap;

use crate::verify::docx::model::Docx;
use crate::verify::package::{Node, Xml};

/// Styles built on each other; Word allows eleven.
const MOST_STEPS: usize = 32;

/// A style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::verify) struct Style {
    /// Lower case, as Word compares names.
    pub(in crate::verify) name: String,
    based_on: Option<String>,
    east_asia: Option<String>,
    hides: Option<bool>,
    pub(in crate::verify) paragraph: usize,
}

/// The styles of a file by id.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Styles {
    pub(in crate::verify) by_id: BTreeMap<String, Style>,
    /// The font of the defaults.
    default: Option<String>,
}

impl Styles {
    pub(in crate::verify) fn of(docx: &Docx) -> Self {
        let mut out = Self::default();
        let Some(part) = &docx.styles else { return out };
        let xml = &part.xml;
        for (k, node) in xml.nodes.iter().enumerate() {
            match node.name() {
                "w:rPrDefault" => out.default = font_in(xml, k),
                "w:style" => {
                    let value =
                        |name: &str| xml.named(k, name).next().and_then(|n| xml.nodes[n].attribute("w:val"));
                    let style = Style {
                        name: value("w:name").unwrap_or_default().to_lowercase(),
                        based_on: value("w:basedOn").map(str::to_owned),
                        east_asia: font_in(xml, k),
                        hides: xml.named(k, "w:vanish").next().map(|n| is_on(&xml.nodes[n])),
                        paragraph: k,
                    };
                    out.by_id.insert(node.attribute("w:styleId").unwrap_or_default().to_owned(), style);
                }
                _ => {}
            }
        }
        out
    }

    /// The name of a style.
    pub(in crate::verify) fn name(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|s| s.name.as_str()).filter(|n| !n.is_empty())
    }

    /// The style and those it is built on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let mut at = self.by_id.get(id);
        let steps = std::iter::from_fn(move || {
            let style = at?;
            at = style.based_on.as_ref().and_then(|b| self.by_id.get(b));
            Some(style)
        });
        steps.take(MOST_STEPS)
    }

    /// The font that hanzi of a style are set in, where the file names one.
    pub(in crate::verify) fn font(&self, id: &str) -> Option<&str> {
        self.chain(id).find_map(|s| s.east_asia.as_deref()).or(self.default.as_deref())
    }

    pub(in crate::verify) fn hides(&self, id: &str) -> bool {
        self.chain(id).find_map(|s| s.hides).unwrap_or(false)
    }
}

/// The East Asian font named inside a node.
fn font_in(xml: &Xml, node: usize) -> Option<String> {
    let fonts = xml.named(node, "w:rFonts").next()?;
    xml.nodes[fonts].attribute("w:eastAsia").map(str::to_owned)
}

/// Whether a property that is there is on (ECMA-376, 17.17.4, ST_OnOff).
pub(in crate::verify) fn is_on(node: &Node) -> bool {
    !matches!(node.attribute("w:val"), Some("0" | "false" | "off"))
}

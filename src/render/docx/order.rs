//! The order in which the schema (ISO/IEC 29500-1, annex A) wants children to stand.

use super::xml::{Element, Node};

/// Parent and its children in order. A child that is not named here goes last.
const ORDERS: &[(&str, &[&str])] = &[
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:suppressLineNumbers",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:kinsoku",
            "w:wordWrap",
            "w:overflowPunct",
            "w:topLinePunct",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:bidi",
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:strike",
            "w:noProof",
            "w:snapToGrid",
            "w:vanish",
            "w:webHidden",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:bdr",
            "w:shd",
            "w:vertAlign",
            "w:lang",
        ],
    ),
    (
        "w:style",
        &[
            "w:name",
            "w:aliases",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:tcPr",
        ],
    ),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
            "w:textDirection",
            "w:docGrid",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    (
        "w:tcPr",
        &[
            "w:tcW",
            "w:gridSpan",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:tcMar",
            "w:textDirection",
            "w:vAlign",
        ],
    ),
    (
        "w:lvl",
        &[
            "w:start",
            "w:numFmt",
            "w:lvlRestart",
            "w:pStyle",
            "w:isLgl",
            "w:suff",
            "w:lvlText",
            "w:lvlJc",
            "w:pPr",
            "w:rPr",
        ],
    ),
    ("w:numPr", &["w:ilvl", "w:numId"]),
    ("w:lvlOverride", &["w:startOverride", "w:lvl"]),
    ("w:numbering", &["w:abstractNum", "w:num"]),
];

/// Puts the children of one element in order; equals keep theirs.
pub(super) fn reorder(element: &mut Element) {
    let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == element.name) else { return };
    let rank = |node: &Node| match node {
        Node::Element(e) => order.iter().position(|name| *name == e.name).unwrap_or(order.len()),
        Node::Text(_) => order.len(),
    };
    element.children.sort_by_key(rank);
}

/// Whether the children of every element below stand in order: for tests.
#[cfg(test)]
pub(super) fn disorders(element: &Element) -> Vec<String> {
    let mut found = Vec::new();
    let mut copy = element.clone();
    copy.walk(&mut |e| {
        let before = e.clone();
        reorder(e);
        if *e != before {
            found.push(e.name.clone());
        }
        let known = ORDERS.iter().find(|(name, _)| *name == e.name);
        if let Some((_, order)) = known {
            found.extend(
                e.elements()
                    .filter(|c| !order.contains(&c.name.as_str()))
                    .map(|c| format!("{}>{}", e.name, c.name)),
            );
        }
    });
    found
}

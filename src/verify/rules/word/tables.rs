//! Tables have their widths: the table, each column and each cell in twips, together no wider than the type area.
//!
//! Without them Word reckons columns from the text, LibreOffice and WPS in another way, and a long word pushes the
//! table over the edge of the page.

use crate::messages::Say;
use crate::verify::docx::Part;
use crate::verify::flow::Place;
use crate::verify::{Finding, Measure, Measured, Rule, Word};

pub(in crate::verify) static RULE: Rule = Rule {
    name: "word/tables",
    source: "ECMA-376-1, 17.4.63 (tblW), 17.4.48 (tblGrid), 17.4.71 (tcW)",
    measure: Measure::Word(measure),
};

/// The type area of GB/T 9704-2012 in twips: 156 mm, and what rounding adds.
const WIDEST: u32 = 8844 + 20;

fn measure(subject: &Word<'_>) -> Measured {
    let (mut tables, mut findings) = (0, Vec::new());
    let docx = subject.docx;
    for part in [Some(&docx.document), docx.footnotes.as_ref()].into_iter().flatten() {
        let nodes = &part.xml.nodes;
        for table in (0..nodes.len()).filter(|k| nodes[*k].name() == "w:tbl") {
            tables += 1;
            if let Some(id) = fault(part, table) {
                let say = Say { id, args: Vec::new() }.count("table", tables);
                findings.push(Finding::of(say).in_file(Some(Place::part(&part.path))));
            }
        }
    }
    let right = tables - findings.len();
    Measured::of(Say::new("verify-tables-figure").count("right", right).count("tables", tables), findings)
}

/// What is wrong with a table.
fn fault(part: &Part, table: usize) -> Option<&'static str> {
    let xml = &part.xml;
    let width = |k: usize| {
        let node = &xml.nodes[k];
        let is_twips = node.attribute("w:type").is_none_or(|t| t == "dxa");
        node.attribute("w:w")?.parse::<u32>().ok().filter(|w| is_twips && *w > 0)
    };
    let own = |name: &'static str| xml.named(table, name).next().and_then(width);
    let Some(whole) = own("w:tblW") else { return Some("verify-table-no-width") };
    let Some(grid) = xml.named(table, "w:tblGrid").next() else { return Some("verify-table-no-grid") };
    let columns: Vec<Option<u32>> = xml.named(grid, "w:gridCol").map(width).collect();
    if columns.is_empty() || columns.contains(&None) {
        return Some("verify-table-no-grid");
    }
    let cells = xml.named(table, "w:tc");
    for cell in cells {
        if xml.named(cell, "w:tcW").next().and_then(width).is_none() {
            return Some("verify-table-no-width");
        }
    }
    let sum = columns.into_iter().flatten().fold(0, u32::saturating_add);
    (sum > WIDEST || whole > WIDEST).then_some("verify-table-wide")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::rules::word::testing::File;

    #[test]
    fn tables_without_widths() {
        let finds = |from: &str, to: &str| -> Vec<&str> {
            File::new().with("document", from, to).finds(&RULE).iter().map(|f| f.0).collect()
        };
        assert_eq!(finds("<w:tblW w:w=\"8000\" w:type=\"dxa\"/>", ""), ["verify-table-no-width"]);
        assert_eq!(
            finds("<w:tblW w:w=\"8000\" w:type=\"dxa\"/>", "<w:tblW w:w=\"0\" w:type=\"auto\"/>"),
            ["verify-table-no-width"]
        );
        assert_eq!(finds("<w:gridCol w:w=\"3000\"/>", "<w:gridCol/>"), ["verify-table-no-grid"]);
        assert_eq!(finds("<w:tcW w:w=\"3000\" w:type=\"dxa\"/>", ""), ["verify-table-no-width"]);
        assert_eq!(finds("<w:gridCol w:w=\"3000\"/>", "<w:gridCol w:w=\"9000\"/>"), ["verify-table-wide"]);
    }
}

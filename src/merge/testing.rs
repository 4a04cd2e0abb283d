//! Units made by hand, for tests.

use crate::merge::unit::{Kind, Style, Unit};
use crate::tree::NodeId;

pub(super) fn unit(text: &str) -> Unit {
    let chars: Vec<char> = text.chars().collect();
    let count = chars.len();
    Unit {
        node: NodeId::default(),
        kind: Kind::Paragraph,
        chars,
        styles: vec![Style::default(); count],
        places: vec![None; count],
        extent: None,
    }
}

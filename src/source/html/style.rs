//! How a page says that text looks: `style`, `align`, `font`.

use crate::source::Look;
use crate::source::html::dom::{Dom, Id};

/// What an element hands down to what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    /// The link the text belongs to, by its place in the walk's list.
    pub(super) link: Option<usize>,
    /// Half-points.
    pub(super) size: Option<u16>,
    pub(super) heading_face: bool,
    pub(super) centred: bool,
    pub(super) right: bool,
    /// The first line's indent in tenths of a character.
    pub(super) indent: u16,
    /// Whether line ends are kept as in `pre`.
    pub(super) pre: bool,
}

/// Faces that official papers use for headings only.
const HEADING_FACES: &[&str] = &["黑体", "小标宋", "simhei", "heiti", "xiaobiaosong"];

impl Style {
    /// The style inside element `id`.
    pub(super) fn inside(mut self, dom: &Dom<'_>, id: Id) -> Style {
        match dom.name(id) {
            "b" | "strong" => self.strong = true,
            "em" | "i" => self.emphasis = true,
            "center" => (self.centred, self.right) = (true, false),
            "pre" => self.pre = true,
            "th" => self.centred = false,
            _ => {}
        }
        if let Some(align) = dom.attribute(id, "align") {
            self.align(align);
        }
        if let Some(face) = dom.attribute(id, "face") {
            self.face(face);
        }
        for declaration in dom.attribute(id, "style").unwrap_or("").split(';') {
            if let Some((key, value)) = declaration.split_once(':') {
                self.declare(&key.trim().to_lowercase(), &value.trim().to_lowercase());
            }
        }
        self
    }

    /// How a block in this style looks.
    pub(super) fn look(&self, gap: bool, blanks: usize) -> Look {
        let indent = blanks + usize::from(self.indent + 5) / 10;
        Look {
            gap,
            indent: u8::try_from(indent).ok().filter(|n| *n > 0),
            centred: self.centred,
            right: self.right,
            size: self.size,
            heading_face: self.heading_face,
        }
    }

    fn align(&mut self, value: &str) {
        let value = value.trim().to_lowercase();
        if matches!(value.as_str(), "center" | "middle" | "right" | "end" | "left" | "start" | "justify") {
            self.centred = matches!(value.as_str(), "center" | "middle");
            self.right = matches!(value.as_str(), "right" | "end");
        }
    }

    fn face(&mut self, value: &str) {
        let first = value.split(',').next().unwrap_or("").to_lowercase();
        self.heading_face = HEADING_FACES.iter().any(|face| first.contains(face));
    }

    fn declare(&mut self, key: &str, value: &str) {
        let value = value.trim_end_matches("!important").trim();
        match key {
            "text-align" => self.align(value),
            "font-family" => self.face(value),
            "font-weight" => {
                let number: Option<u16> = value.parse().ok();
                self.strong = value.starts_with("bold") || number.is_some_and(|n| n >= 600);
            }
            "font-style" => self.emphasis = matches!(value, "italic" | "oblique"),
            "font-size" => {
                if let Some(points) = length(value, self.size) {
                    self.size = rounded(points * 2.0);
                }
            }
            "text-indent" => {
                let characters = match value.strip_suffix("em") {
                    Some(number) => number.trim().parse().ok(),
                    None => length(value, None).map(|points| points / self.points()),
                };
                self.indent = characters.and_then(|n: f64| rounded(n * 10.0)).unwrap_or(0);
            }
            "white-space" => self.pre = value.starts_with("pre"),
            _ => {}
        }
    }

    /// The size in points; a browser's own is 12 pt.
    fn points(&self) -> f64 {
        self.size.map_or(12.0, |size| f64::from(size) / 2.0)
    }
}

fn rounded(number: f64) -> Option<u16> {
    // Beyond this nothing is a size of text.
    (0.5..=2000.0).contains(&number).then(|| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
        let whole = number.round() as u16;
        whole
    })
}

/// A length in points; `em` only where the size around is known.
fn length(value: &str, around: Option<u16>) -> Option<f64> {
    let split = value.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let number: f64 = value[..split].trim().parse().ok()?;
    match value[split..].trim() {
        "pt" => Some(number),
        "px" => Some(number * 0.75),
        "em" => around.map(|size| number * f64::from(size) / 2.0),
        "mm" => Some(number * 72.0 / 25.4),
        "cm" => Some(number * 720.0 / 25.4),
        _ => None,
    }
}

/// Whether an element says that it is not shown.
pub(super) fn is_hidden(dom: &Dom<'_>, id: Id) -> bool {
    let says = |key, wanted: &str| dom.attribute(id, key).is_some_and(|v| v.eq_ignore_ascii_case(wanted));
    // A caption that only repeats what the picture's own text says is hidden from readers aloud.
    let from_aloud = says("aria-hidden", "true") && dom.name(id) != "figcaption";
    let style = dom.attribute(id, "style").unwrap_or("");
    let gone = style.to_lowercase().split(';').any(|d| {
        d.split_once(':').is_some_and(|(k, v)| k.trim() == "display" && v.trim().starts_with("none"))
    });
    from_aloud || gone || dom.attribute(id, "hidden").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::html::dom;

    fn look(page: &str) -> Look {
        let dom = dom::parse(page);
        Style::default().inside(&dom, 1).look(false, 0)
    }

    #[test]
    fn what_declarations_say() {
        let seen = look("<p style='text-align: center; font-size:22pt; font-family: 方正小标宋_GBK, serif'>");
        assert_eq!((seen.centred, seen.size, seen.heading_face), (true, Some(44), true));
        assert_eq!(look("<p style='text-indent:2em'>").indent, Some(2));
        assert_eq!(look("<p style='font-size:16px;TEXT-INDENT:32px'>").indent, Some(2));
        assert!(look("<p align=right>").right);
        assert_eq!(look("<p style='font-size:120%;text-indent:0'>"), Look::default());
        assert_eq!(look("<p style='font-size:1e300pt;text-indent:-5em;:;'>"), Look::default());
    }

    #[test]
    fn hidden_in_each_way() {
        let hidden = |page: &str| is_hidden(&dom::parse(page), 1);
        assert!(
            hidden("<p hidden>") && hidden("<p style='DISPLAY : none'>") && hidden("<i aria-hidden=true>")
        );
        // 微信公众号 shows its article by script.
        assert!(
            !hidden("<p style='visibility: hidden; opacity: 0'>") && !hidden("<figcaption aria-hidden=true>")
        );
    }
}

//! Properties of runs and paragraphs, as text, styles and numbering alike write them.

use crate::source::SourceError;

use super::formats::Switches;
use super::xml::{Event, Ns, Tag, Xml};

/// What is said of a run; what is not said is left to its style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RunProps {
    pub(super) style: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// In half-points.
    pub(super) size: Option<u16>,
    pub(super) face: Option<Face>,
    /// The face of Latin letters and digits, by name or by the theme's.
    pub(super) latin: Option<String>,
    pub(super) switches: Switches,
    /// Who changed these properties with tracking on, and when.
    pub(super) changed_by: Option<(String, Option<String>)>,
    /// The mark of this paragraph was deleted or moved away.
    pub(super) is_deleted: bool,
    pub(super) is_inserted: bool,
    /// Who did so, and when.
    pub(super) by: Option<(String, Option<String>)>,
}

/// The face of hanzi.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Face {
    Named(String),
    /// A face of the theme: for headings, or for text.
    Theme {
        is_major: bool,
    },
}

/// What is said of a paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ParaProps {
    pub(super) style: Option<String>,
    pub(super) justify: Option<Justify>,
    pub(super) indent: Indent,
    /// 0 to 8; 9 is text.
    pub(super) outline: Option<u8>,
    pub(super) number: Option<NumberRef>,
    /// Of the paragraph's mark.
    pub(super) mark: RunProps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Justify {
    Start,
    Centre,
    End,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Indent {
    /// Twips.
    pub(super) left: Option<i32>,
    /// Twips; negative for a hanging indent.
    pub(super) first: Option<i32>,
    /// Hundredths of a character.
    pub(super) first_chars: Option<i32>,
}

/// `w:numPr`; either may stand in the style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberRef {
    pub(super) id: Option<u32>,
    pub(super) level: Option<u8>,
}

/// Whether a switch such as `w:b` is on.
pub(super) fn is_on(tag: &Tag) -> bool {
    !matches!(tag.val(), Some("0" | "false" | "off" | "none"))
}

/// Twips, written as such or, in Strict files, with a unit.
fn twips(text: &str) -> Option<i32> {
    let units = [("pt", 20.0), ("in", 1440.0), ("cm", 1440.0 / 2.54), ("mm", 144.0 / 2.54), ("pc", 240.0)];
    for (unit, factor) in units {
        if let Some(number) = text.strip_suffix(unit) {
            let value = number.trim().parse::<f64>().ok()? * factor;
            return value.is_finite().then_some(value as i32);
        }
    }
    text.parse::<f64>().ok().filter(|v| v.is_finite()).map(|v| v as i32)
}

fn half_points(text: &str) -> Option<u16> {
    let size = match text.ends_with(|c: char| c.is_ascii_alphabetic()) {
        true => twips(text)? / 10,
        false => text.parse::<f64>().ok().filter(|v| v.is_finite())? as i32,
    };
    u16::try_from(size).ok().filter(|s| *s > 0)
}

impl RunProps {
    /// Reads to the end of the `w:rPr` whose start was read last.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, SourceError> {
        let mut props = RunProps::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Event::Start(tag)) if tag.ns == Ns::W => {
                    props.take(&tag);
                    xml.skip()?;
                }
                Some(Event::Start(_)) => xml.skip()?,
                Some(_) => {}
                None => break,
            }
        }
        Ok(props)
    }

    fn take(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "rStyle" => self.style = tag.val().map(str::to_owned),
            "b" => self.bold = Some(is_on(tag)),
            "i" => self.italic = Some(is_on(tag)),
            "vanish" => self.hidden = Some(is_on(tag)),
            "sz" => self.size = tag.val().and_then(half_points).or(self.size),
            "rFonts" => {
                let theme = tag.attr(Ns::W, "eastAsiaTheme");
                let named = tag.attr(Ns::W, "eastAsia");
                let theme = theme.map(|t| Face::Theme { is_major: t.starts_with("major") });
                self.face = theme.or_else(|| named.map(|n| Face::Named(n.to_owned()))).or(self.face.take());
                let latin = tag.attr(Ns::W, "asciiTheme").or_else(|| tag.attr(Ns::W, "ascii"));
                self.latin = latin.map(str::to_owned).or(self.latin.take());
            }
            "rPrChange" => self.changed_by = by(tag),
            "del" | "moveFrom" => {
                self.is_deleted = true;
                self.by = by(tag);
            }
            "ins" | "moveTo" => {
                self.is_inserted = true;
                self.by = by(tag);
            }
            _ => self.switches.take(tag),
        }
    }
}

fn by(tag: &Tag) -> Option<(String, Option<String>)> {
    let author = tag.attr(Ns::W, "author")?;
    Some((author.to_owned(), tag.attr(Ns::W, "date").map(str::to_owned)))
}

impl ParaProps {
    /// Reads to the end of the `w:pPr` whose start was read last.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, SourceError> {
        let mut props = ParaProps::default();
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.next()? {
                Some(Event::Start(tag)) if tag.ns == Ns::W => props.take(&tag, xml)?,
                Some(Event::Start(_)) => xml.skip()?,
                Some(_) => {}
                None => break,
            }
        }
        Ok(props)
    }

    fn take(&mut self, tag: &Tag, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        match tag.name.as_str() {
            "rPr" => {
                self.mark = RunProps::read(xml)?;
                return Ok(());
            }
            "numPr" => {
                self.number = Some(number(xml)?);
                return Ok(());
            }
            "pStyle" => self.style = tag.val().map(str::to_owned),
            "outlineLvl" => self.outline = tag.val().and_then(|v| v.parse().ok()),
            "jc" => {
                self.justify = tag.val().map(|v| match v {
                    "center" => Justify::Centre,
                    "right" | "end" => Justify::End,
                    _ => Justify::Start,
                });
            }
            "ind" => {
                let left = tag.attr(Ns::W, "start").or_else(|| tag.attr(Ns::W, "left"));
                self.indent.left = left.and_then(twips);
                let first = |line: &str, hanging: &str, read: fn(&str) -> Option<i32>| {
                    let hanging = tag.attr(Ns::W, hanging).and_then(read).map(|v| v.saturating_neg());
                    hanging.filter(|v| *v != 0).or_else(|| tag.attr(Ns::W, line).and_then(read))
                };
                self.indent.first = first("firstLine", "hanging", twips);
                self.indent.first_chars = first("firstLineChars", "hangingChars", |v| v.parse().ok());
            }
            _ => {}
        }
        xml.skip()
    }
}

fn number(xml: &mut Xml<'_>) -> Result<NumberRef, SourceError> {
    let mut found = NumberRef::default();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Event::Start(tag)) if tag.is(Ns::W, "numId") => {
                found.id = tag.val().and_then(|v| v.parse().ok());
            }
            Some(Event::Start(tag)) if tag.is(Ns::W, "ilvl") => {
                found.level = tag.val().and_then(|v| v.parse().ok());
            }
            // Of a numbering that was changed.
            Some(Event::Start(tag)) if tag.is(Ns::W, "numberingChange") => xml.skip()?,
            Some(_) => {}
            None => break,
        }
    }
    Ok(found)
}

impl Indent {
    /// This indent, with what it does not say from `under`.
    pub(super) fn over(self, under: Indent) -> Indent {
        Indent {
            left: self.left.or(under.left),
            first: self.first.or(under.first),
            // A first line told in twips alone is not overruled by characters of the style.
            first_chars: self.first_chars.or(if self.first.is_some() { None } else { under.first_chars }),
        }
    }

    /// The first line's indent in characters of `size` half-points.
    pub(super) fn chars(self, size: u16) -> u8 {
        let chars = match (self.first_chars, self.first) {
            (Some(hundredths), _) if hundredths != 0 => f64::from(hundredths) / 100.0,
            (_, Some(twips)) => f64::from(twips) / (f64::from(size.max(1)) * 10.0),
            _ => 0.0,
        };
        chars.round().clamp(0.0, 200.0) as u8
    }
}

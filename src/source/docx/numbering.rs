//! Automatic numbering: its definitions, and the counting through the document.

use std::collections::BTreeMap;

use crate::source::SourceError;

use super::numerals::Format;
use super::props::{Indent, NumberRef, ParaProps, is_on};
use super::xml::{Event, Ns, Xml};

/// Levels Word has.
const LEVELS: usize = 9;

/// One level of a numbering.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    format: Format,
    /// `（%1）`
    pattern: String,
    start: Option<u64>,
    /// 0: never begins anew; n: after a number of level n (counted from 1).
    restart: Option<u64>,
    is_legal: bool,
    style: Option<String>,
    /// Whether a blank stands between number and text.
    is_apart: bool,
    indent: Indent,
}

#[derive(Debug, Clone, Default)]
struct Pattern {
    levels: BTreeMap<u8, Level>,
    style_link: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Number {
    pattern: u32,
    starts: BTreeMap<u8, u64>,
    levels: BTreeMap<u8, Level>,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Marker {
    /// Characters a person would have typed: `一、`.
    Text(String),
    /// An item of a bulleted list.
    Bullet,
    /// An item of a list that counts `1.`, and the same as characters.
    Decimal(u64, String),
    /// An item's further paragraph: numbered with nothing.
    Blank,
}

/// A paragraph's number, resolved.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbered {
    pub(super) marker: Marker,
    pub(super) level: u8,
    pub(super) indent: Indent,
}

/// The numberings of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<u32, Pattern>,
    numbers: BTreeMap<u32, Number>,
    /// By pattern: numberings of one pattern count on from one another.
    counters: BTreeMap<u32, [Option<u64>; LEVELS]>,
    /// Starts of a numbering's own that have been used.
    started: BTreeMap<(u32, u8), ()>,
}

impl Numbering {
    pub(super) fn read(part: &str, text: &str) -> Result<Self, SourceError> {
        let mut numbering = Numbering::default();
        let mut xml = Xml::new(part, text);
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            if tag.ns != Ns::W {
                continue;
            }
            let id = |name: &str| tag.attr(Ns::W, name).and_then(|v| v.parse::<u32>().ok());
            match tag.name.as_str() {
                "abstractNum" => {
                    let pattern = pattern(&mut xml)?;
                    if let Some(id) = id("abstractNumId") {
                        numbering.patterns.insert(id, pattern);
                    }
                }
                "num" => {
                    let number = number(&mut xml)?;
                    if let Some(id) = id("numId") {
                        numbering.numbers.insert(id, number);
                    }
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// Follows patterns that only name a style; `number_of` gives a style's numbering.
    pub(super) fn follow_links(&mut self, number_of: impl Fn(&str) -> Option<u32>) {
        let links: Vec<(u32, u32)> = self
            .patterns
            .iter()
            .filter_map(|(id, p)| Some((*id, number_of(p.style_link.as_deref()?)?)))
            .filter_map(|(id, number)| Some((id, self.numbers.get(&number)?.pattern)))
            .collect();
        for (id, other) in links {
            if let Some(levels) = self.patterns.get(&other).map(|p| p.levels.clone())
                && let Some(own) = self.patterns.get_mut(&id)
                && own.levels.is_empty()
            {
                own.levels = levels;
            }
        }
    }

    /// Counts one paragraph; `styles` are its style and those it is based on, which a level may name.
    pub(super) fn count(&mut self, wanted: &NumberRef, styles: &[&str]) -> Option<Numbered> {
        let id = wanted.id.filter(|id| *id != 0)?;
        let number = self.numbers.get(&id)?;
        let pattern = self.patterns.get(&number.pattern);
        let named = || {
            let levels = pattern.iter().flat_map(|p| &p.levels);
            levels
                .filter(|(_, level)| level.style.as_deref().is_some_and(|s| styles.contains(&s)))
                .map(|(at, _)| *at)
                .next()
        };
        let at = wanted.level.or_else(named).unwrap_or(0).min(LEVELS as u8 - 1);
        let level_at = |at: u8| number.levels.get(&at).or_else(|| pattern.and_then(|p| p.levels.get(&at)));
        let level = level_at(at)?;
        let counters = self.counters.entry(number.pattern).or_default();
        let own_start = number.starts.get(&at).copied();
        let first = own_start.filter(|_| self.started.insert((id, at), ()).is_none());
        let start = |at: u8| {
            let own = number.starts.get(&at).copied();
            own.or_else(|| level_at(at).and_then(|l| l.start)).unwrap_or(if at == 0 { 0 } else { 1 })
        };
        let first_number = own_start.or(level.start).unwrap_or(1);
        for upper in 0..at {
            if let Some(counter) = counters.get_mut(usize::from(upper))
                && counter.is_none()
            {
                *counter = Some(start(upper).max(1));
            }
        }
        let count = match counters.get(usize::from(at)).copied().flatten() {
            _ if first.is_some() => first_number,
            Some(before) => before.saturating_add(1),
            None => first_number,
        };
        if let Some(counter) = counters.get_mut(usize::from(at)) {
            *counter = Some(count);
        }
        for (deeper, counter) in (0u8..).zip(counters.iter_mut()).filter(|(k, _)| *k > at) {
            let restart = level_at(deeper).and_then(|l| l.restart).unwrap_or(u64::from(deeper));
            if restart > u64::from(at) {
                *counter = None;
            }
        }
        let counters = *counters;
        let label = label(level, &counters, level_at);
        let is_list = |l: &Level| l.pattern == format!("%{}.", at + 1) || l.pattern == format!("%{}", at + 1);
        // Below 一、 or 第一章 a decimal number belongs to the order of headings.
        let is_below_chinese = (0..at).filter_map(level_at).any(|l| l.format.is_chinese());
        let marker = match level.format {
            Format::Bullet if level.pattern.trim().is_empty() => Marker::Blank,
            Format::Bullet => Marker::Bullet,
            Format::None if label.trim().is_empty() => Marker::Blank,
            Format::Decimal if is_list(level) && !is_below_chinese => Marker::Decimal(count, label),
            _ if label.is_empty() => Marker::Blank,
            _ => Marker::Text(label),
        };
        Some(Numbered { marker, level: at, indent: level.indent })
    }
}

/// The number in its pattern, with the blank that parts it from Latin-looking text.
fn label<'a>(
    level: &Level,
    counters: &[Option<u64>; LEVELS],
    level_at: impl Fn(u8) -> Option<&'a Level>,
) -> String {
    let mut out = String::new();
    let mut chars = level.pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d > 0);
        let Some(digit) = digit else {
            out.push(c);
            continue;
        };
        chars.next();
        let at = digit as u8 - 1;
        let format = match level_at(at) {
            Some(l) if !level.is_legal => l.format,
            _ => Format::Decimal,
        };
        if let Some(number) = counters.get(usize::from(at)).copied().flatten() {
            out.push_str(&format.write(number));
        }
    }
    let needs_blank = |c: char| c.is_alphanumeric() || c.is_ascii();
    if level.is_apart && out.chars().last().is_some_and(|c| needs_blank(c) && !c.is_whitespace()) {
        out.push(' ');
    }
    out
}

fn pattern(xml: &mut Xml<'_>) -> Result<Pattern, SourceError> {
    let mut pattern = Pattern::default();
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        match xml.next()? {
            Some(Event::Start(tag)) if tag.is(Ns::W, "lvl") => {
                let at = tag.attr(Ns::W, "ilvl").and_then(|v| v.parse().ok());
                let level = level(xml)?;
                if let Some(at) = at {
                    pattern.levels.insert(at, level);
                }
            }
            Some(Event::Start(tag)) if tag.is(Ns::W, "numStyleLink") => {
                pattern.style_link = tag.val().map(str::to_owned);
            }
            Some(_) => {}
            None => break,
        }
    }
    Ok(pattern)
}

fn number(xml: &mut Xml<'_>) -> Result<Number, SourceError> {
    let mut number = Number::default();
    let mut at: Option<u8> = None;
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Some(Event::Start(tag)) if tag.ns == Ns::W => tag,
            Some(_) => continue,
            None => break,
        };
        match tag.name.as_str() {
            "abstractNumId" => number.pattern = tag.val().and_then(|v| v.parse().ok()).unwrap_or(u32::MAX),
            "lvlOverride" => at = tag.attr(Ns::W, "ilvl").and_then(|v| v.parse().ok()),
            "startOverride" => {
                if let (Some(at), Some(start)) = (at, tag.val().and_then(|v| v.parse().ok())) {
                    number.starts.insert(at, start);
                }
            }
            "lvl" => {
                let level = level(xml)?;
                if let Some(at) = at {
                    number.levels.insert(at, level);
                }
            }
            _ => {}
        }
    }
    Ok(number)
}

fn level(xml: &mut Xml<'_>) -> Result<Level, SourceError> {
    let mut level = Level { is_apart: true, ..Level::default() };
    let outside = xml.depth().saturating_sub(1);
    while xml.depth() > outside {
        let tag = match xml.next()? {
            Some(Event::Start(tag)) if tag.ns == Ns::W => tag,
            // The older of two ways to say the same.
            Some(Event::Start(tag)) if tag.is(Ns::Mc, "Fallback") => {
                xml.skip()?;
                continue;
            }
            Some(_) => continue,
            None => break,
        };
        match tag.name.as_str() {
            "start" => level.start = tag.val().and_then(|v| v.parse().ok()),
            "numFmt" => level.format = Format::of(tag.val().unwrap_or_default()),
            "lvlText" => level.pattern = tag.val().unwrap_or_default().to_owned(),
            "lvlRestart" => level.restart = tag.val().and_then(|v| v.parse().ok()),
            "isLgl" => level.is_legal = is_on(&tag),
            "pStyle" => level.style = tag.val().map(str::to_owned),
            "suff" => level.is_apart = tag.val() != Some("nothing"),
            "pPr" => level.indent = ParaProps::read(xml)?.indent,
            "rPr" => xml.skip()?,
            _ => {}
        }
    }
    Ok(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    fn numbering(inner: &str) -> Numbering {
        Numbering::read("n", &format!("<w:numbering {W}>{inner}</w:numbering>")).unwrap()
    }

    fn level(at: u8, format: &str, text: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    }

    fn marks(numbering: &mut Numbering, wanted: &[(u32, u8)]) -> Vec<Marker> {
        let count = |(id, at): &(u32, u8)| {
            numbering.count(&NumberRef { id: Some(*id), level: Some(*at) }, &[]).unwrap().marker
        };
        wanted.iter().map(count).collect()
    }

    fn text(label: &str) -> Marker {
        Marker::Text(label.to_owned())
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let levels = level(0, "chineseCounting", "%1、")
            + &level(1, "chineseCounting", "（%2）")
            + &level(2, "decimal", "%3.");
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='4'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
        ));
        let found = marks(&mut numbering, &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)]);
        assert_eq!(
            found,
            [text("一、"), text("（一）"), text("（二）"), text("1. "), text("二、"), text("（一）")]
        );
    }

    #[test]
    fn lists_of_one_pattern_count_on_unless_told_where_to_start() {
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>",
            level(0, "decimal", "%1."),
            level(1, "bullet", "•")
        ));
        let decimal = |n: u64| Marker::Decimal(n, format!("{n}. "));
        let found = marks(&mut numbering, &[(1, 0), (2, 0), (2, 1), (3, 0), (3, 0), (1, 0)]);
        assert_eq!(found, [decimal(1), decimal(2), Marker::Bullet, decimal(5), decimal(6), decimal(7)]);
    }

    #[test]
    fn legal_numbers_are_decimal_and_upper_levels_may_be_missing() {
        let legal =
            level(1, "decimal", "%1.%2").replace("<w:lvlText", "<w:isLgl/><w:suff w:val='space'/><w:lvlText");
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId='0'>{}{legal}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
            level(0, "chineseCounting", "第%1章")
        ));
        let found = marks(&mut numbering, &[(1, 1), (1, 0), (1, 1)]);
        assert_eq!(found, [text("1.1 "), text("第二章 "), text("2.1 ")]);
        assert_eq!(numbering.count(&NumberRef { id: Some(0), level: None }, &[]), None);
    }
}

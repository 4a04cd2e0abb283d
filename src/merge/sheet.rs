//! One source file as lines to write into: its line ends, the gap between its paragraphs, what stands before
//! a line of each kind.

use std::ops::Range;

use crate::merge::change::Line;
use crate::merge::report::Why;
use crate::merge::unit::{BREAK, CELL, Kind, NOTE, Segment, Style, Unit};
use crate::source::Document;
use crate::tree::FileId;

/// A file and its units.
pub(super) struct Sheet<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) is_markdown: bool,
    eol: &'static str,
    /// Line ends between two paragraphs.
    gap: usize,
    units: Vec<&'a Unit>,
    segments: &'a [Segment],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(document: &'a Document, segments: &'a [Segment]) -> Self {
        let file = document.file.id;
        let text = document.text.as_str();
        let is_own = |u: &&Unit| u.extent.as_ref().is_some_and(|e| e.0 == file);
        let mut units: Vec<&Unit> = segments.iter().flat_map(|s| &s.units).filter(is_own).collect();
        units.sort_by_key(|u| u.extent.as_ref().map_or(0, |e| e.1.start));
        let ends = text.matches('\n').count();
        let eol = if ends > 0 && text.matches("\r\n").count() * 2 > ends { "\r\n" } else { "\n" };
        let is_markdown = document.form == "markdown";
        let mut sheet = Self { file, text, is_markdown, eol, gap: 2, units, segments };
        if !is_markdown {
            sheet.gap = sheet.usual_gap();
        }
        sheet
    }

    /// Whether blank lines part paragraphs in a plain text, or only line ends.
    fn usual_gap(&self) -> usize {
        let mut counts = [0, 0];
        for pair in self.units.windows(2) {
            let [a, b] = pair else { continue };
            let (Some(a), Some(b)) = (a.extent.as_ref(), b.extent.as_ref()) else { continue };
            let ends = self.text.get(a.1.end..b.1.start).unwrap_or_default().matches('\n').count();
            if let Some(count) = counts.get_mut(usize::from(ends > 1)) {
                *count += usize::from(ends > 0);
            }
        }
        if counts[1] > counts[0] { 2 } else { 1 }
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |k| k + 1)
    }

    /// The end of the line that holds a byte, without its line end.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = at + rest.find('\n').unwrap_or(rest.len());
        if self.text.get(..end).is_some_and(|t| t.ends_with('\r')) && end > at { end - 1 } else { end }
    }

    /// The whole lines of a unit.
    pub(super) fn lines(&self, unit: &Unit) -> Option<Range<usize>> {
        let (file, extent) = unit.extent.as_ref()?;
        if *file != self.file {
            return None;
        }
        let start = self.line_start(extent.start);
        let mut end = self.line_end(extent.end);
        if unit.kind == Kind::Row {
            // The line of dashes belongs to the head above it.
            let next = self
                .text
                .get(end..)
                .map_or("", |t| t.trim_start_matches('\r').strip_prefix('\n').unwrap_or(""));
            let line = next.lines().next().unwrap_or_default();
            let is_rule =
                line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
            if is_rule && let Some(at) = self.text.get(end..).and_then(|t| t.find(line)) {
                end += at + line.len();
            }
        }
        Some(start..end)
    }

    /// What parts two lines.
    pub(super) fn between(&self, before: Kind, after: Kind) -> String {
        let is_tight = match (before, after) {
            (Kind::Row, Kind::Row) => true,
            (Kind::Item { .. } | Kind::ItemMore(_), Kind::Item { .. }) => self.has_tight_lists(),
            _ => false,
        };
        let (quotes, gap) = match (before, after) {
            (Kind::Quote, Kind::Quote) => (true, 2),
            _ if is_tight => (false, 1),
            _ if self.is_markdown => (false, 2),
            _ => (false, self.gap),
        };
        if quotes { format!("{0}>{0}", self.eol) } else { self.eol.repeat(gap) }
    }

    fn has_tight_lists(&self) -> bool {
        let is_item = |u: &Unit| matches!(u.kind, Kind::Item { .. });
        self.units.windows(2).any(|pair| match pair {
            [a, b] if is_item(a) && is_item(b) => {
                let (Some(a), Some(b)) = (a.extent.as_ref(), b.extent.as_ref()) else { return false };
                self.text.get(a.1.end..b.1.start).is_some_and(|t| t.matches('\n').count() == 1)
            }
            _ => false,
        })
    }

    /// What stands before the text of a line of this kind: as before the nearest such line.
    pub(super) fn prefix(&self, kind: Kind, near: usize) -> Result<String, Why> {
        let distance = |u: &&&Unit| u.extent.as_ref().map_or(usize::MAX, |e| e.1.start.abs_diff(near));
        let nearest = self.units.iter().filter(|u| alike(u.kind, kind)).min_by_key(distance);
        if let Some(prefix) = nearest.and_then(|u| self.prefix_of(u)) {
            return Ok(match kind {
                Kind::Item { is_numbered: true, .. } => counted_on(&prefix),
                _ => prefix,
            });
        }
        if !self.is_markdown {
            return match kind {
                Kind::Row | Kind::Note => Err(Why::Form),
                _ => Ok(String::new()),
            };
        }
        let hashes = |kind: Kind| {
            let of = self.units.iter().find(|u| u.kind == kind).and_then(|u| self.prefix_of(u));
            of.map(|p| p.matches('#').count()).filter(|n| *n > 0)
        };
        Ok(match kind {
            Kind::Title => "# ".into(),
            Kind::Event | Kind::Part => {
                format!("{} ", "#".repeat(hashes(Kind::Heading).unwrap_or(3).max(2) - 1))
            }
            Kind::Heading => format!("{} ", "#".repeat(hashes(Kind::Heading).unwrap_or(3))),
            Kind::SubHeading(level) => {
                let level = hashes(Kind::Heading).unwrap_or(3) + usize::from(level);
                format!("{} ", "#".repeat(level.min(6)))
            }
            Kind::Item { is_numbered: true, .. } => "1. ".into(),
            Kind::Item { .. } => "- ".into(),
            Kind::ItemMore(_) => "  ".into(),
            Kind::Quote => "> ".into(),
            Kind::Row => "| ".into(),
            Kind::Note => return Err(Why::Note),
            Kind::Speaker | Kind::Paragraph | Kind::Caption => String::new(),
        })
    }

    /// What stands on a unit's line before it, when that is nothing but blanks and marks.
    pub(super) fn prefix_of(&self, unit: &Unit) -> Option<String> {
        let (_, extent) = unit.extent.as_ref()?;
        let start = self.line_start(extent.start);
        let prefix = self.text.get(start..extent.start)?;
        let is_mark = |c: char| c.is_whitespace() || "#>-*+|.)0123456789".contains(c);
        prefix.chars().all(is_mark).then(|| prefix.to_owned())
    }

    /// A line's text as it is written, emphasis and escapes included, `around` being what it stands in.
    pub(super) fn written(&self, line: &Line, at: Around) -> Result<String, Why> {
        let mut out = String::with_capacity(line.chars.len() * 3);
        let mut open = Style::default();
        let mut before = at.before;
        let is_row = line.kind == Kind::Row;
        for (k, (c, style)) in line.chars.iter().zip(&line.styles).enumerate() {
            let next = line.chars.get(k + 1).copied().or(at.after);
            if self.is_markdown && !c.is_whitespace() {
                // Emphasis the text stands in already is not opened again.
                let style = Style {
                    is_strong: style.is_strong && !at.style.is_strong,
                    is_stressed: style.is_stressed && !at.style.is_stressed,
                };
                if style != open {
                    out.push_str(marks(open));
                    out.push_str(marks(style));
                    open = style;
                }
            }
            match *c {
                NOTE => return Err(Why::Note),
                CELL if is_row && self.is_markdown => out.push_str(" | "),
                CELL => return Err(Why::TableShape),
                BREAK if self.is_markdown => out.push_str("<br>"),
                BREAK => return Err(Why::Form),
                c => {
                    let begins = k == 0 && at.is_line_start;
                    if self.is_markdown
                        && escapes(c, before, next, is_row, begins, line.chars.get(k..).unwrap_or_default())
                    {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            before = Some(*c);
        }
        out.push_str(marks(open));
        Ok(out)
    }

    /// A whole line of a kind, its marks included.
    pub(super) fn line(&self, line: &Line, near: usize) -> Result<String, Why> {
        let prefix = self.prefix(line.kind, near)?;
        let at = Around { is_line_start: prefix.trim().is_empty(), ..Around::default() };
        let own = line.raw.and_then(|(s, u)| self.segments.get(s)?.units.get(u));
        let own = own.filter(|u| u.kind == line.kind && u.kind != Kind::Row).and_then(|u| u.extent.as_ref());
        let raw = own.filter(|e| e.0 == self.file).and_then(|e| self.text.get(e.1.clone()));
        let text = raw.map_or_else(|| self.written(line, at), |raw| Ok(raw.to_owned()))?;
        let tail = if line.kind == Kind::Row { " |" } else { "" };
        Ok(format!("{prefix}{text}{tail}"))
    }

    pub(super) fn eol(&self) -> &'static str {
        self.eol
    }
}

/// Where a text is put.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
    /// The emphasis it stands in.
    pub(super) style: Style,
    pub(super) is_line_start: bool,
}

fn alike(a: Kind, b: Kind) -> bool {
    match (a, b) {
        (
            Kind::Paragraph | Kind::Speaker | Kind::Caption,
            Kind::Paragraph | Kind::Speaker | Kind::Caption,
        ) => a == b,
        _ => a == b,
    }
}

/// Marks that open or close emphasis.
fn marks(style: Style) -> &'static str {
    match (style.is_strong, style.is_stressed) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    }
}

/// `2. ` becomes `3. `.
fn counted_on(prefix: &str) -> String {
    let digits: String = prefix.chars().filter(char::is_ascii_digit).collect();
    match digits.parse::<u32>() {
        Ok(n) => prefix.replacen(&digits, &n.saturating_add(1).to_string(), 1),
        Err(_) => prefix.to_owned(),
    }
}

/// Whether a character would be read as markup here.
fn escapes(
    c: char,
    before: Option<char>,
    next: Option<char>,
    is_row: bool,
    begins: bool,
    rest: &[char],
) -> bool {
    if begins {
        let opens = matches!(c, '#' | '>' | '-' | '+' | '=' | ':' | '~' | '|');
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let is_item = digits > 0 && matches!(rest.get(digits), Some('.' | ')'));
        // A number's own mark is escaped, not its digits; that is left to what reads it back.
        if opens && !is_item {
            return true;
        }
    }
    match c {
        '\\' | '`' | '*' | '[' | ']' => true,
        '_' => !before.is_some_and(char::is_alphanumeric) || !next.is_some_and(char::is_alphanumeric),
        '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || "/!?<".contains(c)),
        '&' => next.is_none_or(|c| c.is_ascii_alphanumeric() || c == '#'),
        '|' => is_row,
        _ => false,
    }
}

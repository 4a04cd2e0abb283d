//! Problems and findings on the terminal: the sentence, the place with its source line, what to do.
//!
//! Drawn by miette. Its colours are used only on a terminal and never with `NO_COLOR`.

use std::io::{IsTerminal, Write};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::build::{Problem, Severity, visible};
use crate::check;
use crate::cli::context::Context;
use crate::messages::Say;

/// Shows a problem on standard error; when quiet, only errors.
pub(super) fn show(problem: &Problem, context: &Context) {
    if context.quiet && problem.severity != Severity::Error {
        return;
    }
    let place = problem.place.as_deref();
    let footer = problem.help.as_ref().map(|help| help_line(help, context));
    let view = View {
        message: context.catalog.say(&problem.say),
        severity: problem.severity,
        code: None,
        source: place.map(|p| Lines::of(&p.file, &p.text, p.range.clone(), p.line)),
    };
    let drawn = view.drawn(footer, use_colour(&std::io::stderr()));
    let _ = write!(std::io::stderr(), "{drawn}");
}

/// A finding as a person reads it: rule, sentence, source line, what to do, whether there is a fix.
pub(super) fn finding(
    diagnostic: &check::Diagnostic,
    text: Option<&str>,
    context: &Context,
    colour: bool,
) -> String {
    let finding = &diagnostic.finding;
    let mut footer: Vec<String> = finding.help.iter().map(|help| help_line(help, context)).collect();
    if let Some(fix) = &finding.fix {
        let id = if fix.safe { "fix-safe" } else { "fix-unsafe" };
        footer.push(help_line(&Say { id, args: Vec::new() }, context));
    }
    let place = finding.span.zip(text);
    let message = context.catalog.say(&finding.say);
    let view = View {
        message: if place.is_some() { message } else { format!("{}: {message}", diagnostic.file) },
        severity: finding.severity,
        code: Some(finding.rule),
        source: place
            .map(|(s, text)| Lines::of(&diagnostic.file, text, visible(text, &(s.start..s.end)), s.line)),
    };
    view.drawn((!footer.is_empty()).then(|| footer.join("\n")), colour)
}

fn help_line(help: &Say, context: &Context) -> String {
    // miette's own word for it is English.
    format!("  {}{}", context.catalog.plain("help-label"), context.catalog.say(help))
}

/// Whether a stream is to have colours.
pub(super) fn use_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// A paragraph is one line of a source and may have hundreds of characters: a line longer than a
/// terminal takes is cut to so many on either side of what is meant, and so many of it.
const WIDE: usize = 44;
const BESIDE: usize = 18;
const MEANT: usize = 40;

/// The lines of a source that a range touches, a long one cut to what stands around the range.
#[derive(Debug)]
struct Lines {
    file: String,
    text: String,
    /// What is meant, in `text`.
    range: Range<usize>,
    /// Counted from 0.
    line: usize,
    column: usize,
}

impl Lines {
    /// `line` is counted from 1. It is given: to count it here would read the whole text for every finding.
    fn of(file: &str, text: &str, range: Range<usize>, line: usize) -> Self {
        let head = text.get(..range.start).unwrap_or(text);
        let tail = text.get(range.end..).unwrap_or_default();
        let meant = text.get(range).unwrap_or_default();
        let before = &head[head.rfind(['\n', '\r']).map_or(0, |k| k + 1)..];
        let after = tail.split(['\n', '\r']).next().unwrap_or_default();
        let column = before.chars().count();
        let is_long = column + meant.chars().count() + after.chars().count() > WIDE;
        let (before, meant, after) = match is_long {
            true => (last(before, BESIDE), first(meant, MEANT), first(after, BESIDE)),
            false => (before.to_owned(), meant.to_owned(), after.to_owned()),
        };
        let range = before.len()..before.len() + meant.len();
        let line = line.saturating_sub(1);
        Self { file: file.to_owned(), text: before + &meant + &after, range, line, column }
    }
}

fn first(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn last(text: &str, count: usize) -> String {
    match text.char_indices().rev().nth(count) {
        Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

impl SourceCode for Lines {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::new(0.into(), self.text.len());
        let (data, name) = (self.text.as_bytes(), self.file.clone());
        Ok(Box::new(MietteSpanContents::new_named(name, data, whole, self.line, self.column, 1)))
    }
}

#[derive(Debug)]
struct View {
    message: String,
    severity: Severity,
    code: Option<&'static str>,
    source: Option<Lines>,
}

impl View {
    fn drawn(&self, footer: Option<String>, colour: bool) -> String {
        let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let mut handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false);
        if let Some(footer) = footer {
            handler = handler.with_footer(footer);
        }
        let mut text = String::new();
        match handler.render_report(&mut text, self) {
            Ok(()) => text,
            Err(_) => format!("{}\n", self.message),
        }
    }
}

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for View {}

impl Diagnostic for View {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.code?))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::underline(self.source.as_ref()?.range.clone());
        Some(Box::new(std::iter::once(label)))
    }
}

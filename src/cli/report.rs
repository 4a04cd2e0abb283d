//! Problems on the terminal: the sentence, the place with its source line, what to do.
//!
//! Drawn by miette. Its colours are used only on a terminal and never with `NO_COLOR`.

use std::io::{IsTerminal, Write};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::build::{Problem, Severity, SourcePlace};
use crate::cli::context::Context;

/// Shows a problem on standard error; when quiet, only errors.
pub(super) fn show(problem: &Problem, context: &Context) {
    if context.quiet && problem.severity != Severity::Error {
        return;
    }
    let _ = write!(std::io::stderr(), "{}", drawn(problem, context, use_colour()));
}

fn use_colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

fn drawn(problem: &Problem, context: &Context, colour: bool) -> String {
    let view = View {
        message: context.catalog.say(&problem.say),
        severity: match problem.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        },
        source: problem.place.as_deref().cloned().map(Lines),
        label: problem.place.as_ref().map(|p| LabeledSpan::underline(visible(p))),
    };
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false);
    if let Some(help) = &problem.help {
        // miette's own word for it is English.
        let label = context.catalog.plain("help-label");
        handler = handler.with_footer(format!("  {label}{}", context.catalog.say(help)));
    }
    let mut text = String::new();
    match handler.render_report(&mut text, &view) {
        Ok(()) => text,
        Err(_) => format!("{}\n", view.message),
    }
}

/// The range to underline: never empty, never a line end alone.
fn visible(place: &SourcePlace) -> std::ops::Range<usize> {
    let (text, range) = (&place.text, &place.range);
    if !range.is_empty() && text.get(range.clone()).is_some_and(|s| !s.trim().is_empty()) {
        return range.clone();
    }
    let before = text.get(..range.start).unwrap_or(text).trim_end();
    match before.char_indices().next_back() {
        Some((at, c)) => at..at + c.len_utf8(),
        None => 0..text.chars().next().map_or(0, char::len_utf8),
    }
}

/// A source of which whole lines are shown, those that the range touches and no others.
#[derive(Debug)]
struct Lines(SourcePlace);

impl SourceCode for Lines {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.0.text.as_str();
        let end = (span.offset() + span.len()).min(text.len());
        let (Some(head), Some(tail)) = (text.get(..span.offset()), text.get(end..)) else {
            return Err(MietteError::OutOfBounds);
        };
        let start = head.rfind('\n').map_or(0, |k| k + 1);
        let stop = end + tail.find('\n').unwrap_or(tail.len());
        let line = head.matches('\n').count();
        let column = head[start..].chars().count();
        let data = &text.as_bytes()[start..stop];
        let whole = SourceSpan::new(start.into(), stop - start);
        let contents = MietteSpanContents::new_named(self.0.file.clone(), data, whole, line, column, 1);
        Ok(Box::new(contents))
    }
}

#[derive(Debug)]
struct View {
    message: String,
    severity: miette::Severity,
    source: Option<Lines>,
    label: Option<LabeledSpan>,
}

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for View {}

impl Diagnostic for View {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|s| s as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label
            .as_ref()
            .map(|l| Box::new(std::iter::once(l.clone())) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

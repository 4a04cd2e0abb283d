//! Problems on the terminal: the sentence, the place with its source line, what to do.
//!
//! Drawn by miette. Its colours are used only on a terminal and never with `NO_COLOR`.

use std::io::{IsTerminal, Write};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use crate::build::{Problem, Severity};
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
        help: problem.help.as_ref().map(|h| context.catalog.say(h)),
        severity: match problem.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        },
        source: problem.place.as_ref().map(|p| NamedSource::new(&p.file, p.text.clone())),
        label: problem.place.as_ref().map(|p| LabeledSpan::underline(p.range.clone())),
    };
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_wrap_lines(false).with_context_lines(0);
    let mut text = String::new();
    match handler.render_report(&mut text, &view) {
        Ok(()) => text,
        Err(_) => format!("{}\n", view.message),
    }
}

#[derive(Debug)]
struct View {
    message: String,
    help: Option<String>,
    severity: miette::Severity,
    source: Option<NamedSource<String>>,
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

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|h| Box::new(h) as Box<dyn std::fmt::Display>)
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

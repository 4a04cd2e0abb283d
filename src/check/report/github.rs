//! The report as workflow commands, which GitHub Actions shows beside the lines of a change.

use std::fmt::Write;

use crate::check::{Report, Severity};
use crate::messages::Catalog;

impl Report {
    /// One command a line.
    #[must_use]
    pub fn github(&self, catalog: &Catalog) -> String {
        let mut out = String::new();
        for diagnostic in &self.diagnostics {
            let finding = &diagnostic.finding;
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let _ = write!(
                out,
                "::{command} title={},file={}",
                property(finding.rule),
                property(&diagnostic.file)
            );
            if let Some(place) = diagnostic.place {
                let _ = write!(out, ",line={},endLine={}", place.line, place.end_line);
                // Columns are understood within one line only.
                if place.line == place.end_line {
                    let _ = write!(out, ",col={},endColumn={}", place.column, place.end_column);
                } else {
                    let _ = write!(out, ",col={}", place.column);
                }
            }
            let mut message = catalog.say(&finding.say);
            if let Some(help) = &finding.help {
                message = format!("{message}\n{}", catalog.say(help));
            }
            let _ = writeln!(out, "::{}", data(&message));
        }
        out
    }
}

/// A message: line ends would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! Progress: a bar on a terminal, events a line with `--json`, nothing on a pipe.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::build::{Event, Severity, Sink, Stage};
use crate::cli::context::Context;
use crate::messages::Say;

/// Shows events as the context wants them shown.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    json: bool,
    /// Outputs and warnings of the books under way, for their last event.
    open: Mutex<Vec<Under>>,
    reading: String,
    proving: String,
    writing: String,
}

#[derive(Default)]
struct Under {
    source: String,
    outputs: Vec<PathBuf>,
    warnings: usize,
    message: Option<String>,
}

impl Progress {
    pub(super) fn new(context: &Context, books: usize, formats: usize) -> Self {
        let bar = context.watched.then(|| {
            let steps = (books * (formats + 2)) as u64;
            let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {wide_msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self {
            bar,
            json: context.json,
            open: Mutex::new(Vec::new()),
            reading: context.catalog.say(&Say::new("stage-read")),
            proving: context.catalog.say(&Say::new("stage-prove")),
            writing: context.catalog.say(&Say::new("stage-write")),
        }
    }

    /// Takes the bar off the terminal.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn draw(&self, event: &Event<'_>) {
        let Some(bar) = &self.bar else { return };
        match event {
            Event::Started { source, stage } => {
                let doing = match stage {
                    Stage::Read => self.reading.as_str(),
                    Stage::Render(format) => format,
                    Stage::Prove => self.proving.as_str(),
                    Stage::Write => self.writing.as_str(),
                };
                bar.set_message(format!("{doing} {source}"));
            }
            Event::Ended { .. } => bar.inc(1),
            Event::Wrote { .. }
            | Event::Noticed { .. }
            | Event::Checked { .. }
            | Event::Done { .. }
            | Event::Failed { .. } => {}
        }
    }

    fn line(&self, event: &Event<'_>) {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let name = match event {
            Event::Started { source, .. }
            | Event::Ended { source, .. }
            | Event::Wrote { source, .. }
            | Event::Noticed { source, .. }
            | Event::Checked { source, .. }
            | Event::Done { source, .. }
            | Event::Failed { source } => *source,
        };
        let k = open.iter().position(|u| u.source == name).unwrap_or_else(|| {
            open.push(Under { source: name.to_owned(), ..Under::default() });
            open.len() - 1
        });
        let line = match event {
            Event::Started { .. } => return,
            Event::Ended { stage, took, .. } => {
                json!({ "event": "stage", "source": name, "stage": stage_name(*stage), "ms": took.as_millis() as u64 })
            }
            Event::Wrote { output, changed, .. } => {
                open[k].outputs.push((*output).clone());
                json!({ "event": "stage", "source": name, "stage": "write", "output": output, "changed": changed })
            }
            Event::Checked { findings, .. } => {
                let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
                json!({
                    "event": "checked",
                    "source": name,
                    "errors": count(Severity::Error),
                    "warnings": count(Severity::Warning),
                    "infos": count(Severity::Info),
                })
            }
            Event::Noticed { problem, .. } => {
                if problem.severity == Severity::Error {
                    open[k].message.get_or_insert_with(|| problem.say.id.to_owned());
                } else if problem.severity == Severity::Warning {
                    open[k].warnings += 1;
                }
                return;
            }
            Event::Done { took, .. } => {
                let under = open.remove(k);
                json!({ "event": "done", "source": name, "outputs": under.outputs, "warnings": under.warnings, "ms": took.as_millis() as u64 })
            }
            Event::Failed { .. } => {
                let under = open.remove(k);
                json!({ "event": "failed", "source": name, "outputs": under.outputs, "problem": under.message })
            }
        };
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Render(format) => format,
        Stage::Prove => "prove",
        Stage::Write => "write",
    }
}

impl Sink for Progress {
    fn event(&self, event: &Event<'_>) {
        self.draw(event);
        if self.json {
            self.line(event);
        }
    }
}

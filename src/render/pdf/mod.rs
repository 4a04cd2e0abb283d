//! The PDF, set by Typst: embedded in this process or run as a command, from the same project.
//!
//! The way of the bytes: [`project`] turns a job into the files of a Typst project (the templates
//! of `templates/pdf/`, the tree as `data.json`, the pictures); `embedded` or [`cli`] sets it.
//! The backend [`TypstProject`] hands the files out as they are.

mod blocks;
mod cli;
#[cfg(feature = "pdf")]
mod cover;
mod data;
mod diagnostics;
#[cfg(feature = "pdf")]
mod embedded;
mod families;
#[cfg_attr(not(feature = "pdf"), allow(dead_code, reason = "pages are planned where they are laid out"))]
mod fill;
#[cfg(feature = "desk")]
pub(super) mod live;
mod missing;
#[cfg(feature = "pdf")]
mod opened;
#[cfg(feature = "pdf")]
mod pages;
#[cfg(feature = "pdf")]
mod passes;
mod pictures;
mod press;
mod project;
#[cfg(feature = "pdf")]
mod rows;
#[cfg(test)]
mod tests;
#[cfg(feature = "pdf")]
mod turns;
#[cfg(feature = "pdf")]
mod world;

use crate::render::{Artifact, Backend, Engine, Image, Job, RenderError, Rendered};
use project::Project;

/// The built-in templates by their path inside `templates/`.
const TEMPLATES: &[(&str, &str)] = &[
    ("profiles/briefing.toml", include_str!("../../../templates/profiles/briefing.toml")),
    ("profiles/booklet.toml", include_str!("../../../templates/profiles/booklet.toml")),
    ("profiles/16k.toml", include_str!("../../../templates/profiles/16k.toml")),
    ("profiles/large-print.toml", include_str!("../../../templates/profiles/large-print.toml")),
    ("profiles/screen.toml", include_str!("../../../templates/profiles/screen.toml")),
    ("profiles/phone.toml", include_str!("../../../templates/profiles/phone.toml")),
    ("pdf/main.typ", include_str!("../../../templates/pdf/main.typ")),
    ("pdf/data.typ", include_str!("../../../templates/pdf/data.typ")),
    ("pdf/page.typ", include_str!("../../../templates/pdf/page.typ")),
    ("pdf/inline.typ", include_str!("../../../templates/pdf/inline.typ")),
    ("pdf/block.typ", include_str!("../../../templates/pdf/block.typ")),
    ("pdf/lines.typ", include_str!("../../../templates/pdf/lines.typ")),
    ("pdf/cover.typ", include_str!("../../../templates/pdf/cover.typ")),
    ("pdf/contents.typ", include_str!("../../../templates/pdf/contents.typ")),
    ("pdf/speech.typ", include_str!("../../../templates/pdf/speech.typ")),
    ("pdf/index.typ", include_str!("../../../templates/pdf/index.typ")),
    ("pdf/colophon.typ", include_str!("../../../templates/pdf/colophon.typ")),
];

/// A finished PDF.
pub(crate) struct Pdf;

/// The Typst project the PDF is set from.
pub(crate) struct TypstProject;

impl Backend for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn templates(&self) -> &'static [(&'static str, &'static str)] {
        TEMPLATES
    }

    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        let mut rendered = match job.engine {
            Engine::Embedded => embedded_engine(job),
            Engine::TypstCli { program } => cli::render(job, program),
        }?;
        if job.press.is_some() {
            for artifact in &mut rendered.artifacts {
                artifact.bytes = press::finished(&artifact.bytes, job.config.press.bleed)?;
            }
        }
        Ok(rendered)
    }
}

impl Backend for TypstProject {
    fn name(&self) -> &'static str {
        "typst"
    }

    fn render(&self, job: &Job<'_>) -> Result<Rendered, RenderError> {
        let Project { files, notes, .. } = project(job)?;
        let artifacts = files.into_iter().map(|(path, bytes)| Artifact { path, bytes }).collect();
        Ok(Rendered { artifacts, notes, pages: None })
    }
}

/// The project of a job, its pages filled where there is an engine at hand that tells how they are.
fn project(job: &Job<'_>) -> Result<Project, RenderError> {
    #[cfg(feature = "pdf")]
    if let Ok((missing, fill)) = embedded::decisions(job) {
        return Project::with(job, missing, &fill);
    }
    // A template of the user's may be wrong: it can be looked at all the same.
    Project::of(job)
}

#[cfg(feature = "pdf")]
fn embedded_engine(job: &Job<'_>) -> Result<Rendered, RenderError> {
    embedded::render(job)
}

/// The cover as a picture for an e-book; none without the embedded engine.
#[cfg(feature = "pdf")]
pub(super) fn cover(job: &Job<'_>) -> Result<Option<Image>, RenderError> {
    if *job.engine == Engine::Embedded { cover::picture(job) } else { Ok(None) }
}

/// The cover as a picture for an e-book; none without the embedded engine.
#[cfg(not(feature = "pdf"))]
pub(super) fn cover(_job: &Job<'_>) -> Result<Option<Image>, RenderError> {
    Ok(None)
}

#[cfg(not(feature = "pdf"))]
fn embedded_engine(_job: &Job<'_>) -> Result<Rendered, RenderError> {
    Err(RenderError::NoEmbeddedEngine)
}

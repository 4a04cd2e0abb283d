//! pdf
use crate::render::{Backend, Job, RenderError, Rendered};

pub(super) const TEMPLATES: &[(&str, &str)] = &[];

pub(crate) struct Pdf;
pub(crate) struct TypstProject;

impl Backend for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn render(&self, _job: &Job<'_>) -> Result<Rendered, RenderError> {
        todo!()
    }
}

impl Backend for TypstProject {
    fn name(&self) -> &'static str {
        "typst"
    }

    fn render(&self, _job: &Job<'_>) -> Result<Rendered, RenderError> {
        todo!()
    }
}

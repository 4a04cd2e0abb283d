//! docx
use crate::render::{Backend, Job, RenderError, Rendered};

pub(crate) struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn render(&self, _job: &Job<'_>) -> Result<Rendered, RenderError> {
        todo!()
    }
}

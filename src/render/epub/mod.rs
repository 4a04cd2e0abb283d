//! epub
use crate::render::{Backend, Job, RenderError, Rendered};

pub(super) const TEMPLATES: &[(&str, &str)] = &[];

pub(crate) struct Epub;

impl Backend for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn render(&self, _job: &Job<'_>) -> Result<Rendered, RenderError> {
        todo!()
    }
}

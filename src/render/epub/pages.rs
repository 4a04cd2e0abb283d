//! The template engine: autoescape everywhere, and errors that name template and line.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

use crate::render::epub::model::{Book, WORDS};
use crate::render::epub::xml::one_line;
use crate::render::epub::{wellformed, xml};
use crate::render::{RenderError, Templates};

/// The templates of a job, ready to be filled.
pub(super) struct Pages {
    engine: Environment<'static>,
}

impl Pages {
    /// Templates with `book` and `words` known in all of them.
    pub(super) fn new(templates: &Templates, book: &Book) -> Self {
        let mut engine = Environment::new();
        let templates = templates.clone();
        engine.set_loader(move |name| Ok(templates.get(name).map(|text| text.into_owned())));
        // Errors keep the words they are about.
        engine.set_debug(true);
        engine.set_auto_escape_callback(|_| AutoEscape::Html);
        engine.set_formatter(|out, state, value| match value.as_str() {
            // Only `{% autoescape %}` can have changed it.
            _ if state.auto_escape() != AutoEscape::Html => Err(Unescaped("autoescape").into()),
            Some(text) if !value.is_safe() => Ok(out.write_str(&xml::escaped(text))?),
            _ => escape_formatter(out, state, value),
        });
        engine.add_filter("safe", |_: Value| -> Result<Value, Error> { Err(Unescaped("safe").into()) });
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        engine.set_trim_blocks(true);
        engine.set_lstrip_blocks(true);
        engine.set_keep_trailing_newline(true);
        engine.add_global("book", Value::from_serialize(book));
        engine.add_global("words", Value::from_serialize(&WORDS));
        Self { engine }
    }

    /// A finished document.
    ///
    /// # Errors
    /// When the template is wrong, or what it makes is not well-formed XML.
    pub(super) fn render(&self, name: &str, context: &impl Serialize) -> Result<String, RenderError> {
        let document = self
            .engine
            .get_template(name)
            .and_then(|template| template.render(context))
            .map_err(|error| template_error(name, &error))?;
        wellformed::check(&document).map_err(|message| RenderError::Template {
            name: name.to_owned(),
            line: None,
            message: format!("what it makes is not well-formed XML: {message}"),
        })?;
        Ok(document)
    }
}

/// What would let text in as markup. The engine puts template and line to the error it travels in.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("text as markup: {0}")]
struct Unescaped(&'static str);

impl From<Unescaped> for Error {
    fn from(unescaped: Unescaped) -> Self {
        Self::new(ErrorKind::InvalidOperation, "text as markup").with_source(unescaped)
    }
}

/// The innermost error: one in an included template is wrapped in errors of those that include it.
fn template_error(asked: &str, error: &Error) -> RenderError {
    let mut innermost = error;
    let mut next = std::error::Error::source(error);
    let mut unescaped = None;
    while let Some(source) = next {
        if let Some(inner) = source.downcast_ref::<Error>() {
            innermost = inner;
        }
        unescaped = source.downcast_ref::<Unescaped>().or(unescaped);
        next = source.source();
    }
    let (name, line) = (innermost.name().unwrap_or(asked).to_owned(), innermost.line());
    if let Some(Unescaped(what)) = unescaped {
        return RenderError::Unescaped { name, line, what };
    }
    let detail = innermost.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let message = match innermost.kind() {
        ErrorKind::TemplateNotFound => innermost.detail().unwrap_or("template not found").to_owned(),
        kind => {
            // What stood there: an unknown variable's name.
            let place = innermost.range().zip(innermost.template_source());
            let words = place.and_then(|(range, source)| source.get(range)).map(one_line);
            let words = words.filter(|words| !words.is_empty()).map(|words| format!(" (`{words}`)"));
            format!("{kind}{detail}{}", words.unwrap_or_default())
        }
    };
    RenderError::Template { name, line, message }
}

//! What the desk answers: data, a file, or a sentence that says why not.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::build::{Exit, Problem};
use crate::messages::{Catalog, Say};

/// What a question is answered with.
pub(super) type Answer = Result<Reply, Refusal>;

/// An answer.
#[derive(Debug)]
pub(super) enum Reply {
    /// Data.
    Json(Value),
    /// A file to be shown.
    Shown(&'static str, Vec<u8>),
    /// A file to be kept, with its media type and name.
    Kept(String, String, Vec<u8>),
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    problem: Box<Problem>,
    /// What the page needs to go on.
    more: Value,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let status = match problem.exit {
            Exit::Defect => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self { status, problem: Box::new(problem), more: Value::Null }
    }
}

impl Refusal {
    /// A sentence with a status.
    pub(super) fn new(status: StatusCode, say: Say) -> Self {
        Self { status, problem: Box::new(Problem::error(Exit::Refused, say)), more: Value::Null }
    }

    /// What the page needs to go on.
    pub(super) fn with(self, more: Value) -> Self {
        Self { more, ..self }
    }

    pub(super) fn response(self, catalog: &Catalog) -> Response {
        let mut value = problem(&self.problem, catalog);
        if let (Some(object), Value::Object(more)) = (value.as_object_mut(), self.more) {
            object.extend(more);
        }
        respond(self.status, "application/json; charset=utf-8", value.to_string().into_bytes())
    }
}

/// A problem as the page shows it.
pub(super) fn problem(problem: &Problem, catalog: &Catalog) -> Value {
    json!({
        "id": problem.say.id,
        "severity": problem.severity,
        "message": catalog.say(&problem.say),
        "help": problem.help.as_ref().map(|h| catalog.say(h)),
        "line": problem.place.as_ref().map(|p| p.line),
        "file": problem.place.as_ref().map(|p| p.file.clone()),
    })
}

/// Several problems.
pub(super) fn problems<'a>(list: impl IntoIterator<Item = &'a Problem>, catalog: &Catalog) -> Vec<Value> {
    list.into_iter().map(|p| problem(p, catalog)).collect()
}

/// A defect, said as one.
pub(super) fn defect(what: impl std::fmt::Display) -> Problem {
    Problem::error(Exit::Defect, Say::new("defect").with("what", what)).help(Say::new("defect-help"))
}

impl Reply {
    pub(super) fn response(self) -> Response {
        match self {
            Reply::Json(value) => {
                respond(StatusCode::OK, "application/json; charset=utf-8", value.to_string().into_bytes())
            }
            Reply::Shown(media, bytes) => respond(StatusCode::OK, media, bytes),
            Reply::Kept(media, name, bytes) => {
                let mut response = respond(StatusCode::OK, "application/octet-stream", bytes);
                let headers = response.headers_mut();
                if let Ok(media) = HeaderValue::from_str(&media) {
                    headers.insert(header::CONTENT_TYPE, media);
                }
                let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
                if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
                    headers.insert(header::CONTENT_DISPOSITION, value);
                }
                response
            }
        }
    }
}

/// A response of bytes.
pub(super) fn respond(status: StatusCode, media: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

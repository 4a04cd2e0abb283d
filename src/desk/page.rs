//! The page itself: three files made from `web/`, built in.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::desk::guard::token;
use crate::desk::reply::{Answer, Refusal, Reply, respond};
use crate::desk::server::{Desk, Inner};
use crate::desk::words::{WORDS, open};
use crate::messages::{Catalog, Say};

const INDEX: &str = include_str!("../../web/dist/index.html");

/// What the page asks for, by name.
static FILES: &[(&str, &str, &[u8])] = &[
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../../web/dist/app.js")),
    ("app.css", "text/css; charset=utf-8", include_bytes!("../../web/dist/app.css")),
    ("icon.svg", "image/svg+xml", include_bytes!("../../web/dist/icon.svg")),
];

/// Stands in the page where the nonce of its styles comes; the editor makes a style sheet of its own.
const NONCE: &str = "{{nonce}}";

/// Stands in the page where its language comes.
const LANG: &str = "{{lang}}";

pub(super) async fn index(State(desk): State<Desk>) -> Response {
    let nonce = match token() {
        Ok(nonce) => nonce,
        Err(problem) => return Refusal::from(problem).response(&Catalog::new(desk.lang)),
    };
    let html = INDEX.replace(NONCE, &nonce).replace(LANG, desk.lang.tag());
    let mut response = respond(StatusCode::OK, "text/html; charset=utf-8", html.into_bytes());
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; \
         connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

pub(super) async fn asset(State(desk): State<Desk>, Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(file, _, _)| *file == name) {
        Some((_, media, bytes)) => respond(StatusCode::OK, media, bytes.to_vec()),
        None => {
            let say = Say::new("desk-no-such-page");
            Refusal::new(StatusCode::NOT_FOUND, say).response(&Catalog::new(desk.lang))
        }
    }
}

/// Nothing is asked but the language, which the address says.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// The words of the page.
pub(super) fn words(desk: &Inner, _: Nothing, catalog: &Catalog) -> Answer {
    let mut words: Map<String, Value> =
        WORDS.iter().map(|id| ((*id).to_owned(), catalog.say(&open(id)).into())).collect();
    words.insert("folder".to_owned(), desk.folder.name().into());
    Ok(Reply::Json(Value::Object(words)))
}

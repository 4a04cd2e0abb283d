//! Who may ask: a browser of this machine that was given the token, from the desk's own page.
//!
//! The token stands in the first address; it becomes a cookie that no script can read and that no other
//! site's page sends along. A name other than this machine's in `Host` is a page elsewhere that had its name
//! point here (DNS rebinding); another `Origin`, one that asks in the user's name.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::build::Problem;
use crate::desk::reply::{Refusal, defect, respond};
use crate::desk::server::Desk;
use crate::messages::{Catalog, Say};

/// The header that says the page's language. Another site's page cannot send it without being asked back.
pub(super) const SPOKEN: &str = "x-jianbao";

/// What a token is made of, in bytes.
const LONG: usize = 24;

/// Random letters and digits that nobody guesses.
pub(super) fn token() -> Result<String, Problem> {
    let mut bytes = [0u8; LONG];
    getrandom::fill(&mut bytes).map_err(defect)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Lets a request pass, or says why not.
pub(super) async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = match check(&desk, &request) {
        Pass::On => next.run(request).await,
        Pass::Enter(cookie) => {
            let mut response = respond(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new());
            response.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Pass::No(id) => {
            let catalog = Catalog::new(desk.lang);
            let say = Say { id, args: Vec::new() };
            if request.uri().path().starts_with("/api/") {
                Refusal::new(StatusCode::FORBIDDEN, say).response(&catalog)
            } else {
                respond(StatusCode::FORBIDDEN, "text/plain; charset=utf-8", catalog.say(&say).into_bytes())
            }
        }
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}

enum Pass {
    On,
    /// The token was right: the cookie to set.
    Enter(String),
    /// The sentence's id.
    No(&'static str),
}

fn check(desk: &Desk, request: &Request) -> Pass {
    let headers = request.headers();
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let hosts = [format!("127.0.0.1:{}", desk.port), format!("localhost:{}", desk.port)];
    let Some(host) = text(header::HOST).filter(|h| hosts.iter().any(|own| own == h)) else {
        return Pass::No("desk-foreign-host");
    };
    if headers.contains_key(header::ORIGIN) && text(header::ORIGIN) != Some(format!("http://{host}").as_str())
    {
        return Pass::No("desk-foreign-origin");
    }
    let cookie = format!("jianbao-{}", desk.port);
    if request.uri().path() == "/"
        && let Some(given) = query(request, "token")
    {
        return match is_same(&given, &desk.token) {
            true => Pass::Enter(format!("{cookie}={}; Path=/; HttpOnly; SameSite=Strict", desk.token)),
            false => Pass::No("desk-no-token"),
        };
    }
    if !cookies(headers).any(|(name, value)| name == cookie && is_same(value, &desk.token)) {
        return Pass::No("desk-no-token");
    }
    if request.method() != Method::GET && !headers.contains_key(SPOKEN) {
        return Pass::No("desk-foreign-origin");
    }
    Pass::On
}

fn query(request: &Request, key: &str) -> Option<String> {
    let query = request.uri().query()?;
    query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// In the same time wherever they differ.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::{is_same, token};

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert!(one.len() == 48 && one != other);
        assert!(is_same(&one, &one.clone()) && !is_same(&one, &other) && !is_same(&one, &one[1..]));
    }
}

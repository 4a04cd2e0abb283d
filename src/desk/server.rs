//! The server: one machine, one folder, questions answered by the library.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post, put};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;

use crate::build::{Exit, Problem};
use crate::desk::folder::Folder;
use crate::desk::reply::{Answer, Refusal, defect};
use crate::desk::{book, checks, files, guard, look, merging, page, settings, source, take};
use crate::messages::{Catalog, Lang, Say};

/// A question that is data is no larger than this: a text of ten million characters.
const LARGEST_QUESTION: usize = 48 << 20;

/// A file that is dropped is no larger than this.
pub(super) const LARGEST_FILE: usize = 64 << 20;

/// So much of what is too large is still taken from the line, so that the browser hears the answer.
const DRAINED: usize = 1 << 30;

/// Stack of a thread that works on an answer: a typesetter goes deep.
const STACK: usize = 16 << 20;

/// Questions that are worked on at once; the others wait.
const AT_ONCE: usize = 4;

/// How the desk is opened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The folder; the process will work in it.
    pub folder: PathBuf,
    /// The port on 127.0.0.1; 0 for a free one.
    pub port: u16,
    /// The language of what is said before a page says its own.
    pub lang: Lang,
}

impl Options {
    /// A desk over a folder.
    #[must_use]
    pub fn new(folder: PathBuf, port: u16, lang: Lang) -> Self {
        Self { folder, port, lang }
    }
}

/// Where an open desk is found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Address {
    /// The whole address, with the token.
    pub url: String,
}

/// What all questions share.
pub(super) struct Inner {
    pub(super) folder: Folder,
    pub(super) token: String,
    pub(super) port: u16,
    pub(super) lang: Lang,
    pub(super) books: book::Books,
    pub(super) tasks: take::Tasks,
    pub(super) merges: merging::Merges,
    seats: Semaphore,
    /// Questions asked so far, for names of their own.
    counted: AtomicU64,
}

impl Inner {
    /// A number that no other question has.
    pub(super) fn count(&self) -> u64 {
        self.counted.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// A handle on it.
pub(super) type Desk = Arc<Inner>;

/// Opens the desk, says where, and serves until Ctrl-C.
///
/// # Errors
/// A folder that is not there, a port that is taken.
pub fn serve(options: &Options, ready: impl FnOnce(&Address)) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()
        .map_err(defect)?;
    let done = runtime.block_on(serve_here(options, ready));
    // What still works on an answer is not waited for: nobody will hear it.
    runtime.shutdown_background();
    done
}

async fn serve_here(options: &Options, ready: impl FnOnce(&Address)) -> Result<(), Problem> {
    let folder = Folder::enter(&options.folder)?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)));
    let listener = listener.await.map_err(|e| {
        let say = Say::new("desk-port").with("port", options.port).with("why", e);
        Problem::error(Exit::Io, say).help(Say::new("desk-port-help"))
    })?;
    let port = listener.local_addr().map_err(defect)?.port();
    let token = guard::token()?;
    let desk: Desk = Arc::new(Inner {
        folder,
        token: token.clone(),
        port,
        lang: options.lang,
        books: book::Books::default(),
        tasks: take::Tasks::default(),
        merges: merging::Merges::default(),
        seats: Semaphore::new(AT_ONCE),
        counted: AtomicU64::new(0),
    });
    let app = router(desk.clone());
    ready(&Address { url: format!("http://127.0.0.1:{port}/?token={token}") });
    let stopped = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    // A page that is open keeps its connection: it must not keep the desk from closing.
    tokio::select! {
        served = axum::serve(listener, app).into_future() => served.map_err(defect),
        () = stopped => Ok(()),
    }
}

fn router(desk: Desk) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/{file}", get(page::asset))
        .route("/api/words", asked(page::words))
        .route("/api/files", asked(files::list))
        .route("/api/new", told(files::new))
        .route("/api/adopt", told(files::adopt))
        .route("/api/import", dropped(files::import))
        .route("/api/source", asked(source::read).merge(told(source::save)))
        .route("/api/state", asked(source::state))
        .route("/api/history", asked(source::history))
        .route("/api/version", asked(source::version))
        .route("/api/look", told(look::look))
        .route("/api/page", asked(look::page))
        .route("/api/where", told(look::where_on_page))
        .route("/api/place", told(look::place))
        .route("/api/book", asked(look::ebook))
        .route("/api/check", told(checks::check))
        .route("/api/rule", asked(checks::rule))
        .route("/api/standard", told(checks::standard))
        .route("/api/settings", asked(settings::read).merge(told(settings::save)))
        .route("/api/take", told(take::take))
        .route("/api/task", asked(take::task))
        .route("/api/cancel", told(take::cancel))
        .route("/api/file", asked(take::file))
        .route("/api/zip", asked(take::zip))
        .route("/api/returned", dropped(merging::returned))
        .route("/api/merge", told(merging::merge))
        .route("/api/decide", told(merging::decide))
        .layer(middleware::from_fn_with_state(desk.clone(), guard::guard))
        .with_state(desk)
}

/// A question whose data stands in the address.
fn asked<T: DeserializeOwned + Send + 'static>(f: fn(&Inner, T, &Catalog) -> Answer) -> MethodRouter<Desk> {
    get(move |State(desk): State<Desk>, request: Request| async move {
        let lang = lang(&desk, request.headers(), request.uri().query());
        match axum::extract::Query::<T>::try_from_uri(request.uri()) {
            Ok(axum::extract::Query(data)) => {
                work(desk, lang, move |desk, catalog| f(desk, data, catalog)).await
            }
            Err(error) => wrong(&error).response(&Catalog::new(lang)),
        }
    })
}

/// A question whose data is its body.
fn told<T: DeserializeOwned + Send + 'static>(f: fn(&Inner, T, &Catalog) -> Answer) -> MethodRouter<Desk> {
    post(move |State(desk): State<Desk>, request: Request| async move {
        let lang = lang(&desk, request.headers(), None);
        let bytes = match body(request, LARGEST_QUESTION).await {
            Ok(bytes) => bytes,
            Err(refusal) => return refusal.response(&Catalog::new(lang)),
        };
        work(desk, lang, move |desk, catalog| {
            let data = serde_json::from_slice(&bytes).map_err(|e| wrong(&e))?;
            f(desk, data, catalog)
        })
        .await
    })
}

/// A file that is dropped, with its name in the address.
#[derive(serde::Deserialize)]
pub(super) struct Dropped {
    /// What the file is called.
    pub(super) name: String,
}

fn dropped(f: fn(&Inner, Dropped, Vec<u8>, &Catalog) -> Answer) -> MethodRouter<Desk> {
    put(move |State(desk): State<Desk>, request: Request| async move {
        let lang = lang(&desk, request.headers(), None);
        let name = axum::extract::Query::<Dropped>::try_from_uri(request.uri());
        let dropped = match name {
            Ok(axum::extract::Query(dropped)) => dropped,
            Err(error) => return wrong(&error).response(&Catalog::new(lang)),
        };
        match body(request, LARGEST_FILE).await {
            Ok(bytes) => work(desk, lang, move |desk, catalog| f(desk, dropped, bytes, catalog)).await,
            Err(refusal) => refusal.response(&Catalog::new(lang)),
        }
    })
}

/// Works on an answer beside the line. A defect is said; the desk goes on.
async fn work(
    desk: Desk,
    lang: Lang,
    f: impl FnOnce(&Inner, &Catalog) -> Answer + Send + 'static,
) -> Response {
    let Ok(_seat) = desk.seats.acquire().await else {
        return Refusal::from(defect("closed")).response(&Catalog::new(lang));
    };
    let working = desk.clone();
    let done = tokio::task::spawn_blocking(move || {
        let catalog = Catalog::new(lang);
        match f(&working, &catalog) {
            Ok(reply) => reply.response(),
            Err(refusal) => refusal.response(&catalog),
        }
    });
    match done.await {
        Ok(response) => response,
        Err(error) => Refusal::from(defect(error)).response(&Catalog::new(lang)),
    }
}

/// The bytes of a request, as far as they are not too many.
async fn body(request: Request, limit: usize) -> Result<Vec<u8>, Refusal> {
    let told =
        request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let mut body: Body = request.into_body();
    let mut bytes = Vec::new();
    let mut is_large = told.is_some_and(|n| n > limit);
    let mut count = 0;
    loop {
        let frame = std::future::poll_fn(|context| std::pin::Pin::new(&mut body).poll_frame(context)).await;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, Say::new("desk-cut-off")))?;
        let Ok(data) = frame.into_data() else { continue };
        count += data.len();
        is_large |= count > limit;
        if is_large {
            bytes = Vec::new();
            if count > DRAINED {
                break;
            }
        } else {
            bytes.extend_from_slice(&data);
        }
    }
    if is_large {
        let say = Say::new("desk-too-large").count("size", limit >> 20);
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, say));
    }
    Ok(bytes)
}

fn wrong(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, Say::new("desk-question").with("why", error))
}

/// The language of a question: what the page says, else the desk's.
fn lang(desk: &Desk, headers: &HeaderMap, query: Option<&str>) -> Lang {
    let said = headers.get(guard::SPOKEN).and_then(|v| v.to_str().ok());
    let asked = query.and_then(|q| q.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    said.or(asked).and_then(Lang::of_tag).unwrap_or(desk.lang)
}

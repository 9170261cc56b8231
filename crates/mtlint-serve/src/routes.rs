//! What is served where, and what holds for all of it: the log, the counts, the headers, who may ask from a browser.

use crate::budget::Budget;
use crate::limits::Limits;
use crate::log::{Event, Facts, Log, Request as Logged};
use crate::metrics::{Metrics, Moment, OPEN_METRICS};
use crate::pool::Pool;
use crate::problem::Problem;
use crate::{languagetool, openapi, page, requests};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use mtlint_requests::Desk;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    pub desk: Arc<Desk>,
    pub limits: Limits,
    pub budget: Budget,
    pub pool: Pool,
    pub metrics: Metrics,
    pub connections: Arc<AtomicUsize>,
    pub log: Log,
    /// In OpenAPI, once it was asked for.
    pub description: OnceLock<Bytes>,
}

pub(crate) type Shared = Arc<App>;

/// The name of what has no route of its own, in the log and the counts.
const NOWHERE: &str = "none";

/// Everything that is served; `origins` are the pages of other servers that may ask.
pub(crate) fn router(app: Shared, origins: &[HeaderValue]) -> Router {
    let router = Router::new()
        .route("/", get(page::show).post(page::check))
        .route("/v1/check", post(requests::check))
        .route("/v1/fix", post(requests::fix))
        .route("/v1/score", post(requests::score))
        .route("/v2/check", get(languagetool::check_query).post(languagetool::check_body))
        .route("/v2/languages", get(languagetool::languages))
        .route("/openapi.json", get(describe))
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .method_not_allowed_fallback(not_allowed)
        .fallback(nowhere)
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app);
    if origins.is_empty() { router } else { router.layer(cors(origins)) }
}

fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let allowed = match origins.iter().any(|origin| origin == "*") {
        true => AllowOrigin::any(),
        false => AllowOrigin::list(origins.iter().cloned()),
    };
    let headers = [header::CONTENT_TYPE];
    CorsLayer::new().allow_origin(allowed).allow_methods([Method::GET, Method::POST]).allow_headers(headers)
}

/// Logs and counts a request, and sets what every answer says.
async fn observe(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    let route = matched.as_ref().map_or(NOWHERE, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(route, status, took);
    let facts = response.extensions_mut().remove::<Facts>();
    // A method that nobody has is the client's own word.
    let method = match method {
        Method::GET | Method::HEAD | Method::POST | Method::OPTIONS | Method::PUT | Method::DELETE => {
            method.to_string()
        }
        _ => "other".to_owned(),
    };
    let milliseconds = (took.as_secs_f64() * 1e6).round() / 1e3;
    app.log.write(&Event::Request(Logged { method: &method, route, status, milliseconds, facts }));
    let always = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in always {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn describe(State(app): State<Shared>) -> Response {
    let description =
        app.description.get_or_init(|| openapi::openapi(app.desk.registry()).to_string().into());
    ([(header::CONTENT_TYPE, "application/json")], description.clone()).into_response()
}

async fn health() -> &'static str {
    "ok\n"
}

async fn metrics(State(app): State<Shared>) -> Response {
    let moment = Moment {
        connections: app.connections.load(Ordering::Relaxed),
        waiting: app.pool.waiting(),
        working: app.pool.working(),
        memory: app.budget.used(),
    };
    ([(header::CONTENT_TYPE, OPEN_METRICS)], app.metrics.text(moment)).into_response()
}

async fn nowhere() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "nothing is here; /openapi.json tells what is where")
}

async fn not_allowed() -> Problem {
    let message = "this cannot be asked in this way; /openapi.json tells how";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, message)
}

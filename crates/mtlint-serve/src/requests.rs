//! The own interface: `/v1/check`, `/v1/fix` and `/v1/score`, with the JSON contract of `docs/json.md`.

use crate::body::{self, is_json};
use crate::log::Facts;
use crate::problem::Problem;
use crate::routes::{App, Shared};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Applicability;
use mtlint_report::{check_answer, fix_answer, score_answer};
use mtlint_requests::Request;
use std::sync::atomic::AtomicBool;

/// What is asked of a text.
#[derive(Clone, Copy, Debug)]
enum Asked {
    Check,
    Fix,
    Score,
}

pub(crate) async fn check(
    State(app): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    answer(app, Asked::Check, &headers, body).await
}

pub(crate) async fn fix(
    State(app): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    answer(app, Asked::Fix, &headers, body).await
}

pub(crate) async fn score(
    State(app): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    answer(app, Asked::Score, &headers, body).await
}

async fn answer(app: Shared, asked: Asked, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    if !is_json(headers) {
        let message = "the request must be JSON: send `Content-Type: application/json`";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let received = body::read(body, &app.limits, &app.budget).await?;
    let size = received.bytes.len();
    let worker = app.clone();
    let work = move |stop: &AtomicBool| {
        let request: Request = serde_json::from_slice(&received.bytes)
            .map_err(|error| Problem::wrong(format!("the request is not as it should be: {error}")))?;
        drop(received.bytes);
        let done = respond(&worker, asked, &request, stop);
        drop(received.share);
        done
    };
    let (json, facts) = app.pool.run(size, work).await??;
    Ok(app.respond("application/json", json, facts))
}

fn respond(
    app: &App,
    asked: Asked,
    request: &Request,
    stop: &AtomicBool,
) -> Result<(Vec<u8>, Facts), Problem> {
    let order = app.desk.order(request)?;
    let evidence = request.evidence;
    Ok(match asked {
        Asked::Check => {
            app.desk.check(order, false, stop, |checked| (check_answer(checked, evidence), facts(checked)))?
        }
        Asked::Score => app
            .desk
            .check(order, false, stop, |checked| (score_answer(checked, checked.profile), facts(checked)))?,
        Asked::Fix => {
            let least = if request.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
            app.desk.fix(&order, least, stop, |outcome, checked| {
                (fix_answer(checked, &outcome.applied, outcome.is_stable, evidence), facts(checked))
            })?
        }
    })
}

/// What the log tells of a text.
pub(crate) fn facts(checked: &Checked<'_>) -> Facts {
    Facts {
        bytes: checked.text().len(),
        words: checked.words,
        findings: checked.findings.len(),
        language: checked.document.language().map(|language| language.to_string()),
    }
}

impl App {
    /// The answer of a check, which holds its part of the memory until it is sent.
    pub fn respond(&self, media_type: &'static str, bytes: Vec<u8>, facts: Facts) -> Response {
        self.metrics.checked(facts.words, facts.findings);
        let mut response = Body::from(self.budget.hold(bytes)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        response.extensions_mut().insert(facts);
        response
    }
}

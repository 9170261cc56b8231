//! LanguageTool's interface, so that its clients show what mtlint finds: `/v2/check` and `/v2/languages`.
//!
//! What a client sends that means nothing here is passed over, as LanguageTool does it; what cannot be read is told in
//! plain text, as its clients expect it.

mod annotation;
mod languages;
mod matches;
mod parameters;

pub(crate) use languages::Language;
pub(crate) use matches::Answer;
pub(crate) use parameters::{PARAMETERS, Written};

use crate::body::{self, is_json};
use crate::form;
use crate::log::Facts;
use crate::problem::Problem;
use crate::requests::facts;
use crate::routes::{App, Shared};
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use mtlint_document::load::Format;
use mtlint_lang::identify;
use parameters::Parameters;
use std::sync::atomic::AtomicBool;

/// A problem as LanguageTool tells it.
struct Told(Problem);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        self.0.respond("text/plain; charset=utf-8", format!("Error: {}", self.0.detail()))
    }
}

pub(crate) async fn check_query(State(app): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let bytes = query.unwrap_or_default().into_bytes();
    answer(app, bytes, form::parse).await.unwrap_or_else(|problem| Told(problem).into_response())
}

pub(crate) async fn check_body(
    State(app): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let is_json = is_json(&headers);
    let received = match body::read(body, &app.limits, &app.budget).await {
        Ok(received) => received,
        Err(problem) => return Told(problem).into_response(),
    };
    let share = received.share;
    let read = move |bytes: &[u8]| {
        let _share = share;
        let mut fields = if is_json { parameters::of_json(bytes)? } else { form::parse(bytes)? };
        // What the body says counts.
        fields.extend(form::parse(query.unwrap_or_default().as_bytes())?);
        Ok(fields)
    };
    answer(app, received.bytes, read).await.unwrap_or_else(|problem| Told(problem).into_response())
}

async fn answer(
    app: Shared,
    bytes: Vec<u8>,
    read: impl FnOnce(&[u8]) -> Result<form::Fields, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let size = bytes.len();
    let worker = app.clone();
    let work = move |stop: &AtomicBool| {
        let parameters = Parameters::of(read(&bytes)?)?;
        drop(bytes);
        check(&worker, parameters, stop)
    };
    let (json, facts) = app.pool.run(size, work).await??;
    Ok(app.respond("application/json", json, facts))
}

fn check(app: &App, parameters: Parameters, stop: &AtomicBool) -> Result<(Vec<u8>, Facts), Problem> {
    let desk = &app.desk;
    let packs = desk.registry().packs();
    let detected = identify::document(&parameters.text.text, packs.function_words());
    let selection = parameters.selection(desk.registry(), desk.selection());
    let mut order = desk.order_of("text", Format::Text, parameters.text.article());
    order.article.language = parameters.language.or(detected);
    let runs = selection.is_some();
    order.selection = selection.unwrap_or(order.selection);
    let tag = parameters.tag.as_deref();
    let (answer, facts) = desk.check(order, false, stop, |checked| {
        let told = languages::told(packs, checked.document.language(), tag, detected, &parameters.variants);
        (Answer::of(checked, told, runs), facts(checked))
    })?;
    let json = serde_json::to_vec(&answer).map_err(|_| Problem::from(crate::pool::Failed::Fault))?;
    Ok((json, facts))
}

pub(crate) async fn languages(State(app): State<Shared>) -> Response {
    let all = languages::all(app.desk.registry().packs());
    // Strings alone.
    let json = serde_json::to_string(&all).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

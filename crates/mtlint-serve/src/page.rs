//! The page for people: a text is put in, shown as in the report, and mended fix by fix.
//!
//! Its form is sent here each time; nothing is kept between two requests, and the page needs no script.

use crate::body;
use crate::form::{self, value};
use crate::log::Facts;
use crate::problem::Problem;
use crate::requests::facts;
use crate::routes::{App, Shared};
use axum::body::Body;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Applicability;
use mtlint_lang::Language;
use mtlint_report::{Checking, workbench};
use mtlint_requests::Request;
use mtlint_text::{Edit, apply_edits};
use std::sync::atomic::AtomicBool;

/// Up to how many bytes a text is shown with what fixing makes of it, which takes many times as long as checking.
const MENDED: usize = 64 << 10;

/// What is to be done with the text before it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Apply {
    Nothing,
    /// All safe fixes.
    Safe,
    /// One fix: the fingerprint of its finding, and its number there.
    Fix(String, usize),
}

/// A text after something was done with it.
struct Applied {
    text: String,
    message: Option<String>,
    /// The finding to go on with.
    next: Option<usize>,
}

pub(crate) async fn show(State(app): State<Shared>) -> Html<String> {
    Html(workbench(&Checking {
        text: "",
        language: "",
        languages: &languages(&app),
        checked: None,
        message: None,
        next: None,
    }))
}

pub(crate) async fn check(State(app): State<Shared>, body: Body) -> Response {
    match answer(&app, body).await {
        Ok(response) => response,
        // Told in the page, whose field the browser keeps when the reader goes back.
        Err(problem) => {
            let message = format!("{}: {}", problem.status, problem.detail());
            let page = workbench(&Checking {
                text: "",
                language: "",
                languages: &languages(&app),
                checked: None,
                message: Some(&message),
                next: None,
            });
            problem.respond("text/html; charset=utf-8", page)
        }
    }
}

async fn answer(app: &Shared, body: Body) -> Result<Response, Problem> {
    let received = body::read(body, &app.limits, &app.budget).await?;
    let size = received.bytes.len();
    let worker = app.clone();
    let work = move |stop: &AtomicBool| {
        let fields = form::parse(&received.bytes)?;
        drop(received.bytes);
        let page = respond(&worker, &fields, stop);
        drop(received.share);
        page
    };
    let (html, facts) = app.pool.run(size, work).await??;
    Ok(app.respond("text/html; charset=utf-8", html.into_bytes(), facts).into_response())
}

fn respond(app: &App, fields: &form::Fields, stop: &AtomicBool) -> Result<(String, Facts), Problem> {
    // A form ends its lines as the network does, whatever the field held.
    let text = value(fields, "text").unwrap_or_default().replace("\r\n", "\n");
    let language = value(fields, "language").unwrap_or_default();
    let request = |text: String| Request {
        text,
        language: (!language.is_empty()).then(|| language.to_owned()),
        ..Request::default()
    };
    let apply = Apply::of(value(fields, "apply").unwrap_or_default());
    let Applied { text, message, next } = apply.to(app, request(text), stop)?;
    let order = app.desk.order(&request(text.clone()))?;
    let mend = text.len() <= MENDED;
    let page = app.desk.check(order, mend, stop, |checked| {
        let checking = Checking {
            text: &text,
            language,
            languages: &languages(app),
            checked: Some(checked),
            message: message.as_deref(),
            next,
        };
        (workbench(&checking), facts(checked))
    })?;
    Ok(page)
}

impl Apply {
    /// What a button of the page says.
    fn of(value: &str) -> Self {
        match value.split_once(':') {
            Some((fingerprint, number)) => {
                number.parse().map_or(Self::Nothing, |number| Self::Fix(fingerprint.to_owned(), number))
            }
            None if value == "safe" => Self::Safe,
            None => Self::Nothing,
        }
    }

    /// Does it with a text.
    fn to(&self, app: &App, request: Request, stop: &AtomicBool) -> Result<Applied, Problem> {
        let kept = |text: String, message: Option<&str>| Applied {
            text,
            message: message.map(str::to_owned),
            next: None,
        };
        match self {
            Self::Nothing => Ok(kept(request.text, None)),
            Self::Safe => {
                let order = app.desk.order(&request)?;
                let done = app.desk.fix(&order, Applicability::Safe, stop, |outcome, _| Applied {
                    text: outcome.text.clone(),
                    message: Some(format!(
                        "{} applied.",
                        mtlint_report::count(outcome.applied.values().sum(), "safe fix")
                    )),
                    next: Some(0),
                })?;
                Ok(done)
            }
            Self::Fix(fingerprint, number) => {
                let order = app.desk.order(&request)?;
                let done =
                    app.desk.check(order, false, stop, |checked| one(checked, fingerprint, *number))?;
                let message =
                    "That finding is not there any more: the text was changed. This is what is found now.";
                Ok(done.unwrap_or_else(|| kept(request.text, Some(message))))
            }
        }
    }
}

/// The text after one fix of a finding; `None` when there is none.
fn one(checked: &Checked<'_>, fingerprint: &str, number: usize) -> Option<Applied> {
    let place = checked.findings.iter().position(|located| located.fingerprint == fingerprint)?;
    let fix = checked.findings[place].finding.fixes.get(number)?;
    let edits = fix.edits.iter().map(|edit| checked.document.edit_to_original(edit));
    let mut edits = edits.collect::<Option<Vec<Edit>>>()?;
    edits.sort_by_key(|edit| edit.span);
    let text = apply_edits(checked.text(), &edits).ok()?;
    Some(Applied { text, message: Some(format!("Applied: {}.", fix.title)), next: Some(place) })
}

/// The languages that a reader may choose: code and name, by name.
fn languages(app: &App) -> Vec<(String, String)> {
    let packs = app.desk.registry().packs();
    let named = |code: Language| (code.to_string(), packs.get(Some(code)).name_of(&code).to_owned());
    let mut all: Vec<(String, String)> = packs.languages().map(named).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_read() {
        assert_eq!(Apply::of(""), Apply::Nothing);
        assert_eq!(Apply::of("safe"), Apply::Safe);
        assert_eq!(Apply::of("e7fed72feb31b975:1"), Apply::Fix("e7fed72feb31b975".to_owned(), 1));
        assert_eq!(Apply::of("e7fed72feb31b975:x"), Apply::Nothing);
    }
}

//! What is answered where there is no answer: problem details, as RFC 9457 has them.

use crate::pool::Failed;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mtlint_requests::Refused;
use schemars::JsonSchema;
use serde::Serialize;

/// After how many seconds a client that was refused for want of room may ask again.
const RETRY_AFTER: &str = "1";

/// The media type of problem details.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: StatusCode,
    /// A message for each mistake.
    pub messages: Vec<String>,
}

/// A problem, as it is sent.
#[derive(JsonSchema, Serialize)]
#[schemars(title = "What is wrong with a request, by RFC 9457", rename = "Problem")]
pub(crate) struct JsonProblem<'a> {
    /// What the status means.
    title: &'a str,
    /// That of the answer.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What is wrong, and what to do.
    detail: String,
    /// The same, a message for each mistake.
    errors: &'a [String],
}

impl Problem {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, messages: vec![message.into()] }
    }

    /// What is wrong with what the client sent.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// All that is wrong, in one text.
    pub fn detail(&self) -> String {
        self.messages.join("; ")
    }

    /// The answer, with `body` in place of its problem details.
    pub fn respond(&self, media_type: &'static str, body: String) -> Response {
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        if self.status == StatusCode::REQUEST_TIMEOUT {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let json = JsonProblem {
            title,
            status: self.status.as_u16(),
            detail: self.detail(),
            errors: &self.messages,
        };
        // Strings and a number.
        self.respond(PROBLEM_JSON, serde_json::to_string(&json).unwrap_or_default())
    }
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Full => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too many requests wait: try again in a moment")
            }
            Failed::Late => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the text was not checked in time: send a shorter one, or try again later",
            ),
            Failed::Fault => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal error while checking the text, please report it",
            ),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Wrong(messages) => Self { status: StatusCode::BAD_REQUEST, messages },
            Refused::Stopped => Failed::Late.into(),
        }
    }
}

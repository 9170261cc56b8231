//! Reading the body of a request within its limits.

use crate::budget::{Budget, Share};
use crate::limits::Limits;
use crate::problem::Problem;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use std::time::Duration;
use tokio::time::timeout;

/// How long what is refused is read on and thrown away: a client that is still sending would otherwise find its
/// connection closed and never read why.
const DRAIN: Duration = Duration::from_secs(2);

/// A body, with its share of the memory.
#[derive(Debug)]
pub(crate) struct Received {
    pub bytes: Vec<u8>,
    /// Given back when the request is over.
    pub share: Share,
}

/// Reads a body.
///
/// # Errors
/// 413 when it is too large, 429 when there is no room for it, 408 when it comes too slowly, 400 when it breaks off.
pub(crate) async fn read(mut body: Body, limits: &Limits, budget: &Budget) -> Result<Received, Problem> {
    let announced = body.size_hint().lower();
    let outcome = match usize::try_from(announced) {
        Ok(bytes) if bytes <= limits.body => {
            // What is announced is not taken before it comes: a client that sends nothing holds nothing.
            match timeout(limits.patience, gather(&mut body, limits, budget)).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    let message =
                        format!("the request took longer than {} seconds to come", limits.patience.as_secs());
                    return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, message));
                }
            }
        }
        _ => Err(too_large(limits)),
    };
    if outcome.is_err() {
        let _ = timeout(DRAIN, async { while let Some(Ok(_)) = body.frame().await {} }).await;
    }
    outcome
}

async fn gather(body: &mut Body, limits: &Limits, budget: &Budget) -> Result<Received, Problem> {
    let mut received = Received { bytes: Vec::new(), share: budget.share() };
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::wrong("the body of the request breaks off"))?;
        let Ok(data) = frame.into_data() else { continue };
        if received.bytes.len() + data.len() > limits.body {
            return Err(too_large(limits));
        }
        if !received.share.grow(data.len()) {
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "the requests under way take all the memory there is for them: try again in a moment",
            ));
        }
        received.bytes.extend_from_slice(&data);
    }
    Ok(received)
}

fn too_large(limits: &Limits) -> Problem {
    let message = format!("the request is larger than {} bytes: send the text in parts", limits.body);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

/// Whether a body is JSON, as its header says.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = named.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

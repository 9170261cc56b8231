//! The log: a JSON object a line on standard error, about requests and faults, never with anything of a text.

use serde::Serialize;
use std::io::{self, Write};
use std::panic;

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Off,
    /// Faults of the service.
    Error,
    /// Beginning and end of the service, too.
    Notice,
    /// Every request, too.
    #[default]
    Request,
}

/// Where the service logs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    pub level: Level,
}

/// What happened.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(crate) enum Event<'e> {
    /// The service is ready.
    Listening {
        address: String,
    },
    /// The service was told to end, and waits for the requests under way.
    Ending {
        connections: usize,
    },
    /// All is done.
    Ended,
    /// A connection could not be taken.
    Accept {
        error: String,
    },
    /// A fault of mtlint: where in its source.
    Panic {
        place: String,
    },
    Request(Request<'e>),
}

/// A request that was answered.
#[derive(Debug, Serialize)]
pub(crate) struct Request<'e> {
    pub method: &'e str,
    /// The route, not the address: that may hold a text.
    pub route: &'e str,
    pub status: u16,
    pub milliseconds: f64,
    #[serde(flatten)]
    pub facts: Option<Facts>,
}

/// What is told of a text that was checked.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Facts {
    /// Of the text.
    pub bytes: usize,
    pub words: usize,
    pub findings: usize,
    pub language: Option<String>,
}

#[derive(Serialize)]
struct Line<'l> {
    time: String,
    level: &'static str,
    #[serde(flatten)]
    event: &'l Event<'l>,
}

impl Event<'_> {
    fn level(&self) -> Level {
        match self {
            Self::Request(_) => Level::Request,
            Self::Listening { .. } | Self::Ending { .. } | Self::Ended => Level::Notice,
            Self::Accept { .. } | Self::Panic { .. } => Level::Error,
        }
    }
}

impl Log {
    pub fn write(self, event: &Event<'_>) {
        if event.level() > self.level {
            return;
        }
        let level = if event.level() == Level::Error { "error" } else { "info" };
        let line = Line { time: jiff::Timestamp::now().to_string(), level, event };
        let Ok(mut json) = serde_json::to_vec(&line) else { return };
        json.push(b'\n');
        // Nobody can be told that nobody can be told.
        let _ = io::stderr().write_all(&json);
    }

    /// Lets a panic be logged by its place alone: its message may quote the text.
    pub fn take_panics(self) {
        panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map_or_else(String::new, ToString::to_string);
            self.write(&Event::Panic { place });
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_flat_object() {
        let facts = Facts { bytes: 3, words: 1, findings: 0, language: Some("en".to_owned()) };
        let request = Request {
            method: "POST",
            route: "/v1/check",
            status: 200,
            milliseconds: 1.5,
            facts: Some(facts),
        };
        let line = Line { time: String::new(), level: "info", event: &Event::Request(request) };
        assert_eq!(
            serde_json::to_string(&line).unwrap(),
            r#"{"time":"","level":"info","event":"request","method":"POST","route":"/v1/check","status":200,"milliseconds":1.5,"bytes":3,"words":1,"findings":0,"language":"en"}"#
        );
    }
}

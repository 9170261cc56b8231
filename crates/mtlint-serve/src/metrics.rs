//! What Prometheus reads at `/metrics`.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// The media type of what is read.
pub(crate) const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper bounds of how long requests took, in seconds.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

/// What is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    words: Counter,
    findings: Counter,
    connections: Gauge,
    waiting: Gauge,
    working: Gauge,
    memory: Gauge,
}

/// What is so at this moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub connections: usize,
    pub waiting: usize,
    pub working: usize,
    /// Of requests and answers, in bytes.
    pub memory: usize,
}

impl Metrics {
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("mtlint"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            words: Counter::default(),
            findings: Counter::default(),
            connections: Gauge::default(),
            waiting: Gauge::default(),
            working: Gauge::default(),
            memory: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("requests", "Requests that were answered", metrics.requests.clone());
        let what = "How long requests took, from the first byte read to the answer";
        registry.register_with_unit("request", what, Unit::Seconds, metrics.seconds.clone());
        registry.register("words", "Words of the texts that were checked", metrics.words.clone());
        registry.register("findings", "Findings in the texts that were checked", metrics.findings.clone());
        registry.register("connections", "Connections that are open", metrics.connections.clone());
        registry.register("waiting", "Texts that wait to be checked", metrics.waiting.clone());
        registry.register("working", "Texts that are being checked", metrics.working.clone());
        let what = "What requests and answers under way take";
        registry.register_with_unit("memory", what, Unit::Bytes, metrics.memory.clone());
        metrics
    }

    /// Counts an answer.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Answered { route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// Counts a text.
    pub fn checked(&self, words: usize, findings: usize) {
        self.words.inc_by(words as u64);
        self.findings.inc_by(findings as u64);
    }

    /// All of it, as it is at this moment.
    pub fn text(&self, moment: Moment) -> String {
        let set = |gauge: &Gauge, value: usize| gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        set(&self.connections, moment.connections);
        set(&self.waiting, moment.waiting);
        set(&self.working, moment.working);
        set(&self.memory, moment.memory);
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

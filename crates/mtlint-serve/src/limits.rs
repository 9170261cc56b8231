//! What a service spends on whom.

use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

/// What a service spends on whom. What is over a limit is refused with a status that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body of a request, in bytes; more is refused with 413.
    pub body: usize,
    /// How many bytes of requests and answers are held at once, in all; a request for which there is no room is refused
    /// with 429. Checking a text takes more memory than the text, see `docs/serve.md`.
    pub memory: usize,
    /// How long a client may take to send a request, and how long it may not read its answer; what is slower is
    /// refused with 408, or cut off.
    pub patience: Duration,
    /// How long a request may wait and be worked on; later it is answered with 503, and the work stopped.
    pub time: Duration,
    /// How many threads check short texts; beside them, half as many check long ones.
    pub threads: NonZeroUsize,
    /// How many requests wait for these threads at most; more are refused with 429.
    pub queue: usize,
    /// How many connections are open at most; more are refused with 429.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 16 << 20,
            memory: 128 << 20,
            patience: Duration::from_secs(30),
            time: Duration::from_secs(60),
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            queue: 256,
            connections: 1024,
        }
    }
}

//! The threads that check texts, and the queues before them, which have an end.
//!
//! Short texts have threads of their own, so that none waits behind long ones. What nobody waits for any more is not
//! begun, and stopped if it has begun: the guard of a request sets its flag when the request is dropped, for whatever
//! reason. A text that makes a check panic is answered as a fault, and the thread goes on.

use crate::limits::Limits;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

/// Up to how many bytes a text is short: some ten milliseconds of work.
const SHORT: usize = 128 << 10;

type Job = Box<dyn FnOnce() + Send>;

/// The threads and their queues. They end when it is dropped and the queues are empty.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    short: Sender<Job>,
    long: Sender<Job>,
    working: Arc<AtomicUsize>,
    time: std::time::Duration,
}

/// Why nothing came of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The queue is full.
    Full,
    /// It took too long.
    Late,
    /// It panicked.
    Fault,
}

/// Stops a job when nobody waits for it any more.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Pool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(limits: &Limits) -> io::Result<Self> {
        let (short, short_jobs) = bounded(limits.queue);
        let (long, long_jobs) = bounded(limits.queue);
        for number in 0..limits.threads.get() {
            spawn(format!("short-{number}"), short_jobs.clone())?;
        }
        for number in 0..limits.threads.get().div_ceil(2) {
            spawn(format!("long-{number}"), long_jobs.clone())?;
        }
        Ok(Self { short, long, working: Arc::default(), time: limits.time })
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// How many jobs are worked on.
    pub fn working(&self) -> usize {
        self.working.load(Ordering::Relaxed)
    }

    /// Does `work` about a text of so many bytes. `work` ends soon when the flag it is given is set, and then what it
    /// gives is thrown away.
    ///
    /// # Errors
    /// See [`Failed`].
    pub async fn run<T: Send + 'static>(
        &self,
        size: usize,
        work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
    ) -> Result<T, Failed> {
        let deadline = Instant::now() + self.time;
        let (answer, waits) = oneshot::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let _guard = StopOnDrop(stop.clone());
        let working = self.working.clone();
        let job = Box::new(move || {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            working.fetch_add(1, Ordering::Relaxed);
            // What is dropped with the job is of this request alone.
            let done = catch_unwind(AssertUnwindSafe(|| work(&stop)));
            working.fetch_sub(1, Ordering::Relaxed);
            // Nobody waits for what was stopped.
            let _ = answer.send(done.map_err(|_| Failed::Fault));
        });
        let queue = if size <= SHORT { &self.short } else { &self.long };
        queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Failed::Full,
            TrySendError::Disconnected(_) => Failed::Fault,
        })?;
        match timeout_at(deadline, waits).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(Failed::Fault),
            Err(_) => Err(Failed::Late),
        }
    }
}

fn spawn(name: String, jobs: Receiver<Job>) -> io::Result<()> {
    let work = move || jobs.into_iter().for_each(|job| job());
    thread::Builder::new().name(name).spawn(work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroUsize;
    use std::time::Duration;

    fn limits() -> Limits {
        Limits { threads: NonZeroUsize::MIN, queue: 1, time: Duration::from_millis(200), ..Limits::default() }
    }

    fn until_stopped(stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(1));
        }
    }

    async fn settle(pool: &Pool, waiting: usize, working: usize) {
        while (pool.waiting(), pool.working()) != (waiting, working) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn a_full_queue_refuses_and_what_is_late_is_stopped() {
        let pool = Pool::start(&limits()).unwrap();
        let first = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(0, until_stopped).await }
        });
        settle(&pool, 0, 1).await;
        let second = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(0, |_| 2).await }
        });
        settle(&pool, 1, 1).await;
        assert_eq!(pool.run(0, |_| 3).await, Err(Failed::Full));
        assert_eq!(pool.run(SHORT + 1, |_| 4).await, Ok(4), "long texts have another queue");
        assert_eq!(first.await.unwrap(), Err(Failed::Late));
        let _ = second.await.unwrap();
        settle(&pool, 0, 0).await;
        assert_eq!(pool.run(0, |_| 5).await, Ok(5));
    }

    #[tokio::test]
    async fn what_is_dropped_is_stopped() {
        let pool = Pool::start(&limits()).unwrap();
        let request = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(0, until_stopped).await }
        });
        settle(&pool, 0, 1).await;
        request.abort();
        settle(&pool, 0, 0).await;
    }

    #[tokio::test]
    async fn a_thread_survives_a_panic() {
        let pool = Pool::start(&limits()).unwrap();
        assert_eq!(pool.run(0, |_| panic!("meant")).await, Err::<(), _>(Failed::Fault));
        assert_eq!(pool.run(0, |_| 1).await, Ok(1));
    }
}

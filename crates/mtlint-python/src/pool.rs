//! Threads that work: a pool for each number of threads, made when first asked for, and anew in a forked process, which
//! has none of the threads of its parent.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The pools of a process, by their number of threads; 0 is as many as there are processors.
#[derive(Default)]
struct Pools {
    process: u32,
    by_threads: HashMap<usize, Arc<ThreadPool>>,
}

static POOLS: Mutex<Option<Pools>> = Mutex::new(None);

/// The pool of so many threads; 0 is as many as there are processors.
///
/// # Errors
/// Why the threads cannot be started.
pub fn pool(threads: usize) -> Result<Arc<ThreadPool>, String> {
    // A thread that panicked has left no pool by half.
    let mut known = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    let pools = match &mut *known {
        Some(pools) if pools.process == process => pools,
        other => {
            // Pools of the parent would wait for threads that do not exist here: they are never taken apart.
            std::mem::forget(other.take());
            other.insert(Pools { process, ..Pools::default() })
        }
    };
    if let Some(pool) = pools.by_threads.get(&threads) {
        return Ok(pool.clone());
    }
    let builder = ThreadPoolBuilder::new().num_threads(threads);
    let pool = builder.build().map_err(|error| format!("cannot start threads: {error}"))?;
    let pool = Arc::new(pool);
    pools.by_threads.insert(threads, pool.clone());
    Ok(pool)
}

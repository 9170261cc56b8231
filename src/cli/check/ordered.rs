//! Work in parallel whose results come in order.

use rayon::prelude::*;

/// How many items are in work or waiting for their turn at once: enough that threads seldom wait for
/// the slowest, few enough that their results take little memory.
const BATCH: usize = 64;

/// Calls `work` on every item in parallel and `take` on every result, in the order of the items,
/// while the next are in work. Stops when `take` fails.
///
/// # Errors
/// That of `take`.
pub(in crate::cli) fn ordered<T: Send, O: Send, E: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> O + Sync,
    take: impl FnMut(O) -> Result<(), E> + Send,
) -> Result<(), E> {
    ordered_by(BATCH, items, work, take)
}

/// The same with so many items in work at once.
///
/// # Errors
/// That of `take`.
pub(in crate::cli) fn ordered_by<T: Send, O: Send, E: Send>(
    many: usize,
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> O + Sync,
    mut take: impl FnMut(O) -> Result<(), E> + Send,
) -> Result<(), E> {
    let mut items = items.fuse();
    let mut done: Vec<O> = Vec::new();
    loop {
        let batch: Vec<T> = items.by_ref().take(many).collect();
        let is_last = batch.is_empty();
        let (taken, next) = rayon::join(
            || done.into_iter().try_for_each(&mut take),
            || batch.into_par_iter().map(&work).collect::<Vec<O>>(),
        );
        taken?;
        if is_last {
            return Ok(());
        }
        done = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut seen = Vec::new();
        let outcome: Result<(), ()> = ordered(
            0..1000,
            |n| n * 2,
            |n| {
                seen.push(n);
                Ok(())
            },
        );
        assert_eq!(outcome, Ok(()));
        assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_failure_stops_the_work() {
        let mut taken = 0;
        let outcome = ordered(
            0..,
            |n| n,
            |n| {
                taken += 1;
                if n == 100 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!((outcome, taken), (Err("full"), 101));
    }
}

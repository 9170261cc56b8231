//! How many bytes of requests and answers are held at once.

use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of bytes that several share.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    used: Arc<AtomicUsize>,
    most: usize,
}

/// A share of a budget, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Budget,
    bytes: usize,
}

impl Budget {
    pub fn new(most: usize) -> Self {
        Self { used: Arc::default(), most }
    }

    /// How many bytes are in use.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// A share of nothing, to be grown.
    pub fn share(&self) -> Share {
        Share { budget: self.clone(), bytes: 0 }
    }

    /// Bytes that take part of the budget as long as anybody holds them, whether there is room or not: an answer that is
    /// ready is not thrown away, but while it waits to be read no new request takes its place.
    pub fn hold(&self, bytes: Vec<u8>) -> Bytes {
        let mut share = self.share();
        self.used.fetch_add(bytes.len(), Ordering::Relaxed);
        share.bytes = bytes.len();
        Bytes::from_owner(Held { bytes, _share: share })
    }
}

impl Share {
    /// Makes it larger; `false` when there is no room.
    #[must_use]
    pub fn grow(&mut self, bytes: usize) -> bool {
        let most = self.budget.most;
        let grown = self.budget.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
            used.checked_add(bytes).filter(|sum| *sum <= most)
        });
        self.bytes += if grown.is_ok() { bytes } else { 0 };
        grown.is_ok()
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// Bytes with their share.
struct Held {
    bytes: Vec<u8>,
    _share: Share,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_comes_back() {
        let budget = Budget::new(10);
        let mut share = budget.share();
        assert!(share.grow(4) && share.grow(4) && !share.grow(4));
        let held = budget.hold(vec![0; 9]);
        assert_eq!(budget.used(), 17);
        drop(share);
        assert_eq!(budget.used(), 9);
        let part = held.slice(..1);
        drop(held);
        assert_eq!(budget.used(), 9);
        drop(part);
        assert_eq!(budget.used(), 0);
    }
}

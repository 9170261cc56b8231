//! Keeping the most severe of many findings, for consumers that take or show only so many.

use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Severity;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The most severe first, then in the order of files, records and places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    severity: Reverse<Severity>,
    place: Place,
}

/// The order in which documents are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    path: PathBuf,
    record: u32,
    /// Among the findings of the document.
    index: usize,
}

/// What was made of the most severe findings, whichever thread found them.
#[derive(Debug)]
pub(super) struct MostSevere<T> {
    limit: usize,
    kept: Mutex<BTreeMap<Key, T>>,
}

impl<T> MostSevere<T> {
    /// Keeps at most `limit`.
    pub fn new(limit: usize) -> Self {
        Self { limit, kept: Mutex::default() }
    }

    /// Keeps what was made of a document's findings, in the order given, as far as there is room.
    pub fn offer(&self, checked: &Checked<'_>, made: impl IntoIterator<Item = (Severity, T)>) {
        let record = checked.record.map_or(0, |record| record.line);
        let keyed = made.into_iter().enumerate().map(|(index, (severity, made))| {
            let place = Place { path: PathBuf::from(checked.path), record, index };
            (Key { severity: Reverse(severity), place }, made)
        });
        let keyed: Vec<(Key, T)> = keyed.collect();
        // What a thread that panicked has left is whole: a map is never seen by half.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(keyed);
        while kept.len() > self.limit {
            kept.pop_last();
        }
    }

    /// Calls `show` with what is kept, the most severe first.
    pub fn by_severity(&self, show: impl FnMut(&T)) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).values().for_each(show);
    }

    /// Calls `show` with what is kept, in the order of files and places.
    pub fn by_place(&self, mut show: impl FnMut(&T)) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(&Place, &T)> = kept.iter().map(|(key, made)| (&key.place, made)).collect();
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().for_each(|(_, made)| show(made));
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

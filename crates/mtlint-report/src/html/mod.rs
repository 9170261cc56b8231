//! `--format html`: one page for people who look rather than read.
//!
//! The page is one file that asks the network for nothing. It begins with the articles that are
//! worst, so that it is put together when the last one is known: this format alone keeps what it
//! has rendered. What an article holds stands in `<noscript>` elements, which a browser without
//! scripts shows and one with scripts passes over without building anything: the script of the page
//! builds each part when it comes near, and a folder of 500 articles opens at once.
//!
//! Nothing of an article can become markup: `maud` escapes all text, and the page's
//! Content-Security-Policy names its own style and script by their hashes and allows nothing else.

mod article;
mod entry;
mod finding;
mod marks;
mod mended;
mod notes;
mod overview;
mod page;
mod parts;
mod sheet;
mod sides;
mod text;
mod workbench;

pub use workbench::{Checking, workbench};

use super::{Format, Summary};
use entry::Entry;
use mtlint_engine::lint::Checked;
use std::sync::{Mutex, PoisonError};

/// How many articles are shown in place: the worst. The others are in the table alone.
const MOST_IN_PLACE: usize = 1_000;
/// How much markup of articles is kept, in bytes; the worst article is shown whatever its size.
const MOST_MARKUP: usize = 200_000_000;

/// One page for the whole run.
#[derive(Debug, Default)]
pub struct Html {
    gathered: Mutex<Gathered>,
}

/// The articles so far.
#[derive(Debug, Default)]
struct Gathered {
    /// In the order in which threads came to an end.
    entries: Vec<Entry>,
    /// How many of them hold their markup.
    in_place: usize,
    /// The bytes of that markup.
    markup: usize,
}

impl Gathered {
    fn add(&mut self, entry: Entry) {
        self.in_place += usize::from(entry.is_in_place());
        self.markup += entry.markup();
        self.entries.push(entry);
        // Twice what is shown: so the sorting is seldom, and memory stays bounded.
        if self.in_place > 2 * MOST_IN_PLACE || self.markup > 2 * MOST_MARKUP {
            self.shorten();
        }
    }

    /// Sorts the articles from the worst on, and keeps the markup of those that are shown in place.
    /// What comes later can only push an article further down, so the end is the same whatever the
    /// order in which articles come.
    fn shorten(&mut self) {
        self.entries.sort_by(|a, b| a.rank().cmp(&b.rank()));
        (self.in_place, self.markup) = (0, 0);
        let mut is_full = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.is_in_place()) {
            let markup = self.markup + entry.markup();
            is_full |= self.in_place == MOST_IN_PLACE || self.in_place > 0 && markup > MOST_MARKUP;
            if is_full {
                entry.take_out();
            } else {
                self.in_place += 1;
                self.markup = markup;
            }
        }
    }
}

impl Format for Html {
    fn wants_mended(&self) -> bool {
        true
    }

    fn document(&self, checked: &Checked<'_>, _out: &mut Vec<u8>) {
        let entry = Entry::of(checked, None);
        // A thread that panicked elsewhere left the list as it was.
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).add(entry);
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        let mut gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        gathered.shorten();
        out.extend_from_slice(page::page(&gathered.entries, summary).into_string().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_articles_keep_their_markup() {
        let mut gathered = Gathered::default();
        let articles = 5 * MOST_IN_PLACE;
        for number in 0..articles {
            // 7 and the number of articles have no common divisor: each penalty comes once.
            gathered.add(Entry::example((number * 7 % articles) as f64));
        }
        gathered.shorten();
        assert_eq!(gathered.entries.len(), articles);
        let in_place: Vec<f64> =
            gathered.entries.iter().filter(|entry| entry.is_in_place()).map(|entry| entry.points).collect();
        let worst: Vec<f64> =
            (articles - MOST_IN_PLACE..articles).rev().map(|points| points as f64).collect();
        assert_eq!(in_place, worst);
    }
}

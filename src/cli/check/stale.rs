//! Entries of `.mtlintignore.toml` that have become stale: their last day is over, or they suppress
//! nothing. In a text a comment would become a finding; an entry has no text to be found in.

use mtlint_engine::config::Ignored;
use mtlint_engine::engine::{OutsideSuppression, Review};
use mtlint_engine::lint::Settings;
use mtlint_engine::rule::SuppressedBy;
use mtlint_text::visible;
use std::collections::BTreeMap;
use std::path::Path;

/// What became of entries in one article or in many, by the file they stand in and their line.
#[derive(Debug, Default)]
pub(super) struct Entries(BTreeMap<(String, u32), Entry>);

#[derive(Debug)]
struct Entry {
    /// The path as it is written.
    path: String,
    /// The day that was its last.
    ended: Option<String>,
    /// Whether it suppressed something.
    is_used: bool,
    /// Whether this run would have needed it, had there been anything to suppress.
    is_needed: bool,
}

impl Entries {
    /// Those that hold for an article, `held`, given all that was found in it.
    pub fn of(settings: &Settings, path: &str, held: &[OutsideSuppression], review: &Review) -> Self {
        let entries = held.iter().map(|OutsideSuppression { entry: index, suppression, .. }| {
            let ignored = &settings.ignores.entries[*index];
            let ended = suppression.until.filter(|_| suppression.is_expired(settings.today));
            let would_have_found = |name: &String| settings.engine.would_have_found(name);
            let entry = Entry {
                path: ignored.path.clone(),
                ended: ended.map(|day| day.to_string()),
                is_used: review.suppressed.iter().any(|it| it.by == SuppressedBy::File(*index)),
                is_needed: names(ignored, path) && suppression.selectors.iter().all(would_have_found),
            };
            ((settings.ignores.name.clone(), ignored.line), entry)
        });
        Self(entries.collect())
    }

    /// Adds what became of entries in another article.
    pub fn add(&mut self, other: Self) {
        for (place, entry) in other.0 {
            self.0
                .entry(place)
                .and_modify(|known| {
                    known.is_used |= entry.is_used;
                    known.is_needed &= entry.is_needed;
                })
                .or_insert(entry);
        }
    }

    /// What there is to say of those that are stale.
    pub fn remarks(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|((file, line), entry)| {
            let Entry { path, ended, is_used, is_needed } = entry;
            let (file, path) = (visible(file), visible(path));
            match ended {
                Some(day) => Some(format!(
                    "{file}:{line}: the entry for `{path}` ended on {day}, and what it suppressed is reported again: \
                     delete it, or set another day"
                )),
                None => (*is_needed && !is_used)
                    .then(|| format!("{file}:{line}: the entry for `{path}` suppresses nothing: delete it")),
            }
        })
    }
}

/// Whether an entry names the one file at `path`. Of a pattern, a run sees only a part of the files,
/// and cannot tell that it is of no use.
fn names(entry: &Ignored, path: &str) -> bool {
    let last = entry.path.rsplit('/').next().unwrap_or_default();
    !entry.path.contains(['*', '?', '[']) && Path::new(path).file_name().is_some_and(|name| name == last)
}

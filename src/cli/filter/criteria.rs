//! What makes a record pass.

use super::Args;
use crate::cli::Trouble;
use crate::cli::check::caught;
use crate::cli::values;
use mtlint_document::Document;
use mtlint_document::load::{Article, Format, LoadError};
use mtlint_engine::engine::Review;
use mtlint_engine::lint::{BYTES_TOGETHER, Linter, MOST_TOGETHER, Settings};
use mtlint_engine::rule::{RuleId, Severity};
use mtlint_engine::score::Points;
use mtlint_records::{Judgement, Kind};
use std::path::Path;

/// Why a record that cannot be read does not pass.
pub(super) const UNREADABLE: &str = "unreadable";

/// What is asked of the records of a file.
pub(super) struct Criteria<'s> {
    settings: &'s Settings,
    format: Format,
    min_words: Option<usize>,
    drop: &'s [String],
}

impl<'s> Criteria<'s> {
    /// What the command line and the file's configuration ask for.
    ///
    /// # Errors
    /// When a record is to be dropped for what no rule finds, or nothing is asked at all.
    pub fn new(args: &'s Args, settings: &'s Settings, kind: Kind) -> Result<Self, Trouble> {
        let registry = settings.engine.registry();
        let mut wrong = Vec::new();
        for name in &args.drop {
            let is_severity = Severity::ALL.iter().any(|severity| severity.as_str() == name);
            let is_meant = |id: &RuleId| id.as_str() == name || id.family() == name;
            if is_severity || settings.engine.active_rules().any(|rule| is_meant(&rule.id)) {
                continue;
            }
            wrong.push(match registry.knows(name) && name != "all" {
                true => format!("--drop {name}: it does not run; name the rule with --select as well"),
                false => format!("--drop: {}", registry.unknown_selector(name)),
            });
        }
        if !wrong.is_empty() {
            return Err(Trouble::from(wrong));
        }
        let profile = &settings.config.profile;
        if args.min_words.is_none() && args.drop.is_empty() && !profile.has_conditions() {
            return Err(Trouble::new(
                "nothing says which records pass; name --max-penalty, --min-words or --drop",
            ));
        }
        Ok(Self { settings, format: kind.format(), min_words: args.min_words, drop: &args.drop })
    }

    /// What is to be said of some records of a file.
    pub fn judge(&self, path: &Path, articles: Vec<Result<Article, LoadError>>) -> Vec<Judgement> {
        let mut judged = Vec::with_capacity(articles.len());
        let mut group = Group::default();
        for article in articles {
            match article.map_err(|error| error.to_string()).and_then(|article| self.prepare(path, article)) {
                Ok(record) => group.push(record),
                Err(message) => group.judgements.push(Some(unreadable(&message))),
            }
            if group.is_full() {
                judged.extend(self.weigh_together(std::mem::take(&mut group)));
            }
        }
        judged.extend(self.weigh_together(group));
        judged
    }

    fn prepare(&self, path: &Path, mut article: Article) -> Result<Record<'s>, String> {
        let line = article.record.as_ref().map(|record| record.line);
        let place = LoadError { line, ..LoadError::new(&values::slashed(path), String::new()) };
        let linter = Linter::new(self.settings, path, self.format, &article);
        match caught(|| linter.take(&mut article)) {
            Ok(document) => Ok(Record { place, checked: (linter, document) }),
            Err(message) => Err(LoadError { message, ..place }.to_string()),
        }
    }

    fn weigh_together(&self, Group { judgements, places, records, .. }: Group<'s>) -> Vec<Judgement> {
        let reviews = caught(|| Linter::check_together(self.settings, &records));
        let reviews: Vec<Result<Review, String>> = match reviews {
            Ok(reviews) => reviews.into_iter().map(Ok).collect(),
            // One of them is at fault: which, each by itself tells.
            Err(_) => {
                let alone =
                    |(linter, document): &(Linter<'_>, Document)| caught(|| linter.check(document, None));
                records.iter().map(alone).collect()
            }
        };
        let mut weighed = reviews.into_iter().zip(&records).zip(places).map(|((review, record), place)| {
            let judged = review.and_then(|review| caught(|| self.weigh(&record.1, &review)));
            judged.unwrap_or_else(|message| unreadable(&LoadError { message, ..place }.to_string()))
        });
        judgements.into_iter().filter_map(|known| known.or_else(|| weighed.next())).collect()
    }

    fn weigh(&self, document: &Document, Review { findings, .. }: &Review) -> Judgement {
        let words = document.word_count();
        let too_few = self.min_words.is_some_and(|fewest| words < fewest);
        let profile = &self.settings.config.profile;
        let registry = self.settings.engine.registry();
        let points = findings.iter().filter_map(|finding| {
            Some(profile.points(finding.severity, &registry.rule(finding.rule.as_str())?.mqm))
        });
        let penalty = points.collect::<Points>().lower_bound_per_1000_words(words);
        let mut reasons = Vec::new();
        if too_few {
            reasons.push("words".to_owned());
        }
        if profile.max_penalty.is_some_and(|most| penalty > most) {
            reasons.push("penalty".to_owned());
        }
        if profile.no_critical && findings.iter().any(|finding| finding.severity == Severity::Critical) {
            reasons.push("critical".to_owned());
        }
        for finding in findings {
            let id = &finding.rule;
            let is_meant = |name: &String| {
                id.as_str() == name || id.family() == name || finding.severity.as_str() == name
            };
            let reason = format!("rule:{id}");
            if self.drop.iter().any(is_meant) && !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Judgement { reasons, penalty: Some(penalty), words: Some(words as u64), message: None }
    }
}

/// A record that can be read: where it stands, and what is checked.
struct Record<'s> {
    place: LoadError,
    checked: (Linter<'s>, Document),
}

/// Records that are checked together.
#[derive(Default)]
struct Group<'s> {
    /// What is known already, of those that cannot be read.
    judgements: Vec<Option<Judgement>>,
    /// Of the others, in order.
    places: Vec<LoadError>,
    records: Vec<(Linter<'s>, Document)>,
    bytes: usize,
}

impl<'s> Group<'s> {
    fn push(&mut self, Record { place, checked }: Record<'s>) {
        self.bytes += checked.1.text().len();
        self.judgements.push(None);
        self.places.push(place);
        self.records.push(checked);
    }

    fn is_full(&self) -> bool {
        self.bytes >= BYTES_TOGETHER || self.records.len() >= MOST_TOGETHER
    }
}

/// What is to be said of a record that cannot be read.
pub(super) fn unreadable(message: &str) -> Judgement {
    let reasons = vec![UNREADABLE.to_owned()];
    Judgement { reasons, message: Some(message.to_owned()), ..Judgement::default() }
}

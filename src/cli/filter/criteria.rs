//! What makes a record pass.

use super::Args;
use crate::cli::Trouble;
use crate::cli::check::caught;
use mtlint_document::load::{Article, Format};
use mtlint_engine::engine::Review;
use mtlint_engine::lint::{Linter, Settings};
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

    /// What is to be said of a record.
    pub fn judge(&self, path: &Path, article: Article) -> Judgement {
        caught(|| self.weigh(path, article)).unwrap_or_else(|message| unreadable(&message))
    }

    fn weigh(&self, path: &Path, mut article: Article) -> Judgement {
        let linter = Linter::new(self.settings, path, self.format, &article);
        let document = linter.take(&mut article);
        let words = document.word_count();
        let too_few = self.min_words.is_some_and(|fewest| words < fewest);
        let Review { findings, .. } = linter.check(&document, None);
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
        for finding in &findings {
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

/// What is to be said of a record that cannot be read.
pub(super) fn unreadable(message: &str) -> Judgement {
    let reasons = vec![UNREADABLE.to_owned()];
    Judgement { reasons, message: Some(message.to_owned()), ..Judgement::default() }
}

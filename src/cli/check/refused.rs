//! Documents that as a whole are worse than the profile allows: which, by how much, and who says so.

use mtlint_engine::config::{Config, Source};
use mtlint_engine::lint::Checked;
use mtlint_engine::score::Verdict;
use mtlint_report::count;
use mtlint_text::visible;

/// How many documents are named.
const NAMED: usize = 10;

/// A document that does not pass.
#[derive(Debug)]
pub(super) struct Refused {
    /// The document, what it comes to, and what allows less.
    told: String,
    /// Penalty points per 1,000 words.
    penalty: f64,
}

impl Refused {
    /// Why a document does not pass, if it does not.
    pub fn of(checked: &Checked<'_>, config: &Config) -> Option<Self> {
        let penalty = checked.score().penalty_per_1000_words;
        let source = |key: &str| match config.profile_sources.get(key) {
            None | Some(Source::CommandLine) => format!("--{key}"),
            Some(source) => format!("`{key}` in {source}"),
        };
        let why = match checked.verdict()? {
            Verdict::Pass => return None,
            Verdict::Penalty => {
                let most = config.profile.max_penalty.unwrap_or_default();
                format!(
                    "{penalty} penalty points per 1,000 words, more than the {most} of {}",
                    source("max-penalty")
                )
            }
            Verdict::Critical => format!("a critical finding, and {} allows none", source("no-critical")),
        };
        let record = checked.record.map(|record| format!(" (record {})", visible(&record.id)));
        let told = format!("{}{}: {why}", visible(checked.path), record.unwrap_or_default());
        Some(Self { told, penalty })
    }
}

/// What there is to say of all that do not pass, the worst first.
pub(super) fn told(refused: &mut [Refused]) -> String {
    refused.sort_by(|a, b| b.penalty.total_cmp(&a.penalty));
    let verb = if refused.len() == 1 { "does" } else { "do" };
    let mut out = format!("{} {verb} not pass:", count(refused.len(), "document"));
    for Refused { told, .. } in refused.iter().take(NAMED) {
        out.push_str(&format!("\n  {told}"));
    }
    if refused.len() > NAMED {
        out.push_str(&format!("\n  and {} more", refused.len() - NAMED));
    }
    out
}

//! The score, above the text.

use super::analysis::Analysis;
use lsp_types::{CodeLens, Command, Range};
use mtlint_engine::rule::Severity;
use mtlint_report::count;

/// The score of the document; `None` for one that is not checked or holds no word.
pub(super) fn score(analysis: &Analysis) -> Option<CodeLens> {
    analysis.settings.as_ref()?;
    if analysis.words == 0 {
        return None;
    }
    let worst = [Severity::Critical, Severity::Major, Severity::Minor, Severity::Neutral];
    let counts: Vec<String> = worst
        .into_iter()
        .map(|severity| (analysis.count(severity), severity.as_str()))
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    let counts = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
    let title = format!(
        "MQM score {} · {} penalty points per 1,000 words · {}{counts}",
        analysis.score.score,
        analysis.score.penalty_per_1000_words,
        count(analysis.marked.len(), "finding"),
    );
    // There is nothing to run: the title says it all.
    let command = Command { title, command: String::new(), arguments: None };
    Some(CodeLens { range: Range::default(), command: Some(command), data: None })
}

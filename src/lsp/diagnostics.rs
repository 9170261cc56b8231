//! Findings as diagnostics.

use super::analysis::{Analysis, Marked};
use super::client::{Client, Options};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
};
use mtlint_engine::rule::Severity;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

/// The name under which diagnostics are shown.
const SOURCE: &str = "mtlint";

/// All findings of a document, in text order; of a file that is broken, where and why.
pub(super) fn all(analysis: &Analysis, client: &Client, options: &Options) -> Vec<Diagnostic> {
    let broken = analysis.broken.iter().map(|(span, message)| Diagnostic {
        range: client.encoding.range(&analysis.text, &analysis.lines, *span),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: message.clone(),
        ..Diagnostic::default()
    });
    broken.chain(analysis.marked.iter().map(|marked| one(analysis, marked, client, options))).collect()
}

/// One finding.
pub(super) fn one(analysis: &Analysis, marked: &Marked, client: &Client, options: &Options) -> Diagnostic {
    let range = |span| client.encoding.range(&analysis.text, &analysis.lines, span);
    let finding = &marked.finding;
    let related = marked.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location { uri: analysis.uri.clone(), range: range(related.span) },
        message: related.message.clone(),
    });
    let page = options.page_of(finding.rule.as_str()).parse().ok();
    Diagnostic {
        range: range(marked.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: page.filter(|_| client.takes_links).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (client.takes_related && !marked.related.is_empty()).then(|| related.collect()),
        tags: None,
        data: client.takes_data.then(|| {
            json!({
                "rule": finding.rule.as_str(),
                "mqm": analysis.rule(marked).map(|rule| rule.mqm.as_str()),
                "severity": finding.severity.as_str(),
                "confidence": finding.confidence.as_str(),
                "fingerprint": marked.fingerprint,
            })
        }),
    }
}

/// What names these diagnostics, so that a client that has them need not get them again.
pub(super) fn result_id(diagnostics: &[Diagnostic]) -> String {
    let bytes = serde_json::to_vec(diagnostics).unwrap_or_default();
    format!("{:016x}", xxh3_64(&bytes))
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Critical => DiagnosticSeverity::ERROR,
        Severity::Major => DiagnosticSeverity::WARNING,
        Severity::Minor => DiagnosticSeverity::INFORMATION,
        Severity::Neutral => DiagnosticSeverity::HINT,
    }
}

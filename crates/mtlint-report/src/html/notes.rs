//! What is known of an article beside its findings: which language it may have come through, and what
//! was found in it and is kept quiet about.

use super::overview::grouped;
use super::text::{Plain, message};
use crate::count;
use maud::{Markup, html};
use mtlint_engine::lint::{Checked, LocatedSuppressed};
use mtlint_engine::rule::SuppressedBy;

/// How many suppressed findings of an article are told one by one.
const TOLD: usize = 200;

/// What stands between the heading of an article and its text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// How many findings are suppressed.
    pub suppressed: usize,
    pub markup: Markup,
}

pub(super) fn of(checked: &Checked<'_>) -> Notes {
    let markup = html! {
        (pivot_hint(checked))
        (suppressed(checked))
    };
    Notes { suppressed: checked.suppressed.len(), markup }
}

fn pivot_hint(checked: &Checked<'_>) -> Markup {
    let Some(hint) = checked.pivot_hint() else { return Markup::default() };
    let names: Vec<&str> = hint.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
    html! {
        details.note {
            summary { "The traces point to " strong { (Plain(&names.join(" or "))) } ", as source or pivot language" }
            p { "A hint and no verdict. What speaks for it:" }
            ul {
                @for evidence in &hint.evidence {
                    @let place = checked.position(evidence.span.lo());
                    li {
                        (message(&evidence.what)) " "
                        span.facts {
                            @if evidence.count > 1 { (evidence.count) " times, first at line " } @else { "line " }
                            (place.line) ", column " (place.column)
                        }
                    }
                }
            }
        }
    }
}

fn suppressed(checked: &Checked<'_>) -> Markup {
    let all = &checked.suppressed;
    if all.is_empty() {
        return Markup::default();
    }
    html! {
        details.note {
            summary { (count(all.len(), "finding")) " suppressed" }
            // Like the parts of the text, built when somebody looks.
            noscript {
                ul {
                    @for suppressed in all.iter().take(TOLD) { (one(checked, suppressed)) }
                    @if all.len() > TOLD {
                        li { "and " (grouped(all.len() - TOLD)) " more; the JSON report has all" }
                    }
                }
            }
        }
    }
}

fn one(checked: &Checked<'_>, LocatedSuppressed { located, suppressed }: &LocatedSuppressed<'_>) -> Markup {
    let place = checked.position(located.span.lo());
    let severity = located.finding.severity.as_str();
    let by = match suppressed.by {
        SuppressedBy::Comment(_) => "by a comment in the text",
        SuppressedBy::Note => "by a note beside the unit",
        SuppressedBy::File(_) => "by .mtlintignore.toml",
        SuppressedBy::Baseline => "known from the baseline",
        SuppressedBy::Decision => "rejected",
    };
    html! {
        li.(severity) {
            span.severity { (severity) } " " span.message { (message(&located.finding.message)) } " "
            span.facts {
                span.rule { (located.rule.id) } " "
                span { "line " (place.line) ", column " (place.column) } " "
                span {
                    (by)
                    @if let Some(until) = suppressed.until { ", until " (until) }
                    @if let Some(reason) = &suppressed.reason { ": " q dir="auto" { (Plain(reason)) } }
                }
            }
        }
    }
}

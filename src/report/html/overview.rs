//! What a desk sees first: the sum of the run, the families, and the articles from the worst on.

use super::text::Plain;
use super::{Entry, Tally, article};
use crate::report::{Summary, count};
use crate::rule::{FAMILIES, Severity};
use crate::score::Score;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Penalties per 1,000 words from which a cell of the heat map is darker.
const HEAT: [f64; 4] = [5.0, 15.0, 40.0, 100.0];
/// A bar that is so much longer than that of nine articles in ten is cut off.
const CUT: f64 = 2.0;

/// The sum of the run in a few figures.
pub(super) fn headline(entries: &[Entry], summary: &Summary) -> Markup {
    let damaged = entries.iter().filter(|entry| !entry.facts.is_empty()).count();
    let severities = entries.iter().flat_map(|entry| entry.facts.iter().map(|fact| fact.severity));
    let score = Score::of(severities, summary.words);
    html! {
        dl.figures {
            (figure(&grouped(summary.documents), if summary.documents == 1 { "article" } else { "articles" },
                Some(&format!("{} with findings", grouped(damaged)))))
            (figure(&grouped(summary.words), if summary.words == 1 { "word" } else { "words" }, None))
            (figure(&grouped(summary.findings), if summary.findings == 1 { "finding" } else { "findings" },
                Some(&severities_in_words(summary))))
            (figure(&format!("{:.1}", score.penalty_per_1000_words), "penalty per 1,000 words",
                Some("minor 1, major 5, critical 25")))
            (figure(&grouped(summary.safely_fixable), "with a safe fix",
                (summary.unsafely_fixable > 0)
                    .then(|| format!("{} more with an unsafe one", grouped(summary.unsafely_fixable)))
                    .as_deref()))
        }
    }
}

fn figure(number: &str, name: &str, more: Option<&str>) -> Markup {
    html! {
        div.figure {
            dt { (name) }
            dd.number { (number) }
            @if let Some(more) = more { dd.more { (more) } }
        }
    }
}

fn severities_in_words(summary: &Summary) -> String {
    let counts = summary.by_severity.iter().rev();
    counts
        .map(|(severity, count)| format!("{} {}", grouped(*count), severity.as_str()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What could not be read or checked.
pub(super) fn failures(summary: &Summary) -> Markup {
    html! {
        @if !summary.failures.is_empty() {
            section.failures aria-labelledby="failures-h" {
                h2 id="failures-h" { "Could not be checked" }
                ul {
                    @for failure in &summary.failures {
                        li { bdi { (Plain(&failure.path)) } ": " (Plain(&failure.message)) }
                    }
                }
            }
        }
    }
}

/// The families with findings, in the order of the catalogue, those of the user's own rules last.
pub(super) fn families(entries: &[Entry]) -> Vec<(String, Tally)> {
    let mut sums: BTreeMap<&str, Tally> = BTreeMap::new();
    for (family, tally) in entries.iter().flat_map(|entry| &entry.families) {
        let sum = sums.entry(family).or_default();
        Severity::ALL.iter().for_each(|severity| sum.0[*severity as usize] += tally.of(*severity));
    }
    let mut families: Vec<(String, Tally)> =
        sums.into_iter().map(|(family, tally)| (family.to_owned(), tally)).collect();
    let rank = |family: &str| FAMILIES.iter().position(|(name, _)| *name == family).unwrap_or(FAMILIES.len());
    families.sort_by_key(|(family, _)| rank(family));
    families
}

/// A bar for each family, which is also a filter.
pub(super) fn family_bars(families: &[(String, Tally)]) -> Markup {
    let longest = families.iter().map(|(_, tally)| tally.count()).max().unwrap_or(1) as f64;
    html! {
        section.families aria-labelledby="families-h" {
            h2 id="families-h" { "Kinds of damage" }
            ul {
                @for (family, tally) in families {
                    @let about = FAMILIES.iter().find(|(name, _)| name == family).map(|(_, about)| *about);
                    li {
                        button type="button" data-family=(family) aria-pressed="false" {
                            span.family-name { (family) }
                            span.family-count { (grouped(tally.count())) }
                            (bar(Severity::ALL.into_iter().rev()
                                .map(|severity| (severity, tally.of(severity) as f64 / longest)), false))
                            span.family-about { (about.unwrap_or("rules of your own")) }
                        }
                    }
                }
            }
        }
    }
}

/// The table of all articles: penalties as bars, families as a heat map.
pub(super) fn table(entries: &[Entry], families: &[(String, Tally)]) -> Markup {
    let longest = longest_bar(entries);
    html! {
        section.overview aria-labelledby="overview-h" {
            h2 id="overview-h" { "Articles" }
            p.legend {
                "Worst first. A cell holds the findings of a family; its shade is their penalty per 1,000 words: "
                @for level in 1..=HEAT.len() + 1 {
                    span class={ "cell heat-" (level) } {
                        @if level == 1 { "under " (HEAT[0]) } @else { (HEAT[level - 2]) "+" }
                    } " "
                }
            }
            div.scroll tabindex="0" role="region" aria-label="Table of articles" {
                table #articles {
                    thead {
                        tr {
                            th scope="col" { button type="button" data-sort="name" { "Article" } }
                            th.number scope="col" { button type="button" data-sort="words" { "Words" } }
                            th.number scope="col" { button type="button" data-sort="findings" { "Findings" } }
                            th.penalty scope="col" aria-sort="descending" {
                                button type="button" data-sort="penalty" { "Penalty" }
                            }
                            @for (family, _) in families {
                                th.family scope="col" {
                                    button type="button" data-sort=(family) { span { (family) } }
                                }
                            }
                        }
                    }
                    tbody { @for entry in entries { (row(entry, families, longest)) } }
                }
            }
        }
    }
}

fn row(entry: &Entry, families: &[(String, Tally)], longest: f64) -> Markup {
    let per_1000 = |points: u64| 1000.0 * points as f64 / entry.words.max(1) as f64;
    let penalty = entry.score.penalty_per_1000_words;
    html! {
        tr data-article=(entry.id) {
            th scope="row" {
                @if entry.facts.is_empty() { (article::name(entry)) }
                @else { a href={ "#" (entry.id) } { (article::name(entry)) } }
            }
            td.number { (grouped(entry.words)) }
            td.number { (grouped(entry.facts.len())) }
            td.penalty data-value=(penalty) {
                (bar(Severity::ALL.into_iter().rev()
                    .map(|severity| (severity, per_1000(entry.total.points(severity)) / longest)),
                    penalty > longest))
                span.value { (format!("{penalty:.1}")) }
            }
            @for (family, _) in families {
                @match entry.families.get(family) {
                    None => td.cell {},
                    Some(tally) => td class={ "cell heat-" (heat(entry, tally)) } data-family=(family) {
                        a href={ "#" (entry.id) } data-family=(family)
                            aria-label={ (family) ": " (count(tally.count(), "finding")) } { (tally.count()) }
                    },
                }
            }
        }
    }
}

/// How dark a cell of the heat map is, from 1 on.
fn heat(entry: &Entry, tally: &Tally) -> usize {
    let points: u64 = Severity::ALL.iter().map(|severity| tally.points(*severity)).sum();
    let penalty = 1000.0 * points as f64 / entry.words.max(1) as f64;
    1 + HEAT.iter().filter(|least| penalty >= **least).count()
}

/// The penalty that fills a bar. A short text may have one of thousands, beside which all others
/// would vanish; such bars are cut off.
fn longest_bar(entries: &[Entry]) -> f64 {
    let mut penalties: Vec<f64> = entries.iter().map(|entry| entry.score.penalty_per_1000_words).collect();
    penalties.retain(|penalty| *penalty > 0.0);
    penalties.sort_by(f64::total_cmp);
    let most = penalties.last().copied().unwrap_or(1.0);
    match penalties.get(penalties.len() * 9 / 10) {
        Some(ninth) => most.min(CUT * ninth),
        None => most,
    }
}

/// A bar of a part for each severity, as shares of its full length.
fn bar(shares: impl Iterator<Item = (Severity, f64)>, is_cut: bool) -> Markup {
    let mut end = 0.0;
    let parts = shares.filter_map(|(severity, share)| {
        let (from, width) = (end, (share * 100.0).min(100.0 - end));
        end += width;
        (width > 0.0).then_some((severity, from, width))
    });
    html! {
        svg.bar.cut[is_cut] width="100%" height="8" aria-hidden="true" focusable="false" {
            rect.track width="100%" height="8" {}
            @for (severity, from, width) in parts {
                rect.(severity.as_str()) x={ (format!("{from:.2}")) "%" } width={ (format!("{width:.2}")) "%" }
                    height="8" {}
            }
        }
    }
}

/// A number with commas between its thousands.
pub(super) fn grouped(number: usize) -> String {
    let told = count(number, "");
    told.trim_end_matches([' ', 's']).to_owned()
}

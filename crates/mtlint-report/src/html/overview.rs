//! What a desk sees first: the sum of the run, the families, and the articles from the worst on.

use super::article;
use super::entry::{Entry, Tally};
use super::text::Plain;
use crate::{Summary, count};
use maud::{Markup, html};
use mtlint_engine::rule::{FAMILIES, Severity};
use mtlint_engine::score::{Profile, Score, Verdict};
use mtlint_text::visible;
use std::collections::BTreeMap;

/// Penalties per 1,000 words from which a cell of the heat map is darker.
const HEAT: [f64; 4] = [5.0, 15.0, 40.0, 100.0];
/// How many articles the table has at most: the worst.
const MOST_ROWS: usize = 2_000;
/// A bar that is so much longer than that of nine articles in ten is cut off.
const CUT: f64 = 2.0;

/// The sum of the run in a few figures.
pub(super) fn headline(entries: &[Entry], summary: &Summary) -> Markup {
    let damaged = entries.iter().filter(|entry| !entry.facts.is_empty()).count();
    let score = Score::of_points(entries.iter().map(|entry| entry.points).sum(), summary.words);
    let asked = entries.iter().filter(|entry| entry.verdict.is_some()).count();
    let failing = entries.iter().filter(|entry| entry.fails()).count();
    html! {
        dl.figures {
            @if asked > 0 {
                div.figure.(if failing > 0 { "fails" } else { "passes" }) {
                    dt { (if failing == 1 { "article fails" } else { "articles fail" }) }
                    dd.number { (grouped(failing)) }
                    dd.more { "of " (grouped(asked)) ": " (conditions(entries)) }
                }
            }
            (figure(&grouped(summary.documents), if summary.documents == 1 { "article" } else { "articles" },
                Some(&format!("{}, {} with findings", count(summary.words, "word"), grouped(damaged)))))
            (figure(&grouped(summary.findings), if summary.findings == 1 { "finding" } else { "findings" },
                Some(&severities_in_words(summary))))
            (figure(&penalty(score.penalty_per_1000_words), "penalty per 1,000 words", Some(&weights(entries))))
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
    let mut words: Vec<String> =
        counts.map(|(severity, count)| format!("{} {}", grouped(*count), severity.as_str())).collect();
    if summary.suppressed > 0 {
        words.push(format!("{} suppressed", grouped(summary.suppressed)));
    }
    words.join(", ")
}

/// What all articles share, as `of` tells it; `None` when they differ.
fn shared<T: PartialEq>(entries: &[Entry], of: impl Fn(&Profile) -> T) -> Option<T> {
    let mut told = entries.iter().map(|entry| of(&entry.profile));
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

/// What findings weigh.
fn weights(entries: &[Entry]) -> String {
    let multipliers = |profile: &Profile| Severity::ALL.map(|severity| profile.multiplier(severity));
    let profile = (shared(entries, multipliers), shared(entries, |profile| profile.types.clone()));
    let (multipliers, types) = match (entries, profile) {
        ([], _) => (multipliers(&Profile::default()), Default::default()),
        (_, (Some(multipliers), Some(types))) => (multipliers, types),
        _ => return "weights differ from file to file".to_owned(),
    };
    let mut words: Vec<String> = Severity::ALL
        .into_iter()
        .filter(|severity| *severity != Severity::Neutral || multipliers[0] != 0.0)
        .map(|severity| format!("{} {}", severity.as_str(), multipliers[severity as usize]))
        .collect();
    words.extend(types.iter().map(|(name, weight)| format!("{name} × {weight}")));
    words.join(", ")
}

/// What is asked of the articles.
fn conditions(entries: &[Entry]) -> String {
    match shared(entries, |profile| (profile.max_penalty, profile.no_critical)) {
        None => "conditions differ from file to file".to_owned(),
        Some((most, no_critical)) => {
            let most = most.map(|most| format!("penalty at most {most}"));
            let critical = no_critical.then(|| "nothing critical".to_owned());
            most.into_iter().chain(critical).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Whether an article passes, and why not.
pub(super) fn verdict(entry: &Entry) -> Markup {
    html! {
        @match (entry.verdict, entry.profile.max_penalty) {
            (None, _) => {},
            (Some(Verdict::Pass), _) => span.verdict.passes { "passes" },
            (Some(Verdict::Critical), _) => span.verdict.fails { "fails: critical" },
            (Some(Verdict::Penalty), Some(most)) => span.verdict.fails { "fails: over " (most) },
            (Some(Verdict::Penalty), None) => span.verdict.fails { "fails" },
        }
    }
}

/// Penalty points, with commas between thousands.
fn penalty(value: f64) -> String {
    let tenths = (value * 10.0).round() as usize;
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

/// What could not be read or checked.
pub(super) fn failures(summary: &Summary) -> Markup {
    html! {
        @if !summary.failures.is_empty() {
            section.failures aria-labelledby="failures-h" {
                h2 id="failures-h" { "Could not be checked" }
                ul {
                    @for failure in &summary.failures {
                        li { bdi { (Plain(&visible(&failure.path))) } ": " (Plain(&failure.message)) }
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
        sums.entry(family).or_default().join(tally);
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
    let has_verdicts = entries.iter().any(|entry| entry.verdict.is_some());
    let rows = &entries[..entries.len().min(MOST_ROWS)];
    html! {
        section.overview aria-labelledby="overview-h" {
            h2 id="overview-h" { "Articles" }
            p.legend {
                (if has_verdicts { "Worst first, those that fail before all others. " } else { "Worst first. " })
                "A cell holds the findings of a family; its shade is their penalty per 1,000 words: "
                @for level in 1..=HEAT.len() + 1 {
                    span class={ "cell heat-" (level) } {
                        @if level == 1 { "under " (HEAT[0]) } @else { (HEAT[level - 2]) "+" }
                    } " "
                }
            }
            (omitted(entries))
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
                            @if has_verdicts {
                                th scope="col" { button type="button" data-sort="result" { "Result" } }
                            }
                            @for (family, _) in families {
                                th.family scope="col" {
                                    button type="button" data-sort=(family) { span { (family) } }
                                }
                            }
                        }
                    }
                    tbody { @for entry in rows { (row(entry, families, longest, has_verdicts)) } }
                }
            }
        }
    }
}

/// What the page leaves out of a large run.
fn omitted(entries: &[Entry]) -> Markup {
    let with_findings = entries.iter().filter(|entry| !entry.facts.is_empty()).count();
    let in_place = entries.iter().filter(|entry| !entry.facts.is_empty() && entry.is_in_place()).count();
    html! {
        @if in_place < with_findings {
            p.omitted {
                "Of " (grouped(with_findings)) " articles with findings, the " (grouped(in_place))
                " worst are shown in place; filters and search look at those. "
                @if entries.len() > MOST_ROWS {
                    "The table has the " (grouped(MOST_ROWS)) " worst of " (grouped(entries.len())) ". "
                }
                "The sums above count all. For the others, make a report of a part of the folder, or a JSON report."
            }
        } @else if entries.len() > MOST_ROWS {
            p.omitted {
                "The table has the " (grouped(MOST_ROWS)) " worst of " (grouped(entries.len()))
                " articles. The sums above count all."
            }
        }
    }
}

fn row(entry: &Entry, families: &[(String, Tally)], longest: f64, has_verdicts: bool) -> Markup {
    let per_1000 = |points: f64| 1000.0 * points / entry.words.max(1) as f64;
    let value = entry.score.penalty_per_1000_words;
    html! {
        tr data-article=(entry.id) {
            th scope="row" {
                @if entry.is_in_place() { a href={ "#" (entry.id) } { (article::name(entry)) } }
                @else { (article::name(entry)) }
            }
            td.number { (grouped(entry.words)) }
            td.number { (grouped(entry.facts.len())) }
            td.penalty data-value=(value) {
                div {
                    (bar(Severity::ALL.into_iter().rev()
                        .map(|severity| (severity, per_1000(entry.total.points(severity)) / longest)),
                        value > longest))
                    span.value { (penalty(value)) }
                }
            }
            @if has_verdicts { td.result { (verdict(entry)) } }
            @for (family, _) in families {
                @match entry.families.get(family) {
                    None => td.cell {},
                    Some(tally) => td class={ "cell heat-" (heat(entry, tally)) } data-family=(family) {
                        @if entry.is_in_place() {
                            a href={ "#" (entry.id) } data-family=(family)
                                aria-label={ (family) ": " (count(tally.count(), "finding")) } { (tally.count()) }
                        } @else {
                            span { (tally.count()) }
                        }
                    },
                }
            }
        }
    }
}

/// How dark a cell of the heat map is, from 1 on.
fn heat(entry: &Entry, tally: &Tally) -> usize {
    let penalty = 1000.0 * tally.all_points() / entry.words.max(1) as f64;
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

//! The page as a whole: its head, its style and script, and what stands where.

use super::article;
use super::entry::{About, Entry};
use super::overview::{self, grouped};
use super::text::{Plain, message};
use crate::Summary;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use mtlint_engine::rule::{Confidence, RuleId, Severity};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub(super) const STYLE: &str = concat!(
    include_str!("page/colours.css"),
    include_str!("page/page.css"),
    include_str!("page/overview.css"),
    include_str!("page/article.css"),
    include_str!("page/decisions.css"),
    include_str!("page/print.css"),
);

/// One script, so that its files know each other's functions without a loader.
pub(super) const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("page/data.js"),
    include_str!("page/parts.js"),
    include_str!("page/filters.js"),
    include_str!("page/card.js"),
    include_str!("page/navigation.js"),
    include_str!("page/views.js"),
    include_str!("page/decisions.js"),
    include_str!("page/keeping.js"),
    include_str!("page/reading.js"),
    include_str!("page/table.js"),
    include_str!("page/main.js"),
);

/// A mark under a line of text.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
    %3Crect width='16' height='16' rx='3' fill='%23243b53'/%3E\
    %3Cpath d='M3 5h10M3 8h6' stroke='%23fff' stroke-width='1.6'/%3E\
    %3Cpath d='M3 12l2-1.6 2 1.6 2-1.6 2 1.6 2-1.6' stroke='%23ff8a65' stroke-width='1.6' fill='none'/%3E%3C/svg%3E";

/// The page of articles that come from the worst on.
pub(super) fn page(entries: &[Entry], summary: &Summary) -> Markup {
    let families = overview::families(entries);
    let rules = rules(entries);
    let has_findings = entries.iter().any(|entry| !entry.facts.is_empty());
    let in_place: Vec<&Entry> = entries.iter().filter(|entry| entry.is_in_place()).collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(&title(summary), STYLE, SCRIPT, "'none'"))
            body {
                a.skip href="#overview-h" { "Skip to the articles" }
                header.top {
                    h1 { "mtlint " span { "report" } }
                    (overview::headline(entries, summary))
                }
                main {
                    (overview::failures(summary))
                    @if has_findings { (overview::family_bars(&families)) (toolbar(&in_place)) }
                    @if entries.is_empty() { p.nothing { "There was nothing to check." } }
                    @else { (overview::table(entries, &families)) }
                    @if has_findings {
                        section.articles aria-labelledby="articles-h" {
                            h2 id="articles-h" { "Findings in place" }
                            (decisions())
                            p.none hidden { "No finding passes the filters." }
                            @for entry in &in_place { (article::section(entry)) }
                        }
                        (glossary(&rules))
                    } @else if !entries.is_empty() {
                        p.nothing { "No findings." }
                        @for entry in &in_place { (article::section(entry)) }
                    }
                }
                footer.bottom {
                    p { "mtlint " (env!("CARGO_PKG_VERSION")) ". Severities and penalties are those of MQM." }
                }
                (tail(&in_place, &rules, SCRIPT, DECISION_KEYS))
            }
        }
    }
}

/// The head of a page that holds this style and script, whose forms go to `form_action`.
pub(super) fn head(title: &str, style: &str, script: &str, form_action: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(style, script, form_action));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content={ "mtlint " (env!("CARGO_PKG_VERSION")) };
            title { (title) }
            link rel="icon" href=(ICON);
            style { (PreEscaped(style)) }
        }
    }
}

/// What stands at the end of a page: the help, with the keys that only this page has first, and what its script needs.
pub(super) fn tail(
    entries: &[&Entry],
    rules: &BTreeMap<&RuleId, (&About, usize)>,
    script: &str,
    keys: &[(&[&str], &str)],
) -> Markup {
    html! {
        (help(keys))
        div #announcer.visually-hidden role="status" {}
        script #report-data type="application/json" { (PreEscaped(data(entries, rules))) }
        script { (PreEscaped(script)) }
    }
}

fn title(summary: &Summary) -> String {
    let (articles, findings) = (summary.documents, summary.findings);
    format!("mtlint: {} in {}", crate::count(findings, "finding"), crate::count(articles, "article"))
}

/// Lets the page's own style and script in, and nothing else.
fn policy(style: &str, script: &str, form_action: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action {form_action}",
        hash(style),
        hash(script)
    )
}

fn hash(source: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(source)))
}

/// The rules that found something.
pub(super) fn rules(entries: &[Entry]) -> BTreeMap<&RuleId, (&About, usize)> {
    let mut rules: BTreeMap<&RuleId, (&About, usize)> = BTreeMap::new();
    for (id, about) in entries.iter().flat_map(|entry| &entry.rules) {
        let known = rules.entry(id).or_insert((about, 0));
        known.0 = known.0.min(about);
    }
    for fact in entries.iter().flat_map(|entry| &entry.facts) {
        if let Some((_, found)) = rules.get_mut(&fact.rule) {
            *found += 1;
        }
    }
    rules
}

/// What the filters need of every finding: for each article, in the order of the page, four numbers
/// a finding.
fn data(entries: &[&Entry], rules: &BTreeMap<&RuleId, (&About, usize)>) -> String {
    let numbers: BTreeMap<&RuleId, usize> =
        rules.keys().enumerate().map(|(number, id)| (*id, number)).collect();
    let articles = entries.iter().map(|entry| {
        let facts: Vec<usize> = entry
            .facts
            .iter()
            .flat_map(|fact| {
                let rule = numbers.get(&fact.rule).copied().unwrap_or(0);
                let fix = fact.fix.map_or(0, |fix| fix as usize + 1);
                [rule, fact.severity as usize, fact.confidence as usize, fix]
            })
            .collect();
        json!({ "id": entry.id, "fails": entry.fails(), "facts": facts })
    });
    let data = json!({
        "rules": rules.keys().map(|id| id.as_str()).collect::<Vec<_>>(),
        "articles": articles.collect::<Vec<_>>(),
    });
    // Within a script, `<` is the one character that could end it.
    data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The filters, and the way from finding to finding. Without scripts none of it is shown.
pub(super) fn toolbar(entries: &[&Entry]) -> Markup {
    let facts = || entries.iter().flat_map(|entry| &entry.facts);
    let total = facts().count();
    let severities =
        Severity::ALL.into_iter().rev().filter(|level| facts().any(|fact| fact.severity == *level));
    let confidences =
        Confidence::ALL.into_iter().rev().filter(|level| facts().any(|fact| fact.confidence == *level));
    html! {
        section.toolbar #toolbar aria-label="Filters" {
            div.search {
                label.visually-hidden for="search" { "Search findings" }
                input #search type="search" placeholder="Search findings and articles" autocomplete="off"
                    spellcheck="false";
            }
            div.chips role="group" aria-label="Severity" {
                @for severity in severities {
                    (chip("severity", severity as usize, severity.as_str(), severity.as_str()))
                }
            }
            div.chips role="group" aria-label="Confidence" {
                @for confidence in confidences {
                    (chip("confidence", confidence as usize, confidence_label(confidence), ""))
                }
            }
            @if entries.iter().any(|entry| entry.fails()) {
                div.chips role="group" aria-label="Result" { (chip("fails", 1, "failing", "")) }
            }
            div.chips role="group" aria-label="Fix" {
                (chip("fix", 3, "safe fix", ""))
                (chip("fix", 2, "unsafe fix", ""))
                (chip("fix", 0, "no fix", ""))
            }
            div.steps {
                button #reset type="button" hidden { "Show all" }
                output #shown aria-live="off" { (grouped(total)) " shown" }
                button #previous type="button" title="Previous finding (p)" aria-label="Previous finding" { "↑" }
                button #next type="button" title="Next finding (n)" aria-label="Next finding" { "↓" }
                button #theme type="button" title="Light or dark (t)" aria-label="Light or dark" { "◐" }
                button #help-button type="button" title="Keys (?)" aria-label="Keys" { "?" }
            }
        }
    }
}

/// What was decided about findings, and what can be done with it. Without scripts it is not shown.
fn decisions() -> Markup {
    html! {
        div.decisions #decisions role="group" aria-label="Decisions" {
            div.chips role="group" aria-label="Decided" {
                @for (value, label) in
                    [("open", "undecided"), ("accept", "accepted"), ("edit", "edited"), ("reject", "rejected")]
                {
                    button.chip type="button" data-filter="decision" data-value=(value) aria-pressed="false" {
                        (label) " " span.chip-count {}
                    }
                }
            }
            div.actions {
                button #accept-safe type="button" { "Accept all safe fixes" }
                button #undo type="button" disabled { "Undo" }
                button #clear type="button" disabled { "Clear" }
                button.main #save type="button" disabled { "Save decisions" }
                button #load type="button" { "Load …" }
                input #load-file type="file" accept=".json,application/json" hidden aria-label="File of decisions";
            }
            p #kept { "Decide with the buttons beside a finding, or with the keys a, e and r." }
        }
    }
}

/// The keys by which a reader decides.
const DECISION_KEYS: &[(&[&str], &str)] = &[
    (&["a"], "accept the first fix, and on to the next"),
    (&["1", "9"], "accept the fix of this number"),
    (&["e"], "put other words in its place"),
    (&["r"], "reject the finding"),
    (&["u"], "undo the last decision"),
    (&["s"], "save all decisions as a file"),
];

fn confidence_label(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "unsure",
        Confidence::Medium => "fairly sure",
        Confidence::High => "sure",
    }
}

fn chip(filter: &str, value: usize, label: &str, class: &str) -> Markup {
    html! {
        button.chip.(class) type="button" data-filter=(filter) data-value=(value) aria-pressed="false" {
            (label) " " span.chip-count {}
        }
    }
}

/// What each rule minds, and why.
pub(super) fn glossary(rules: &BTreeMap<&RuleId, (&About, usize)>) -> Markup {
    html! {
        section.glossary aria-labelledby="glossary-h" {
            h2 id="glossary-h" { "The rules" }
            dl {
                @for (id, (about, found)) in rules {
                    div id={ "rule-" (id) } {
                        dt { code { (id) } " " span.count { (grouped(*found)) } }
                        dd {
                            p.summary { (message(&about.summary)) }
                            p.why { (message(&about.why)) }
                            p.mqm { "MQM: " (Plain(&about.mqm)) }
                        }
                    }
                }
            }
        }
    }
}

/// The keys, as pairs of what is pressed and what it does.
const KEYS: &[(&[&str], &str)] = &[
    (&["n", "j"], "next finding"),
    (&["p", "k"], "previous finding"),
    (&["]", "["], "next and previous article"),
    (&["f"], "the article with its fixes, and back"),
    (&["c"], "copy the mended text"),
    (&["/"], "search"),
    (&["x"], "drop all filters"),
    (&["t"], "light or dark"),
    (&["o"], "to the overview"),
    (&["?"], "this help"),
    (&["Esc"], "close what is open"),
];

fn help(keys: &[(&[&str], &str)]) -> Markup {
    html! {
        dialog #help aria-labelledby="help-h" {
            h2 id="help-h" { "Keys" }
            dl {
                @for (keys, what) in keys.iter().chain(KEYS) {
                    div {
                        dt { @for key in *keys { kbd { (key) } " " } }
                        dd { (what) }
                    }
                }
            }
            form method="dialog" {
                label { input #keys-on type="checkbox" checked; " Single keys work" }
                button { "Close" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_the_page_holds() {
        let page = page(&[], &Summary::default()).into_string();
        let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        assert!(page.contains(&hash(style).replace('\'', "&#39;")) || page.contains(&hash(style)));
        assert_eq!(page.matches("<script>").count(), 1);
        let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
        assert_eq!(script, SCRIPT);
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }
}

//! A page to work at: a text is put in, shown as in the report, and mended fix by fix.
//!
//! It works without scripts: each fix is a button that sends the form, and whoever serves the page applies it and shows
//! what is found then. Places are thus never stale, and the text is where the reader left it, in the field.

use super::entry::Entry;
use super::page::{self, SCRIPT, STYLE};
use super::text::Plain;
use super::{article, overview};
use crate::Summary;
use maud::{DOCTYPE, PreEscaped, html};
use mtlint_engine::lint::Checked;
use std::sync::LazyLock;

/// The style of the report, and what the field needs.
static WORK_STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{STYLE}{}", include_str!("page/workbench.css")));

/// The script of the report, and that of the field, which comes last.
static WORK_SCRIPT: LazyLock<String> =
    LazyLock::new(|| format!("{SCRIPT}{}", include_str!("page/workbench.js")));

/// The form that all fixes are applied by.
const FORM: &str = "work";

/// The keys that only this page has.
const KEYS: &[(&[&str], &str)] = &[
    (&["a"], "apply the first fix of the finding"),
    (&["1", "9"], "apply the fix of this number"),
    (&["e"], "to the text"),
    (&["Ctrl", "Enter"], "check the text"),
];

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Checking<'c> {
    /// The text in the field.
    pub text: &'c str,
    /// The code of the language that is chosen; empty for the one that the text shows.
    pub language: &'c str,
    /// The languages that may be chosen: code and name.
    pub languages: &'c [(String, String)],
    /// What was found in the text, if it was checked.
    pub checked: Option<&'c Checked<'c>>,
    /// What is to be said of what was asked for.
    pub message: Option<&'c str>,
    /// The finding that the reader goes on with, by its place among the findings.
    pub next: Option<usize>,
}

/// The page.
pub fn workbench(checking: &Checking<'_>) -> String {
    let summary = checking.checked.map(Summary::of);
    let entries: Vec<Entry> = checking.checked.iter().map(|checked| Entry::of(checked, Some(FORM))).collect();
    let shown: Vec<&Entry> = entries.iter().collect();
    let rules = page::rules(&entries);
    let has_findings = entries.iter().any(|entry| !entry.facts.is_empty());
    let (style, script) = (WORK_STYLE.as_str(), WORK_SCRIPT.as_str());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (page::head("mtlint: check a text", style, script, "'self'"))
            body.workbench data-next=[checking.next] {
                a.skip href="#findings-h" { "Skip to the findings" }
                header.top {
                    h1 { "mtlint " span { "check a text" } }
                    @if let Some(summary) = &summary { (overview::headline(&entries, summary)) }
                }
                main {
                    (form(checking, summary.as_ref()))
                    @if let Some(message) = checking.message { p.told role="status" { (Plain(message)) } }
                    @if has_findings { (page::toolbar(&shown)) }
                    section.articles aria-labelledby="findings-h" {
                        h2 #findings-h tabindex="-1" { "Findings" }
                        @match (&summary, has_findings) {
                            (None, _) => p.nothing-found { "Nothing is checked yet." },
                            (Some(_), false) => p.nothing-found { "No findings." },
                            _ => p.none hidden { "No finding passes the filters." },
                        }
                        @for entry in &shown { (article::section(entry)) }
                    }
                    @if has_findings { (page::glossary(&rules)) }
                }
                footer.bottom {
                    p {
                        "mtlint " (env!("CARGO_PKG_VERSION")) ". The text goes to this server and no further, and is "
                        "not kept. Severities and penalties are those of MQM."
                    }
                }
                (page::tail(&shown, &rules, script, KEYS))
            }
        }
    };
    page.into_string()
}

/// The field and what can be done with its text.
fn form(checking: &Checking<'_>, summary: Option<&Summary>) -> maud::Markup {
    let safe = summary.map_or(0, |summary| summary.safely_fixable);
    html! {
        form.work id=(FORM) method="post" action="/" {
            label for="text" { "Text" }
            // The line break after the tag belongs to the tag. The browser keeps all other characters.
            textarea #text name="text" rows="10" dir="auto" spellcheck="false" autocomplete="off"
                autofocus[checking.checked.is_none()] { (PreEscaped("\n")) (checking.text) }
            div.actions {
                label for="language" { "Language" }
                select #language name="language" {
                    option value="" { "as the text shows" }
                    @for (code, name) in checking.languages {
                        option value=(code) selected[code == checking.language] { (name) }
                    }
                }
                button.main { "Check" }
                button name="apply" value="safe" disabled[safe == 0] { "Apply safe fixes (" (safe) ")" }
                button #copy-text type="button" hidden { "Copy the text" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let languages = [("en".to_owned(), "English".to_owned())];
        workbench(&Checking {
            text,
            language: "en",
            languages: &languages,
            checked: None,
            message: Some("<b>"),
            next: None,
        })
    }

    #[test]
    fn a_text_stays_a_text() {
        let page = page("\n</textarea><script>\u{1B}");
        assert!(page.contains("\n\n&lt;/textarea&gt;&lt;script&gt;\u{1B}</textarea>"));
        assert!(page.contains("&lt;b&gt;") && page.contains("<option value=\"en\" selected>"));
    }

    #[test]
    fn style_and_script_end_nothing() {
        assert!(!WORK_STYLE.contains("</"));
        assert!(!WORK_SCRIPT.contains("</script") && !WORK_SCRIPT.contains("<!--"));
    }
}

//! `--format markdown`: a page for the summary of a job or a comment on a pull request.
//!
//! Sums and tables first, then the most severe findings, and no more than fits.

use super::explanation::code;
use super::most_severe::MostSevere;
use super::{Format, Summary, count};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::{Rule, RuleId, Severity};
use mtlint_text::{is_control, push_name};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many findings are shown.
const FINDINGS: usize = 100;
/// How many documents are shown, the worst.
const DOCUMENTS: usize = 20;
/// How many characters of the damage are shown.
const EXCERPT: usize = 80;

/// A page of Markdown.
#[derive(Debug)]
pub struct Markdown<'a> {
    rules: BTreeMap<&'a str, &'a Rule>,
    /// In bytes; what goes beyond is left out.
    limit: usize,
    findings: MostSevere<String>,
    /// By penalty, the highest first: a table row each.
    documents: Mutex<BTreeMap<(std::cmp::Reverse<u64>, String), String>>,
}

impl<'a> Markdown<'a> {
    /// A page of at most `limit` bytes about a run with these rules.
    pub fn new(rules: impl IntoIterator<Item = &'a Rule>, limit: usize) -> Self {
        Self {
            rules: rules.into_iter().map(|rule| (rule.id.as_str(), rule)).collect(),
            limit,
            findings: MostSevere::new(FINDINGS),
            documents: Mutex::default(),
        }
    }

    fn by_rule(&self, summary: &Summary) -> Vec<String> {
        let mut rows: Vec<_> = summary.by_rule.iter().collect();
        rows.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), *rule));
        let row = |(id, count): (&RuleId, &usize)| {
            let rule = self.rules.get(id.as_str());
            let severity = rule.map_or("", |rule| rule.severity.as_str());
            let about = rule.map_or(String::new(), |rule| text(&rule.summary));
            format!("| {count} | `{id}` | {severity} | {about} |\n")
        };
        rows.into_iter().map(row).collect()
    }
}

impl Format for Markdown<'_> {
    fn document(&self, checked: &Checked<'_>, _out: &mut Vec<u8>) {
        let lines = checked.findings.iter().map(|located| {
            let excerpt: String = located.span.of(checked.text()).chars().take(EXCERPT).collect();
            let excerpt =
                if excerpt.trim().is_empty() { String::new() } else { format!(": {}", code(&excerpt)) };
            let line = format!(
                "- **{}** {} `{}` {}{excerpt}\n",
                located.finding.severity.as_str(),
                code(&checked.place(located.span)),
                located.rule.id,
                text(&located.finding.message),
            );
            (located.finding.severity, line)
        });
        self.findings.offer(checked, lines);
        if checked.findings.is_empty() {
            return;
        }
        let score = checked.score();
        let name = checked.name();
        let row = format!(
            "| {} | {} | {} | {:.1} |\n",
            code(&name),
            checked.words,
            checked.findings.len(),
            score.penalty_per_1000_words
        );
        let key = (std::cmp::Reverse((score.penalty_per_1000_words * 10.0) as u64), name);
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.insert(key, row);
        while documents.len() > DOCUMENTS {
            documents.pop_last();
        }
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        let mut page = Page { text: String::new(), limit: self.limit };
        page.text.push_str("## mtlint\n\n");
        let places = format!("{}, {}", count(summary.documents, "document"), count(summary.words, "word"));
        if summary.findings == 0 {
            page.text.push_str(&format!("No findings in {places}.\n"));
        } else {
            let kinds = summary.by_severity.iter().rev();
            let kinds: Vec<String> = kinds.map(|(severity, count)| of_kind(*severity, *count)).collect();
            let found = count(summary.findings, "finding");
            page.text.push_str(&format!("**{found}** ({}) in {places}.\n", kinds.join(", ")));
        }
        let failures: Vec<String> = summary
            .failures
            .iter()
            .map(|failure| format!("- {}: {}\n", code(&failure.path), text(&failure.message)))
            .collect();
        page.section("Could not be checked", "", &failures, failures.len(), "file");
        let rules = self.by_rule(summary);
        page.section(
            "Rules",
            "| Findings | Rule | Severity | |\n|--:|---|---|---|\n",
            &rules,
            rules.len(),
            "rule",
        );
        let documents: Vec<String> =
            self.documents.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        let header = "| Document | Words | Findings | Penalty per 1,000 words |\n|---|--:|--:|--:|\n";
        page.section("Worst documents", header, &documents, documents.len(), "document");
        let mut findings = Vec::new();
        self.findings.by_severity(|line| findings.push(line.clone()));
        page.section("Most severe findings", "", &findings, summary.findings, "finding");
        out.extend_from_slice(page.text.as_bytes());
    }
}

fn of_kind(severity: Severity, count: usize) -> String {
    format!("{count} {}", severity.as_str())
}

/// A page that grows up to its limit.
struct Page {
    text: String,
    limit: usize,
}

/// What the line takes at most that says how much was left out, and the heading before it.
const RESERVE: usize = 200;

impl Page {
    /// Adds a heading and as many rows as fit; `total` is how many there are, shown or not.
    fn section(&mut self, heading: &str, header: &str, rows: &[String], total: usize, noun: &str) {
        if rows.is_empty() || self.text.len() + header.len() + RESERVE > self.limit {
            return;
        }
        self.text.push_str(&format!("\n### {heading}\n\n{header}"));
        let mut shown = 0;
        for row in rows {
            if self.text.len() + row.len() + RESERVE > self.limit {
                break;
            }
            self.text.push_str(row);
            shown += 1;
        }
        if shown < total {
            self.text.push_str(&format!("\n{} more\n", count(total - shown, noun)));
        }
    }
}

/// Text that means nothing in Markdown but itself, in a line.
fn text(text: &str) -> String {
    let mut out = String::new();
    let mut is_code = false;
    for char in text.chars() {
        match char {
            // Messages set code in backticks.
            '`' => {
                is_code = !is_code;
                out.push(char);
            }
            '\n' | '\r' => out.push(' '),
            _ if is_control(char) => push_name(&mut out, char),
            '|' => out.push_str("\\|"),
            '<' if !is_code => out.push_str("&lt;"),
            '*' | '_' | '[' | ']' | '\\' | '#' | '@' if !is_code => {
                out.push('\\');
                out.push(char);
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_within_its_limit() {
        let rows: Vec<String> = (0..100).map(|row| format!("- row {row}\n")).collect();
        let mut page = Page { text: String::new(), limit: 500 };
        page.section("Rows", "", &rows, 300, "row");
        assert!(page.text.len() <= 500, "{}", page.text.len());
        assert!(page.text.ends_with(" rows more\n"), "{}", page.text);
        let before = page.text.clone();
        page.section("More", "", &rows, 100, "row");
        assert_eq!(page.text, before);
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(text("a *b* <c> | `d*<` \n_e_"), "a \\*b\\* &lt;c> \\| `d*<`  \\_e\\_");
    }
}

//! The sum of a run.

use super::count;
use super::style::{self, Paint};
use anstyle::Style;
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::{Applicability, Confidence, Rule, RuleId, Severity};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// What could not be read or checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub path: String,
    pub message: String,
}

/// The sum of a run, or of a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub documents: usize,
    pub words: usize,
    pub findings: usize,
    /// Findings that are not reported.
    pub suppressed: usize,
    /// How many of them by what: `comment`, `note`, `file`, `baseline` or `decision`.
    pub suppressed_by: BTreeMap<&'static str, usize>,
    pub by_severity: BTreeMap<Severity, usize>,
    pub by_rule: BTreeMap<RuleId, usize>,
    /// What is known of the findings of each rule beside their number.
    pub rules: BTreeMap<RuleId, RuleSummary>,
    /// Findings that have a safe fix.
    pub safely_fixable: usize,
    /// Findings that have an unsafe fix and no safe one.
    pub unsafely_fixable: usize,
    /// Fixes that were applied.
    pub fixed: usize,
    /// Findings whose fixes were tried and taken back, for after each a rule found what it did not find before.
    /// They are not counted as fixable.
    pub taken_back: usize,
    /// Rules that could not run, and why.
    pub skipped_rules: Vec<RuleId>,
    pub failures: Vec<Failure>,
}

/// What the findings of one rule have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSummary {
    /// The most severe and the most certain of them.
    pub severity: Severity,
    pub confidence: Confidence,
    /// Findings that have a safe fix, and those that have an unsafe one and no safe one.
    pub safely_fixable: usize,
    pub unsafely_fixable: usize,
}

impl RuleSummary {
    fn add(&mut self, other: Self) {
        self.severity = self.severity.max(other.severity);
        self.confidence = self.confidence.max(other.confidence);
        self.safely_fixable += other.safely_fixable;
        self.unsafely_fixable += other.unsafely_fixable;
    }
}

impl Summary {
    /// The sum of one document.
    pub fn of(checked: &Checked<'_>) -> Self {
        let mut sum = Self {
            documents: 1,
            words: checked.words,
            suppressed: checked.suppressed.len(),
            ..Self::default()
        };
        for suppressed in &checked.suppressed {
            *sum.suppressed_by.entry(suppressed.suppressed.by.as_str()).or_default() += 1;
        }
        for located in &checked.findings {
            sum.findings += 1;
            *sum.by_severity.entry(located.finding.severity).or_default() += 1;
            *sum.by_rule.entry(located.rule.id.clone()).or_default() += 1;
            let applicability = located.applicability();
            let of_rule = RuleSummary {
                severity: located.finding.severity,
                confidence: located.finding.confidence,
                safely_fixable: usize::from(applicability == Some(Applicability::Safe)),
                unsafely_fixable: usize::from(applicability == Some(Applicability::Unsafe)),
            };
            sum.safely_fixable += of_rule.safely_fixable;
            sum.unsafely_fixable += of_rule.unsafely_fixable;
            sum.add_rule(&located.rule.id, of_rule);
        }
        sum
    }

    fn add_rule(&mut self, id: &RuleId, of_rule: RuleSummary) {
        match self.rules.get_mut(id) {
            Some(known) => known.add(of_rule),
            None => {
                self.rules.insert(id.clone(), of_rule);
            }
        }
    }

    /// Counts what could still be fixed as taken back: the fixes that are trusted as far as `least` were tried.
    pub fn take_back(&mut self, least: Applicability) {
        self.taken_back += std::mem::take(&mut self.safely_fixable);
        if least <= Applicability::Unsafe {
            self.taken_back += std::mem::take(&mut self.unsafely_fixable);
        }
    }

    /// Adds the sum of another part of the run.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.words += other.words;
        self.findings += other.findings;
        self.suppressed += other.suppressed;
        for (by, count) in other.suppressed_by {
            *self.suppressed_by.entry(by).or_default() += count;
        }
        for (severity, count) in other.by_severity {
            *self.by_severity.entry(severity).or_default() += count;
        }
        for (rule, count) in other.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
        for (rule, of_rule) in &other.rules {
            self.add_rule(rule, *of_rule);
        }
        self.safely_fixable += other.safely_fixable;
        self.unsafely_fixable += other.unsafely_fixable;
        self.fixed += other.fixed;
        self.taken_back += other.taken_back;
        self.failures.extend(other.failures);
    }
}

/// The sum in a line or two, for people, wrapped at so many columns.
pub(super) fn closing(summary: &Summary, paint: Paint, width: usize) -> String {
    // What stays together in a line, as it is painted and as it is seen.
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut push = |before: &str, style: Style, text: &str, after: &str| {
        let seen = format!("{before}{text}{after}");
        pieces.push((format!("{before}{}{after}", paint.text(style, text)), seen));
    };
    if summary.findings == 0 {
        let nothing = if summary.documents == 0 { "Nothing checked" } else { "No findings" };
        push("", style::ADDED.bold(), nothing, "");
    } else {
        push("", style::BOLD, &count(summary.findings, "finding"), "");
        let last = summary.by_severity.len().saturating_sub(1);
        for (index, (severity, count)) in summary.by_severity.iter().rev().enumerate() {
            let before = if index == 0 { "(" } else { "" };
            let after = if index == last { ")" } else { "," };
            push(before, style::severity(*severity), &format!("{count} {}", severity.as_str()), after);
        }
    }
    push("in ", Style::new(), &count(summary.documents, "document"), ",");
    let words = count(summary.words, "word");
    if summary.suppressed > 0 {
        push("", Style::new(), &words, ",");
        push("", Style::new(), &format!("{} suppressed", summary.suppressed), "");
    } else {
        push("", Style::new(), &words, "");
    }
    let mut out = String::new();
    let mut used = 0;
    for (painted, seen) in pieces {
        let needed = seen.width();
        if used > 0 {
            let breaks = used + 1 + needed > width;
            out.push(if breaks { '\n' } else { ' ' });
            used = if breaks { 0 } else { used + 1 };
        }
        out.push_str(&painted);
        used += needed;
    }
    out.push('\n');
    if summary.fixed > 0 {
        out.push_str(&format!("{} applied\n", count(summary.fixed, "fix")));
    }
    if summary.taken_back > 0 {
        let fixes = count(summary.taken_back, "fix");
        let told = format!("{fixes} taken back: with it a rule finds damage that was not there before");
        out.push_str(&super::wrap(&told, width).join("\n"));
        out.push('\n');
    }
    match (summary.safely_fixable, summary.unsafely_fixable) {
        (0, 0) => {}
        (safe, 0) => out.push_str(&format!("{safe} fixable with `--fix`\n")),
        (0, more) => out.push_str(&format!("{more} fixable with `--fix --unsafe-fixes`\n")),
        (safe, more) => {
            out.push_str(&format!("{safe} fixable with `--fix`, {more} more with `--unsafe-fixes`\n"));
        }
    }
    out
}

/// A table of the rules that found something, the most frequent first: how often, how severe and certain at
/// most, how many of the findings can be fixed safely or otherwise, and what the rule minds.
pub fn statistics<'r>(
    summary: &Summary,
    rule: impl Fn(&RuleId) -> Option<&'r Rule>,
    paint: Paint,
    width: usize,
) -> String {
    let mut rows: Vec<(&RuleId, usize)> =
        summary.by_rule.iter().map(|(rule, count)| (rule, *count)).collect();
    rows.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    let digits = rows.first().map_or(1, |(_, count)| count.to_string().len());
    let names = rows.iter().map(|(rule, _)| rule.as_str().len()).max().unwrap_or(0);
    let fixes = |id: &RuleId| match summary.rules.get(id) {
        Some(RuleSummary { safely_fixable: 0, unsafely_fixable: 0, .. }) | None => "no fix".to_owned(),
        Some(RuleSummary { safely_fixable: safe, unsafely_fixable: 0, .. }) => format!("{safe} safe"),
        Some(RuleSummary { safely_fixable: 0, unsafely_fixable: more, .. }) => format!("{more} unsafe"),
        Some(RuleSummary { safely_fixable: safe, unsafely_fixable: more, .. }) => {
            format!("{safe} safe, {more} unsafe")
        }
    };
    let fix_width = rows.iter().map(|(id, _)| fixes(id).len()).max().unwrap_or(0);
    // The number, the name, the severity, the confidence and the fixes, two columns apart.
    let before = digits + 2 + names + 2 + 8 + 2 + 6 + 2 + fix_width + 2;
    let mut out = String::new();
    for (id, count) in rows {
        paint.push(&mut out, style::BOLD, &format!("{count:>digits$}"));
        let of_rule = summary.rules.get(id);
        let severity = of_rule.map(|of_rule| of_rule.severity);
        let shade = severity.map_or_else(anstyle::Style::new, style::severity);
        out.push_str("  ");
        let is_narrow = before > width;
        let name = match is_narrow {
            true => super::wrap(id.as_str(), width.saturating_sub(digits + 2)).join(&format!(
                "\n{:1$}",
                "",
                digits + 2
            )),
            false => format!("{:<names$}", id.as_str()),
        };
        paint.push(&mut out, shade, &name);
        let severity = severity.map_or("", Severity::as_str);
        let confidence = of_rule.map_or("", |of_rule| of_rule.confidence.as_str());
        let mut line = format!("  {severity:<8}  {confidence:<6}  {:<fix_width$}", fixes(id));
        // On a narrow terminal the name of the rule has to do, with the rest in a line of its own.
        if is_narrow {
            line = format!("\n{:digits$}{}", "", line.trim_end());
        }
        if let Some(rule) = rule(id)
            && before + 24 <= width
        {
            let lines = super::wrap(&rule.summary, width - before);
            line.push_str("  ");
            line.push_str(&lines.join(&format!("\n{:before$}", "")));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

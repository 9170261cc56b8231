//! `--format human`: findings as rustc shows errors, for people at a terminal.
//!
//! The drawing is our own: `annotate-snippets` lays out every line of its input and knows no more
//! than one window a line, and articles have lines of thousands of characters.

mod cells;
mod edits;
mod snippet;
mod window;

use super::style::{self, Paint};
use super::{Format, Summary};
use anstyle::Style;
use mtlint_engine::lint::{Checked, Located};
use mtlint_engine::pivot::PivotHint;
use mtlint_engine::rule::{Applicability, Fix, RuleId};
use mtlint_text::{LineIndex, Span, visible, visible_lines};
use snippet::{Canvas, Mark};
use std::borrow::Cow;
use std::collections::HashSet;
use unicode_width::UnicodeWidthStr;

/// What stands before the further lines of a message.
const INDENT: &str = "  ";

/// How many kinds of traces are told.
const MOST_EVIDENCE: usize = 4;

/// Findings for people.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    pub paint: Paint,
    /// How many columns the terminal has.
    pub width: usize,
    /// Whether findings come with what was weighed for them.
    pub evidence: bool,
}

impl Format for Human {
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let mut text = String::new();
        let mut told = HashSet::new();
        for located in &checked.findings {
            self.finding(&mut text, checked, located, &mut told);
        }
        if let Some(hint) = checked.pivot_hint() {
            self.remark(&mut text, checked, &hint);
        }
        out.extend_from_slice(text.as_bytes());
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        out.extend_from_slice(super::summary::closing(summary, self.paint, self.width).as_bytes());
    }
}

impl Human {
    /// Appends one finding by itself.
    pub fn one(&self, out: &mut String, checked: &Checked<'_>, located: &Located<'_>) {
        self.finding(out, checked, located, &mut HashSet::new());
    }

    /// Appends a finding. Why its rule minds is told once a document, the rules in `told` left out.
    fn finding<'a>(
        &self,
        out: &mut String,
        checked: &Checked<'_>,
        located: &Located<'a>,
        told: &mut HashSet<&'a RuleId>,
    ) {
        let Located { finding, rule, span, related, fixes, .. } = located;
        let paint = self.paint;
        let severity = style::severity(finding.severity);
        let name = format!("{}[{}]", finding.severity.as_str(), rule.id);
        self.paragraph(out, (&name, severity), (&format!(": {}", visible(&finding.message)), style::BOLD));

        let lines = checked.document.lines();
        let last = related.iter().map(|related| related.span).chain([*span]).map(|span| span.hi()).max();
        let gutter = (lines.line_of(last.unwrap_or(0)) + 1).to_string().len();
        let width = self.width.saturating_sub(gutter + 4).max(30);
        let canvas = Canvas { text: checked.text(), lines, width, gutter, paint };
        paint.push(out, style::GUTTER, &format!("{:gutter$}--> ", ""));
        let place = checked.place(*span);
        let place = if place.width() <= width { vec![place] } else { super::wrap(&place, width) };
        out.push_str(&place.join(&format!("\n{:1$}", "", gutter + 4)));
        out.push('\n');
        canvas.frame(out, "|");
        out.push('\n');

        let related = related.iter().map(|related| Mark {
            span: related.span,
            label: &related.message,
            is_primary: false,
            style: style::RELATED,
        });
        let primary = Mark { span: *span, label: "", is_primary: true, style: severity };
        let marks: Vec<Mark<'_>> = related.chain([primary]).collect();
        canvas.snippet(out, &marks);
        if let (Some(related), Some(source)) = (located.source_related.first(), checked.document.source()) {
            self.note(out, &canvas, "source", &visible(&excerpt(source.text(), related.span)));
        }
        if told.insert(&rule.id) {
            self.note(out, &canvas, "why", &rule.why);
        }
        if self.evidence
            && let Some(probability) = finding.probability
        {
            let weighed = finding.evidence.iter().filter(|it| it.value() != 0.0 && it.weight() != 0.0);
            let weighed = weighed.map(|it| format!("{} {:+.2}", it.name, it.value() * it.weight()));
            let told = format!("{:.2}; {}", probability.as_f64(), weighed.collect::<Vec<_>>().join(", "));
            self.note(out, &canvas, "probability", &told);
        }
        for fix in fixes {
            self.fix(out, &canvas, fix);
        }
        out.push('\n');
    }

    /// Appends the closing remark of a document: which language it may have come through.
    fn remark(&self, out: &mut String, checked: &Checked<'_>, hint: &PivotHint) {
        let names: Vec<&str> = hint.candidates.iter().map(|candidate| candidate.name.as_str()).collect();
        let evidence: Vec<String> = hint
            .evidence
            .iter()
            .take(MOST_EVIDENCE)
            .map(|evidence| visible(&evidence.what).into_owned())
            .collect();
        let text = format!(
            ": {}: the traces point to {}, as source or pivot language ({}); a hint, no verdict",
            visible(checked.path),
            names.join(" or "),
            evidence.join(", ")
        );
        self.paragraph(out, ("note", style::BOLD), (&text, Style::new()));
        out.push('\n');
    }

    /// Appends a heading and the text right behind it, wrapped only if it must be: a message may quote white space.
    fn paragraph(
        &self,
        out: &mut String,
        (heading, heading_style): (&str, Style),
        (text, style): (&str, Style),
    ) {
        let whole = format!("{heading}{text}");
        let lines = match whole.width() <= self.width {
            true => vec![whole],
            false => super::wrap(&whole, self.width.saturating_sub(INDENT.len())),
        };
        let mut heading = heading.len();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                out.push_str(INDENT);
            }
            let (of_heading, of_text) = line.split_at(heading.min(line.len()));
            heading -= of_heading.len();
            self.paint.push(out, heading_style, of_heading);
            self.paint.push(out, style, of_text);
            out.push('\n');
        }
    }

    fn fix(&self, out: &mut String, canvas: &Canvas<'_>, fix: &Fix) {
        let name = match fix.applicability {
            Applicability::Safe => "fix",
            Applicability::Unsafe => "unsafe fix",
            Applicability::Display => "help",
        };
        self.note(out, canvas, name, &fix.title);
        canvas.edits(out, &fix.edits);
    }

    /// Appends `= name: text`, the text wrapped.
    fn note(&self, out: &mut String, canvas: &Canvas<'_>, name: &str, text: &str) {
        canvas.frame(out, "= ");
        out.push(' ');
        self.paint.push(out, style::BOLD, name);
        out.push_str(": ");
        let indent = name.len() + 2;
        let width = canvas.width.saturating_sub(indent).max(24);
        for (index, line) in super::wrap(&visible_lines(text), width).iter().enumerate() {
            if index > 0 {
                out.push_str(&" ".repeat(canvas.gutter + 3 + indent));
            }
            out.push_str(line);
            out.push('\n');
        }
    }
}

/// The line of a text in which a span begins, with the span marked as far as it lies in it, framed as
/// the lines of findings are.
pub fn marked_line(text: &str, span: Span, width: usize, paint: Paint) -> String {
    let lines = LineIndex::new(text);
    let number = lines.line_of(span.lo());
    let end = lines.line_range(text, number).end;
    let gutter = (number + 1).to_string().len();
    let canvas =
        Canvas { text, lines: &lines, width: width.saturating_sub(gutter + 4).max(30), gutter, paint };
    let mut out = String::new();
    canvas.frame(&mut out, "|");
    out.push('\n');
    let span = Span::new(span.lo(), span.hi().clamp(span.lo(), end.max(span.lo())));
    let style = style::severity(mtlint_engine::rule::Severity::Critical);
    canvas.snippet(&mut out, &[Mark { span, label: "", is_primary: true, style }]);
    out
}

/// A place of the source text, marked, with some of the text around it in one line.
fn excerpt(text: &str, span: Span) -> String {
    const AROUND: usize = 40;
    const ENDS: usize = 60;
    let before: Vec<char> = text[..span.lo()].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[span.hi()..].chars().take(AROUND).collect();
    let marked = span.of(text);
    let head = marked.char_indices().nth(ENDS).map_or(marked.len(), |(at, _)| at);
    let tail = marked.char_indices().rev().nth(ENDS).map_or(0, |(at, _)| at);
    let marked = match head < tail {
        true => Cow::Owned(format!("{} … {}", &marked[..head], &marked[tail..])),
        false => Cow::Borrowed(marked),
    };
    format!("{before}⟦{marked}⟧{after}").split_whitespace().collect::<Vec<_>>().join(" ")
}

//! `--format its` and `--format its-xml`: the articles with their damage marked in the text, by the
//! Localization Quality Issue of ITS 2.0 (w3.org/TR/its20), in HTML5 and in XML.
//!
//! The text is the prose that rules see, a paragraph a block. Where one finding lies, it is told by
//! attributes of the `span` around it; where several lie on one another, by a reference to a list of
//! them that stands apart, as ITS has it.

use super::level::percent;
use super::taxonomy::ITS_REFERENCE;
use super::xml::escape;
use super::{Format, Summary};
use mtlint_document::BlockKind;
use mtlint_engine::lint::{Checked, Located};
use mtlint_text::Span;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// The namespace of ITS.
const NAMESPACE: &str = "http://www.w3.org/2005/11/its";
/// What names the tool, as the specification asks.
const ANNOTATOR: &str = concat!("localization-quality-issue|", "mtlint", "-", env!("CARGO_PKG_VERSION"));

/// The articles with their damage marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Its {
    Html,
    Xml,
}

/// One attribute of Localization Quality Issue: its name in XML, and in HTML.
type Attribute = (&'static str, &'static str);

const TYPE: Attribute = ("locQualityIssueType", "its-loc-quality-issue-type");
const COMMENT: Attribute = ("locQualityIssueComment", "its-loc-quality-issue-comment");
const SEVERITY: Attribute = ("locQualityIssueSeverity", "its-loc-quality-issue-severity");
const PROFILE: Attribute = ("locQualityIssueProfileRef", "its-loc-quality-issue-profile-ref");
const ENABLED: Attribute = ("locQualityIssueEnabled", "its-loc-quality-issue-enabled");
const REFERENCE: Attribute = ("locQualityIssuesRef", "its-loc-quality-issues-ref");

impl Format for Its {
    fn begin(&self, out: &mut Vec<u8>) {
        let head = match self {
            Self::Html => format!(
                "<!DOCTYPE html>\n<html its-annotators-ref=\"{ANNOTATOR}\">\n<head>\n<meta charset=\"utf-8\">\n\
                 <title>mtlint</title>\n</head>\n<body>\n"
            ),
            Self::Xml => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<articles xmlns:its=\"{NAMESPACE}\" \
                 its:version=\"2.0\" its:annotatorsRef=\"{ANNOTATOR}\">\n"
            ),
        };
        out.extend_from_slice(head.as_bytes());
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let name = escape(&checked.name());
        let language = checked.document.language();
        let language =
            |attribute: &str| language.map_or(String::new(), |code| format!(" {attribute}=\"{code}\""));
        let head = match self {
            Self::Html => format!("<article{} title=\"{name}\">\n", language("lang")),
            Self::Xml => format!("<article{} name=\"{name}\">\n", language("xml:lang")),
        };
        let suppressed =
            checked.suppressed.iter().map(|it| Issue { located: &it.located, is_enabled: false });
        let reported = checked.findings.iter().map(|located| Issue { located, is_enabled: true });
        let mut issues: Vec<Issue<'_>> = reported.chain(suppressed).collect();
        issues.sort_by_key(|issue| issue.located.finding.span);
        let mut article =
            Article { its: *self, checked, issues, text: head, lists: String::new(), listed: 0 };
        article.write();
        out.extend_from_slice(article.text.as_bytes());
        out.extend_from_slice(article.lists.as_bytes());
        out.extend_from_slice(b"</article>\n");
    }

    fn end(&self, _summary: &Summary, out: &mut Vec<u8>) {
        let tail = match self {
            Self::Html => "</body>\n</html>\n",
            Self::Xml => "</articles>\n",
        };
        out.extend_from_slice(tail.as_bytes());
    }
}

/// A finding, and whether it is reported.
struct Issue<'a> {
    located: &'a Located<'a>,
    is_enabled: bool,
}

/// An article as it is written.
struct Article<'a> {
    its: Its,
    checked: &'a Checked<'a>,
    /// In text order.
    issues: Vec<Issue<'a>>,
    text: String,
    /// The lists of findings that lie on one another.
    lists: String,
    listed: usize,
}

impl<'a> Article<'a> {
    fn write(&mut self) {
        let document = self.checked.document;
        let mut next = 0;
        // Findings that reach into the block at hand, by their places among the findings.
        let mut open: BTreeSet<usize> = BTreeSet::new();
        for block in document.blocks() {
            let issues = &self.issues;
            open.retain(|&index| issues[index].located.finding.span.hi() > block.span.lo());
            while let Some(issue) = issues.get(next)
                && issue.located.finding.span.lo() <= block.span.hi()
            {
                open.insert(next);
                next += 1;
            }
            let name = self.element(block.kind);
            self.text.push_str(&format!("<{name}>"));
            self.block(block.span, &open);
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    fn element(&self, kind: BlockKind) -> &'static str {
        match (self.its, kind) {
            (Its::Html, BlockKind::Title) => "h1",
            (Its::Html, BlockKind::Heading) => "h2",
            (Its::Html, BlockKind::Quotation) => "blockquote",
            _ => "p",
        }
    }

    /// Writes a block in pieces: in each, the same findings hold.
    fn block(&mut self, block: Span, findings: &BTreeSet<usize>) {
        let within = |index: usize| {
            let span = self.issues[index].located.finding.span;
            (span.lo().clamp(block.lo(), block.hi()), span.hi().clamp(block.lo(), block.hi()))
        };
        // At each place, what ends there, what begins there, and what marks the place alone.
        let mut events: Vec<(usize, u8, usize)> = Vec::new();
        for &index in findings {
            match within(index) {
                (start, end) if start == end => events.push((start, 1, index)),
                (start, end) => events.extend([(start, 2, index), (end, 0, index)]),
            }
        }
        events.sort_unstable();
        let mut holding: BTreeSet<usize> = BTreeSet::new();
        let mut done = block.lo();
        for (at, kind, index) in events {
            self.piece(Span::new(done, at), &holding);
            done = at;
            match kind {
                0 => {
                    holding.remove(&index);
                }
                1 => self.marked("", &BTreeSet::from([index])),
                _ => {
                    holding.insert(index);
                }
            }
        }
        self.piece(Span::new(done, block.hi()), &holding);
    }

    fn piece(&mut self, span: Span, findings: &BTreeSet<usize>) {
        if span.is_empty() {
            return;
        }
        let text = escape_text(self.checked.document.slice(span));
        if findings.is_empty() {
            self.text.push_str(&text);
        } else {
            self.marked(&text, findings);
        }
    }

    fn marked(&mut self, text: &str, findings: &BTreeSet<usize>) {
        let attributes = match findings.first() {
            Some(&only) if findings.len() == 1 => self.issues[only]
                .attributes()
                .into_iter()
                .map(|(name, value)| attribute(self.its, name, &value))
                .collect(),
            _ => {
                let id = self.list(findings);
                attribute(self.its, REFERENCE, &format!("#{id}"))
            }
        };
        self.text.push_str(&format!("<span{attributes}>{text}</span>"));
    }

    /// Adds a list of findings; returns its name, which no other list of the report has.
    fn list(&mut self, findings: &BTreeSet<usize>) -> String {
        self.listed += 1;
        let id = format!("lq-{:016x}-{}", xxh3_64(self.checked.name().as_bytes()), self.listed);
        let issues: String = findings
            .iter()
            .map(|&index| {
                let attributes = self.issues[index].attributes().into_iter();
                let attributes = attributes.map(|((xml, _), value)| format!(" {xml}=\"{}\"", escape(&value)));
                format!("  <its:locQualityIssue{}/>\n", attributes.collect::<String>())
            })
            .collect();
        let list = |namespace: &str| {
            format!("<its:locQualityIssues{namespace} xml:id=\"{id}\">\n{issues}</its:locQualityIssues>\n")
        };
        let list = match self.its {
            Its::Xml => list(""),
            Its::Html => format!(
                "<script id=\"{id}\" type=\"application/its+xml\">\n{}</script>\n",
                list(&format!(" xmlns:its=\"{NAMESPACE}\""))
            ),
        };
        self.lists.push_str(&list);
        id
    }
}

impl Issue<'_> {
    /// What is said about it.
    fn attributes(&self) -> Vec<(Attribute, String)> {
        let Located { finding, rule, .. } = self.located;
        let mut attributes = vec![
            (TYPE, rule.its_type().to_owned()),
            (COMMENT, format!("{}: {}", rule.id, finding.message)),
            (SEVERITY, percent(finding.severity).to_string()),
            (PROFILE, ITS_REFERENCE.to_owned()),
        ];
        if !self.is_enabled {
            attributes.push((ENABLED, "no".to_owned()));
        }
        attributes
    }
}

fn attribute(its: Its, (xml, html): Attribute, value: &str) -> String {
    match its {
        Its::Html => format!(" {html}=\"{}\"", escape(value)),
        Its::Xml => format!(" its:{xml}=\"{}\"", escape(value)),
    }
}

/// The content of an element, whose line breaks stand as they are.
fn escape_text(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("\n")
}

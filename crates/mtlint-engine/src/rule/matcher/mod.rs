//! The kinds of pattern a rule file may hold, compiled.
//!
//! A [`Matcher`] finds places; [`Pattern`] does what all kinds share: where to look, what calls a
//! match off, the message and the fix.

mod count;
mod literal;
mod regex;
mod repeat;
mod sequence;

use super::checker::{Report, Trigger};
use super::file::{FixTable, Kind, MatchTable, RuleFile, Scope};
use super::finding::{Applicability, Fix};
use mtlint_document::{Block, Document, MaskKind, Token};
use mtlint_lang::{Alphabet, LazyRegex, Packs, find_all, needs};
use mtlint_text::{Edit, Span};
use std::fmt::Debug;

/// A stretch of text a pattern is tried on.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'d> {
    pub span: Span,
    pub tokens: &'d [Token],
    /// The place of the first of them among the tokens of the document.
    pub first_token: usize,
}

/// A place that a pattern found.
#[derive(Clone, Debug)]
pub struct Match {
    /// The damage.
    pub span: Span,
    /// The named parts of the match, for the message and the fix.
    pub captures: Vec<(String, Span)>,
    /// What the kind itself says should stand there.
    pub suggestion: Option<String>,
}

impl Match {
    pub fn new(span: Span) -> Self {
        Self { span, captures: Vec::new(), suggestion: None }
    }
}

/// One kind of pattern.
pub trait Matcher: Debug + Send + Sync {
    /// Calls `found` with every match in the stretch, in text order.
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match));

    /// Whether it may find anything in the sentences of a stretch: one look at all of them may spare a
    /// look at each.
    fn may_find(&self, _document: &Document, _stretch: Stretch<'_>) -> bool {
        true
    }

    /// When a text cannot hold a match.
    fn trigger(&self) -> Trigger;

    /// Builds what it would build when it first looks at a text of this alphabet.
    fn make_ready(&self, _alphabet: Alphabet) {}

    /// Tells it that many more documents will come.
    fn expect_more(&self) {}

    /// Whether what it finds in a stretch depends on the block of the stretch, the language of the
    /// document and nothing else.
    fn sees_one_block(&self) -> bool;

    /// Builds what is otherwise built when first used.
    ///
    /// # Errors
    /// Why it cannot be built.
    fn validate(&self) -> Result<(), String> {
        Ok(())
    }

    /// The names that `$name` may stand for in the message and the fix, beside `$0`.
    fn capture_names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A matcher with everything a rule file says beside it.
#[derive(Debug)]
pub struct Pattern {
    matcher: Box<dyn Matcher>,
    scope: Scope,
    unless: Vec<Excuse>,
    skip: Option<Vec<MaskKind>>,
    message: Option<Template>,
    fix: Option<FixTemplate>,
}

/// A pattern that calls off the matches it touches.
#[derive(Debug)]
struct Excuse {
    pattern: LazyRegex,
    /// See [`needs::of_excuse`].
    needs: Vec<String>,
}

impl Excuse {
    fn new(pattern: &str, needs: Vec<String>) -> Self {
        Self { pattern: LazyRegex::new(pattern), needs }
    }

    /// Whether the pattern may match in a text, given in lower case. Most excuses hold a rare word or mark,
    /// and need not even be built.
    fn may_match(&self, lower: &str) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|string| lower.contains(string.as_str()))
    }
}

#[derive(Debug)]
struct FixTemplate {
    title: Template,
    applicability: Applicability,
    replace: Option<Template>,
}

impl Pattern {
    /// Compiles the `[match]` and `[fix]` of a rule file.
    ///
    /// # Errors
    /// What is wrong, each with the key it is wrong with.
    pub(super) fn compile(file: &RuleFile, packs: &Packs) -> Result<Self, Vec<(String, String)>> {
        let table = &file.matching;
        let mut errors = misplaced_keys(table);
        let matcher = match table.kind {
            Kind::Literal => literal::Literal::compile(table),
            Kind::Swap => literal::Literal::compile_swap(table),
            Kind::Regex => regex::RegexMatcher::compile(table),
            Kind::Sequence => sequence::Sequence::compile(table, packs),
            Kind::Repeat => repeat::Repeat::compile(table, packs),
            Kind::Count => count::Count::compile(table),
            Kind::Code => Err(("match.kind".to_owned(), "`code` is not a pattern".to_owned())),
        };
        let mut unless = Vec::new();
        for (index, pattern) in table.unless.iter().enumerate() {
            let known = table.known.as_ref().and_then(|known| known.unless.get(index));
            match known.map_or_else(|| needs::of_excuse(pattern), |needs| Ok(needs.clone())) {
                Ok(needs) => unless.push(Excuse::new(pattern, needs)),
                Err(error) => errors.push(("match.unless".to_owned(), error)),
            }
        }
        let matcher = match matcher {
            Ok(matcher) => matcher,
            Err(error) => {
                errors.push(error);
                return Err(errors);
            }
        };
        let names = matcher.capture_names();
        let mut template = |key: &str, text: &Option<String>| {
            let template = Template::parse(text.as_deref()?);
            for name in template.names().filter(|name| *name != "0" && !names.iter().any(|n| n == name)) {
                errors.push((key.to_owned(), format!("there is no capture `${name}` in the pattern")));
            }
            Some(template)
        };
        let message = template("message", &file.message);
        let fix = file.fix.as_ref().map(|table: &FixTable| FixTemplate {
            replace: template("fix.replace", &table.replace),
            title: template("fix.title", &table.title).unwrap_or_default(),
            applicability: table.applicability,
        });
        if errors.is_empty() {
            Ok(Self { matcher, scope: table.scope, unless, skip: table.skip.clone(), message, fix })
        } else {
            Err(errors)
        }
    }

    pub(super) fn trigger(&self) -> Trigger {
        self.matcher.trigger()
    }

    /// Builds what is otherwise built when first used, and tells what cannot be built.
    ///
    /// # Errors
    /// The reasons.
    pub fn validate(&self) -> Result<(), String> {
        self.matcher.validate()?;
        self.unless.iter().try_for_each(|excuse| excuse.pattern.validate())
    }

    /// Builds what it would build when it first looks at a text of this alphabet.
    pub fn make_ready(&self, alphabet: Alphabet) {
        self.matcher.make_ready(alphabet);
    }

    /// Tells it that many more documents will come.
    pub fn expect_more(&self) {
        self.matcher.expect_more();
        self.unless.iter().for_each(|excuse| excuse.pattern.expect_more());
    }

    /// Whether the pattern looks at the document as a whole.
    pub fn is_document_wide(&self) -> bool {
        self.scope == Scope::Document
    }

    /// Whether it looks at nothing but one block at a time.
    pub fn sees_one_block(&self) -> bool {
        !self.is_document_wide() && self.matcher.sees_one_block()
    }

    /// Reports every match in the document.
    pub fn check_document(&self, document: &Document, report: &mut Report<'_>) {
        let stretch =
            Stretch { span: Span::new(0, document.text().len()), tokens: document.tokens(), first_token: 0 };
        self.check_stretch(document, stretch, report);
    }

    /// Reports every match in one block.
    pub fn check_block(&self, document: &Document, block: &Block, report: &mut Report<'_>) {
        let stretch = Stretch {
            span: block.span,
            tokens: document.tokens_of(block),
            first_token: block.tokens.start as usize,
        };
        if self.scope == Scope::Sentence {
            if !self.matcher.may_find(document, stretch) {
                return;
            }
            for sentence in document.sentences_of(block) {
                let stretch = Stretch {
                    span: sentence.span,
                    tokens: document.tokens_in(sentence),
                    first_token: sentence.tokens.start as usize,
                };
                self.check_stretch(document, stretch, report);
            }
        } else {
            self.check_stretch(document, stretch, report);
        }
    }

    fn check_stretch(&self, document: &Document, stretch: Stretch<'_>, report: &mut Report<'_>) {
        // Found when first asked for, and once for the whole stretch: many matches in one long
        // line must not search it many times.
        let mut excuses: Option<Vec<Span>> = None;
        self.matcher.find(document, stretch, &mut |found| {
            if self.is_masked(document, found.span) {
                return;
            }
            if !self.unless.is_empty() {
                let excuses = excuses.get_or_insert_with(|| self.excuses(document, stretch.span));
                if covered(excuses, found.span) {
                    return;
                }
            }
            self.report(document, found, report);
        });
    }

    fn is_masked(&self, document: &Document, span: Span) -> bool {
        // White space before code is wrong for no mark in it: the code is a word.
        let before_code = document.slice(span).ends_with(char::is_whitespace)
            && document
                .mask()
                .overlapping(Span::at(span.hi()))
                .is_some_and(|(_, kind)| kind == MaskKind::Code);
        if before_code {
            return true;
        }
        document
            .mask()
            .overlapping(span)
            .is_some_and(|(_, kind)| self.skip.as_ref().is_none_or(|skip| skip.contains(&kind)))
    }

    fn excuses(&self, document: &Document, span: Span) -> Vec<Span> {
        let text = document.slice(span);
        let lower = text.to_ascii_lowercase();
        let mut spans: Vec<Span> = self
            .unless
            .iter()
            .filter(|excuse| excuse.may_match(&lower))
            .filter_map(|excuse| excuse.pattern.get(document.alphabet_in(span), text.len()))
            .flat_map(|regex| find_all(regex, text).map(|found| Span::from(found.range()).shifted(span.lo())))
            .collect();
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let joined = last.touches(*next);
            if joined {
                *last = last.cover(*next);
            }
            joined
        });
        spans
    }

    fn report(&self, document: &Document, found: Match, report: &mut Report<'_>) {
        let finding = match &self.message {
            Some(message) => report.add(found.span, message.expand(document, &found)),
            None => report.add_summary(found.span),
        };
        let Some(fix) = &self.fix else { return };
        let replacement =
            fix.replace.as_ref().map(|replace| replace.expand(document, &found)).or(found.suggestion.clone());
        let Some(replacement) = replacement else { return };
        if let Some(edit) = Edit::minimal(document.text(), found.span, &replacement) {
            let title = match fix.title.is_empty() {
                false => fix.title.expand(document, &found),
                true if replacement.is_empty() => "delete it".to_owned(),
                true => format!("write `{replacement}`"),
            };
            finding.fix(Fix::new(title, fix.applicability, vec![edit]));
        }
    }
}

/// Whether one of the sorted, disjoint `excuses` touches `span`.
fn covered(excuses: &[Span], span: Span) -> bool {
    let after = excuses.partition_point(|excuse| excuse.start <= span.end);
    excuses[..after].last().is_some_and(|excuse| excuse.touches(span))
}

/// The trigger of the pattern of `table`, and the names of its groups.
fn read_pattern(table: &MatchTable, pattern: &str) -> Result<(Trigger, Vec<String>), String> {
    let (strings, names) = match &table.known {
        Some(known) => (known.strings.clone(), known.names.clone()),
        None => {
            let needs = needs::of_pattern(pattern)?;
            (needs.strings, needs.names)
        }
    };
    let strings = match &table.needs {
        Some(needs) => Some(needs.iter().map(|string| string.to_ascii_lowercase()).collect()),
        None => strings,
    };
    Ok((strings.map_or(Trigger::Always, Trigger::AnyOf), names))
}

/// The keys of `[match]` that the kind takes none of.
fn misplaced_keys(table: &MatchTable) -> Vec<(String, String)> {
    let given = [
        ("pattern", table.pattern.is_some(), &[Kind::Regex, Kind::Count][..]),
        ("mark", table.mark.is_some(), &[Kind::Regex, Kind::Sequence]),
        ("any", table.any.is_some(), &[Kind::Literal]),
        ("words", table.words.is_some(), &[Kind::Literal, Kind::Swap]),
        ("case", table.case.is_some(), &[Kind::Literal, Kind::Swap]),
        ("swap", table.swap.is_some(), &[Kind::Swap]),
        ("tokens", table.tokens.is_some(), &[Kind::Sequence]),
        ("needs", table.needs.is_some(), &[Kind::Regex, Kind::Sequence, Kind::Code]),
        ("unit", table.unit.is_some(), &[Kind::Repeat]),
        ("times", table.times.is_some(), &[Kind::Repeat]),
        ("except", !table.except.is_empty(), &[Kind::Repeat]),
        ("only", table.only.is_some(), &[Kind::Repeat]),
        ("comma", table.comma.is_some(), &[Kind::Repeat]),
        ("names", table.names.is_some(), &[Kind::Repeat]),
        ("min-length", table.min_length.is_some(), &[Kind::Repeat]),
        ("most", table.most.is_some(), &[Kind::Count]),
    ];
    given
        .into_iter()
        .filter(|(_, given, kinds)| *given && !kinds.contains(&table.kind))
        .map(|(key, _, _)| (format!("match.{key}"), format!("`{key}` means nothing to this kind of match")))
        .collect()
}

/// A text with `$name`, `${name}` or `${lower:name}` in it, where `0` names the damage itself and
/// `lower`, `upper` and `title` change the case; `$$` is a dollar sign.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Capture { case: Option<String>, name: String },
}

impl Template {
    fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            if at > 0 {
                parts.push(Part::Text(rest[..at].to_owned()));
            }
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                parts.push(Part::Text("$".to_owned()));
                rest = after;
                continue;
            }
            let (inside, after) = match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                Some(parts) => parts,
                None => {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                    rest.split_at(end)
                }
            };
            let (case, name) = match inside.split_once(':') {
                Some((case, name)) => (Some(case.to_owned()), name),
                None => (None, inside),
            };
            parts.push(Part::Capture { case, name: name.to_owned() });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Self { parts }
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Capture { name, .. } => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    fn expand(&self, document: &Document, found: &Match) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Capture { case, name } => {
                    let span = match name.as_str() {
                        "0" => Some(found.span),
                        name => found.captures.iter().find(|(known, _)| known == name).map(|(_, span)| *span),
                    };
                    let text = span.map_or("", |span| document.slice(span));
                    match case.as_deref() {
                        Some("lower") => out.push_str(&text.to_lowercase()),
                        Some("upper") => out.push_str(&text.to_uppercase()),
                        Some("title") => {
                            let mut chars = text.chars();
                            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
                            out.push_str(chars.as_str());
                        }
                        _ => out.push_str(text),
                    }
                }
            }
        }
        out
    }
}

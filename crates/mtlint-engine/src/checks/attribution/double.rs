//! A quotation or sentence that is said twice: `He said: “It grows,” he said.`
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::attribution::{Attribution, Place, SpeakerKind};
use mtlint_lang::tagger::{PartOfSpeech, Tag};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for pair in document.attributions().all().windows(2) {
        let [first, second] = pair else { continue };
        let same_quotation =
            first.quotations.last().is_some_and(|quotation| second.quotations == [*quotation]);
        let same_sentence = first.quotations.is_empty()
            && second.quotations.is_empty()
            && sentence_of(document, first.clause) == sentence_of(document, second.clause)
            && (first.is_prepositional || second.is_prepositional);
        let is_double = first.place == Place::Before
            && second.place == Place::After
            && (same_quotation || same_sentence)
            && ends(document, second)
            && names_the_same(document, first, second);
        if document.mask().covers(second.clause) {
            continue;
        }
        if is_double {
            add(document, first, second, report);
        } else if let Some(again) = said_again(document, first, second) {
            add_again(document, first, again, report);
        }
    }
    for clause in document.attributions().all().iter().filter(|clause| !clause.quotations.is_empty()) {
        if let Some(again) = clause_again(document, clause.clause) {
            add_again(document, clause, again, report);
        }
    }
}

/// What tells again, right behind the clause of a quotation, that it is said: `said Ana, he said`, `said Ana said`,
/// `said he said`.
fn said_again(document: &Document, first: &Attribution, second: &Attribution) -> Option<Span> {
    let is_about_one = |attribution: &Attribution| {
        !attribution.is_prepositional && attribution.place != Place::Before && attribution.speaker.is_some()
    };
    if first.quotations != second.quotations
        || first.quotations.is_empty()
        || !is_about_one(first)
        || !is_about_one(second)
        || first.verb == second.verb
        || !is_said(document, second)
    {
        return None;
    }
    if second.clause.start >= first.clause.end {
        let between = document.text()[first.clause.hi()..second.clause.lo()].trim();
        return matches!(between, "" | ",").then(|| Span::new(first.clause.hi(), second.clause.hi()));
    }
    // Both verbs have one speaker between them. A pronoun stands before its verb.
    let speaker = first.speaker?;
    let verbs = [first.verb, second.verb].map(|verb| document.slice(verb));
    let is_between = verbs[0].eq_ignore_ascii_case(verbs[1])
        && first.verb.end <= speaker.span.start
        && speaker.span.end <= second.verb.start;
    is_between.then(|| match speaker.kind {
        SpeakerKind::Pronoun => Span::new(first.verb.lo(), speaker.span.lo()),
        _ => Span::new(speaker.span.hi(), second.verb.hi()),
    })
}

/// Whether the tags have the verb of a clause for a verb, and nothing that ties the clause to what stands before it:
/// `the claims`, `that they believed`.
fn is_said(document: &Document, attribution: &Attribution) -> bool {
    let part_at = |span: Span| {
        let at = document.tokens().partition_point(|token| token.span.start < span.start);
        document.tag_of(at).map(Tag::part)
    };
    let is_tied = part_at(attribution.clause) == Some(PartOfSpeech::SubordinatingConjunction);
    !is_tied && part_at(attribution.verb).is_none_or(|part| part == PartOfSpeech::Verb)
}

/// A clause that stands right behind itself: `said Ana, said Ana`.
fn clause_again(document: &Document, clause: Span) -> Option<Span> {
    let text = document.slice(clause);
    let behind = &document.text()[clause.hi()..];
    let rest = behind.trim_start_matches([',', ' ']).strip_prefix(text)?;
    let is_whole = text.contains(' ') && !rest.starts_with(char::is_alphanumeric);
    is_whole.then(|| Span::new(clause.hi(), clause.hi() + behind.len() - rest.len()))
}

fn add_again(document: &Document, first: &Attribution, again: Span, report: &mut Report<'_>) {
    let text = document.slice(again).trim_matches(|c: char| c == ',' || c.is_whitespace());
    let finding = report.add(
        again,
        format!(
            "`{text}` tells once more who says the quotation: the source has its verb of saying at the end, and it was \
             translated in both places"
        ),
    );
    finding.relate("told here already", first.clause);
    finding.fix(Fix::unsafe_(format!("delete `{text}`"), vec![Edit::delete(again)]));
}

/// Whether nothing follows a clause in its sentence.
fn ends(document: &Document, attribution: &Attribution) -> bool {
    let rest = &document.text()[attribution.clause.hi()..];
    rest.is_empty() || rest.starts_with(['.', ',', ';', '\n', '\r'])
}

/// The number of the sentence that holds the beginning of a span.
fn sentence_of(document: &Document, span: Span) -> usize {
    document.sentences().partition_point(|sentence| sentence.span.start <= span.start)
}

/// Whether both clauses name one speaker: the same last word.
fn names_the_same(document: &Document, first: &Attribution, second: &Attribution) -> bool {
    let (Some(a), Some(b)) = (first.speaker, second.speaker) else { return false };
    let last = |span: Span| document.slice(span).rsplit(char::is_whitespace).next().unwrap_or_default();
    last(a.span) == last(b.span)
}

fn add(document: &Document, first: &Attribution, second: &Attribution, report: &mut Report<'_>) {
    let (before, again) = (document.slice(first.clause), document.slice(second.clause));
    let finding = report.add(
        second.clause,
        format!(
            "`{before}` has told already who says this: the source has its verb of saying at the end, and it was \
             translated in both places"
        ),
    );
    finding.relate("told here already", first.clause);
    let text = document.text();
    let start = text[..second.clause.lo()].trim_end().len();
    let quoted = text[..start].ends_with(['”', '"', '’', '»']);
    let comma = text[..start].ends_with(',') && !quoted;
    // `“It grows,” he said.` needs more than a deletion; `It grows, he said.` does not.
    if comma {
        let span = Span::new(start - 1, second.clause.hi());
        finding.fix(Fix::unsafe_(format!("delete `{again}`"), vec![Edit::delete(span)]));
    }
}

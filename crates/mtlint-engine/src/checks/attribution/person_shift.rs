//! `We` in the mouth of somebody who speaks of others: `Hale, an analyst, said the guild has “a plan. We will …”`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::attribution::{Attribution, Speaker};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::Span;
use std::collections::HashSet;

/// `we`, `our`: what a speaker says for a group.
const GROUP: &str = "pronoun.group";
/// Those who speak of others for a living: `analyst`, `professor`.
const OUTSIDERS: &str = "outsider";

/// How far before a quotation the one it speaks of may be named, in tokens.
const REACH: usize = 6;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if !document.shows_seams() {
        return;
    }
    let quotations = document.quotations();
    let marks = quotations.marks();
    let outsiders = outsiders(document);
    // Who is spoken of in the quotation that went before, and in which block.
    let mut before: Option<(usize, Span)> = None;
    let mut order: Vec<usize> = (0..quotations.quotations().len()).collect();
    order.sort_by_key(|&index| marks[quotations.quotations()[index].open].span.start);
    for index in order {
        let quotation = quotations.quotations()[index];
        if quotation.depth > 0 {
            continue;
        }
        let open = marks[quotation.open];
        let block = &document.blocks()[open.block];
        let end = quotation.close.map_or(block.span.hi(), |close| marks[close].span.lo());
        let inside = Span::new(open.span.hi(), end.max(open.span.hi()));
        let topic = topic(document, block, inside)
            .or(before.filter(|(at, _)| *at == open.block).map(|(_, topic)| topic));
        before = topic.map(|topic| (open.block, topic));
        let Some(topic) = topic else { continue };
        let attribution = document.attributions().of_quotation(index);
        let is_outsider = attribution
            .and_then(|attribution| attribution.speaker)
            .is_some_and(|speaker| outsiders.contains(last_word(document, &speaker)));
        let Some(attribution) = attribution.filter(|_| is_outsider) else { continue };
        if let Some(span) = group_sentence(document, block, inside) {
            add(document, span, topic, attribution, report);
        }
    }
}

/// The name that a quotation which goes on with a sentence in lower case says something of: `ISIS has “grown`.
fn topic(document: &Document, block: &Block, inside: Span) -> Option<Span> {
    let tokens = document.tokens_of(block);
    let first = tokens.partition_point(|token| token.span.start < inside.start);
    let goes_on = tokens.get(first).is_some_and(|token| token.kind == TokenKind::Lower);
    let open = first.checked_sub(1).filter(|_| goes_on)?;
    let verb = open.checked_sub(1).filter(|&verb| tokens[verb].kind == TokenKind::Lower)?;
    (verb.saturating_sub(REACH)..verb)
        .rev()
        .take_while(|&at| {
            tokens[at].kind != TokenKind::Mark || matches!(document.slice(tokens[at].span), "-" | "‑")
        })
        .find(|&at| matches!(tokens[at].kind, TokenKind::Capitalised | TokenKind::Upper))
        .map(|at| tokens[at].span)
}

/// The last words of the names of those whom any clause of the document describes as somebody who speaks
/// of others.
fn outsiders(document: &Document) -> HashSet<&str> {
    let words = document.pack().words(OUTSIDERS);
    let is_outsider = |description: Span| {
        document.slice(description).split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(word))
    };
    let speakers = document.attributions().all().iter().filter_map(|attribution| attribution.speaker);
    speakers
        .filter(|speaker| speaker.description.is_some_and(is_outsider))
        .map(|speaker| last_word(document, &speaker))
        .collect()
}

fn last_word<'d>(document: &'d Document, speaker: &Speaker) -> &'d str {
    document.slice(speaker.span).rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// The first words of a sentence inside a quotation that begins with `we`.
fn group_sentence(document: &Document, block: &Block, inside: Span) -> Option<Span> {
    let tokens = document.tokens_of(block);
    let words = |token: &Token| document.slice(token.span);
    let first = tokens.partition_point(|token| token.span.start < inside.start);
    let until = tokens.partition_point(|token| token.span.start < inside.end);
    let begins = |at: usize| {
        at == first
            || tokens[..at]
                .iter()
                .rev()
                .find(|token| !matches!(words(token), "”" | "\"" | "’"))
                .is_some_and(|stop| matches!(words(stop), "." | "!" | "?"))
    };
    let group = document.pack().words(GROUP);
    let at = (first..until).find(|&at| {
        tokens[at].kind == TokenKind::Capitalised && document.is_in(tokens[at], group) && begins(at)
    })?;
    let last = (at + 2).min(until - 1);
    Some(tokens[at].span.cover(tokens[last].span))
}

fn add(document: &Document, span: Span, topic: Span, attribution: &Attribution, report: &mut Report<'_>) {
    let (text, name) = (document.slice(span), document.slice(topic));
    let finding = report.add(
        span,
        format!(
            "`{text}`: the speaker talks of {name} from outside, and here as one of its own; the subject that the \
             source leaves out was guessed"
        ),
    );
    finding.relate("whom the quotation speaks of", topic).at_most(Confidence::Medium);
    finding.relate("who says it", attribution.clause);
}

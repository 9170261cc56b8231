//! A sentence that says its speaker is not worried, before a quotation that says the opposite.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::Span;

const NEGATIONS: &str = "negation";
/// What a sentence denies: `concern`, `worried`.
const WORRIES: &str = "worry";
/// What a speaker says of himself: `worried`, `afraid`.
const WORRIED: &str = "worried";
/// `I`, `we`, with what is contracted with them.
const FIRST_PERSON: &str = "pronoun.first";

/// How far after a negation what it denies may stand, in tokens.
const REACH: usize = 8;

/// How far into a quotation the speaker's own words are read, in tokens.
const DEEP: usize = 24;

/// How many tokens before `worried` the speaker is named or a negation stands.
const NEAR: usize = 5;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    // A look at the whole document: its seams decide.
    Ok(CodeCheck::document(|document, report| {
        document.blocks().iter().for_each(|block| check(document, block, report));
    }))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let sentences = document.sentences_of(block);
    for pair in sentences.windows(2) {
        let (claim, quotation) = (document.tokens_in(&pair[0]), document.tokens_in(&pair[1]));
        let opens = quotation.first().is_some_and(|mark| {
            mark.kind == TokenKind::Mark && matches!(document.slice(mark.span), "“" | "\"" | "‘" | "«" | "„")
        });
        if !opens {
            continue;
        }
        let Some(said) = said(document, quotation) else { continue };
        let Some(denied) = denied(document, claim) else { continue };
        let finding = report.add(
            denied,
            format!(
                "`{}` is the opposite of what the quotation after it says, `{}`: a negation was added or moved",
                document.slice(denied),
                document.slice(said)
            ),
        );
        finding.relate("the speaker’s own words", said);
        if !document.shows_seams() {
            finding.at_most(Confidence::Low);
        }
    }
}

/// From the negation to the worry that it denies.
fn denied(document: &Document, tokens: &[Token]) -> Option<Span> {
    let (negations, worries) = (document.pack().words(NEGATIONS), document.pack().words(WORRIES));
    let negation = tokens.iter().position(|token| document.is_in(*token, negations))?;
    let reach = tokens.len().min(negation + 1 + REACH);
    let worry = (negation + 1..reach).find(|&at| document.is_in(tokens[at], worries))?;
    // `not only worried`, `no longer a concern … but`: two negations are none.
    let again = tokens[negation + 1..worry].iter().any(|token| document.is_in(*token, negations));
    (!again).then(|| tokens[negation].span.cover(tokens[worry].span))
}

/// Where a speaker says that he is worried.
fn said(document: &Document, tokens: &[Token]) -> Option<Span> {
    let is_in = |token: &Token, list: &str| document.is_listed(*token, list);
    let tokens = &tokens[..tokens.len().min(DEEP)];
    let worries = document.pack().words(WORRIED);
    let worried = tokens.iter().position(|token| document.is_in(*token, worries))?;
    let near = &tokens[worried.saturating_sub(NEAR)..worried];
    let person = near.iter().rposition(|token| is_in(token, FIRST_PERSON))?;
    let negated = near.iter().any(|token| is_in(token, NEGATIONS));
    (!negated).then(|| near[person].span.cover(tokens[worried].span))
}

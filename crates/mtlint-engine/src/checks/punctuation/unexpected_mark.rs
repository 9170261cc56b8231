//! A comma, stop, colon, semicolon or dash between two words where the language expects none.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, TokenKind, Unexpected, is_prose};
use mtlint_lang::expectation::Mark;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

/// How much more must speak for white space alone than for the mark, in thousandths, for a candidate: below, damage
/// is rare enough to leave it.
const LEAST: i32 = 2500;

/// From how much on other marks of the document count as unexpected, too.
const TELLING: i32 = 6000;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let blocks = document.blocks().iter().filter(|block| is_prose(block));
    let found: Vec<(&Block, Unexpected)> = blocks
        .flat_map(|block| {
            document.unexpected_marks(block, LEAST).into_iter().map(move |found| (block, found))
        })
        .collect();
    let telling = found.iter().filter(|(_, found)| found.surprise >= TELLING).count();
    for (block, found) in found {
        let others = telling - usize::from(found.surprise >= TELLING);
        let Some(assessment) = report.assess(&observations(document, block, found, others)) else { continue };
        let tokens = document.tokens_of(block);
        let (left, right) = (tokens[found.place.left].span, tokens[found.place.right].span);
        let span = tokens[found.place.left + 1].span;
        let mark = document.slice(span);
        report
            .add(
                span,
                format!(
                    "`{mark}` is not expected between `{}` and `{}`: it was put in the wrong place, or words beside it \
                     are gone",
                    document.slice(left),
                    document.slice(right)
                ),
            )
            .assessed(assessment)
            .fix(Fix::unsafe_(format!("delete `{mark}`"), deletion(document, found, span, left, right)));
    }
}

/// What is known about a candidate.
fn observations(document: &Document, block: &Block, found: Unexpected, others: usize) -> Vec<Observation> {
    let tokens = document.tokens_of(block);
    let (left, right) = (tokens[found.place.left], tokens[found.place.right]);
    let is = |condition: bool| i32::from(condition) * 1000;
    let is_rare = |token: mtlint_document::Token| {
        token.kind.is_word() && document.expectation().is_some_and(|model| !model.is_frequent(token.hash))
    };
    let [there, surprise] = match found.place.mark {
        Mark::Comma => ["comma", "surprise-comma"],
        Mark::Stop => ["stop", "surprise-stop"],
        Mark::Colon => ["colon", "surprise-colon"],
        Mark::Semicolon => ["semicolon", "surprise-semicolon"],
        Mark::Dash | Mark::Nothing => ["dash", "surprise-dash"],
    };
    let begins_small = right.kind == TokenKind::Lower;
    let words = document.tokens().len().max(1);
    // A word that needs another behind it, as `of` and `the` do, has none there.
    let needs_another = document.word_form(left).is_some_and(|form| {
        form.tags.is_only(&[
            PartOfSpeech::Adposition,
            PartOfSpeech::CoordinatingConjunction,
            PartOfSpeech::Determiner,
            PartOfSpeech::SubordinatingConjunction,
        ])
    });
    let mut out = vec![
        (there, 1000),
        (surprise, found.surprise),
        ("plainness", found.plainness),
        ("other-surprises", (others as i32).min(8) * 1000),
        // In 100 words.
        ("surprise-density", (100_000 * others / words).min(4000) as i32),
        ("needs-another", is(needs_another)),
        ("quoted", is(document.is_quoted_closely(left.span))),
        ("list-item", is(block.kind == BlockKind::ListItem)),
        ("rare-before", is(is_rare(left))),
        ("rare-after", is(is_rare(right))),
        ("small-after", is(begins_small)),
        ("beside-masked", is(document.mask().covers(left.span) || document.mask().covers(right.span))),
        ("beside-mark", is(left.kind == TokenKind::Mark || right.kind == TokenKind::Mark)),
    ];
    if found.place.mark == Mark::Stop {
        out.push(("stop-small-after", is(begins_small)));
        out.push(("stop-short-before", is(left.span.len() <= 3)));
    }
    out
}

/// The edits that take the mark away, and leave one space where there was one on either side.
fn deletion(document: &Document, found: Unexpected, span: Span, left: Span, right: Span) -> Vec<Edit> {
    if found.place.mark == Mark::Dash {
        return vec![Edit::replace(Span::new(left.hi(), right.lo()), " ")];
    }
    let mut edits = vec![Edit::delete(span)];
    let word = document.slice(right);
    if found.place.mark == Mark::Stop && word.starts_with(char::is_uppercase) {
        edits.extend(Edit::minimal(document.text(), right, &word.to_lowercase()));
    }
    edits
}

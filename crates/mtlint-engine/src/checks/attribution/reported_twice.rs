//! A reporting verb that its clause has twice: `said saying that`, `Ana said that she said that`, `said Ana said`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm};
use mtlint_text::{Edit, Span};

/// How often a verb stands beside what is said, in 255ths, that tells of nothing else.
const REPORTS: u8 = 60;

/// How many tokens further on the verb stands again, at most.
const REACH: usize = 8;

const COMPLEMENTISERS: &str = "complementiser";
const SUBJECTS: &str = "pronoun.subject";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for sentence in document.sentences() {
            check(document, sentence, report);
        }
    }))
}

fn check(document: &Document, sentence: &Sentence, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    let mut done = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at < done || token.kind != TokenKind::Lower || !reports(document, *token) {
            continue;
        }
        let last = tokens.len().min(at + 1 + REACH);
        let Some(again) = (at + 1..last).find(|&again| says_again(document, tokens, at, again)) else {
            continue;
        };
        let cut = cut(document, tokens, at, again);
        if document.mask().covers(cut) || document.quotations().holds(cut) {
            continue;
        }
        done = again + 1;
        let text = document.slice(cut).trim_matches(|c: char| c == ',' || c.is_whitespace());
        let finding = report.add(
            cut,
            format!(
                "`{text}` tells once more that it is said: the source has its verb of saying at the end, and it was \
                 translated in both places"
            ),
        );
        finding.relate("told here already", token.span);
        finding.fix(Fix::unsafe_(format!("delete `{text}`"), vec![Edit::delete(cut)]));
    }
}

fn reports(document: &Document, token: Token) -> bool {
    document
        .word_form(token)
        .is_some_and(|form| form.reporting >= REPORTS && form.tags.has(PartOfSpeech::Verb))
}

fn is_participle(document: &Document, token: Token) -> bool {
    document.word_form(token).is_some_and(|form| form.usual.verb_form() == Some(VerbForm::PresentParticiple))
}

/// Whether the verb at `again` says what the one at `at` has said.
fn says_again(document: &Document, tokens: &[Token], at: usize, again: usize) -> bool {
    let (first, second) = (tokens[at], tokens[again]);
    if second.kind != TokenKind::Lower || !reports(document, second) {
        return false;
    }
    let is_same = first.hash == second.hash && document.is_same_word(first, second);
    let next = tokens.get(again + 1);
    let leads = next.is_some_and(|next| document.is_listed(*next, COMPLEMENTISERS));
    let between = &tokens[at + 1..again];
    // `said saying that`
    if between.is_empty() {
        return !is_same && leads && is_participle(document, second) && !is_participle(document, first);
    }
    let is_mark = |token: &Token| token.kind == TokenKind::Mark;
    let speaker = tokens[again - 1];
    // `,” said Ana said.`
    if is_same && !between.iter().any(is_mark) && between.len() <= 4 {
        let ends = next.is_none_or(is_mark);
        let follows = at
            .checked_sub(1)
            .is_some_and(|before| matches!(document.slice(tokens[before].span), "”" | "\"" | "’" | "'"));
        if ends && follows {
            return true;
        }
    }
    // `Ana said that Ana said that`, `the mayor said that she said that`, `said and said that`
    let is_one = |index: usize| {
        let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else { return false };
        let is_pronoun = |token: Token| document.is_listed(token, SUBJECTS);
        document.is_same_word(before, tokens[index]) && before.kind.is_word()
            || is_pronoun(tokens[index]) && !is_pronoun(before) && before.kind.is_word()
    };
    let only_small = |tokens: &[Token]| {
        tokens.iter().all(|token| {
            is_mark(token) && matches!(document.slice(token.span), ",")
                || document.is_listed(*token, COMPLEMENTISERS)
        })
    };
    is_same
        && leads
        && (is_one(again - 1) && only_small(&between[..between.len() - 1])
            || between.len() == 1 && !is_mark(&speaker) && document.is_listed(speaker, "coordinating"))
}

/// What goes: all from behind the first verb up to the second and what leads from it; of a verb on either side of its
/// speaker the second.
fn cut(document: &Document, tokens: &[Token], at: usize, again: usize) -> Span {
    let next = tokens.get(again + 1).filter(|next| document.is_listed(**next, COMPLEMENTISERS));
    match next {
        None => {
            let (speaker, verb) = (tokens[again - 1], tokens[again]);
            if document.is_listed(speaker, SUBJECTS) && again == at + 2 {
                return Span::new(tokens[at].span.lo(), speaker.span.lo());
            }
            Span::new(speaker.span.hi(), verb.span.hi())
        }
        // `said saying that`: the participle goes, and what leads stays.
        Some(_) if again == at + 1 => Span::new(tokens[at].span.hi(), tokens[again].span.hi()),
        Some(that) => {
            let led = document.is_listed(tokens[at + 1], COMPLEMENTISERS);
            let from = if led { tokens[at + 1].span.hi() } else { tokens[at].span.hi() };
            Span::new(from, if led { that.span.hi() } else { tokens[again].span.hi() })
        }
    }
}

//! The same verb of saying twice in a sentence, and nothing that ties the second clause to the first.
//!
//! Which verbs tell what somebody says is counted in the lexicon of word forms. May use `rule`, `document`, `lang` and
//! `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind, is_prose};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        if document.tagger().is_some() {
            document
                .blocks()
                .iter()
                .filter(|block| is_prose(block))
                .for_each(|it| verb_again(document, it, report));
        }
    }))
}

/// How many words lie between a verb and the same verb at most that is there again.
const APART: usize = 7;

/// `Évora said, the old man said`: the same verb of saying twice in a sentence, and nothing that ties the second clause to
/// the first.
fn verb_again(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for (at, first) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Lower) {
        let near = &tokens[at + 1..tokens.len().min(at + 2 + APART)];
        let Some(next) =
            near.iter().position(|token| token.hash == first.hash && token.kind == TokenKind::Lower)
        else {
            continue;
        };
        let second = near[next];
        if !document.tells_speech(*first) || !document.is_same_word(*first, second) {
            continue;
        }
        let between = &near[..next];
        // The second clause ends with its verb, or goes on with what is said.
        let behind = &document.text()[second.span.hi()..];
        let ends = behind.starts_with(['.', ',']) || next <= SHORT && behind.starts_with(" that ");
        if !ends {
            continue;
        }
        let is_tied = between.iter().any(|token| ties(document, *token));
        let is_quoted = document.quotations().holds(first.span) || document.quotations().holds(second.span);
        let is_verb = |token: &Token| {
            let index = document.tokens().partition_point(|other| other.span.start < token.span.start);
            document.tag_of(index).is_none_or(|tag| tag.part() == PartOfSpeech::Verb)
        };
        if is_tied || is_quoted || !is_verb(first) || !is_verb(&second) || document.mask().covers(first.span)
        {
            continue;
        }
        let text = document.text();
        let with_comma = between.first().is_some_and(|token| document.slice(token.span) == ",")
            && text[second.span.hi()..].starts_with(',');
        let until = second.span.hi() + usize::from(with_comma);
        let clause = Span::new(first.span.hi(), until);
        let verb = Span::new(text[..second.span.lo()].trim_end().len(), second.span.hi());
        let finding = report.add(
            Span::new(first.span.lo(), second.span.hi()),
            format!("`{}` is there twice: it is told twice who says this", document.slice(second.span)),
        );
        finding.fix(Fix::unsafe_("delete the second clause", vec![Edit::delete(clause)]));
        if next > 0 {
            finding.fix(Fix::display("delete the second verb", vec![Edit::delete(verb)]));
            let first_clause = Span::new(first.span.lo(), second.span.lo());
            finding.fix(Fix::display("delete the first clause", vec![Edit::delete(first_clause)]));
        }
    }
}

/// How many words lie between the two at most where what is said follows the second.
const SHORT: usize = 2;

/// Whether a word or mark between two clauses ties the second to the first, or parts them.
fn ties(document: &Document, token: Token) -> bool {
    let text = document.slice(token.span);
    if token.kind == TokenKind::Mark {
        return text != "," && text != "-";
    }
    token.kind == TokenKind::Lower && (text == "that" || text.starts_with("wh") || text == "not")
        || document.word_form(token).is_some_and(|form| {
            matches!(
                form.usual.part(),
                PartOfSpeech::CoordinatingConjunction | PartOfSpeech::Auxiliary | PartOfSpeech::Particle
            ) || text == "to"
                || form.usual.part() == PartOfSpeech::SubordinatingConjunction && text != "as"
        })
}

//! A title said twice before a name, shortened and in full or in two languages: `Dr. Doctor Moe`, `Mr. Herr Moe`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Settings {
    /// Titles that say the same, without their stops.
    same: Vec<Vec<String>>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(document, &settings, report)))
}

fn check(document: &Document, settings: &Settings, report: &mut Report<'_>) {
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        for index in document.capitalised_in(block) {
            let first = tokens[index];
            let text = document.slice(first.span);
            if let Some(third) = said_twice(document, tokens, index) {
                let span = first.span.cover(third.span);
                let [once, both] = [tokens[index + 1].span, third.span]
                    .map(|next| Edit::delete(Span::new(first.span.lo(), next.lo())));
                report
                    .add(span, format!("`{text}` is said twice"))
                    .fix(Fix::unsafe_("leave out one", vec![once]))
                    .fix(Fix::unsafe_("leave out both", vec![both]));
                continue;
            }
            let Some(same) = settings.same.iter().find(|same| same.iter().any(|title| title == text)) else {
                continue;
            };
            let behind = behind(document, tokens, index);
            let Some(second) = tokens.get(behind).filter(|token| {
                same.iter().any(|title| title == document.slice(token.span))
                    && is_near(document, tokens[behind - 1], **token)
            }) else {
                continue;
            };
            let next = self::behind(document, tokens, behind);
            let is_before_name = tokens.get(next).is_some_and(|name| {
                name.kind == TokenKind::Capitalised && is_near(document, tokens[next - 1], *name)
            });
            if !is_before_name || document.mask().covers(second.span) {
                continue;
            }
            let span = first.span.cover(tokens[next - 1].span);
            let second = Edit::delete(Span::new(tokens[behind - 1].span.hi(), tokens[next - 1].span.hi()));
            let first = Edit::delete(Span::new(first.span.lo(), tokens[behind].span.lo()));
            report
                .add(span, format!("`{}` says the title twice", document.slice(span)))
                .fix(Fix::unsafe_("leave out the second", vec![second]))
                .fix(Fix::unsafe_("leave out the first", vec![first]));
        }
    }
}

/// The surname behind a first name that stands there twice, where the text has the two together elsewhere.
fn said_twice(document: &Document, tokens: &[Token], index: usize) -> Option<Token> {
    let [first, second, third] = *tokens.get(index..index + 3)? else { return None };
    let is_pair = first.hash == second.hash
        && third.kind == TokenKind::Capitalised
        && third.hash != first.hash
        && is_near(document, first, second)
        && is_near(document, second, third)
        && !document.mask().covers(second.span);
    // `Late Late` is two words, and a signature stands beside its greeting.
    let is_name = is_pair
        && document.is_name_at_large(first)
        && document.word_form(first).is_none_or(|form| form.usual.part() == PartOfSpeech::ProperNoun);
    (is_name && document.name_words().count_pair(first.hash, third.hash) > 1).then_some(third)
}

/// The token behind a title and its stop.
fn behind(document: &Document, tokens: &[Token], index: usize) -> usize {
    let is_stop =
        |token: &Token| document.is_ascii_mark(*token, b'.') && token.span.start == tokens[index].span.end;
    index + 1 + usize::from(tokens.get(index + 1).is_some_and(is_stop))
}

/// Whether a space alone stands between two tokens.
fn is_near(document: &Document, before: Token, after: Token) -> bool {
    matches!(document.text().get(before.span.hi()..after.span.lo()), Some(" " | "\u{a0}"))
}

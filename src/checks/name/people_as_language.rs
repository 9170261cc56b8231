//! `name/people-as-language`: a people taken for its language, `she speaks Pashtun`, or the other
//! way round, `Pashto tribes`.

use crate::document::{Block, Document, Token, TokenKind};
use crate::lang::{Role, Tongue, WordList};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

const SPEAKING: &str = "speaking-verb";
const PEOPLE: &str = "people-noun";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let (speaking, crowds) = (document.pack().words(SPEAKING), document.pack().words(PEOPLE));
    let tokens = document.tokens_of(block);
    let is_in = |list: &WordList, token: Token| list.holds(token.hash, document.slice(token.span));
    for (index, pair) in tokens.windows(2).enumerate() {
        let &[first, second] = pair else { continue };
        let spoken = second.kind == TokenKind::Capitalised && is_in(speaking, first);
        let crowd = first.kind == TokenKind::Capitalised && is_in(crowds, second);
        if !spoken && !crowd || document.text().get(first.span.hi()..second.span.lo()) != Some(" ") {
            continue;
        }
        let (a, b) = (document.slice(first.span), document.slice(second.span));
        let territories = document.pack().territories();
        let tongue =
            |fits: &dyn Fn(&Tongue) -> bool| territories.tongues().iter().find(|tongue| fits(tongue));
        if spoken
            && is_last(document, tokens, index + 1)
            && let Some(tongue) = tongue(&|tongue| tongue.people.first().is_some_and(|person| person == b))
            && let Some(language) = tongue.language.first()
        {
            let message = format!("`{b}` is a person of the people; the language is {language}");
            mend(report, second.span, message, language);
        }
        let is_own = |word: &str| !territories.is(word, Role::Adjective);
        if crowd
            && let Some(tongue) =
                tongue(&|tongue| tongue.language.iter().any(|name| name == a && is_own(name)))
            && let Some(person) = tongue.people.first()
        {
            let message = format!("`{a}` is a language; its people are called {person}");
            mend(report, first.span, message, person);
        }
    }
}

/// Whether a word ends its phrase, so that it is no adjective: `speaks Afghan dialects`.
fn is_last(document: &Document, tokens: &[Token], index: usize) -> bool {
    tokens.get(index + 1).is_none_or(|next| {
        next.kind == TokenKind::Mark && document.slice(next.span) != "-"
            || document.is_listed(*next, "function-words")
    })
}

fn mend(report: &mut Report<'_>, span: Span, message: String, word: &str) {
    report.add(span, message).fix(Fix::unsafe_(format!("write `{word}`"), vec![Edit::replace(span, word)]));
}

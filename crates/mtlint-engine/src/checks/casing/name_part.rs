//! A part of a name in lower case: `(Ada lovell)` after the name in another script, `said Ada lovellová`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, amid, capitalised};
use mtlint_lang::Script;
use mtlint_text::Edit;

const REPORTING: &str = "reporting-verb.past";
const LOANWORDS: &str = "loanwords";
const PARTICLES: &str = "name-particle";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    // Either way the block holds a letter that English has not.
    if document.slice(block.span).is_ascii() {
        return;
    }
    let tokens = document.tokens_of(block);
    for index in document.capitalised_in(block) {
        let Some([before, given, surname]) = amid(tokens, index) else { continue };
        if !surname.is_small || !spaced(document, given, surname) {
            continue;
        }
        let word = document.slice(surname.span);
        let is_gloss = document.is_ascii_mark(before, b'(')
            && tokens.get(index + 2).is_some_and(|close| document.is_ascii_mark(*close, b')'))
            && follows_foreign_script(document, before);
        let is_speaker = !word.is_ascii()
            && (is_reporting(document, Some(&before)) || is_reporting(document, tokens.get(index + 2)))
            && !document.pack().words(LOANWORDS).contains(word);
        if !(is_gloss || is_speaker)
            || document.pack().words(PARTICLES).contains(word)
            || document.mask().covers(surname.span)
        {
            continue;
        }
        let capital = capitalised(word);
        report
            .add(
                surname.span,
                format!("`{word}` is part of a name and begins with a capital: the system took it for a common word; write `{capital}`"),
            )
            .fix(Fix::unsafe_(
                format!("write `{capital}`"),
                Edit::minimal(document.text(), surname.span, &capital).into_iter().collect(),
            ));
    }
}

fn spaced(document: &Document, before: Token, after: Token) -> bool {
    document.text().get(before.span.hi()..after.span.lo()) == Some(" ")
}

fn is_reporting(document: &Document, token: Option<&Token>) -> bool {
    token.is_some_and(|token| document.is_listed(*token, REPORTING))
}

/// Whether a word of another script stands right before.
fn follows_foreign_script(document: &Document, bracket: Token) -> bool {
    let Some(main) = document.script() else { return false };
    let before = document.text()[..bracket.span.lo()].trim_end();
    before.chars().next_back().and_then(Script::of).is_some_and(|script| script.is_foreign_to(main))
}

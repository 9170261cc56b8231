//! `name/broken`: a first name that was translated as a pronoun: `He Olav Brekke has left`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Document, TokenKind};
use mtlint_text::Span;

const PRONOUNS: &str = "pronoun.subject";
const VERBS: &str = "auxiliary.third";
const REPORTING: &str = "reporting-verb.past";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let list = |name| document.pack().words(name);
    let (pronouns, auxiliaries, reporting) = (list(PRONOUNS), list(VERBS), list(REPORTING));
    for mention in document.names().mentions() {
        let Some(before) = mention.token_before(document) else { continue };
        if before.kind == TokenKind::Capitalised
            && document.is_in(*before, pronouns)
            && mention.token_after(document).is_some_and(|verb| {
                verb.kind == TokenKind::Lower
                    && (document.is_in(*verb, auxiliaries) || document.is_in(*verb, reporting))
            })
            && document.text().get(before.span.hi()..mention.full.lo()) == Some(" ")
            && document.slice(mention.span).contains(' ')
            && mention.honorific.is_none()
            && document.slice(before.span) != "I"
        {
            let pronoun = document.slice(before.span);
            report.add(
                Span::new(before.span.lo(), mention.span.hi()),
                format!(
                    "`{pronoun}` stands right before a name: the first part of the name was translated as a word, or a \
                     pronoun was left before the subject"
                ),
            );
        }
    }
}

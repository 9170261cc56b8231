//! `name/broken`: a first name that was translated as a pronoun: `He Olav Brekke has left`.

use crate::document::{Document, TokenKind};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use crate::text::Span;

const PRONOUNS: &str = "pronoun.subject";
const VERBS: &str = "auxiliary.third";
const REPORTING: &str = "reporting-verb.past";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let pack = document.pack();
    let tokens = document.tokens();
    for mention in document.names().mentions() {
        let name = document.slice(mention.span);
        let first = tokens.partition_point(|token| token.span.lo() < mention.full.lo());
        let after = tokens.partition_point(|token| token.span.lo() < mention.span.hi());
        let Some(before) = first.checked_sub(1).map(|index| tokens[index]) else { continue };
        let Some(verb) = tokens.get(after).filter(|token| token.kind == TokenKind::Lower) else { continue };
        let word = document.slice(verb.span);
        let begins = before.kind == TokenKind::Capitalised && document.is_listed(before, PRONOUNS);
        let goes_on = pack.words(VERBS).contains(word) || pack.words(REPORTING).contains(word);
        let spaced = document.text().get(before.span.hi()..mention.full.lo()) == Some(" ");
        if begins
            && goes_on
            && spaced
            && name.contains(' ')
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

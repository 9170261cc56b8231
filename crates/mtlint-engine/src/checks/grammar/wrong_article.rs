//! The form of an article that the next word does not take: `a orchard`, `an mill`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, TokenKind, is_prose};
use mtlint_lang::two_forms::TwoForms;
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(model) = TwoForms::of(document.language()) else { return };
    let hashes = model.forms.map(mtlint_text::word_hash);
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        for (at, pair) in tokens.windows(2).enumerate() {
            let [article, next] = pair else { continue };
            let Some(form) = hashes.iter().position(|hash| *hash == article.hash) else { continue };
            let is_set = article.kind != TokenKind::Upper
                && matches!(next.kind, TokenKind::Lower | TokenKind::Capitalised)
                && next.span.len() > 1
                && article.span.end + 1 == next.span.start
                && !document.mask().covers(article.span)
                && !document.mask().covers(next.span);
            // `Party A`, `Level A`: with a capital only where a sentence begins.
            let begins = at.checked_sub(1).is_none_or(|before| tokens[before].kind == TokenKind::Mark);
            if article.kind == TokenKind::Capitalised && !begins {
                continue;
            }
            // A letter, `a`, has no mark and no bracket beside it.
            let touches = document.text()[..article.span.lo()].chars().next_back();
            if !is_set || !touches.is_none_or(|c| c.is_whitespace() || "“\"‘'(—".contains(c)) {
                continue;
            }
            let word = document.slice(next.span);
            // `a iPhone`, `a eBay`: how such a word is said, its letters do not tell.
            if !word.chars().skip(1).all(char::is_lowercase) {
                continue;
            }
            let Some(right) = model.before(word).filter(|right| *right != form) else { continue };
            let (wrong, right) = (document.slice(article.span), model.forms[right]);
            let right = match article.kind {
                TokenKind::Capitalised => capitalised(right),
                _ => right.to_owned(),
            };
            report.add(article.span, format!("`{wrong}` before `{word}`: it takes `{right}`")).fix(
                Fix::unsafe_(
                    format!("write `{right}`"),
                    Edit::minimal(document.text(), article.span, &right).into_iter().collect(),
                ),
            );
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

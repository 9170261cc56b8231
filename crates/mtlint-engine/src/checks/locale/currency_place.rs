//! The sign of a currency behind the amount, where the language sets it before: `30 $`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Denomination, Document, Form, Sum};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        if document.pack().numbers().is_some_and(|style| style.currency_first) {
            check(document, report);
        }
    }))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let sums = document.sums();
    let behind: Vec<&Sum> =
        sums.iter().filter(|sum| sum.before.is_none() && has_sign_behind(document, sum)).collect();
    let before =
        sums.iter().filter(|sum| sum.before.as_ref().is_some_and(|name| name.form == Form::Sign)).count();
    // A writer who sets every sign behind means it.
    if behind.len() > 2 && before < behind.len() {
        return;
    }
    for sum in behind {
        let Some(after) = &sum.after else { continue };
        // Those who pay in euros write `25 €` in English, too, unless this text shows otherwise.
        if before == 0 && follows_at_home(document, after) {
            continue;
        }
        let sign = document.slice(after.span);
        let amount = document.slice(sum.amount);
        let finding = report.add(
            sum.amount.cover(after.span),
            format!("{} sets `{sign}` before the amount: write `{sign}{amount}`", document.pack().name()),
        );
        finding.fix(Fix::unsafe_(
            "set the sign before the amount",
            vec![
                Edit::insert(sum.amount.lo(), sign),
                Edit::delete(Span::new(sum.amount.hi(), after.span.hi())),
            ],
        ));
    }
}

/// Whether a sign, and no letters that serve as one, stands behind the amount and ends there.
fn has_sign_behind(document: &Document, sum: &Sum) -> bool {
    let Some(after) = &sum.after else { return false };
    let sign = document.slice(after.span);
    let rest = &document.text()[after.span.hi()..];
    after.form == Form::Sign
        && !sign.contains(char::is_alphabetic)
        && !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Whether those who use the currency set its sign behind the amount.
fn follows_at_home(document: &Document, denomination: &Denomination) -> bool {
    let currencies = document.pack().currencies();
    denomination.codes.iter().filter_map(|code| currencies.get(code)).any(|currency| currency.sign_behind)
}

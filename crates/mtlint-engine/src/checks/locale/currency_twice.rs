//! A sum whose currency is named twice, or which has two: `€9 euros`, `$200 yen`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Denomination, Document, Form, Sum};
use mtlint_text::{Edit, Span};
use std::collections::HashMap;

/// Names of currencies that are other words, too: `$5 million won in court`.
const HOMONYMS: &str = "currency-homonym";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let mut uses = None;
        for sum in document.sums() {
            if let (Some(before), Some(after)) = (&sum.before, &sum.after) {
                let uses = uses.get_or_insert_with(|| uses_of(document));
                check(document, uses, sum, before, after, report);
            }
        }
    }))
}

/// How often each currency is named.
type Uses<'d> = HashMap<&'d str, usize>;

fn uses_of(document: &Document) -> Uses<'_> {
    let mut uses = Uses::new();
    for code in document.sums().iter().flat_map(Sum::denominations).flat_map(|name| &name.codes) {
        *uses.entry(code).or_default() += 1;
    }
    uses
}

fn check(
    document: &Document,
    uses: &Uses<'_>,
    sum: &Sum,
    before: &Denomination,
    after: &Denomination,
    report: &mut Report<'_>,
) {
    let agree = before.agrees_with(after);
    let name = document.slice(after.span);
    // `$500 USD` tells which dollar is meant.
    let tells_more = agree && (after.form == Form::Code || after.codes.len() == 1 && before.codes.len() > 1);
    let ambiguous = !agree && document.pack().words(HOMONYMS).contains(name);
    // `€5 – £6`: the sign is the next sum's.
    let touching = after.form == Form::Name || after.span.lo() == sum.amount.hi() || agree;
    if tells_more || ambiguous || !touching {
        return;
    }
    let sign = document.slice(before.span);
    let message = if agree {
        format!("`{sign}` and `{name}` name the currency twice; one of them is enough")
    } else {
        format!("`{sign}` and `{name}` are two currencies, and the sum can be in one only")
    };
    let without_name = Edit::delete(Span::new(sum.amount.hi(), after.span.hi()));
    let without_sign = Edit::delete(Span::new(before.span.lo(), sum.numeral.span.lo()));
    let mut fixes = vec![
        Fix::unsafe_(format!("leave out `{name}`"), vec![without_name]),
        Fix::unsafe_(format!("leave out `{sign}`"), vec![without_sign]),
    ];
    // What the other sums of the text are in is the likelier.
    let often = |name: &Denomination| name.codes.iter().filter_map(|code| uses.get(code.as_str())).max();
    if !agree && often(after) > often(before) {
        fixes.reverse();
    }
    let finding = report.add(before.span.cover(after.span), message);
    for fix in fixes.into_iter().take(if agree { 1 } else { 2 }) {
        finding.fix(fix);
    }
}

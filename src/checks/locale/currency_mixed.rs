//! One sum in another form or another currency than all others: `USD 15` beside `$25`, one `RMB`
//! in a text of dollars that speaks of no place where it is paid.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::document::{Denomination, Document, Form, Sum};
use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// How many sums in one currency make a text one of that currency.
const MANY: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for sum in document.sums() {
            if let Some(before) = &sum.before {
                if before.form == Form::Code {
                    check_form(document, sum, before, report);
                }
                check_currency(document, sum, before, report);
            }
        }
    }))
}

/// `USD 15` where other sums are written `$25`.
fn check_form(document: &Document, sum: &Sum, code: &Denomination, report: &mut Report<'_>) {
    let same = || {
        document.sums().iter().filter_map(|other| other.before.as_ref()).filter(|name| name.agrees_with(code))
    };
    let signs = same().filter(|name| name.form == Form::Sign);
    let codes = same().filter(|name| name.form == Form::Code).count();
    // `US$15` and `AUD 15` tell two dollars apart.
    let Some(sign) = signs.clone().next().filter(|sign| sign.codes.contains(&code.codes[0])) else { return };
    let bare = document.slice(sign.span);
    if codes > signs.count() || is_one_of_several(document, code) {
        return;
    }
    report
        .add(
            code.span.cover(sum.numeral.span),
            format!(
                "`{}` here and `{bare}` elsewhere name one currency; write `{bare}`",
                document.slice(code.span)
            ),
        )
        .fix(rewrite(document, sum, bare))
        .relate("the sign is used here", sign.span);
}

/// Whether the document names other currencies by codes, or other dollars.
fn is_one_of_several(document: &Document, code: &Denomination) -> bool {
    let named = document.sums().iter().flat_map(Sum::denominations);
    named.filter(|name| name.form != Form::Name).any(|name| !name.agrees_with(code))
}

/// One sum in a currency that nothing else in the document speaks of.
fn check_currency(document: &Document, sum: &Sum, odd: &Denomination, report: &mut Report<'_>) {
    let is_other = |other: &&Sum| other.numeral != sum.numeral;
    let others = || document.sums().iter().filter(is_other);
    let Some(usual) = others().find_map(|other| other.before.as_ref()) else { return };
    let all_alike = others().flat_map(Sum::denominations).all(|name| name.agrees_with(usual));
    // `$60 million (¥9 billion)` tells readers at home what it is worth.
    let converted = document.text()[..odd.span.lo()]
        .rfind(['(', ')', '.'])
        .is_some_and(|at| document.text()[at..].starts_with('('));
    if !all_alike
        || converted
        || usual.agrees_with(odd)
        || others().count() < MANY
        || speaks_of(document, odd)
    {
        return;
    }
    let (odd_name, usual_name) = (document.slice(odd.span), document.slice(usual.span));
    report
        .add(
            odd.span.cover(sum.amount),
            format!(
                "one sum in `{odd_name}` among sums in `{usual_name}`, and nothing here speaks of where it is paid: \
                 a system that fills in the sign took another language’s"
            ),
        )
        .at_most(Confidence::Medium)
        .fix(rewrite(document, sum, usual_name))
        .relate("other sums are in this currency", usual.span);
}

/// Whether the document names a place where the currency is used.
fn speaks_of(document: &Document, denomination: &Denomination) -> bool {
    let text = document.text();
    let currencies =
        document.pack().currencies().filter(|(code, _)| denomination.codes.iter().any(|other| other == code));
    let mut known = false;
    for (_, currency) in currencies {
        known |= !currency.places.is_empty();
        if currency.places.iter().chain(&currency.names).any(|name| text.contains(name.as_str())) {
            return true;
        }
    }
    // Of what no place is known it cannot be said that it is not spoken of.
    !known
}

/// The sum with another sign before it.
fn rewrite(document: &Document, sum: &Sum, sign: &str) -> Fix {
    let start = sum.before.as_ref().map_or(sum.numeral.span.lo(), |before| before.span.lo());
    let edit = Edit::replace(Span::new(start, sum.numeral.span.lo()), sign);
    Fix::unsafe_(format!("write `{sign}{}`", document.slice(sum.amount)), vec![edit])
}

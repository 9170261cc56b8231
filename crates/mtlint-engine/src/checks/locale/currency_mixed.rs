//! One sum in another form or another currency than all others: `USD 40` beside `$60`, one `RMB`
//! in a text of dollars that speaks of no place where it is paid.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Denomination, Document, Form, Sum};
use mtlint_text::{Edit, Span};

/// How many sums in one currency make a text one of that currency.
const MANY: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        check_forms(document, report);
        check_currency(document, report);
    }))
}

/// `USD 40` where other sums are written `$60`.
fn check_forms(document: &Document, report: &mut Report<'_>) {
    let named = || document.sums().iter().filter_map(|sum| Some((sum, sum.before.as_ref()?)));
    let coded = || named().filter(|(_, name)| name.form == Form::Code);
    let Some((_, first)) = coded().next() else { return };
    let code = &first.codes[0];
    // Codes tell several currencies apart, and `US$40` and `AUD 40` two dollars.
    let others = document.sums().iter().flat_map(Sum::denominations).filter(|name| name.form != Form::Name);
    if others.into_iter().any(|name| !name.codes.contains(code)) {
        return;
    }
    let signs = || named().filter(|(_, name)| name.form == Form::Sign);
    let Some((_, sign)) = signs().next() else { return };
    if coded().count() > signs().count() {
        return;
    }
    let bare = document.slice(sign.span);
    for (sum, name) in coded() {
        // Written so already.
        let Some(fix) = rewrite(document, sum, name, bare) else { continue };
        report
            .add(
                name.span.cover(sum.numeral.span),
                format!("`{code}` here and `{bare}` elsewhere name one currency; write `{bare}`"),
            )
            .fix(fix)
            .relate("the sign is used here", sign.span);
    }
}

/// One sum in a currency that nothing else in the document speaks of.
fn check_currency(document: &Document, report: &mut Report<'_>) {
    let sums = document.sums();
    if sums.len() <= MANY {
        return;
    }
    // The odd one may be the first; the usual currency is then that of the second.
    let Some((odd, usual)) = [0, 1].iter().find_map(|&index| odd_one(sums, sums[index].before.as_ref()?))
    else {
        return;
    };
    let Some(name) = &odd.before else { return };
    // `$60 million (¥9 billion)` tells readers at home what it is worth.
    let text = document.text();
    let converted =
        text[..name.span.lo()].rfind(['(', ')', '.']).is_some_and(|at| text[at..].starts_with('('));
    if converted || speaks_of(document, name) {
        return;
    }
    let (odd_name, usual_name) = (document.slice(name.span), document.slice(usual.span));
    let Some(fix) = rewrite(document, odd, name, usual_name) else { return };
    report
        .add(
            name.span.cover(odd.amount),
            format!(
                "one sum in `{odd_name}` among sums in `{usual_name}`, and nothing here speaks of where it is paid: \
                 a system that fills in the sign took another language’s"
            ),
        )
        .at_most(Confidence::Medium)
        .fix(fix)
        .relate("other sums are in this currency", usual.span);
}

/// The only sum in another currency than `usual`.
fn odd_one<'d>(sums: &'d [Sum], usual: &'d Denomination) -> Option<(&'d Sum, &'d Denomination)> {
    let mut others = sums.iter().filter(|sum| sum.denominations().any(|name| !name.agrees_with(usual)));
    others.next().filter(|_| others.next().is_none()).map(|odd| (odd, usual))
}

/// Whether the document names a place where the currency is used.
fn speaks_of(document: &Document, denomination: &Denomination) -> bool {
    let text = document.text();
    let mut known = false;
    for currency in denomination.codes.iter().filter_map(|code| document.pack().currencies().get(code)) {
        known |= !currency.places.is_empty();
        if currency.places.iter().chain(&currency.names).any(|name| text.contains(name.as_str())) {
            return true;
        }
    }
    // Of what no place is known it cannot be said that it is not spoken of.
    !known
}

/// The sum with another sign before it; `None` when that changes nothing.
fn rewrite(document: &Document, sum: &Sum, name: &Denomination, sign: &str) -> Option<Fix> {
    let span = Span::new(name.span.lo(), sum.numeral.span.lo());
    let edit = (document.slice(span) != sign).then(|| Edit::replace(span, sign))?;
    Some(Fix::unsafe_(format!("write `{sign}{}`", document.slice(sum.amount)), vec![edit]))
}

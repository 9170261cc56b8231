//! `quotation/doubled-open`: two marks open where one does.

use super::on_repairs;
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(_document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::DoubledOpen { kept, stray } = repair else { return };
    let (kept, stray) = (&quotations.marks()[kept], &quotations.marks()[stray]);
    report
        .add_summary(kept.span.cover(stray.span))
        .fix(Fix::safe("keep one mark", vec![Edit::delete(stray.span)]));
}

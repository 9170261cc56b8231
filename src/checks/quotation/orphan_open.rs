//! `quotation/orphan-open`: a mark that opens, and the next one opens too.

use super::on_repairs;
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(_document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::OrphanOpen { stray } = repair else { return };
    let mark = &quotations.marks()[stray];
    report.add_summary(mark.span).fix(Fix::unsafe_("delete the mark", vec![Edit::delete(mark.span)]));
}

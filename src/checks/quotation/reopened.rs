//! `quotation/reopened`: a mark opens a quotation that is open already.

use super::on_repairs;
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(_document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::Reopened { open, stray } = repair else { return };
    let (open, stray) = (&quotations.marks()[open], &quotations.marks()[stray]);
    let finding = report.add_summary(stray.span);
    finding.relate("the quotation opens here", open.span);
    finding.fix(Fix::safe("delete the second mark", vec![Edit::delete(stray.span)]));
}

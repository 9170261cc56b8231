//! `quotation/never-closed`: a quotation that its paragraph does not close.

use super::on_repairs;
use crate::document::Document;
use crate::document::quotation::{Quotations, Repair, closing_glyph};
use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use crate::text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::NeverClosed { open } = repair else { return };
    let mark = &quotations.marks()[open];
    let block = &document.blocks()[mark.block];
    let close = closing_glyph(document, mark.glyph);
    let finding = report.add_summary(mark.span);
    // Only where the quotation ends the paragraph is it plain where the mark belongs.
    let sentences = document.sentences_of(block);
    let is_last = sentences.last().is_some_and(|sentence| sentence.span.contains(mark.span));
    let is_alone = quotations.marks().get(open + 1).is_none_or(|next| next.block != mark.block);
    // People lose the end of a long quotation too. A short one, in an article of paragraphs, they see.
    let begins_inside = document.text()[block.span.lo()..mark.span.lo()].contains(char::is_alphanumeric);
    if !(is_last && is_alone && begins_inside) || document.is_cut_into_lines() {
        finding.at_most(Confidence::Low);
    }
    let edits = vec![Edit::insert(block.span.hi(), close.to_string())];
    finding.fix(if is_last && is_alone {
        Fix::unsafe_(format!("close it with `{close}` at the end"), edits)
    } else {
        Fix::display(format!("close it with `{close}`, at the end of the paragraph or before"), edits)
    });
}

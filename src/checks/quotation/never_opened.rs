//! `quotation/never-opened`: a quotation whose first mark is missing.

use super::{from_stop, on_repairs};
use crate::document::Document;
use crate::document::quotation::{Mark, Quotations, Repair, opening_glyph};
use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use crate::text::Edit;

/// Words that tell who said something.
const REPORTING: [&str; 4] =
    ["reporting-verb.past", "reporting-verb.present", "reporting-verb.participle", "reporting-preposition"];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check(document: &Document, quotations: &Quotations, repair: Repair, report: &mut Report<'_>) {
    let Repair::NeverOpened { close } = repair else { return };
    let mark = &quotations.marks()[close];
    let open = opening_glyph(document, mark.glyph);
    let block = &document.blocks()[mark.block];
    let finding = report.add_summary(from_stop(document, mark.span));
    if may_end(document, mark) {
        finding.at_most(Confidence::Low);
    }
    let sentences = document.sentences_of(block);
    let before = sentences.partition_point(|sentence| sentence.span.start < mark.span.start);
    if let Some(sentence) = before.checked_sub(1).and_then(|index| sentences.get(index)) {
        let edits = vec![Edit::insert(sentence.span.lo(), open.to_string())];
        finding.fix(Fix::unsafe_(format!("open it with `{open}` where its sentence begins"), edits));
    }
}

/// Whether the mark stands where a quotation may well end: after a sentence, or at a comma that a
/// reporting clause follows. Where it began is then anybody's guess, and people lose that mark too,
/// most of all when they quote several sentences.
fn may_end(document: &Document, mark: &Mark) -> bool {
    let text = document.text();
    if !is_attributed(document, mark) {
        return false;
    }
    let beside =
        [text[..mark.span.lo()].trim_end().chars().next_back(), text[mark.span.hi()..].chars().next()];
    beside.iter().flatten().any(|c| matches!(c, '.' | '!' | '?' | '…' | ','))
}

/// Whether something after the mark, in its sentence, reports what somebody said.
fn is_attributed(document: &Document, mark: &Mark) -> bool {
    let pack = document.pack();
    let known = pack.words(REPORTING[0]).words().next().is_some();
    let Some(sentence) = document.sentence_at(mark.span).filter(|_| known) else { return true };
    let mut after = document.tokens_in(sentence).iter().filter(|token| token.span.start >= mark.span.end);
    !document.text()[..mark.span.lo()].ends_with(',')
        || after.any(|token| REPORTING.iter().any(|list| document.may_begin(*token, pack.words(list).bit())))
}

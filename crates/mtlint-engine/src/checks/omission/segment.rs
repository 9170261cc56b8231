//! Lines or sentences of a longer text that one side has and the other has not.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::alignment::{Unpaired, align};

/// How many characters of a text a message shows.
const SHOWN: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if pair.languages().is_none() || !pair.is_translated() {
        return;
    }
    let Some(alignment) = align(pair.source(), pair.target()) else { return };
    let most = if alignment.is_of_lines { Confidence::High } else { Confidence::Low };
    for unpaired in alignment.unpaired {
        match unpaired {
            Unpaired::Lost { source, place } => {
                let text = pair.source().slice(source);
                let shown: String = text.chars().take(SHOWN).collect();
                let finding = report.add(place, format!("`{shown}…` of the source is missing"));
                finding.relate_source("what is missing", source).at_most(most);
            }
            Unpaired::Added { target } => {
                report.add(target, "nothing in the source says this").at_most(most);
            }
        }
    }
}

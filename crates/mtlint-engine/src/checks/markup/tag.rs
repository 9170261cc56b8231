//! Tags and inline codes that the target lacks, adds or crosses.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::{Code, CodeKind, attribute, first_crossed, missing};

/// How many links of a text are looked at.
const MOST: usize = 100;

/// Attributes that name an address.
const ADDRESSES: [&str; 2] = ["href", "src"];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() {
        return;
    }
    let (source, target) = (pair.source_codes(), pair.target_codes());
    let lost = missing(source, target, CodeKind::Tag);
    let added = missing(target, source, CodeKind::Tag);
    for index in &lost {
        let code = &source[*index];
        let message = format!("the tag `{}` is missing", pair.source().slice(code.span));
        report.add(pair.end(), message).relate_source("the tag", code.span);
    }
    for index in &added {
        let span = target[*index].span;
        report.add(span, format!("the source has no tag `{}`", pair.target().slice(span)));
    }
    if !lost.is_empty() || !added.is_empty() {
        return;
    }
    if let Some(index) = first_crossed(target).filter(|_| first_crossed(source).is_none()) {
        report.add(target[index].span, "the tag does not nest as in the source");
    } else if let Some(code) =
        deepest(target).filter(|(depth, _)| deepest(source).is_some_and(|(it, _)| it < *depth))
    {
        report.add(code.1.span, "the tag stands inside another, which it does not in the source");
    }
    addresses(pair, report);
}

/// How deep the tags nest, and the first at that depth.
fn deepest(codes: &[Code]) -> Option<(usize, &Code)> {
    let mut depth = 0_usize;
    let mut deepest: Option<(usize, &Code)> = None;
    for code in codes.iter().filter(|code| code.kind == CodeKind::Tag) {
        match code.key.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'+') => {}
            _ => {
                depth += 1;
                if deepest.is_none_or(|(most, _)| depth > most) {
                    deepest = Some((depth, code));
                }
            }
        }
    }
    deepest
}

/// Links whose address is another one; a page in the target's language is no damage.
fn addresses(pair: &Pair<'_>, report: &mut Report<'_>) {
    let of = |text: &'static str, codes: &[Code], whole: &str| -> Vec<String> {
        let tags = codes.iter().filter(|code| code.kind == CodeKind::Tag);
        tags.filter_map(|code| attribute(code.span.of(whole), text).map(str::to_owned)).collect()
    };
    for name in ADDRESSES {
        let mut source = of(name, pair.source_codes(), pair.source().text());
        for code in pair.target_codes().iter().filter(|code| code.kind == CodeKind::Tag) {
            let Some(address) = attribute(code.span.of(pair.target().text()), name) else { continue };
            if source.len() > MOST {
                return;
            }
            if let Some(at) = source.iter().position(|it| it == address) {
                source.remove(at);
            } else if source.len() == 1 && !is_localised(&source[0], address) {
                report.add(code.span, format!("the link leads to `{}` in the source", source[0]));
            }
        }
    }
}

/// Whether two addresses differ in a code of language alone: `/help`, `/de/help`.
fn is_localised(source: &str, target: &str) -> bool {
    let parts = |address: &str| -> Vec<String> {
        let parts = address.split(['/', '.', '?', '=']).filter(|part| !part.is_empty());
        let is_language = |part: &&str| part.len() == 2 || part.len() == 5 && part.contains(['-', '_']);
        parts.filter(|part| !is_language(part)).map(str::to_owned).collect()
    };
    parts(source) == parts(target)
}

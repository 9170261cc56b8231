//! Marks of half width between Chinese or Japanese letters: `他说,磨坊卖了.` May use `rule`, `document`,
//! `lang` and `text`.
//!
//! Which marks are wide is a matter of house style, so that the document is asked: a mark is damage
//! only where the document mostly writes marks of its class wide.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_lang::{ClauseMark, MarkClass, MarkHome, mark_at_home};
use mtlint_text::{Edit, Span};

/// How many wide marks of a class there are at least for each narrow one.
const SHARE: usize = 3;

const CLASSES: usize = MarkClass::Question as usize + 1;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let text = document.text();
    let mut narrow: Vec<(usize, ClauseMark)> = Vec::new();
    let mut wide = [0_usize; CLASSES];
    // The comma that the document writes more often.
    let mut commas = [0_usize; 2];
    let mut before = None;
    for (at, c) in text.char_indices() {
        if let Some(mark) = ClauseMark::of(c) {
            match mark.home {
                MarkHome::EastAsian => {
                    wide[mark.class as usize] += 1;
                    commas[usize::from(c == '、')] += usize::from(mark.class == MarkClass::Comma);
                }
                MarkHome::General
                    if before.is_some_and(is_east_asian) && c.is_ascii() && goes_on(&text[at + 1..]) =>
                {
                    narrow.push((at, mark));
                }
                _ => {}
            }
        }
        before = Some(c);
    }
    for (class, wide) in wide.iter().enumerate() {
        let of_class = || narrow.iter().filter(|(_, mark)| mark.class as usize == class);
        if of_class().count() * SHARE > *wide {
            continue;
        }
        for &(at, mark) in of_class() {
            let span = Span::new(at, at + 1);
            if document.mask().covers(span) {
                continue;
            }
            let is_listing = mark.class == MarkClass::Comma && commas[1] > commas[0];
            let own = if is_listing { '、' } else { mark_at_home(mark.class, MarkHome::EastAsian) };
            let spaces = text[at + 1..].len() - text[at + 1..].trim_start_matches(' ').len();
            let edited = Span::new(at, at + 1 + spaces);
            report
                .add_summary(span)
                .fix(Fix::safe(format!("write `{own}`"), vec![Edit::replace(edited, own)]));
        }
    }
}

/// Whether what stands behind a mark is a letter, or the end of the line.
fn goes_on(after: &str) -> bool {
    let next = after.trim_start_matches(' ').chars().next();
    next.is_none_or(|c| c == '\n' || is_east_asian(c) || "「『“《（".contains(c))
}

fn is_east_asian(c: char) -> bool {
    c == '”'
        || c == '」'
        || c == '』'
        || c == '》'
        || c == '）'
        || MarkHome::of_letter(c) == Some(MarkHome::EastAsian)
}

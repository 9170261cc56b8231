//! `name/acronym-variant`: an acronym that lost a part, `LF-N` and `LFN` beside `LFLF-N`.

use super::prefer;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Form, Mention};

/// How often the usual form stands there at least, and how much oftener than the other.
const FEWEST: usize = 3;
const OFTENER: usize = 3;

/// How many letters the head of a hyphenated acronym has at least.
const HEAD: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let names = document.names();
    let forms: Vec<&Form> = names.entities().iter().flat_map(|entity| &entity.forms).collect();
    let usual: Vec<(&Form, Parts<'_>)> = forms
        .iter()
        .filter(|form| form.mentions.len() >= FEWEST)
        .filter_map(|form| Some((*form, Parts::of(&form.text)?)))
        .collect();
    if usual.is_empty() {
        return;
    }
    for form in &forms {
        let is_short_for = |(other, parts): &&(&Form, Parts<'_>)| {
            other.mentions.len() >= OFTENER * form.mentions.len()
                && other.text != form.text
                && parts.is_in(&form.text)
        };
        let Some((preferred, _)) = usual.iter().find(is_short_for) else { continue };
        for mention in form.mentions.iter().map(|&mention| &names.mentions()[mention]) {
            if is_introduced(document, mention) || document.is_quoted_closely(mention.span) {
                continue;
            }
            let text = document.slice(mention.span);
            let message = format!(
                "`{text}` is likely `{}`, which the text has otherwise: a part of the acronym was lost or spelt out",
                preferred.text
            );
            let first = &names.mentions()[preferred.mentions[0]];
            prefer(document, report.add(mention.span, message), mention.span, first, &preferred.text);
        }
    }
}

/// Whether brackets right behind a form, or around it, tell what it is.
fn is_introduced(document: &Document, mention: &Mention) -> bool {
    let (before, after) = (&document.text()[..mention.full.lo()], &document.text()[mention.span.hi()..]);
    after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(['(', '[']))
        || before.ends_with('(') && after.starts_with(')')
}

/// A hyphenated acronym: `ABC-D`.
struct Parts<'t> {
    head: &'t str,
    tail: &'t str,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (head, tail) = text.split_once('-')?;
        let capitals = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase());
        (head.len() >= HEAD && tail.len() == 1 && capitals(head) && capitals(tail))
            .then_some(Self { head, tail })
    }

    /// Whether `text` has the tail, or a word that begins with it, behind the head or a part of it.
    fn is_in(&self, text: &str) -> bool {
        if let Some((head, tail)) = text.split_once(['-', ' ']) {
            let word = tail.len() > 1 && tail.bytes().skip(1).all(|b| b.is_ascii_lowercase());
            let same = tail == self.tail || word && tail.starts_with(self.tail);
            let whole = head == self.head;
            return same && (whole && word || !whole && self.is_part(head));
        }
        text.strip_suffix(self.tail).is_some_and(|head| head.len() >= HEAD && self.is_part(head))
    }

    fn is_part(&self, head: &str) -> bool {
        let ends = self.head.starts_with(head) || self.head.ends_with(head);
        ends && head.len() >= HEAD && head.len() < self.head.len()
    }
}

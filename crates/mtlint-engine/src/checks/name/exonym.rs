//! `name/exonym`: one place by two of its names, `Kiev` beside `Kyiv`.

use super::prefer;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::names::{Entity, Form, Mention, Names};
use mtlint_document::{Document, Token};

/// Words that a sentence about the names of a place has.
const NAMING: &str = "naming-word";
/// What keeps the older name: a dish, a breed.
const FIXED: &str = "fixed-phrase-noun";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let names = document.names();
    for entity in names.entities().iter().filter(|entity| entity.forms.len() > 1) {
        for (place, forms) in places(document, entity) {
            let usable: Vec<(&Form, Vec<&Mention>)> = forms
                .into_iter()
                .map(|form| (form, in_running_text(document, names, form)))
                .filter(|(_, mentions)| !mentions.is_empty())
                .collect();
            // The most usual; of several, the one that comes first.
            let Some((preferred, first)) = usable
                .iter()
                .max_by_key(|(form, mentions)| (mentions.len(), std::cmp::Reverse(form.mentions[0])))
                .map(|(form, mentions)| (form.text.as_str(), mentions[0]))
            else {
                continue;
            };
            if tells_of_names(document, &usable) {
                continue;
            }
            for mention in
                usable.iter().filter(|(form, _)| form.text != preferred).flat_map(|(_, mentions)| mentions)
            {
                let text = document.slice(mention.span);
                let message = format!(
                    "`{text}` and `{preferred}` are two names of one place ({}): use one of them",
                    place.join(", ")
                );
                prefer(document, report.add(mention.span, message), mention.span, first, preferred);
            }
        }
    }
}

/// The places of two names that an entity is, with its forms that name them.
fn places<'d>(document: &'d Document, entity: &'d Entity) -> Vec<(&'d [String], Vec<&'d Form>)> {
    let mut found: Vec<(&[String], Vec<&Form>)> = Vec::new();
    for form in &entity.forms {
        let Some(place) = document.pack().territories().place(&form.text) else { continue };
        match found.iter_mut().find(|(names, _)| *names == place.names.as_slice()) {
            Some((_, forms)) => forms.push(form),
            None => found.push((&place.names, vec![form])),
        }
    }
    found.retain(|(_, forms)| forms.len() > 1);
    found
}

/// The mentions of a form that are no part of a phrase such as `Peking duck` or `chicken Kiev`, of a
/// heading or of a title.
fn in_running_text<'n>(document: &Document, names: &'n Names, form: &Form) -> Vec<&'n Mention> {
    let fixed = document.pack().words(FIXED);
    let keeps = |token: Option<&Token>| token.is_some_and(|token| document.is_in(*token, fixed));
    let running = |mention: &&Mention| {
        !mention.in_heading
            && !document.is_quoted_closely(mention.span)
            && !keeps(mention.token_after(document))
            && !keeps(mention.token_before(document))
    };
    form.mentions.iter().map(|&mention| &names.mentions()[mention]).filter(running).collect()
}

/// Whether the text tells that the place has two names: both in one sentence, or a word such as
/// `formerly` beside one of them.
fn tells_of_names(document: &Document, forms: &[(&Form, Vec<&Mention>)]) -> bool {
    let words = document.pack().words(NAMING);
    let sentences = document.sentences();
    let mut met: Vec<(usize, &str)> = Vec::new();
    for (form, mentions) in forms {
        for mention in mentions {
            let number = sentences.partition_point(|sentence| sentence.span.lo() <= mention.span.lo());
            let tells = number.checked_sub(1).is_some_and(|index| {
                document.tokens_in(&sentences[index]).iter().any(|token| document.is_in(*token, words))
            });
            if tells || met.iter().any(|(other, text)| *other == number && *text != form.text) {
                return true;
            }
            if met.last() != Some(&(number, form.text.as_str())) {
                met.push((number, &form.text));
            }
        }
    }
    false
}

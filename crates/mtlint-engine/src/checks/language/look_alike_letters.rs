//! Letters of another script that look like those of the text's own: `соre`, `МВЕ`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{Script, is_latin_alone, look_alike};
use mtlint_text::{Edit, Span};

/// How long a word of look-alikes only may be, in letters: a longer one is a word of that script.
const LONGEST_ALONE: usize = 5;

/// Among how many words one that comes again is looked for, so that time grows with the text alone.
const MOST_WORDS: usize = 50;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let Some(main) = document.script().filter(|script| matches!(script, Script::Latin | Script::Cyrillic))
    else {
        return;
    };
    if text.is_ascii() || main == Script::Latin && is_latin_alone(text) {
        return;
    }
    // A word written so comes again, all from one keyboard or one table.
    let mut seen: Vec<(&str, Vec<Span>, String)> = Vec::new();
    for token in document.tokens_of(block) {
        let word = document.slice(token.span);
        if word.is_ascii() || document.mask().covers(token.span) {
            continue;
        }
        if seen.len() < MOST_WORDS
            && let Some((_, spans, _)) = seen.iter_mut().find(|(known, ..)| *known == word)
        {
            spans.push(token.span);
        } else if let Some(mended) = mended(word, main).filter(|_| stands_alone(document, token.span, main)) {
            seen.push((word, vec![token.span], mended));
        }
    }
    for (word, spans, mended) in seen {
        let finding = report.add(
            spans[0],
            format!(
                "`{word}` holds letters of another script that only look right: a keyboard or a model mixed the \
                 two; searches and screen readers miss the word; write it in {} letters",
                main.name()
            ),
        );
        spans[1..].iter().for_each(|span| _ = finding.relate("here, too", *span));
        let edits = spans.iter().flat_map(|span| Edit::minimal(document.text(), *span, &mended)).collect();
        finding.fix(Fix::unsafe_(format!("write it in {} letters", main.name()), edits));
    }
}

/// The word in letters of `main`, if it holds others and each of them has a look-alike there.
fn mended(word: &str, main: Script) -> Option<String> {
    let scripts = || word.chars().filter_map(Script::of);
    let others = scripts().filter(|script| *script != main).count();
    let letters = scripts().count();
    let stranger = if main == Script::Latin { Script::Cyrillic } else { Script::Latin };
    let mixes = scripts().any(|script| script == main);
    // Greek beside Latin is a symbol (`αβ`) or a name of a society, unless it stands in one word with it.
    let known =
        scripts().all(|script| script == main || script == stranger || mixes && script == Script::Greek);
    let alone = others == letters;
    // `40х60`: a sign for `by`.
    if letters == 1 && word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plausible =
        !alone || main == Script::Latin && (letters == 1 || letters <= LONGEST_ALONE && is_upper(word));
    if others == 0 || !known || !plausible {
        return None;
    }
    word.chars()
        .map(|c| match Script::of(c) {
            Some(script) if script != main => look_alike(c, main),
            _ => Some(c),
        })
        .collect()
}

fn is_upper(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase())
}

/// Whether no word of the other script stands beside this one: then it belongs to that one.
fn stands_alone(document: &Document, span: Span, main: Script) -> bool {
    let text = document.text();
    let foreign = |c: char| Script::of(c).is_some_and(|script| script.is_foreign_to(main));
    let before = text[..span.lo()].chars().rev().take(3).any(foreign);
    let after = text[span.hi()..].chars().take(3).any(foreign);
    !before && !after || main == Script::Cyrillic
}
